import type { Condition, ConditionGroup, RuleInput } from '../api/rules';

/**
 * Whether a rule searches the whole source of a mail with a regular expression: the seed of wrong matches, because anything
 * that looks like "TT123" in the code of a mail counts.
 */
export function looksThroughSource({ conditions, actions }: Pick<RuleInput, 'conditions' | 'actions'>): boolean {
  return someCondition(conditions, isSourcePattern) || actions.some(({ config }) => config.searchIn === 'source');
}

const PATTERN_OPERATORS = ['matches', 'doesNotMatch', 'hasTicketNumber', 'doesNotHaveTicketNumber'];

const isSourcePattern = ({ field, operator }: Condition): boolean => field === 'source' && PATTERN_OPERATORS.includes(operator);

function someCondition({ rules }: ConditionGroup, test: (condition: Condition) => boolean): boolean {
  return rules.some((rule) => ('rules' in rule ? someCondition(rule, test) : test(rule)));
}
