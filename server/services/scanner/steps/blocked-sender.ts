import type { Step, StepContext } from './types';
import { say } from '../../../../shared/sentences/words';

/** Mail of a sender on the block list is let in by no rule, whatever ticket it answers. */
export const blockedSender: Step = {
  name: 'blockedSender',
  decide(context) {
    const { blockers, scan } = context;
    const blocker = sendersOf(context)
      .map((address) => blockers(address))
      .find((found) => found !== null);
    if (!blocker) return null;
    const seen = { type: 'seen' } as const;
    return {
      outcome: 'blocked',
      reason: say('block.caught', { target: blocker.target }),
      blockedBy: blocker.id,
      effects: scan.settings.blockedToJunk ? [seen, { type: 'junk' }] : [seen],
    };
  },
};

/** Who wrote it, also where a list has written itself into From, and whose request it is; not the people that one of us wrote to, and never ourselves. */
function sendersOf({ item, message, customer, isOurs, ownAddresses }: StepContext): string[] {
  const named = [item.parsed.from?.address, message.from?.address, isOurs ? null : customer?.address];
  return named.flatMap((address) => (address && !ownAddresses.has(address) ? [address] : []));
}
