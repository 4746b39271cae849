import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { transaction } from '../tables';
import { beginCheckpoint, checkpointed } from './checkpoints';
import { databaseFile, noteUnwritten } from './on-disk';

/**
 * SQLite works in the main thread: while a commit waits for the disk nobody is heard, and a large one with its checkpoint waits for a tenth of a
 * second or more. Where the site keeps a write-ahead log, a batch of emails is therefore committed without that wait (`synchronous = NORMAL`,
 * for that one commit), and its pages are brought into the database by a thread (checkpoints.ts).
 *
 * What is committed behind it in the usual way (`FULL`) takes it along to the disk, for the log is one file. So whatever follows a commit of its
 * own, such as an email that leaves, a call of a webhook or an editor's answer, stands as safe as ever. What does not waits for onDisk() first, such as
 * what is done in a mailbox.
 */

/** How many pages of the log a large commit leaves to the thread. Beyond them, which are 80 MB, SQLite does it by itself. */
const LEFT_TO_THREAD = 20_000;

/** With a write-ahead log, `FULL` waits for the disk at each commit and `NORMAL` does not; neither can harm the database. */
const NORMAL = 1;

/**
 * `transaction` for a batch of emails; `isLarge`: it writes much. Within a transaction of the calling code, and without a write-ahead log, it is
 * one like any other. The connection has the site's settings again when it ends.
 */
export async function bulkTransaction<T>(strapi: Core.Strapi, isLarge: boolean, work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  if (strapi.db.dialect.client !== 'sqlite' || strapi.db.inTransaction()) return transaction(strapi, work);
  // A log of which all is in the database is begun again by whoever writes next.
  await checkpointed(strapi);
  const { result, leftToThread } = await transaction(strapi, (trx) => relaxed(strapi, trx, isLarge, work));
  if (leftToThread) beginCheckpoint(strapi, leftToThread);
  return result;
}

interface Relaxed<T> {
  result: T;
  /** The database whose log is to be brought into it by the thread. */
  leftToThread: string | null;
}

/**
 * The settings cannot be changed within a transaction, and outside of it others would have the connection. So the one that Strapi has begun is ended
 * first, and an empty one is left for it to commit.
 */
async function relaxed<T>(
  strapi: Core.Strapi,
  trx: Knex.Transaction,
  isLarge: boolean,
  work: (trx: Knex.Transaction) => Promise<T>,
): Promise<Relaxed<T>> {
  const [{ journal_mode: mode }] = await trx.raw('pragma journal_mode');
  const [{ synchronous }] = await trx.raw('pragma synchronous');
  if (mode !== 'wal' || synchronous < NORMAL) return { result: await work(trx), leftToThread: null };
  const [{ wal_autocheckpoint: pages }] = await trx.raw('pragma wal_autocheckpoint');
  // 0: the site sees to its checkpoints by itself.
  const leftToThread = isLarge && pages > 0 ? await databaseFile(trx) : null;
  const set = async (level: number, most: number) => {
    await trx.raw(`pragma synchronous = ${level}`);
    await trx.raw(`pragma wal_autocheckpoint = ${most}`);
    await trx.raw('BEGIN');
  };
  await trx.raw('COMMIT');
  await set(NORMAL, leftToThread ? Math.max(pages, LEFT_TO_THREAD) : pages);
  try {
    const result = await work(trx);
    await trx.raw('COMMIT');
    noteUnwritten(strapi);
    return { result, leftToThread };
  } catch (error) {
    // On a full disk, SQLite has rolled back already.
    await trx.raw('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    await set(synchronous, pages);
  }
}
