import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { freePort } from '../../tests/support/mail-server';
import { snippetsOf } from '../../tests/support/snippets';

/** A site as a new user makes it: create-strapi-app, then the packed plugin from its tarball. */

const root = process.cwd();
export const env: NodeJS.ProcessEnv = {
  // What `npm run` tells about this repository is not meant for the site's npm.
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(?!config_(registry|cache|userconfig)$)/i.test(name))),
  STRAPI_TELEMETRY_DISABLED: 'true',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  BROWSER: 'none',
};

/** Parts of a path that make the watcher of `strapi develop` look away: nothing could be seen of restarts there. */
const UNWATCHED = /tmp|[/\\]\.|[/\\](build|logs?|public|dist|exports|node_modules)([/\\]|$)/;

/** A new folder that `strapi develop` watches: below the one that was asked for, beside this repository, or at home. */
export function newFolder(wanted: string | undefined): string {
  const places = wanted ? [path.resolve(wanted)] : [path.dirname(root), homedir()];
  const place = places.find((each) => !UNWATCHED.test(`${each}/`));
  if (!place) throw new Error(`strapi develop watches nothing in ${places.join(' or ')}: name another folder with --folder.`);
  mkdirSync(place, { recursive: true });
  return mkdtempSync(path.join(place, 'mail-scanner-outside-'));
}

export function makeFolder(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return folder;
}

const running = new Set<ChildProcess>();

