import { fieldOf, OPERATORS_OF_TYPE, type Field } from './fields';
import { operatorOf, type Operand, type Operator, type TextValue } from './operators';
import { OperandError, readOperand } from './operand';
import { PatternError, type Pattern } from './pattern';
import { foldText, seenText } from './text';
import type { Condition, ConditionGroup, RuleSubject, Trace } from './types';
import { SpokenError } from '../lib/spoken-error';
import { say, type Words } from '../../../shared/sentences/words';
import { cut } from '../lib/cut';

export interface EvaluateOptions<S = RuleSubject> {
  /** What conditions may look at; left out: an email. */
  fieldOf?(key: string): Field<S> | null;
  /** What `hasTicketNumber` looks for: see ticket-number.ts. */
  ticketNumberPattern: Pattern;
}

export interface Evaluation {
  matched: boolean;
  trace: Trace;
}

/**
 * A condition that cannot be evaluated. Rules are validated when saved, so this one came in by another way. It is
 * neither true nor false: under a NOT either would let a rule act on mail that it was not written for.
 */
export class ConditionError extends SpokenError {
  constructor(said: Words) {
    super(said);
    this.name = 'ConditionError';
  }
}

/**
 * Whether the conditions hold for a message, with what every single one of them saw and said: none is skipped because
 * another has decided already. A group without conditions matches everything. Throws a ConditionError.
 */
export function evaluate<S extends object = RuleSubject>(conditions: ConditionGroup, subject: S, options: EvaluateOptions<S>): Evaluation {
  const trace = evaluateGroup(conditions, subject, options);
  return { matched: trace.result, trace };
}

function evaluateGroup<S extends object>(group: ConditionGroup, subject: S, options: EvaluateOptions<S>): Trace {
  const rules = group.rules.map((rule) =>
    'rules' in rule ? evaluateGroup(rule, subject, options) : evaluateCondition(rule, subject, options),
  );
  const holds = ({ result }: Trace) => result;
  const combined = group.combinator === 'and' || rules.length === 0 ? rules.every(holds) : rules.some(holds);
  const not = group.not ?? false;
  return { combinator: group.combinator, not, result: combined !== not, rules };
}

function evaluateCondition<S extends object>(condition: Condition, subject: S, options: EvaluateOptions<S>): Trace {
  const { field, operator, operand } = resolve(condition, options);
  const values = valuesOf(field, subject);
  const satisfying = values.findIndex((value) => satisfies(operator, value, operand));
  return {
    field: condition.field,
    operator: condition.operator,
    value: condition.value ?? null,
    saw: describeValues(field, values, satisfying, operator, operand),
    result: satisfying >= 0 !== operator.negative,
  };
}

function resolve<S>(condition: Condition, options: EvaluateOptions<S>): { field: Field<S>; operator: Operator; operand: Operand } {
  const field = (options.fieldOf ?? (fieldOf as unknown as (key: string) => Field<S> | null))(condition.field);
  if (!field) throw new ConditionError(say('rule.fieldGone', { field: condition.field }));
  const operator = operatorOf(condition.operator);
  if (!operator) throw new ConditionError(say('rule.operatorGone', { operator: condition.operator }));
  if (!OPERATORS_OF_TYPE[field.type].includes(operator.name)) {
    throw new ConditionError(say('rule.operatorUnfit', { operator: operator.name, field: condition.field }));
  }
  try {
    const operand = readOperand(field.type, operator, condition.value);
    return {
      field,
      operator,
      operand: operator.operand === 'ticketPattern' ? { ...operand, pattern: options.ticketNumberPattern } : operand,
    };
  } catch (error) {
    if (error instanceof OperandError || error instanceof PatternError) {
      throw new ConditionError(say('rule.conditionUnfit', { field: condition.field, why: error.said }));
    }
    throw error;
  }
}

function satisfies(operator: Operator, value: TextValue | number, operand: Operand): boolean {
  const holds = typeof value === 'number' ? operator.ordered?.(value, operand) : operator.text?.(value, operand);
  return holds ?? false;
}

/** A message meets many conditions; its texts are folded once. */
const textsOfSubject = new WeakMap<object, Map<string, TextValue[]>>();

function valuesOf<S extends object>(field: Field<S>, subject: S): (TextValue | number)[] {
  if (field.type !== 'text') return field.read(subject);
  let texts = textsOfSubject.get(subject);
  if (!texts) textsOfSubject.set(subject, (texts = new Map()));
  let values = texts.get(field.key);
  if (!values) texts.set(field.key, (values = field.read(subject).map(toTextValue)));
  return values;
}

function toTextValue(raw: string): TextValue {
  let seen: string | undefined;
  let folded: string | undefined;
  return {
    raw,
    get seen() {
      return (seen ??= seenText(raw));
    },
    get folded() {
      return (folded ??= foldText(raw).trim());
    },
  };
}

/** Longest `saw`, in UTF-16 units. */
const MAX_SAW_LENGTH = 200;

/** The value that decided, else all of them, short enough for a trace. */
function describeValues<S>(
  field: Field<S>,
  values: (TextValue | number)[],
  satisfying: number,
  operator: Operator,
  operand: Operand,
): string {
  if (values.length === 0) return '';
  const chosen = satisfying >= 0 ? [values[satisfying]] : values;
  const words = chosen.map((value) => {
    if (typeof value === 'number') return describeNumber(field, value);
    if (field.hidden) return `(${value.raw.length} characters)`;
    const text = operand.pattern ? value.seen : value.raw;
    return satisfying >= 0 ? excerpt(text, matchIndex(text, operator, operand)) : cut(text, MAX_SAW_LENGTH + 1);
  });
  return shorten(words.join(', '));
}

function describeNumber<S>(field: Field<S>, value: number): string {
  if (field.type === 'date') return new Date(value).toISOString();
  return field.type === 'boolean' ? String(value === 1) : String(value);
}

/** Where the part that decided begins; 0 when the whole value did. */
function matchIndex(raw: string, operator: Operator, operand: Operand): number {
  if (operand.pattern) return operand.pattern.find(raw)?.index ?? 0;
  if (!operator.text || raw.length <= MAX_SAW_LENGTH || operand.texts.length !== 1) return 0;
  // Folding may change lengths, so this is a good guess and no more.
  return Math.max(0, raw.toLowerCase().indexOf(operand.texts[0]));
}

function excerpt(raw: string, index: number): string {
  const start = index < MAX_SAW_LENGTH / 2 ? 0 : index - 40;
  const rest = raw.slice(start, start + MAX_SAW_LENGTH + 2).replace(/^[\uDC00-\uDFFF]/, '');
  return (start > 0 ? '…' : '') + cut(rest, MAX_SAW_LENGTH + 1);
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > MAX_SAW_LENGTH ? `${cut(line, MAX_SAW_LENGTH - 1)}…` : line;
}
