import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Mailbox, MailboxError, MessageRef } from '../../server/services/mailbox/types';
import { openMailbox } from '../../server/services/scanner/access';
import { ALICE, BOSS, CLIENT, setUpOAuth, SHARED, type OAuthSetup } from '../oauth/provider';
import { startFakeGraph, type FakeGraph } from '../support/fake-graph';
import { graphMailbox } from '../support/graph-mailbox';
import { CREATE_TICKET, mail } from '../support/helpdesk';

/** A mailbox that is read by Microsoft Graph: what the mailbox itself does, and what becomes tickets. */

/** The one that Microsoft wants to be left in peace about. */
const WAITS = 'waits@contoso.test';
const DAY_MS = 24 * 3_600_000;
const OLD = { date: new Date('2019-05-05T12:00:00Z') };

let oauth: OAuthSetup;
let graph: FakeGraph;
let box: ReturnType<typeof graphMailbox>;
let account: string;
let usualWays: FakeGraph['ways'];
const opened: Mailbox[] = [];

beforeAll(async () => {
  oauth = await setUpOAuth();
  graph = await startFakeGraph({ tokenOf: (token) => oauth.microsoft.tokenOf(token), mailboxes: { [ALICE]: {}, [BOSS]: {} } });
  oauth.useMicrosoft({ ...CLIENT, graphUrl: graph.base });
  usualWays = { ...graph.ways };
  account = await connectFor('graph');
});
afterAll(async () => {
  await graph?.stop();
  await oauth?.stop();
});
beforeEach(() => {
  // Each test has a mailbox of its own, with nothing in it.
  graph.addMailbox(SHARED, { fullAccess: [ALICE], sendAs: [ALICE] });
  box = graphMailbox(graph, SHARED);
  graph.requests.length = 0;
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((mailbox) => mailbox.close()));
  graph.faults.clear();
  Object.assign(graph.ways, usualWays);
  graph.mailboxes.delete(SHARED);
  for (const { documentId } of await oauth.app.api('GET', '/scanners')) await oauth.app.api('DELETE', `/scanners/${documentId}`);
  for (const type of ['ticket', 'message', 'contact']) await oauth.app.strapi.db.query(`plugin::mail-scanner.${type}`).deleteMany({});
});

async function connectFor(uses: string) {
  const url = await oauth.start('microsoft', `?uses=${uses}`);
  const { location, reason } = await oauth.comeBack(await oauth.microsoft.signIn(url.href, ALICE));
  expect(reason).toBeNull();
  return new URL(location!).searchParams.get('authorization')!;
}

const connection = (more: object = {}) => ({
  protocol: 'graph',
  authType: 'microsoft',
  authorization: account,
  mailboxName: SHARED,
  ...more,
});
async function addScanner(rules: object[] = [{}], settings: object = {}): Promise<any> {
  const scanner = await oauth.app.api('POST', '/scanners', { name: 'By Graph', ...connection(), ...settings });
  for (const rule of rules) {
    const more = { name: 'All', actions: CREATE_TICKET, ...rule };
    await oauth.app.api('POST', `/scanners/${scanner.documentId}/rules`, more);
  }
  return scanner;
}
const run = ({ documentId }: { documentId: string }) => oauth.app.api('POST', `/scanners/${documentId}/run`);
const rowOf = ({ documentId }: { documentId: string }): Promise<any> =>
  oauth.app.strapi.db.query('plugin::mail-scanner.scanner').findOne({ where: { documentId }, populate: { authorization: true } });
const activate = ({ documentId }: { documentId: string }, unread: 'take' | 'leave' = 'leave') =>
  oauth.app.api('PUT', `/scanners/${documentId}`, { active: true, unread });
const titles = async (): Promise<string[]> =>
  (await oauth.app.strapi.db.query('plugin::mail-scanner.ticket').findMany({ orderBy: { id: 'asc' } })).map(({ title }) => title);
const operations = () => graph.requests.map(({ operation }) => operation);

