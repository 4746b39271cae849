import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { hasMariadb, startMariadb } from '../../tests/support/mariadb';
import { hasPostgres, startPostgres } from '../../tests/support/postgres';
import { answerIsSent, attachmentArrives, customerAnswers, firstEmail, ownRefusal, refusals, setUpDesk, signIn } from './conversation';
import { hasBrowser, panelShows } from './panel';
import { MANAGERS, type Manager } from './managers';
import * as outside from './site';
import { inJavaScript } from './javascript';
import { reinstalled } from './reinstalled';
import { part, report, skip, step } from './steps';

/**
 * `npm run outside`: installs the packed plugin into a new site as its users do, and tries what hurts on the first day: copies of
 * Strapi's packages, refusals, the way of an email there and back, restarts of `strapi develop`, git, and switching the plugin off.
 * On SQLite, and on PostgreSQL as create-strapi-app sets it up. It needs the npm registry.
 *
 *   --folder DIR      where the site is made; not below /tmp, nor below a folder whose name begins with a dot
 *   --keep            leaves it there
 *   --site DIR        goes on in a site that was kept: its plugin is replaced, nothing else is installed
 *   --only LIST       of sqlite, postgres, mariadb, nodes (`strapi start` on newer versions of Node.js), reinstall, layouts (other versions
 *                     of Strapi, by lock files alone), oldest (a site on the oldest Strapi that package.json takes), managers (sites
 *                     of pnpm and Yarn) and javascript (a site in JavaScript, whose data is exported and imported)
 *   --all             all of these; without it, the first three
 */

/** The oldest version that package.json's peer takes. */
const OLDEST_STRAPI = '5.50.0';

const { values } = parseArgs({
  options: {
    folder: { type: 'string' },
    keep: { type: 'boolean', default: false },
    site: { type: 'string' },
    only: { type: 'string' },
    all: { type: 'boolean', default: false },
  },
});
const QUICK = ['sqlite', 'postgres', 'layouts'];
const ON_A_SITE = ['mariadb', 'nodes', 'reinstall'];
const ALL = [...QUICK, ...ON_A_SITE, 'oldest', 'managers', 'javascript'];
/** Beside the one that runs this, of those that package.json takes. */
const OTHER_NODES = [22, 24];
const wanted = values.only?.split(',') ?? (values.all ? ALL : QUICK);
const unknown = wanted.filter((name) => !ALL.includes(name));
if (unknown.length > 0) throw new Error(`--only takes ${ALL.join(', ')}; it knows no ${unknown.join(', ')}.`);

const folder = outside.newFolder(values.folder ?? process.env.OUTSIDE_FOLDER);
const cleanUp = () => {
  outside.killAll();
  // What was killed may write to its end.
  if (!values.keep) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
};
process.once('exit', cleanUp);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

void main();

async function main(): Promise<void> {
  const started = Date.now();
  console.log(`In ${folder}`);
  await part('the site', async () => {
    const tarball = await step('the plugin is packed', () => outside.packPlugin(folder));
    if (wanted.includes('oldest')) await part('the oldest Strapi', () => onOldest(tarball));
    if (wanted.includes('javascript'))
      await part('JavaScript', () => inJavaScript(outside.makeFolder(path.join(folder, 'javascript')), tarball));
    if (wanted.includes('managers')) for (const manager of MANAGERS) await part(manager.name, () => installedBy(manager, tarball));
    if (![...QUICK, ...ON_A_SITE].some((name) => wanted.includes(name))) return;
    const site = values.site ? await replacePlugin(path.resolve(values.site), tarball) : await newSite(tarball);
    // Beside the rest: it waits for the registry most of the time.
    const layouts = wanted.includes('layouts') ? part('other versions', () => otherVersions(tarball)) : null;
    try {
      await step('strapi build takes in the panel', async () => void (await outside.run(site, 'npm', 'run', 'build')));
      // First: `strapi develop` removes what was built for `strapi start`.
      if (wanted.includes('postgres')) await part('PostgreSQL', () => onPostgres(site));
      if (wanted.includes('mariadb')) await part('MariaDB', () => onMariadb(site));
      if (wanted.includes('nodes')) for (const version of OTHER_NODES) await part(`Node ${version}`, () => onNode(site, version));
      if (wanted.includes('reinstall')) await part('Reinstalled', () => reinstalled(site, tarball));
      if (wanted.includes('sqlite')) await part('SQLite', () => onSqlite(site));
    } finally {
      await layouts;
    }
  });
  report(started);
}

