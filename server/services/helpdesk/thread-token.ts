import { createHash } from 'node:crypto';
import { takeRandomBytes } from '../storage/randomness';

/** What makes the Message-IDs of a ticket's emails its own: an answer that names one belongs to it, and nobody can guess one. */

/** 128 bits; lower-case hex survives mail servers that change the case of an id. */
export function newThreadToken(): string {
  return takeRandomBytes(16).toString('hex');
}

/**
 * What stands in the text of an email of ours (message/reading/own-mark.ts): its ticket, and what only this ticket's token gives. The token does
 * not follow from it, because a text is handed on more easily than a Message-ID is, and opens less.
 */
export const markOf = ({ id, threadToken }: { id: number; threadToken: string }): string =>
  `${id.toString(36)}.${createHash('sha256').update(`mark ${threadToken}`).digest('hex').slice(0, 32)}`;

/** By which the desk looks for the ticket of a mark, as by a Message-ID. */
export const idOfMark = (mark: string): string => `${mark}@mark`;

/** The id of the ticket that has this mark, if it is one. */
export function ticketOfMark(messageId: string): number | null {
  const id = /^([0-9a-z]{1,9})\.[0-9a-f]{32}@mark$/.exec(messageId)?.[1];
  const ticket = id === undefined ? null : Number.parseInt(id, 36);
  // What no integer column holds, PostgreSQL would refuse to look for.
  return ticket !== null && ticket < 2 ** 31 ? ticket : null;
}

/**
 * The thread token in a Message-ID of ours (`token@domain` or `token.random@domain`), or null; also where a program has put something before
 * it (`reply-…`, `mailto:…`), or where the header was cut behind it.
 */
export function tokenOf(messageId: string): string | null {
  return /(?<![0-9a-z.])([0-9a-f]{32})(?=[.@=])/i.exec(messageId)?.[1].toLowerCase() ?? null;
}
