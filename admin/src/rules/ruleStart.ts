import type { RuleInput } from '../api/rules';

/** With what a new rule begins, in the state of the page's address: made from an email, or from a template. */
interface RuleStart {
  rule: Partial<RuleInput>;
  /** The row of the scan log that it was made from. */
  message?: string;
}

export const startOf = (state: unknown): RuleStart | null =>
  typeof state === 'object' && state !== null && 'rule' in state ? (state as RuleStart) : null;
