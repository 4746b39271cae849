import { afterAll, beforeAll, expect, test } from 'vitest';
import contentTypes from '../../server/content-types';
import { watchDocumentMiddlewares } from '../../server/services/platform/document-middlewares';
import { watchEventHub } from '../../server/services/platform/event-hub';
import { keepOwnAttributes } from '../../server/services/storage/own-types';
import { newDocumentId } from '../../server/services/storage/randomness';
import { createRecords, type NewRecord, updateRecords } from '../../server/services/storage/records';
import { UID } from '../../server/services/uids';
import { eventually } from '../support/helpdesk';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** Records written in bulk must be what the Document Service would have written, and noticed by whoever listens. */

let app: TestStrapi;
let contact: number;

beforeAll(async () => {
  app = await startStrapi();
  contact = (await app.strapi.documents(UID.contact).create({ data: { email: 'jane@customer.test' } as never })).id as number;
  keepOwnAttributes(app.strapi, contentTypes);
  watchDocumentMiddlewares(app.strapi);
  watchEventHub(app.strapi);
});

afterAll(async () => {
  await app.stop();
  removeFolder(app.folder);
});

test('while nobody listens, records are not read again to be told; from the first listener on they are', async () => {
  let read = 0;
  const count = ({ sql }: { sql: string }) =>
    void (read += /^select .*[`"]t0[`"]\.\*.* from .{0,20}[`"]mail_scanner_tickets[`"]/.test(sql) ? 1 : 0);
  app.strapi.db.connection.on('query', count);
  await createRecords(app.strapi, UID.ticket, [make(ticketData(20))]);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(read).toBe(0);
  const events: unknown[] = [];
  const stop = app.strapi.eventHub.on('entry.create', async (event: unknown) => void events.push(event));
  await createRecords(app.strapi, UID.ticket, [make(ticketData(21))]);
  await eventually(() => events.length === 1);
  app.strapi.db.connection.removeListener('query', count);
  stop();
  expect(read).toBeGreaterThan(0);
});

test('somebody who puts an emit of their own into the hub is told, too', async () => {
  const { emit } = app.strapi.eventHub;
  const names: string[] = [];
  app.strapi.eventHub.emit = async (name, ...args) => {
    names.push(name);
    await emit.call(app.strapi.eventHub, name, ...args);
  };
  await createRecords(app.strapi, UID.contact, [{ documentId: newDocumentId(), data: { email: 'hub@customer.test' } }]);
  await eventually(() => names.length === 1);
  app.strapi.eventHub.emit = emit;
  expect(names).toEqual(['entry.create']);
});

const ticketData = (number: number) => ({
  ticketNumber: `X${number}`,
  title: `Ticket ${number}`,
  description: 'A text\nof two lines.',
  participants: ['a@b.test'],
  lastActivityAt: new Date('2026-01-02T03:04:05.678Z'),
  threadToken: '0'.repeat(32),
  subjectKey: 'ticket',
  contact,
});

const make = (data: Record<string, unknown>): NewRecord => ({ documentId: newDocumentId(), data });

async function rowsOf(ids: number[]) {
  const rows = await app.strapi.db.connection('mail_scanner_tickets').whereIn('id', ids).orderBy('id');
  const links = await app.strapi.db.connection('mail_scanner_tickets_contact_lnk').whereIn('ticket_id', ids).orderBy('ticket_id');
  const varying = ['id', 'document_id', 'ticket_number', 'title', 'created_at', 'updated_at', 'published_at'];
  return {
    rows: rows.map((row: Record<string, unknown>) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, varying.includes(name) ? typeof value : value])),
    ),
    links: links.map((link: Record<string, unknown>) => ({ ...link, id: 0, ticket_id: 0 })),
  };
}

test('a bulk write leaves the rows and links that the Document Service leaves', async () => {
  const one = await app.strapi.documents(UID.ticket).create({ data: ticketData(1) as never });
  const records = [make(ticketData(2))];
  await createRecords(app.strapi, UID.ticket, records);
  expect(await rowsOf([records[0].id!])).toEqual(await rowsOf([one.id as number]));
});

test('lifecycles run for each record, and events follow the commit with what the Document Service tells', async () => {
  const seen: string[] = [];
  const events: { entry: Record<string, any> }[] = [];
  const stopLifecycles = app.strapi.db.lifecycles.subscribe({
    models: [UID.ticket],
    beforeCreate: (event: any) => void seen.push(`before ${event.params.data.ticketNumber}`),
    afterCreate: (event: any) => void seen.push(`after ${event.result.ticketNumber} ${typeof event.result.id}`),
  } as never);
  // Those of an earlier test may still be on their way.
  const ours = new Set(['X3', 'X4', 'X5']);
  const stopEvents = app.strapi.eventHub.on(
    'entry.create',
    async (event: any) => void (ours.has(event.entry.ticketNumber) && events.push(event)),
  );
  try {
    await app.strapi.db.transaction(async () => {
      await createRecords(app.strapi, UID.ticket, [make(ticketData(3)), make(ticketData(4))]);
      expect(events).toHaveLength(0);
    });
    await eventually(() => events.length === 2);
    expect(seen).toEqual(['before X3', 'before X4', 'after X3 number', 'after X4 number']);
    await app.strapi.documents(UID.ticket).create({ data: ticketData(5) as never });
    await eventually(() => events.length === 3);
    const shape = ({ entry, ...rest }: any) => ({ ...rest, keys: Object.keys(entry).sort(), contact: Object.keys(entry.contact).sort() });
    expect(shape(events[0])).toEqual(shape(events[2]));
    expect(events[0].entry).not.toHaveProperty('threadToken');
  } finally {
    stopLifecycles();
    stopEvents();
  }
});

test('a rollback leaves neither rows nor events', async () => {
  const events: unknown[] = [];
  const stop = app.strapi.eventHub.on('entry.create', async (event: unknown) => void events.push(event));
  const before = await app.strapi.db.query(UID.ticket).count();
  await expect(
    app.strapi.db.transaction(async () => {
      await createRecords(app.strapi, UID.ticket, [make(ticketData(6))]);
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  await new Promise((resolve) => setTimeout(resolve, 100));
  stop();
  expect(await app.strapi.db.query(UID.ticket).count()).toBe(before);
  expect(events).toEqual([]);
});

test('changes that are the same are written together, and each record is announced', async () => {
  const records = [7, 8].map((number) => make(ticketData(number)));
  await createRecords(app.strapi, UID.ticket, records);
  const events: { entry: { ticketStatus: string } }[] = [];
  const stop = app.strapi.eventHub.on('entry.update', async (event: any) => void events.push(event));
  let statements = 0;
  const count = ({ sql }: { sql: string }) => void (statements += /^update .{0,20}[`"]mail_scanner_tickets[`"]/.test(sql) ? 1 : 0);
  app.strapi.db.connection.on('query', count);
  await updateRecords(
    app.strapi,
    UID.ticket,
    records.map(({ id, documentId }) => ({ id: id!, documentId, data: { ticketStatus: 'Closed' } })),
  );
  app.strapi.db.connection.removeListener('query', count);
  await eventually(() => events.length === 2);
  stop();
  expect(statements).toBe(1);
  expect(events.map(({ entry }) => entry.ticketStatus)).toEqual(['Closed', 'Closed']);
});

test('a document middleware of a site sees each record, and may change it', async () => {
  const seen: string[] = [];
  app.strapi.documents.use(async (context, next) => {
    if (context.uid === UID.ticket && context.action === 'create') {
      const { data } = context.params as { data: Record<string, unknown> };
      seen.push(String(data.ticketNumber));
      data.title = `[site] ${String(data.title)}`;
    }
    return next();
  });
  const records = [make(ticketData(9))];
  await createRecords(app.strapi, UID.ticket, records);
  expect(seen).toEqual(['X9']);
  const row = await app.strapi.db.query(UID.ticket).findOne({ where: { id: records[0].id } });
  expect(row).toMatchObject({ title: '[site] Ticket 9', documentId: records[0].documentId });
});
