import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { UID } from '@strapi/strapi';
import { measureTimes } from '../../server/services/times/measure';
import { startDesk, type Desk } from '../support/desk';
import { mail, type MailInput } from '../support/helpdesk';
import { appDir, removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** What `strapi export`, `strapi import` and `strapi transfer` make of a helpdesk: by the commands themselves, back into the same site and into new ones. */

const strapiBin = path.resolve('node_modules/@strapi/strapi/bin/strapi.js');
/** On the database of the Strapi that was loaded last, unless told otherwise. */
const command = (args: string[], env = process.env) => promisify(execFile)(process.execPath, [strapiBin, ...args], { cwd: appDir, env });

let desk: Desk;
let archive: string;
let before: Awaited<ReturnType<typeof whatIsThere>>;
let oldSite: string;
let newSite: string;
let thirdSite: string;
let exportedAt: number;

beforeAll(async () => {
  desk = await startDesk();
  const { app, sink } = desk;
  oldSite = app.folder;
  await app.api('PUT', '/settings', { ticketPrefix: 'AB' });
  const tag = await app.api('POST', '/tags', { name: 'Lamps', colour: 'blue' });
  await desk.arrives(
    today({ subject: 'The lamp flickers', from: 'Jane <jane@customer.test>', messageId: '<lamp@customer.test>' }),
    today({ subject: 'The list', from: 'Kim <kim@customer.test>', text: FILE, headers: { 'Content-Type': 'multipart/mixed; boundary=b' } }),
    today({ subject: 'Closed already', from: 'Lee <lee@customer.test>' }),
  );
  const ticket = await ticketWith(app, 'The lamp flickers');
  await app.api('PUT', `/tickets/${ticket.documentId}`, { addTags: [tag.documentId], priority: 'High' });
  await app.api('PUT', `/tickets/${(await ticketWith(app, 'Closed already')).documentId}`, { ticketStatus: 'Closed' });
  await app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'Change the bulb.', isPublic: true });
  await sendWhatIsDue(app);
  await sink.received(1);
  await app.api('POST', '/triggers', {
    name: 'Remind',
    active: true,
    state: 'closed',
    minutes: 1,
    conditions: { combinator: 'and', rules: [] },
    actions: [{ type: 'setFields', config: { fields: { priority: 'Urgent' } } }],
    alsoExisting: true,
  });
  await measureTimes(app.strapi);
  before = await whatIsThere(app);
  await app.stop();
  exportedAt = Date.now();
  archive = path.join(app.folder, 'exported');
  await command(['export', '--no-encrypt', '--no-compress', '--file', archive]);
});

afterAll(async () => {
  // Each test leaves another one there than the desk began with.
  await desk?.app.stop();
  await desk?.sink.stop();
  await desk?.server.stop();
  for (const folder of [oldSite, newSite, thirdSite]) if (folder) removeFolder(folder);
});

const FILE = [
  ...['--b', 'Content-Type: text/plain', '', 'See the file.'],
  ...['--b', 'Content-Type: text/csv; name=list.csv', 'Content-Disposition: attachment; filename=list.csv', '', 'a;b', '--b--', ''],
].join('\n');

const today = (given: MailInput) => mail({ ...given, headers: { Date: new Date().toUTCString(), ...given.headers } });
const ticketsOf = (app: TestStrapi): Promise<any[]> => app.api('GET', '/tickets?view=all&pageSize=50');
const ticketWith = async (app: TestStrapi, title: string) => (await ticketsOf(app)).find((ticket) => ticket.title === title);
const sendWhatIsDue = (app: TestStrapi) => (app.strapi.plugin('mail-scanner').service('outbox') as any).deliver();
const rows = (app: TestStrapi, type: string): Promise<any[]> =>
  app.strapi.db.query(`plugin::mail-scanner.${type}` as UID.Schema).findMany({ orderBy: { documentId: 'asc' } } as never);

/** All that people see of it. */
async function whatIsThere(app: TestStrapi) {
  const tickets = [];
  for (const { documentId } of await ticketsOf(app)) {
    const ticket = await app.api('GET', `/tickets/${documentId}`);
    tickets.push({
      documentId,
      number: ticket.ticketNumber,
      title: ticket.title,
      status: ticket.ticketStatus,
      priority: ticket.priority,
      contact: ticket.contact?.email,
      tags: ticket.helpdeskTags?.map(({ name }: any) => name),
      // Without its author: Strapi exports no administrators.
      comments: ticket.comments.map(({ text, isPublic, attachments }: any) => ({
        text,
        isPublic,
        files: attachments?.map(({ name }: any) => name),
      })),
      log: (await app.api('GET', `/tickets/${documentId}/activities`)).map(({ kind }: any) => kind),
    });
  }
  const found = await app.api('GET', '/tickets?view=all&search=bulb');
  const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
  const report = await app.api('GET', `/reports?since=${day(-1)}&until=${day(1)}`);
  return {
    tickets,
    found: found.map(({ title }: any) => title),
    opened: report.numbers.opened,
    solved: report.numbers.solved,
    answered: report.numbers.firstResponse.count,
    settings: await app.api('GET', '/settings'),
    outgoing: await app.api('GET', '/outgoing-mail'),
    scanLog: (await rows(app, 'message')).map(({ documentId, outcome, subject, fingerprint }) => ({
      documentId,
      outcome,
      subject,
      fingerprint,
    })),
    deliveries: (await rows(app, 'delivery')).map(({ documentId, state, messageId }) => ({ documentId, state, messageId })),
    rules: (await rows(app, 'rule')).map(({ documentId, name, actions }) => ({ documentId, name, actions })),
  };
}

