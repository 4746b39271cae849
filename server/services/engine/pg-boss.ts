import type { Core } from '@strapi/strapi';
import type { JobResult, JobWithMetadata, PgBoss, Queue } from 'pg-boss';
import { log } from '../log';
import type { MailboxErrorCode } from '../mailbox/types';
import { deliverDue, dueCount, lookAgain } from '../outgoing/deliver-due';
import { scan } from '../scanner/scan';
import { ScannerBusy } from '../scanner/turn';
import { AT_ONCE, dueScanners } from '../scanner/schedule';
import { plainWords, wordsOf } from '../storage/failure';
import { LeaseLost } from '../storage/lease';
import { UID } from '../uids';
import { runStatement } from './pg-boss-database';
import { loadPgBoss } from './pg-boss-package';
import type { DeadLetter, Engine } from './types';
import { inBoth, say, type Words } from '../../../shared/sentences/words';

/**
 * Scans and deliveries as jobs of pg-boss, in the PostgreSQL that Strapi uses and through Strapi's own connections. Each beat of
 * the schedule turns what is due in the database into jobs, at most one for each mailbox and one for the outbox, so a queue that
 * lost its jobs, or all of its tables, is filled again. Any instance takes the jobs, each as many as it can do at once.
 *
 * Jobs are not written in the transaction of the comment that they are about: the delivery's row is, and a queue in trouble must
 * not take the comment down with it.
 */

/** Of our own: a site that uses pg-boss itself may use another version of it. */
const SCHEMA = 'mail_scanner_jobs';

const SCANS = 'scans';
const DELIVERIES = 'deliveries';
const GIVEN_UP = 'given-up';

/** The one job of the outbox; scans have the scanner's documentId for a key. */
const OUTBOX = 'outbox';

const DAY_SECONDS = 24 * 60 * 60;

const WORK: Omit<Queue, 'name'> = {
  // One job a key, be it waiting, running or to be tried again.
  policy: 'exclusive',
  deadLetter: GIVEN_UP,
  // After 5 s, 10 s, 20 s … with some chance in it; the sixth time after some minutes.
  retryLimit: 6,
  retryDelay: 5,
  retryBackoff: true,
  // A process that is silent for so long is dead: its job goes to another.
  heartbeatSeconds: 15,
  expireInSeconds: DAY_SECONDS / 2,
  deleteAfterSeconds: 60 * 60,
};

/** Dead letters first: the others name them. */
const QUEUES: [name: string, options: Omit<Queue, 'name'>][] = [
  [GIVEN_UP, { policy: 'standard', retentionSeconds: 14 * DAY_SECONDS }],
  [SCANS, WORK],
  [DELIVERIES, WORK],
];

/** Seconds between two looks for jobs whose process is dead. With the heartbeat and the first retry, well below a minute in all. */
const LOOK_AFTER_SECONDS = 5;
const POLL_SECONDS = { [SCANS]: 2, [DELIVERIES]: 1 };
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DEAD_LETTERS_TOLD = 100;

/** Somebody has to mend these; a mailbox asked again and again with a wrong password gets locked. */
const HOPELESS: string[] = [
  'certificateInvalid',
  'starttlsUnavailable',
  'authenticationFailed',
  'noAccess',
  'folderMissing',
  'protocol',
] satisfies MailboxErrorCode[];

interface JobFailure {
  reason: Words;
  hopeless: boolean;
}

type Work = (data: { scanner?: string }) => Promise<JobFailure | null>;

