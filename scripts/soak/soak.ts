import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasDovecot, startDovecot } from '../../tests/support/dovecot';
import { addScanner, CREATE_TICKET, mail, setUpOutgoing } from '../../tests/support/helpdesk';
import { startHoodiecrow } from '../../tests/support/hoodiecrow';
import type { TestMailServer } from '../../tests/support/mail-server';
import { hasPostgres, startPostgres } from '../../tests/support/postgres';
import { startSmtpSink, type SmtpSink } from '../../tests/support/smtp-sink';
import { startStrapi, type TestStrapi } from '../../tests/support/strapi';
import { createFleet, type Instance } from './fleet';

/**
 * `npm run soak -- --minutes N --seed S [--json FILE]`: emails keep coming, editors keep answering, and processes are killed at
 * random moments without warning. First one process on SQLite, then (where PostgreSQL and Dovecot are installed) three processes
 * on one database with several mailboxes. Afterwards each email must count exactly once and each answer must have left once; an
 * answer that left again under the same Message-ID (the crash fell between the server's OK and our note of it) is counted apart.
 */

interface Counts {
  kills: number;
  messages: number;
  lost: number;
  twice: number;
  replies: number;
  repliesLost: number;
  repliesTwice: number;
  repliesRepeated: number;
  wrongPlace: number;
}

interface Phase {
  name: string;
  instances: number;
  mailboxes: number;
  env: Record<string, string>;
}

const option = (name: string, fallback: string): string => {
  const at = process.argv.indexOf(`--${name}`);
  return at >= 0 ? process.argv[at + 1] : fallback;
};

/** mulberry32: the same seed makes the same run, as far as a run of several processes can be the same. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function main(): Promise<void> {
  const minutes = Number(option('minutes', '2'));
  const seed = Number(option('seed', String(Date.now() % 1_000_000)));
  const random = randomFrom(seed);
  console.log(`Soak for ${minutes} minutes, seed ${seed}`);
  const several = hasDovecot() && hasPostgres();
  const postgres = several ? await startPostgres() : null;
  const phases: Phase[] = [{ name: 'one process, SQLite', instances: 1, mailboxes: hasDovecot() ? 3 : 1, env: {} }];
  if (postgres) phases.push({ name: 'three processes, PostgreSQL', instances: 3, mailboxes: 20, env: postgres.env });
  const results: (Counts & { phase: string })[] = [];
  for (const phase of phases) {
    const counts = await runPhase(phase, (minutes * 60_000) / phases.length, random);
    results.push({ phase: phase.name, ...counts });
    console.log(`${phase.name}: ${Object.entries(counts).map(([name, count]) => `${name} ${count}`).join(', ')}`);
  }
  postgres?.stop();
  const names = ['kills', 'messages', 'lost', 'twice', 'replies', 'repliesLost', 'repliesTwice', 'repliesRepeated', 'wrongPlace'] as const;
  const total = Object.fromEntries(names.map((name) => [name, results.reduce((sum, counts) => sum + counts[name], 0)])) as unknown as Counts;
  if (process.argv.includes('--json')) writeFileSync(option('json', ''), `${JSON.stringify({ seed, ...total, phases: results }, null, 2)}\n`);
  const failed = total.lost + total.twice + total.repliesLost + total.repliesTwice + total.wrongPlace;
  console.log(failed === 0 ? 'Nothing lost, nothing twice.' : `${failed} things went wrong.`);
  process.exitCode = failed === 0 ? 0 : 1;
}

const RULES = [
  { name: 'Delete', conditions: subjectContains('[delete]'), actions: [...CREATE_TICKET, { type: 'deleteMessage', config: {} }] },
  { name: 'Move', conditions: subjectContains('[move]'), actions: [...CREATE_TICKET, { type: 'moveToFolder', config: { folder: 'Processed' } }] },
  { name: 'Keep', actions: CREATE_TICKET },
];

function subjectContains(value: string) {
  return { combinator: 'and', rules: [{ field: 'subject', operator: 'contains', value }] };
}

async function runPhase(phase: Phase, durationMs: number, random: () => number): Promise<Counts> {
  const server = hasDovecot() ? await startDovecot() : await startHoodiecrow();
  const sink = await startSmtpSink();
  const folder = mkdtempSync(path.join(tmpdir(), 'soak-'));
  const users = Array.from({ length: phase.mailboxes }, (_, index) => `desk${index}@example.com`);
  await inOneProcess(phase, folder, (app) => setUp(app, server, sink, users));
  const fleet = await createFleet({ ...phase.env, SOAK_FOLDER: folder });
  try {
    const world = { server, sink, users, subjects: new Map<string, string>(), comments: new Set<string>() };
    const kills = await storm(phase, fleet, world, durationMs, random);
    await fleet.end();
    const counts = await inOneProcess(phase, folder, (app) => settleAndCount(app, world));
    return { kills, ...counts };
  } finally {
    await fleet.end();
    await sink.stop();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function inOneProcess<T>(phase: Phase, folder: string, work: (app: TestStrapi) => Promise<T>): Promise<T> {
  const app = await startStrapi({ folder, env: { DATABASE_CLIENT: 'sqlite', ...phase.env, MAIL_SCANNER_SCHEDULE: 'false' } });
  try {
    return await work(app);
  } finally {
    await app.stop();
  }
}

async function setUp(app: TestStrapi, server: TestMailServer, sink: SmtpSink, users: string[]): Promise<void> {
  await setUpOutgoing(app, sink, { fromAddress: users[0] });
  for (const user of users) {
    const { documentId } = await addScanner(app, server, RULES, { name: user, username: user, scanEvery: 1 });
    await app.api('PUT', `/scanners/${documentId}`, { active: true });
  }
}

interface World {
  server: TestMailServer;
  sink: SmtpSink;
  users: string[];
  /** The mailbox of every message sent, by its subject, which no other has. */
  subjects: Map<string, string>;
  /** The texts of public comments that were accepted by the API. */
  comments: Set<string>;
}

