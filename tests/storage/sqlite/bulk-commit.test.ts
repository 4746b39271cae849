import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import type { Knex } from 'knex';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { bulkTransaction } from '../../../server/services/storage/sqlite/bulk-commit';
import { onDisk } from '../../../server/services/storage/sqlite/on-disk';
import { inTransaction } from '../../../server/services/storage/tables';
import { addScanner, eventually, mail } from '../../support/helpdesk';
import { startHoodiecrow } from '../../support/hoodiecrow';
import { removeFolder, startStrapi, type TestStrapi } from '../../support/strapi';

let app: TestStrapi;

beforeAll(async () => {
  app = await startStrapi();
  await app.strapi.db.connection.schema.createTable('test_rows', (table) => {
    table.integer('id').primary();
    table.integer('parent').references('id').inTable('test_rows').deferrable('deferred');
  });
});

afterAll(async () => {
  await app?.stop();
  if (app) removeFolder(app.folder);
});

async function settings(connection: Knex = app.strapi.db.connection): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const name of ['journal_mode', 'synchronous', 'wal_autocheckpoint'])
    Object.assign(found, (await connection.raw(`pragma ${name}`))[0]);
  return { mode: found.journal_mode, synchronous: found.synchronous, pages: found.wal_autocheckpoint };
}

async function set(mode: string, synchronous: number, pages = 1_000): Promise<void> {
  const { connection } = app.strapi.db;
  await connection.raw(`pragma journal_mode = ${mode}`);
  await connection.raw(`pragma synchronous = ${synchronous}`);
  await connection.raw(`pragma wal_autocheckpoint = ${pages}`);
}

let next = 1;
const write = () => app.strapi.db.connection('test_rows').insert({ id: (next += 1) });
/** Writes a row, and tells under which settings. */
const writeInBatch = (isLarge: boolean) =>
  bulkTransaction(app.strapi, isLarge, async (trx) => {
    await trx('test_rows').insert({ id: (next += 1) });
    const { synchronous, pages } = await settings(trx);
    return { synchronous, pages };
  });

/** The files that are brought to the disk meanwhile. `then` is called after each. */
async function broughtToDisk(work: () => Promise<unknown>, then: () => Promise<unknown> = async () => {}): Promise<string[]> {
  const files: string[] = [];
  const { open } = fs;
  const spy = vi.spyOn(fs, 'open').mockImplementation(async (...args) => {
    const handle = await open(...args);
    const sync = handle.sync.bind(handle);
    handle.sync = async () => {
      await sync();
      files.push(String(args[0]).replace(app.folder, ''));
      await then();
    };
    return handle;
  });
  syncBuiltinESMExports();
  await work().finally(() => spy.mockRestore());
  syncBuiltinESMExports();
  return files;
}

