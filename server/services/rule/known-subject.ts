import { evaluate, type EvaluateOptions } from './evaluate';
import type { Condition, ConditionGroup, RuleSubject } from './types';

/** A message of which only some fields were kept. */
export interface KnownSubject {
  subject: RuleSubject;
  /** Whether what this field saw, when the message came, is still there. */
  isKnown(field: string): boolean;
}

/**
 * Whether the conditions hold for a message of which not everything is known any more: null where that depends on what is not (the
 * three-valued logic of Kleene). Throws a ConditionError, as `evaluate` does.
 */
export function wouldHold(group: ConditionGroup, message: KnownSubject, options: EvaluateOptions): boolean | null {
  const answers = group.rules.map((rule) => ('rules' in rule ? wouldHold(rule, message, options) : conditionHolds(rule, message, options)));
  // What decides a group by itself: one "no" in "all of these", one "yes" in "one of these".
  const decisive = group.combinator === 'or' && answers.length > 0;
  const result = answers.includes(decisive) ? decisive : answers.includes(null) ? null : !decisive;
  return result === null || !group.not ? result : !result;
}

function conditionHolds(condition: Condition, { subject, isKnown }: KnownSubject, options: EvaluateOptions): boolean | null {
  if (!isKnown(condition.field)) return null;
  return evaluate({ combinator: 'and', rules: [condition] }, subject, options).matched;
}
