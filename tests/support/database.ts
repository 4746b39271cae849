import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import knex, { type Knex } from 'knex';
import { hasMariadb, startMariadb } from './mariadb';
import { hasPostgres, startPostgres } from './postgres';

/**
 * The database on which tests boot Strapi: SQLite in a temporary folder, or with TEST_DATABASE=postgres or mariadb
 * (`npm test -- --database=postgres`) one server for the whole run and on it a database for each such folder. On PostgreSQL,
 * TEST_DATABASE_SCHEMA (`--schema=`) names the schema of it that Strapi's `connection.schema` says; `public` unless told.
 *
 * Two thirds of a first start are the making of tables. With TEST_TEMPLATE set, as `npm test` does for many files, one Strapi starts
 * before them, and each new database is a copy of what it left.
 */

const SERVERS = {
  postgres: { isThere: hasPostgres, start: () => startPostgres({ durable: false }) },
  mariadb: { isThere: hasMariadb, start: () => startMariadb({ durable: false, snapshotIsolation: true }) },
};

/** For vitest's globalSetup: the processes of the tests inherit where server and template are. */
export default async function setUp(): Promise<() => Promise<void>> {
  const stopServer = await startServer();
  const folder = process.env.TEST_TEMPLATE ? makeTemplate() : undefined;
  return async () => {
    if (folder) rmSync(folder, { recursive: true, force: true });
    await stopServer?.();
  };
}

/** The folder of a Strapi that has started once. */
function makeTemplate(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'mail-scanner-template-'));
  delete process.env.TEST_TEMPLATE_FOLDER;
  execFileSync(process.execPath, ['scripts/run-ts.mjs', 'tests/support/first-start.ts', folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, STRAPI_TELEMETRY_DISABLED: 'true', NODE_ENV: 'test', LOG_LEVEL: 'error' },
  });
  Object.assign(process.env, { TEST_TEMPLATE_FOLDER: folder, TEST_TEMPLATE_SERVER: process.env.TEST_DATABASE_SERVER ?? '' });
  return folder;
}

async function startServer(): Promise<(() => void | Promise<void>) | void> {
  const name = process.env.TEST_DATABASE;
  if (!name || name === 'sqlite') return;
  const server = SERVERS[name as keyof typeof SERVERS];
  if (!server) throw new Error(`TEST_DATABASE is "${name}": sqlite, ${Object.keys(SERVERS).join(' or ')} would be understood.`);
  if (!server.isThere()) throw new Error(`Install ${name}, or leave TEST_DATABASE out to test on SQLite.`);
  const schema = process.env.TEST_DATABASE_SCHEMA;
  if (schema && name !== 'postgres') throw new Error('TEST_DATABASE_SCHEMA is for PostgreSQL alone: set TEST_DATABASE=postgres, too.');
  const { env, stop } = await server.start();
  process.env.TEST_DATABASE_SERVER = JSON.stringify({ ...env, ...(schema ? { DATABASE_SCHEMA: schema } : {}) });
  return stop;
}

/** For the few things that only one database can be made to do. */
export const isOnSqlite = !process.env.TEST_DATABASE_SERVER;

/**
 * What a Strapi with this folder is told of its database: nothing for SQLite, whose file lies in the folder. `isNew`: it has none yet, and
 * gets a copy of the template where there is one.
 */
export async function databaseOf(folder: string, isNew = false): Promise<Record<string, string>> {
  // A test may have started a server of its own.
  const isThere = process.env.TEST_TEMPLATE_SERVER === (process.env.TEST_DATABASE_SERVER ?? '');
  const template = isNew && isThere ? process.env.TEST_TEMPLATE_FOLDER : undefined;
  if (!process.env.TEST_DATABASE_SERVER) {
    if (template) copyFileSync(path.join(template, 'test.db'), path.join(folder, 'test.db'));
    return {};
  }
  const server = JSON.parse(process.env.TEST_DATABASE_SERVER) as Record<string, string>;
  const name = databaseName(folder);
  await createDatabase(server, name, template && databaseName(template));
  return { ...server, DATABASE_NAME: name };
}

const databaseName = (folder: string): string => path.basename(folder).replace(/\W/g, '_');

async function createDatabase(server: Record<string, string>, name: string, template?: string): Promise<void> {
  if (server.DATABASE_CLIENT === 'postgres')
    await onServer(server, 'postgres', async (knex) => {
      if ((await knex('pg_database').where({ datname: name })).length > 0) return;
      await knex.raw(`create database ??${template ? ' template ??' : ''}`, template ? [name, template] : [name]);
    });
  else
    await onServer(server, undefined, async (knex) => {
      await knex.raw('create database if not exists ?? character set utf8mb4', [name]);
      if (template) await copyMariadb(knex, template, name);
    });
  const schema = server.DATABASE_SCHEMA;
  // Strapi does not make it.
  if (schema) await onServer(server, name, (knex) => knex.raw('create schema if not exists ??', [schema]));
}

/** MariaDB has no statement for it: tables by the statements that would make them, then their rows, then triggers. */
async function copyMariadb(knex: Knex, from: string, to: string): Promise<void> {
  const rowsOf = async (sql: string, names: string[]): Promise<Record<string, string>[]> => (await knex.raw(sql, names))[0];
  const tables = (await rowsOf('show full tables from ?? where table_type = "BASE TABLE"', [from])).map((row) => Object.values(row)[0]!);
  const triggers = await rowsOf('show triggers from ??', [from]);
  const statements = await Promise.all(
    tables.map(async (table) => (await rowsOf('show create table ??.??', [from, table]))[0]!['Create Table']!),
  );
  await knex.raw('use ??', [to]);
  await knex.raw('set foreign_key_checks = 0');
  for (const statement of statements) await knex.raw(statement.replaceAll('?', '\\?'));
  for (const table of tables) await knex.raw('insert into ?? select * from ??.??', [table, from, table]);
  for (const { Trigger: name } of triggers) {
    const [made] = await rowsOf('show create trigger ??.??', [from, name!]);
    await knex.raw(made!['SQL Original Statement']!.replaceAll('?', '\\?'));
  }
}

async function onServer(
  { DATABASE_CLIENT, DATABASE_HOST, DATABASE_PORT, DATABASE_USERNAME, DATABASE_PASSWORD }: Record<string, string>,
  database: string | undefined,
  work: (server: Knex) => PromiseLike<unknown>,
): Promise<void> {
  const login = { host: DATABASE_HOST, port: Number(DATABASE_PORT), user: DATABASE_USERNAME, password: DATABASE_PASSWORD };
  const server = knex({
    client: DATABASE_CLIENT === 'postgres' ? 'pg' : 'mysql2',
    connection: { ...login, database },
    pool: { min: 1, max: 1 },
  });
  try {
    await work(server);
  } finally {
    await server.destroy();
  }
}
