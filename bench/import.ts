import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ImapFlow } from 'imapflow';
import { simpleParser } from 'mailparser';
import { hasDovecot, startDovecot } from '../tests/support/dovecot';
import { addScanner, setUpOutgoing } from '../tests/support/helpdesk';
import { startHoodiecrow } from '../tests/support/hoodiecrow';
import type { TestMailServer } from '../tests/support/mail-server';
import { startSmtpSink } from '../tests/support/smtp-sink';
import { removeFolder, startStrapi, type TestStrapi } from '../tests/support/strapi';
import { newMessage, reply } from './messages';

/**
 * How fast the product imports 1,000 new messages of 200 senders, and 1,000 answers to the tickets that came of them, next to
 * the floor measured in the same run: imapflow's fetch and mailparser alone, which no product built on them can beat by much on
 * one core. And Strapi's own floor: the same records written one by one through the Document Service, with nothing else.
 * `npm run bench -- --json FILE` writes the figures as data.
 *
 * On a machine that does other work besides, messages per second say little: a scan uses two cores, the floor one. The CPU time of
 * the main thread, which is what a scan runs out of first, is told next to it (on Linux).
 */

const COUNT = Number(process.env.BENCH_COUNT ?? 1000);
const SENDERS = 200;
const ROUNDS = 3;

interface Figures {
  perSecond: number;
  floorPerSecond: number;
  ratio: number;
  /** CPU time of the main thread a message, in milliseconds, and that of the floor; null where the system does not tell. */
  mainThreadMs: number | null;
  floorMainThreadMs: number | null;
  sqlPerMessage: number;
  /** What the process held at most beyond what it held before, heap and buffers, garbage included. */
  bytesHeldPerMessage: number;
}

const jsonFile = jsonFileAsked();

async function main(): Promise<void> {
  const server = hasDovecot() ? await startDovecot() : await startHoodiecrow();
  const sink = await startSmtpSink();
  const app = await startStrapi();
  try {
    await setUpOutgoing(app, sink);
    const rounds: { importNew: Figures; importReplies: Figures }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measureRound(app, server, round));
    const strapiFloor = await strapisOwnFloor(app);
    report(server.name, rounds, strapiFloor);
  } finally {
    await app.stop();
    await sink.stop();
    await server.stop();
    removeFolder(app.folder);
  }
}

async function measureRound(app: TestStrapi, server: TestMailServer, round: number) {
  const folder = `Round${round}`;
  await server.createFolder(folder);
  const messages = Array.from({ length: COUNT }, (_, index) => newMessage(round, index, SENDERS));
  await server.appendAll(folder, messages);
  const scanner = await addScanner(app, server, [{ folders: [folder] }], { name: folder });
  const importNew = await measure(app, server, folder, scanner.documentId);

  const answers = await repliesTo(app, round);
  const replies = `Replies${round}`;
  await server.createFolder(replies);
  await server.appendAll(replies, answers);
  const second = await addScanner(app, server, [{ folders: [replies] }], { name: replies });
  const importReplies = await measure(app, server, replies, second.documentId);
  return { importNew, importReplies };
}

async function repliesTo(app: TestStrapi, round: number): Promise<string[]> {
  const tickets = await app.strapi.db
    .query('plugin::mail-scanner.ticket')
    .findMany({ orderBy: { id: 'desc' }, limit: COUNT, populate: { contact: true } });
  return tickets.map((ticket, index) => reply(round, index, ticket));
}

async function measure(app: TestStrapi, server: TestMailServer, folder: string, scanner: string): Promise<Figures> {
  const floorBefore = await floor(server, folder);
  let statements = 0;
  const onQuery = () => void (statements += 1);
  app.strapi.db.connection.on('query', onQuery);
  const memory = watchMemory();
  const { seconds, mainThreadMs, result } = await timed(() => app.api('POST', `/scanners/${scanner}/run`));
  const peak = memory.stop();
  app.strapi.db.connection.removeListener('query', onQuery);
  if (result.scanned !== COUNT || result.byOutcome.processed !== COUNT) throw new Error(`Not all were imported: ${JSON.stringify(result)}`);
  const floorAfter = await floor(server, folder);
  const floorPerSecond = (floorBefore.perSecond + floorAfter.perSecond) / 2;
  const perSecond = COUNT / seconds;
  return {
    perSecond,
    floorPerSecond,
    ratio: perSecond / floorPerSecond,
    mainThreadMs: mainThreadMs === null ? null : mainThreadMs / COUNT,
    floorMainThreadMs: floorBefore.mainThreadMs === null ? null : (floorBefore.mainThreadMs + floorAfter.mainThreadMs!) / 2,
    sqlPerMessage: statements / COUNT,
    bytesHeldPerMessage: peak / COUNT,
  };
}

async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; mainThreadMs: number | null; result: T }> {
  const cpu = mainThreadCpuMs();
  const started = process.hrtime.bigint();
  const result = await work();
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  return { seconds, mainThreadMs: cpu === null ? null : mainThreadCpuMs()! - cpu, result };
}

