import type { Core } from '@strapi/strapi';
import { FORWARD_TEMPLATE } from '../../../shared/vocabulary';
import { linkTable } from '../platform/links';
import { grouped, ranked } from '../storage/ranked';
import { UID } from '../uids';

/** The emails of a ticket in both directions, as the headers of its next one name them (RFC 5322, 3.6.4). */

/** Of a long thread, an email names the first message and some of the last: see compose.ts. */
const LAST_OF_THREAD = 50;

interface Mentioned {
  id: number;
  messageId: string;
  /** The one that those who got it know, where a provider gave it another one. */
  sentMessageId?: string | null;
  createdAt: string | number | Date;
}

interface Received extends Mentioned {
  /** True for the newest one that no machine wrote. */
  isAnswered: boolean;
}

interface SentEmail extends Mentioned {
  state: string;
  putOff: unknown;
  template: string | null;
}

/** The Message-IDs of a ticket in both directions, oldest first (of very many the first and the last ones), and the customer's newest one. */
export function threadOf(received: Received[], emails: SentEmail[]): { messageIds: string[]; inReplyTo: string | null } {
  const sent = emails.filter(({ state, putOff, template }) => template !== FORWARD_TEMPLATE && (state === 'sent' || putOff)).sort(byTime);
  const lastSent = sent.length > LAST_OF_THREAD ? [sent[0], ...sent.slice(-LAST_OF_THREAD)] : sent;
  const all = [...received, ...lastSent].sort(byTime);
  return {
    messageIds: all.map(({ messageId, sentMessageId }) => sentMessageId || messageId),
    inReplyTo: received.find(({ isAnswered }) => isAnswered)?.messageId ?? null,
  };
}

const byTime = (one: Mentioned, other: Mentioned): number =>
  new Date(one.createdAt).getTime() - new Date(other.createdAt).getTime() || one.id - other.id;

/** What came in of these tickets, by the tickets: the first one, the last ones and the newest that no machine wrote. */
export async function receivedBy(strapi: Core.Strapi, tickets: number[]): Promise<Map<number, Received[]>> {
  const { name, owner, target } = linkTable(strapi, UID.comment, 'ticket');
  const placed = (within: string, way: 'asc' | 'desc') =>
    `row_number() over (partition by ${within} order by c.created_at ${way}, c.id ${way})`;
  const rows = await ranked(
    strapi,
    (from, raw) =>
      from(`${name} as l`)
        .join(`${strapi.db.metadata.get(UID.comment).tableName} as c`, 'c.id', `l.${owner}`)
        .whereIn(`l.${target}`, tickets)
        .whereNotNull('c.message_id')
        // What people outside write is no part of the customer's conversation (helpdesk/forwards.ts). Asked for as null, SQLite would begin with the
        // index of these tokens, and read all comments of the helpdesk that have none.
        .whereRaw("coalesce(c.forward_token, '') = ''")
        .select(
          { ticket: `l.${target}`, id: 'c.id', messageId: 'c.message_id', createdAt: 'c.created_at', isAutomatic: 'c.is_automatic' },
          raw(`${placed(`l.${target}`, 'desc')} as last_place`),
          raw(`${placed(`l.${target}`, 'asc')} as first_place`),
          raw(`${placed(`l.${target}, c.is_automatic`, 'desc')} as kind_place`),
        ),
    (found) => found.where('last_place', '<=', LAST_OF_THREAD).orWhere('first_place', 1).orWhere('kind_place', 1),
  );
  const received = new Map<number, Received[]>();
  for (const [ticket, some] of grouped(rows, 'ticket')) {
    const answered = some.find((row) => Number(row.kind_place) === 1 && isFalse(row.isAutomatic));
    const kept = some.filter((row) => Number(row.last_place) <= LAST_OF_THREAD || Number(row.first_place) === 1 || row === answered);
    received.set(
      ticket,
      kept.map((row) => ({ ...(row as unknown as Mentioned), id: Number(row.id), isAnswered: row === answered })),
    );
  }
  return received;
}

/** SQLite and MySQL have numbers for it. */
const isFalse = (value: unknown): boolean => value === false || value === 0;
