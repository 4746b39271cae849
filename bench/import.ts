import { ImapFlow } from 'imapflow';
import { simpleParser } from 'mailparser';
import { hasDovecot, startDovecot } from '../tests/support/dovecot';
import { addScanner, setUpOutgoing } from '../tests/support/helpdesk';
import { startHoodiecrow } from '../tests/support/hoodiecrow';
import type { TestMailServer } from '../tests/support/mail-server';
import { startSmtpSink } from '../tests/support/smtp-sink';
import { removeFolder, startStrapi, type TestStrapi } from '../tests/support/strapi';
import { onEachDatabase } from './databases';
import { costOf, median, type Cost } from './measure';
import { mailsOfFolder, newMessage, renumbered, reply } from './messages';
import { report, runBench } from './report';

/**
 * How fast the product imports 1,000 new messages of 200 senders, and 1,000 replies to the tickets that came of them, next to the floor
 * of the same run: imapflow's fetch and mailparser alone. The first import after a boot stands by itself. BENCH_MAILS names a folder of .eml
 * files to be imported as new mail in place of made ones; BENCH_COUNT and BENCH_ROUNDS say how many.
 *
 * On a machine that does other work besides, messages per second say little; the CPU time of the process, all of its threads, does.
 */

const COUNT = Number(process.env.BENCH_COUNT ?? 1000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const SENDERS = 200;

const TARGETS: Record<string, [ofNew: string, ofReplies: string]> = {
  SQLite: ['≥ 0.8', '≥ 0.9'],
  PostgreSQL: ['≥ 0.6', '≥ 0.65'],
  MariaDB: ['≥ 0.7', '≥ 0.75'],
};

type Measured = Cost & { floor: Cost };

async function main(): Promise<void> {
  const server = hasDovecot() ? await startDovecot() : await startHoodiecrow();
  try {
    await onEachDatabase((database, env) => measureDatabase(server, database, env));
  } finally {
    await server.stop();
  }
}

async function measureDatabase(server: TestMailServer, database: string, env: Record<string, string>): Promise<void> {
  const sink = await startSmtpSink();
  const app = await startStrapi({ env });
  try {
    await setUpOutgoing(app, sink);
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measureRound(app, server, database, round));
    const warm = rounds.slice(ROUNDS > 1 ? 1 : 0);
    const [ofNew, ofReplies] = TARGETS[database];
    tell(database, 'new mail, first after a boot', [rounds[0].ofNew], 'within 15 %');
    tell(
      database,
      'new mail',
      warm.map((round) => round.ofNew),
      ofNew,
    );
    tell(
      database,
      'replies',
      warm.map((round) => round.ofReplies),
      ofReplies,
    );
  } finally {
    await app.stop();
    await sink.stop();
    removeFolder(app.folder);
  }
}

async function measureRound(app: TestStrapi, server: TestMailServer, database: string, round: number) {
  const given = mailsOfFolder();
  const mails = Array.from({ length: COUNT }, (_, index) =>
    given ? renumbered(given[index % given.length], `${database}-${round}-${index}`) : newMessage(round, index, SENDERS),
  );
  const ofNew = await importOf(app, server, `${database}${round}`, mails, given !== null);
  const tickets = await app.strapi.db
    .query('plugin::mail-scanner.ticket')
    .findMany({ where: { contact: { email: { $notNull: true } } }, orderBy: { id: 'desc' }, limit: COUNT, populate: { contact: true } });
  const replies = tickets.map((ticket, index) => reply(round, index, ticket));
  return { ofNew, ofReplies: await importOf(app, server, `${database}${round}replies`, replies, given !== null) };
}

async function importOf(app: TestStrapi, server: TestMailServer, folder: string, mails: string[], anyMail: boolean): Promise<Measured> {
  await server.createFolder(folder);
  await server.appendAll(folder, mails);
  const scanner = await addScanner(app, server, [{ folders: [folder] }], { name: folder });
  const before = await costOf(() => floor(server, folder));
  const { result, ...cost } = await costOf(() => app.api('POST', `/scanners/${scanner.documentId}/run`, { unread: 'take' }), app.strapi);
  if (result.scanned !== mails.length || (!anyMail && result.byOutcome.processed !== mails.length))
    throw new Error(`Not all were imported: ${JSON.stringify(result)}`);
  const after = await costOf(() => floor(server, folder));
  const floorCost = { ...before, seconds: (before.seconds + after.seconds) / 2, cpuMs: (before.cpuMs + after.cpuMs) / 2 };
  return perMail(cost, floorCost, mails.length);
}

function perMail(cost: Cost, floorCost: Cost, count: number): Measured {
  const each = (of: Cost): Cost => ({
    ...of,
    seconds: of.seconds / count,
    cpuMs: of.cpuMs / count,
    mainThreadMs: of.mainThreadMs === null ? null : of.mainThreadMs / count,
    statements: of.statements / count,
    commits: of.commits / count,
  });
  return { ...each(cost), floor: each(floorCost) };
}

function tell(database: string, what: string, rounds: Measured[], target: string): void {
  const of = (value: (round: Measured) => number | null) => median(rounds.map((round) => value(round) ?? NaN));
  const [value, floorValue] = [1 / of(({ seconds }) => seconds), 1 / of(({ floor }) => floor.seconds)];
  report({
    bench: 'import',
    database,
    what,
    value,
    unit: '/s',
    floor: floorValue,
    ratio: of(({ seconds, floor }) => floor.seconds / seconds),
    target,
    details: {
      'CPU ms': of(({ cpuMs }) => cpuMs),
      'floor CPU ms': of(({ floor }) => floor.cpuMs),
      'main thread ms': of(({ mainThreadMs }) => mainThreadMs),
      SQL: of(({ statements }) => statements),
      commits: of(({ commits }) => commits),
      'loop p99 ms': of(({ loopP99Ms }) => loopP99Ms),
      'loop max ms': of(({ loopMaxMs }) => loopMaxMs),
    },
  });
}

/** Fetching all sources with one FETCH and parsing each with mailparser, and nothing else. */
async function floor(server: TestMailServer, folder: string): Promise<void> {
  const { host, port, username } = server.settings();
  const client = new ImapFlow({ host, port, secure: false, doSTARTTLS: false, auth: { user: username, pass: 'secret' }, logger: false });
  await client.connect();
  await client.mailboxOpen(folder, { readOnly: true });
  for await (const message of client.fetch('1:*', { uid: true, source: true }, { uid: true })) await simpleParser(message.source!);
  await client.logout();
}

runBench(main);
