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
  ['PostgreSQL', hasPostgres(), startPostgres],
  ['MariaDB', hasMariadb(), startMariadb],
];

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

  test('a NUL character, which PostgreSQL refuses, costs no email', async () => {
    await server.append('INBOX', mail({ subject: 'With a NUL', text: 'before\0after' }));
    expect(await app.api('POST', `/scanners/${scanner.documentId}/run`)).toMatchObject({
      scanned: 1,
      byOutcome: { processed: 1 },
      error: null,
    });
  });

  test('a message that the database refuses is recorded as failed, and the others of its batch stand', async () => {
    app.strapi
      .plugin('mail-scanner')
      .service('actions')
      .register({
        type: 'breakTransaction',
        label: 'Break the transaction',
        config: { parse: (value: unknown) => value, safeParse: (value: unknown) => ({ success: true, data: value }) },
        describe: () => 'break',
        async run({ strapi, message }: any) {
          if (message.subject !== 'Poison') return [];
          const broken = strapi.db.transaction(({ trx }: any) =>
            trx.raw('select no_such_column').catch((error: Error) => (name === 'PostgreSQL' ? null : Promise.reject(error))),
          );
          // An error that somebody swallows: PostgreSQL would roll the whole batch back without a word.
          await broken;
          return [];
        },
      });
    await app.api('POST', `/scanners/${scanner.documentId}/rules`, { name: 'Poison', actions: [{ type: 'breakTransaction', config: {} }] });
    const rules = await app.api('GET', `/scanners/${scanner.documentId}/rules`);
    await app.api('PUT', `/rules/${rules[0].documentId}`, { continueAfterMatch: true });
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
