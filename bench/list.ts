import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { removeFolder, startStrapi, type TestStrapi } from '../tests/support/strapi';
import { onEachDatabase } from './databases';
import { COMMON_WORD, fillHelpdesk, RARE_WORD, TAGS } from './helpdesk-data';

/**
 * How long the pages of a helpdesk with 100,000 tickets, 500,000 comments and 500,000 rows of scan log take, over HTTP, on SQLite and, where they
 * are installed, PostgreSQL and MariaDB. Each next to the floor of the same run: a request of the panel that reads a dozen rows.
 * `npm run bench -- --json FILE` writes the figures as data, too. `BENCH_DATABASES=postgres,mariadb` measures those alone, `BENCH_REQUESTS=search`
 * the requests with that in their name.
 */

const TICKETS = Number(process.env.BENCH_TICKETS ?? 100_000);
const SIZES = {
  tickets: TICKETS,
  commentsPerTicket: 5,
  contacts: Math.ceil(TICKETS / 5),
  accounts: Math.ceil(TICKETS / 50),
  agents: 12,
  scanners: 5,
};
const REPEATS = 5;

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
  ['filter status', '/tickets?view=all&status=Open'],
  ['filter priority', '/tickets?view=all&priority=Urgent'],
  ['filter assignee', '/tickets?view=all&assignee=5'],
  ['filter nobody', '/tickets?view=all&assignee=none'],
  ['filter scanner', '/tickets?view=all&scanner=SCANNER'],
  ['filter common tag', `/tickets?view=all&tag=${TAGS.common}`],
  ['filter rare tag', `/tickets?view=all&tag=${TAGS.rare}`],
  ['filter tag of long ago', `/tickets?view=all&tag=${TAGS.old}`],
  ['filter account', '/tickets?view=all&account=ACCOUNT'],
  ['filter contact', '/tickets?view=all&contact=CONTACT'],
  ['filter since', '/tickets?view=all&since=2026-11-01T00:00:00Z'],
  ['filter until, open', '/tickets?view=open&until=2026-10-01T00:00:00Z'],
  ['search a number', '/tickets?view=all&search=TT51001'],
  ['search bare digits', '/tickets?view=all&search=51001'],
  ['search a rare word', `/tickets?view=all&search=${RARE_WORD}`],
  ['search a common word', `/tickets?view=all&search=${COMMON_WORD}`],
  ['search two words, open', `/tickets?view=open&search=${COMMON_WORD}%20broken`],
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
  ['log, search nothing has', '/messages?search=quuxfoo'],
];

interface Figure {
  ms: number;
  /** How many times the floor. */
  ratio: number;
}

const jsonFile = jsonFileAsked();

async function main(): Promise<void> {
  const results = await onEachDatabase(measureDatabase);
  if (jsonFile === null) return;
  mkdirSync(path.dirname(jsonFile), { recursive: true });
  writeFileSync(jsonFile, `${JSON.stringify(results, null, 2)}\n`);
}

async function measureDatabase(name: string, env: Record<string, string>): Promise<Record<string, Figure>> {
  const app = await startStrapi({ env });
  try {
    const started = performance.now();
    await fillHelpdesk(app.strapi, SIZES);
    console.log(
      `\n${name}: ${TICKETS} tickets, ${TICKETS * SIZES.commentsPerTicket} comments, as many rows of scan log, written in ${((performance.now() - started) / 1000).toFixed(0)} s`,
    );
    const floor = await medianMs(app, '/tickets/assignees');
    console.log(`floor ${floor.toFixed(1)} ms; medians of ${REPEATS}`);
    const figures: Record<string, Figure> = {};
    for (const [label, path] of REQUESTS.filter(([label]) => label.includes(process.env.BENCH_REQUESTS ?? ''))) {
      const ms = await medianMs(app, await withIds(app, path));
      figures[label] = { ms: Number(ms.toFixed(1)), ratio: Number((ms / floor).toFixed(1)) };
      console.log(`  ${label.padEnd(30)} ${ms.toFixed(1).padStart(8)} ms   ratio ${(ms / floor).toFixed(1)}`);
    }
    return figures;
  } finally {
    await app.stop();
    removeFolder(app.folder);
  }
}

async function withIds({ strapi }: TestStrapi, path: string): Promise<string> {
  const [placeholder] = path.match(/[A-Z]{5,}$/) ?? [];
  if (!placeholder) return path;
  const record = await strapi.db.query(`plugin::mail-scanner.${placeholder.toLowerCase()}` as never).findOne({ where: { id: 3 } });
  return path.replace(placeholder, record.documentId);
}

async function medianMs(app: TestStrapi, path: string): Promise<number> {
  const times: number[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    const started = performance.now();
    await app.api('GET', path);
    times.push(performance.now() - started);
  }
  return times.sort((one, other) => one - other)[Math.floor(REPEATS / 2)];
}

/** Where `--json FILE` wants the figures: FILE with `.list` before its ending. */
function jsonFileAsked(): string | null {
  const at = process.argv.indexOf('--json');
  if (at < 0) return null;
  const { dir, name, ext } = path.parse(path.resolve(process.env.INIT_CWD ?? process.cwd(), process.argv[at + 1]));
  return path.join(dir, `${name}.list${ext}`);
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
