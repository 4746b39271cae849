import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addScanner, eventually, mail, setUpOutgoing } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { TestMailServer } from '../support/mail-server';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { snippetsOf } from '../support/snippets';
import { appDir, removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** The files that docs/site.md shows, in TypeScript. */
const shownFiles = () => snippetsOf(['docs/site.md']).filter(({ language }) => language === 'ts');

let app: TestStrapi;
let sink: SmtpSink;
let distDir: string;

beforeAll(async () => {
  // Beside node_modules, so that what it imports is found.
  distDir = mkdtempSync(path.join(process.cwd(), 'node_modules', '.site-'));
  cpSync(path.join(appDir, 'dist'), distDir, { recursive: true });
  for (const { file, code } of shownFiles()) {
    const target = path.join(distDir, file.replace(/\.ts$/, '.js'));
    mkdirSync(path.dirname(target), { recursive: true });
    const { outputText } = ts.transpileModule(code, {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    writeFileSync(target, outputText);
  }
  sink = await startSmtpSink();
  app = await startStrapi({ distDir });
  await setUpOutgoing(app, sink);
});

afterAll(async () => {
  await app?.stop();
  await sink?.stop();
  if (app) removeFolder(app.folder);
  rmSync(distDir, { recursive: true, force: true });
});

/** Lets a role of users-permissions do this, as the panel's role editor does. */
async function allow(role: 'public' | 'authenticated', actions: string[]): Promise<void> {
  const { id } = await app.strapi.db.query('plugin::users-permissions.role').findOne({ where: { type: role } });
  for (const action of actions)
    await app.strapi.db.query('plugin::users-permissions.permission').create({ data: { action, role: id } as never });
}

async function register(name: string, confirmed = true): Promise<string> {
  const { body } = await app.request(
    'POST',
    '/api/auth/local/register',
    { username: name, email: `${name}@customer.test`, password: 'Passw0rd!site' },
    null,
  );
  await app.strapi.db.query('plugin::users-permissions.user').updateMany({ where: { username: name }, data: { confirmed } as never });
  return body.jwt;
}

describe('what docs/site.md shows for a site', () => {
  const form = { email: 'Jane@customer.test', name: 'Jane Doe', subject: 'Broken printer', message: 'It does not print.' };
  const submit = (body: object) => app.request('POST', '/api/helpdesk/tickets', body, null);

  test('is closed until a role may', async () => {
    expect((await submit(form)).status).toBe(403);
    expect((await app.request('GET', '/api/helpdesk/tickets', undefined, await register('nobody'))).status).toBe(403);
    await allow('public', ['api::helpdesk.helpdesk.create']);
    await allow('authenticated', ['api::helpdesk.helpdesk.mine']);
  });

  test('a contact form opens a ticket, and sends nothing to an address that anybody can type', async () => {
    expect(await submit(form)).toMatchObject({ status: 201, body: { data: { received: true } } });
    const [ticket] = await app.api('GET', '/tickets');
    expect(ticket).toMatchObject({ title: 'Broken printer', ticketStatus: 'Open', contact: { email: 'jane@customer.test' } });
    await app.strapi.plugin('mail-scanner').service('outbox').deliver();
    expect(sink.mails).toEqual([]);
    expect(
      (await app.api('GET', `/tickets/${ticket.documentId}`)).comments.map(({ text, delivery }: any) => [text, delivery !== null]),
    ).toEqual([['It does not print.', false]]);
  });

  test('the public sets nothing else and reads nothing', async () => {
    for (const more of [
      { ticketStatus: 'Closed' },
      { ticketNumber: 'TT1' },
      { contact: 1 },
      { website: 'http://spam.test' },
      { email: 'no address' },
      { message: '' },
    ]) {
      expect([more, (await submit({ ...form, ...more })).status]).toEqual([more, 400]);
    }
    expect((await app.request('GET', '/api/helpdesk/tickets', undefined, null)).status).toBe(403);
    expect(await app.api('GET', '/tickets')).toHaveLength(1);
  });

  test('takes so many an hour from one address, and from all together', async () => {
    expect((await submit(form)).status).toBe(201);
    expect((await submit(form)).status).toBe(201);
    expect((await submit(form)).status).toBe(429);
    expect((await submit({ ...form, email: 'tom@customer.test', subject: 'Mine' })).status).toBe(201);
    const statuses: number[] = [];
    for (let index = 0; index < 60; index += 1) statuses.push((await submit({ ...form, email: `c${index}@customer.test` })).status);
    expect([statuses[0], statuses.at(-1)]).toEqual([201, 429]);
  });

  test('a customer who is signed in sees their own tickets alone, and only with a confirmed address', async () => {
    const mine = async (token: string) => app.request('GET', '/api/helpdesk/tickets', undefined, token);
    const tom = await mine(await register('tom'));
    expect(tom.body.data.map(({ title }: any) => title)).toEqual(['Mine']);
    expect(Object.keys(tom.body.data[0]).sort()).toEqual(['documentId', 'id', 'lastActivityAt', 'ticketNumber', 'ticketStatus', 'title']);
    expect((await mine(await register('ann'))).body.data).toEqual([]);
    expect((await mine(await register('jane', false))).status).toBe(403);
  });
});

describe('REST of the content types', () => {
  const TYPES = ['tickets', 'comments', 'contacts', 'accounts'];

  test.each(TYPES)('%s are closed to everybody until a role may', async (type) => {
    for (const token of [null, await register(`stranger-${type}`)]) {
      expect((await app.request('GET', `/api/mail-scanner/${type}`, undefined, token)).status).toBe(403);
      expect(
        (await app.request('POST', `/api/mail-scanner/${type}`, { data: { title: 'x', name: 'x', email: 'x@x.test', text: 'x' } }, token))
          .status,
      ).toBe(403);
    }
  });

  test('a role that may sees no secret and no administrator; HTML is cleaned, and nobody passes it off as an email', async () => {
    await allow(
      'authenticated',
      ['find', 'create'].flatMap((action) => ['ticket', 'comment'].map((type) => `plugin::mail-scanner.${type}.${action}`)),
    );
    const token = await register('integrator');
    const { body: tickets } = await app.request('GET', '/api/mail-scanner/tickets?populate=*', undefined, token);
    expect(tickets.data.length).toBeGreaterThan(0);
    expect(JSON.stringify(tickets)).not.toMatch(/threadToken|subjectKey|password/);
    const data = { html: '<p>Hi</p><script>alert(1)</script>', source: 'email', isPublic: false };
    const { body: made, status } = await app.request('POST', '/api/mail-scanner/comments', { data }, token);
    expect([status, made.data.html, made.data.source]).toEqual([201, '<p>Hi</p>', 'api']);
  });
});

describe('webhooks', () => {
  let receiver: Server;
  let server: TestMailServer;
  const received: any[] = [];

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => (received.push(JSON.parse(body)), response.end()));
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    server = await startHoodiecrow();
  });
  afterAll(async () => {
    receiver?.close();
    await server?.stop();
  });

  test('tell another system of tickets, comments and contacts that an email made, and of changes', async () => {
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    await app.api('POST', '/admin/webhooks', { name: 'CRM', url, headers: {}, events: ['entry.create', 'entry.update'] });
    const scanner = await addScanner(app, server);
    await server.append('INBOX', mail({ from: 'Zoe <zoe@customer.test>', subject: 'By email', text: 'Hello webhook' }));
    await app.api('POST', `/scanners/${scanner.documentId}/run`);
    const created = (uid: string) =>
      received.find(({ event, uid: of }) => event === 'entry.create' && of === `plugin::mail-scanner.${uid}`)?.entry;
    await eventually(() => created('ticket') && created('comment') && created('contact'));
    expect(created('ticket')).toMatchObject({ title: 'By email', contact: { email: 'zoe@customer.test' } });
    expect(created('comment')).toMatchObject({ text: expect.stringContaining('Hello webhook') });
    expect(JSON.stringify(received)).not.toMatch(/threadToken|"password":/);
    await app.api('PUT', `/tickets/${created('ticket').documentId}`, { priority: 'High' });
    await eventually(() => received.some(({ event, entry }) => event === 'entry.update' && entry.priority === 'High'));
  });
});