async function newSite(tarball: string): Promise<string> {
  const site = await step(`create-strapi-app ${outside.strapiVersion} makes a site`, () => outside.createSite(folder));
  await step('npm install takes the plugin without a lock file', async () => {
    outside.writeReadmeFiles(site);
    await outside.run(site, 'npm', 'install', tarball, 'pg@8', 'mysql2@3');
    if (!outside.isInstalled(site)) throw new Error('The package has no built server half.');
  });
  await step('one copy of what Strapi’s packages share', () => outside.requireOneCopy(site));
  await step('npm update', async () => void (await outside.run(site, 'npm', 'update')));
  await step('one copy after the update', () => outside.requireOneCopy(site));
  return site;
}

async function replacePlugin(site: string, tarball: string): Promise<string> {
  await step('the packed plugin takes the place of the one there', () => outside.replacePlugin(site, tarball));
  outside.writeReadmeFiles(site);
  await step('one copy of what Strapi’s packages share', () => outside.requireOneCopy(site));
  return site;
}

async function onSqlite(site: string): Promise<void> {
  const running = await step('SQLite: strapi develop starts', () => outside.startSite(site, 'develop'));
  try {
    const api = await signIn(running.base);
    await step('SQLite: refusals', () => refusals(running.base, api));
    outside.commit(site);
    const desk = await setUpDesk(api);
    try {
      await step('SQLite: the first email becomes a ticket', () => firstEmail(api, desk));
      await step('SQLite: the answer is sent', () => answerIsSent(api, desk));
      await step('SQLite: the customer’s answer becomes a comment', () => customerAnswers(api, desk));
      await step('SQLite: an attachment does not restart strapi develop', async () => {
        await attachmentArrives(api, desk, 'The list');
        // The watcher waits a little before it tells of a file.
        await new Promise((resolve) => setTimeout(resolve, 3000));
        const changes = changesIn(running);
        if (changes.length > 0) throw new Error(changes.join('\n'));
        if (!hasFile(path.join(site, 'private'))) throw new Error('The attachment does not lie in private/.');
      });
      await step('SQLite: git status is clean', () => {
        const changed = outside.changedFiles(site);
        if (changed) throw new Error(changed);
      });
      // That it is watched at all: a file of the site does restart it.
      await step('SQLite: a file of the site restarts strapi develop', async () => {
        writeFileSync(path.join(site, 'src/watched.ts'), 'export {};\n');
        for (const end = Date.now() + 120_000; !/File created: .*watched\.ts/.test(running.log());)
          if (Date.now() > end) throw new Error('strapi develop did not see it.');
          else await new Promise((resolve) => setTimeout(resolve, 200));
        const others = changesIn(running).filter((line) => !line.includes('watched.ts'));
        if (others.length > 0) throw new Error(others.join('\n'));
      });
    } finally {
      await desk.stop();
    }
  } finally {
    await running.stop();
  }
  await switchedOff(site);
}

/** What the watcher of `strapi develop` has told. */
const changesIn = ({ log }: outside.RunningSite): string[] =>
  log()
    .split('\n')
    .filter((line) => /File (created|changed|deleted)/.test(line));

/** As docs/operations.md has it: switched off, the site runs with its own code for the plugin; switched on, all is there. */
async function switchedOff(site: string): Promise<void> {
  const config = path.join(site, 'config/plugins.ts');
  const text = readFileSync(config, 'utf8');
  writeFileSync(config, text.replace('enabled: true', 'enabled: false'));
  const off = await step('SQLite: switched off, the site starts with its own action', () => outside.startSite(site, 'develop'));
  await off.stop();
  writeFileSync(config, text);
  const on = await step('SQLite: switched on again, it starts', () => outside.startSite(site, 'develop'));
  try {
    await step('SQLite: the tickets are there', async () => {
      const { data } = await (await signIn(on.base))<any[]>('GET', '/mail-scanner/tickets');
      if (data?.length !== 2) throw new Error(`There are ${data?.length} tickets.`);
    });
  } finally {
    await on.stop();
  }
}

async function onPostgres(site: string): Promise<void> {
  if (!hasPostgres()) return skip('PostgreSQL', 'it is not installed');
  const postgres = await startPostgres({ durable: false });
  try {
    // The schema is `public`, as config/database.ts of create-strapi-app says where nothing else is set.
    await firstHour('PostgreSQL', () => outside.startSite(site, 'start', postgres.env));
  } finally {
    postgres.stop();
  }
}

async function onMariadb(site: string): Promise<void> {
  if (!hasMariadb()) return skip('MariaDB', 'it is not installed');
  const mariadb = await startMariadb({ durable: false });
  try {
    await firstHour('MariaDB', () => outside.startSite(site, 'start', mariadb.env));
  } finally {
    await mariadb.stop();
  }
}

