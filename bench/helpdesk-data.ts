import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { insertEntries, insertValues } from '../server/services/storage/insert';
import { TABLES } from '../server/services/storage/tables';
import { isMeasuring, measureTimes } from '../server/services/times/measure';
import { randomness } from './measure';
import { multiply } from './multiply';

/**
 * A helpdesk as it looks after years, written in bulk: no Document Service, no lifecycles, no events. The same every time. The tables
 * must be empty, so that the database numbers the records from 1.
 */

interface Sizes {
  tickets: number;
  commentsPerTicket: number;
  contacts: number;
  accounts: number;
  agents: number;
  scanners: number;
}

const UID = (type: string) => `plugin::mail-scanner.${type}` as never;
const ROWS_AT_ONCE = 5_000;
const DAY_MS = 86_400_000;
const YEARS_MS = 3 * 365 * DAY_MS;

/** A word of one comment in 10,000, and one of every third. */
export const RARE_WORD = 'zirconium';
export const COMMON_WORD = 'invoice';

/** Of the record of that index, of any type. */
const documentIdOf = (index: number): string => `bench${index}`.padEnd(24, 'x');

/** Tags that most tickets have, one of 500, and those of long ago. */
export const TAGS = { common: documentIdOf(0), rare: documentIdOf(1), old: documentIdOf(2) };

/** One that every fourth ticket has. */
export const TEAM = documentIdOf(0);

const WORDS =
  'printer paper order account password delivery address refund the and please not after since yesterday customer number error screen update broken thank you regards market window server blue cannot open when will arrive'.split(
    ' ',
  );

/** Larger ones are a smaller one many times. */
const MOST_ONE_BY_ONE = 10_000;

export async function fillHelpdesk(strapi: Core.Strapi, sizes: Sizes): Promise<void> {
  const times = Math.ceil(sizes.tickets / MOST_ONE_BY_ONE);
  const parts = { tickets: sizes.tickets / times, contacts: sizes.contacts / times, accounts: sizes.accounts / times };
  if (!Object.values(parts).every(Number.isInteger)) throw new Error(`More than ${MOST_ONE_BY_ONE} tickets have to be a multiple of that.`);
  await fillOneByOne(strapi, { ...sizes, ...parts });
  if (times > 1) {
    await fillBeside(strapi, { ...sizes, ...parts });
    await multiply(strapi, { times, stepMs: YEARS_MS / sizes.tickets, accounts: sizes.accounts });
  }
  await analyze(strapi);
}

