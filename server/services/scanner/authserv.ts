import { topmostAuthservId } from '../message/authenticity';
import type { ParsedMessage } from '../message/types';

/**
 * Whose word counts about a sender. Anybody can write an Authentication-Results header into a mail; the mailbox's own server puts its
 * own above all others, under a name of its own (RFC 8601: authserv-id). The name is learnt: it is what the topmost one says in nearly
 * all mail, whoever sent it.
 */

/** What the messages of a mailbox carried, newer ones counting more. */
export interface AuthservSeen {
  messages: number;
  /** By authserv-id: in how many messages it was the topmost, and domains of their senders. */
  ids: Record<string, { messages: number; domains: string[] }>;
}

export interface Authserv {
  /** Null while nobody is known. '' for servers that leave it out, as Exchange Online does. */
  id: string | null;
  /** `set` by an administrator, `learnt`, still `learning` (the topmost results are believed), or the server adds `none`. */
  source: 'set' | 'learnt' | 'learning' | 'none';
}

const NOTHING_SEEN: AuthservSeen = { messages: 0, ids: {} };
/** So many messages must be seen, and the name in so large a part of them, from so many domains. */
const ENOUGH = { messages: 20, share: 0.8, domains: 3 };
/** Beyond this the counts are halved, so that a mailbox that moves to another provider learns anew. */
const MOST = 400;
const MOST_IDS = 20;
/** A reserved name (RFC 2606), which no server has: then no results are believed. */
const NOBODY = 'nobody.invalid';

/** Whose results count for a scanner. */
export function authservOf({ authservId, authservSeen }: { authservId?: string | null; authservSeen?: unknown }): Authserv {
  if (authservId) return { id: authservId.toLowerCase(), source: 'set' };
  const seen = seenIn(authservSeen);
  if (seen.messages < ENOUGH.messages) return { id: null, source: 'learning' };
  const known = Object.entries(seen.ids).find(
    ([, { messages, domains }]) => messages >= seen.messages * ENOUGH.share && domains.length >= ENOUGH.domains,
  );
  if (known) return { id: known[0], source: 'learnt' };
  const withResults = Object.values(seen.ids).reduce((sum, { messages }) => sum + messages, 0);
  return withResults < seen.messages / 2 ? { id: null, source: 'none' } : { id: null, source: 'learning' };
}

/** The same as the parser takes it. */
export function trustedAuthservIds({ id, source }: Authserv): string[] {
  return id !== null ? [id] : source === 'none' ? [NOBODY] : [];
}

/** Adds messages to what was seen. Those without a sender, and our own, say nothing about mail from outside. */
export function withMessages(before: unknown, messages: ParsedMessage[], ownAddresses: ReadonlySet<string>): AuthservSeen {
  const seen = structuredClone(seenIn(before));
  for (const { from, headers } of messages) {
    const address = from?.address ?? '';
    if (address === '' || ownAddresses.has(address)) continue;
    seen.messages += 1;
    const id = topmostAuthservId(headers);
    if (id === null || !/^[a-z0-9.-]{0,255}$/.test(id) || (!Object.hasOwn(seen.ids, id) && Object.keys(seen.ids).length >= MOST_IDS))
      continue;
    const entry = (seen.ids[id] ??= { messages: 0, domains: [] });
    entry.messages += 1;
    const domain = address.slice(address.lastIndexOf('@') + 1);
    if (entry.domains.length < ENOUGH.domains && !entry.domains.includes(domain)) entry.domains.push(domain);
  }
  return seen.messages > MOST ? halved(seen) : seen;
}

function halved({ messages, ids }: AuthservSeen): AuthservSeen {
  const kept = Object.entries(ids).map(([id, entry]) => [id, { ...entry, messages: Math.floor(entry.messages / 2) }] as const);
  return { messages: Math.floor(messages / 2), ids: Object.fromEntries(kept.filter(([, entry]) => entry.messages > 0)) };
}

const seenIn = (saved: unknown): AuthservSeen => (saved as AuthservSeen | null) ?? NOTHING_SEEN;