describe('a batch of emails on SQLite', () => {
  afterEach(() => set('wal', 2));

  test('waits for the disk in no commit of its own, and leaves the connection as the site has it', async () => {
    await set('wal', 2, 500);
    expect(await writeInBatch(false)).toEqual({ synchronous: 1, pages: 500 });
    expect(await writeInBatch(true)).toEqual({ synchronous: 1, pages: 20_000 });
    expect(await settings()).toEqual({ mode: 'wal', synchronous: 2, pages: 500 });
    expect(await app.strapi.db.connection('test_rows').where({ id: next }).first()).toBeDefined();
  });

  test('is the same as any other one where a site asks for no write-ahead log, and where it has its own checkpoints', async () => {
    await set('delete', 2);
    expect(await writeInBatch(true)).toEqual({ synchronous: 2, pages: 1_000 });
    await set('wal', 0);
    expect(await writeInBatch(true)).toMatchObject({ synchronous: 0 });
    await set('wal', 3, 0);
    expect(await writeInBatch(true)).toEqual({ synchronous: 1, pages: 0 });
    expect(await settings()).toEqual({ mode: 'wal', synchronous: 3, pages: 0 });
  });

  test.each([
    ['throws', async () => Promise.reject(new Error('Refused.')), /Refused/],
    ['cannot be committed', (trx: any) => trx('test_rows').insert({ id: 999_999, parent: 888_888 }), /FOREIGN KEY/],
  ])('is rolled back as a whole when it %s, and leaves the connection as the site has it', async (_, fails, why) => {
    const id = (next += 1);
    const work = bulkTransaction(app.strapi, true, async (trx) => {
      await trx('test_rows').insert({ id });
      await fails(trx);
    });
    await expect(work).rejects.toThrow(why);
    expect(await app.strapi.db.connection('test_rows').whereIn('id', [id, 999_999])).toEqual([]);
    expect(await settings()).toEqual({ mode: 'wal', synchronous: 2, pages: 1_000 });
  });

  test('within a transaction it is a part of that', async () => {
    const id = (next += 1);
    const work = inTransaction(app.strapi, async () => {
      await bulkTransaction(app.strapi, true, (trx) => trx('test_rows').insert({ id }));
      throw new Error('Later.');
    });
    await expect(work).rejects.toThrow('Later.');
    expect(await app.strapi.db.connection('test_rows').where({ id })).toEqual([]);
  });

  test('is on the disk when who acts on it has waited for that', async () => {
    await writeInBatch(false);
    expect(await broughtToDisk(() => onDisk(app.strapi))).toEqual(['/test.db-wal']);
    // All is there already, and a commit of the usual kind sees to itself.
    await write();
    expect(await broughtToDisk(() => onDisk(app.strapi))).toEqual([]);
    await set('wal', 1);
    expect(await broughtToDisk(() => onDisk(app.strapi))).toEqual(['/test.db-wal']);
    await set('delete', 2);
    expect(await broughtToDisk(() => onDisk(app.strapi))).toEqual(['']);
    await set('delete', 3);
    expect(await broughtToDisk(() => onDisk(app.strapi))).toEqual([]);
  });

  test('is on the disk before its emails become read', async () => {
    const server = await startHoodiecrow();
    await server.appendAll('INBOX', [mail({ subject: 'First' }), mail({ subject: 'Second' })]);
    const scanner = await addScanner(app, server);
    const read = async () => (await server.messages('INBOX')).filter(({ flags }) => flags.includes('\\Seen')).length;
    const readThen: number[] = [];
    const files = await broughtToDisk(
      () => app.api('POST', `/scanners/${scanner.documentId}/run`, { unread: 'take' }),
      async () => readThen.push(await read()),
    );
    expect(files).toContain('/test.db-wal');
    expect(readThen[0]).toBe(0);
    expect(await read()).toBe(2);
    await server.stop();
  });

  test('is brought from the log into the database by a thread', async () => {
    // SQLite would leave it where it is.
    await set('wal', 2, 20_000);
    const server = await startHoodiecrow();
    const scanner = await addScanner(app, server);
    // "mxFrame" of https://www.sqlite.org/walformat.html#the_wal_index_file_format: so many pages are in the log. It begins again where all are in the
    // database.
    const inLog = async () => (await fs.readFile(`${app.folder}/test.db-shm`)).readUInt32LE(16);
    await eventually(async () => {
      // A busy machine may make small batches of them, whose pages stay where they are.
      const some = Array.from({ length: 40 }, (_, index) =>
        mail({ from: `person${index}@customer.test`, subject: `Question ${(next += 1)}` }),
      );
      await server.appendAll('INBOX', some);
      const run = await app.api('POST', `/scanners/${scanner.documentId}/run`, { unread: 'take' });
      expect(run).toMatchObject({ byOutcome: { processed: 40 } });
      await new Promise((resolve) => setTimeout(resolve, 500));
      await write();
      return (await inLog()) < 20;
    }, 60_000);
    expect((await fs.stat(`${app.folder}/test.db-wal`)).size).toBeGreaterThan(100 * 4_096);
    await server.stop();
  });
});
