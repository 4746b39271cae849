import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { acquireLease } from '../../server/services/storage/lease';
import { inTransaction } from '../../server/services/storage/tables';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

let app: TestStrapi;

beforeAll(async () => {
  app = await startStrapi();
});

afterAll(async () => {
  await app.stop();
  removeFolder(app.folder);
});

const askedTenTimes = async (name: string) => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => acquireLease(app.strapi, name)));
  return answers.filter((lease) => lease !== null);
};

test('of ten who ask at once one gets it; nobody else while it is held, and the next when it is given back', async () => {
  const [lease, ...more] = await askedTenTimes('one');
  expect(more).toEqual([]);
  expect(await askedTenTimes('one')).toEqual([]);
  await lease.release();
  const again = await askedTenTimes('one');
  expect(again).toHaveLength(1);
  await again[0].release();
});

test('of ten who ask for one whose holder is gone, one gets it', async () => {
  const gone = { name: 'left', owner: 'somebody', until: Date.now() - 1 };
  await app.strapi.db.connection('mail_scanner_leases').insert(gone);
  const leases = await askedTenTimes('left');
  expect(leases).toHaveLength(1);
  await leases[0].release();
});

test('who could not renew it for as long as it holds knows that it has run out', async () => {
  app.strapi.config.set('plugin::mail-scanner.leaseSeconds', 1);
  vi.useFakeTimers({ toFake: ['setInterval'] });
  const lease = (await acquireLease(app.strapi, 'short'))!;
  vi.useRealTimers();
  lease.assertHeld();
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect(() => lease.assertHeld()).toThrow('passed to another instance');
  await lease.release();
  app.strapi.config.set('plugin::mail-scanner.leaseSeconds', 30);
});

test('a commit under it renews it, also where renewals by themselves are late; one that is rolled back does not', async () => {
  app.strapi.config.set('plugin::mail-scanner.leaseSeconds', 1);
  vi.useFakeTimers({ toFake: ['setInterval'] });
  const lease = (await acquireLease(app.strapi, 'committing'))!;
  vi.useRealTimers();
  await new Promise((resolve) => setTimeout(resolve, 700));
  await inTransaction(app.strapi, (trx) => lease.confirm(trx));
  await new Promise((resolve) => setTimeout(resolve, 600));
  lease.assertHeld();
  const regretted = inTransaction(app.strapi, async (trx) => {
    await lease.confirm(trx);
    throw new Error('regretted');
  });
  await expect(regretted).rejects.toThrow('regretted');
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(() => lease.assertHeld()).toThrow('passed to another instance');
  await lease.release();
  app.strapi.config.set('plugin::mail-scanner.leaseSeconds', 30);
});

test('who renews it holds it for longer than it was taken for', async () => {
  app.strapi.config.set('plugin::mail-scanner.leaseSeconds', 1);
  const lease = (await acquireLease(app.strapi, 'renewed'))!;
  await new Promise((resolve) => setTimeout(resolve, 1500));
  lease.assertHeld();
  await lease.release();
  app.strapi.config.set('plugin::mail-scanner.leaseSeconds', 30);
});

// PostgreSQL and SQLite know no such lock.
const onMariadb = process.env.TEST_DATABASE === 'mariadb' ? test : () => {};
onMariadb('who asks gets in the way of no holder who renews it', async () => {
  const deadlocks = async () => {
    const [[{ Value }]] = await app.strapi.db.connection.raw("show global status like 'Innodb_deadlocks'");
    return Number(Value);
  };
  const before = await deadlocks();
  const lease = (await acquireLease(app.strapi, 'busy'))!;
  const renewals = (async () => {
    for (let round = 0; round < 100; round += 1) await inTransaction(app.strapi, (trx) => lease.confirm(trx));
  })();
  const others = (async () => {
    for (let round = 0; round < 20; round += 1) expect(await askedTenTimes('busy')).toEqual([]);
  })();
  await Promise.all([renewals, others]);
  await lease.release();
  expect(await deadlocks()).toBe(before);
});