/** Mail in, answers out, and kills, until the time is over. Returns how many processes were killed. */
async function storm(phase: Phase, fleet: { start(): Instance }, world: World, durationMs: number, random: () => number): Promise<number> {
  const end = Date.now() + durationMs;
  let kills = 0;
  let seasick = false;
  const senders = (async () => {
    while (Date.now() < end && !seasick) {
      await sendSome(world, random);
      await sleep(100 + random() * 400);
    }
  })();
  const lives = Array.from({ length: phase.instances }, async () => {
    while (Date.now() < end) {
      const instance = fleet.start();
      const base = await instance.base.catch(() => null);
      if (base) await liveFor(base, 300 + random() * 4000, world, random);
      await instance.kill();
      kills += 1;
    }
  });
  await Promise.all(lives);
  seasick = true;
  await senders;
  return kills;
}

const KINDS = ['', '[move] ', '[delete] '];

async function sendSome({ server, users, subjects }: World, random: () => number): Promise<void> {
  const user = users[Math.floor(random() * users.length)];
  const batch = Array.from({ length: 1 + Math.floor(random() * 25) }, () => `${KINDS[Math.floor(random() * KINDS.length)]}Request ${subjects.size}-${Math.floor(random() * 1e9)}`);
  for (const subject of batch) subjects.set(subject, user);
  const sources = batch.map((subject) => mail({ subject, to: user, from: `customer${Math.floor(random() * 50)}@customer.test` }));
  await server.appendAll('INBOX', sources, { user });
}

/** An editor who answers tickets while the process lives: only what the API accepted has to arrive. */
async function liveFor(base: string, ms: number, { comments }: World, random: () => number): Promise<void> {
  const end = Date.now() + ms;
  try {
    const call = await signIn(base);
    while (Date.now() < end) {
      const tickets = await call('GET', `/tickets?pageSize=20&page=${1 + Math.floor(random() * 3)}`);
      const ticket = tickets[Math.floor(random() * tickets.length)];
      if (ticket) {
        const text = `Answer ${comments.size}-${Math.floor(random() * 1e9)}.`;
        await call('POST', `/tickets/${ticket.documentId}/comments`, { text, isPublic: true });
        comments.add(text);
      }
      await sleep(random() * 300);
    }
  } catch {
    await sleep(Math.max(0, end - Date.now()));
  }
}

