import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isOnSqlite } from '../support/database';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/**
 * A desk as a stranger leaves it who has all day: emails of 24 MB, kept whole as earlier versions did, and a ticket of 33,500
 * messages. A Strapi with a heap of 256 MB opens every page of it.
 */

const HUGE_EMAILS = 12;
/** MySQL takes 16 MB a statement, unless told otherwise, and so nothing larger was ever stored there. */
const HUGE_BYTES = isOnSqlite ? 24_000_000 : 7_000_000;
const MANY_COMMENTS = 33_500;

let folder: string;
let bundles: string;
let child: ChildProcess;
let base: string;
let token: string;

beforeAll(async () => {
  const app = await startStrapi();
  folder = app.folder;
  await fill(app);
  await app.stop();
  bundles = mkdtempSync(path.join(process.cwd(), 'node_modules', '.heap-'));
  const outfile = path.join(bundles, 'child.cjs');
  await build({
    entryPoints: ['tests/support/small-heap-child.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
  });
  child = fork(outfile, {
    env: { ...process.env, CHILD_FOLDER: folder },
    execArgv: ['--max-old-space-size=256'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  base = await new Promise((resolve, reject) => {
    child.once('message', (message) => resolve((message as { base: string }).base));
    child.once('exit', () => reject(new Error('The process ended before it listened.')));
  });
  const login = await send('POST', '/admin/login', { email: 'admin@example.com', password: 'Passw0rd!test' });
  token = login.body.data.token ?? login.body.data.accessToken;
});

afterAll(() => {
  child?.kill('SIGKILL');
  if (bundles) rmSync(bundles, { recursive: true, force: true });
  if (folder) removeFolder(folder);
});

async function fill({ strapi, api }: TestStrapi): Promise<void> {
  const tickets: { id: number; documentId: string }[] = [];
  for (let i = 0; i <= HUGE_EMAILS; i++)
    tickets.push(await api('POST', '/tickets', { title: `Huge ${i}`, contactEmail: `huge${i}@customer.test`, text: 'Hello.' }));
  const huge = 'All of a log, word for word. '.repeat(HUGE_BYTES / 29);
  const { connection } = strapi.db;
  const table = (uid: string) => strapi.db.metadata.get(uid).tableName;
  const ids = (await connection(table('plugin::mail-scanner.ticket')).select('id').orderBy('id')).map(({ id }) => id);
  const comments = table('plugin::mail-scanner.comment');
  const { joinTable } = strapi.db.metadata.get('plugin::mail-scanner.comment').attributes.ticket as any;
  const now = isOnSqlite ? Date.now() : new Date();
  let count = 0;
  const add = async (ticket: number, texts: string[]) => {
    const rows = texts.map((text) => ({
      document_id: `hostile${String(count++).padStart(17, '0')}`,
      text,
      visible_text: text,
      is_public: true,
      source: 'email',
      author_address: 'huge@customer.test',
      author_name: 'Huge',
      created_at: now,
      updated_at: now,
      published_at: now,
    }));
    for (let i = 0; i < rows.length; i += 50) {
      const some = rows.slice(i, i + 50);
      await connection(comments).insert(some);
      const added = await connection(comments)
        .select('id')
        .whereIn(
          'document_id',
          some.map((row) => row.document_id),
        );
      const links = added.map(({ id }) => ({ [joinTable.joinColumn.name]: id, [joinTable.inverseJoinColumn.name]: ticket }));
      await connection(joinTable.name).insert(links);
    }
  };
  for (const id of ids.slice(0, HUGE_EMAILS)) {
    await connection(table('plugin::mail-scanner.ticket')).where({ id }).update({ description: huge });
    await add(id, [huge]);
  }
  await add(
    ids.at(-1)!,
    Array.from({ length: MANY_COMMENTS }, (_, i) => `Message ${i} of very many`),
  );
}

async function send(method: string, url: string, body?: unknown): Promise<{ status: number; size: number; body: any }> {
  const response = await fetch(`${base}${url}`, {
    method,
    headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    size: text.length,
    body: response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text,
  };
}

const get = (url: string) => send('GET', `/mail-scanner${url}`);
const MOST = 6_000_000;

test('every page of the panel opens, and no answer is large', async () => {
  const list = await get('/tickets?pageSize=100&sort=createdAt:asc');
  expect([list.status, list.size < MOST]).toEqual([200, true]);
  const tickets: { documentId: string; contact: { documentId: string } }[] = list.body.data;
  expect(tickets).toHaveLength(HUGE_EMAILS + 1);
  const last = tickets.at(-1)!;
  const conversation = await get(`/tickets/${last.documentId}`);
  const pages = [
    ...tickets.map(({ documentId }) => `/tickets/${documentId}`),
    ...['summary', 'assignees'].map((name) => `/tickets/${name}`),
    `/tickets/${last.documentId}/comments?before=${conversation.body.data.comments[0].documentId}`,
    `/tickets/${last.documentId}/activities`,
    `/tickets/${last.documentId}/canned-replies`,
    '/tickets?search=log',
    '/tickets?search=very%20many',
    '/contacts',
    `/contacts/${last.contact.documentId}`,
    `/contacts/${tickets[0].contact.documentId}/erasure`,
    '/accounts',
    '/messages',
    '/deliveries',
    '/status',
  ];
  for (const page of pages) {
    const { status, size } = await get(page);
    expect([page, status, size < MOST]).toEqual([page, 200, true]);
  }
  // All that a contact wrote is what is asked for: it comes as a stream.
  expect((await get(`/contacts/${tickets[0].contact.documentId}/export`)).status).toBe(200);
});

test('a huge email is answered, and a ticket of very many messages, too', async () => {
  const { body } = await get('/tickets?pageSize=100&sort=createdAt:asc');
  for (const { documentId } of [body.data[0], body.data.at(-1)]) {
    const { status } = await send('POST', `/mail-scanner/tickets/${documentId}/comments`, { text: 'We look into it.', isPublic: true });
    expect(status).toBeLessThan(300);
  }
  expect(child.exitCode).toBeNull();
});

test('a huge ticket is deleted', async () => {
  const { body } = await get('/tickets?pageSize=100&sort=createdAt:asc');
  expect((await send('DELETE', `/mail-scanner/tickets/${body.data[0].documentId}`)).status).toBeLessThan(300);
  expect(child.exitCode).toBeNull();
});
