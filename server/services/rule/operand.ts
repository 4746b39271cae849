import type { FieldType } from './fields';
import type { Operand, Operator, Range } from './operators';
import { compilePattern, type Pattern } from './pattern';
import { foldText, seenText } from './text';
import { escapePattern } from './ticket-number';
import { SpokenError } from '../lib/spoken-error';
import { say, type Words } from '../../../shared/sentences/words';

/** A condition's value that does not fit its field or operator; the message says what would. */
export class OperandError extends SpokenError {
  constructor(said: Words) {
    super(said);
    this.name = 'OperandError';
  }
}

/**
 * Reads the value of a condition for a field type and an operator. Lists may be arrays or, as react-querybuilder writes
 * them by default, one string with commas. Throws an OperandError, or a PatternError for a regular expression.
 */
export function readOperand(type: FieldType, operator: Operator, value: unknown): Operand {
  switch (operator.operand) {
    case 'none':
    case 'ticketPattern':
      return { texts: [], ranges: [], pattern: null };
    case 'pattern':
      if (typeof value !== 'string') throw new OperandError(say('rule.pattern'));
      return { texts: [], ranges: [], pattern: compileSeenPattern(value) };
    case 'one':
      return readValues(type, [value]);
    case 'list':
      return readValues(type, readList(value));
    case 'pair':
      return readPair(type, value);
  }
}

/** A pattern for text as people see it: what is typed in it is treated alike, a letter with a separate accent for example. */
function compileSeenPattern(source: string): Pattern {
  const pattern = compilePattern(source);
  const seen = source.normalize('NFC').replace(/[^\x00-\x7f]/gu, (character) => {
    const plain = seenText(character);
    return plain === character ? character : escapePattern(plain);
  });
  return seen === source || seen === '' ? pattern : compilePattern(seen);
}

function readPair(type: FieldType, value: unknown): Operand {
  const values = readList(value);
  if (values.length !== 2) throw new OperandError(say('rule.pair'));
  const operand = readValues(type, values);
  const [low, high] = operand.ranges;
  if (low.from > high.until) throw new OperandError(say('rule.pairOrder'));
  return operand;
}

function readList(value: unknown): unknown[] {
  const values = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',').map((part) => part.trim()) : [value];
  if (values.length === 0) throw new OperandError(say('rule.list'));
  return values;
}

function readValues(type: FieldType, values: unknown[]): Operand {
  if (type === 'text') return { texts: values.map(readText), ranges: [], pattern: null };
  return { texts: [], ranges: values.map(RANGE_READERS[type]), pattern: null };
}

const RANGE_READERS: Record<Exclude<FieldType, 'text'>, (value: unknown) => Range> = {
  number: readNumber,
  date: readDate,
  boolean: readBoolean,
};

function readText(value: unknown): string {
  const folded = typeof value === 'string' ? foldText(value) : '';
  // An empty text is contained in everything: certainly not what was meant.
  if (folded.trim() === '') throw new OperandError(say('rule.text'));
  return folded;
}

function readNumber(value: unknown): Range {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw new OperandError(say('rule.number'));
  return { from: number, until: number };
}

function readBoolean(value: unknown): Range {
  if (value !== true && value !== false && value !== 'true' && value !== 'false') {
    throw new OperandError(say('rule.boolean'));
  }
  const number = Number(String(value) === 'true');
  return { from: number, until: number };
}

const DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** How long the moment is that somebody named, by how exactly it was written. */
function precisionMs(text: string): number {
  if (!text.includes('T')) return 24 * 60 * 60 * 1000;
  if (/\.\d/.test(text)) return 1;
  return /T\d\d:\d\d:\d\d/.test(text) ? 1000 : 60 * 1000;
}

/** ISO 8601: a day, or a moment. Without a time zone it is UTC. */
function readDate(value: unknown): Range {
  const match = typeof value === 'string' ? DATE.exec(value.trim()) : null;
  const text = match ? match[0] : '';
  const from = Date.parse(text.includes('T') && !match?.[1] ? `${text}Z` : text);
  // Date.parse takes "2026-02-30" for the second of March.
  if (!match || Number.isNaN(from) || !isRealDay(text.slice(0, 10))) {
    throw new OperandError(say('rule.date'));
  }
  return { from, until: from + precisionMs(text) - 1 };
}

function isRealDay(day: string): boolean {
  const time = Date.parse(day);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}
