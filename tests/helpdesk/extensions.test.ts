import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import comment from '../../server/content-types/comment/schema';
import contact from '../../server/content-types/contact/schema';
import ticket from '../../server/content-types/ticket/schema';
import { addScanner, CREATE_TICKET, mail } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { TestMailServer } from '../support/mail-server';
import { siteWith } from '../support/site';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

const TICKET = 'plugin::mail-scanner.ticket';
const COMMENT = 'plugin::mail-scanner.comment';

/** As the Content-Type Builder writes a type below src/extensions: the whole of it, as it was on that day. */
const copyOf = ({ kind, collectionName, info, options, attributes }: any, changes: object, withoutAttributes: string[] = []) => ({
  kind,
  collectionName,
  info,
  options,
  attributes: {
    ...Object.fromEntries(Object.entries(attributes).filter(([name]) => !withoutAttributes.includes(name))),
    ...changes,
  },
});

describe('a schema.json of the site', () => {
  let app: TestStrapi;
  let server: TestMailServer;
  let site: ReturnType<typeof siteWith>;
  let before: any;

  beforeAll(async () => {
    server = await startHoodiecrow();
    const plain = await startStrapi();
    before = await plain.api('POST', '/tickets', { title: 'From before', description: 'Not to be lost' });
    await plain.strapi.db.query(TICKET).update({ where: { id: before.id }, data: { participants: ['kim@customer.test'] } });
    await plain.stop();
    const changes = {
      title: { type: 'text', maxLength: 40 },
      ticketStatus: { ...ticket.attributes.ticketStatus, enum: ['Open', 'Closed', 'With the supplier'] },
      participants: { type: 'string' },
      branch: { type: 'string', required: true, regex: '^[A-Z][a-z]+$' },
      reference: { type: 'string', unique: true },
    };
    site = siteWith({
      // An older copy, which does not know two of today's attributes, nor any index.
      'content-types/ticket/schema.json': copyOf(ticket, changes, ['description', 'threadToken']),
    });
    app = await startStrapi({ folder: plain.folder, distDir: site.distDir });
  });

  afterAll(async () => {
    await app?.stop();
    await server?.stop();
    site?.remove();
    if (app) removeFolder(app.folder);
  });

  test('costs no attribute that it leaves out, and none that it would keep in another way', async () => {
    expect(await app.strapi.db.query(TICKET).findOne({ where: { id: before.id } })).toMatchObject({
      title: 'From before',
      description: 'Not to be lost',
      participants: ['kim@customer.test'],
      threadToken: expect.stringMatching(/^.{20,}$/),
    });
    const { attributes, indexes } = app.strapi.contentType(TICKET) as any;
    expect(attributes).toMatchObject({ title: { type: 'string', required: true, maxLength: 40 }, participants: { type: 'json' } });
    expect(indexes).toContainEqual(expect.objectContaining({ name: 'ms_ticket_number', type: 'unique' }));
  });

  test('may add values of an enumeration, and takes none away', async () => {
    const where = { where: { id: before.id } };
    for (const ticketStatus of ['With the supplier', 'Wait For Response']) {
      await app.strapi.documents(TICKET).update({ documentId: before.documentId, data: { ticketStatus } as never });
      expect(await app.strapi.db.query(TICKET).findOne(where)).toMatchObject({ ticketStatus });
    }
  });

  test('leaves what the Content-Type Builder writes next complete', () => {
    const { attributes } = (app.strapi.contentType(TICKET) as any).__schema__;
    expect(Object.keys(attributes)).toEqual(expect.arrayContaining([...Object.keys(ticket.attributes), 'branch', 'reference']));
  });

  /** Scans an email with a rule that sets this on creation. Resolves with what became of it. */
  async function scanned(onCreate: Record<string, unknown>, subject: string) {
    // Each scanner meets the emails of those before it, too.
    const conditions = { combinator: 'and', rules: [{ field: 'subject', operator: 'contains', value: subject }] };
    const actions = [CREATE_TICKET[0], { type: 'createOrUpdateTicket', config: { onCreate } }];
    const scanner = await addScanner(app, server, [{ conditions, actions }], { name: subject });
    await server.append('INBOX', mail({ subject }));
    await app.api('POST', `/scanners/${scanner.documentId}/run`);
    const rows = await app.api<any[]>('GET', `/messages?scanner=${scanner.documentId}`);
    return rows.find((row) => row.subject === subject);
  }

  test('asks of an email what it asks at the panel: what breaks it is recorded as failed, in the words of the site', async () => {
    expect(await scanned({}, 'Without a branch')).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('branch') });
    expect(await scanned({ branch: 'bern' }, 'A small letter')).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('branch must match the following'),
    });
    expect(await scanned({ branch: 'Bern', reference: 'A-1' }, 'First')).toMatchObject({ outcome: 'processed' });
    expect(await scanned({ branch: 'Bern', reference: 'A-1' }, 'Second')).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('must be unique'),
    });
    const long = 'A title that is longer than the site takes for one';
    expect(await scanned({ branch: 'Bern' }, long)).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('at most 40 characters'),
    });
    const both = await scanned({ branch: 'bern' }, `${long}, without a capital`);
    expect(both.reason).toMatch(/branch must match/);
    expect(both.reason).toMatch(/at most 40 characters/);
    const titles = (await app.strapi.db.query(TICKET).findMany()).map(({ title }) => title);
    expect(titles.sort()).toEqual(['First', 'From before']);
  });
});

