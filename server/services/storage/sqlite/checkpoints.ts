import { once } from 'node:events';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Core } from '@strapi/strapi';
import { log } from '../../log';
import { sqliteDriver } from '../../platform/sqlite-driver';
import { plainWords } from '../failure';

/**
 * Checkpoints by a thread: it brings the pages of SQLite's write-ahead log into the database, with a connection of its own that does nothing
 * else, so that the main thread does not wait for the disk. Meanwhile readers read, and writers add to the log.
 */

/** The thread ends when there was nothing to do for so long. */
const IDLE_MS = 10_000;

interface Checkpoints {
  /** Null: a thread could not do it, so SQLite does it by itself. */
  worker: Worker | null;
  /** Settles when none is under way. */
  done: Promise<void>;
  idle?: NodeJS.Timeout;
}

const all = new WeakMap<Core.Strapi, Checkpoints>();

/** Begins one. To be called within no transaction. */
export function beginCheckpoint(strapi: Core.Strapi, file: string): void {
  const known = all.get(strapi) ?? { worker: start(strapi, file), done: Promise.resolve() };
  all.set(strapi, known);
  clearTimeout(known.idle);
  known.done = known.done.then(async () => {
    if (!known.worker) return;
    const answer = answerOf(known.worker);
    known.worker.postMessage(null);
    const failure = await answer;
    if (failure) giveUp(strapi, known, failure);
    clearTimeout(known.idle);
    known.idle = setTimeout(() => endCheckpoints(strapi).catch(() => {}), IDLE_MS).unref();
  });
}

/** Null: it is done; a text: why it is not. */
async function answerOf(worker: Worker): Promise<string | null> {
  const listening = new AbortController();
  const { signal } = listening;
  try {
    const [answer] = await Promise.race([once(worker, 'message', { signal }), once(worker, 'exit', { signal })]);
    return typeof answer === 'number' ? 'the thread has ended' : answer;
  } catch (error) {
    return plainWords(error);
  } finally {
    listening.abort();
  }
}

/** Resolves when none is under way. */
export const checkpointed = async (strapi: Core.Strapi): Promise<void> => all.get(strapi)?.done;

/** Ends the thread, and with it its connection. */
export async function endCheckpoints(strapi: Core.Strapi): Promise<void> {
  const known = all.get(strapi);
  clearTimeout(known?.idle);
  if (!known?.worker) return;
  all.delete(strapi);
  await known.done;
  await known.worker.terminate();
}

function start(strapi: Core.Strapi, file: string): Worker | null {
  const driver = sqliteDriver(strapi);
  if (!driver) return null;
  const worker = new Worker(path.join(__dirname, 'checkpoint.worker.js'), { workerData: { ...driver, file } });
  // Who waits for an answer is told; nothing else comes of it.
  worker.on('error', () => {});
  worker.unref();
  return worker;
}

function giveUp(strapi: Core.Strapi, known: Checkpoints | undefined, reason: string): void {
  if (!known?.worker) return;
  known.worker.terminate().catch(() => {});
  known.worker = null;
  log(strapi, 'warn', 'The write-ahead log of SQLite cannot be brought into the database by a thread, so commits take longer', { reason });
}
