import { Worker } from 'node:worker_threads';
import { createTransport } from 'nodemailer';
import { setUpOutgoing } from '../tests/support/helpdesk';
import { removeFolder, startStrapi, type TestStrapi } from '../tests/support/strapi';
import { onEachDatabase } from './databases';
import { fillHelpdesk } from './helpdesk-data';
import { costOf, median, type Cost } from './measure';
import { report, runBench } from './report';

/**
 * How fast answers leave: the outbox with that many of them, next to nodemailer alone with a pool of as many connections that sends the very
 * same emails. The server that takes them runs in a thread of its own. And how fast people's answers are taken by the admin API.
 * `BENCH_DATABASES=sqlite` measures that one alone.
 */

const COUNT = Number(process.env.BENCH_SEND ?? 600);
const ROUNDS = 3;
const CONNECTIONS = 5;
/** Answers by the admin API, and how many people write at once. */
const ANSWERS = Math.min(200, COUNT);
const PEOPLE = 4;
const UID = (type: string) => `plugin::mail-scanner.${type}` as never;

const SINK = `
const { parentPort } = require('node:worker_threads');
const { SMTPServer } = require('smtp-server');
let taken = 0;
const server = new SMTPServer({
  authOptional: true, hideSTARTTLS: true, disabledCommands: ['STARTTLS', 'AUTH'], disableReverseLookup: true, logger: false,
  onData(stream, session, done) { stream.resume(); stream.once('end', () => { taken += 1; done(); }); },
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage({ port: server.server.address().port }));
parentPort.on('message', () => parentPort.postMessage({ taken }));
`;

async function startSink(): Promise<{ host: string; port: number; taken(): Promise<number>; stop(): Promise<unknown> }> {
  const worker = new Worker(SINK, { eval: true });
  const answer = () => new Promise<any>((resolve) => worker.once('message', resolve));
  const { port } = await answer();
  return {
    host: '127.0.0.1',
    port,
    async taken() {
      const answered = answer();
      worker.postMessage('count');
      return (await answered).taken;
    },
    stop: () => worker.terminate(),
  };
}

async function measureDatabase(database: string, env: Record<string, string>): Promise<void> {
  const sink = await startSink();
  const app = await startStrapi({ env });
  try {
    const sizes = { tickets: COUNT, commentsPerTicket: 4, contacts: COUNT, accounts: 50, agents: 4, scanners: 2 };
    await fillHelpdesk(app.strapi, sizes);
    const rounds: { ours: Cost; floor: Cost }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const ours = await measureOutbox(app, sink);
      rounds.push({ ours, floor: await costOf(() => sendByNodemailer(app, sink)) });
    }
    const of = (value: (round: { ours: Cost; floor: Cost }) => number) => median(rounds.map(value));
    report({
      bench: 'send',
      database,
      what: 'answers that leave',
      value: COUNT / of(({ ours }) => ours.seconds),
      unit: '/s',
      floor: COUNT / of(({ floor }) => floor.seconds),
      ratio: of(({ ours, floor }) => floor.seconds / ours.seconds),
      target: '≥ 0.7',
      details: {
        'CPU ms': of(({ ours }) => ours.cpuMs / COUNT),
        'floor CPU ms': of(({ floor }) => floor.cpuMs / COUNT),
        SQL: of(({ ours }) => ours.statements / COUNT),
        commits: of(({ ours }) => ours.commits / COUNT),
      },
    });
    const answering = await measureAnswering(app);
    const asking = await measureAsking(app);
    report({
      bench: 'send',
      database,
      what: 'answers taken by the admin API',
      value: ANSWERS / answering.seconds,
      unit: '/s',
      floor: ANSWERS / asking.seconds,
      ratio: asking.seconds / answering.seconds,
      target: '≥ 200',
      details: {
        'CPU ms': answering.cpuMs / ANSWERS,
        'floor CPU ms': asking.cpuMs / ANSWERS,
        'floor SQL': asking.statements / ANSWERS,
        SQL: answering.statements / ANSWERS,
        commits: answering.commits / ANSWERS,
      },
    });
  } finally {
    await app.stop();
    await sink.stop();
    removeFolder(app.folder);
  }
}

interface Sink {
  host: string;
  port: number;
  taken(): Promise<number>;
}

async function measureOutbox(app: TestStrapi, sink: Sink) {
  await setUpOutgoing(app, sink as never);
  const before = await sink.taken();
  const deliveries = app.strapi.db.query(UID('delivery'));
  const due = (nextAttemptAt: Date) => deliveries.updateMany({ where: { state: 'queued' }, data: { nextAttemptAt } as never });
  await app.strapi.db.transaction(async () => {
    for (let ticket = 1; ticket <= COUNT; ticket += 1) {
      const text = `Thank you for your patience. The part has been ordered and comes on Tuesday.\n\nYours, the desk (${ticket})`;
      const data = { ticket, text, visibleText: text, isPublic: true, source: 'admin', user: 1, createdAt: new Date() };
      await app.strapi.db.query(UID('comment')).create({ data: data as never });
    }
    // None leaves before all are there.
    await due(new Date(Date.now() + 3_600_000));
  });
  await due(new Date());
  const cost = await costOf(() => app.strapi.plugin('mail-scanner').service('outbox').deliver(), app.strapi);
  if ((await sink.taken()) - before !== COUNT) throw new Error(`${(await sink.taken()) - before} of ${COUNT} emails left.`);
  return cost;
}

/** Each with an email that waits for a moment, as an answer in the inbox does: what is measured here is the taking alone. */
async function measureAnswering(app: TestStrapi): Promise<Cost> {
  const tickets = await app.strapi.db.query(UID('ticket')).findMany({ select: ['documentId'], limit: ANSWERS });
  const waiting = tickets.map(({ documentId }) => documentId as string);
  const answer = { text: 'Thank you for your patience. The part has been ordered and comes on Tuesday.', isPublic: true, undoable: true };
  return byPeople(app, waiting, (ticket) => app.api('POST', `/tickets/${ticket}/comments`, answer));
}

/** What Strapi takes for any call of an administrator: this one answers who that is, and does nothing else. */
const measureAsking = (app: TestStrapi): Promise<Cost> =>
  byPeople(app, Array.from({ length: ANSWERS }), () => app.api('GET', '/admin/users/me'));

function byPeople<T>(app: TestStrapi, work: T[], call: (each: T) => Promise<unknown>): Promise<Cost> {
  const waiting = [...work];
  const person = async () => {
    while (waiting.length > 0) await call(waiting.shift()!);
  };
  return costOf(() => Promise.all(Array.from({ length: PEOPLE }, person)), app.strapi);
}

async function sendByNodemailer({ strapi }: TestStrapi, { host, port }: Sink): Promise<void> {
  const mails = await strapi.db
    .query(UID('delivery'))
    .findMany({ where: { html: { $notNull: true } }, orderBy: { id: 'desc' }, limit: COUNT });
  const pool = createTransport({ pool: true, host, port, ignoreTLS: true, maxConnections: CONNECTIONS });
  await Promise.all(
    mails.map(({ fromAddress, fromName, to, cc, subject, html, text, headers, messageId }: any) =>
      pool.sendMail({
        from: { address: fromAddress, name: fromName },
        to,
        cc,
        subject,
        html,
        text,
        headers,
        messageId: `<${messageId}>`,
      }),
    ),
  );
  pool.close();
}

runBench(async () => void (await onEachDatabase(measureDatabase)));