describe('exported and imported again', () => {
  test('a site has all as before, sends nothing and takes nothing twice', async () => {
    expect(before).toMatchObject({ opened: 3, solved: 1, answered: 1, found: ['The lamp flickers'] });
    await command(['import', '--force', '--file', `${archive}.tar`]);
    const app = (desk.app = await startStrapi({ folder: desk.app.folder }));
    await measureTimes(app.strapi);
    expect(await whatIsThere(app)).toEqual(before);
    expect(await fileOf(app, 'The list')).toMatchObject({ status: 200, body: expect.stringContaining('a;b') });
    await goesOn(app, 'Into the same site');
  });

  test('a trigger begins again: on what it has acted already, nobody knows', async () => {
    const [{ startsAt }] = await desk.app.api('GET', '/triggers');
    expect(new Date(startsAt).getTime()).toBeGreaterThan(exportedAt);
  });

  test('a new site has all but files and passwords, and goes on when it was given the password', async () => {
    await desk.app.stop();
    const fresh = await startStrapi();
    newSite = fresh.folder;
    await fresh.stop();
    await command(['import', '--force', '--file', `${archive}.tar`]);
    const app = (desk.app = await startStrapi({ folder: newSite }));
    await measureTimes(app.strapi);
    const { outgoing, ...rest } = await whatIsThere(app);
    expect({ ...rest, outgoing: null }).toEqual({ ...before, outgoing: null });
    expect(outgoing).toMatchObject({ host: desk.sink.host, fromAddress: 'support@example.com' });
    expect((await fileOf(app, 'The list')).status).toBe(404);

    await goesOnWithThePassword(app, 'Into a new site');
  });

  test('strapi transfer brings as much into a site that runs; its reports follow with the next start', async () => {
    await measureTimes(desk.app.strapi);
    const there = await whatIsThere(desk.app);
    const source = { ...process.env };
    await desk.app.stop();
    const running = (desk.app = await startStrapi());
    thirdSite = running.folder;
    const token = await running.api('POST', '/admin/transfer/tokens', {
      name: 'Move',
      description: '',
      lifespan: null,
      permissions: ['push'],
    });
    // Its own files are in the private folder; the Media Library of the playground is shared by all tests.
    await command(['transfer', '--force', '--exclude', 'files', '--to', `${running.base}/admin`, '--to-token', token.accessKey], source);
    expect(await whatIsThere(running)).toEqual({ ...there, opened: 0, solved: 0, answered: 0 });

    await running.stop();
    const app = (desk.app = await startStrapi({ folder: thirdSite }));
    await measureTimes(app.strapi);
    expect(await whatIsThere(app)).toEqual(there);
    expect((await fileOf(app, 'The list')).status).toBe(404);
    await goesOnWithThePassword(app, 'Into a site that runs');
  });
});

async function goesOnWithThePassword(app: TestStrapi, subject: string): Promise<void> {
  const [scanner] = await app.api('GET', '/scanners');
  const run = await app.api('POST', `/scanners/${scanner.documentId}/run`);
  expect(run).toMatchObject({ scanned: 0, error: { code: 'authenticationFailed', messageSaid: { code: 'mailbox.noPassword' } } });
  const { password } = (await desk.server.connection(app)) as { password: string };
  await app.api('PUT', `/scanners/${scanner.documentId}`, { password });
  await goesOn(app, subject);
}

async function fileOf(app: TestStrapi, title: string) {
  const { comments } = await app.api('GET', `/tickets/${(await ticketWith(app, title)).documentId}`);
  return app.request('GET', `/attachments/${comments[0].attachments[0].documentId}`);
}

/** The next email becomes a ticket with the next number, an answer finds its ticket, and nothing leaves or comes in again. */
async function goesOn(app: TestStrapi, subject: string): Promise<void> {
  const [scanner] = await app.api('GET', '/scanners');
  const run = () => app.api('POST', `/scanners/${scanner.documentId}/run`);
  const numbers = (await ticketsOf(app)).map(({ ticketNumber }) => Number(ticketNumber.slice(2)));
  const known = (await rows(app, 'message')).length;
  const reply = { 'In-Reply-To': '<lamp@customer.test>', References: '<lamp@customer.test>' };
  await desk.server.appendAll('INBOX', [
    mail({ subject, from: 'New <new@customer.test>' }),
    mail({ subject: `Re: ${subject}`, from: 'Jane <jane@customer.test>', text: `It helped: ${subject}`, headers: reply }),
  ]);
  expect(await run()).toMatchObject({ error: null, failed: [] });
  expect((await ticketWith(app, subject)).ticketNumber).toBe(`AB${Math.max(...numbers) + 1}`);
  expect(await ticketsOf(app)).toHaveLength(numbers.length + 1);
  const lamp = await app.api('GET', `/tickets/${(await ticketWith(app, 'The lamp flickers')).documentId}`);
  expect(lamp.comments.map(({ text }: any) => text.trim())).toContain(`It helped: ${subject}`);
  expect(await run()).toMatchObject({ scanned: 0, error: null });
  expect(await rows(app, 'message')).toHaveLength(known + 2);
  await sendWhatIsDue(app);
  expect(desk.sink.mails).toHaveLength(1);
}
