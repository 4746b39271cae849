import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDesk, type Desk } from '../support/desk';
import { addScanner, CREATE_TICKET } from '../support/helpdesk';

/** Emails that differ in their attachments alone: what copiers and some programs send. */

let { app, server, arrives, stop } = {} as Desk;

beforeAll(async () => {
  ({ app, server, arrives, stop } = await startDesk());
});

afterAll(() => stop?.());

/** An email with one file, as a device sends it: the same words each time. */
function scan({ file, name = 'scan.pdf', subject, headers = [] }: { file: string; name?: string; subject: string; headers?: string[] }) {
  const lines = [
    'From: Copier <copier@office.test>',
    'To: support@example.com',
    `Subject: ${subject}`,
    ...headers,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'Your document is attached.',
    '--b',
    `Content-Type: application/pdf; name="${name}"`,
    `Content-Disposition: attachment; filename="${name}"`,
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(file).toString('base64'),
    '--b--',
  ];
  return `${lines.join('\r\n')}\r\n`;
}

async function filesOf(title: string): Promise<string[]> {
  const found = (await app.api('GET', '/tickets?pageSize=100')).filter((ticket: any) => ticket.title === title);
  const tickets = await Promise.all(found.map(({ documentId }: any) => app.api('GET', `/tickets/${documentId}`)));
  const files = tickets.flatMap(({ comments }) => comments.flatMap(({ attachments }: any) => attachments));
  const bodies = await Promise.all(files.map(async ({ documentId }: any) => (await app.request('GET', `/attachments/${documentId}`)).body));
  return bodies.sort();
}

test('two scans of one copier without Message-ID and Date are two documents, in one batch and in two', async () => {
  const [one, two, three] = ['page 1', 'page 2', 'page 3'].map((file) => scan({ file, subject: 'Scan from the second floor' }));
  expect(await arrives(one, two)).toEqual({ processed: 2 });
  expect(await arrives(three, two)).toEqual({ processed: 1, duplicate: 1 });
  expect(await filesOf('Scan from the second floor')).toEqual(['page 1', 'page 2', 'page 3']);
});

test('a program that repeats its Message-ID and Date with another file each time loses none', async () => {
  const headers = ['Message-ID: <report@device.test>', 'Date: Mon, 01 Jan 2001 00:00:00 +0000'];
  const source = (file: string, name?: string) => scan({ file, name, subject: 'Report of the machine', headers });
  expect(await arrives(source('a'), source('b'), source('b', 'other.pdf'), source('a'))).toEqual({ processed: 3, duplicate: 1 });
  expect(await filesOf('Report of the machine')).toEqual(['a', 'b', 'b']);
});

test('a second copy of an email is moved as the first one was, and one that no rule has handled stays', async () => {
  const deskRules = { folders: ['Forms'], conditions: subjectIs('An order'), actions: [...CREATE_TICKET, moveTo('Done')] };
  const forms = await addScanner(app, server, [deskRules], { name: 'Forms' });
  await server.createFolder('Forms');
  const run = () => app.api('POST', `/scanners/${forms.documentId}/run`);
  const [order, other] = ['An order', 'Something else'].map((subject) => scan({ file: 'x', subject }));
  await server.appendAll('Forms', [order, order, other]);
  expect(await run()).toMatchObject({ byOutcome: { processed: 1, duplicate: 1, noMatch: 1 } });
  await server.append('Forms', order);
  // Made after the email was looked at: a rule that would delete what nobody has read.
  const everything = { name: 'Late', folders: ['Forms'], actions: [...CREATE_TICKET, { type: 'deleteMessage', config: {} }] };
  await app.api('POST', `/scanners/${forms.documentId}/rules`, everything);
  await server.append('Forms', other);
  expect(await run()).toMatchObject({ byOutcome: { duplicate: 2 } });
  expect((await server.messages('Done')).length).toBe(3);
  expect((await server.messages('Forms')).map(({ source }) => /Subject: (.*)/.exec(source)?.[1])).toEqual([
    'Something else',
    'Something else',
  ]);
});

const moveTo = (folder: string) => ({ type: 'moveToFolder', config: { folder } });

const subjectIs = (value: string) => ({ combinator: 'and', rules: [{ field: 'subject', operator: '=', value }] });
