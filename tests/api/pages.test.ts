import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** A page of a long list, read from whichever end is nearer. */

let app: TestStrapi;

beforeAll(async () => {
  app = await startStrapi();
  for (let index = 1; index <= 25; index += 1) {
    const place = { folder: 'INBOX', uidValidity: '1', uid: String(index), outcome: index % 5 ? 'processed' : 'failed' };
    await app.strapi.db.query('plugin::mail-scanner.message').create({ data: { ...place, subject: `Mail ${index}` } as never });
  }
});

afterAll(async () => {
  await app?.stop();
  if (app) removeFolder(app.folder);
});

const pageOf = async (query: string) => {
  const { body } = await app.request('GET', `/messages?${query}`);
  return { subjects: body.data.map(({ subject }: any) => Number(subject.slice(5))), ...body.meta.pagination };
};

test('each page of the scan log has its own rows, newest first, also the last ones and those behind them', async () => {
  const pages = [1, 2, 3, 4].map(async (page) => (await pageOf(`page=${page}&pageSize=10`)).subjects);
  expect(await Promise.all(pages)).toEqual([
    [25, 24, 23, 22, 21, 20, 19, 18, 17, 16],
    [15, 14, 13, 12, 11, 10, 9, 8, 7, 6],
    [5, 4, 3, 2, 1],
    [],
  ]);
  expect(await pageOf('page=3&pageSize=10')).toMatchObject({ total: 25, pageCount: 3 });
  expect(await pageOf('page=2&pageSize=3&outcome=failed')).toMatchObject({ subjects: [10, 5], total: 5 });
});
