import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { isUnderWay, type WorkEnd, type WorkKind, type WorkState } from '../../../shared/vocabulary';
import { underWayByOwner } from '../lib/under-way';
import { log } from '../log';
import { storageConfig } from './config';
import { plainWords } from './failure';
import { inTransaction, readTable, tableIn, TABLES } from './tables';

/**
 * Work that takes longer than a moment, as a row that every instance reads: how far it is, and whether somebody has asked it to stop. Whoever
 * does the work only keeps its numbers; a timer writes them down, so that nothing is added to each piece of it.
 */

/** Between two writes. */
const BEAT_MS = 2_000;
/** This many beats may be late, whatever the lease: a transaction or a full event loop keeps them waiting. */
const BEATS_LATE = 5;

interface WorkTopic {
  kind: WorkKind;
  /** The documentId of what it is about, and its name. */
  subject: string | null;
  subjectName: string | null;
  /** The id of the administrator who asked for it; null for what began by itself. */
  startedBy: number | null;
}

interface WorkProgress {
  done: number;
  /** Null as long as nobody knows. */
  total: number | null;
  /** Whatever else is told about this kind of work. */
  details: Record<string, unknown>;
}

export interface WorkUnderWay {
  id: string;
  /** Aborts when somebody has asked the work to stop, at most a beat later. */
  stopAsked: AbortSignal;
  /** Writes the row at once. Otherwise it is written when the work has taken two seconds: what is over sooner leaves none. */
  show(): Promise<void>;
  /** Writes down how it ended, where there is a row. Never rejects: the work itself is done. */
  end(how: WorkEnd): Promise<void>;
}

/** Begins to tell of work. `progress` is asked for its numbers with each beat. */
export function beginWork(strapi: Core.Strapi, topic: WorkTopic, progress: () => WorkProgress): WorkUnderWay {
  const id = randomUUID();
  const startedAt = Date.now();
  const stop = new AbortController();
  let isShown = false;
  let writing: Promise<void> | null = null;

  const show = async () => {
    const row = { id, ...columnsOf(topic), started_at: startedAt, ...numbersOf(progress()) };
    await inTransaction(strapi, (trx) => tableIn(strapi, trx, TABLES.work).insert(row));
    isShown = true;
  };
  const beat = async () => {
    if (!isShown) return show();
    const isNew = !stop.signal.aborted;
    // One statement writes the numbers and asks whether to stop: a row that is asked to stop is not found.
    if ((await update(strapi, id, numbersOf(progress()), isNew)) === 0 && isNew && (await isAskedToStop(strapi, id))) stop.abort();
  };
  const timer = setInterval(() => {
    writing ??= beat()
      .catch((error) => log(strapi, 'debug', 'The progress of work could not be written', { task: topic.kind, reason: plainWords(error) }))
      .finally(() => (writing = null));
  }, BEAT_MS);
  timer.unref();

  return {
    id,
    stopAsked: stop.signal,
    show,
    async end(how) {
      clearInterval(timer);
      await writing;
      if (!isShown) return;
      await update(strapi, id, { ...numbersOf(progress()), ended_at: Date.now(), ended_how: how }, false).catch((error) =>
        log(strapi, 'warn', 'The end of work could not be written', { task: topic.kind, reason: plainWords(error) }),
      );
    },
  };
}

const columnsOf = ({ kind, subject, subjectName, startedBy }: WorkTopic) => ({
  kind,
  subject,
  subject_name: subjectName,
  started_by: startedBy,
});

const numbersOf = ({ done, total, details }: WorkProgress) => ({ beat_at: Date.now(), done, total, details: JSON.stringify(details) });

/** Resolves with how many rows were changed: 0 also for one that is asked to stop, where only others are meant. */
const update = (strapi: Core.Strapi, id: string, columns: object, onlyUnlessAskedToStop: boolean): Promise<number> =>
  inTransaction(strapi, (trx) => {
    const row = tableIn(strapi, trx, TABLES.work).where({ id });
    return (onlyUnlessAskedToStop ? row.whereNull('stop_asked_at') : row).update(columns);
  });

const isAskedToStop = async (strapi: Core.Strapi, id: string): Promise<boolean> =>
  Boolean(await readTable(strapi, TABLES.work, (table) => table.where({ id }).whereNotNull('stop_asked_at').first('id')));

