import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasDovecot, startDovecot, type Dovecot } from '../support/dovecot';
import { addScanner, CREATE_TICKET } from '../support/helpdesk';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** Real and odd emails that lie beside the repository on some machines. */
const corpora = path.resolve(process.cwd(), '../shared/corpora');
const isThere = existsSync(corpora) && hasDovecot();
if (!existsSync(corpora)) console.log('There are no corpora beside the repository: their scan is skipped.');

const OUTCOMES = ['processed', 'noMatch', 'duplicate', 'bounce', 'failed', 'quarantined'];

describe.runIf(isThere)('real and odd emails', () => {
  let app: TestStrapi;
  let server: Dovecot;
  const files = isThere ? (readdirSync(corpora, { recursive: true }) as string[]).filter((name) => name.endsWith('.eml')).sort() : [];

  beforeAll(async () => {
    server = await startDovecot();
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
    expect(await server.messages('INBOX')).toHaveLength(files.length);
    const result = await app.api('POST', `/scanners/${scanner.documentId}/run`);
    expect(result).toMatchObject({ scanned: files.length, openEffects: 0, error: null });

    const rows: any[] = await app.strapi.db
      .query('plugin::mail-scanner.message')
      .findMany({ orderBy: { uid: 'asc' }, populate: { ticket: true } });
    expect(rows).toHaveLength(files.length);
    // UIDs are given in the order in which the files were appended.
    const fileOf = ({ uid }: { uid: string }) => files[Number(uid) - 1];
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
    const left = (await server.messages('INBOX')).map(({ uid, flags }) => ({
      file: fileOf({ uid: String(uid) }),
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