export function pgBossEngine(strapi: Core.Strapi): Engine {
  let boss: PgBoss;
  let started = false;
  let working = false;
  let restarting: Promise<void> | null = null;

  async function start(): Promise<void> {
    const { PgBoss, fromKnex } = await loadPgBoss(__filename);
    boss = new PgBoss({
      db: fromKnex({ raw: (sql: string, values?: readonly unknown[]) => runStatement(strapi, sql, values) }),
      schema: SCHEMA,
      schedule: false,
      supervise: working,
      superviseIntervalSeconds: LOOK_AFTER_SECONDS,
      monitorIntervalSeconds: LOOK_AFTER_SECONDS,
      registerInstance: false,
    });
    boss.on('error', troubleLog(strapi));
    await boss.start();
    for (const [name, options] of QUEUES) await boss.createQueue(name, options);
    if (!working) return;
    const options = { includeMetadata: true, perJobResults: true } as const;
    await boss.work(
      SCANS,
      { ...options, localConcurrency: AT_ONCE, pollingIntervalSeconds: POLL_SECONDS[SCANS] },
      handler(boss, scanOf(strapi)),
    );
    await boss.work(DELIVERIES, { ...options, pollingIntervalSeconds: POLL_SECONDS[DELIVERIES] }, handler(boss, deliveriesOf(strapi)));
  }

  /** Asks the queue; where its tables are gone or it stands still, it is set up again first. */
  async function ask<T>(question: (boss: PgBoss) => Promise<T>): Promise<T> {
    try {
      return await question(boss);
    } catch (error) {
      log(strapi, 'warn', 'The job queue is set up once more', { reason: plainWords(error) });
      restarting ??= boss
        .stop({ graceful: false })
        .catch(() => {})
        .then(start)
        .finally(() => (restarting = null));
      await restarting;
      return question(boss);
    }
  }

  return {
    async start(works) {
      requirePostgres(strapi);
      working = works;
      if (started) await boss.stop({ graceful: false });
      await start();
      started = true;
    },
    stop: (timeoutMs) => boss.stop({ timeout: timeoutMs }),
    async scanDue() {
      const jobs = (await dueScanners(strapi)).map(({ documentId }) => ({ data: { scanner: documentId }, singletonKey: documentId }));
      if (jobs.length > 0) await ask((queue) => queue.insert(SCANS, jobs));
    },
    async deliverDue() {
      // The next job waits for the one under way, which may last as long as the slowest email.
      if (lookAgain(strapi)) return;
      if ((await dueCount(strapi)) > 0) await ask((queue) => queue.send(DELIVERIES, {}, { singletonKey: OUTBOX }));
    },
    async deadLetters() {
      const jobs = await ask((queue) => queue.findJobs<{ scanner?: string }>(GIVEN_UP, { limit: DEAD_LETTERS_TOLD }));
      return jobs.map(deadLetterOf).reverse();
    },
    async retry(id) {
      if (!UUID.test(id)) return false;
      const [job] = await ask((queue) => queue.findJobs<{ scanner?: string }>(GIVEN_UP, { id }));
      if (!job) return false;
      await ask((queue) => queue.send(job.sourceName ?? SCANS, job.data, { singletonKey: job.singletonKey ?? OUTBOX }));
      await ask((queue) => queue.deleteJob(GIVEN_UP, id));
      return true;
    },
  };
}

function requirePostgres(strapi: Core.Strapi): void {
  if (strapi.db.dialect.client === 'postgres') return;
  throw new Error(
    'config/plugins, mail-scanner: the engine "pg-boss" needs Strapi on PostgreSQL. Use the engine "database" with this one; several instances share the work with it, too.',
  );
}

// ---- The jobs

function scanOf(strapi: Core.Strapi): Work {
  return async ({ scanner: documentId }) => {
    const scanner = await strapi.db.query(UID.scanner).findOne({ where: { documentId, active: true } });
    if (!scanner) return null;
    const { error } = await scan(strapi, scanner);
    return error && { reason: error.messageSaid, hopeless: HOPELESS.includes(error.code) };
  };
}

function deliveriesOf(strapi: Core.Strapi): Work {
  return async () => {
    await deliverDue(strapi);
    return null;
  };
}

/** One job at a time: done, to be tried again, or given up. */
function handler(boss: PgBoss, work: Work) {
  return async ([job]: JobWithMetadata<object>[]): Promise<JobResult[]> => {
    const failure = await work(job.data).catch(failureOf);
    // Of each key, the newest dead letter is enough, and none once it works.
    if (!failure || failure.hopeless || job.retryCount >= job.retryLimit) await forget(boss, job.singletonKey);
    if (!failure) return [{ id: job.id, status: 'completed' }];
    return [{ id: job.id, status: failure.hopeless ? 'deadletter' : 'failed', output: inBoth('message', failure.reason) }];
  };
}

function failureOf(error: unknown): JobFailure | null {
  // Another instance does it just now.
  if (error instanceof ScannerBusy || error instanceof LeaseLost) return null;
  return { reason: wordsOf(error), hopeless: false };
}

async function forget(boss: PgBoss, key: string | null): Promise<void> {
  const letters = await boss.findJobs(GIVEN_UP, { key: key ?? OUTBOX });
  if (letters.length > 0)
    await boss.deleteJob(
      GIVEN_UP,
      letters.map(({ id }) => id),
    );
}

function deadLetterOf({
  id,
  data,
  sourceName,
  sourceOutput,
  sourceRetryCount,
  createdOn,
}: JobWithMetadata<{ scanner?: string }>): DeadLetter {
  const { message, messageSaid } = (sourceOutput ?? {}) as { message?: string; messageSaid?: Words };
  return {
    id,
    work: sourceName === DELIVERIES ? 'delivery' : 'scan',
    scanner: data?.scanner ?? null,
    // Without words of ours, no process came to the end of it.
    ...inBoth('reason', messageSaid ?? message ?? say('engine.ended')),
    failedAt: createdOn.toISOString(),
    attempts: (sourceRetryCount ?? 0) + 1,
  };
}

// ---- Trouble

const SAME_TROUBLE_MS = 60_000;

/** A database that is away lets each poll fail: the same trouble is told once a minute. */
function troubleLog(strapi: Core.Strapi): (error: Error) => void {
  let told = { words: '', at: 0 };
  return (error) => {
    const words = plainWords(error);
    if (words === told.words && Date.now() - told.at < SAME_TROUBLE_MS) return;
    told = { words, at: Date.now() };
    log(strapi, 'warn', 'The job queue has trouble', { reason: words });
  };
}
