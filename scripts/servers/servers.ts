import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { removeFolder, startStrapi, type TestStrapi } from '../../tests/support/strapi';
import { checkNames, checkOf, type CheckName } from './checks';
import { NotHere } from './packages';
import type { RelayKind } from './relay';
import { sendingChecks, trySending } from './sending';
import { Stand } from './stand';
import type { Kind, Running } from './types';

/**
 * `npm run servers [-- NAME … --check=NAME --json=FILE]`: the main job on mail servers of others, each one its Debian packages in a root
 * folder of its own, with a real Strapi. Prints a line a check, then the matrices. Needs root and apt-get; installs nothing. Names are files in
 * kinds/ (mailboxes) and relays/ (what we send through); none means all. The exit code says whether all went well.
 */

const TIMEOUT_MS = 240_000;
/** Besides one a check: the user who shares a folder. */
const USERS = [...checkNames.map((name) => name.toLowerCase()), 'colleague'];

interface Cell {
  well: boolean;
  seen: string;
}

interface Row {
  title: string;
  version: string;
  cells: Record<string, Cell>;
}

const FOLDERS = ['kinds', 'relays'] as const;

async function main(): Promise<number> {
  const mailboxes: Row[] = [];
  for (const name of wanted('kinds')) mailboxes.push(await tryKind(((await import(`./kinds/${name}.ts`)) as { kind: Kind }).kind));
  const relays: Row[] = [];
  for (const name of wanted('relays')) relays.push(await tryRelay(((await import(`./relays/${name}.ts`)) as { kind: RelayKind }).kind));
  if (mailboxes.length > 0) console.log(`\n${matrix(mailboxes, checkNames, (name) => checkOf(name).title)}`);
  if (relays.length > 0) console.log(`\n${matrix(relays, Object.keys(sendingChecks), (name) => sendingChecks[name]!.title)}`);
  const rows = [...mailboxes, ...relays];
  const file = option('json');
  if (file) writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`);
  return rows.every(({ cells }) => Object.values(cells).every(({ well }) => well)) ? 0 : 1;
}

const option = (name: string): string | undefined =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);

const namesIn = (folder: string): string[] =>
  readdirSync(path.join(process.cwd(), 'scripts/servers', folder))
    .map((file) => path.basename(file, '.ts'))
    .sort();

function wanted(folder: (typeof FOLDERS)[number]): string[] {
  const all = FOLDERS.flatMap(namesIn);
  const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  const unknown = asked.find((name) => !all.includes(name));
  if (unknown) throw new Error(`There is no server "${unknown}": ${all.join(', ')} are there.`);
  return namesIn(folder).filter((name) => asked.length === 0 || asked.includes(name));
}

async function tryKind(kind: Kind): Promise<Row> {
  let server: Running;
  try {
    server = await kind.start(USERS);
  } catch (error) {
    if (!(error instanceof NotHere)) throw error;
    console.log(`${kind.title} is left out: ${error.message}.`);
    return { title: kind.title, version: '–', cells: {} };
  }
  const row: Row = { title: kind.title, version: server.version, cells: {} };
  console.log(`\n${kind.title} ${server.version}`);
  // One of its own: what it learns of a host holds for all servers of this machine.
  const app = await startStrapi({ env: { MAIL_SCANNER_SCHEDULE: 'true' } });
  try {
    for (const name of wantedChecks()) {
      row.cells[name] = await tryCheck(app, server, name);
      tell(checkOf(name).title, row.cells[name]);
    }
  } finally {
    await app.stop();
    await server.remove();
    removeFolder(app.folder);
  }
  return row;
}

async function tryRelay(kind: RelayKind): Promise<Row> {
  const row: Row = { title: kind.title, version: '–', cells: {} };
  await trySending(kind, async (version, check) => {
    row.version = version;
    console.log(`\n${kind.title} ${version}`);
    for (const [name, { title }] of Object.entries(sendingChecks).filter(([each]) => isWanted(each))) {
      row.cells[name] = await inTime(check(name)).then(
        (seen) => ({ well: true, seen }),
        (error: Error) => ({ well: false, seen: error.message }),
      );
      tell(title, row.cells[name]);
    }
  }).catch((error: unknown) => {
    if (!(error instanceof NotHere)) throw error;
    console.log(`${kind.title} is left out: ${error.message}.`);
  });
  return row;
}

const tell = (title: string, { well, seen }: Cell): void => console.log(`  ${well ? 'well ' : 'FAULT'}  ${title}: ${seen}`);

const isWanted = (name: string): boolean => option('check')?.split(',').includes(name) ?? true;
const wantedChecks = (): CheckName[] => checkNames.filter(isWanted);

async function tryCheck(app: TestStrapi, server: Running, name: CheckName): Promise<{ well: boolean; seen: string }> {
  const check = checkOf(name);
  if (check.imapOnly && server.protocol === 'pop3') return { well: true, seen: 'not with POP3' };
  try {
    return { well: true, seen: await inTime(check.run(new Stand(app, server, name.toLowerCase()))) };
  } catch (error) {
    // imapflow says "Command failed", and elsewhere which.
    const { message, responseText, executedCommand } = error as Error & { responseText?: string; executedCommand?: string };
    return { well: false, seen: [message, executedCommand, responseText].filter(Boolean).join(': ') };
  }
}

function inTime(work: Promise<string>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<string>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it took longer than ${TIMEOUT_MS / 1000} s`)), TIMEOUT_MS);
  });
  return Promise.race([work, tooLong]).finally(() => clearTimeout(timer));
}

/** As it stands in docs/compatibility.md: a row a check, a column a server. */
function matrix<Name extends string>(rows: Row[], names: readonly Name[], titleOf: (name: Name) => string): string {
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  const head = ['', ...rows.map(({ title, version }) => `${title} ${version}`)];
  const body = names.map((name) => [titleOf(name), ...rows.map(({ cells }) => cells[name]?.seen ?? '–')]);
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');
}

void main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
