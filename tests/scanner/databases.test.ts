import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addScanner, mail, setUpOutgoing } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { TestMailServer } from '../support/mail-server';
import { hasMariadb, startMariadb } from '../support/mariadb';
import { hasPostgres, startPostgres } from '../support/postgres';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { startStrapi, type TestStrapi } from '../support/strapi';

interface Database {
  env: Record<string, string>;
  stop(): void | Promise<void>;
}

const databases: [string, boolean, () => Promise<Database>][] = [
  // Without a schema of Strapi's: the tests that name one run on `public` or another.
  ['PostgreSQL', hasPostgres(), () => withoutSchema(startPostgres({ durable: false }))],
  // As many a site's database is: made by somebody who did not think of emoji.
  ['MariaDB', hasMariadb(), () => startMariadb({ durable: false, characterSet: 'latin1' })],
];

async function withoutSchema(starting: Promise<Database>): Promise<Database> {
  const { env, stop } = await starting;
  return { env: { ...env, DATABASE_SCHEMA: '' }, stop };
}

describe.each(databases)('on %s', (name, isThere, start) => {
  if (!isThere) return test.skip(`${name} is not installed`, () => {});
  let database: Database;
  let app: TestStrapi;
  let server: TestMailServer;
  let sink: SmtpSink;
  let scanner: { documentId: string };

  beforeAll(async () => {
    database = await start();
    server = await startHoodiecrow();
    sink = await startSmtpSink();
    app = await startStrapi({ env: database.env });
    await setUpOutgoing(app, sink);
    scanner = await addScanner(app, server);
  });

  afterAll(async () => {
    await app?.stop();
    await sink?.stop();
    await server?.stop();
    await database?.stop();
  });

  /** An action of the site's own. */
  const registerAction = (type: string, work: (context: any) => Promise<void>) =>
    app.strapi
      .plugin('mail-scanner')
      .service('actions')
      .register({
        type,
        label: type,
        config: { parse: (value: unknown) => value, safeParse: (value: unknown) => ({ success: true, data: value }) },
        describe: () => type,
        run: async (context: any) => (await work(context), []),
      });

  /** Adds a rule with that action; the rules before it let messages pass on. */
  async function addRule(type: string): Promise<void> {
    for (const { documentId } of await app.api('GET', `/scanners/${scanner.documentId}/rules`))
      await app.api('PUT', `/rules/${documentId}`, { continueAfterMatch: true });
    await app.api('POST', `/scanners/${scanner.documentId}/rules`, { name: type, actions: [{ type, config: {} }] });
  }

  test('emails become tickets and comments emails', async () => {
    await server.appendAll(
      'INBOX',
      Array.from({ length: 60 }, (_, index) => mail({ from: `c${index % 7}@customer.test`, subject: `Request ${index}` })),
    );
    expect(await app.api('POST', `/scanners/${scanner.documentId}/run`)).toMatchObject({
      scanned: 60,
      byOutcome: { processed: 60 },
      error: null,
    });
    const [ticket] = await app.api('GET', '/tickets?sort=ticketNumber:desc');
    expect(ticket.ticketNumber).toBe('TT1060');
    await app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'An answer.', isPublic: true });
    const [sent] = await sink.received(1);
    expect(sent.parsed.text).toContain('An answer.');
  });

  test('senders, folders and subjects that differ in case, an accent or an emoji alone are different ones', async () => {
    const senders = [
      'jose@customer.test',
      'josé@customer.test',
      'info@müller.test',
      'info@muller.test',
      '🐈@customer.test',
      '🐕@customer.test',
    ];
    const [upper, lower] = ['Orders', 'orders'];
    const folders = await addScanner(app, server, [{ folders: [upper, lower] }], { scanType: 'sinceLastScan' });
    for (const folder of [upper, lower]) await server.createFolder(folder);
    for (const folder of [upper, lower])
      for (const from of senders) await server.append(folder, mail({ from, subject: `Résumé ${folder} 🐈 Привет` }));
    expect(await app.api('POST', `/scanners/${folders.documentId}/run`)).toMatchObject({ byOutcome: { processed: 12 }, error: null });
    expect(await app.api('POST', `/scanners/${folders.documentId}/run`)).toMatchObject({ scanned: 0, error: null });
    const states = await app.strapi.db.query('plugin::mail-scanner.folder-state').findMany({ where: { folder: { $in: [upper, lower] } } });
    expect(states.map(({ folder }) => folder).sort()).toEqual([upper, lower]);
    const contacts = await app.strapi.db.query('plugin::mail-scanner.contact').findMany({ where: { email: { $in: senders } } });
    expect(contacts.map(({ email }) => email).sort()).toEqual([...senders].sort());
    const tickets = await app.strapi.db
      .query('plugin::mail-scanner.ticket')
      .findMany({ where: { title: { $startsWith: 'Résumé' } }, populate: ['contact'] });
    expect(tickets.map(({ title, contact }) => `${title} ${contact.email}`).sort()).toEqual(
      [upper, lower].flatMap((folder) => senders.map((from) => `Résumé ${folder} 🐈 Привет ${from}`)).sort(),
    );
  });

  test('an emoji where a text is cut costs no email', async () => {
    const conditions = {
      combinator: 'or',
      rules: ['subject', 'text', 'to'].map((field) => ({ field, operator: 'contains', value: 'other' })),
    };
    const rules = [{ name: 'Never', conditions }, { name: 'Rest' }].map((rule) => ({ folders: ['Emoji'], ...rule }));
    await server.createFolder('Emoji');
    const emoji = await addScanner(app, server, rules, { scanType: 'sinceLastScan', name: 'Emoji' });
    // Where the first half of one would be the last that is kept.
    const texts = ['😀', 'x😀', 'xx😀'].map((start) => start + '😀'.repeat(700));
    const name = (text: string) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
    const mails = texts.map((text, index) =>
      mail({ from: `emoji${index}@customer.test`, subject: text, text, to: `${name(text)} <support@example.com>` }),
    );
    await server.appendAll('Emoji', mails);
    expect(await app.api('POST', `/scanners/${emoji.documentId}/run`)).toMatchObject({ byOutcome: { processed: 3 }, failed: [] });
    for (const [index, text] of texts.entries()) {
      const [{ title }] = await app.api('GET', `/tickets?search=emoji${index}`);
      expect(text.startsWith(title)).toBe(true);
    }
  });

  test('a file with a Content-ID that fits into no column costs no email', async () => {
    const part = `Content-Type: image/png; name=a.png\r\nContent-ID: <${'i'.repeat(300)}@x>\r\nContent-Transfer-Encoding: base64\r\n\r\naGk=\r\n`;
    const text = `--b\r\n\r\nSee the file.\r\n--b\r\n${part}--b--`;
    await server.append('INBOX', mail({ subject: 'A long id', text, headers: { 'Content-Type': 'multipart/mixed; boundary=b' } }));
    expect(await app.api('POST', `/scanners/${scanner.documentId}/run`)).toMatchObject({ byOutcome: { processed: 1 }, failed: [] });
    const [{ documentId }] = await app.api('GET', '/tickets?search=A long id');
    const { comments } = await app.api('GET', `/tickets/${documentId}`);
    expect(comments[0].attachments).toMatchObject([{ name: 'a.png', size: 2 }]);
  });

  test('a NUL character, which PostgreSQL refuses, costs no email', async () => {
    await server.append('INBOX', mail({ subject: 'With a NUL', text: 'before\0after' }));
    expect(await app.api('POST', `/scanners/${scanner.documentId}/run`)).toMatchObject({
      scanned: 1,
      byOutcome: { processed: 1 },
      error: null,
    });
  });

  test('an email with more text than the database takes at once is stored like the others', async () => {
    const huge = `${'All work and no play makes Jack a dull boy. '.repeat(24)}\n`.repeat(17_000);
    await server.appendAll('INBOX', [mail({ subject: 'Before' }), mail({ subject: 'Huge', text: huge }), mail({ subject: 'After' })]);
    const result = await app.api('POST', `/scanners/${scanner.documentId}/run`);
    expect(result).toMatchObject({ scanned: 3, error: null });
    expect(result.byOutcome).toEqual({ processed: 3 });
  });

  test('a connection that is lost while a message is written is nobody’s fault: the next scan takes it', async () => {
    let isCut = false;
    registerAction('cutConnection', async ({ strapi, message }) => {
      if (message.subject !== 'Cut off' || isCut) return;
      isCut = true;
      const mysql = name === 'MariaDB';
      const found = await strapi.db.transaction(({ trx }: any) => trx.raw(`select ${mysql ? 'connection_id' : 'pg_backend_pid'}() as id`));
      const { id } = mysql ? found[0][0] : found.rows[0];
      await strapi.db.connection.raw(mysql ? 'kill ?' : 'select pg_terminate_backend(?)', [Number(id)]);
    });
    await addRule('cutConnection');
    await server.append('INBOX', mail({ subject: 'Cut off' }));
    const result = await app.api('POST', `/scanners/${scanner.documentId}/run`);
    expect(result).toMatchObject({ error: { message: expect.stringContaining('The database cannot be reached') }, failed: [] });
    expect(await app.api('POST', `/scanners/${scanner.documentId}/run`)).toMatchObject({ byOutcome: { processed: 1 }, error: null });
  });

  test('a message that the database refuses is recorded as failed, and the others of its batch stand', async () => {
    registerAction('breakTransaction', async ({ strapi, message }) => {
      if (message.subject !== 'Poison') return;
      // An error that somebody swallows: PostgreSQL would roll the whole batch back without a word.
      await strapi.db.transaction(({ trx }: any) =>
        trx.raw('select no_such_column').catch((error: Error) => (name === 'PostgreSQL' ? null : Promise.reject(error))),
      );
    });
    await addRule('breakTransaction');
    await server.appendAll(
      'INBOX',
      ['One', 'Poison', 'Two'].map((subject) => mail({ subject })),
    );
    expect(await app.api('POST', `/scanners/${scanner.documentId}/run`)).toMatchObject({
      scanned: 3,
      byOutcome: { processed: 2, failed: 1 },
    });
    const titles = (await app.api('GET', '/tickets?sort=createdAt:desc')).map(({ title }: { title: string }) => title);
    expect(titles).toContain('One');
    expect(titles).toContain('Two');
    expect(titles).not.toContain('Poison');
  });
});
