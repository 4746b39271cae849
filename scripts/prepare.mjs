import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the commands of this repository share: installing and building what is missing, from a bare clone on. */

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Runs a program and resolves with its exit code. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    // Whoever ends this command ends the child, which then tidies up.
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}

let giveUp = process.exit;

/** From now on, a step that fails throws an error instead of ending the process. */
export function surviveFailures() {
  giveUp = () => {
    throw new Error('A step failed.');
  };
}

/** Runs a step of several with its name on a line, and its output only when it fails. */
async function step(name, command, args, options = {}) {
  const started = Date.now();
  process.stdout.write(`${name} … `);
  const output = [];
  const code = await new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (data) => output.push(data));
    child.stderr.on('data', (data) => output.push(data));
    const alive = setInterval(() => process.stdout.write('.'), 5000);
    child.once('error', reject);
    child.once('exit', (exit) => {
      clearInterval(alive);
      resolve(exit ?? 1);
    });
  });
  if (code !== 0) {
    process.stdout.write(`failed\n${Buffer.concat(output).toString('utf8')}\n`);
    giveUp(code);
  }
  process.stdout.write(` ${Math.round((Date.now() - started) / 1000)} s\n`);
}

/** Installs the dependencies unless they are there. */
export async function install() {
  if (existsSync(path.join(root, 'node_modules', '@strapi', 'strapi', 'package.json'))) return;
  await step('Installing (some three minutes, once)', npm(), ['ci', '--no-audit', '--no-fund']);
}

const npm = () => (process.platform === 'win32' ? 'npm.cmd' : 'npm');

/** Builds both halves of the plugin, unless nothing changed since. */
export async function buildPlugin() {
  const sources = [
    'server',
    'shared',
    'admin',
    'strapi-server.ts',
    'strapi-admin.tsx',
    'package.json',
    'scripts/build-server.mjs',
    'scripts/build-admin.mjs',
    'scripts/values-only.mjs',
  ];
  const built = ['dist/server/index.js', 'dist/server/parse.worker.js', 'dist/admin/index.mjs'];
  if (isNewer(built, sources)) return;
  await step('Building the plugin', npm(), ['run', 'build', '--silent']);
}

/** Builds the server half alone, which takes seconds. The next `buildPlugin` builds the rest again. */
export async function buildServer() {
  await step('Building the server', process.execPath, [path.join(root, 'scripts/build-server.mjs'), '--source-maps']);
}

/** Builds the playground's admin panel, unless nothing changed since. */
export async function buildPlayground() {
  const sources = ['dist/admin/index.mjs', 'playground/src', 'playground/config', 'playground/package.json'];
  if (isNewer(['playground/dist/build/index.html', 'playground/dist/src/index.js'], sources)) return;
  await step('Building the admin panel (about a minute)', npm(), ['run', 'build', '--silent', '-w', 'playground'], {
    env: { ...process.env, STRAPI_TELEMETRY_DISABLED: 'true' },
  });
}

function isNewer(built, sources) {
  const oldest = Math.min(...built.map((file) => newestChange(path.join(root, file))));
  return oldest > Math.max(...sources.map((file) => newestChange(path.join(root, file))));
}

/** When a file, or anything in a folder, was changed last; 0 when it is not there. */
function newestChange(file) {
  if (!existsSync(file)) return 0;
  const stat = statSync(file);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(file).map((name) => newestChange(path.join(file, name))));
}
