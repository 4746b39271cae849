import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '../../server/services/storage/tables';
import { isOnSqlite } from '../support/database';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

let app: TestStrapi;

beforeAll(async () => {
  app = await startStrapi();
  await app.strapi.db.connection.schema.createTable('test_parents', (table) => void table.integer('id').primary());
  await app.strapi.db.connection.schema.createTable('test_children', (table) => {
    table.integer('id').primary();
    table.integer('parent').references('id').inTable('test_parents').deferrable('deferred');
  });
});

afterAll(async () => {
  await app.stop();
  removeFolder(app.folder);
});

const children = () => app.strapi.db.connection('test_children');

// MySQL checks everything at once: its commits fail only with its disk.
if (isOnSqlite || process.env.TEST_DATABASE === 'postgres') {
  test('a commit that fails is told, and a transaction within it does not wait for itself', async () => {
    const work = inTransaction(app.strapi, async (trx) => {
      await inTransaction(app.strapi, async () => trx('test_children').insert({ id: 1, parent: 42 }));
      return 'done';
    });
    await expect(work).rejects.toThrow(/foreign key/i);
    expect(await children()).toEqual([]);
  });
}

test('a transaction that blocked another one and was rolled back is run again', async () => {
  let attempts = 0;
  const work = inTransaction(app.strapi, async (trx) => {
    attempts += 1;
    await trx('test_parents').insert({ id: attempts });
    if (attempts === 1) throw Object.assign(new Error('Deadlock found'), { code: 'ER_LOCK_DEADLOCK' });
    return attempts;
  });
  expect(await work).toBe(2);
  expect(await app.strapi.db.connection('test_parents')).toEqual([{ id: 2 }]);
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