async function fillOneByOne(strapi: Core.Strapi, sizes: Sizes): Promise<void> {
  const random = randomness(1);
  const some = (count: number) => 1 + Math.floor(random() * count);
  const start = Date.UTC(2026, 10, 24) - YEARS_MS;
  const step = YEARS_MS / sizes.tickets;
  const stamp = (index: number) => new Date(start + index * step);
  const record = (index: number) => ({
    documentId: documentIdOf(index),
    createdAt: stamp(index),
    updatedAt: stamp(index),
    publishedAt: stamp(index),
  });

  const agents = Array.from({ length: sizes.agents }, (_, index) => ({
    firstname: `Agent${index}`,
    email: `agent${index}@example.com`,
    isActive: true,
    blocked: false,
  }));
  for (const agent of agents) await strapi.db.query('admin::user').create({ data: agent as never });
  const users = (await strapi.db.query('admin::user').findMany({ select: ['id'] })).map(({ id }) => id as number);
  await insert(strapi, 'scanner', sizes.scanners, (index) => ({
    ...record(index),
    name: `Mailbox ${index}`,
    host: 'mail.example.com',
    port: 993,
  }));
  await insert(strapi, 'account', sizes.accounts, (index) => ({
    ...record(index),
    name: `Company ${index} ${WORDS[index % WORDS.length]}`,
    domain: `company${index}.test`,
  }));
  await insert(strapi, 'contact', sizes.contacts, (index) => ({
    ...record(index),
    email: `person${index}@company${index % sizes.accounts}.test`,
    firstName: `First${index % 997}`,
    lastName: `Last${index}`,
  }));

  await insert(strapi, 'team', 3, (index) => ({ ...record(index), name: `Team ${index}`, foldedName: `team ${index}`, colour: 'grey' }));
  const contactOf = (index: number) => 1 + ((index * 7919) % sizes.contacts);
  await insert(strapi, 'ticket', sizes.tickets, (index) => ({
    ...record(index),
    ticketNumber: `TT${1001 + index}`,
    title: sentence(random, 6),
    description: sentence(random, 50),
    ticketStatus: index < sizes.tickets * 0.85 ? 'Closed' : (['Open', 'In Progress', 'Wait For Response'] as const)[index % 3],
    priority: (['Normal', 'Normal', 'Normal', 'High', 'Low', 'Urgent'] as const)[index % 6],
    lastActivityAt: new Date(stamp(index).getTime() + random() * 20 * DAY_MS),
    threadToken: `token${index}`,
    subjectKey: `subject ${index}`,
    helpdeskTeam: [null, 1, 2, 3][index % 4],
  }));
  await link(strapi, 'ticket', 'contact', sizes.tickets, contactOf);
  await link(strapi, 'ticket', 'account', sizes.tickets, (index) => 1 + ((contactOf(index) - 1) % sizes.accounts));
  await insert(strapi, 'tag', 3, (index) => ({ ...record(index), name: `Tag ${index}`, foldedName: `tag ${index}`, colour: 'grey' }));
  const tagOf = (index: number) => (index % 500 === 0 ? 2 : index < sizes.tickets * 0.1 ? 3 : index % 5 < 3 ? 1 : null);
  await link(strapi, 'ticket', 'helpdeskTags', sizes.tickets, tagOf);
  await link(strapi, 'ticket', 'scanner', sizes.tickets, (index) => 1 + (index % sizes.scanners));
  await link(strapi, 'ticket', 'assignee', sizes.tickets, (index) => (index % 10 < 7 ? users[index % users.length] : null));

  const comments = sizes.tickets * sizes.commentsPerTicket;
  const ticketOf = (index: number) => 1 + Math.floor(index / sizes.commentsPerTicket);
  await insert(strapi, 'comment', comments, (index) => {
    const text = `${sentence(random, 45)}${index % 3 === 0 ? ` ${COMMON_WORD}` : ''}${index % 10_000 === 7 ? ` ${RARE_WORD}` : ''}`;
    const author = contactOf(ticketOf(index) - 1) - 1;
    return {
      ...record(index),
      text,
      visibleText: text,
      isPublic: true,
      source: 'email',
      messageId: `m${index}@customer.test`,
      authorName: `First${author % 997} Last${author}`,
      authorAddress: `person${author}@company${author % sizes.accounts}.test`,
    };
  });
  await link(strapi, 'comment', 'ticket', comments, ticketOf);
  await link(strapi, 'comment', 'contact', comments, (index) => contactOf(ticketOf(index) - 1));

  await insert(strapi, 'message', comments, (index) => ({
    ...record(index),
    scanner: some(sizes.scanners),
    folder: 'INBOX',
    uidValidity: '1',
    uid: String(index),
    fingerprint: `print${index}`,
    messageId: `m${index}@customer.test`,
    fromAddress: `person${some(sizes.contacts)}@company${some(sizes.accounts)}.test`,
    fromName: `Last${index}`,
    subject: sentence(random, 6),
    outcome: index % 500 === 0 ? 'failed' : 'processed',
    reason: '',
    trace: [],
    ticket: ticketOf(index),
    comment: index + 1,
  }));
  await insert(strapi, 'delivery', sizes.tickets, (index) => ({
    ...record(index),
    ticket: index + 1,
    messageId: `d${index}@example.com`,
    subject: 'Re: printer',
    to: [],
    state: index % 2000 === 0 ? 'failed' : 'sent',
    sentAt: stamp(index),
  }));
}

