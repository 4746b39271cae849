import type { Step } from './types';

/** A message that is too large or could not be parsed stays unread where it lies, and no rule sees it. */
export const unreadable: Step = {
  name: 'unreadable',
  decide({ item: { problem } }) {
    return problem && { outcome: problem.outcome, reason: problem.reason, effects: [] };
  },
};
