import path from 'node:path';
import knex, { type Knex } from 'knex';
import { hasMariadb, startMariadb } from './mariadb';
import { hasPostgres, startPostgres } from './postgres';

/**
 * The database on which tests boot Strapi: SQLite in a temporary folder, or with TEST_DATABASE=postgres or mariadb
 * (`npm test -- --database=postgres`) one server for the whole run and on it a database for each such folder. On PostgreSQL,
 * TEST_DATABASE_SCHEMA (`--schema=`) names the schema of it that Strapi's `connection.schema` says; `public` unless told.
 */

const SERVERS = {
  postgres: { isThere: hasPostgres, start: () => startPostgres({ durable: false }) },
  mariadb: { isThere: hasMariadb, start: () => startMariadb({ durable: false, snapshotIsolation: true }) },
};

/** For vitest's globalSetup: the processes of the tests inherit where the server is. */
export default async function startServer(): Promise<(() => void | Promise<void>) | void> {
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

/** What a Strapi with this folder is told of its database: nothing for SQLite, whose file lies in the folder. */
export async function databaseOf(folder: string): Promise<Record<string, string>> {
  if (!process.env.TEST_DATABASE_SERVER) return {};
  const server = JSON.parse(process.env.TEST_DATABASE_SERVER) as Record<string, string>;
  const name = path.basename(folder).replace(/\W/g, '_');
  await createDatabase(server, name);
  return { ...server, DATABASE_NAME: name };
}

async function createDatabase(server: Record<string, string>, name: string): Promise<void> {
  const isPostgres = server.DATABASE_CLIENT === 'postgres';
  await onServer(server, isPostgres ? 'postgres' : undefined, async (knex) => {
    if (!isPostgres) await knex.raw('create database if not exists ?? character set utf8mb4', [name]);
    else if ((await knex('pg_database').where({ datname: name })).length === 0) await knex.raw('create database ??', [name]);
  });
  const schema = server.DATABASE_SCHEMA;
  // Strapi does not make it.
  if (schema) await onServer(server, name, (knex) => knex.raw('create schema if not exists ??', [schema]));
}

async function onServer(
  { DATABASE_CLIENT, DATABASE_HOST, DATABASE_PORT, DATABASE_USERNAME, DATABASE_PASSWORD }: Record<string, string>,
  database: string | undefined,
  work: (server: Knex) => PromiseLike<unknown>,
): Promise<void> {
  const login = { host: DATABASE_HOST, port: Number(DATABASE_PORT), user: DATABASE_USERNAME, password: DATABASE_PASSWORD };
  const server = knex({ client: DATABASE_CLIENT === 'postgres' ? 'pg' : 'mysql2', connection: { ...login, database } });
  try {
    await work(server);
  } finally {
    await server.destroy();
  }
}