test('a site that validates an attribute of ours alone is heard, too', async () => {
  const other = siteWith({
    'content-types/contact/schema.json': copyOf(contact, { email: { ...contact.attributes.email, regex: 'customer\\.test$' } }),
  });
  const server = await startHoodiecrow();
  const strict = await startStrapi({ distDir: other.distDir });
  try {
    const scanner = await addScanner(strict, server, undefined, { name: 'Strict' });
    await server.append('INBOX', mail({ from: 'kim@elsewhere.test', subject: 'Not one of ours' }));
    await strict.api('POST', `/scanners/${scanner.documentId}/run`);
    const [failed] = await strict.api<any[]>('GET', '/messages?search=Not one of ours');
    expect(failed).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('email must match the following') });
  } finally {
    await strict.stop();
    await server.stop();
    other.remove();
    removeFolder(strict.folder);
  }
});

describe('draft & publish and localization', () => {
  const on = (type: any) => ({
    ...copyOf(type, {}),
    options: { draftAndPublish: true },
    pluginOptions: { i18n: { localized: true } },
  });
  const switchedOn = {
    'content-types/ticket/schema.json': on(ticket),
    'content-types/comment/schema.json': on(comment),
    'content-types/contact/schema.json': on(contact),
  };
  /** The first boot finds what an earlier one left, with the extension there still or gone. */
  const sites = [
    ['stays off though the site has it on', switchedOn],
    ['was on and is not any more', {}],
  ] as const;

  test.each(sites)('%s: each draft and translation becomes or joins one record, and nothing is lost', async (_, extensions) => {
    const { folder, ids } = await withVersions();
    const site = siteWith(extensions);
    const app = await startStrapi({ folder, distDir: site.distDir });
    try {
      const tickets = await app.strapi.db.query(TICKET).findMany({ orderBy: { id: 'asc' }, populate: { contact: true } });
      expect(tickets.map(({ ticketNumber, title, ticketStatus }) => [ticketNumber, title, ticketStatus])).toEqual([
        // The draft said that it is closed, and nothing else.
        ['TT1001', 'Printer', 'Closed'],
        ['TT1002', 'Only a draft', 'Open'],
        ['TT1003', 'Monitor', 'Open'],
        // A German version with words of its own; the French one had none.
        ['TT9003', 'Bildschirm', 'Open'],
      ]);
      expect(new Set(tickets.map(({ documentId }) => documentId)).size).toBe(4);
      expect(tickets.every(({ publishedAt, locale }) => publishedAt && locale === null)).toBe(true);
      // The draft's customer and what was written to the draft.
      expect(tickets[0].contact?.email).toBe('jane@customer.test');
      const comments = await app.strapi.db.query(COMMENT).findMany({ orderBy: { id: 'asc' }, populate: { ticket: true } });
      expect(comments.map(({ text, ticket }) => [text, ticket?.ticketNumber])).toEqual([
        ['To the ticket', 'TT1001'],
        ['To its draft', 'TT1001'],
        ['To the only draft', 'TT1002'],
      ]);
      // Ordinary records again: what is closed is closed, what is deleted is gone.
      expect((await app.api<any[]>('GET', '/tickets?view=all')).length).toBe(4);
      await app.api('PUT', `/tickets/${tickets[1].documentId}`, { ticketStatus: 'Closed' });
      expect(await app.strapi.db.query(TICKET).findMany({ where: { ticketNumber: 'TT1002' } })).toMatchObject([{ ticketStatus: 'Closed' }]);
      const gone = await app.request('DELETE', `/content-manager/collection-types/${TICKET}/${tickets[3].documentId}`);
      expect([gone.status, await app.strapi.db.query(TICKET).count()]).toEqual([200, 3]);
      expect(ids).toContain(tickets[0].id);
    } finally {
      await app.stop();
      site.remove();
      removeFolder(folder);
    }
  });

  test('are looked for among the rows that have come since the last start, and among all where they were on', async () => {
    const first = await startStrapi();
    const { folder } = first;
    try {
      const make = async (title: string, strapi = first.strapi) =>
        Number((await strapi.documents(TICKET).create({ data: { title } as never })).id);
      const old = await make('Old');
      await first.stop();
      // What a start has looked through is known from then on.
      await (await startStrapi({ folder })).stop();
      const { strapi, stop } = await startStrapi({ folder });
      const fresh = await make('New', strapi);
      await strapi.db.getConnection('mail_scanner_tickets').whereIn('id', [old, fresh]).update({ published_at: null });
      await stop();
      const unpublished = async (app: TestStrapi) =>
        (await app.strapi.db.query(TICKET).findMany({ where: { publishedAt: { $null: true } } })).map(({ id }) => Number(id));
      const third = await startStrapi({ folder });
      expect(await unpublished(third)).toEqual([old]);
      await rememberVersions(third.strapi, [TICKET]);
      await third.stop();
      const last = await startStrapi({ folder });
      expect(await unpublished(last)).toEqual([]);
      // As after an import: the row of that id is another one.
      await last.strapi.db.getConnection('mail_scanner_tickets').where({ id: old }).update({ published_at: null });
      await last.strapi.db.getConnection('mail_scanner_tickets').where({ id: fresh }).update({ document_id: 'imported' });
      await last.stop();
      const imported = await startStrapi({ folder });
      expect(await unpublished(imported)).toEqual([]);
      await imported.stop();
    } finally {
      removeFolder(folder);
    }
  });

  test('are off for a new site that has them on, which is told once; one ticket has one row whatever door it comes through', async () => {
    const site = siteWith(switchedOn);
    const app = await startStrapi({ distDir: site.distDir });
    try {
      const created = await app.request('POST', `/content-manager/collection-types/${TICKET}`, { title: 'From the panel' });
      expect(created.status).toBe(201);
      const { documentId } = created.body.data;
      await app.api('PUT', `/tickets/${documentId}`, { ticketStatus: 'Closed' });
      expect(await app.strapi.db.query(TICKET).findMany()).toMatchObject([{ ticketStatus: 'Closed', title: 'From the panel' }]);
      for (const type of [TICKET, COMMENT, 'plugin::mail-scanner.contact'] as const) {
        const { options, pluginOptions } = app.strapi.contentType(type) as any;
        expect([options.draftAndPublish, pluginOptions?.i18n]).toEqual([false, undefined]);
      }
    } finally {
      await app.stop();
      site.remove();
      removeFolder(app.folder);
    }
  });

  /** A database as a site has it after some days with both switched on. */
  async function withVersions(): Promise<{ folder: string; ids: number[] }> {
    const app = await startStrapi();
    const { strapi } = app;
    const person = await strapi.documents('plugin::mail-scanner.contact').create({ data: { email: 'jane@customer.test' } as never });
    const make = (title: string) => strapi.documents(TICKET).create({ data: { title } as never }) as Promise<any>;
    const [printer, draft, monitor] = [await make('Printer'), await make('Only a draft'), await make('Monitor')];
    const table = () => strapi.db.getConnection('mail_scanner_tickets');
    const later = new Date(Date.now() + 60_000);
    /** A further version of a ticket; resolves with its id. */
    async function version(of: any, values: object): Promise<number> {
      const { id: _, ...row } = await table().where({ id: of.id }).first();
      const empty = { title: null, description: null, participants: null };
      await table().insert({ ...row, ...empty, thread_token: null, updated_at: later, ...values });
      return (await table().max({ id: 'id' }).first())!.id;
    }
    const ofPrinter = await version(printer, { published_at: null, ticket_status: 'Closed', ticket_number: 'TT9001' });
    await table().where({ id: draft.id }).update({ published_at: null });
    await table().where({ id: monitor.id }).update({ locale: 'en' });
    await version(monitor, { locale: 'fr', ticket_number: 'TT9002' });
    await version(monitor, { locale: 'de', ticket_number: 'TT9003', title: 'Bildschirm' });
    await strapi.db.getConnection('mail_scanner_tickets_contact_lnk').insert({ ticket_id: ofPrinter, contact_id: person.id });
    const comments: [string, number][] = [
      ['To the ticket', printer.id],
      ['To its draft', ofPrinter],
      ['To the only draft', draft.id],
    ];
    for (const [text, ticketId] of comments)
      await strapi.db.query(COMMENT).create({ data: { text, ticket: ticketId, documentId: `d${text}` } });
    await strapi.db.getConnection('mail_scanner_comments').where({ text: 'To the only draft' }).update({ published_at: null });
    await rememberVersions(strapi, [TICKET, COMMENT]);
    await app.stop();
    return { folder: app.folder, ids: [printer.id] };
  }

  /** Has Strapi remember that these types had versions. */
  async function rememberVersions(strapi: TestStrapi['strapi'], uids: string[]): Promise<void> {
    const key = { type: 'strapi', name: 'content_types', key: 'schema' };
    const known = (await strapi.store!.get(key)) as Record<string, any>;
    for (const uid of uids) {
      known[uid].options.draftAndPublish = true;
      known[uid].pluginOptions.i18n = { localized: true };
    }
    await strapi.store!.set({ ...key, value: known });
  }
});
