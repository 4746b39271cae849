import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import contentTypes from '../../server/content-types';
import { FILE_HOLDERS, sweepOrphans } from '../../server/services/operations/orphans';
import type { Lease } from '../../server/services/storage/lease';
import { createVictims } from '../support/crash';
import { addScanner, mail } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { TestMailServer } from '../support/mail-server';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

const LEASE: Lease = { confirm: async () => {}, assertHeld: () => {}, release: async () => {}, signal: new AbortController().signal };
const ALL_FOLDERS = 256;

let app: TestStrapi;
let server: TestMailServer;
const folder = mkdtempSync(path.join(tmpdir(), 'orphans-'));
const privateFolder = path.join(folder, 'private');

const WITH_FILE = mail({
  subject: 'With a file',
  text: [
    '--part',
    'Content-Type: text/plain',
    '',
    'See the file.',
    '--part',
    'Content-Type: text/csv; name="orders.csv"',
    'Content-Disposition: attachment; filename="orders.csv"',
    '',
    'order;sum',
    '--part--',
  ].join('\n'),
  headers: { 'Content-Type': 'multipart/mixed; boundary=part' },
});

beforeAll(async () => {
  server = await startHoodiecrow();
});

afterAll(async () => {
  await app?.stop();
  await server?.stop();
  removeFolder(folder);
});

const files = (): string[] =>
  existsSync(privateFolder)
    ? readdirSync(privateFolder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.length === 48)
        .map(({ name }) => name)
    : [];
const pathOf = (name: string) => path.join(privateFolder, name.slice(0, 2), name);
const sweep = (folders = ALL_FOLDERS) => sweepOrphans(app.strapi, LEASE, folders);

/** As if it had been written two days ago. */
function makeOld(name: string): void {
  const then = Date.now() / 1000 - 2 * 24 * 3600;
  utimesSync(pathOf(name), then, then);
}

function newFile(name = randomBytes(24).toString('hex')): string {
  mkdirSync(path.dirname(pathOf(name)), { recursive: true });
  writeFileSync(pathOf(name), 'content');
  return name;
}

describe('a file whose process was killed before the commit', () => {
  test('is swept up once it is a day old, and its message comes with a file of its own', async () => {
    app = await startStrapi({ folder });
    const scanner = await addScanner(app, server);
    await app.stop();
    await server.append('INBOX', WITH_FILE);
    const victims = await createVictims(folder);
    const victim = await victims.start();
    expect(
      await victim.obey({ scanner: scanner.documentId, death: { path: ['file .*private', 'sql COMMIT'], when: 'before' } }),
    ).toMatchObject({ died: true });
    await victims.stop();
    const [orphan] = files();
    expect(files()).toHaveLength(1);

    app = await startStrapi({ folder });
    // The dead process holds the scanner until its lease has run out.
    await app.strapi.db.connection('mail_scanner_leases').delete();
    expect(await app.api('POST', `/scanners/${scanner.documentId}/run`)).toMatchObject({ byOutcome: { processed: 1 } });
    expect(files()).toHaveLength(2);
    expect(await sweep()).toBe(0);
    for (const name of files()) makeOld(name);
    expect(await sweep()).toBe(1);
    expect(files()).not.toContain(orphan);

    const [ticket] = await app.api('GET', '/tickets');
    const { comments } = await app.api('GET', `/tickets/${ticket.documentId}`);
    expect((await app.request('GET', `/attachments/${comments[0].attachments[0].documentId}`)).body).toContain('order;sum');
  });
});