async function open(settings: object = {}): Promise<Mailbox> {
  const mailbox = await openMailbox(oauth.app.strapi, await rowOf(await addScanner([], settings)));
  opened.push(mailbox);
  return mailbox;
}
async function openInbox(settings: object = {}): Promise<Mailbox> {
  const mailbox = await open(settings);
  await mailbox.open('INBOX');
  return mailbox;
}
async function sources(mailbox: Mailbox, refs: MessageRef[], maxBytes = 1e6) {
  const found = [];
  for await (const fetched of mailbox.fetch(refs, { maxBytes })) found.push(fetched);
  return found;
}
const arrive = (subject: string, options = {}) => graph.arrive(SHARED, mail({ subject }), options);
const subjectsOf = (fetched: { source: Uint8Array }[]) =>
  fetched.map(({ source }) => /^Subject: (.*)\r$/m.exec(Buffer.from(source).toString())?.[1]);

describe('folders', () => {
  test('have paths by their names: the inbox is INBOX in any language, hidden ones and searches are left out, and slashes are told apart', async () => {
    for (const path of ['INBOX/Anna’s team', 'INBOX/Anna’s team/Old', 'Projects']) graph.folderOf(SHARED, path);
    const { folders } = graph.mailboxes.get(SHARED)!;
    const add = (displayName: string, more: object = {}) =>
      folders.push({ key: displayName, id: `${displayName}-`.repeat(30), displayName, parent: '', ...more });
    add('Sales/Support 100%');
    add('Hidden', { isHidden: true });
    add('All unread', { isSearch: true });
    for (let count = 0; count < 30; count += 1) add(`Sibling ${count}`);
    const listed = await (await open()).folders();
    const paths = listed.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining(['INBOX', 'INBOX/Anna’s team', 'INBOX/Anna’s team/Old', 'Projects', 'Sales%2FSupport 100%25', 'Sibling 29']),
    );
    expect(paths).not.toContain('Hidden');
    expect(paths).not.toContain('All unread');
    expect(listed.find(({ specialUse }) => specialUse === '\\Sent')).toMatchObject({ path: 'Gesendete Elemente' });
  });

  test('are found by path, by their name in another case, and the inbox by its name in the mailbox’s language', async () => {
    graph.folderOf(SHARED, 'INBOX/Orders');
    const mailbox = await open();
    expect(await mailbox.open('inbox/orders')).toMatchObject({ path: 'INBOX/Orders', uidNext: null });
    expect(await mailbox.open('Posteingang')).toMatchObject({ path: 'INBOX' });
    await expect(mailbox.open('INBOX/Nobody')).rejects.toMatchObject({ code: 'folderMissing' });
  });
});

describe('a list', () => {
  test('is whole over empty pages, a link that leads back and one that is missing, oldest first', async () => {
    const mailbox = await openInbox();
    for (let count = 0; count < 45; count += 1) await arrive(`No. ${count}`, { receivedAt: new Date(Date.now() - (100 - count) * 1000) });
    graph.ways.largestTop = 20;
    expect(await mailbox.list({ type: 'unread' })).toHaveLength(45);
    graph.ways.largestTop = 1000;
    for (const ways of [{ emptyPages: true }, { emptyPages: false, missingLink: true }]) {
      Object.assign(graph.ways, ways);
      const refs = await mailbox.list({ type: 'unread' });
      expect(new Set(refs.map(({ uid }) => uid)).size).toBe(45);
      expect(refs).toEqual(refs.toSorted((one, other) => one.receivedAt!.localeCompare(other.receivedAt!)));
    }
    Object.assign(graph.ways, { missingLink: false, repeatedLink: true });
    expect((await mailbox.list({ type: 'unread' })).length).toBeGreaterThanOrEqual(40);
  });

  test('leaves out what is read, older than a position, or still being written; the newest come alone where they are asked for', async () => {
    const mailbox = await openInbox();
    await arrive('Read', { isRead: true });
    await arrive('Old', { receivedAt: OLD.date });
    Object.assign(await arrive('Draft'), { isDraft: true });
    await arrive('New');
    const since = new Date(Date.now() - DAY_MS);
    const listed = async (query: Parameters<Mailbox['list']>[0]) => subjectsOf(await sources(mailbox, await mailbox.list(query)));
    expect(await listed({ type: 'unread' })).toEqual(['Old', 'New']);
    expect(await listed({ type: 'unread', since })).toEqual(['New']);
    expect(await listed({ type: 'unread', afterUid: await mailbox.position(since) })).toEqual(['New']);
    expect((await listed({ type: 'since', since })).sort()).toEqual(['New', 'Read']);
    expect(await listed({ type: 'newest', limit: 10 })).toHaveLength(3);
  });

  test.each(['throttledDate', 'throttledSilent', 'gatewayTimeout', 'emptyOk', 'unauthorized', 'cut'] as const)(
    'comes all the same after %s',
    async (fault) => {
      const mailbox = await openInbox();
      await arrive('Through');
      graph.faults.next(fault, { on: 'GET mailFolders/*/messages' });
      expect(await mailbox.list({ type: 'unread' })).toHaveLength(1);
    },
    20_000,
  );

  test('that one broken message fails is asked for with less, and the message costs itself alone', async () => {
    const mailbox = await openInbox();
    for (const subject of ['Before', 'Broken', 'After']) await arrive(subject);
    graph.mailboxes.get(SHARED)!.messages[1].isBroken = true;
    graph.ways.brokenFailsLists = true;
    const fetched = await sources(mailbox, await mailbox.list({ type: 'unread' }));
    expect(fetched.map(({ refused }) => refused !== undefined)).toEqual([false, true, false]);
    expect(subjectsOf(fetched)).toEqual(['Before', undefined, 'After']);
  }, 20_000);
});

