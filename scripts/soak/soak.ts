import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hasDovecot, startDovecot, type Dovecot } from '../../tests/support/dovecot';
import { startHoodiecrow } from '../../tests/support/hoodiecrow';
import { hasMariadb, startMariadb } from '../../tests/support/mariadb';
import { hasPostgres, startPostgres, type Postgres } from '../../tests/support/postgres';
import { startStrapi, type TestStrapi } from '../../tests/support/strapi';
import { backlogCounts, deliverBacklog, problemsOf, watchWorkOff, type Backlog } from './backlog';
import { FAILURES, settleAndCount, type Counts } from './count';
import { createFleet, type Fleet } from './fleet';
import { startGraph } from './graph';
import { killStorm } from './kills';
import { mountSmallDisk, outageStorm } from './outages';
import { randomFrom } from './random';
import { setUp, startSmtp, type World } from './world';

/**
 * `npm run soak -- --minutes N --seed S [--only sqlite,postgres,…] [--json FILE]`: emails keep coming, editors keep answering, and
 * meanwhile processes are killed without warning, one message takes down whichever process parses it, databases, disks and mail
 * servers go away and come back, the job queue is wiped, and a mailbox comes back with a backlog. Afterwards each email must count
 * exactly once and each answer must have left once; one that left again under the same Message-ID (the crash fell between the
 * server's OK and our note of it) is counted apart, and is a failure where answers leave by Microsoft Graph, which tells what has left. The minutes are shared out among the phases. With `--only` some of them run.
 */

interface Phase {
  name: string;
  title: string;
  /** What it needs that is not installed; null when it can run. */
  lacks: string | null;
  run(durationMs: number, random: () => number): Promise<Result>;
}

interface Result extends Counts {
  phase: string;
  outages?: number;
  backlog?: Backlog;
  problems: string[];
}

const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at >= 0 ? process.argv[at + 1] : undefined;
};

const needs = (...things: [boolean, string][]): string | null => things.find(([there]) => !there)?.[1] ?? null;
const DOVECOT: [boolean, string] = [hasDovecot(), 'Dovecot'];
const POSTGRES: [boolean, string] = [hasPostgres(), 'PostgreSQL'];
const MARIADB: [boolean, string] = [hasMariadb(), 'MariaDB'];

const MAILBOXES = 20;

const PHASES: Phase[] = [
  {
    name: 'sqlite',
    title: 'one process that is killed, SQLite',
    lacks: null,
    run: (ms, random) => kills({ instances: 1, mailboxes: hasDovecot() ? 3 : 1 }, ms, random),
  },
  {
    name: 'postgres',
    title: 'three processes that are killed, PostgreSQL',
    lacks: needs(DOVECOT, POSTGRES),
    run: (ms, random) => onPostgres(({ env }) => kills({ instances: 3, mailboxes: MAILBOXES, env }, ms, random)),
  },
  {
    name: 'pg-boss',
    title: 'the same with pg-boss, whose queue is wiped',
    lacks: needs(DOVECOT, POSTGRES),
    run: (ms, random) =>
      onPostgres(({ env }) =>
        kills({ instances: 3, mailboxes: MAILBOXES, env: { ...env, MAIL_SCANNER_ENGINE: 'pg-boss' }, queue: env }, ms, random),
      ),
  },
  { name: 'mariadb', title: 'three processes that are killed, MariaDB', lacks: needs(DOVECOT, MARIADB), run: onMariadb },
  {
    name: 'outages',
    title: 'PostgreSQL, IMAP and SMTP go away and come back',
    lacks: needs(DOVECOT, POSTGRES),
    run: (ms, random) => onPostgres((postgres) => outages(postgres, ms, random)),
  },
  {
    name: 'disk',
    title: 'the disk is full and is freed, SQLite',
    lacks: needs(DOVECOT, [process.getuid?.() === 0, 'the right to mount a small disk']),
    run: diskFull,
  },
  {
    name: 'graph',
    title: 'two processes that are killed, mail is read and answers leave by Microsoft Graph, PostgreSQL',
    lacks: needs(POSTGRES),
    run: (ms, random) => onPostgres(({ env }) => graphStorm(env, ms, random)),
  },
  { name: 'backlog', title: 'a mailbox comes back with a backlog, SQLite', lacks: needs(DOVECOT), run: backlog },
];

