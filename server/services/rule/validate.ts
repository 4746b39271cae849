import { z } from '@strapi/utils';
import { fieldOf, OPERATORS_OF_TYPE, type Field } from './fields';
import { OperandError, readOperand } from './operand';
import { operatorOf } from './operators';
import { PatternError } from './pattern';
import type { Condition, ConditionGroup } from './types';
import { inEnglish, say, type Words } from '../../../shared/sentences/words';

/** Groups inside groups, the root being the first. */
export const MAX_DEPTH = 10;
export const MAX_CONDITIONS = 200;

export interface ConditionIssue {
  /** Where: keys and indexes from the root, such as `['rules', 2, 'value']`. */
  path: (string | number)[];
  message: string;
  said: Words;
  /** For a regular expression: where in it the error is, in UTF-16 units from 0. */
  position?: number;
}

type ValidatedConditions = { ok: true; conditions: ConditionGroup; warnings: ConditionIssue[] } | { ok: false; errors: ConditionIssue[] };

/**
 * Checks conditions as they come from an editor or the API: all of them, so that every error is shown at once. What is
 * returned holds only what the format knows: ids, paths and the like of the editor are left out.
 */
export function validateConditions(input: unknown, knownField: Report['fieldOf'] = fieldOf): ValidatedConditions {
  const report: Report = { errors: [], warnings: [], count: 0, fieldOf: knownField };
  const conditions = readGroup(input, [], 1, report);
  if (report.count > MAX_CONDITIONS) {
    report.errors.push(issueOf([], say('rule.count', { most: MAX_CONDITIONS, count: report.count })));
  }
  if (report.errors.length > 0 || !conditions) return { ok: false, errors: report.errors };
  return { ok: true, conditions, warnings: report.warnings };
}

interface Report {
  errors: ConditionIssue[];
  warnings: ConditionIssue[];
  /** Conditions seen so far. */
  count: number;
  fieldOf(key: string): Field<never> | null;
}

type Path = (string | number)[];

const groupShape = z.object({
  combinator: z.enum(['and', 'or'], 'The combinator must be "and" or "or".'),
  not: z.boolean('"not" must be true or false.').optional(),
  rules: z.array(z.unknown(), 'A group needs a list of conditions in "rules".'),
});

const conditionShape = z.object({
  field: z.string('A condition needs a field.'),
  operator: z.string('A condition needs an operator.'),
  value: z.unknown().optional(),
});

function readGroup(input: unknown, path: Path, depth: number, report: Report): ConditionGroup | null {
  if (depth > MAX_DEPTH) return refuse(report, path, say('rule.depth', { depth: MAX_DEPTH }));
  const group = readShape(groupShape, input, path, report);
  if (!group) return null;
  if (group.rules.length === 0 && depth > 1) return refuse(report, path, say('rule.emptyGroup'));

  const rules = group.rules.map((rule, index) => {
    const place = [...path, 'rules', index];
    return isGroup(rule) ? readGroup(rule, place, depth + 1, report) : readCondition(rule, place, report);
  });
  return {
    combinator: group.combinator,
    ...(group.not ? { not: true } : {}),
    rules: rules.filter((rule) => rule !== null),
  };
}

function isGroup(rule: unknown): boolean {
  return typeof rule === 'object' && rule !== null && ('rules' in rule || 'combinator' in rule);
}

function readCondition(input: unknown, path: Path, report: Report): Condition | null {
  report.count += 1;
  if (report.count > MAX_CONDITIONS) return null;
  const condition = readShape(conditionShape, input, path, report);
  if (!condition) return null;
  const field = report.fieldOf(condition.field);
  if (!field) return refuse(report, [...path, 'field'], say('rule.noField', { field: condition.field }));
  const operator = operatorOf(condition.operator);
  if (!operator) return refuse(report, [...path, 'operator'], say('rule.noOperator', { operator: condition.operator }));
  if (!OPERATORS_OF_TYPE[field.type].includes(operator.name)) {
    return refuse(report, [...path, 'operator'], `"${field.label}" cannot be asked whether it ${operator.label}.`);
  }
  try {
    readOperand(field.type, operator, condition.value);
  } catch (error) {
    if (error instanceof PatternError) return refuse(report, [...path, 'value'], error.said, error.position);
    if (error instanceof OperandError) return refuse(report, [...path, 'value'], error.said);
    throw error;
  }
  if (field.key === 'source' && operator.operand === 'pattern') {
    report.warnings.push(issueOf([...path, 'value'], say('rule.warnSource')));
  }
  if (operator.operand === 'pattern' && meetsForeignLetters(String(condition.value))) {
    report.warnings.push(issueOf([...path, 'value'], say('rule.warnForeignLetters')));
  }
  return { field: condition.field, operator: condition.operator, value: condition.value ?? null };
}

/** Whether `\w` shares a pattern with a letter beyond ASCII, or `\b` with a word that begins or ends with one. */
function meetsForeignLetters(pattern: string): boolean {
  const text = pattern.replace(/\\x(?:\{([0-9a-f]{1,6})\}|([0-9a-f]{2}))/gi, (_, braced?: string, two?: string) =>
    String.fromCodePoint(Math.min(parseInt(braced ?? two ?? '0', 16), 0x10ffff)),
  );
  const words = text.replace(/\\p\{?\^?\w+\}?|\\./giu, ' ').match(/[\p{L}\p{M}]+/gu) ?? [];
  const isForeign = /[^\x00-\x7f]/;
  if (/\\[wW]/.test(text)) return words.some((word) => isForeign.test(word));
  return /\\[bB]/.test(text) && words.some((word) => /^[^\x00-\x7f]|[^\x00-\x7f]$/u.test(word));
}

const issueOf = (path: Path, said: Words): ConditionIssue => ({ path, message: inEnglish(said), said });

function readShape<T>(shape: z.ZodType<T>, input: unknown, path: Path, report: Report): T | null {
  const result = shape.safeParse(input);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const said = issue.path.length === 0 ? say('rule.condition') : issue.message;
    report.errors.push(issueOf([...path, ...issue.path.map((key) => (typeof key === 'number' ? key : String(key)))], said));
  }
  return null;
}

function refuse(report: Report, path: Path, said: Words, position?: number): null {
  report.errors.push({ ...issueOf(path, said), ...(position === undefined ? {} : { position }) });
  return null;
}