describe('sources', () => {
  test('come as bytes in the order given, compressed or not, and what went away meanwhile is left out', async () => {
    const mailbox = await openInbox();
    for (const subject of ['One', 'Two', 'Three']) await arrive(subject);
    const refs = await mailbox.list({ type: 'unread' });
    graph.ways.gzip = true;
    graph.mailboxes.get(SHARED)!.messages.splice(1, 1);
    expect(subjectsOf(await sources(mailbox, refs.toReversed()))).toEqual(['Three', 'One']);
  });

  test('come by few connections, which end with the reader', async () => {
    const before = graph.ways.connections;
    const mailbox = await openInbox();
    for (let count = 0; count < 30; count += 1) await arrive(`No. ${count}`);
    expect(await sources(mailbox, await mailbox.list({ type: 'unread' }))).toHaveLength(30);
    expect(graph.ways.connections - before).toBeLessThanOrEqual(4);
    await mailbox.close();
    await expect.poll(() => graph.open()).toBe(0);
  });

  test.each(['emptyOk', 'half', 'htmlOk'] as const)('are asked for again when a yes brings nothing of the message (%s)', async (fault) => {
    const mailbox = await openInbox();
    await arrive('Whole');
    graph.faults.next(fault, { on: 'GET messages/*/$value' });
    const [{ source }] = await sources(mailbox, await mailbox.list({ type: 'unread' }));
    expect(Buffer.from(source)).toEqual(graph.mailboxes.get(SHARED)!.messages[0].mime);
  });

  test('above the limit come with their beginning alone', async () => {
    const mailbox = await openInbox();
    await graph.arrive(SHARED, mail({ subject: 'Huge', text: 'Long lines. '.repeat(60_000) }));
    const refs = await mailbox.list({ type: 'unread' });
    const [huge] = await sources(mailbox, refs, 100_000);
    expect([huge.truncated, huge.source.length]).toEqual([true, 256 * 1024]);
    // Also where the size that was told was another.
    const [other] = await sources(mailbox, [{ ...refs[0], size: 10 }], 300_000);
    expect([other.truncated, other.source.length]).toEqual([true, 256 * 1024]);
  });

  test('of messages whose ids differ by case alone are two', async () => {
    const mailbox = await openInbox();
    // Two neighbours of three are such a pair.
    for (const subject of ['One', 'Two', 'Three']) await arrive(subject);
    const refs = await mailbox.list({ type: 'unread' });
    expect(new Set(refs.map(({ uid }) => uid.toLowerCase().replace(/^\d+/, ''))).size).toBe(2);
    expect(subjectsOf(await sources(mailbox, refs)).sort()).toEqual(['One', 'Three', 'Two']);
  });
});

