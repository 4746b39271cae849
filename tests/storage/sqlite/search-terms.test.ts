import { afterAll, beforeAll, expect, test } from 'vitest';
import { idsHolding } from '../../../server/services/storage/text-index';
import { TEXT_INDEXES } from '../../../server/services/storage/text-index/types';
import { removeFolder, startStrapi, type TestStrapi } from '../../support/strapi';

const COMMENT = 'plugin::mail-scanner.comment';
const MANY = Array.from({ length: 250 }, (_, index) => `part${index}`).join(' ');

let app: TestStrapi;
const ids: Record<string, number> = {};

beforeAll(async () => {
  app = await startStrapi({ env: { DATABASE_CLIENT: 'sqlite' } });
  const texts = { printer: 'The printer', printers: 'Two printers, one cable', printing: 'PRINTING', many: MANY, umlaut: 'Drucktüren' };
  for (const [name, visibleText] of Object.entries(texts)) {
    const data = { documentId: name, text: visibleText, visibleText, isPublic: false, source: 'api' };
    ids[name] = Number((await app.strapi.db.query(COMMENT).create({ data: data as never })).id);
  }
}, 120_000);

afterAll(async () => {
  await app?.stop();
  if (app) removeFolder(app.folder);
});

/** What is found, and what FTS5 was asked for. */
async function search(words: string): Promise<{ found: number[]; asked: string[] }> {
  const asked: string[] = [];
  const note = ({ sql, bindings }: { sql: string; bindings: unknown[] }) =>
    void (sql.includes(' match ') && asked.push(String(bindings[0])));
  app.strapi.db.connection.on('query', note);
  const found = await idsHolding(app.strapi, TEXT_INDEXES.comment, words, 10);
  app.strapi.db.connection.off('query', note);
  return { found, asked };
}

test('FTS5 is asked for the whole words that begin so, which it reads from the newest on', async () => {
  const { found, asked } = await search('Print');
  expect(found).toEqual([ids.printing, ids.printers, ids.printer]);
  expect(asked).toEqual(['("printer" OR "printers" OR "printing")']);
  expect((await search('printers cab')).found).toEqual([ids.printers]);
});

test('a word that no record holds is not asked for', async () => {
  expect(await search('printer quuxfoo')).toEqual({ found: [], asked: [] });
});

test('a beginning of very many words, and one in other letters, is left to FTS5', async () => {
  expect(await search('par')).toEqual({ found: [ids.many], asked: ['("par"*)'] });
  expect((await search('part24')).asked[0]).toContain('"part249"');
  expect((await search('drucktür')).found).toEqual([ids.umlaut]);
});

test('a start finds the list of words again', async () => {
  await app.strapi.db.connection.raw('drop table mail_scanner_terms_comments');
  const { folder } = app;
  await app.stop();
  app = await startStrapi({ folder, env: { DATABASE_CLIENT: 'sqlite' } });
  expect((await search('cab')).found).toEqual([ids.printers]);
}, 60_000);
