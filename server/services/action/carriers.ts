import { isPublicDomain } from '../helpdesk/public-domains';
import { domainOf } from '../lib/address';
import { addressesIn } from '../message/mime/header';
import type { ParsedMessage } from '../message/types';

/** What servers and rules of mailboxes note when they hand a mail on. */
const PASSED = [
  'delivered-to',
  'x-original-to',
  'envelope-to',
  'x-forwarded-for',
  'x-ms-exchange-inbox-rules-loop',
  'x-sieve-redirected-from',
];

/**
 * The recipients by which a mail came to us: an alias, a group, a mailbox that forwards. They take no part in the conversation, since what
 * is written to them comes to us again.
 */
export function carriersOf({ headers, to, cc }: ParsedMessage, ownAddresses: ReadonlySet<string>): string[] {
  const passed = PASSED.flatMap((name) => headers[name] ?? []).flatMap((value) => value.split(/[\s,]+/).flatMap(addressesIn));
  return [...passed.map(({ address }) => address), ...aliasIn([...to, ...cc], ownAddresses)];
}

/** Where none of our addresses is named, the one of our domain leads to us. */
function aliasIn(recipients: ParsedMessage['to'], ownAddresses: ReadonlySet<string>): string[] {
  const addresses = [...new Set(recipients.map(({ address }) => address))];
  if (addresses.some((address) => ownAddresses.has(address))) return [];
  const domains = new Set([...ownAddresses].map(domainOf).filter((domain) => !isPublicDomain(domain)));
  const ofOurs = addresses.filter((address) => domains.has(domainOf(address)));
  return ofOurs.length === 1 ? ofOurs : [];
}