describe('effects', () => {
  test.each(['PATCH messages/*', 'DELETE messages/*'])('are asked for again where a yes comes without a word (%s)', async (on) => {
    const mailbox = await openInbox();
    await arrive('Read me');
    await arrive('Delete me');
    const [read, gone] = await mailbox.list({ type: 'unread' });
    graph.faults.next('emptyOk', { on });
    const results = await mailbox.apply([
      { uid: read.uid, effects: [{ type: 'seen' }] },
      { uid: gone.uid, effects: [{ type: 'delete' }] },
    ]);
    expect(results.map(({ error }) => error)).toEqual([null, null]);
    expect((await box.messages('INBOX')).map(({ flags }) => flags)).toEqual([['\\Seen']]);
  });

  test('stay open where a move is answered without a word', async () => {
    const mailbox = await openInbox();
    await arrive('Move me');
    const [{ uid }] = await mailbox.list({ type: 'unread' });
    const move = () => mailbox.apply([{ uid, effects: [{ type: 'move', folder: 'Elsewhere' }] }]);
    graph.faults.next('emptyOk', { on: 'POST messages/*/move' });
    await expect(move()).rejects.toMatchObject({ code: 'unavailable' });
    expect(await move()).toEqual([{ uid, error: null }]);
    expect([await box.messages('INBOX'), (await box.messages('Elsewhere')).length]).toEqual([[], 1]);
  });

  const byId = (uid: string) =>
    graph.mailboxes.get(SHARED)!.messages.find(({ immutableId }) => immutableId === uid.slice(uid.indexOf('.') + 1));

  test('are in place once, whoever did them before; folders are made on the way, also by two at once', async () => {
    const mailbox = await openInbox();
    for (const subject of ['Read', 'Moved', 'Moved too', 'Deleted']) await arrive(subject);
    const [read, moved, movedToo, deleted] = (await mailbox.list({ type: 'unread' })).map(({ uid }) => uid);
    const effects = [
      { uid: read, effects: [{ type: 'seen' as const }] },
      { uid: moved, effects: [{ type: 'seen' as const }, { type: 'move' as const, folder: 'INBOX/Done/Old' }] },
      { uid: movedToo, effects: [{ type: 'move' as const, folder: 'inbox/done/OLD' }] },
      { uid: deleted, effects: [{ type: 'delete' as const }] },
    ];
    for (let round = 0; round < 2; round += 1) {
      expect((await mailbox.apply(effects)).map(({ error }) => error)).toEqual([null, null, null, null]);
      expect(byId(read)?.isRead).toBe(true);
      expect(await box.messages('INBOX/Done/Old')).toHaveLength(2);
      expect(await box.messages('INBOX')).toHaveLength(1);
      expect(byId(deleted)).toBeUndefined();
    }
    expect(graph.mailboxes.get(SHARED)!.folders.filter(({ displayName }) => /^(done|old)$/i.test(displayName))).toHaveLength(2);
  });

  test.each([409, 400])('find the folder that somebody made a moment ago (%s)', async (status) => {
    graph.ways.folderExistsStatus = status;
    const mailbox = await openInbox();
    await arrive('Moved');
    const [{ uid }] = await mailbox.list({ type: 'unread' });
    // It knows the folders by now.
    await mailbox.pathOf('Done');
    graph.folderOf(SHARED, 'Done');
    expect(await mailbox.apply([{ uid, effects: [{ type: 'move', folder: 'Done' }] }])).toEqual([{ uid, error: null }]);
    expect(await box.messages('Done')).toHaveLength(1);
  });

  test('leave alone what somebody has put elsewhere', async () => {
    const mailbox = await openInbox();
    await arrive('Kept');
    const [{ uid }] = await mailbox.list({ type: 'unread' });
    byId(uid)!.folder = graph.folderOf(SHARED, 'Important');
    expect(await mailbox.apply([{ uid, effects: [{ type: 'delete' }] }])).toEqual([{ uid, error: null }]);
    expect(await box.messages('Important')).toHaveLength(1);
  });

  test('are tried once more when somebody changes the message at the same moment', async () => {
    const mailbox = await openInbox();
    await arrive('Busy');
    const [{ uid }] = await mailbox.list({ type: 'unread' });
    graph.faults.next('conflict', { on: 'PATCH messages/*' });
    expect(await mailbox.apply([{ uid, effects: [{ type: 'seen' }] }])).toEqual([{ uid, error: null }]);
    expect(byId(uid)!.isRead).toBe(true);
  });

  test('stay open when Microsoft asks for a long pause, in the words of Microsoft Graph', async () => {
    graph.addMailbox(WAITS, { fullAccess: [ALICE] });
    await graph.arrive(WAITS, mail());
    const mailbox = await openInbox({ mailboxName: WAITS });
    const [{ uid }] = await mailbox.list({ type: 'unread' });
    graph.faults.next('throttledLong', { on: 'PATCH messages/*' });
    const failure = await mailbox.apply([{ uid, effects: [{ type: 'seen' }] }]).catch((error: MailboxError) => error);
    expect(failure).toMatchObject({ code: 'throttled', message: expect.stringContaining('Microsoft asks for a pause') });
  });
});