/** What an old helpdesk has besides: answers of its agents and how long they took, files, the log of each ticket, what was read and told. */
async function fillBeside(strapi: Core.Strapi, { tickets, commentsPerTicket, agents }: Sizes): Promise<void> {
  const comments = tickets * commentsPerTicket;
  const userOf = (ticket: number) => 1 + (ticket % agents);
  const ticketOf = (comment: number) => 1 + Math.floor(comment / commentsPerTicket);
  const table = (type: string) => strapi.db.getConnection(strapi.db.metadata.get(UID(type)).tableName);
  const created: { id: number; created_at: string | number | Date }[] = await table('ticket').orderBy('id').select('id', 'created_at');
  const openedAt = (ticket: number) => new Date(created[ticket - 1].created_at).getTime();
  const stamped = (index: number, ticket: number, laterMs = 0) => {
    const at = new Date(openedAt(ticket) + laterMs);
    return { documentId: documentIdOf(index), createdAt: at, updatedAt: at };
  };
  // One of the five of each ticket.
  await link(strapi, 'comment', 'user', comments, (index) => (index % commentsPerTicket === 4 ? userOf(ticketOf(index)) : null));
  await table('comment').whereRaw('id % ? = 0', [commentsPerTicket]).update({ source: 'admin' });
  await insert(strapi, 'attachment', tickets, (index) => ({
    ...stamped(index, index + 1),
    comment: index * commentsPerTicket + 1,
    name: `${WORDS[index % WORDS.length]}${index}.pdf`,
    mime: 'application/pdf',
    size: 50_000,
    hash: `hash${index}`,
    key: `key${index}`,
  }));
  const kinds = ['created', 'assignee', 'status'] as const;
  await insert(strapi, 'activity', tickets * kinds.length, (index) => {
    const ticket = 1 + Math.floor(index / kinds.length);
    const kind = kinds[index % kinds.length];
    const detail = { status: { from: 'Open', to: 'Closed' }, assignee: { from: null, to: 'Agent1' }, created: null }[kind];
    return {
      ...stamped(index, ticket, (index % kinds.length) * 20 * 60_000),
      ticket,
      kind,
      actorKind: 'system',
      actorName: 'Agent1',
      detail,
    };
  });
  const own = (name: string, columns: string[], row: (ticket: number) => unknown[] | null) =>
    inBatches(strapi, tickets, (trx, from, to) => {
      const rows = Array.from({ length: to - from }, (_, offset) => row(from + offset + 1)).filter((each) => each !== null);
      return insertValues(strapi, trx, { table: name, columns }, rows);
    });
  await own(TABLES.seen, ['user_id', 'ticket_id', 'comment_id'], (ticket) => [userOf(ticket), ticket, ticket * commentsPerTicket]);
  await own(TABLES.notices, ['news_id', 'user_id', 'ticket_id', 'comment_id', 'kind', 'at', 'read_at'], (ticket) => {
    const at = openedAt(ticket);
    return [ticket, userOf(ticket), ticket, ticket * commentsPerTicket, 'comment', at, ticket < tickets * 0.99 ? at + DAY_MS : null];
  });
  await own(TABLES.ratings, ['delivery_id', 'ticket_id', 'assignee_id', 'scanner_id', 'score', 'rated_at'], (ticket) =>
    ticket % 20 === 0 ? [ticket, ticket, userOf(ticket), 1, 'good', openedAt(ticket) + DAY_MS] : null,
  );
  while (await isMeasuring(strapi)) await measureTimes(strapi);
}

const sentence = (random: () => number, words: number): string =>
  Array.from({ length: words }, () => WORDS[Math.floor(random() ** 2 * WORDS.length)]).join(' ');

async function insert(strapi: Core.Strapi, type: string, count: number, row: (index: number) => Record<string, unknown>): Promise<void> {
  await inBatches(strapi, count, (trx, from, to) =>
    insertEntries(
      strapi,
      trx,
      UID(type),
      Array.from({ length: to - from }, (_, offset) => row(from + offset)),
    ),
  );
}

/** Fills the table that joins records to those of another type. `null` leaves a record without. */
async function link(
  strapi: Core.Strapi,
  type: string,
  attribute: string,
  count: number,
  target: (index: number) => number | null,
): Promise<void> {
  const { joinTable } = strapi.db.metadata.get(UID(type)).attributes[attribute] as unknown as {
    joinTable: { name: string; joinColumn: { name: string }; inverseJoinColumn: { name: string } };
  };
  const columns = [joinTable.joinColumn.name, joinTable.inverseJoinColumn.name];
  await inBatches(strapi, count, async (trx, from, to) => {
    const rows = Array.from({ length: to - from }, (_, offset) => [from + offset + 1, target(from + offset)]).filter(
      ([, id]) => id !== null,
    );
    await insertValues(strapi, trx, { table: joinTable.name, columns }, rows);
  });
}

async function inBatches(
  strapi: Core.Strapi,
  count: number,
  work: (trx: Knex.Transaction, from: number, to: number) => Promise<unknown>,
): Promise<void> {
  await strapi.db.transaction(async ({ trx }) => {
    for (let from = 0; from < count; from += ROWS_AT_ONCE) await work(trx as never, from, Math.min(from + ROWS_AT_ONCE, count));
  });
}

/** What PostgreSQL does by itself within a minute. SQLite is left as a site has it: without statistics. */
async function analyze(strapi: Core.Strapi): Promise<void> {
  if (strapi.db.dialect.client === 'postgres') await strapi.db.connection.raw('analyze');
}