async function main(): Promise<void> {
  const minutes = Number(option('minutes') ?? '2');
  const seed = Number(option('seed') ?? Date.now() % 1_000_000);
  const only = option('only')?.split(',');
  console.log(`Soak for ${minutes} minutes, seed ${seed}`);
  const wanted = PHASES.filter(({ name }) => !only || only.includes(name));
  for (const { title, lacks } of wanted) if (lacks) console.log(`${title}: left out for want of ${lacks}.`);
  const phases = wanted.filter(({ lacks }) => !lacks);
  const results: Result[] = [];
  const random = randomFrom(seed);
  for (const { title, run } of phases) {
    const result = { ...(await run((minutes * 60_000) / phases.length, random)), phase: title };
    results.push(result);
    tell(result);
  }
  const names = [
    'kills',
    'poisoned',
    'messages',
    'lost',
    'twice',
    'replies',
    'repliesLost',
    'repliesTwice',
    'repliesResent',
    'followUps',
    'followUpsLost',
    'followUpsTwice',
    'followUpsAstray',
    'wrongPlace',
    'setAside',
    'poisonLeft',
  ] as const;
  const total = Object.fromEntries(
    names.map((name) => [name, results.reduce((sum, counts) => sum + counts[name], 0)]),
  ) as unknown as Counts;
  console.log(`In all: ${names.map((name) => `${name} ${total[name]}`).join(', ')}`);
  const file = option('json');
  if (file) writeFileSync(file, `${JSON.stringify({ minutes, seed, ...total, phases: results }, null, 2)}\n`);
  const failed = FAILURES.reduce((sum, name) => sum + total[name], 0) + results.flatMap(({ problems }) => problems).length;
  console.log(failed === 0 && results.length > 0 ? 'Nothing lost, nothing twice.' : `${failed} things went wrong.`);
  process.exitCode = failed === 0 && results.length > 0 ? 0 : 1;
}

function tell({ phase, problems, backlog: figures, ...counts }: Result): void {
  console.log(
    `${phase}: ${[...Object.entries(counts), ...Object.entries(figures ?? {})].map(([name, count]) => `${name} ${count}`).join(', ')}`,
  );
  for (const problem of problems) console.log(`  ${problem}`);
}

// ---- The phases

interface Setting {
  instances: number;
  mailboxes: number;
  env?: Record<string, string>;
  queue?: Record<string, string>;
}

function kills({ instances, mailboxes, env = {}, queue }: Setting, durationMs: number, random: () => number): Promise<Result> {
  return inWorld({ mailboxes, env, random }, async ({ world, fleet, settle }) => {
    const { kills, poisoned, poison } = await killStorm(fleet, world, { instances, durationMs, queue: queue ?? null });
    return { phase: '', kills, poisoned, ...(await settle((app) => settleAndCount(app, world, poison))), problems: [] };
  });
}

async function onPostgres(work: (postgres: Postgres) => Promise<Result>): Promise<Result> {
  const postgres = await startPostgres();
  try {
    return await work(postgres);
  } finally {
    postgres.stop();
  }
}

async function onMariadb(durationMs: number, random: () => number): Promise<Result> {
  const { env, stop } = await startMariadb();
  try {
    return await kills({ instances: 3, mailboxes: MAILBOXES, env }, durationMs, random);
  } finally {
    await stop();
  }
}

function outages(postgres: Postgres, durationMs: number, random: () => number): Promise<Result> {
  return inWorld({ mailboxes: 5, env: postgres.env, random }, async ({ world, fleet, settle }) => {
    const server = world.server as Dovecot;
    const count = await outageStorm(
      fleet,
      world,
      [
        { name: 'database', begin: () => postgres.halt(), end: () => postgres.start() },
        { name: 'IMAP', begin: () => server.halt(), end: () => server.start() },
        { name: 'SMTP', begin: () => world.smtp.halt(), end: () => world.smtp.start() },
      ],
      durationMs,
    );
    return { phase: '', kills: 0, poisoned: 0, ...(await settle((app) => settleAndCount(app, world, []))), outages: count, problems: [] };
  });
}

/** Graph tells what has left: not even a killed process sends an email a second time. */
async function graphStorm(env: Record<string, string>, durationMs: number, random: () => number): Promise<Result> {
  return inWorld({ mailboxes: 1, env, random, withGraph: true }, async ({ world, fleet, settle }) => {
    world.graph!.storm(Math.floor(random() * 1e9));
    const { kills, poisoned, poison } = await killStorm(fleet, world, {
      instances: 2,
      durationMs,
      queue: null,
      longestLifeMs: 15_000,
      pauseMs: 6000,
    });
    const counts = await settle(async (app) => {
      await world.graph!.settle(app);
      return settleAndCount(app, world, poison);
    });
    console.log(`  Delta tokens that were forgotten: ${world.graph!.forgotten()}.`);
    const problems = counts.repliesResent > 0 ? [`${counts.repliesResent} answers left by Graph more than once.`] : [];
    return { phase: '', kills, poisoned, ...counts, problems };
  });
}

