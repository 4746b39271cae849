import { Worker } from 'node:worker_threads';
import { createTransport } from 'nodemailer';
import { setUpOutgoing } from '../tests/support/helpdesk';
import { removeFolder, startStrapi, type TestStrapi } from '../tests/support/strapi';
import { onEachDatabase } from './databases';
import { fillHelpdesk } from './helpdesk-data';

/**
 * How fast answers leave: the outbox with that many of them, next to nodemailer alone with a pool of as many connections that sends the very
 * same emails. The server that takes them runs in a thread of its own. `BENCH_DATABASES=sqlite` measures that one alone.
 */

const COUNT = Number(process.env.BENCH_SEND ?? 600);
const ROUNDS = 3;
const CONNECTIONS = 5;
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

async function measureDatabase(name: string, env: Record<string, string>): Promise<void> {
  const sink = await startSink();
  const app = await startStrapi({ env });
  try {
    const sizes = { tickets: COUNT, commentsPerTicket: 4, contacts: COUNT, accounts: 50, agents: 4, scanners: 2 };
    await fillHelpdesk(app.strapi, sizes);
    const ratios: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const { perSecond, statements, cpuMs } = await measureOutbox(app, sink);
      const floor = await measureNodemailer(app, sink);
      ratios.push((perSecond / floor.perSecond).toFixed(2));
      console.log(
        `${name.padEnd(10)} ${perSecond.toFixed(0).padStart(5)}/s   nodemailer ${floor.perSecond.toFixed(0).padStart(5)}/s   ratio ${ratios.at(-1)}   ` +
          `${(statements / COUNT).toFixed(2)} SQL a mail   ${cpuMs.toFixed(2)} ms CPU a mail, nodemailer ${floor.cpuMs.toFixed(2)}`,
      );
    }
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
  let statements = 0;
  const onQuery = () => void (statements += 1);
  app.strapi.db.connection.on('query', onQuery);
  const measured = await timed(() => app.strapi.plugin('mail-scanner').service('outbox').deliver());
  app.strapi.db.connection.removeListener('query', onQuery);
  if ((await sink.taken()) - before !== COUNT) throw new Error(`${(await sink.taken()) - before} of ${COUNT} emails left.`);
  return { ...measured, statements };
}

async function measureNodemailer({ strapi }: TestStrapi, { host, port }: Sink) {
  const mails = await strapi.db
    .query(UID('delivery'))
    .findMany({ where: { html: { $notNull: true } }, orderBy: { id: 'desc' }, limit: COUNT });
  const pool = createTransport({ pool: true, host, port, ignoreTLS: true, maxConnections: CONNECTIONS });
  const measured = await timed(() =>
    Promise.all(
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
    ),
  );
  pool.close();
  return measured;
}

async function timed(work: () => Promise<unknown>): Promise<{ perSecond: number; cpuMs: number }> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  await work();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: COUNT / seconds, cpuMs: (user + system) / 1000 / COUNT };
}

onEachDatabase(measureDatabase).then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
