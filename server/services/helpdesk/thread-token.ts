import { takeRandomBytes } from '../storage/randomness';

/** What makes the Message-IDs of a ticket's emails its own: an answer that names one belongs to it, and nobody can guess one. */

/** 128 bits; lower-case hex survives mail servers that change the case of an id. */
export function newThreadToken(): string {
  return takeRandomBytes(16).toString('hex');
}

/** The thread token in a Message-ID of ours (`token@domain` or `token.random@domain`), or null. */
export function tokenOf(messageId: string): string | null {
  return /^([0-9a-f]{32})(?:\.[0-9a-f]+)?@/i.exec(messageId)?.[1].toLowerCase() ?? null;
}
