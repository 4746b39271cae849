import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './mail-server';

/** MariaDB as Debian installs it, started by a test on a free port with a folder of its own. */

const server = '/usr/sbin/mariadbd';

let told = false;

/** Whether MariaDB is installed. Tests that need it skip without it, and say so in one line. */
export function hasMariadb(): boolean {
  const there = existsSync(server);
  if (!there && !told)
    console.log('MariaDB is not installed (apt-get install mariadb-server-core mariadb-client-core): its tests are skipped.');
  told = true;
  return there;
}

interface Mariadb {
  /** Environment for a Strapi that is to use it. */
  env: Record<string, string>;
  stop(): Promise<void>;
}

interface MariadbOptions {
  /** One that is not durable is faster, and loses its data with the machine's power: good enough for tests. */
  durable?: boolean;
  /** As it is from MariaDB 11.6 on: a transaction may not change a row that another one has changed since it read. */
  snapshotIsolation?: boolean;
  /** Of the database. Where nobody chose one, MariaDB's was latin1 until 11.6. */
  characterSet?: 'utf8mb4' | 'latin1';
}

export async function startMariadb({
  durable = true,
  snapshotIsolation = false,
  characterSet = 'utf8mb4',
}: MariadbOptions = {}): Promise<Mariadb> {
  const folder = mkdtempSync(path.join(tmpdir(), 'mariadb-'));
  const port = await freePort();
  const data = path.join(folder, 'data');
  const socket = path.join(folder, 'socket');
  const user = userInfo().username;
  // Each a folder of its own: a server that starts deletes the temporary tables that another one has in the same.
  const env = { ...process.env, TMPDIR: path.join(folder, 'tmp') };
  mkdirSync(env.TMPDIR);
  execFileSync('mariadb-install-db', ['--no-defaults', `--datadir=${data}`, `--user=${user}`, '--auth-root-authentication-method=normal'], {
    stdio: 'ignore',
    env,
  });
  const child = spawn(
    server,
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--socket=${socket}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--user=${user}`,
      `--pid-file=${folder}/pid`,
      `--loose-innodb-snapshot-isolation=${snapshotIsolation ? 'ON' : 'OFF'}`,
      ...(durable ? [] : ['--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=0']),
    ],
    { stdio: 'ignore', env },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  // MariaDB 10.11 of Debian crashes now and then (seen in statements of Strapi's own): the tests after it say nothing about us.
  child.once('exit', (_, signal) => {
    if (signal !== null && signal !== 'SIGKILL') console.error(`MariaDB itself ended (${signal}).`);
  });
  const sql = `CREATE DATABASE strapi CHARACTER SET ${characterSet}; CREATE USER 'strapi'@'127.0.0.1' IDENTIFIED BY 'strapi'; CREATE USER 'strapi'@'localhost' IDENTIFIED BY 'strapi'; GRANT ALL ON *.* TO 'strapi'@'127.0.0.1'; GRANT ALL ON *.* TO 'strapi'@'localhost';`;
  for (let attempt = 0; ; attempt += 1) {
    try {
      execFileSync('mariadb', ['--no-defaults', '-u', 'root', `--socket=${socket}`, '-e', sql], { stdio: 'ignore' });
      break;
    } catch (error) {
      if (attempt > 100) throw error;
      await sleep(100);
    }
  }
  return {
    env: {
      DATABASE_CLIENT: 'mysql',
      DATABASE_HOST: '127.0.0.1',
      DATABASE_PORT: String(port),
      DATABASE_NAME: 'strapi',
      DATABASE_USERNAME: 'strapi',
      DATABASE_PASSWORD: 'strapi',
    },
    async stop() {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
