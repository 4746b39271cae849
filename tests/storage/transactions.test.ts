import path from 'node:path';
import knex, { type Knex } from 'knex';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '../../server/services/storage/tables';
import { isOnSqlite } from '../support/database';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

let app: TestStrapi;

const isOnMariadb = process.env.TEST_DATABASE === 'mariadb';

beforeAll(async () => {
  app = await startStrapi();
  await app.strapi.db.connection.schema.createTable('test_parents', (table) => {
    table.integer('id').primary();
    table.integer('value').defaultTo(0);
  });
  await app.strapi.db.connection.schema.createTable('test_children', (table) => {
    table.integer('id').primary();
    const parent = table.integer('parent').references('id').inTable('test_parents');
    if (!isOnMariadb) parent.deferrable('deferred');
  });
});

afterAll(async () => {
  await app.stop();
  removeFolder(app.folder);
});

const parents = () => app.strapi.db.connection('test_parents');
const children = () => app.strapi.db.connection('test_children');

/** Writes something of which the commit will fail: a missing parent. MariaDB looks at once, so there the connection dies before the commit. */
async function writeWhatCannotBeCommitted(trx: Knex.Transaction): Promise<void> {
  if (!isOnMariadb) return trx('test_children').insert({ id: 1, parent: 42 });
  await trx('test_children').insert({ id: 1, parent: null });
  const [[{ id }]] = await trx.raw('select connection_id() as id');
  await app.strapi.db.connection.raw('kill ?', [Number(id)]);
}

test('a commit that fails is told, and a transaction within it does not wait for itself', async () => {
  const work = inTransaction(app.strapi, async (trx) => {
    await inTransaction(app.strapi, async () => writeWhatCannotBeCommitted(trx));
    return 'done';
  });
  await expect(work).rejects.toThrow(isOnMariadb ? /socket|connection/i : /foreign key/i);
  expect(await children()).toEqual([]);
});

// PostgreSQL waits and overwrites, as MySQL does.
const onMariadb = isOnMariadb ? test : () => {};
onMariadb('a transaction whose rows another one changed after it had read them is run again', async () => {
  await parents().insert({ id: 100 });
  let attempts = 0;
  await inTransaction(app.strapi, async (trx) => {
    attempts += 1;
    const { value } = await trx('test_parents').where({ id: 100 }).first();
    if (attempts === 1) await parents().where({ id: 100 }).update({ value: 10 });
    await trx('test_parents')
      .where({ id: 100 })
      .update({ value: value + 1 });
  });
  expect(await parents()).toEqual([{ id: 100, value: 11 }]);
  await parents().delete();
});

const onSqlite = isOnSqlite ? test : () => {};
onSqlite('a transaction that wrote after another process had, since it read, is run again', async () => {
  const connection = { filename: path.join(app.folder, 'test.db') };
  const other = knex({ client: 'better-sqlite3', connection, useNullAsDefault: true });
  let attempts = 0;
  await inTransaction(app.strapi, async (trx) => {
    attempts += 1;
    await trx('test_parents').select();
    if (attempts === 1) await other('test_parents').insert({ id: 300 });
    await trx('test_parents').insert({ id: 301 });
  });
  await other.destroy();
  expect([attempts, await parents().orderBy('id').pluck('id')]).toEqual([2, [300, 301]]);
  await parents().delete();
});

test('a transaction that blocked another one and was rolled back is run again', async () => {
  let attempts = 0;
  const work = inTransaction(app.strapi, async (trx) => {
    attempts += 1;
    await trx('test_parents').insert({ id: attempts });
    if (attempts === 1) throw Object.assign(new Error('Deadlock found'), { code: 'ER_LOCK_DEADLOCK' });
    return attempts;
  });
  expect(await work).toBe(2);
  expect(await parents()).toMatchObject([{ id: 2 }]);
});

test('what failed for another reason is not run again', async () => {
  let attempts = 0;
  const work = inTransaction(app.strapi, async () => {
    attempts += 1;
    throw new Error('no');
  });
  await expect(work).rejects.toThrow('no');
  expect(attempts).toBe(1);
});
