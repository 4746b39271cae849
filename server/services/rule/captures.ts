import { operatorOf } from './operators';
import { compilePattern, PatternError, type Pattern } from './pattern';
import { seenText } from './text';
import { fieldOf } from './fields';
import { evaluate, type EvaluateOptions } from './evaluate';
import type { Condition, ConditionGroup, RuleSubject } from './types';

/**
 * What the groups of a rule's patterns caught, and texts that they fill: `$1` is the first group of the first pattern that has one, `$name`
 * (or `${name}`) the group of that name in any of them, `$$` a dollar sign.
 */
export interface Captures {
  /** Null for a group that took no part. */
  numbered: (string | null)[];
  named: Record<string, string | null>;
}

const REFERENCE = /\$(?:\$|\{(\w{1,64})\}|([1-9]\d?)(?!\d)|([A-Za-z_]\w{0,63}))/g;

/** The groups that a text names: numbers and names, each once. */
export function referencesIn(text: string): string[] {
  return [...new Set([...text.matchAll(REFERENCE)].flatMap(([, braced, number, name]) => braced ?? number ?? name ?? []))];
}

/** Whether captures change a text at all. */
export const isFilled = (text: string): boolean => text.search(REFERENCE) >= 0;

/** The text with what was caught: nothing where a group took no part. What names no group of these stays as it is written. */
export function fillIn(text: string, { numbered, named }: Captures): string {
  return text.replace(REFERENCE, (written, braced?: string, number?: string, name?: string) => {
    if (written === '$$') return '$';
    const key = braced ?? number ?? name!;
    if (/^\d+$/.test(key)) return Number(key) <= numbered.length ? (numbered[Number(key) - 1] ?? '') : written;
    return Object.hasOwn(named, key) ? (named[key] ?? '') : written;
  });
}

/** The groups that the patterns of these conditions have, whether or not they catch something. */
export function groupsOf(conditions: ConditionGroup): Captures {
  return gathered(patternsIn(conditions).map(({ pattern }) => pattern.groups));
}

/** What the groups caught in a message that meets the conditions. A pattern that did not match has caught nothing. */
export function capturesOf(conditions: ConditionGroup, subject: RuleSubject, options: EvaluateOptions): Captures {
  return gathered(patternsIn(conditions).map(({ condition, pattern }) => caught(condition, pattern, subject, options)));
}

/** Of several patterns, the first with groups gives the numbers; of one name, what was caught first. */
function gathered(all: Captures[]): Captures {
  const numbered = all.find((captures) => captures.numbered.length > 0)?.numbered ?? [];
  const named: Captures['named'] = {};
  for (const [name, value] of all.flatMap((captures) => Object.entries(captures.named))) named[name] ??= value;
  return { numbered, named };
}

/** The conditions with a pattern, in their order. One that must not match catches nothing. */
function patternsIn(group: ConditionGroup): { condition: Condition; pattern: Pattern }[] {
  if (group.not) return [];
  return group.rules.flatMap((rule) => {
    if ('rules' in rule) return patternsIn(rule);
    const operator = operatorOf(rule.operator);
    if (operator?.operand !== 'pattern' || operator.negative) return [];
    try {
      return [{ condition: rule, pattern: compilePattern(String(rule.value)) }];
    } catch (error) {
      // Conditions are checked by themselves.
      if (error instanceof PatternError) return [];
      throw error;
    }
  });
}

function caught(condition: Condition, pattern: Pattern, subject: RuleSubject, options: EvaluateOptions): Captures {
  const field = fieldOf(condition.field);
  if (field?.type !== 'text' || !evaluate({ combinator: 'and', rules: [condition] }, subject, options).matched) return pattern.groups;
  for (const value of field.read(subject)) {
    const match = pattern.find(seenText(value));
    if (match) return { numbered: match.groups, named: match.namedGroups };
  }
  return pattern.groups;
}