async function signIn(base: string): Promise<(method: string, url: string, body?: unknown) => Promise<any>> {
  const fetchJson = async (url: string, method: string, body: unknown, token?: string) => {
    const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
    const response = await fetch(`${base}${url}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    if (!response.ok) throw new Error(`${method} ${url}: ${response.status}`);
    return ((await response.json()) as { data: any }).data;
  };
  const { token } = await fetchJson('/admin/login', 'POST', { email: 'admin@example.com', password: 'Passw0rd!test' });
  return (method, url, body) => fetchJson(`/mail-scanner${url}`, method, body, token);
}

// ---- Afterwards

async function settleAndCount(app: TestStrapi, world: World): Promise<Omit<Counts, 'kills'>> {
  const scanners = await app.api('GET', '/scanners');
  // The leases of the killed run out.
  await sleep(4000);
  for (const { documentId } of scanners) for (let round = 0; round < 3; round += 1) await app.api('POST', `/scanners/${documentId}/run`);
  await app.strapi.db.query('plugin::mail-scanner.delivery').updateMany({ where: { state: 'queued' }, data: { nextAttemptAt: new Date() } as never });
  await app.strapi.plugin('mail-scanner').service('outbox').deliver();
  await sleep(500);
  await app.strapi.plugin('mail-scanner').service('outbox').deliver();

  await tellFailures(app);
  const tickets = await titlesOf(app);
  const rows = await ledgerSubjects(app);
  const subjects = [...world.subjects.keys()];
  const idsOf = replyIds(world);
  const texts = [...world.comments];
  return {
    messages: subjects.length,
    lost: subjects.filter((subject) => !tickets.has(subject) || !rows.has(subject)).length,
    twice: subjects.filter((subject) => (tickets.get(subject) ?? 0) > 1 || (rows.get(subject) ?? 0) > 1).length,
    replies: texts.length,
    repliesLost: texts.filter((text) => !idsOf.has(text)).length,
    repliesTwice: texts.filter((text) => new Set(idsOf.get(text)).size > 1).length,
    repliesRepeated: texts.filter((text) => (idsOf.get(text)?.length ?? 0) > new Set(idsOf.get(text)).size).length,
    wrongPlace: await countMisplaced(world),
  };
}

/** Why messages did not become tickets: what an administrator would read in the scan log. */
async function tellFailures({ strapi }: TestStrapi): Promise<void> {
  const rows = await strapi.db.query('plugin::mail-scanner.message').findMany({ where: { outcome: { $notIn: ['processed', 'duplicate'] } }, limit: 10 });
  for (const { subject, outcome, reason } of rows) console.log(`  ${outcome}: "${subject}": ${reason}`);
}

const tally = (names: string[]): Map<string, number> => names.reduce((counts, name) => counts.set(name, (counts.get(name) ?? 0) + 1), new Map<string, number>());

async function titlesOf({ strapi }: TestStrapi): Promise<Map<string, number>> {
  const tickets = await strapi.db.query('plugin::mail-scanner.ticket').findMany({ select: ['title'] });
  return tally(tickets.map(({ title }) => title));
}

async function ledgerSubjects({ strapi }: TestStrapi): Promise<Map<string, number>> {
  const rows = await strapi.db.query('plugin::mail-scanner.message').findMany({ select: ['subject'], where: { outcome: 'processed' } });
  return tally(rows.map(({ subject }) => subject));
}

/** The Message-IDs under which the newest comment of a mail left, by the comment's text. */
function replyIds({ sink, comments }: World): Map<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const { parsed } of sink.mails) {
    // Newest first: the first one named is the one that the mail is about.
    const text = /Answer \d+-\d+\./.exec(parsed.text ?? '')?.[0];
    if (text && comments.has(text)) ids.set(text, [...(ids.get(text) ?? []), parsed.messageId ?? '']);
  }
  return ids;
}

/** Messages that are not where their rule puts them: moved, deleted, or read in the INBOX. */
async function countMisplaced({ server, users, subjects }: World): Promise<number> {
  let misplaced = 0;
  const subjectOf = (source: string) => /^Subject: (.*)$/m.exec(source)?.[1].trim() ?? '';
  for (const user of users) {
    const mine = [...subjects].filter(([, owner]) => owner === user).map(([subject]) => subject);
    const inbox = await server.messages('INBOX', user);
    const folders = await server.folders(user);
    const processed = folders.includes('Processed') ? await server.messages('Processed', user) : [];
    const read = new Set(inbox.filter(({ flags }) => flags.includes('\\Seen')).map(({ source }) => subjectOf(source)));
    const all = inbox.map(({ source }) => subjectOf(source));
    const moved = tally(processed.map(({ source }) => subjectOf(source)));
    for (const subject of mine) {
      if (subject.startsWith('[move]')) misplaced += moved.get(subject) === 1 && !all.includes(subject) ? 0 : 1;
      else if (subject.startsWith('[delete]')) misplaced += all.includes(subject) ? 1 : 0;
      else misplaced += read.has(subject) ? 0 : 1;
    }
  }
  return misplaced;
}

main().then(
  () => process.exit(),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
