import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, mail, setUpOutgoing, addScanner } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { TestMailServer } from '../support/mail-server';
import { hasMariadb, startMariadb } from '../support/mariadb';
import { hasPostgres, startPostgres } from '../support/postgres';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

interface Database {
  env: Record<string, string>;
  stop(): unknown;
}

const DATABASES: [string, boolean, () => Promise<Database>][] = [
  ['SQLite', true, async () => ({ env: { DATABASE_CLIENT: 'sqlite' }, stop: () => {} })],
  ['PostgreSQL', hasPostgres(), () => startPostgres({ durable: false })],
  ['MariaDB', hasMariadb(), () => startMariadb({ durable: false })],
];

/** SQLite has one connection, as Strapi sets it up: two that write at once refuse each other. */
const SIZES = DATABASES.flatMap(([name, isThere, start]) =>
  (name === 'SQLite' ? [1] : [1, 2]).map((size) => [name, size, isThere, start] as const),
);

describe.each(SIZES)('on %s with a pool of %i', (_, size, isThere, start) => {
  describe.skipIf(!isThere)('', () => {
    let database: Database;
    let server: TestMailServer;
    let sink: SmtpSink;
    let app: TestStrapi;
    let scanner: { documentId: string };
    const rejections: unknown[] = [];
    const note = (reason: unknown) => void rejections.push(reason);

    beforeAll(async () => {
      database = await start();
      server = await startHoodiecrow();
      sink = await startSmtpSink();
      app = await startStrapi({
        env: { ...database.env, DATABASE_POOL_MAX: String(size), DATABASE_ACQUIRE_TIMEOUT_MS: '4000', MAIL_SCANNER_LEASE_SECONDS: '30' },
      });
      await setUpOutgoing(app, sink);
      scanner = await addScanner(app, server);
      process.on('unhandledRejection', note);
    });

    afterAll(async () => {
      process.off('unhandledRejection', note);
      await app?.stop();
      await sink?.stop();
      await server?.stop();
      await database?.stop();
      if (app) removeFolder(app.folder);
      for (const name of ['DATABASE_POOL_MAX', 'DATABASE_ACQUIRE_TIMEOUT_MS']) delete process.env[name];
    });

    const ticketOf = async (title: string) => (await app.api<any[]>('GET', `/tickets?search=${title}`))[0];

    test('nothing of a day at the helpdesk waits for a connection that it holds itself', async () => {
      await server.appendAll('INBOX', [mail({ subject: 'Printer' }), mail({ subject: 'Monitor' }), mail({ subject: 'Keyboard' })]);
      const run = await app.api('POST', `/scanners/${scanner.documentId}/run`);
      expect(run).toMatchObject({ byOutcome: { processed: 3 }, error: null });
      const [printer, monitor, keyboard] = [await ticketOf('Printer'), await ticketOf('Monitor'), await ticketOf('Keyboard')];
      const many = [printer, monitor, keyboard].flatMap(({ documentId }) => [
        app.api('GET', `/tickets/${documentId}`),
        app.api('PUT', `/tickets/${documentId}`, { priority: 'High' }),
        app.api('GET', '/tickets/summary'),
      ]);
      await Promise.all(many);
      await app.api('POST', `/tickets/${printer.documentId}/comments`, { text: 'Is it plugged in?', isPublic: true });
      await eventually(() => sink.mails.length === 1);
      await app.api('POST', `/tickets/${monitor.documentId}/merge`, { into: printer.documentId });
      const { comments } = await app.api('GET', `/tickets/${printer.documentId}`);
      expect(comments.length).toBeGreaterThan(1);
      await app.api('DELETE', `/tickets/${keyboard.documentId}`);
      expect(rejections).toEqual([]);
    });

    test('a pool without a connection while mail is written stops the scan in words, and no email is to blame', async () => {
      await server.append('INBOX', mail({ subject: 'Without a connection' }));
      let isHeld = false;
      const held: Promise<unknown>[] = [];
      let release = () => {};
      const until = new Promise<void>((resolve) => (release = resolve));
      app.strapi.db.lifecycles.subscribe({
        models: ['plugin::mail-scanner.folder-state'],
        // What is in hand is noted before it is fetched.
        async afterUpdateMany({ params }: any) {
          if (isHeld || Object.keys(params.data.inFlight ?? {}).length === 0) return;
          isHeld = true;
          for (let count = 0; count < size; count += 1)
            await new Promise<void>((begun) => {
              held.push(app.strapi.db.connection.transaction((trx) => trx.raw('select 1').then(() => (begun(), until))));
            });
          // Longer than is waited for one connection, and not for two.
          setTimeout(release, 6000);
        },
      } as never);
      const result = await app.api('POST', `/scanners/${scanner.documentId}/run`);
      await Promise.all(held);
      expect(result).toMatchObject({ failed: [], error: { code: 'storage', message: expect.stringContaining('The database is busy') } });
      expect(await app.api('POST', `/scanners/${scanner.documentId}/run`)).toMatchObject({ byOutcome: { processed: 1 }, error: null });
    });

    test('a pool that somebody else holds fails what is asked meanwhile, and ends nothing', async () => {
      const { documentId } = await ticketOf('Printer');
      let release = () => {};
      const until = new Promise<void>((resolve) => (release = resolve));
      const held = Array.from({ length: size }, () => app.strapi.db.transaction(({ trx }) => trx.raw('select 1').then(() => until)));
      await new Promise((resolve) => setTimeout(resolve, 200));
      const answer = app.request('PUT', `/tickets/${documentId}`, { priority: 'Low' });
      const summary = app.request('GET', '/tickets/summary');
      const statuses = [(await answer).status, (await summary).status];
      release();
      await Promise.all(held);
      expect(statuses.every((status) => status >= 500)).toBe(true);
      // The hook of a write that has let its connection go may not want another one that nobody waits for.
      const taken: Promise<unknown>[] = [];
      let releaseAll = () => {};
      const untilAll = new Promise<void>((resolve) => (releaseAll = resolve));
      const ticketType = app.strapi.db.metadata.get('plugin::mail-scanner.ticket');
      const { lifecycles } = ticketType;
      // As the type's own, it comes before ours.
      ticketType.lifecycles = {
        async afterUpdate() {
          for (let count = 0; count < size; count += 1)
            await new Promise<void>((begun) => {
              taken.push(app.strapi.db.connection.transaction((trx) => trx.raw('select 1').then(() => (begun(), untilAll))));
            });
        },
      } as never;
      const row = await app.strapi.db.query('plugin::mail-scanner.ticket').findOne({ where: { documentId } });
      // Without a transaction around it, as a site's own code may write.
      const updating = app.strapi.db
        .query('plugin::mail-scanner.ticket')
        .update({ where: { id: row.id }, data: { threadToken: row.threadToken } });
      setTimeout(releaseAll, 5000);
      await updating.catch(() => {});
      await Promise.all(taken);
      ticketType.lifecycles = lifecycles;
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(rejections).toEqual([]);
      expect((await app.api('GET', '/tickets/summary')).views.all).toBeGreaterThan(0);
    });
  });
});
