#!/usr/bin/env node
/**
 * `npm run bench [-- --only import,send,lists,memory,loop,idle,graph] [--json FILE] [--against REV] [--scale]`: installs and builds what is missing,
 * measures, and prints one table. When all of it has run, the table is written to bench/results.md, too. `--against` measures an earlier commit
 * in the same run and sets it beside. `--scale` fills the lists with 1,000,000 tickets, 5,000,000 comments and as many rows of scan log: 11 minutes and
 * 15 GB on SQLite, 30 minutes and 20 GB on PostgreSQL, more on MariaDB, of a machine with two cores that does other work besides (TMPDIR says where).
 * BENCH_TICKETS makes it less. What such a run showed stands in bench/results-scale.md.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { install, root, run } from './prepare.mjs';

const PROGRAMS = {
  import: 'bench/import.ts',
  send: 'bench/send.ts',
  lists: 'bench/list.ts',
  memory: 'bench/long-import.ts',
  loop: 'bench/long-import.ts',
  idle: 'bench/idle.ts',
  graph: 'bench/graph.ts',
};

const option = (name) => {
  const at = process.argv.indexOf(name);
  if (at < 0) return null;
  const value = process.argv[at + 1];
  if (value && !value.startsWith('--')) return value;
  console.error(`${name} wants a value, as in: npm run bench -- --only import --json figures.json --against HEAD~1`);
  process.exit(1);
};

const only = option('--only')?.split(',') ?? null;
const jsonFile = option('--json');
const against = option('--against');
const unknown = (only ?? []).filter((name) => !Object.hasOwn(PROGRAMS, name));
if (unknown.length > 0) {
  console.error(`There is no bench "${unknown.join('", "')}". There are: ${Object.keys(PROGRAMS).join(', ')}.`);
  process.exit(1);
}

await install();
const started = Date.now();
const before = against ? await measureRevision(against) : null;
const lines = await measure(root);
print(lines, before);
if (jsonFile) {
  const file = path.resolve(process.env.INIT_CWD ?? process.cwd(), jsonFile);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(before ? { lines, before } : { lines }, null, 2)}\n`);
}
if (!only) writeFileSync(path.join(root, 'bench/results.md'), results(lines, before));

/** Builds what lies in that folder and runs the benches there, one after the other: two at once would measure each other. */
async function measure(folder) {
  const env = {
    ...process.env,
    NODE_ENV: 'test',
    LOG_LEVEL: 'error',
    STRAPI_TELEMETRY_DISABLED: 'true',
    ...(process.argv.includes('--scale') ? { BENCH_TICKETS: process.env.BENCH_TICKETS ?? '1000000' } : {}),
  };
  await must(['scripts/build-server.mjs', '--source-maps'], { cwd: folder });
  await must([path.join(root, 'node_modules/typescript/bin/tsc'), '-p', 'playground'], { cwd: folder });
  const figures = mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  const wanted = only ?? Object.keys(PROGRAMS);
  const found = [];
  try {
    for (const program of new Set(wanted.map((name) => PROGRAMS[name]))) {
      const file = path.join(figures, 'lines.json');
      await must(['--expose-gc', 'scripts/run-ts.mjs', program, '--json', file], { cwd: folder, env });
      found.push(...JSON.parse(readFileSync(file, 'utf8')));
    }
  } finally {
    rmSync(figures, { recursive: true, force: true });
  }
  return found.filter(({ bench }) => wanted.includes(bench));
}

/** The same benches with the product as it was: in a work tree of its own, beside node_modules by hard links, gone afterwards. */
async function measureRevision(revision) {
  const folder = path.join(root, '.tmp', 'against');
  const git = (...args) => execFileSync('git', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const tidy = () => {
    rmSync(folder, { recursive: true, force: true });
    git('worktree', 'prune');
  };
  tidy();
  try {
    git('worktree', 'add', '--detach', folder, revision);
    execFileSync('cp', ['-al', path.join(root, 'node_modules'), path.join(folder, 'node_modules')]);
    for (const part of ['bench', 'scripts', 'tests/support', 'tests/mailbox'])
      cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
    console.log(`As of ${revision}:`);
    return await measure(folder);
  } finally {
    tidy();
    console.log('\nAs it is:');
  }
}

async function must(args, options) {
  const code = await run(process.execPath, args, options);
  if (code !== 0) process.exit(code);
}

// ---- The table

function rowsOf(lines, earlier) {
  return lines.map((line) => {
    const was = earlier?.find(({ bench, database, what }) => bench === line.bench && database === line.database && what === line.what);
    const details = Object.entries(line.details ?? {}).filter(([, value]) => value !== null);
    return [
      line.bench,
      line.database,
      line.what,
      `${shown(line.value)} ${line.unit}`,
      ...(earlier ? [was ? `${shown(was.value)} ${was.unit}${was.ratio === undefined ? '' : ` (${was.ratio.toFixed(2)})`}` : ''] : []),
      line.floor === undefined ? '' : `${shown(line.floor)} ${line.unit}`,
      line.ratio === undefined ? '' : line.ratio.toFixed(2),
      line.target ?? '',
      details.map(([name, value]) => `${name} ${shown(value)}`).join(', '),
    ];
  });
}

function headOf(earlier) {
  return ['bench', 'database', 'what', 'value', ...(earlier ? [`at ${against}`] : []), 'floor', 'ratio', 'aim', 'besides'];
}

function shown(number) {
  const size = Math.abs(number);
  return number.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

function print(lines, earlier) {
  const table = [headOf(earlier), ...rowsOf(lines, earlier)].map((row) => row.slice(0, -1));
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  console.log(`\n${table.map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join('  ')).join('\n')}`);
}

function results(lines, earlier) {
  const head = headOf(earlier);
  const rows = [head, head.map(() => '---'), ...rowsOf(lines, earlier)].map((row) => `| ${row.join(' | ')} |`);
  const [{ model }] = os.cpus();
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const strapi = JSON.parse(readFileSync(path.join(root, 'node_modules/@strapi/strapi/package.json'), 'utf8')).version;
  const servers = [
    versionOf('/usr/sbin/mariadbd')?.replace(/^\S+\s+Ver/, 'MariaDB'),
    ...postgres(),
    `Dovecot ${versionOf('/usr/sbin/dovecot') ?? 'none'}`,
  ].filter(Boolean);
  return `# Results of \`npm run bench\`

${new Date().toISOString().slice(0, 10)}, release ${version}, Strapi ${strapi}, Node.js ${process.version}; ${os.cpus().length} × ${model}, ${Math.round(os.totalmem() / 2 ** 30)} GB, ${os.type()} ${os.release()}; ${servers.join('; ')}. It took ${Math.round((Date.now() - started) / 1000)} seconds.

"Floor" is what the same work takes at least, measured in the same run: imapflow and mailparser alone for an import, nodemailer alone with a pool
for sending, for answers and lists a call of the admin API that reads next to nothing. CPU times are milliseconds an email, of all threads of the process.

${rows.join('\n')}
`;
}

function versionOf(program) {
  if (!existsSync(program)) return null;
  return execFileSync(program, ['--version'], { encoding: 'utf8' }).split('\n')[0].trim();
}

function postgres() {
  const folder = '/usr/lib/postgresql';
  if (!existsSync(folder)) return [];
  const [newest] = execFileSync('ls', [folder], { encoding: 'utf8' }).trim().split('\n').reverse();
  return [versionOf(path.join(folder, newest, 'bin/postgres'))];
}
