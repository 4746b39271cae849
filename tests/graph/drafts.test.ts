import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { graphClient, type GraphClient } from '../../server/services/graph/client';
import { attachTo, draftOf, draftOfMime, sendDraft, draftState, tryMailbox } from '../../server/services/graph/drafts';
import { retryAfterOf } from '../../server/services/graph/pace';
import { startFakeGraph, type FakeGraph } from '../support/fake-graph';
import type { Token } from '../support/fake-graph/rights';

const OWN = 'anna@firma.test';
const SHARED = 'hilfe@firma.test';
const ALL = ['Mail.ReadWrite', 'Mail.ReadWrite.Shared', 'Mail.Send', 'Mail.Send.Shared'];
const token = (more: Partial<Token> = {}): Token => ({
  audience: 'https://graph.microsoft.com',
  scopes: ALL,
  user: OWN,
  applicationMailboxes: null,
  ...more,
});

let graph: FakeGraph;
let tokens: Record<string, Token>;
let number = 0;
let handedOut: string[];

beforeAll(async () => {
  graph = await startFakeGraph({
    tokenOf: (name) => tokens[name] ?? null,
    mailboxes: {
      [OWN]: {},
      [SHARED]: { fullAccess: [OWN], sendAs: [OWN] },
      'nur-lesen@firma.test': { fullAccess: [OWN] },
      'lang@firma.test': { fullAccess: [OWN] },
      'fremd@firma.test': {},
      'keller@firma.test': { refusal: { status: 404, code: 'MailboxNotEnabledForRESTAPI' } },
    },
  });
});
afterAll(() => graph.stop());
beforeEach(() => {
  tokens = { good: token() };
  handedOut = [];
});
afterEach(() => {
  graph.faults.clear();
  Object.assign(graph.ways, { copyDelayMs: 0, delayMs: 0, mostAtOnce: 0 });
  graph.requests.length = 0;
  graph.delivered.length = 0;
});

const clientOf = (mailbox: string, next: (refused?: string) => string = () => 'good'): GraphClient =>
  graphClient(
    {
      baseUrl: graph.base,
      policy: { allowedHosts: null, allowPrivateAddresses: true },
      token: async (refused) => {
        handedOut.push(next(refused));
        return handedOut.at(-1)!;
      },
    },
    mailbox,
    'sending',
  );

const mimeOf = (messageId: string) =>
  Buffer.from(
    `From: Somebody <${OWN}>\r\nTo: kunde@laden.test\r\nBcc: still@laden.test\r\nSubject: Gruss\r\nMessage-ID: <${messageId}>\r\nAuto-Submitted: auto-generated\r\nX-Mail-Scanner: 1\r\n\r\nHallo\r\n`,
  );
const newId = () => `m${(number += 1)}@firma.test`;
const sendMime = async (client: GraphClient, mime: Buffer) => {
  const { id } = await draftOfMime(client, mime);
  await sendDraft(client, id);
  return id;
};

describe('a small email', () => {
  test('goes out as MIME under its own Message-ID, to those in Bcc too, and its draft becomes the copy in the mailbox of the path', async () => {
    const messageId = newId();
    const id = await sendMime(clientOf(SHARED), mimeOf(messageId));
    expect(graph.delivered).toMatchObject([
      { mailbox: SHARED, recipients: ['kunde@laden.test', 'still@laden.test'], internetMessageId: `<${messageId}>` },
    ]);
    expect(await draftState(clientOf(SHARED), id)).toEqual({ state: 'sent', messageId: `<${messageId}>` });
    expect(graph.requests.every(({ prefer }) => prefer === 'IdType="ImmutableId"')).toBe(true);
  });

  test.each(['gatewayTimeoutAfterWork', 'cutAfterWork', 'emptyOk', 'unavailable', 'cut'] as const)(
    'whose answer is lost (%s) is not sent a second time by itself',
    async (fault) => {
      const client = clientOf(OWN);
      const { id } = await draftOfMime(client, mimeOf(newId()));
      graph.faults.next(fault, { on: 'POST messages/*/send' });
      await expect(sendDraft(client, id)).rejects.toMatchObject({ maybeDone: true });
      expect(graph.requests.filter(({ operation }) => operation === 'POST messages/*/send')).toHaveLength(1);
      expect((await draftState(client, id)).state).toBe(fault.endsWith('AfterWork') ? 'sent' : 'draft');
    },
  );

  test.each(['throttledSeconds', 'throttledDate', 'throttledSilent', 'throttledStuck'] as const)(
    'that Graph puts off (%s) is sent once the pause is over',
    async (fault) => {
      graph.faults.next(fault, { on: 'POST messages/*/send' });
      const begun = Date.now();
      await sendMime(clientOf(OWN), mimeOf(newId()));
      expect(graph.delivered).toHaveLength(1);
      expect(Date.now() - begun).toBeGreaterThan(800);
    },
  );

  test.each([
    ['throttledLong', 'nur-lesen@firma.test'],
    ['unavailableForLong', 'lang@firma.test'],
  ] as const)('that has to wait for minutes (%s) says so, and Graph is left in peace meanwhile', async (fault, mailbox) => {
    graph.faults.next(fault);
    await expect(clientOf(mailbox).request({ path: 'mailFolders/inbox' })).rejects.toMatchObject({ passing: true });
    await expect(clientOf(mailbox).request({ path: 'mailFolders/inbox' })).rejects.toThrow(/pause of 5 more min/);
    expect(graph.requests).toHaveLength(1);
  });

  test('with a token that has ended goes with another one', async () => {
    await sendMime(
      clientOf(OWN, (refused) => (refused || handedOut.length > 1 ? 'good' : 'old')),
      mimeOf(newId()),
    );
    expect(handedOut.slice(0, 2)).toEqual(['old', 'good']);
    expect(graph.delivered).toHaveLength(1);
  });
});

