import { RULES_FORMAT, type Rule, type RulesFile } from '../../../shared/api/rules';

/** Rules as a file holds them, without what is theirs alone. */
export const fileOf = (rules: Rule[]): RulesFile => ({
  format: RULES_FORMAT,
  rules: rules.map(({ name, active, folders, conditions, actions, continueAfterMatch }) => ({
    name,
    active,
    folders,
    conditions,
    actions,
    continueAfterMatch,
  })),
});
