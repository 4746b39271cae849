import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startFakeGraph, type FakeGraph } from '../support/fake-graph';
import type { Token } from '../support/fake-graph/rights';

/** The stand-in does what is documented of Microsoft Graph, and what others have met there: code that passes here was not spared. */

const OWN = 'anna@firma.test';
const SHARED = 'hilfe@firma.test';
const IMMUTABLE = { prefer: 'IdType="ImmutableId"' };

let graph: FakeGraph;
let token: Token;

beforeAll(async () => {
  graph = await startFakeGraph({
    tokenOf: (name) => (name === 'token' ? token : null),
    mailboxes: { [OWN]: {}, [SHARED]: { fullAccess: [OWN] } },
  });
});
afterAll(() => graph.stop());
beforeEach(() => {
  token = {
    audience: 'https://graph.microsoft.com',
    scopes: ['Mail.ReadWrite', 'Mail.Send', 'Mail.ReadWrite.Shared', 'Mail.Send.Shared'],
    user: OWN,
    applicationMailboxes: null,
  };
  graph.faults.clear();
  graph.delivered.length = 0;
  Object.assign(graph.ways, { copyDelayMs: 0, delayMs: 0, replaceMessageId: null });
  for (const { messages } of graph.mailboxes.values()) messages.length = 0;
});

