import type { SentMail } from './transport';
import { say, type Words } from '../../../shared/sentences/words';

/**
 * A server may take a mail for some of its recipients and ask to come back for the others (RFC 5321 §4.2.1, 4yz at RCPT TO: greylisting,
 * a full mailbox). Those get the same mail later, and nobody else gets it again.
 */
export interface PutOff {
  /** Who is still to get it. */
  addresses: string[];
  /** What the server said of those that it refused for good. */
  refused: string[];
}

interface Taken {
  /** Null when nobody is left to get it. */
  putOff: PutOff | null;
  lastError: Words | null;
}

/** What is left to do once the server has taken a mail for somebody; `before` is what was left until then. */
export function afterTaken(rejected: SentMail['rejected'], before: PutOff | null): Taken {
  const later = rejected.filter(({ permanent }) => !permanent);
  const refused = [...(before?.refused ?? []), ...rejected.filter(({ permanent }) => permanent).map(describeRejection)];
  const told = [...refused, ...later.map(describeRejection)];
  return {
    putOff: later.length > 0 ? { addresses: later.map(({ address }) => address), refused } : null,
    lastError: told.length > 0 ? say('outgoing.notTaken', { recipients: told.join('; ') }) : null,
  };
}

/** Why some have not got a mail that others have, when it is given up for them. */
export const givenUp = ({ addresses, refused }: PutOff, reason: Words): Words =>
  say('outgoing.notTaken', { recipients: [...refused.map((each) => `${each};`), `${addresses.join(', ')}:`, reason] });

const describeRejection = ({ address, response }: SentMail['rejected'][number]): string => `${address}: ${response}`;
