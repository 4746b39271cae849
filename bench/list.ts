import { removeFolder, startStrapi, type TestStrapi } from '../tests/support/strapi';
import { onEachDatabase } from './databases';
import { COMMON_WORD, fillHelpdesk, RARE_WORD, TAGS, TEAM } from './helpdesk-data';
import { median } from './measure';
import { report, runBench } from './report';

/**
 * How long the pages of a helpdesk with 10,000 tickets, five times as many comments and as many rows of scan log take, over HTTP, on SQLite and,
 * where they are installed, PostgreSQL and MariaDB. Each next to the floor of the same run: a request of the panel that reads a dozen rows.
 * `--scale` makes it a million tickets, BENCH_TICKETS another multiple of 10,000. `BENCH_DATABASES=postgres,mariadb` measures those alone,
 * `BENCH_REQUESTS=search` the requests with that in their name.
 */

const TICKETS = Number(process.env.BENCH_TICKETS ?? 10_000);
const SIZES = {
  tickets: TICKETS,
  commentsPerTicket: 5,
  contacts: Math.ceil(TICKETS / 5),
  accounts: Math.ceil(TICKETS / 50),
  agents: 12,
  scanners: 5,
};
/** Of as many, one may be slower than the 95th percentile. */
const REPEATS = 20;
/** As many of the slowest have a line of their own. */
const SLOWEST = 3;

const FLOOR = '/tickets/assignees';
const DEEP = Math.floor(TICKETS / 20);
const REQUESTS: [name: string, path: string][] = [
  ...['mine', 'unassigned', 'open', 'waiting', 'all', 'closed'].map((view): [string, string] => [`view ${view}`, `/tickets?view=${view}`]),
  ...['lastActivityAt:asc', 'createdAt:desc', 'createdAt:asc', 'ticketNumber:asc', 'ticketNumber:desc'].map((sort): [string, string] => [
    `all, sort ${sort}`,
    `/tickets?view=all&sort=${sort}`,
  ]),
  ['all, page 100 of 20', '/tickets?view=all&page=100'],
  ['all, last page', `/tickets?view=all&page=${DEEP}`],
  ['closed, page 2,000', '/tickets?view=closed&page=2000'],
  ...['all', 'open', 'unassigned'].map((view): [string, string] => [`${view}, sort dueAt:desc`, `/tickets?view=${view}&sort=dueAt:desc`]),
  ['unassigned, oldest first', '/tickets?view=unassigned&sort=createdAt:asc'],
  ['filter status', '/tickets?view=all&status=Open'],
  ['filter priority', '/tickets?view=all&priority=Urgent'],
  ['filter assignee', '/tickets?view=all&assignee=5'],
  ['filter nobody', '/tickets?view=all&assignee=none'],
  ['filter scanner', '/tickets?view=all&scanner=SCANNER'],
  ['filter common tag', `/tickets?view=all&tag=${TAGS.common}`],
  ['filter rare tag', `/tickets?view=all&tag=${TAGS.rare}`],
  ['filter tag of long ago', `/tickets?view=all&tag=${TAGS.old}`],
  ['filter team', `/tickets?view=all&team=${TEAM}`],
  ['filter account', '/tickets?view=all&account=ACCOUNT'],
  ['filter contact', '/tickets?view=all&contact=CONTACT'],
  ['filter since', '/tickets?view=all&since=2026-11-01T00:00:00Z'],
  ['filter until, open', '/tickets?view=open&until=2026-10-01T00:00:00Z'],
  ['search a number', '/tickets?view=all&search=TT51001'],
  ['search bare digits', '/tickets?view=all&search=51001'],
  ['search a rare word', `/tickets?view=all&search=${RARE_WORD}`],
  ['search a common word', `/tickets?view=all&search=${COMMON_WORD}`],
  ['search two words, open', `/tickets?view=open&search=${COMMON_WORD}%20broken`],
  ['search what thousands of words begin with', '/tickets?view=all&search=p'],
  ['search nothing has', '/tickets?view=all&search=quuxfoo'],
  ['search an address', '/tickets?view=all&search=person77%40company'],
  ['search a contact', '/tickets?view=all&search=first77%20last77'],
  ['search an account', '/tickets?view=all&search=company%201777'],
  ['summary (badge)', '/tickets/summary'],
  ['a ticket', '/tickets/TICKET'],
  ['outbox', '/deliveries'],
  ['outbox, failed', '/deliveries?state=failed'],
  ['outbox, sent', '/deliveries?state=sent'],
  ['outbox, bounced', '/deliveries?state=bounced'],
  ['contacts', '/contacts'],
  ['contacts, last page', `/contacts?page=${Math.ceil(TICKETS / 100)}`],
  ['contacts, search', '/contacts?search=person77'],
  ['contacts, by last message', '/contacts?sort=lastMessage'],
  ['accounts', '/accounts'],
  ['log', '/messages'],
  ['log, last page', `/messages?page=${DEEP * 5}`],
  ['log, failed', '/messages?outcome=failed'],
  ['log, processed', '/messages?outcome=processed'],
  ['log, scanner', '/messages?scanner=SCANNER'],
  ['log, failed of a scanner', '/messages?outcome=failed&scanner=SCANNER'],
  ['log, ticket', '/messages?ticket=TICKET'],
  ['log, since', '/messages?since=2026-11-01T00:00:00Z'],
  ['log, search', '/messages?search=person77%40company'],
  ['report of 30 days', '/reports?since=2026-10-25&until=2026-11-24'],
  ['report of a tag', `/reports?since=2026-10-25&until=2026-11-24&tag=${TAGS.common}`],
  ['log, search nothing has', '/messages?search=quuxfoo'],
];

