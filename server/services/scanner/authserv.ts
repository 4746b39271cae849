import { domainOf } from '../lib/address';
import { topmostAuthservId } from '../message/reading/authenticity';
import type { ParsedMessage, ParseOptions } from '../message/types';

/**
 * Whose word counts about a sender. Anybody can write an Authentication-Results header into a mail; the mailbox's own server puts its
 * own above all others, under a name of its own (RFC 8601: authserv-id). The name is learnt: it is what the topmost one says in nearly
 * all mail, whoever sent it. Until it is known, nobody is verified.
 */

/**
 * What the messages of a mailbox carried. Each domain of senders has one vote, its last message's: a flood of mail from one of them, or
 * from a few, decides nothing.
 */
interface AuthservSeen {
  messages: number;
  /** The topmost authserv-id by domain, null without results; the domain last heard of at the end. Pairs, because databases sort keys. */
  votes: [domain: string, id: string | null][];
}

interface Authserv {
  /** Null while nobody is known. '' for servers that leave it out, as Exchange Online does. */
  id: string | null;
  /** `set` by an administrator, `learnt`, still `learning` (results may cast a doubt, and prove nothing), or the server adds `none`. */
  source: 'set' | 'learnt' | 'learning' | 'none';
}

/** This many messages must be seen, from this many domains, and the name in so large a part of the domains. */
const ENOUGH = { messages: 20, domains: 3, share: 0.8 };
/** Beyond it those not heard of for the longest time are forgotten, so that a mailbox that moves to another provider learns again. */
const MOST_DOMAINS = 200;
/** A reserved name (RFC 2606), which no server has: then no results are believed. */
const NOBODY = 'nobody.invalid';

/** Whose results count for a scanner. */
export function authservOf({ authservId, authservSeen }: { authservId?: string | null; authservSeen?: unknown }): Authserv {
  if (authservId) return { id: authservId.toLowerCase(), source: 'set' };
  const { messages, votes } = seenIn(authservSeen);
  const all = votes.map(([, id]) => id);
  if (messages < ENOUGH.messages || all.length === 0) return { id: null, source: 'learning' };
  const counts = new Map<string | null, number>();
  for (const id of all) counts.set(id, (counts.get(id) ?? 0) + 1);
  const [id, most] = [...counts].reduce((best, each) => (each[1] > best[1] ? each : best));
  if (id === null) return most > all.length / 2 ? { id: null, source: 'none' } : { id: null, source: 'learning' };
  return most >= all.length * ENOUGH.share && most >= ENOUGH.domains ? { id, source: 'learnt' } : { id: null, source: 'learning' };
}

/** The same as the parser takes it. */
export function asParseOptions({ id, source }: Authserv): Pick<ParseOptions, 'trustedAuthservIds' | 'isLearningAuthserv'> {
  if (source === 'learning') return { trustedAuthservIds: [], isLearningAuthserv: true };
  return { trustedAuthservIds: [id ?? NOBODY] };
}

/** Adds messages to what was seen. Those without a sender, and our own, say nothing about mail from outside. */
export function withMessages(before: unknown, messages: ParsedMessage[], ownAddresses: ReadonlySet<string>): AuthservSeen {
  const seen = seenIn(before);
  const votes = new Map(seen.votes);
  let count = seen.messages;
  for (const { from, headers } of messages) {
    const address = from?.address ?? '';
    if (address === '' || ownAddresses.has(address)) continue;
    count += 1;
    const domain = domainOf(address);
    const id = topmostAuthservId(headers);
    // Deleted first: what was heard of last stands last.
    votes.delete(domain);
    votes.set(domain, id !== null && /^[a-z0-9.-]{0,255}$/.test(id) ? id : null);
  }
  // Once enough, more messages make no difference.
  return { messages: Math.min(count, ENOUGH.messages), votes: [...votes].slice(-MOST_DOMAINS) };
}

/** What earlier versions saved counted messages, and held some domains of each id: those vote. */
function seenIn(saved: unknown): AuthservSeen {
  const { messages = 0, votes, ids = {} } = (saved ?? {}) as Partial<AuthservSeen> & { ids?: Record<string, { domains: string[] }> };
  const voted = Object.entries(ids).flatMap(([id, { domains }]) => domains.map((domain): [string, string] => [domain, id]));
  return { messages, votes: votes ?? voted };
}
