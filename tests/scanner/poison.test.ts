import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addScanner, mail } from '../support/helpdesk';
import type { TestMailbox } from '../support/mail-server';
import { FEW_MAILBOXES } from '../support/mailboxes';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** What a scan finds after a process died with messages in hand. */

describe.each(FEW_MAILBOXES)('$name', ({ start }) => {
  let app: TestStrapi;
  let server: TestMailbox;
  let scanner: { documentId: string };

  beforeAll(async () => {
    server = await start();
    app = await startStrapi();
    scanner = await addScanner(app, server);
  });

  afterAll(async () => {
    await app.stop();
    await server.stop();
    removeFolder(app.folder);
  });

  /** As a process leaves it that dies: these UIDs in hand, each handled alone so many times before. */
  async function diedWith(inFlight: Record<string, number>): Promise<void> {
    await app.strapi.db.query('plugin::mail-scanner.folder-state').updateMany({ where: { folder: 'INBOX' }, data: { inFlight } as never });
  }

  const inFlightNow = async () =>
    (await app.strapi.db.query('plugin::mail-scanner.folder-state').findOne({ where: { folder: 'INBOX' } }))!.inFlight;

  test('a message that took the process down three times is set aside, and the others go on', async () => {
    await server.append('INBOX', mail({ subject: 'Before' }));
    await app.api('POST', `/scanners/${scanner.documentId}/run`);
    await server.appendAll(
      'INBOX',
      ['Innocent', 'Poison', 'After'].map((subject) => mail({ subject })),
    );
    const [, innocent, poison] = (await server.messages('INBOX')).map(({ ref }) => ref);
    await diedWith({ [innocent]: 0, [poison]: 3 });

    const result = await app.api('POST', `/scanners/${scanner.documentId}/run`);
    expect(result).toMatchObject({ scanned: 3, byOutcome: { processed: 2, quarantined: 1 } });
    const rows = await app.api('GET', '/messages');
    const setAside = rows.find(({ outcome }: { outcome: string }) => outcome === 'quarantined');
    expect(setAside).toMatchObject({ uid: poison, hasSource: true, reason: expect.stringContaining('set aside') });
    expect(rows.find(({ uid }: { uid: string }) => uid === innocent)).toMatchObject({ outcome: 'processed', attempts: 1 });
    expect((await server.messages('INBOX')).find(({ ref }) => ref === poison)!.flags).not.toContain('\\Seen');
    expect(await inFlightNow()).toEqual({});
  });

  test('a message set aside can be tried again', async () => {
    const [row] = (await app.api('GET', '/messages?outcome=quarantined')) as { documentId: string }[];
    expect(await app.api('POST', `/messages/${row.documentId}/retry`)).toMatchObject({ tried: 1, succeeded: 1 });
    expect(await app.api('GET', `/messages/${row.documentId}`)).toMatchObject({ outcome: 'processed', subject: 'Poison' });
    const [ticket] = await app.api('GET', '/tickets?search=Poison');
    expect(ticket.title).toBe('Poison');
  });

  test('a scan that ends with an error while the process lives counts against no message', async () => {
    await server.append('INBOX', mail({ subject: 'Unlucky' }));
    let inHand: unknown;
    // Neither the batch nor the note of its failure gets through. Leases may be given back meanwhile.
    const isOfBatch = () => new Error().stack!.includes('commitBatch');
    const { transaction } = app.strapi.db;
    app.strapi.db.transaction = ((...args: unknown[]) =>
      inHand !== undefined && isOfBatch()
        ? Promise.reject(new Error('the database is away'))
        : transaction.apply(app.strapi.db, args as never)) as never;
    const savedByRun = app.strapi.db.lifecycles.subscribe({
      models: ['plugin::mail-scanner.folder-state'],
      beforeUpdateMany: (event: any) => void (inHand ??= event.params.data.inFlight),
    } as never);
    const failed = await app.api('POST', `/scanners/${scanner.documentId}/run`);
    app.strapi.db.transaction = transaction;
    savedByRun();
    expect(Object.values(inHand as object)).toEqual([0]);
    expect(failed.error.message).toContain('the database is away');
    expect(await inFlightNow()).toEqual({});
    expect(await app.api('POST', `/scanners/${scanner.documentId}/run`)).toMatchObject({ scanned: 1, byOutcome: { processed: 1 } });
  });
});
