import { RULES_FORMAT, type Rule, type RuleInput, type RulesFile } from '../../../shared/api/rules';

/** A rule without what is its own alone. */
export const inputOf = ({ name, active, folders, conditions, actions, continueAfterMatch }: Rule): RuleInput => ({
  name,
  active,
  folders,
  conditions,
  actions,
  continueAfterMatch,
});

/** Rules as a file holds them. */
export const fileOf = (rules: Rule[]): RulesFile => ({ format: RULES_FORMAT, rules: rules.map(inputOf) });
