import { afterAll, beforeAll, expect, test } from 'vitest';
import { afterCommit } from '../../server/services/platform/after-commit';
import { hasForeignMiddlewares, watchDocumentMiddlewares } from '../../server/services/platform/document-middlewares';
import { decryptOrNull, decryptWith, encrypt } from '../../server/services/platform/encryption';
import { hasListeners, watchEventHub } from '../../server/services/platform/event-hub';
import { keepTables } from '../../server/services/platform/kept-tables';
import { linkTable, pointsAtDocument } from '../../server/services/platform/links';
import { incompatibilities } from '../../server/services/platform/self-check';
import { UID } from '../../server/services/uids';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** What the plugin takes from Strapi's insides is there and does what platform/ says. */

let app: TestStrapi;

beforeAll(async () => {
  app = await startStrapi();
});

afterAll(async () => {
  await app?.stop();
  removeFolder(app.folder);
});

test('this Strapi has all that the plugin needs', () => {
  expect(incompatibilities(app.strapi)).toEqual([]);
});

test('of a Strapi that lacks a part, one sentence each says which and what does not work', () => {
  const lacking = new Proxy(app.strapi, {
    get: (strapi, name) => (name === 'eventHub' ? {} : name === 'service' ? () => undefined : Reflect.get(strapi, name)),
  });
  expect(incompatibilities(lacking)).toEqual([
    expect.stringMatching(/^Strapi 5\.\d+\.\d+ has no strapi\.eventHub\.on, subscribe and emit as .*: webhooks may not hear/),
    expect.stringMatching(/has no service admin::encryption as /),
  ]);
});

test('what is to be done after a commit waits for the outermost transaction, and is not done after a rollback', async () => {
  const done: string[] = [];
  await app.strapi.db.transaction(async () => {
    await app.strapi.db.transaction(() => afterCommit(app.strapi, () => void done.push('inner')));
    expect(done).toEqual([]);
  });
  expect(done).toEqual(['inner']);
  await app.strapi.db.transaction(async ({ rollback }) => {
    await afterCommit(app.strapi, () => void done.push('rolled back'));
    await rollback();
  });
  await afterCommit(app.strapi, () => void done.push('at once'));
  expect(done).toEqual(['inner', 'at once']);
});

test('whoever listens to an event is noticed, and nobody else', () => {
  watchEventHub(app.strapi);
  expect(hasListeners(app.strapi, 'entry.contract')).toBe(false);
  const stop = app.strapi.eventHub.on('entry.contract', async () => {});
  expect(hasListeners(app.strapi, 'entry.contract')).toBe(true);
  stop();
});

test('a document middleware of the site is counted', () => {
  watchDocumentMiddlewares(app.strapi);
  expect(hasForeignMiddlewares(app.strapi)).toBe(false);
  app.strapi.documents.use((_, next) => next());
  expect(hasForeignMiddlewares(app.strapi)).toBe(true);
});

test('Strapi is told to keep each of our tables', async () => {
  await keepTables(app.strapi);
  const tables = (await app.strapi.db.dialect.schemaInspector.getTables()).filter((name: string) => name.startsWith('mail_scanner_'));
  const kept = (await app.strapi.store!.get({ type: 'core', key: 'persisted_tables' })) as { name: string }[];
  expect(tables.length).toBeGreaterThan(10);
  expect(kept.map(({ name }) => name)).toEqual(expect.arrayContaining(tables));
});

test('a relation is found by its join table', async () => {
  const ticket = await app.strapi.documents(UID.ticket).create({ data: { title: 'Contract' } as never });
  const comment = await app.strapi.documents(UID.comment).create({ data: { text: 'One', ticket: ticket.id } as never });
  const { name, owner, target } = linkTable(app.strapi, UID.comment, 'ticket');
  expect(
    await app.strapi.db
      .getConnection(name)
      .where({ [target]: ticket.id })
      .select(owner),
  ).toEqual([{ [owner]: comment.id }]);
  const found = await app.strapi.db
    .query(UID.comment)
    .findMany({ where: pointsAtDocument(app.strapi, UID.comment, 'ticket', ticket.documentId) });
  expect(found.map(({ id }: { id: number }) => id)).toEqual([comment.id]);
});

test('what Strapi encrypted is opened with its key, by Strapi and by us, and with no other', () => {
  const value = encrypt(app.strapi, 'a secret')!;
  const key = app.strapi.config.get<string>('admin.secrets.encryptionKey');
  expect(value).not.toContain('secret');
  expect(decryptOrNull(app.strapi, value)).toBe('a secret');
  expect(decryptWith(key, value)).toBe('a secret');
  expect(decryptWith(`${key}x`, value)).toBeNull();
  expect(decryptOrNull(app.strapi, 'v1:00:00:00')).toBeNull();
});