describe('a scanner', () => {
  test('takes what is unread, marks it read, and takes nothing twice', async () => {
    await box.appendAll('INBOX', [mail({ subject: 'First' }), mail({ subject: 'Second' })]);
    await box.append('INBOX', mail({ subject: 'Read' }), { flags: ['\\Seen'] });
    const scanner = await addScanner();
    await activate(scanner, 'take');
    expect(await run(scanner)).toMatchObject({ scanned: 2, byOutcome: { processed: 2 }, error: null });
    expect(await run(scanner)).toMatchObject({ scanned: 0, error: null });
    expect(await titles()).toEqual(['First', 'Second']);
    expect((await box.messages('INBOX')).every(({ flags }) => flags.includes('\\Seen'))).toBe(true);
    expect(await oauth.app.api('GET', `/scanners/${scanner.documentId}`)).toMatchObject({
      protocol: 'graph',
      scanEvery: 1,
      lastError: null,
    });
  });

  test.each(['unread', 'sinceLastScan'] as const)(
    'begins where the mailbox ends (%s): what came in the same second counts',
    async (scanType) => {
      await arrive('Before');
      await arrive('Long before', { receivedAt: OLD.date });
      const scanner = await addScanner([{}], { scanType });
      if (scanType === 'unread') expect((await oauth.app.api('GET', `/scanners/${scanner.documentId}/unread`)).count).toBe(2);
      await activate(scanner);
      expect(await run(scanner)).toMatchObject({ scanned: 0, error: null });
      const [{ receivedAt }] = graph.mailboxes.get(SHARED)!.messages;
      await arrive('Same second', { receivedAt });
      await arrive('Shown late', { receivedAt: new Date(receivedAt.getTime() - 60_000) });
      expect(await run(scanner)).toMatchObject({ scanned: 2, error: null });
      expect((await titles()).sort()).toEqual(['Same second', 'Shown late']);
      expect(await run(scanner)).toMatchObject({ scanned: 0, error: null });
    },
  );

  test.each(['emptyOk', 'emptyObject', 'half', 'htmlOk'] as const)(
    'does not begin with the whole mailbox when a list comes without content (%s)',
    async (fault) => {
      await arrive('Long before', { receivedAt: OLD.date });
      const scanner = await addScanner([{}], { scanType: 'sinceLastScan' });
      graph.faults.next(fault, { times: 2, on: 'GET mailFolders/*/messages' });
      await activate(scanner);
      expect(await run(scanner)).toMatchObject({ scanned: 0, error: null });
      await arrive('New');
      graph.faults.next(fault, { on: 'GET mailFolders/*/messages' });
      graph.faults.next(fault, { on: 'GET mailFolders/*/messages/delta' });
      expect(await run(scanner)).toMatchObject({ scanned: 1, error: null });
    },
  );

  test('says how many unread emails a run before the activation left alone', async () => {
    await arrive('Now');
    await arrive('Long before', { receivedAt: OLD.date });
    const scanner = await addScanner();
    const result = await oauth.app.api('POST', `/scanners/${scanner.documentId}/run`, { unread: 'leave' });
    expect(result).toMatchObject({ scanned: 0, leftAlone: { count: 2 }, error: null });
  });

  const lostStates = [
    { status: 410, code: 'SyncStateNotFound' },
    { status: 400, code: 'syncStateNotFound' },
  ];
  test.each(lostStates)('takes nothing twice when Microsoft forgets what has changed ($status)', async (lostState) => {
    const scanner = await addScanner([{}], { scanType: 'sinceLastScan' });
    await activate(scanner);
    await run(scanner);
    for (let count = 0; count < 12; count += 1) await arrive(`No. ${count}`);
    expect(await run(scanner)).toMatchObject({ scanned: 12, error: null });
    Object.assign(graph.ways, { lostState, generation: graph.ways.generation + 1 });
    await arrive('After');
    graph.requests.length = 0;
    expect(await run(scanner)).toMatchObject({ scanned: 1, byOutcome: { processed: 1 }, error: null });
    expect(operations().filter((operation) => operation.endsWith('/delta')).length).toBeGreaterThan(1);
    expect(await titles()).toHaveLength(13);
  });

  test('takes an older email that somebody moves into its folder later, and none that only changes', async () => {
    const scanner = await addScanner([{}], { scanType: 'sinceLastScan' });
    const elsewhere = graph.folderOf(SHARED, 'Elsewhere');
    await arrive('Very old', { receivedAt: OLD.date });
    await activate(scanner);
    await run(scanner);
    const hourAgo = new Date(Date.now() + 3_600_000);
    const moved = await arrive('Moved', { folder: elsewhere, receivedAt: new Date(Date.now() + 60_000) });
    await arrive('Recent', { receivedAt: hourAgo });
    expect(await run(scanner)).toMatchObject({ scanned: 1, error: null });
    const mailbox = graph.mailboxes.get(SHARED)!;
    moved.folder = 'inbox';
    graph.note(mailbox, moved, 'added');
    graph.note(mailbox, mailbox.messages[0], 'updated');
    // The scan that is told of it does not get it.
    graph.faults.next('unavailable', { times: 4, on: 'GET messages/*/$value' });
    expect((await run(scanner)).error).toMatchObject({ code: 'unavailable' });
    expect(await run(scanner)).toMatchObject({ scanned: 1, error: null });
    expect(await titles()).toEqual(['Recent', 'Moved']);
  });

  test('does without what has changed where Microsoft refuses the filter', async () => {
    graph.ways.refusesDeltaFilter = true;
    const scanner = await addScanner([{}], { scanType: 'sinceLastScan' });
    await activate(scanner);
    await arrive('New');
    expect(await run(scanner)).toMatchObject({ scanned: 1, error: null });
    expect(await run(scanner)).toMatchObject({ scanned: 0, error: null });
  });

  test('moves and deletes after the commit, and a request that is lost or done already is no error', async () => {
    const when = (value: string) => ({ conditions: { combinator: 'and', rules: [{ field: 'subject', operator: 'contains', value }] } });
    const scanner = await addScanner([
      { name: 'Move', ...when('move'), actions: [...CREATE_TICKET, { type: 'moveToFolder', config: { folder: 'Processed' } }] },
      { name: 'Delete', ...when('delete'), actions: [...CREATE_TICKET, { type: 'deleteMessage', config: {} }] },
    ]);
    await activate(scanner, 'take');
    for (const subject of ['move it', 'delete it']) await arrive(subject);
    graph.faults.next('gatewayTimeoutAfterWork', { on: 'POST messages/*/move' });
    graph.faults.next('cutAfterWork', { on: 'DELETE messages/*' });
    expect((await run(scanner)).error).toMatchObject({ code: 'unavailable' });
    expect(await run(scanner)).toMatchObject({ scanned: 0, openEffects: 0, error: null });
    expect(await titles()).toEqual(['move it', 'delete it']);
    expect([await box.messages('INBOX'), (await box.messages('Processed')).length]).toEqual([[], 1]);
    const open = await oauth.app.strapi.db.query('plugin::mail-scanner.message').count({ where: { effectsOpen: true } });
    expect(open).toBe(0);
  }, 20_000);

  test('asks at most four at once, always for ids that stay, and shows no token', async () => {
    const scanner = await addScanner();
    await activate(scanner, 'take');
    for (let count = 0; count < 30; count += 1) await arrive(`No. ${count}`);
    graph.ways.delayMs = 10;
    graph.ways.mostAtOnce = 0;
    const folders = oauth.app.api('GET', `/scanners/${scanner.documentId}/folders`);
    expect(await run(scanner)).toMatchObject({ scanned: 30, error: null });
    await folders;
    expect(graph.ways.mostAtOnce).toBeLessThanOrEqual(4);
    expect(graph.requests.every(({ prefer }) => prefer.includes('IdType="ImmutableId"'))).toBe(true);
    expect(graph.requests.filter(({ status }) => status >= 400)).toEqual([]);
  });

  test('has its preview, and what failed is tried again from the mailbox', async () => {
    const scanner = await addScanner();
    await activate(scanner);
    await arrive('Seen before');
    const [previewed] = await oauth.app.api('POST', `/scanners/${scanner.documentId}/preview`, { limit: 5 });
    expect(previewed).toMatchObject({ subject: 'Seen before', folder: 'INBOX', outcome: 'processed' });
    expect(await titles()).toEqual([]);
    graph.mailboxes.get(SHARED)!.messages[0].isBroken = true;
    expect(await run(scanner)).toMatchObject({ byOutcome: { failed: 1 }, error: null });
    graph.mailboxes.get(SHARED)!.messages[0].isBroken = false;
    expect(await oauth.app.api('POST', '/messages/retry', {})).toMatchObject({ succeeded: 1 });
    expect(await titles()).toEqual(['Seen before']);
  });
});

