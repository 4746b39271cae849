import { setTimeout as sleep } from 'node:timers/promises';
import { openMailbox } from '../server/services/scanner/access';
import { startGraphDesk } from '../tests/support/graph-desk';
import { addScanner, mail } from '../tests/support/helpdesk';
import { removeFolder, startStrapi, type TestStrapi } from '../tests/support/strapi';
import { report, runBench } from './report';

/**
 * How fast a mailbox is read and answers leave by Microsoft Graph, on a stand-in where each request takes 50 ms, four run at once at most and
 * 30 emails leave a minute. The floor is what the same requests take, four at once. BENCH_COUNT emails are read, for BENCH_MINUTES answers leave. With a larger
 * BENCH_REQUEST_MS, what the machine has to do beside the requests weighs less.
 */

const DESK = 'desk@contoso.test';
const COUNT = Number(process.env.BENCH_COUNT ?? 1000);
const MINUTES = Number(process.env.BENCH_MINUTES ?? 1);
const REQUEST_MS = Number(process.env.BENCH_REQUEST_MS ?? 50);
const AT_ONCE = 4;
const A_MINUTE = 30;
const TEXT = 'The parcel came without the cable that stands on the list. '.repeat(66);

type Desk = Awaited<ReturnType<typeof startGraphDesk>>;

async function timed(desk: Desk, work: () => Promise<unknown>) {
  const { graph } = desk;
  graph.requests.length = 0;
  graph.ways.delayMs = REQUEST_MS;
  const started = performance.now();
  const cpu = process.cpuUsage();
  await work();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  graph.ways.delayMs = 0;
  const refused = graph.requests.filter(({ status }) => status >= 400).length;
  return {
    seconds,
    floor: (graph.requests.length * REQUEST_MS) / AT_ONCE / 1000,
    requests: graph.requests.length,
    refused,
    cpu: (user + system) / 1e6,
  };
}

function tell(what: string, { seconds, floor, requests, refused, cpu }: Awaited<ReturnType<typeof timed>>): void {
  // Of the stand-in, too. As much as the seconds: the machine is what one waits for.
  const details = { requests, refused, cpuSeconds: cpu };
  report({ bench: 'graph', database: 'SQLite', what, value: seconds, unit: 's', floor, ratio: floor / seconds, target: '≥ 0.83', details });
}

async function read(app: TestStrapi, desk: Desk): Promise<void> {
  await desk.setUpOutgoing(app);
  const scanner = await addScanner(app, desk.box);
  const from = (index: number) => `customer${index % 200}@customer.test`;
  const sources = Array.from({ length: COUNT }, (_, index) => mail({ from: from(index), subject: `Request ${index}`, text: TEXT }));
  await desk.box.appendAll('INBOX', sources);
  const row = await app.strapi.db
    .query('plugin::mail-scanner.scanner')
    .findOne({ where: { documentId: scanner.documentId }, populate: { authorization: true } });
  const mailbox = await openMailbox(app.strapi, row);
  await mailbox.open('INBOX');
  const refs = await mailbox.list({ type: 'unread' });
  const fetchAll = async () => {
    let count = 0;
    for await (const { truncated } of mailbox.fetch(refs, { maxBytes: 1e7 })) count += truncated ? 0 : 1;
    if (count !== COUNT) throw new Error(`${count} of ${COUNT} emails came.`);
  };
  tell(`${COUNT} emails of 4 kB fetched`, await timed(desk, fetchAll));
  await mailbox.close();
  const scan = async () => {
    const { error } = await app.api('POST', `/scanners/${scanner.documentId}/run`);
    if (error) throw new Error(error.message);
  };
  tell(`${COUNT} emails to tickets, and read`, await timed(desk, scan));
  const tickets = await app.strapi.db.query('plugin::mail-scanner.ticket').count();
  if (tickets !== COUNT) throw new Error(`${tickets} tickets of ${COUNT} emails.`);
}

/** As in a shop whose answers never end: more wait than may leave. */
async function send(app: TestStrapi, desk: Desk): Promise<void> {
  const { graph } = desk;
  graph.ways.sendsAMinute = A_MINUTE;
  graph.requests.length = 0;
  const tickets = await app.strapi.db.query('plugin::mail-scanner.ticket').findMany({ limit: A_MINUTE * (MINUTES + 1) });
  for (const { documentId } of tickets)
    await app.api('POST', `/tickets/${documentId}/comments`, { text: 'The cable is on its way.', isPublic: true });
  graph.ways.delayMs = REQUEST_MS;
  // Beside the alarm that the outbox sets itself, the beats of every ten seconds.
  const beats = setInterval(() => void app.strapi.plugin('mail-scanner').service('outbox').deliver(), 10_000);
  // They leave at the beginning of each minute: until the first of the next one.
  const whole = MINUTES * A_MINUTE;
  const last = Date.now() + (MINUTES + 1) * 60_000;
  while (graph.delivered.length <= whole && Date.now() < last) await sleep(100);
  clearInterval(beats);
  if (graph.delivered.length <= whole) throw new Error(`${graph.delivered.length} answers left in ${MINUTES + 1} minutes.`);
  const refused = graph.requests.filter(({ status }) => status >= 400).length;
  const value = whole / ((graph.delivered[whole].at - graph.delivered[0].at) / 60_000);
  report({
    bench: 'graph',
    database: 'SQLite',
    what: 'answers a minute, sustained',
    value,
    unit: '',
    target: '≥ 29',
    details: { left: graph.delivered.length, refused },
  });
}

runBench(async () => {
  const desk = await startGraphDesk(DESK);
  // Beside other work a process may stand still for the few seconds that a lease lasts in tests.
  const app = await startStrapi({ env: { ...desk.env, MAIL_SCANNER_LEASE_SECONDS: '30' } });
  try {
    await read(app, desk);
    if (MINUTES > 0) await send(app, desk);
  } finally {
    await app.stop();
    await desk.stop();
    removeFolder(app.folder);
  }
});