/** A child in a group of its own: npm and `strapi develop` have children that are to end with them. */
function start(cwd: string, command: string, args: string[], settings: NodeJS.ProcessEnv = {}) {
  const child = spawn(command, args, { cwd, env: { ...env, ...settings }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

function kill({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid) process.kill(-pid, signal);
  } catch {
    // Gone already.
  }
}

/** Ends at once what still runs. */
export function killAll(): void {
  for (const child of running) kill(child, 'SIGKILL');
}

/** Runs a program to its end and resolves with what it printed; throws with the end of its output when it fails. */
export async function run(cwd: string, command: string, ...args: string[]): Promise<string> {
  const child = start(cwd, command, args);
  let output = '';
  let printed = '';
  child.stdout.on('data', (data) => (printed += data));
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output.slice(-3000)}`);
  return printed;
}

/** Packs a copy of this repository's files without what was built, as after a clone. Resolves with the tarball. */
export async function packPlugin(folder: string): Promise<string> {
  const clone = makeFolder(path.join(folder, 'clone'));
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' });
  for (const file of files.split('\0').filter((each) => each && existsSync(each))) cpSync(path.join(root, file), path.join(clone, file));
  symlinkSync(path.join(root, 'node_modules'), path.join(clone, 'node_modules'));
  const output = await run(clone, 'npm', 'pack', '--silent', '--pack-destination', folder);
  return path.join(folder, output.trim().split('\n').at(-1) ?? '');
}

/** Puts the packed plugin in the place of the installed one, with the dependencies that are there. */
export async function replacePlugin(site: string, tarball: string): Promise<void> {
  const place = path.join(site, 'node_modules/strapi-plugin-mail-scanner');
  rmSync(place, { recursive: true, force: true });
  await run(site, 'tar', '--extract', '--file', tarball, '--directory', makeFolder(place), '--strip-components=1');
}

/** The version of Strapi that this repository is developed with. */
export const strapiVersion: string = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).devDependencies['@strapi/strapi'];

interface SiteOptions {
  manager?: 'npm' | 'pnpm' | 'yarn';
  version?: string;
  language?: Language;
}

export type Language = 'ts' | 'js';

/** A site as create-strapi-app makes it for that version of Strapi, with nothing installed. */
export async function createSite(
  folder: string,
  { manager = 'npm', version = strapiVersion, language = 'ts' }: SiteOptions = {},
): Promise<string> {
  const options = [
    '--non-interactive',
    '--skip-cloud',
    '--no-install',
    '--no-example',
    language === 'ts' ? '--typescript' : '--javascript',
    `--use-${manager}`,
    '--no-git-init',
  ];
  await run(folder, 'npx', '--yes', `create-strapi-app@~${version}`, 'site', ...options);
  const site = path.join(folder, 'site');
  // Not every version of Strapi has a create-strapi-app of its own.
  const manifest = path.join(site, 'package.json');
  const content = JSON.parse(readFileSync(manifest, 'utf8'));
  for (const name of Object.keys(content.dependencies)) if (name.startsWith('@strapi/')) content.dependencies[name] = version;
  writeFileSync(manifest, JSON.stringify(content, null, 2));
  await run(site, 'git', 'init', '--quiet');
  commit(site);
  return site;
}

const AUTHOR = ['-c', 'user.name=Outside', '-c', 'user.email=outside@example.com', '-c', 'commit.gpgsign=false'];

export function commit(site: string): void {
  execFileSync('git', ['add', '--all'], { cwd: site });
  execFileSync('git', [...AUTHOR, 'commit', '--quiet', '--allow-empty', '--message', 'As it is'], { cwd: site });
}

export const changedFiles = (site: string): string =>
  execFileSync('git', ['status', '--porcelain', '--untracked-files=all'], { cwd: site, encoding: 'utf8' });

/** The files of README and the pages beside it for an app in that language, in their places. config/admin is there already. */
export function writeReadmeFiles(site: string, wanted: Language = 'ts'): void {
  for (const { language, file, code } of snippetsOf()) {
    if (language !== wanted || file === `config/admin.${wanted}` || file === '') continue;
    mkdirSync(path.dirname(path.join(site, file)), { recursive: true });
    writeFileSync(path.join(site, file), code);
  }
}

/** Takes them away again, and what was compiled of them: code that imports the plugin is of no use without it. */
export function removeReadmeFiles(site: string): void {
  for (const { language, file } of snippetsOf())
    if (language === 'ts' && file !== 'config/admin.ts') rmSync(path.join(site, file), { force: true });
  for (const compiled of ['src', 'config']) rmSync(path.join(site, 'dist', compiled), { recursive: true, force: true });
}

/** What Strapi's packages share, and may be there once: by name, the paths where a lock file has it. */
export function copies(site: string): Map<string, string[]> {
  const { packages } = JSON.parse(readFileSync(path.join(site, 'package-lock.json'), 'utf8'));
  const found = new Map<string, string[]>();
  for (const place of Object.keys(packages)) {
    const name = place.split('node_modules/').at(-1) ?? '';
    if (!name.startsWith('@strapi/') && !['react', 'react-dom', 'react-intl', 'react-router-dom', 'styled-components'].includes(name))
      continue;
    found.set(name, [...(found.get(name) ?? []), place]);
  }
  return found;
}

export function requireOneCopy(site: string): string {
  const found = copies(site);
  const several = [...found].filter(([, places]) => places.length > 1);
  if (!found.has('@strapi/utils') || !found.has('react-intl')) throw new Error('The lock file names no @strapi/utils or react-intl.');
  if (several.length > 0) throw new Error(several.map(([name, places]) => `${name} is there ${places.length} times`).join(', '));
  return `${found.size} packages, each once`;
}

/** How often a package lies in node_modules, whoever installed it; links to one that is there are not counted. */
export function installedCopies(site: string, name: string): number {
  const wanted = ['node_modules', '-type', 'f', '-path', `*node_modules/${name}/package.json`];
  const found = execFileSync('find', wanted, { cwd: site, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return found.split('\n').filter(Boolean).length;
}

export interface RunningSite {
  base: string;
  /** What it wrote so far. */
  log(): string;
  stop(): Promise<void>;
}

/** Longer than a busy machine needs. */
const START_MS = 600_000;

/** Starts the site with `strapi develop` or `strapi start`, and resolves when it answers. */
export async function startSite(
  site: string,
  command: 'develop' | 'start',
  settings: Record<string, string> = {},
  node = process.execPath,
): Promise<RunningSite> {
  const port = await freePort();
  const program = path.join(site, 'node_modules/@strapi/strapi/bin/strapi.js');
  const place = { NODE_ENV: 'development', HOST: '127.0.0.1', PORT: String(port) };
  const child = start(site, node, [program, command], { ...place, ...settings });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    kill(child, 'SIGTERM');
    const patience = setTimeout(() => kill(child, 'SIGKILL'), 60_000);
    await ended;
    clearTimeout(patience);
  };
  const base = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + START_MS;
  for (;;) {
    const answer = await fetch(`${base}/_health`).catch(() => null);
    if (answer?.status === 204) return { base, log: () => output, stop };
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`strapi ${command} did not start:\n${output.slice(-3000)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Another version of Node.js, from the package that holds its binary; resolves with its path. */
export async function fetchNode(folder: string, version: number): Promise<string> {
  const place = makeFolder(path.join(folder, `node-${version}`));
  const name = `node-${process.platform}-${process.arch}`;
  writeFileSync(path.join(place, 'package.json'), '{"private":true}');
  await run(place, 'npm', 'install', `${name}@${version}`);
  return path.join(place, 'node_modules', name, 'bin/node');
}

export const isInstalled = (site: string): boolean =>
  existsSync(path.join(site, 'node_modules/strapi-plugin-mail-scanner/dist/server/index.js'));