test('the files of a large email are put to its draft in pieces, without the token', async () => {
  const bytes = Buffer.alloc(7_000_000, 'x');
  const file = (name: string, size: number) => ({
    name,
    contentType: 'application/pdf',
    contentId: null,
    size,
    read: async (start: number, length: number) => bytes.subarray(start, start + length),
  });
  const client = clientOf(OWN);
  const attached = [file('gross.pdf', bytes.length), file('klein.pdf', 1000)];
  const message = {
    subject: 'Gross',
    toRecipients: [{ emailAddress: { address: 'kunde@laden.test' } }],
    internetMessageId: '<gross@firma.test>',
  };
  const { id } = await draftOf(client, { message, attached });
  await attachTo(client, id, attached);
  await sendDraft(client, id);
  expect(graph.delivered).toMatchObject([
    { internetMessageId: '<gross@firma.test>', attachments: [{ name: 'gross.pdf' }, { name: 'klein.pdf' }] },
  ]);
  expect(graph.delivered[0].attachments[0].bytes.equals(bytes)).toBe(true);
});

describe('what is missing is named', () => {
  test.each([
    ['fremd@firma.test', {}, 'access', /Full Access/],
    ['niemand@firma.test', {}, 'mailbox', /main address/],
    ['keller@firma.test', {}, 'mailbox', /licence/],
    [OWN, { scopes: ['Mail.Send'] }, 'access', /permission is granted/],
    [OWN, { audience: 'https://outlook.office.com' }, 'token', /authorise the account again/],
    [OWN, { user: null, scopes: ['Mail.ReadWrite'], applicationMailboxes: [SHARED] }, 'access', /policy in Exchange/],
  ] as const)('in %s with %j', async (mailbox, more, trouble, words) => {
    tokens.good = token(more as Partial<Token>);
    const error = await tryMailbox(clientOf(mailbox), mailbox).catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ trouble });
    expect((error as Error).message).toMatch(words);
    expect((error as Error).message).not.toContain('good');
  });

  test('the right to send as a mailbox that may be read', async () => {
    await expect(sendMime(clientOf(SHARED), mimeOf(newId()))).resolves.toBeDefined();
    graph.mailboxes.get(SHARED)!.sendAs = [];
    await expect(sendMime(clientOf(SHARED), mimeOf(newId()))).rejects.toMatchObject({ trouble: 'sendAs' });
  });
});

test('Retry-After is read as seconds, and as a date by the clock of who sent it; no header silences a mailbox for a day', () => {
  const date = 'Thu, 01 Jan 2026 00:00:00 GMT';
  const values = ['7', 'Thu, 01 Jan 2026 00:00:09 GMT', 'soon', undefined, '999999'];
  expect(values.map((value) => retryAfterOf(value, date))).toEqual([7000, 9000, null, null, 3_600_000]);
});

test('a clock that is set back does not make a pause longer', async () => {
  const client = clientOf(OWN);
  graph.faults.next('throttledStuck', { times: 1 });
  const clock = vi.spyOn(Date, 'now');
  const began = performance.now();
  const asked = client.request({ path: 'mailFolders/inbox' });
  clock.mockReturnValue(Date.parse('2020-01-01T00:00:00Z'));
  await asked.finally(() => clock.mockRestore());
  expect(performance.now() - began).toBeLessThan(10_000);
});

test('a file whose upload is answered without a word is not taken for attached', async () => {
  const client = clientOf(OWN);
  const file = { name: 'a.txt', contentType: 'text/plain', contentId: null, size: 3, read: async () => Buffer.from('abc') };
  const { id } = await draftOf(client, { message: { subject: 'Mit Anlage' }, attached: [file] });
  graph.faults.next('emptyOk', { on: 'POST messages/*/attachments' });
  await expect(attachTo(client, id, [file])).rejects.toMatchObject({ trouble: 'away' });
});

test('one request at a time is under way for sending from a mailbox', async () => {
  graph.ways.delayMs = 20;
  const client = clientOf(OWN);
  await Promise.all(Array.from({ length: 6 }, () => client.request({ path: 'mailFolders/inbox' })));
  expect(graph.ways.mostAtOnce).toBe(1);
});
