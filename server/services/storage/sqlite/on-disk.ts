import { open } from 'node:fs/promises';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { StorageError } from '../failure';

/**
 * Whether what was committed survives a loss of power. PostgreSQL and MySQL answer for that; SQLite does by `synchronous`, and in the mode that a
 * site of Strapi's has without doing anything, it does not: the deletion of a journal is not brought to the disk, and a journal that is there
 * again undoes its commit.
 */

/** From this level on, a commit waits for the disk: with a write-ahead log, and with a journal that is deleted. */
const [FULL, EXTRA] = [2, 3];

/** Commits that did not wait, whatever the site has set. */
const unwritten = new WeakMap<Core.Strapi, number>();

export const noteUnwritten = (strapi: Core.Strapi): void => void unwritten.set(strapi, (unwritten.get(strapi) ?? 0) + 1);

/**
 * Resolves when all that was committed until now is on the disk. For who acts on it elsewhere: what is deleted from a mailbox must not be lost here.
 * The disk is waited for in a thread of Node's. Not to be called within a transaction. Throws a StorageError.
 */
export async function onDisk(strapi: Core.Strapi): Promise<void> {
  if (strapi.db.dialect.client !== 'sqlite') return;
  const { connection } = strapi.db;
  const [{ journal_mode: mode }] = await connection.raw('pragma journal_mode');
  const [{ synchronous }] = await connection.raw('pragma synchronous');
  const file = await databaseFile(connection);
  const before = unwritten.get(strapi) ?? 0;
  if (file === null) return;
  if (mode === 'wal' && (synchronous < FULL || before > 0)) await bringToDisk(`${file}-wal`, 'r+');
  // Windows has no such thing, and forgets no deletion.
  if (mode === 'delete' && synchronous < EXTRA && process.platform !== 'win32') await bringToDisk(path.dirname(file), 'r');
  // Those that have come meanwhile may not have been taken along.
  if (unwritten.get(strapi) === before) unwritten.delete(strapi);
}

/** The path of the database; null: it has no file. */
export async function databaseFile(connection: Knex): Promise<string | null> {
  const [{ file }] = await connection.raw(`select file from pragma_database_list where name = 'main'`);
  return file || null;
}

async function bringToDisk(file: string, flags: string): Promise<void> {
  try {
    const handle = await open(file, flags);
    await handle.sync().finally(() => handle.close());
  } catch (error) {
    // A log that is gone is in the database as a whole.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw new StorageError(error as NodeJS.ErrnoException);
  }
}
