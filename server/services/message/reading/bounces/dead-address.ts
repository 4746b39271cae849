import { findAddresses } from './dsn-address';
import type { BounceRecipient } from '../../types';

/** Does a bounce say that an address does not exist, so that nobody should write there again? */

/** RFC 3463 §3.2 and RFC 7505: unknown mailbox, domain or syntax, moved away, a domain without mail, a mailbox that is switched off. */
const deadStatus = /^5\.(?:1\.(?:1|2|3|6|10)|2\.1)$/;
/** These say nothing by themselves: the words beside them do. */
const generalStatus = /^5\.(?:\d\.0|1\.0|5\.0)$/;

const unknownWords =
  /no such (?:user|mailbox|recipient|address|person|account|local user)|unknown (?:user|recipient|address|mailbox|account|local)|(?:user|recipient|mailbox|address|account)\b.{0,40}\b(?:unknown|not found|not known|does(?: not|n['’]t) exist|doesn['’]t have|no longer|not a valid|invalid|disabled|unavailable|inactive)|invalid (?:user|mailbox|recipient|address)|no mailbox (?:here|by)|not a known user|mailbox unavailable|unrout(?:e)?able address|does(?: not|n['’]t) have an? \S+ account|(?:empfänger|adresse|postfach|benutzer).{0,40}(?:unbekannt|existiert nicht)/iu;

/** A refusal of what was written, of the person who wrote it, or of how much: the address is fine. */
const otherWords =
  /\bspam|block(?:ed|list)|blacklist|polic(?:y|ies)|reputation|\bcontent\b|virus|malware|\bd(?:kim|marc|nsbl)\b|\bspf\b|authenticat|relay|quota|mailbox (?:is )?full|too (?:large|big|many)|rate.?limit|automatically rejected|sender/i;

export function isDeadAddress(recipient: Pick<BounceRecipient, 'address' | 'status' | 'permanent' | 'delayed' | 'reason'>): boolean {
  const { status, permanent, delayed, reason } = recipient;
  if (!permanent || delayed || otherWords.test(reason) || isAboutAnother(recipient)) return false;
  if (status !== null && deadStatus.test(status)) return true;
  return (status === null || generalStatus.test(status)) && unknownWords.test(reason);
}

/** A diagnostic that names other addresses alone: of another recipient, or of a member of the list that this address is. */
function isAboutAnother({ address, reason }: Pick<BounceRecipient, 'address' | 'reason'>): boolean {
  const named = findAddresses(reason);
  return named.length > 0 && !named.includes(address);
}
