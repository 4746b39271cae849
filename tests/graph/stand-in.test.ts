import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startFakeGraph, type FakeGraph } from '../support/fake-graph';
import { remade } from '../support/fake-graph/made-anew';
import type { Token } from '../support/fake-graph/rights';

/** The stand-in does what is documented of Microsoft Graph, and what others have met there: code that passes here was not spared. */

const OWN = 'anna@firma.test';
const SHARED = 'hilfe@firma.test';
const IMMUTABLE = { prefer: 'IdType="ImmutableId"' };

let graph: FakeGraph;
let usualWays: FakeGraph['ways'];
let token: Token;

beforeAll(async () => {
  graph = await startFakeGraph({
    tokenOf: (name) => (name === 'token' ? token : null),
    mailboxes: { [OWN]: {}, [SHARED]: { fullAccess: [OWN] } },
  });
  usualWays = { ...graph.ways };
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
  Object.assign(graph.ways, usualWays);
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

const inbox = `${OWN}/mailFolders/inbox`;
const query = (parameters: Record<string, string>) => `?${new URLSearchParams(parameters)}`;
const arrive = (subject = 'Frage', options = {}) =>
  graph.arrive(OWN, `From: kunde@laden.test\r\nTo: ${OWN}\r\nSubject: ${subject}\r\n\r\nHallo\r\n`, options);
/** A link as it came. */
const follow = async (link: string, headers: Record<string, string> = IMMUTABLE) => {
  expect(link.startsWith(graph.base)).toBe(true);
  return ask('GET', link.slice(`${graph.base}/users/`.length), undefined, headers);
};

describe('2 lists of a folder', () => {
  test('may be empty and go on, lead back to where they came from, or name no next page', async () => {
    for (let count = 0; count < 12; count += 1) await arrive();
    graph.ways.emptyPages = true;
    const empty = (await ask('GET', `${inbox}/messages`)).json;
    expect(empty.value).toEqual([]);
    expect((await follow(empty['@odata.nextLink'])).json.value).toHaveLength(10);
    Object.assign(graph.ways, { emptyPages: false, repeatedLink: true });
    const second = (await follow((await ask('GET', `${inbox}/messages`)).json['@odata.nextLink'])).json;
    expect((await ask('GET', `${inbox}/messages`)).json['@odata.nextLink']).toBeDefined();
    expect(second.value).toHaveLength(2);
    Object.assign(graph.ways, { repeatedLink: false, missingLink: true });
    expect((await ask('GET', `${inbox}/messages`)).json['@odata.nextLink']).toBeUndefined();
  });

  test('filter by the whole second, refuse other filters, and tell the size under another spelling of its name', async () => {
    await arrive('Alt', { receivedAt: new Date('2020-02-02T02:02:02.900Z') });
    const since = query({
      $filter: 'receivedDateTime ge 2020-02-02T02:02:02Z and isRead eq false',
      $orderby: 'receivedDateTime',
      $expand: "singleValueExtendedProperties($filter=id eq 'Long 0x0E08')",
    });
    const [row] = (await ask('GET', `${inbox}/messages${since}`)).json.value;
    expect(row).toMatchObject({ receivedDateTime: '2020-02-02T02:02:02Z', singleValueExtendedProperties: [{ id: 'Long 0xe08' }] });
    expect(await ask('GET', `${inbox}/messages${query({ $filter: 'size gt 3' })}`)).toMatchObject({
      status: 400,
      code: 'ErrorInvalidUrlQuery',
    });
    const unsorted = query({ $filter: 'isRead eq false', $orderby: 'receivedDateTime' });
    expect(await ask('GET', `${inbox}/messages${unsorted}`)).toMatchObject({ status: 400, code: 'InefficientFilter' });
  });

  test('answer 504 to large pages and 500 where one message is broken', async () => {
    (await arrive()).isBroken = true;
    Object.assign(graph.ways, { largestTop: 100, brokenFailsLists: true });
    expect(await ask('GET', `${inbox}/messages${query({ $top: '101', $select: 'id' })}`)).toMatchObject({
      status: 504,
      code: 'UnknownError',
    });
    expect((await ask('GET', `${inbox}/messages`)).status).toBe(500);
    expect((await ask('GET', `${inbox}/messages${query({ $select: 'id' })}`)).status).toBe(200);
  });
});

describe('3 what has changed', () => {
  const delta = `${inbox}/messages/delta`;
  /** One round: what it told, and the link to the next. */
  async function round(link?: string): Promise<{ rows: any[]; link: string }> {
    const rows: any[] = [];
    let answer = link ? await follow(link) : await ask('GET', delta, undefined, IMMUTABLE);
    for (;;) {
      expect(answer.status).toBe(200);
      rows.push(...answer.json.value);
      if (answer.json['@odata.deltaLink']) return { rows, link: answer.json['@odata.deltaLink'] };
      answer = await follow(answer.json['@odata.nextLink']);
    }
  }

  test('begins with the whole folder, tells some twice, and then what came, changed, moved and went', async () => {
    for (let count = 0; count < 12; count += 1) await arrive(`Nr. ${count}`);
    const { messages } = graph.mailboxes.get(OWN)!;
    const first = await round();
    expect([first.rows.length, new Set(first.rows.map(({ id }) => id)).size]).toEqual([13, 12]);
    await ask('PATCH', idPath(messages[0].immutableId), JSON.stringify({ isRead: true }), IMMUTABLE);
    await ask('POST', `${idPath(messages[1].immutableId)}/move`, JSON.stringify({ destinationId: 'archive' }), IMMUTABLE);
    await ask('DELETE', idPath(messages[2].immutableId), undefined, IMMUTABLE);
    const gone = [messages[1].immutableId];
    await arrive('Neu');
    const { rows, link } = await round(first.link);
    expect(rows.filter((row) => row['@removed']).map(({ id }) => id)).toEqual(expect.arrayContaining(gone));
    expect(rows.find(({ id }) => id === messages[0].immutableId)).toEqual({ id: messages[0].immutableId, isRead: true });
    expect(rows).toHaveLength(4);
    expect((await round(link)).rows).toEqual([]);
  });

  test('hides, where it is told to, a message that left and came back', async () => {
    const message = await arrive();
    const { link } = await round();
    graph.ways.hidesReturned = true;
    for (const destinationId of ['archive', 'inbox'])
      await ask('POST', `${idPath(message.immutableId)}/move`, JSON.stringify({ destinationId }), IMMUTABLE);
    expect((await round(link)).rows).toEqual([{ id: message.immutableId, '@removed': { reason: 'deleted' } }]);
  });

  test.each([
    [410, 'SyncStateNotFound'],
    [400, 'syncStateNotFound'],
  ])('loses its state on command, in the middle of its pages, too (%s)', async (status, code) => {
    for (let count = 0; count < 12; count += 1) await arrive();
    const { link } = await round();
    const next = (await ask('GET', delta, undefined, IMMUTABLE)).json['@odata.nextLink'];
    Object.assign(graph.ways, { lostState: { status, code }, generation: 1 });
    for (const each of [link, next]) expect(await follow(each)).toMatchObject({ status, code });
  });

  test('refuses other filters than by date, `latest`, @removed among what is selected, and a mailbox without a folder', async () => {
    const refused = [{ $filter: 'isRead eq false' }, { $deltatoken: 'latest' }, { $select: 'id,@removed' }, { $orderby: 'subject' }];
    for (const parameters of refused) expect((await ask('GET', delta + query(parameters as never))).status).toBe(400);
    const byDate = delta + query({ $filter: 'receivedDateTime ge 2026-01-01T00:00:00Z' });
    expect((await ask('GET', byDate)).status).toBe(200);
    graph.ways.refusesDeltaFilter = true;
    expect((await ask('GET', byDate)).code).toBe('ErrorInvalidUrlQuery');
    expect((await ask('GET', `${OWN}/messages/delta`)).status).toBe(404);
  });
});

describe('4 the source of a message', () => {
  test('is made again: CRLF, folded headers, other boundaries, base64', () => {
    const long = `List-Help: <mailto:a@b.test> ${'word '.repeat(30)}`;
    const parts = '--abc\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\nGr\u00fc\u00dfe\n--abc--\n';
    const text = remade(Buffer.from(`Subject: x\n${long}\nContent-Type: multipart/mixed; boundary="abc"\n\n${parts}`, 'utf8')).toString();
    expect(text).not.toMatch(/[^\r]\n/);
    expect(text).not.toContain('--abc');
    expect(text).toContain(Buffer.from('Gr\u00fc\u00dfe').toString('base64'));
    expect(text.split('\r\n').every((line) => line.length < 110)).toBe(true);
  });

  test('is text/plain below the mailbox alone, compressed for who can read that, 500 when it is broken and 404 when it is gone', async () => {
    const message = await arrive();
    const value = `${idPath(message.immutableId)}/$value`;
    const answer = await ask('GET', value, undefined, { ...IMMUTABLE, 'accept-encoding': 'gzip' });
    expect([answer.headers.get('content-type'), answer.headers.get('content-encoding')]).toEqual(['text/plain', 'gzip']);
    expect(answer.text).toContain('Subject: Frage');
    expect(await ask('GET', `${inbox}/messages/${encodeURIComponent(message.immutableId)}/$value`)).toMatchObject({ status: 400 });
    message.isBroken = true;
    expect(await ask('GET', value, undefined, IMMUTABLE)).toMatchObject({ status: 500, code: 'ErrorContentConversionFailed' });
    graph.mailboxes.get(OWN)!.messages.length = 0;
    expect(await ask('GET', value, undefined, IMMUTABLE)).toMatchObject({ status: 404, code: 'ErrorItemNotFound' });
  });
});

describe('8 folders', () => {
  test('are localised and ten at a time, with searches and without hidden ones; the well-known names stand for ids', async () => {
    const { folders } = graph.mailboxes.get(OWN)!;
    const before = folders.length;
    for (let count = 0; count < 30; count += 1) graph.folderOf(OWN, `Nr. ${count}`);
    folders.push({ key: 'x', id: 'x'.repeat(120), displayName: 'Versteckt', parent: '', isHidden: true });
    folders.push({ key: 'y', id: 'y'.repeat(120), displayName: 'Suche', parent: '', isSearch: true });
    const first = (await ask('GET', `${OWN}/mailFolders`)).json;
    expect([first.value.length, first.value[0].displayName]).toEqual([10, 'Posteingang']);
    const all = (await ask('GET', `${OWN}/mailFolders?$top=100`)).json.value;
    expect(all.filter(({ displayName }: any) => displayName === 'Versteckt')).toEqual([]);
    expect(all.find(({ displayName }: any) => displayName === 'Suche')['@odata.type']).toBe('#microsoft.graph.mailSearchFolder');
    expect((await ask('GET', inbox)).json.id).toBe(first.value[0].id);
    folders.length = before;
  });

  test.each([409, 400])('of one name are refused (%s)', async (status) => {
    graph.ways.folderExistsStatus = status;
    const make = () => ask('POST', `${inbox}/childFolders`, JSON.stringify({ displayName: `Neu ${status}` }));
    expect((await make()).status).toBe(201);
    expect(await make()).toMatchObject({ status, code: 'ErrorFolderExists' });
  });
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
    // Long enough that all have come on a busy machine, too.
    graph.ways.delayMs = 1000;
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

test('9 a message moves to an id or a well-known name, and a change that meets another is refused once', async () => {
  const { immutableId, mutableId } = await arrive();
  graph.faults.next('conflict', { on: 'PATCH messages/*' });
  const change = () => ask('PATCH', idPath(immutableId), JSON.stringify({ isRead: true }), IMMUTABLE);
  expect(await change()).toMatchObject({ status: 409, code: 'ErrorIrresolvableConflict' });
  expect((await change()).json.isRead).toBe(true);
  const moved = await ask('POST', `${idPath(mutableId)}/move`, JSON.stringify({ destinationId: 'archive' }));
  expect(moved.status).toBe(201);
  expect(moved.json.id).not.toBe(mutableId);
  expect((await ask('GET', idPath(mutableId))).code).toBe('ErrorItemNotFound');
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
