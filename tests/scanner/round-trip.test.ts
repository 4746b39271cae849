import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startSite, type Site } from '../support/desk';
import { addScanner, mail, setUpOutgoing } from '../support/helpdesk';

/** A test email to ourselves: out by SMTP, back by the scanner, and no ticket. */

let { app, server, sink, stop } = {} as Site;
let scanner: { documentId: string };

beforeAll(async () => {
  ({ app, server, sink, stop } = await startSite());
});

afterAll(() => stop?.());

afterEach(() => void (sink.mails.length = 0));

const stepsDone = async () => {
  const { done } = await app.api('GET', '/first-steps');
  return Object.keys(done).filter((step) => done[step]);
};
const start = () => app.api('POST', '/outgoing-mail/round-trip', { scanner: scanner.documentId });
const look = () => app.api('POST', '/outgoing-mail/round-trip/look');
const count = (type: string) => app.strapi.db.query(`plugin::mail-scanner.${type}`).count();

test('the first steps tick themselves in their order', async () => {
  expect(await app.api('GET', '/first-steps')).toMatchObject({ scanner: null });
  expect(await stepsDone()).toEqual([]);
  scanner = await addScanner(app, server, []);
  expect(await app.api('GET', '/first-steps')).toMatchObject({ scanner: scanner.documentId });
  expect(await stepsDone()).toEqual(['mailbox']);
  await app.api('POST', `/scanners/${scanner.documentId}/rules`, {
    name: 'All',
    actions: [
      { type: 'createContact', config: {} },
      { type: 'createOrUpdateTicket', config: {} },
    ],
  });
  expect(await stepsDone()).toEqual(['mailbox', 'rules']);
  expect((await app.request('POST', '/outgoing-mail/round-trip', { scanner: scanner.documentId })).status).toBe(400);
  expect(await look()).toBe(null);
  await setUpOutgoing(app, sink);
  expect(await stepsDone()).toEqual(['mailbox', 'rules', 'outgoing']);
});

test('before the activation the email is found in the mailbox, and nothing is changed there', async () => {
  expect(await start()).toMatchObject({ ok: true });
  const [{ to, raw }] = await sink.received(1);
  expect(to).toEqual(['support@example.com']);
  expect(await look()).toMatchObject({ address: 'support@example.com', backAt: null });
  await server.append('INBOX', mail({ subject: 'Something else' }));
  expect(await look()).toMatchObject({ backAt: null });
  expect(await stepsDone()).not.toContain('roundTrip');
  await server.append('INBOX', raw);
  expect((await look()).backAt).toMatch(/^\d{4}-/);
  expect(await stepsDone()).toEqual(['mailbox', 'rules', 'outgoing', 'roundTrip']);
  expect([await count('ticket'), await count('message'), await count('contact')]).toEqual([0, 0, 0]);
  expect((await server.messages('INBOX')).map(({ flags }) => flags)).toEqual([[], []]);
});

test('an active scanner reads it, says so in the scan log, and makes no ticket', async () => {
  await app.api('PUT', `/scanners/${scanner.documentId}`, { active: true, unread: 'leave' });
  expect(await stepsDone()).toContain('active');
  await start();
  const [{ raw }] = await sink.received(1);
  expect(await stepsDone()).not.toContain('roundTrip');
  await server.append('INBOX', raw);
  expect(await app.api('POST', `/scanners/${scanner.documentId}/run`)).toMatchObject({ byOutcome: { noMatch: 1 } });
  const [row] = await app.api('GET', '/messages');
  expect(row.reason).toBe('A test email of this mail scanner came back: it is no matter of rules.');
  expect((await look()).backAt).not.toBe(null);
  expect(await count('ticket')).toBe(0);
});

test('the other test email opens no ticket in a scanned mailbox either, and one whose mark was made up does', async () => {
  await app.api('POST', '/outgoing-mail/test', { to: 'support@example.com' });
  const [{ raw }] = await sink.received(1);
  await server.append('INBOX', raw);
  expect(await app.api('POST', `/scanners/${scanner.documentId}/run`)).toMatchObject({ byOutcome: { noMatch: 1 } });
  const forged = raw.replace(/(X-Mail-Scanner:\s+test\s+)([0-9a-f])/, (_, words, digit) => words + (digit === '0' ? '1' : '0'));
  expect(forged).not.toBe(raw);
  await server.append(
    'INBOX',
    forged.replace(/^From: .*$/m, 'From: jane@customer.test').replace(/^Message-ID:\s+\S+$/im, 'Message-ID: <forged@customer.test>'),
  );
  expect(await app.api('POST', `/scanners/${scanner.documentId}/run`)).toMatchObject({ byOutcome: { processed: 1 } });
});

test('another sender’s address has not been tried: the step is to do again', async () => {
  expect(await stepsDone()).toContain('roundTrip');
  await setUpOutgoing(app, sink, { fromAddress: 'desk@example.com' });
  expect(await stepsDone()).not.toContain('roundTrip');
});

test('what the outgoing server refuses is said, and nothing is waited for', async () => {
  sink.failWith(() => ({ at: 'data', code: 550, message: 'Not from you' }));
  const answer = await start();
  expect(answer.ok).toBe(false);
  expect(answer.message).toContain('Not from you');
});