// ---- In the background

const backgroundOf = underWayByOwner();

/**
 * Begins work that nobody waits for, and resolves with its id, which `work` is told. It looks at `ends` after each piece that is safe to end with: it aborts when
 * somebody has asked the work to stop, or the process is told to end.
 */
export async function inBackground(
  strapi: Core.Strapi,
  topic: WorkTopic,
  progress: () => WorkProgress,
  work: (ends: AbortSignal, id: string) => Promise<void>,
): Promise<string> {
  const { ending, add } = backgroundOf(strapi);
  const own = beginWork(strapi, topic, progress);
  await own.show();
  const run = async () => {
    try {
      await work(AbortSignal.any([own.stopAsked, ending]), own.id);
      await own.end(own.stopAsked.aborted ? 'stopped' : ending.aborted ? 'interrupted' : 'done');
    } catch (error) {
      log(strapi, 'error', 'Work in the background failed', { task: topic.kind, reason: plainWords(error) });
      await own.end('failed');
    }
  };
  add(run());
  return own.id;
}

/** From now on all work in the background ends at the next safe moment. Resolves when it has, or after this many milliseconds. */
export async function endBackground(strapi: Core.Strapi, timeoutMs: number): Promise<void> {
  const background = backgroundOf(strapi);
  background.end();
  await background.ended(timeoutMs);
}

// ---- For those who look

export interface WorkRow extends WorkTopic, WorkProgress {
  id: string;
  state: WorkState;
  startedAt: Date;
  endedAt: Date | null;
}

/** This many are listed. */
const LISTED = 100;

/** The work that is under way or ended within a day, newest first. */
export async function listWork(strapi: Core.Strapi): Promise<WorkRow[]> {
  const rows = await readTable(strapi, TABLES.work, (table) => table.orderBy('started_at', 'desc').limit(LISTED).select());
  return rows.map((row: Record<string, unknown>) => workOf(strapi, row));
}

export async function findWork(strapi: Core.Strapi, id: string): Promise<WorkRow | null> {
  const row = await readTable(strapi, TABLES.work, (table) => table.where({ id }).first());
  return row ? workOf(strapi, row) : null;
}

/** Asks work to stop, on whatever instance it runs. What has ended stays as it is. */
export async function askToStop(strapi: Core.Strapi, id: string): Promise<void> {
  await inTransaction(strapi, (trx) =>
    tableIn(strapi, trx, TABLES.work).where({ id }).whereNull('ended_at').whereNull('stop_asked_at').update({ stop_asked_at: Date.now() }),
  );
}

const KEPT_MS = 24 * 3_600_000;

/** Removes what was last heard of a day ago. */
export async function forgetOldWork(strapi: Core.Strapi): Promise<void> {
  await inTransaction(strapi, (trx) =>
    tableIn(strapi, trx, TABLES.work)
      .where('beat_at', '<', Date.now() - KEPT_MS)
      .delete(),
  );
}

/** PostgreSQL hands out a bigint as text. */
function workOf(strapi: Core.Strapi, row: Record<string, unknown>): WorkRow {
  const state = stateOf(strapi, row);
  const lastHeardOf = new Date(Number(row.ended_at ?? row.beat_at));
  return {
    id: String(row.id),
    kind: row.kind as WorkKind,
    subject: row.subject as string | null,
    subjectName: row.subject_name as string | null,
    startedBy: row.started_by as number | null,
    startedAt: new Date(Number(row.started_at)),
    endedAt: isUnderWay(state) ? null : lastHeardOf,
    state,
    done: Number(row.done),
    total: row.total === null ? null : Number(row.total),
    details: JSON.parse(String(row.details)),
  };
}

/** Nobody has heard of it for so long that its process is gone. The other way round, the clock has gone back since. */
function stateOf(strapi: Core.Strapi, { ended_how: how, beat_at: beatAt, stop_asked_at: stopAskedAt }: Record<string, unknown>): WorkState {
  if (how) return how as WorkEnd;
  const silentMs = Math.abs(Date.now() - Number(beatAt));
  if (silentMs > Math.max(storageConfig(strapi).leaseSeconds * 1000, BEATS_LATE * BEAT_MS)) return 'interrupted';
  return stopAskedAt === null ? 'running' : 'stopping';
}
