import { isPublicDomain } from '../helpdesk/public-domains';
import { domainOf } from '../lib/address';
import { addressesIn } from '../message/mime/header';
import type { Address, ParsedMessage } from '../message/types';

/** What servers and rules of mailboxes note when they hand a mail on. */
const PASSED = [
  'delivered-to',
  'x-original-to',
  'envelope-to',
  'x-forwarded-for',
  'x-ms-exchange-inbox-rules-loop',
  'x-sieve-redirected-from',
];

/** Whose addresses are no customers': `ownAddresses` are those that scanners read and that we send from, `agents` those of administrators. */
type Ours = Record<'ownAddresses' | 'agents', ReadonlySet<string>>;

/**
 * The recipients by which a mail came to us: an alias, a group, a mailbox that forwards. They take no part in the conversation, since what
 * is written to them comes to us again.
 */
export function carriersOf({ headers, to, cc }: Pick<ParsedMessage, 'headers' | 'to' | 'cc'>, ours: Ours): string[] {
  const passed = PASSED.flatMap((name) => headers[name] ?? []).flatMap((value) => value.split(/[\s,]+/).flatMap(addressesIn));
  return [...passed.map(({ address }) => address), ...aliasIn(addressesOf(to), addressesOf(cc), ours)];
}

/**
 * Where none of our addresses is named, the one of our domain leads to us. Beside others it may be a colleague's, to whom we are a blind
 * copy: an administrator's, or one in copy of what was written to somebody else.
 */
function aliasIn(to: string[], cc: string[], { ownAddresses, agents }: Ours): string[] {
  const addresses = [...new Set([...to, ...cc])];
  if (addresses.some((address) => ownAddresses.has(address))) return [];
  const domains = new Set([...ownAddresses].map(domainOf).filter((domain) => !isPublicDomain(domain)));
  const [alias, ...more] = addresses.filter((address) => domains.has(domainOf(address)));
  if (alias === undefined || more.length > 0) return [];
  const isPersons = addresses.length > 1 && (agents.has(alias) || (to.length > 0 && !to.includes(alias)));
  return isPersons ? [] : [alias];
}

const addressesOf = (people: Address[]): string[] => people.map(({ address }) => address).filter((address) => address !== '');