const DISK_MB = 200;

async function diskFull(durationMs: number, random: () => number): Promise<Result> {
  const folder = mkdtempSync(path.join(tmpdir(), 'soak-disk-'));
  const disk = mountSmallDisk(folder, DISK_MB);
  if (!disk) throw new Error('A small disk could not be mounted. Leave this phase out (--only).');
  try {
    return await inWorld({ mailboxes: 3, random, folder }, async ({ world, fleet, settle }) => {
      const count = await outageStorm(fleet, world, [disk.full], durationMs);
      return { phase: '', kills: 0, poisoned: 0, ...(await settle((app) => settleAndCount(app, world, []))), outages: count, problems: [] };
    });
  } finally {
    disk.unmount();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A run of twenty minutes has the whole backlog; shorter ones have their share. */
const BACKLOG = { most: 50_000, aMinute: 2500 };

function backlog(_durationMs: number, random: () => number): Promise<Result> {
  const count = Math.min(BACKLOG.most, Math.round(BACKLOG.aMinute * Number(option('minutes') ?? '2')));
  const away = async (world: World) => (world.server as Dovecot).halt();
  return inWorld({ mailboxes: 4, env: { SOAK_FAST: 'false' }, random, beforeSetUp: away }, async ({ world, fleet, settle }) => {
    const server = world.server as Dovecot;
    deliverBacklog(server, world.users[0], count, world);
    await server.start();
    const watched = await watchWorkOff(fleet, world, count);
    const counts = await settle(async (app) => ({
      ...(await settleAndCount(app, world, [])),
      backlog: await backlogCounts(app, count, watched),
    }));
    return { phase: '', kills: 0, poisoned: 0, ...counts, problems: problemsOf(counts.backlog) };
  });
}

// ---- What they stand on

interface Stage {
  world: World;
  fleet: Fleet;
  /** Works with a Strapi in this process, once those of the fleet are gone. */
  settle<T>(work: (app: TestStrapi) => Promise<T>): Promise<T>;
}

interface StageOptions {
  mailboxes: number;
  env?: Record<string, string>;
  random: () => number;
  folder?: string;
  beforeSetUp?(world: World): Promise<void>;
  /** A stand-in for Microsoft Graph in place of both mail servers. */
  withGraph?: boolean;
}

async function inWorld(options: StageOptions, work: (stage: Stage) => Promise<Result>): Promise<Result> {
  const { mailboxes, random, beforeSetUp, withGraph = false } = options;
  const folder = options.folder ?? mkdtempSync(path.join(tmpdir(), 'soak-'));
  const server = hasDovecot() ? await startDovecot() : await startHoodiecrow();
  const smtp = await startSmtp();
  const users = Array.from({ length: mailboxes }, (_, index) => `desk${index}@example.com`);
  const graph = withGraph ? await startGraph(users[0]) : undefined;
  const env = { ...options.env, ...graph?.env };
  const world: World = {
    server: graph?.server ?? server,
    smtp,
    users,
    subjects: new Map(),
    comments: new Set(),
    followUps: new Map(),
    random,
    graph,
  };
  const here = <T>(task: (app: TestStrapi) => Promise<T>) => inThisProcess(folder, env, task);
  const fleet = await createFleet({ DATABASE_CLIENT: 'sqlite', ...env, SOAK_FOLDER: folder });
  try {
    await beforeSetUp?.(world);
    await here((app) => setUp(app, world));
    return await work({ world, fleet, settle: (task) => fleet.end().then(() => here(task)) });
  } finally {
    await fleet.end();
    await smtp.halt();
    await graph?.stop();
    await server.stop();
    if (!options.folder) rmSync(folder, { recursive: true, force: true });
  }
}

async function inThisProcess<T>(folder: string, env: Record<string, string>, work: (app: TestStrapi) => Promise<T>): Promise<T> {
  const app = await startStrapi({
    folder,
    env: { DATABASE_CLIENT: 'sqlite', MAIL_SCANNER_ENGINE: 'database', ...env, MAIL_SCANNER_SCHEDULE: 'false' },
  });
  try {
    return await work(app);
  } finally {
    await app.stop();
  }
}

main().then(
  () => process.exit(),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
