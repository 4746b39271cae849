import { fieldOf } from './fields';
import { operatorOf } from './operators';
import type { Condition, ConditionGroup } from './types';

/**
 * Conditions as an English sentence, such as `Subject contains "invoice" and (From address ends with "@acme.com" or Size
 * (bytes) is more than 1000)`. What is not known is named as it is written, so that the sentence never hides anything.
 */
export function describeConditions(conditions: ConditionGroup): string {
  if (conditions.rules.length === 0) return conditions.not ? 'no message' : 'every message';
  return describeGroup(conditions, true);
}

function describeGroup(group: ConditionGroup, root: boolean): string {
  const parts = group.rules.map((rule) =>
    'rules' in rule ? describeGroup(rule, group.rules.length === 1 && !group.not) : describeCondition(rule),
  );
  const words = parts.join(` ${group.combinator} `);
  if (group.not) return `not (${words})`;
  return root || parts.length === 1 ? words : `(${words})`;
}

function describeCondition({ field, operator, value }: Condition): string {
  const known = operatorOf(operator);
  const words = `${fieldOf(field)?.label ?? field} ${known?.label ?? operator}`;
  if (known?.operand === 'none' || known?.operand === 'ticketPattern') return words;
  if (known?.operand === 'pattern') return `${words} /${String(value)}/`;
  const values = known?.operand === 'list' || known?.operand === 'pair' ? listOf(value) : [value];
  return `${words} ${values.map(quote).join(known?.operand === 'pair' ? ' and ' : ', ')}`;
}

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return typeof value === 'string' ? value.split(',').map((part) => part.trim()) : [value];
}

function quote(value: unknown): string {
  return typeof value === 'string' && !/^-?\d+(\.\d+)?$/.test(value) ? `"${value}"` : String(value);
}
