import path from 'node:path';
import knex from 'knex';
import { hasMariadb, startMariadb } from './mariadb';
import { hasPostgres, startPostgres } from './postgres';

/**
 * The database on which tests boot Strapi: SQLite in a temporary folder, or with TEST_DATABASE=postgres or mariadb
 * (`npm test -- --database=postgres`) one server for the whole run and on it a database for each such folder.
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
  const { env, stop } = await server.start();
  process.env.TEST_DATABASE_SERVER = JSON.stringify(env);
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

async function createDatabase(
  { DATABASE_CLIENT, DATABASE_HOST, DATABASE_PORT, DATABASE_USERNAME, DATABASE_PASSWORD }: Record<string, string>,
  name: string,
): Promise<void> {
  const isPostgres = DATABASE_CLIENT === 'postgres';
  const login = { host: DATABASE_HOST, port: Number(DATABASE_PORT), user: DATABASE_USERNAME, password: DATABASE_PASSWORD };
  const server = knex({ client: isPostgres ? 'pg' : 'mysql2', connection: { ...login, ...(isPostgres ? { database: 'postgres' } : {}) } });
  try {
    if (!isPostgres) await server.raw('create database if not exists ?? character set utf8mb4', [name]);
    else if ((await server('pg_database').where({ datname: name })).length === 0) await server.raw('create database ??', [name]);
  } finally {
    await server.destroy();
  }
}
