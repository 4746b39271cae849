import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { SpokenError } from '../lib/spoken-error';
import { say, type Words } from '../../../shared/sentences/words';

/**
 * Where this server connects to on behalf of people who do not own it: those who set up mailboxes, and whoever wrote an email.
 * Keeps them from reaching what only this machine should (server-side request forgery, CWE-918).
 */

export interface ReachPolicy {
  /** Names of hosts, `*.example.com` for all below one; null: any. */
  allowedHosts: string[] | null;
  /** Whether the own network and this machine may be reached (RFC 1918, RFC 4193, loopback). */
  allowPrivateAddresses: boolean;
}

/** The policy does not let us connect there; the message says which setting decides. */
export class HostRefused extends SpokenError {
  constructor(said: Words) {
    super(said);
    this.name = 'HostRefused';
  }
}

/**
 * The addresses of a host that the policy lets us connect to. A name is looked up once and its addresses handed on, so that a name that
 * changes its address between check and connection (DNS rebinding) gains nothing. Empty for a name that cannot be looked up. Throws
 * HostRefused.
 */
export async function addressesFor(host: string, policy: ReachPolicy): Promise<string[]> {
  return (await checkedAddresses(host, policy)).open;
}

async function checkedAddresses(
  host: string,
  { allowedHosts, allowPrivateAddresses }: ReachPolicy,
): Promise<{ open: string[]; isAll: boolean }> {
  if (allowedHosts && !allowedHosts.some((pattern) => covers(pattern, host))) {
    throw new HostRefused(say('mailbox.hostNotAllowed', { host }));
  }
  const addresses = await addressesOf(host);
  const open = addresses.filter((address) => !isIn(NEVER, address) && (allowPrivateAddresses || !isIn(PRIVATE, address)));
  if (open.length > 0 || addresses.length === 0) return { open, isAll: open.length === addresses.length };
  throw new HostRefused(say(allowPrivateAddresses ? 'mailbox.addressNotAllowed' : 'mailbox.addressPrivate', { host }));
}

/**
 * The address to connect to for a mail server, or the host itself where any of its addresses will do, and where it cannot be looked up:
 * the connection then says so. Throws HostRefused.
 */
export async function addressFor(host: string, policy: ReachPolicy): Promise<string> {
  const { open, isAll } = await checkedAddresses(host, policy);
  return open.length === 0 || (isAll && policy.allowPrivateAddresses) ? host : open[0];
}

/** A host without brackets (`[::1]`), as a URL has them. */
const bare = (host: string): string => host.replace(/^\[|\]$/g, '');

async function addressesOf(host: string): Promise<string[]> {
  if (isIP(bare(host))) return [bare(host)];
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch {
    return [];
  }
}

/** Whether a URL stays on this machine. RFC 8252 §8.3: there http is as safe as https. */
export const isLoopback = (url: string): boolean => ['127.0.0.1', '[::1]', 'localhost'].includes(new URL(url).hostname);

/** Whether a pattern, a name or `*.example.com` for all below one, stands for this host. */
export function covers(pattern: string, host: string): boolean {
  const [wanted, name] = [pattern, host].map((each) => each.toLowerCase().replace(/\.$/, ''));
  return wanted.startsWith('*.') ? name.endsWith(wanted.slice(1)) : name === wanted;
}

function isIn(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

function listOf(networks: string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address, prefix] = network.split('/');
    list.addSubnet(address, Number(prefix), address.includes(':') ? 'ipv6' : 'ipv4');
  }
  return list;
}

/** Link-local: clouds hand out credentials there (169.254.169.254), mail servers are never there. Multicast and broadcast. */
const NEVER = listOf([
  '169.254.0.0/16',
  'fe80::/10',
  '224.0.0.0/4',
  '255.255.255.255/32',
  'ff00::/8',
  // 169.254.0.0/16 inside of IPv6: IPv4-compatible, NAT64, 6to4.
  '::a9fe:0/112',
  '64:ff9b::a9fe:0/112',
  '2002:a9fe::/32',
]);

/** IANA's special-purpose registries (RFC 6890). IPv4 addresses written in IPv6 (`::ffff:10.0.0.1`) are checked as IPv4. */
const PRIVATE = listOf([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '240.0.0.0/4',
  'fc00::/7',
  // Site-local, deprecated and still routed by some (RFC 3879).
  'fec0::/10',
  // Addresses that hold an IPv4 address, which a gateway would reach: IPv4-compatible, NAT64 (RFC 6052, and RFC 8215 for one's own),
  // Teredo and 6to4.
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '2001::/32',
  '2002::/16',
]);