describe('the sweep', () => {
  test('leaves kept sources, young files and what is none of ours', async () => {
    const source = newFile();
    await app.strapi.db
      .query('plugin::mail-scanner.message')
      .create({ data: { folder: 'INBOX', uidValidity: '1', uid: '99', outcome: 'failed', sourceKey: source } as never });
    const young = newFile();
    const old = newFile();
    for (const name of [source, old]) makeOld(name);
    const foreign = path.join(privateFolder, old.slice(0, 2), 'README.txt');
    writeFileSync(foreign, 'Put here by the administrator.');
    utimesSync(foreign, 1, 1);
    expect(await sweep()).toBe(1);
    expect([source, young, old].map((name) => existsSync(pathOf(name)))).toEqual([true, true, false]);
    expect(existsSync(foreign)).toBe(true);
  });

  test('goes on where the last run ended, so that each folder has its turn', async () => {
    const names = ['05', '0a', 'fe'].map((start) => newFile(start + randomBytes(23).toString('hex')));
    names.forEach(makeOld);
    await app.strapi.db.connection('mail_scanner_counters').where({ name: 'orphans:folder' }).delete();
    const swept: number[] = [];
    for (let turn = 0; turn < 32; turn += 1) swept.push(await sweep(8));
    expect(swept[0]).toBe(1);
    expect(swept[1]).toBe(1);
    expect(swept[31]).toBe(1);
    expect(swept.reduce((sum, count) => sum + count, 0)).toBe(3);
  });

  test('keeps its hands off when most of a folder is unknown: that is the wrong database, not a crash', async () => {
    const names = Array.from({ length: 40 }, () => newFile(`77${randomBytes(23).toString('hex')}`));
    names.forEach(makeOld);
    expect(await sweep()).toBe(0);
    expect(names.every((name) => existsSync(pathOf(name)))).toBe(true);
  });

  test('keeps its hands off a folder that another database has used first', async () => {
    const name = newFile();
    makeOld(name);
    const owner = path.join(privateFolder, '.owner');
    const own = readFileSync(owner, 'utf8');
    writeFileSync(owner, 'of another database');
    expect(await sweep()).toBe(0);
    writeFileSync(owner, own);
    expect(await sweep()).toBe(1);
  });

  test('knows the files of canned replies, though they stand in a list', async () => {
    const [name, orphan] = [newFile(), newFile()];
    [name, orphan].forEach(makeOld);
    const file = { id: 'one', name: 'terms.txt', mime: 'text/plain', size: 7, key: name };
    await app.strapi.db.query('plugin::mail-scanner.canned-reply').create({ data: { name: 'Terms', body: '<p>See.</p>', files: [file] } });
    await app.strapi.db.query('plugin::mail-scanner.canned-reply').create({ data: { name: 'No files', body: '<p>See.</p>', files: null } });
    expect(await sweep()).toBe(1);
    expect([existsSync(pathOf(name)), existsSync(pathOf(orphan))]).toEqual([true, false]);
  });

  test('finds a file by hundreds among a thousand others', async () => {
    const held = Array.from({ length: 1200 }, () => newFile(`3c${randomBytes(23).toString('hex')}`));
    held.forEach(makeOld);
    for (let start = 0; start < held.length; start += 100) {
      await app.strapi.db.query('plugin::mail-scanner.attachment').createMany({
        data: held
          .slice(start, start + 100)
          .map((key) => ({ name: 'a', mime: 'text/plain', size: 7, hash: 'x', storage: 'private', key, inline: false })) as never,
      });
    }
    const orphans = Array.from({ length: 3 }, () => newFile(`3c${randomBytes(23).toString('hex')}`));
    orphans.forEach(makeOld);
    expect(await sweep()).toBe(3);
    expect(held.every((name) => existsSync(pathOf(name)))).toBe(true);
  });
});

test('every attribute that sounds like the name of a file is known to the sweep, or known to be none', () => {
  const NO_FILES = ['email-template.key', 'ticket.subjectKey'];
  const sounding = Object.entries(contentTypes).flatMap(([type, { schema }]) =>
    Object.keys(schema.attributes)
      .filter((name) => /key$|file/i.test(name))
      .map((name) => `${type}.${name}`),
  );
  const held = FILE_HOLDERS.map(({ uid, attribute }) => `${uid.replace('plugin::mail-scanner.', '')}.${attribute}`);
  expect(sounding.filter((name) => !NO_FILES.includes(name)).sort()).toEqual([...held].sort());
});