async function ask(method: string, path: string, body?: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${graph.base}/users/${path}`, {
    method,
    body,
    headers: { authorization: 'Bearer token', ...headers },
  });
  const text = await response.text();
  const json = text.startsWith('{') ? JSON.parse(text) : null;
  return { status: response.status, headers: response.headers, text, json, code: json?.error?.code };
}

const mime = (more = '') =>
  `From: Ich <${OWN}>\r\nTo: kunde@laden.test\r\nSubject: Gruss\r\nMessage-ID: <eins@firma.test>\r\n${more}\r\nHallo\r\n`;
const draft = async (text = mime(), headers: Record<string, string> = IMMUTABLE, mailbox = OWN) =>
  (await ask('POST', `${mailbox}/messages`, Buffer.from(text).toString('base64'), { 'content-type': 'text/plain', ...headers })).json;
const idPath = (id: string) => `${OWN}/messages/${encodeURIComponent(id)}`;
const send = (id: string, mailbox = OWN) => ask('POST', `${mailbox}/messages/${encodeURIComponent(id)}/send`, '', IMMUTABLE);

describe('1 ids', () => {
  test('are long, come in pairs that differ by the case of one letter, and are told apart by it', async () => {
    const [one, other] = [(await draft()).id, (await draft()).id];
    const all = [one, other, (await draft()).id];
    expect(one.length).toBeGreaterThan(100);
    expect(one).toMatch(/[-_=]/);
    expect(new Set(all.map((id) => id.toLowerCase())).size).toBe(2);
    expect((await ask('GET', idPath(one), undefined, IMMUTABLE)).json.id).toBe(one);
  });

  test('are of two kinds, and those that were not asked to stay change when the message moves', async () => {
    const { id } = await draft(mime(), {});
    const kept = (await ask('GET', idPath(id), undefined, IMMUTABLE)).json.id;
    expect(kept).not.toBe(id);
    await send(kept);
    expect((await ask('GET', idPath(id))).code).toBe('ErrorItemNotFound');
    const found = await ask('GET', idPath(kept), undefined, IMMUTABLE);
    expect([found.json.isDraft, found.headers.get('preference-applied')]).toEqual([false, 'IdType="ImmutableId"']);
  });
});

test('2 lists have ten by default, name the next page whole, and refuse what Graph refuses', async () => {
  for (let count = 0; count < 12; count += 1) await draft();
  const first = await ask('GET', `${OWN}/messages`);
  expect([first.json.value.length, first.json['@odata.nextLink']]).toEqual([10, expect.stringContaining(graph.base)]);
  const orderBy = new URLSearchParams({ $filter: "internetMessageId eq '<x@y>'", $orderby: 'receivedDateTime desc' });
  expect(await ask('GET', `${OWN}/messages?${orderBy}`)).toMatchObject({ status: 400, code: 'InefficientFilter' });
  expect(await ask('GET', `${OWN}/mailFolders/Posteingang`)).toMatchObject({ status: 400, code: 'ErrorInvalidIdMalformed' });
  const me = await fetch(`${graph.base}/me/messages`, { headers: { authorization: 'Bearer token' } });
  expect(me.status).toBe(400);
});

describe('5 sending', () => {
  test('takes MIME as base64 in text/plain alone', async () => {
    expect(await ask('POST', `${OWN}/messages`, mime(), { 'content-type': 'text/plain' })).toMatchObject({
      status: 400,
      code: 'ErrorMimeContentInvalidBase64String',
    });
  });

  test('goes to whom the MIME names, drops Bcc and headers of its own, and puts the directory’s name into From', async () => {
    const { id } = await draft(
      mime('Bcc: still@laden.test\r\nAuto-Submitted: auto-replied\r\nX-Eigenes: 1\r\nReturn-Path: <x@y.test>\r\n'),
    );
    const sent = await send(id);
    expect([sent.status, sent.text]).toEqual([202, '']);
    const [{ recipients, mime: got }] = graph.delivered;
    expect(recipients).toEqual(['kunde@laden.test', 'still@laden.test']);
    expect(got).not.toMatch(/^(Bcc|Auto-Submitted|X-Eigenes|Return-Path):/im);
    expect(got).toMatch(/^From: "Directory name of anna/m);
  });

  test('shows the copy late, under the id of its draft; a second request sends it again', async () => {
    graph.ways.copyDelayMs = 80;
    const { id } = await draft();
    await send(id);
    expect((await ask('GET', idPath(id), undefined, IMMUTABLE)).status).toBe(404);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await ask('GET', idPath(id), undefined, IMMUTABLE)).json.isDraft).toBe(false);
    await send(id);
    expect(graph.delivered).toHaveLength(2);
  });

  test('gives another Message-ID where it is told to, and says so', async () => {
    graph.ways.replaceMessageId = () => '<ihre@prod.example>';
    const made = await draft();
    await send(made.id);
    expect([made.internetMessageId, graph.delivered[0].internetMessageId]).toEqual(['<ihre@prod.example>', '<ihre@prod.example>']);
  });

  test('refuses a request above 4 MB', async () => {
    expect((await ask('POST', `${OWN}/messages`, 'A'.repeat(4_200_000), { 'content-type': 'text/plain' })).status).toBe(413);
  });

  test('takes headers of a draft in JSON only with x- before them, and five of them', async () => {
    const make = (names: string[]) =>
      ask('POST', `${OWN}/messages`, JSON.stringify({ internetMessageHeaders: names.map((name) => ({ name, value: '1' })) }), {
        'content-type': 'application/json',
      });
    expect((await make(['In-Reply-To'])).code).toBe('InvalidInternetMessageHeader');
    expect((await make(['x-1', 'x-2', 'x-3', 'x-4', 'x-5', 'x-6'])).code).toBe('InvalidInternetMessageHeaderCollection');
  });

  test('answers yes for a recipient that does not exist, who comes back to the Inbox', async () => {
    const { id } = await draft(mime().replace('kunde@laden.test', 'niemand@nowhere.invalid'));
    expect((await send(id)).status).toBe(202);
    const reports = graph.mailboxes.get(OWN)!.messages.filter(({ folder }) => folder === 'inbox');
    expect(reports.map(({ subject }) => subject)).toEqual(['Undeliverable: Gruss']);
  });
});

describe('6 faults', () => {
  test.each([
    ['throttledSeconds', 429, /^2$/],
    ['throttledStuck', 429, /^1$/],
    ['throttledDate', 429, /GMT$/],
    ['throttledSilent', 429, /^null$/],
    ['unavailable', 503, /^null$/],
    ['htmlGateway', 502, /^null$/],
    ['forbiddenSilent', 403, /^null$/],
    ['emptyOk', 200, /^null$/],
  ] as const)('%s', async (name, status, retryAfter) => {
    graph.faults.next(name);
    const answer = await ask('GET', `${OWN}/messages`);
    expect([answer.status, String(answer.headers.get('retry-after'))]).toEqual([status, expect.stringMatching(retryAfter)]);
    expect((await ask('GET', `${OWN}/messages`)).status).toBe(200);
  });

  test.each(['gatewayTimeoutAfterWork', 'cutAfterWork'] as const)('%s has done the work', async (name) => {
    const { id } = await draft();
    graph.faults.next(name, { on: 'POST messages/*/send' });
    await send(id).catch(() => {});
    expect(graph.delivered).toHaveLength(1);
  });

  test('more than four requests at once are too many', async () => {
    graph.ways.delayMs = 50;
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask('GET', `${OWN}/messages`)));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(2);
  });

  test('a storm is the same for the same seed', async () => {
    const statuses = async () => {
      graph.faults.storm(7, 0.5, ['throttledSilent', 'gatewayTimeout']);
      const found: number[] = [];
      for (let count = 0; count < 12; count += 1) found.push((await ask('GET', `${OWN}/messages`)).status);
      return found;
    };
    const first = await statuses();
    expect(new Set(first).size).toBeGreaterThan(1);
    expect(await statuses()).toEqual(first);
  });
});

describe('7 rights', () => {
  test.each([
    ['another resource', { audience: 'https://outlook.office.com' }, OWN, 401, 'InvalidAuthenticationToken'],
    ['no scope for mailboxes of others', { scopes: ['Mail.ReadWrite', 'Mail.Send'] }, SHARED, 403, 'ErrorAccessDenied'],
    ['a mailbox that nobody knows', {}, 'niemand@firma.test', 404, 'ErrorInvalidUser'],
    [
      'a policy for the application',
      { user: null, scopes: ['Mail.ReadWrite'], applicationMailboxes: [OWN] },
      SHARED,
      403,
      'ErrorAccessDenied',
    ],
  ] as const)('%s', async (_, more, mailbox, status, code) => {
    token = { ...token, ...(more as Partial<Token>) };
    expect(await ask('GET', `${mailbox}/messages`)).toMatchObject({ status, code });
  });

  test('Full Access without Send as makes drafts and sends none', async () => {
    const { id } = await draft(mime(), IMMUTABLE, SHARED);
    expect(await send(id, SHARED)).toMatchObject({ status: 403, code: 'ErrorSendAsDenied' });
  });
});

test('9 a second DELETE is 404, and 403 by an immutable id; a draft is sent with a length of nothing', async () => {
  const { id } = await draft();
  expect((await ask('DELETE', idPath(id), undefined, IMMUTABLE)).status).toBe(204);
  expect(await ask('DELETE', idPath(id), undefined, IMMUTABLE)).toMatchObject({ status: 403, code: 'ErrorCannotDeleteObject' });
  const other = (await draft()).id;
  expect((await ask('POST', `${idPath(other)}/send`, 'x', IMMUTABLE)).status).toBe(411);
});

test('10 every request is noted, with whether it asked for immutable ids and brought a token', async () => {
  graph.requests.length = 0;
  await draft();
  expect(graph.requests).toMatchObject([
    { operation: 'POST messages', mailbox: OWN, status: 201, prefer: 'IdType="ImmutableId"', authorised: true },
  ]);
});
