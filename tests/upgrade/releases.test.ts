import { cpSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recogniseOldSentences } from '../../server/services/operations/old-sentences';
import { measureTimes } from '../../server/services/times/measure';
import type { Lease } from '../../server/services/storage/lease';
import { eventually, mail } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { TestMailServer } from '../support/mail-server';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { restoreDatabase } from '../support/sqlite';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/**
 * Each release left a database behind (scripts/release-fixture.ts made it with that release's code). The code of today starts on
 * it: everything is there, and everything goes on.
 */

const LEASE: Lease = { confirm: async () => {}, assertHeld: () => {}, release: async () => {}, signal: new AbortController().signal };

const fixtures = path.resolve('tests/fixtures');
const releases = readdirSync(fixtures).filter((name) => name.startsWith('release-'));

test('there is a database of the first release', () => {
  expect(releases).toContain('release-0.1.0');
});

describe.each(releases)('on the database of %s', (release) => {
  const fixture = path.join(fixtures, release);
  const mailbox: string[] = JSON.parse(readFileSync(path.join(fixture, 'mailbox.json'), 'utf8'));
  /** What later releases write themselves: sentences by their codes, and when an email was written. */
  const testOfFirst = release === 'release-0.1.0' ? test : () => {};
  let app: TestStrapi;
  let server: TestMailServer;
  let sink: SmtpSink;
  /** What the release knew its emails by. */
  let fingerprints: { id: number; fingerprint: string | null }[];

  const query = (type: string) => app.strapi.db.query(`plugin::mail-scanner.${type}` as never) as any;

  beforeAll(async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'upgrade-'));
    restoreDatabase(path.join(folder, 'test.db'), readFileSync(path.join(fixture, 'database.sql'), 'utf8'));
    cpSync(path.join(fixture, 'private'), path.join(folder, 'private'), { recursive: true });
    server = await startHoodiecrow();
    sink = await startSmtpSink();
    app = await startStrapi({ folder, env: { DATABASE_CLIENT: 'sqlite' } });
    fingerprints = await query('message').findMany({ select: ['id', 'fingerprint'] });
  });

  afterAll(async () => {
    await app?.stop();
    await sink?.stop();
    await server?.stop();
    if (app) removeFolder(app.folder);
  });

  test('the conversations are there, with their authors, their files and what became of their emails', async () => {
    const tickets = await app.api('GET', '/tickets?sort=ticketNumber:asc');
    expect(tickets).toMatchObject([
      { title: 'Broken printer', ticketStatus: 'Open', contact: { email: 'jane@customer.test' } },
      { title: 'Invoice', ticketStatus: 'Wait For Response', contact: { email: 'tom@northwind.test' } },
    ]);
    const printer = await app.api('GET', `/tickets/${tickets[0].documentId}`);
    expect(printer.comments).toMatchObject([
      { text: expect.stringContaining('It does not print.'), source: 'email', isPublic: true, delivery: null },
      { text: 'Have you tried another cable?', isPublic: true, user: { firstname: 'Ada' }, delivery: { state: 'sent' } },
      { text: 'She has a service contract.', isPublic: false, delivery: null },
    ]);
    const invoice = await app.api('GET', `/tickets/${tickets[1].documentId}`);
    expect(invoice.comments[1].delivery).toMatchObject({ state: 'failed' });
    const [file] = invoice.comments[0].attachments;
    expect(file).toMatchObject({ name: 'orders.csv', mime: 'text/csv' });
    expect((await app.request('GET', `/attachments/${file.documentId}`)).body).toContain('order;sum');
  });

  testOfFirst('the English sentences of that time are recognised once, so that the panel words them', async () => {
    const reasons = async () =>
      (await query('message').findMany({ select: ['reason', 'reasonSaid', 'updatedAt'], orderBy: { id: 'asc' } })) as any[];
    const before = await reasons();
    expect(before.map(({ reasonSaid }) => reasonSaid)).toEqual(before.map(() => null));
    const failed = await query('delivery').findOne({ where: { state: 'failed' } });
    const activity = await query('activity').create({ data: { kind: 'mailFailed', detail: { reason: failed.lastError } } });
    await recogniseOldSentences(app.strapi, LEASE, Date.now() + 20_000);
    const after = await reasons();
    expect(after.map(({ reasonSaid }) => reasonSaid)).toEqual([
      [{ code: 'log.contactCreated', values: { address: 'jane@customer.test' } }, { code: 'log.opened' }],
      [{ code: 'log.contactCreated', values: { address: 'tom@northwind.test' } }, { code: 'log.opened' }],
      { code: 'log.unexpected', values: { what: 'This release could not handle it.' } },
      { code: 'log.duplicate' },
    ]);
    expect(after.map(({ reason, updatedAt }) => [reason, updatedAt])).toEqual(before.map(({ reason, updatedAt }) => [reason, updatedAt]));
    const { lastErrorSaid } = await query('delivery').findOne({ where: { id: failed.id } });
    const refused = [{ code: 'outgoing.everyRecipient' }, { code: 'outgoing.said', values: { response: '550 The test wants a 550 here' } }];
    expect(lastErrorSaid).toEqual(refused);
    const { detail } = await query('activity').findOne({ where: { id: activity.id } });
    expect(detail).toEqual({ reason: failed.lastError, reasonSaid: refused });
    await query('message').updateMany({ where: {}, data: { reasonSaid: null } });
    await recogniseOldSentences(app.strapi, LEASE, Date.now() + 20_000);
    expect((await reasons()).map(({ reasonSaid }) => reasonSaid)).toEqual(before.map(() => null));
  });

  test('the settings, the rules, the templates and the saved password are those that were made', async () => {
    expect(await app.api('GET', '/settings')).toMatchObject({ ticketPrefix: 'RE', keepSources: 'all', staffDomains: ['staff.example'] });
    expect(await app.api('GET', '/email-templates/change-comments')).toMatchObject({ subject: 'News on $helpdesk-ticket_no$' });
    const templates = await app.api('GET', '/email-templates');
    // What has come since and is sent by itself is off, and nobody is written to in another language.
    expect(templates.filter(({ active }: any) => active).map(({ key }: any) => key)).toEqual(['change-comments', 'forward']);
    expect(templates[0]).toMatchObject({ texts: {}, languages: [] });
    expect(await app.api('GET', '/settings')).toMatchObject({ emailLanguages: [] });
    expect(await app.api('GET', '/contacts')).toMatchObject([{ language: null }, { language: null }]);
    expect(await app.api('GET', '/outgoing-mail')).toMatchObject({ fromAddress: 'support@example.com', fromName: 'Support Desk' });
    const [scanner] = await app.api('GET', '/scanners');
    expect(scanner).toMatchObject({
      name: 'Support',
      hasPassword: true,
      active: false,
      ruleCount: 1,
      messagesScanned: 4,
      messagesFailed: 1,
      customerEmails: null,
    });
    expect(await app.api('GET', `/scanners/${scanner.documentId}/rules`)).toMatchObject([{ name: 'Everything' }]);
  });

  testOfFirst('how long the customers of that time waited is measured afterwards', async () => {
    await measureTimes(app.strapi);
    const [printer] = await app.api('GET', '/tickets?search=Broken printer');
    const { rounds, comments } = await app.api('GET', `/tickets/${printer.documentId}`);
    const waited = Math.round((Date.parse(comments[1].createdAt) - Date.parse(comments[0].createdAt)) / 1000);
    expect(rounds).toMatchObject([{ askedAt: comments[0].createdAt, firstResponseSeconds: waited, resolvedAt: null }]);
    expect(printer).toMatchObject({ dueAt: null, dueFor: null });
  });

  test('a ticket from then gets a tag, and the list is filtered by it', async () => {
    const { documentId: tag } = await app.api('POST', '/tags', { name: 'From before' });
    const [printer] = await app.api('GET', '/tickets?search=Broken printer');
    await app.api('PUT', `/tickets/${printer.documentId}`, { addTags: [tag] });
    expect(await app.api('GET', `/tickets?view=all&tag=${tag}`)).toMatchObject([
      { title: 'Broken printer', tags: [{ name: 'From before' }] },
    ]);
  });

  test('a scanner from then has no signature, and its canned replies are everybody’s', async () => {
    await query('canned-reply').create({ data: { name: 'From then', body: '<p>Hello</p>' } });
    expect(await app.api('GET', '/canned-replies')).toMatchObject([{ name: 'From then', folder: null, personal: false, files: [] }]);
    expect(await app.api('GET', '/scanners')).toMatchObject([{ signature: null }]);
    expect(await app.api('GET', '/content-links')).toMatchObject({ links: [] });
  });

  test('a ticket from then is put off and comes back', async () => {
    const [printer] = await app.api('GET', '/tickets?search=Broken printer');
    expect(printer).toMatchObject({ snoozedAt: null, snoozedUntil: null });
    await app.api('PUT', `/tickets/${printer.documentId}`, { snooze: { until: null } });
    expect(await app.api('GET', '/tickets?view=snoozed')).toMatchObject([{ title: 'Broken printer' }]);
    expect((await app.api('GET', '/tickets?view=open')).map(({ title }: any) => title)).not.toContain('Broken printer');
    await app.api('PUT', `/tickets/${printer.documentId}`, { snooze: null });
    expect((await app.api('GET', '/tickets?view=open')).map(({ title }: any) => title)).toContain('Broken printer');
  });

  test('every index and every column that the code relies on is there', async () => {
    const { connection } = app.strapi.db;
    const indexes: { name: string }[] = await connection.raw("select name from sqlite_master where type = 'index'");
    const names = new Set(indexes.map(({ name }) => name));
    const types = Object.values(app.strapi.contentTypes as Record<string, any>).filter(({ uid }) =>
      uid.startsWith('plugin::mail-scanner.'),
    );
    const wanted: string[] = types.flatMap(({ indexes: own = [] }) => own.map(({ name }: { name: string }) => name));
    expect(wanted.length).toBeGreaterThan(15);
    expect(wanted.filter((name) => !names.has(name))).toEqual([]);
    await expect(
      connection('mail_scanner_messages').insert({ ...(await connection('mail_scanner_messages').first()), id: 999 }),
    ).rejects.toThrow(/UNIQUE/);
    for (const { uid } of types) await app.strapi.db.query(uid).findMany({ limit: 1 });
  });

  test('the same mailbox brings nothing twice, a new message joins its conversation, and answers leave', async () => {
    const [scanner] = await app.api('GET', '/scanners');
    await app.api('PUT', `/scanners/${scanner.documentId}`, {
      ...server.settings(),
      credential: undefined,
      host: server.host,
      port: server.imapPort,
      encryption: 'none',
      password: 'secret',
    });
    const [rule] = await app.api('GET', `/scanners/${scanner.documentId}/rules`);
    await app.api('PUT', `/rules/${rule.documentId}`, {
      actions: rule.actions.filter(({ type }: { type: string }) => type !== 'failOnce'),
    });
    await server.appendAll('INBOX', mailbox);
    await app.api('POST', `/scanners/${scanner.documentId}/run`);
    expect(await query('ticket').count()).toBe(2);
    expect(await query('comment').count()).toBe(5);

    const sent = await query('delivery').findOne({ where: { state: 'sent' } });
    await server.append(
      'INBOX',
      mail({ subject: 'Re: News', text: 'The other cable works.', headers: { References: `<${sent.messageId}>` } }),
    );
    expect(await app.api('POST', `/scanners/${scanner.documentId}/run`)).toMatchObject({ byOutcome: { processed: 1 }, error: null });
    const [printer] = await app.api('GET', '/tickets?sort=ticketNumber:asc');
    expect((await app.api('GET', `/tickets/${printer.documentId}`)).comments).toHaveLength(4);

    await app.api('PUT', '/outgoing-mail', { host: sink.host, port: sink.port });
    await app.api('POST', `/tickets/${printer.documentId}/comments`, { text: 'Good to hear.', isPublic: true });
    await eventually(() => sink.mails.some(({ parsed }) => parsed.text?.includes('Good to hear.')));
  });

  test('what had failed can be tried again, and the next ticket has the next number', async () => {
    const [failed] = await app.api('GET', '/messages?outcome=failed');
    expect(failed).toMatchObject({ subject: 'Cannot be handled', hasSource: true });
    expect(await app.api('POST', `/messages/${failed.documentId}/retry`)).toMatchObject({ succeeded: 1 });
    const numbers = (await app.api('GET', '/tickets?sort=ticketNumber:asc')).map(
      ({ ticketNumber }: { ticketNumber: string }) => ticketNumber,
    );
    expect(numbers).toEqual(['RE1001', 'RE1002', 'RE1003']);
  });

  test('an email that differs in its file alone is news, also where an earlier release took it for the same', async () => {
    const [scanner] = await app.api('GET', '/scanners');
    const invoice = mailbox.find((source) => source.includes('orders.csv'))!;
    const next = invoice.replace('order;sum', 'order;all');
    expect(next).not.toBe(invoice);
    for (const { id, fingerprint } of fingerprints) await query('message').update({ where: { id }, data: { fingerprint } });
    await server.appendAll('INBOX', [next, invoice]);
    expect(await app.api('POST', `/scanners/${scanner.documentId}/run`)).toMatchObject({ byOutcome: { processed: 1, duplicate: 1 } });
  });
});