/** On PostgreSQL: its driver is JavaScript, while SQLite's was built for the version of Node.js that installed the site. */
async function onNode(site: string, version: number): Promise<void> {
  if (!hasPostgres()) return skip(`Node ${version}`, 'PostgreSQL is not installed');
  const node = await step(`Node ${version} is fetched`, () => outside.fetchNode(folder, version));
  const postgres = await startPostgres({ durable: false });
  try {
    await firstHour(`Node ${version}`, () => outside.startSite(site, 'start', postgres.env, node));
  } finally {
    postgres.stop();
  }
}

/** `strapi start`: an email, the answer, the answer to it, a file, and the ticket in the panel. */
async function firstHour(name: string, start: () => Promise<outside.RunningSite>): Promise<void> {
  const running = await step(`${name}: strapi start starts`, start);
  try {
    const api = await signIn(running.base);
    await step(`${name}: refusals`, () => refusals(running.base, api));
    const desk = await setUpDesk(api);
    try {
      await step(`${name}: the first email becomes a ticket`, () => firstEmail(api, desk));
      await step(`${name}: the answer is sent`, () => answerIsSent(api, desk));
      await step(`${name}: the customer’s answer becomes a comment`, () => customerAnswers(api, desk));
      await step(`${name}: an attachment arrives`, () => attachmentArrives(api, desk, 'The list'));
      if (!hasBrowser()) skip(`${name}: the panel shows the ticket`, 'Chromium is not installed');
      else await step(`${name}: the panel shows the ticket`, () => panelShows(running.base, api.token, 'The lamp flickers'));
    } finally {
      await desk.stop();
    }
  } finally {
    await running.stop();
  }
}

/** By lock files alone, what npm would install: no copy more than without the plugin. Some versions of Strapi bring several by themselves. */
async function otherVersions(tarball: string): Promise<void> {
  for (const version of [OLDEST_STRAPI, outside.strapiVersion]) {
    await step(`Strapi ${version}: the plugin adds no copy`, async () => {
      const [without, withIt] = [`without-${version}`, `with-${version}`].map((name) => outside.makeFolder(path.join(folder, name)));
      const sites = [await outside.createSite(without, { version }), await outside.createSite(withIt, { version })];
      await outside.run(sites[0], 'npm', 'install', '--package-lock-only', '--ignore-scripts');
      await outside.run(sites[1], 'npm', 'install', '--package-lock-only', '--ignore-scripts', tarball);
      const [few, many] = sites.map((site) => outside.copies(site));
      const more = [...many].filter(([name, places]) => places.length > Math.max(1, few.get(name)?.length ?? 0));
      if (more.length > 0) throw new Error(more.map(([name, places]) => `${name} is there ${places.length} times`).join(', '));
      return `${many.get('@strapi/utils')?.length} of @strapi/utils`;
    });
  }
}

/** A site on the oldest Strapi: it starts, and its refusals and ours are what they are. */
async function onOldest(tarball: string): Promise<void> {
  const site = await step(`Strapi ${OLDEST_STRAPI}: npm installs the plugin`, async () => {
    const made = await outside.createSite(outside.makeFolder(path.join(folder, 'oldest')), { version: OLDEST_STRAPI });
    outside.writeReadmeFiles(made);
    await outside.run(made, 'npm', 'install', tarball);
    return made;
  });
  await starts(`Strapi ${OLDEST_STRAPI}`, site, ownRefusal);
}

/** A site that another package manager installs: with one copy of what refusals are made of, and it starts. */
async function installedBy({ name, manager, add, prepare }: Manager, tarball: string): Promise<void> {
  const site = await step(`${name} installs the plugin`, async () => {
    const made = await outside.createSite(outside.makeFolder(path.join(folder, name.toLowerCase().replace(' ', '-'))), { manager });
    outside.writeReadmeFiles(made);
    prepare?.(made);
    await outside.run(made, 'npx', '--yes', ...add(tarball));
    return made;
  });
  await step(`${name}: one copy of @strapi/utils`, () => {
    const count = outside.installedCopies(site, '@strapi/utils');
    if (count !== 1) throw new Error(`There are ${count}.`);
  });
  await starts(name, site);
}

/** `strapi develop` builds the panel and starts; an email makes a ticket. */
async function starts(name: string, site: string, refusal = async (_base: string) => 403): Promise<void> {
  const running = await step(`${name}: strapi develop starts`, () => outside.startSite(site, 'develop'));
  try {
    const api = await signIn(running.base);
    await step(`${name}: refusals`, async () => refusals(running.base, api, await refusal(running.base)));
    const desk = await setUpDesk(api);
    await step(`${name}: the first email becomes a ticket`, () => firstEmail(api, desk)).finally(() => desk.stop());
  } finally {
    await running.stop();
  }
}

const hasFile = (place: string): boolean => readdirSync(place, { recursive: true }).some((name) => /[0-9a-f]{48}$/.test(String(name)));
