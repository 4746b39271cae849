import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addScanner, CREATE_TICKET } from '../support/helpdesk';
import type { TestMailbox } from '../support/mail-server';
import { FEW_MAILBOXES } from '../support/mailboxes';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** Real and odd emails that lie beside the repository on some machines. */
const corpora = path.resolve(process.cwd(), '../shared/corpora');
const isThere = existsSync(corpora);
if (!isThere) console.log('There are no corpora beside the repository: their scan is skipped.');

const OUTCOMES = ['processed', 'noMatch', 'duplicate', 'bounce', 'failed', 'quarantined'];

describe.runIf(isThere).each(FEW_MAILBOXES)('real and odd emails ($name)', ({ start }) => {
  let app: TestStrapi;
  let server: TestMailbox;
  const files = isThere ? (readdirSync(corpora, { recursive: true }) as string[]).filter((name) => name.endsWith('.eml')).sort() : [];

  beforeAll(async () => {
    server = await start();
    app = await startStrapi();
  });

  afterAll(async () => {
    await app?.stop();
    await server?.stop();
    if (app) removeFolder(app.folder);
  });

  test('each ends in the ledger with an outcome and a reason, and none stops the scan', { timeout: 300_000 }, async () => {
    const scanner = await addScanner(app, server, [
      { actions: [...CREATE_TICKET, { type: 'moveToFolder', config: { folder: 'Processed' } }] },
    ]);
    // What lay there before the scanner was added is left alone.
    await server.appendAll(
      'INBOX',
      files.map((name) => readFileSync(path.join(corpora, name))),
    );
    const stored = await server.messages('INBOX');
    expect(stored).toHaveLength(files.length);
    // In the order in which they were appended.
    const fileWith = new Map(stored.map(({ ref }, index) => [ref, files[index]]));
    const result = await app.api('POST', `/scanners/${scanner.documentId}/run`);
    expect(result).toMatchObject({ scanned: files.length, openEffects: 0, error: null });

    const rows: any[] = await app.strapi.db
      .query('plugin::mail-scanner.message')
      .findMany({ orderBy: { uid: 'asc' }, populate: { ticket: true } });
    expect(rows).toHaveLength(files.length);
    const fileOf = ({ uid }: { uid: string }) => fileWith.get(uid);
    expect(new Set(rows.map(fileOf)).size).toBe(files.length);
    const unexplained = rows
      .filter(({ outcome, reason }) => !OUTCOMES.includes(outcome) || (outcome !== 'processed' && !reason))
      .map(fileOf);
    expect(unexplained).toEqual([]);
    const quarantined = rows.filter(({ outcome }) => outcome === 'quarantined').map((row) => `${fileOf(row)}: ${row.reason}`);
    expect(quarantined).toEqual([]);
    // The only message that may fail is one that nobody sent.
    const failed = rows
      .filter(({ outcome, fromAddress }) => outcome === 'failed' && fromAddress !== '')
      .map((row) => `${fileOf(row)}: ${row.reason}`);
    expect(failed).toEqual([]);
    // A failed message is still in the INBOX, unread; every other one was moved.
    const left = (await server.messages('INBOX')).map(({ ref, flags }) => ({
      file: fileWith.get(ref),
      read: flags.includes('\\Seen'),
    }));
    const failedFiles = rows
      .filter(({ outcome }) => outcome === 'failed')
      .map(fileOf)
      .sort();
    expect(
      left
        .filter(({ read }) => !read)
        .map(({ file }) => file)
        .sort(),
    ).toEqual(failedFiles);

    // Every email of a ticket is a comment there, once, and nothing that a sender wrote got in without being looked at.
    const comments: any[] = await app.strapi.db
      .query('plugin::mail-scanner.comment')
      .findMany({ where: { source: 'email' }, select: ['id', 'html', 'visibleText'] });
    const inTickets = rows.filter(({ outcome, ticket }) => outcome === 'processed' && ticket);
    const twice = inTickets.filter(({ reason }) => /^Ticket \S+ holds this email already\.$/.test(reason));
    expect(comments.length).toBe(inTickets.length - twice.length);
    expect(comments.filter(({ html }) => /<script|javascript:|\son\w+=/i.test(html ?? '')).map(({ id }) => id)).toEqual([]);
  });

  test('scanned again, there is nothing new', async () => {
    const [scanner] = await app.api('GET', '/scanners');
    expect(await app.api('POST', `/scanners/${scanner.documentId}/run`)).toMatchObject({ scanned: 0, error: null });
  });
});