async function measureDatabase(database: string, env: Record<string, string>): Promise<void> {
  const { folder } = await filled(env);
  const app = await startStrapi({ env, folder });
  try {
    // The first requests after a start are slower than those that follow, and what follows is what is measured.
    await timesOf(app, FLOOR);
    const floor = (await timesOf(app, FLOOR)).median;
    const figures: { name: string; median: number; p95: number }[] = [];
    for (const [name, path] of REQUESTS.filter(([name]) => name.includes(process.env.BENCH_REQUESTS ?? '')))
      figures.push({ name, ...(await timesOf(app, await withIds(app, path))) });
    figures.sort((one, other) => other.p95 - one.p95);
    const shared = { bench: 'lists', database, unit: 'ms', floor };
    const middle = median(figures.map((figure) => figure.median));
    const details = Object.fromEntries(figures.map((figure) => [figure.name, figure.p95]));
    report({ ...shared, what: `${figures.length} pages of ${TICKETS} tickets`, value: middle, ratio: floor / middle, details });
    for (const { name, p95 } of figures.slice(0, SLOWEST))
      report({ ...shared, what: `95th percentile: ${name}`, value: p95, ratio: floor / p95, target: '≤ 100' });
  } finally {
    await app.stop();
    removeFolder(app.folder);
  }
}

/** By a Strapi of its own: who signs in before a million tickets are made is signed out when they are there. */
async function filled(env: Record<string, string>): Promise<{ folder: string }> {
  const app = await startStrapi({ env });
  try {
    await fillHelpdesk(app.strapi, SIZES);
  } finally {
    await app.stop();
  }
  return app;
}

async function withIds({ strapi }: TestStrapi, path: string): Promise<string> {
  const [placeholder] = path.match(/[A-Z]{5,}$/) ?? [];
  if (!placeholder) return path;
  const record = await strapi.db.query(`plugin::mail-scanner.${placeholder.toLowerCase()}` as never).findOne({ where: { id: 3 } });
  return path.replace(placeholder, record.documentId);
}

async function timesOf(app: TestStrapi, path: string): Promise<{ median: number; p95: number }> {
  const times: number[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    const started = performance.now();
    await app.api('GET', path);
    times.push(performance.now() - started);
  }
  times.sort((one, other) => one - other);
  return { median: median(times), p95: times[Math.ceil(REPEATS * 0.95) - 1] };
}

runBench(async () => void (await onEachDatabase(measureDatabase)));
