import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { freePort } from './mail-server';

/** PostgreSQL as Debian installs it, started by a test on a free port with a folder of its own. */

const versions = '/usr/lib/postgresql';
const bin = existsSync(versions) ? path.join(versions, readdirSync(versions).sort().at(-1) ?? '', 'bin') : '';

let told = false;

/** Whether PostgreSQL is installed. Tests that need it skip without it, and say so in one line. */
export function hasPostgres(): boolean {
  const there = existsSync(path.join(bin, 'initdb'));
  if (!there && !told) console.log('PostgreSQL is not installed (apt-get install postgresql): its tests are skipped.');
  told = true;
  return there;
}

export interface Postgres {
  /** Environment for a Strapi that is to use it. */
  env: Record<string, string>;
  /** Ends the server as a crash does and keeps its data, so that `start` can go on with it. */
  halt(): Promise<void>;
  start(): Promise<void>;
  stop(): void;
}

/** One that is not durable is faster, and loses its data with the machine's power: good enough for tests. */
export async function startPostgres({ durable = true } = {}): Promise<Postgres> {
  const folder = mkdtempSync(path.join(tmpdir(), 'postgres-'));
  const port = await freePort();
  // It refuses to run as root.
  const asRoot = userInfo().uid === 0;
  if (asRoot) chownSync(folder, ...ownerOf('postgres'));
  const asOwner = (command: string[]): [string, string[]] =>
    asRoot ? ['su', ['postgres', '-s', '/bin/sh', '-c', command.map((word) => `'${word}'`).join(' ')]] : [command[0], command.slice(1)];
  const run = (...command: string[]) => execFileSync(...asOwner(command), { stdio: 'ignore' });
  const data = path.join(folder, 'data');
  run(
    path.join(bin, 'initdb'),
    '-D',
    data,
    '-U',
    'strapi',
    '--auth=trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    ...(durable ? [] : ['--no-sync']),
  );
  const options = `-p ${port} -k ${folder} -h 127.0.0.1 -c max_connections=60 ${durable ? '' : '-c fsync=off -c synchronous_commit=off -c full_page_writes=off'}`;
  const startCommand = [path.join(bin, 'pg_ctl'), '-D', data, '-w', '-l', path.join(folder, 'log'), '-o', options, 'start'];
  const haltCommand = [path.join(bin, 'pg_ctl'), '-D', data, '-m', 'immediate', 'stop'];
  run(...startCommand);
  run(path.join(bin, 'createdb'), '-h', '127.0.0.1', '-p', String(port), '-U', 'strapi', 'strapi');
  return {
    env: {
      DATABASE_CLIENT: 'postgres',
      DATABASE_HOST: '127.0.0.1',
      DATABASE_PORT: String(port),
      DATABASE_NAME: 'strapi',
      DATABASE_USERNAME: 'strapi',
      DATABASE_PASSWORD: '',
    },
    halt: () => ended(spawn(...asOwner(haltCommand), { stdio: 'ignore' })),
    start: () => ended(spawn(...asOwner(startCommand), { stdio: 'ignore' })),
    stop() {
      run(...haltCommand);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`PostgreSQL could not be halted or started: ${code}`))));
  });

function ownerOf(user: string): [number, number] {
  const id = (flag: string) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }));
  return [id('-u'), id('-g')];
}
