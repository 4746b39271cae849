import type { ParsedMessage } from '../../types';

/**
 * What a program must not answer by itself (RFC 3834 §2). Here any evidence counts, also of how a message came: to withhold a confirmation
 * costs nobody anything, and one that reaches a list, another program or somebody whose address was borrowed does.
 */
export const wantsNoAnswer = ({ automatic, list, identity, headers }: Pick<ParsedMessage, 'automatic' | 'list' | 'identity' | 'headers'>) =>
  automatic !== null || list !== null || identity === 'doubtful' || asksForSilence(headers);

/** Exchange's word for it (MS-OXCMAIL 2.1.3.2.20). */
const asksForSilence = (headers: ParsedMessage['headers']): boolean =>
  (headers['x-auto-response-suppress'] ?? []).some((value) => /\b(?:all|autoreply)\b/i.test(value));

/** Words of addresses that nobody reads, in the languages of our panel, and of lists and mail systems (RFC 2142, RFC 3834 §2). */
const UNREAD = [
  'no[._-]?reply',
  'do[._-]?not[._-]?reply',
  'dont[._-]?reply',
  'nicht[._-]?antworten',
  'keine[._-]?antwort',
  'no[._-]?(?:responder|responda|contestar)',
  'ne[._-]?pas[._-]?repondre',
  'ala[._-]?vastaa',
  '(?:svara[._-]?(?:inte|ej)|ej[._-]?svar)',
  'mailer[._-]?daemon',
  'postmaster',
  'bounces?',
  'majordomo',
  'listserv',
];
const UNREAD_ADDRESS = new RegExp(`(?:^|[._+=-])(?:${UNREAD.join('|')})(?:[._+=\\d-]|$)|^owner-|-(?:request|owner)(?:\\+|$)`, 'i');

/** Whether an address says of itself that nobody reads it. */
export const isUnreadAddress = (address: string): boolean => UNREAD_ADDRESS.test(address.slice(0, address.lastIndexOf('@')));
