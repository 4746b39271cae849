import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import type { DueFor } from '../../../shared/api/service-levels';
import type { Priority, TicketStatus } from '../../../shared/vocabulary';
import { linkTable } from '../platform/links';
import { tableIn } from '../storage/tables';
import { UID } from '../uids';
import type { RoundMessage, StatusChange, TicketFacts } from './rounds';

/** What is known of tickets, as far as their times are worked out from it. */

export interface Measurable extends TicketFacts {
  id: number;
  priority: Priority;
  isMerged: boolean;
  isSpam: boolean;
  assignee: number | null;
  snoozedAt: Date | null;
  snoozedUntil: Date | null;
  scanner: number | null;
  /** As it is written now. */
  dueAt: number | null;
  dueFor: DueFor | null;
}

/** A moment as a database has it. */
type MomentLike = string | number | Date;

const timeOf = (value: unknown): number => new Date(value as string | number | Date).getTime();
const timeOrNull = (value: unknown): number | null => (value === null || value === undefined ? null : timeOf(value));
const dateOrNull = (value: unknown): Date | null => (value === null || value === undefined ? null : new Date(timeOf(value)));
const idOrNull = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));

/** By three statements, whatever there is. */
export async function readFacts(strapi: Core.Strapi, trx: Knex.Transaction, ids: number[]): Promise<Measurable[]> {
  const messages = groupBy(await readMessages(strapi, trx, ids), messageOf);
  const changes = groupBy(await readChanges(strapi, trx, ids), changeOf);
  return (await readTickets(strapi, trx, ids)).map((row) => {
    const id = Number(row.id);
    return {
      id,
      priority: row.priority,
      status: row.ticket_status,
      isMerged: row.merged_into_id !== null,
      isSpam: Boolean(row.is_spam),
      assignee: idOrNull(row.assignee),
      snoozedAt: dateOrNull(row.snoozed_at),
      snoozedUntil: dateOrNull(row.snoozed_until),
      scanner: idOrNull(row.scanner),
      dueAt: timeOrNull(row.due_at),
      dueFor: row.due_for,
      createdAt: timeOf(row.created_at),
      isRequest: row.created_by_id === null,
      lastActivityAt: timeOf(row.last_activity_at ?? row.created_at),
      messages: (messages.get(id) ?? []).sort((one, other) => one.at - other.at),
      changes: changes.get(id) ?? [],
    };
  });
}

interface MeasuredTicket {
  id: number;
  assignee: number | null;
  scanner: number | null;
  priority: Priority;
  ticket_status: TicketStatus;
  merged_into_id: number | null;
  is_spam: boolean | number | null;
  due_at: MomentLike | null;
  due_for: DueFor | null;
  created_at: MomentLike;
  created_by_id: number | null;
  last_activity_at: MomentLike | null;
  snoozed_at: MomentLike | null;
  snoozed_until: MomentLike | null;
}

function readTickets(strapi: Core.Strapi, trx: Knex.Transaction, ids: number[]): Promise<MeasuredTicket[]> {
  const [assignees, scanners] = (['assignee', 'scanner'] as const).map((name) => linkTable(strapi, UID.ticket, name));
  return tableIn(strapi, trx, `${strapi.db.metadata.get(UID.ticket).tableName} as t`)
    .leftJoin(`${assignees.name} as a`, `a.${assignees.owner}`, 't.id')
    .leftJoin(`${scanners.name} as s`, `s.${scanners.owner}`, 't.id')
    .whereIn('t.id', ids)
    .orderBy('t.id')
    .select({ assignee: `a.${assignees.target}`, scanner: `s.${scanners.target}` })
    .select(
      [
        'id',
        'priority',
        'ticket_status',
        'merged_into_id',
        'is_spam',
        'due_at',
        'due_for',
        'created_at',
        'created_by_id',
        'last_activity_at',
        'snoozed_at',
        'snoozed_until',
      ].map((name) => `t.${name}`),
    );
}

interface MessageRow {
  ticket: number;
  user: number | null;
  contact: number | null;
  source: string;
  is_outgoing: boolean | number | null;
  created_at: MomentLike;
  written_at: MomentLike | null;
}

/** What people wrote for each other: nothing internal, and nothing of machines. */
function readMessages(strapi: Core.Strapi, trx: Knex.Transaction, ids: number[]): Promise<MessageRow[]> {
  const [tickets, users, contacts] = (['ticket', 'user', 'contact'] as const).map((name) => linkTable(strapi, UID.comment, name));
  return tableIn(strapi, trx, `${tickets.name} as l`)
    .join(`${strapi.db.metadata.get(UID.comment).tableName} as c`, 'c.id', `l.${tickets.owner}`)
    .leftJoin(`${users.name} as u`, `u.${users.owner}`, 'c.id')
    .leftJoin(`${contacts.name} as p`, `p.${contacts.owner}`, 'c.id')
    .whereIn(`l.${tickets.target}`, ids)
    .where('c.is_public', true)
    .where((query) => void query.whereNull('c.is_automatic').orWhere('c.is_automatic', false))
    .orderBy('c.id')
    .select({ ticket: `l.${tickets.target}`, user: `u.${users.target}`, contact: `p.${contacts.target}` })
    .select('c.source', 'c.is_outgoing', 'c.created_at', 'c.written_at');
}

/**
 * Null for what neither a customer nor one of us wrote: a program of the site's, say. What was written in the panel is an answer also when
 * its author is known no more: administrators are deleted, and no export of Strapi's has them.
 */
function messageOf({
  user,
  contact,
  source,
  is_outgoing: isOutgoing,
  created_at: createdAt,
  written_at: writtenAt,
}: MessageRow): RoundMessage | null {
  const isCustomers = source === 'email' || contact !== null;
  const by = user !== null || isOutgoing ? 'agent' : isCustomers ? 'customer' : source === 'admin' ? 'agent' : null;
  return by && { by, user: idOrNull(user), at: timeOf(writtenAt ?? createdAt), cameAt: timeOf(createdAt) };
}

interface ChangeRow {
  ticket: number;
  detail: unknown;
  actor: string;
  at: MomentLike;
}

const readChanges = (strapi: Core.Strapi, trx: Knex.Transaction, ids: number[]): Promise<ChangeRow[]> =>
  tableIn(strapi, trx, strapi.db.metadata.get(UID.activity).tableName)
    .whereIn('ticket_id', ids)
    .where('kind', 'status')
    .orderBy('id')
    .select({ ticket: 'ticket_id', detail: 'detail', actor: 'actor_kind', at: 'created_at' });

/** MySQL hands out JSON as it is kept there: as a text or as an object. */
function changeOf({ detail, actor, at }: ChangeRow): StatusChange | null {
  const { from, to } = (typeof detail === 'string' ? JSON.parse(detail) : (detail ?? {})) as { from?: string; to?: string };
  return from && to ? { from, to, at: timeOf(at), byEmail: actor === 'scanner' } : null;
}

function groupBy<R extends { ticket: number }, T>(rows: R[], valueOf: (row: R) => T | null): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const row of rows) {
    const value = valueOf(row);
    if (value === null) continue;
    const id = Number(row.ticket);
    const group = groups.get(id);
    if (group) group.push(value);
    else groups.set(id, [value]);
  }
  return groups;
}