function mainThreadCpuMs(): number | null {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return null;
  }
}

/** Fetching all sources with one FETCH and parsing each with mailparser, and nothing else. */
async function floor(server: TestMailServer, folder: string): Promise<{ perSecond: number; mainThreadMs: number | null }> {
  const { host, port, username } = server.settings();
  const client = new ImapFlow({ host, port, secure: false, doSTARTTLS: false, auth: { user: username, pass: 'secret' }, logger: false });
  await client.connect();
  await client.mailboxOpen(folder, { readOnly: true });
  let count = 0;
  const { seconds, mainThreadMs } = await timed(async () => {
    for await (const message of client.fetch('1:*', { uid: true, source: true }, { uid: true })) {
      await simpleParser(message.source!);
      count += 1;
    }
  });
  await client.logout();
  return { perSecond: count / seconds, mainThreadMs: mainThreadMs === null ? null : mainThreadMs / count };
}

/** Records per second: a ticket and a comment for each message, and a contact for each sender, one by one. */
async function strapisOwnFloor({ strapi }: TestStrapi): Promise<number> {
  const started = process.hrtime.bigint();
  const contacts: number[] = [];
  for (let index = 0; index < COUNT / 5; index += 1) {
    if (index < SENDERS / 5) {
      const contact = await strapi
        .documents('plugin::mail-scanner.contact')
        .create({ data: { email: `floor${index}@customer.test`, lastName: 'Floor' } as never });
      contacts.push(contact.id as number);
    }
    const contact = contacts[index % (SENDERS / 5)];
    const ticket = await strapi
      .documents('plugin::mail-scanner.ticket')
      .create({ data: { title: `Floor ${index}`, description: 'x'.repeat(400), contact } as never });
    const data = { ticket: ticket.id, contact, text: 'x'.repeat(400), visibleText: 'x'.repeat(400), isPublic: true, source: 'email' };
    await strapi.documents('plugin::mail-scanner.comment').create({ data: data as never });
  }
  return COUNT / 5 / (Number(process.hrtime.bigint() - started) / 1e9);
}

function watchMemory(): { stop(): number } {
  const held = () => {
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  global.gc?.();
  const before = held();
  let peak = before;
  const timer = setInterval(() => (peak = Math.max(peak, held())), 20);
  return {
    stop() {
      clearInterval(timer);
      return peak - before;
    },
  };
}

const median = (values: number[]): number => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];

function medians(rounds: Figures[]): Figures {
  const names = Object.keys(rounds[0]) as (keyof Figures)[];
  const of = (name: keyof Figures) => rounds.map((round) => round[name]);
  const entries = names.map((name) => [name, of(name).includes(null) ? null : Number(median(of(name) as number[]).toFixed(3))]);
  return Object.fromEntries(entries) as Figures;
}

function report(server: string, rounds: { importNew: Figures; importReplies: Figures }[], strapiFloor: number): void {
  const result = {
    importNew: medians(rounds.map((round) => round.importNew)),
    importReplies: medians(rounds.map((round) => round.importReplies)),
  };
  console.log(`${COUNT} messages of ${SENDERS} senders, ${ROUNDS} rounds, medians; ${server}, SQLite, Node ${process.version}`);
  for (const [name, figures] of Object.entries(result)) {
    console.log(
      `${name.padEnd(14)} ${figures.perSecond.toFixed(0).padStart(6)}/s   floor ${figures.floorPerSecond.toFixed(0).padStart(6)}/s   ratio ${figures.ratio.toFixed(2)}   ` +
        `${figures.sqlPerMessage.toFixed(2)} SQL a message   ${(figures.bytesHeldPerMessage / 1024).toFixed(1)} KiB held a message`,
    );
    const { mainThreadMs, floorMainThreadMs } = figures;
    if (mainThreadMs !== null) {
      const share = floorMainThreadMs! / mainThreadMs;
      console.log(
        `${''.padEnd(14)} main thread: ${mainThreadMs.toFixed(3)} ms a message, floor ${floorMainThreadMs!.toFixed(3)} ms, ratio ${share.toFixed(2)}`,
      );
    }
    console.log(`${''.padEnd(14)} rounds: ${rounds.map((round) => round[name as keyof typeof result].ratio.toFixed(2)).join(', ')}`);
  }
  console.log(`Strapi's own floor, the records alone, one by one: ${strapiFloor.toFixed(0)} messages/s`);
  if (jsonFile === null) return;
  mkdirSync(path.dirname(jsonFile), { recursive: true });
  writeFileSync(jsonFile, `${JSON.stringify({ ...result, strapiFloorPerSecond: Number(strapiFloor.toFixed(3)) }, null, 2)}\n`);
}

/** Where `--json FILE` wants the figures; a relative path counts from where npm was called. Known before anything is measured. */
function jsonFileAsked(): string | null {
  const at = process.argv.indexOf('--json');
  if (at < 0) return null;
  const file = process.argv[at + 1];
  if (!file) throw new Error('Name the file for the figures: npm run bench -- --json FILE');
  return path.resolve(process.env.INIT_CWD ?? process.cwd(), file);
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