describe('the connection test says what is missing', () => {
  const check = (more: object = {}) => oauth.app.api('POST', '/scanners/test', connection(more));

  test('nothing', async () => {
    expect(await check({ answersBy: 'graph', fromAddress: SHARED })).toMatchObject({
      ok: true,
      capabilities: { folders: true, push: false },
    });
    expect(graph.mailboxes.get(SHARED)!.messages).toEqual([]);
  });

  test('the right to the mailbox', async () => {
    expect(await check({ mailboxName: BOSS })).toMatchObject({
      ok: false,
      code: 'noAccess',
      message: expect.stringContaining('Full Access'),
    });
  });

  test('a mailbox of that name', async () => {
    const result = await check({ mailboxName: 'nobody@contoso.test' });
    expect(result).toMatchObject({ ok: false, code: 'noAccess', message: expect.stringContaining('knows no mailbox') });
  });

  test('the right to send as it, by a draft that is made and deleted', async () => {
    graph.faults.next('sendAsDenied', { on: 'POST messages' });
    const result = await check({ answersBy: 'graph', fromAddress: SHARED });
    expect(result).toMatchObject({ ok: false, code: 'sending', message: expect.stringContaining('Send as') });
  });

  test('the login', async () => {
    graph.faults.next('unauthorized', { times: 2 });
    expect(await check()).toMatchObject({ ok: false, code: 'authenticationFailed', message: expect.stringContaining('refused the login') });
  });

  test('the consent of an account that is connected for mail servers', async () => {
    const url = await oauth.start('microsoft', '?uses=mail');
    const { location } = await oauth.comeBack(await oauth.microsoft.signIn(url.href, BOSS));
    const mailOnly = new URL(location!).searchParams.get('authorization')!;
    const result = await check({ authorization: mailOnly, mailboxName: BOSS });
    expect(result).toMatchObject({
      ok: false,
      code: 'authenticationFailed',
      message: expect.stringContaining('once more for Microsoft Graph'),
    });
  });

  test('a Microsoft account', async () => {
    const answer = await oauth.app.request('POST', '/scanners', {
      name: 'By Graph',
      protocol: 'graph',
      authType: 'password',
      username: 'x',
      password: 'y',
    });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain('Microsoft Graph needs a Microsoft account');
  });
});
