import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { credentialOf, graphTokenOf } from '../../server/services/oauth/access-token';
import { markOf } from '../../server/services/outgoing/site-mark';
import { readSecret, saveSecret, secretName } from '../../server/services/settings/secrets';
import { acquireLease } from '../../server/services/storage/lease';
import { ALICE, CLIENT, setUpOAuth, SHARED, type OAuthSetup } from '../oauth/provider';
import { startFakeGraph, type FakeGraph } from '../support/fake-graph';
import { reportOf } from '../support/fake-graph/exchange';
import { eventually, setUpOutgoing } from '../support/helpdesk';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';

/** The outbox, when emails leave by Microsoft Graph and all that can go wrong there does. */

const DELIVERY = 'plugin::mail-scanner.delivery';
const OTHER = 'verkauf@contoso.test';

let oauth: OAuthSetup;
let graph: FakeGraph;
let sink: SmtpSink;
let account: string;

beforeAll(async () => {
  oauth = await setUpOAuth();
  sink = await startSmtpSink();
  graph = await startFakeGraph({
    tokenOf: (token) => oauth.microsoft.tokenOf(token),
    mailboxes: {
      [ALICE]: {},
      [SHARED]: { fullAccess: [ALICE], sendAs: [ALICE] },
      [OTHER]: { fullAccess: [ALICE], sendAs: [ALICE] },
    },
  });
  oauth.useMicrosoft({ ...CLIENT, graphUrl: graph.base });
  const mailOnly = await oauth.connect();
  await expect(graphTokenOf(oauth.app.strapi, mailOnly)).rejects.toThrow(/Connect it once more for Microsoft Graph/);
  const [row] = await oauth.app.api('GET', '/authorizations');
  expect(row).toMatchObject({ needsAuthorization: false });
  await asReleasesBeforeKeptIt(mailOnly);
  account = await connectFor('graph');
});
afterAll(async () => {
  await sink?.stop();
  await graph?.stop();
  await oauth?.stop();
});
beforeEach(() => sendBy('graph'));
afterEach(async () => {
  graph.faults.clear();
  Object.assign(graph.ways, { copyDelayMs: 0, replaceMessageId: null, replaceOnTheWay: null, lateMs: 0 });
  await deliveries().deleteMany({});
  graph.delivered.length = 0;
  graph.requests.length = 0;
  sink.mails.length = 0;
  for (const { messages } of graph.mailboxes.values()) messages.length = 0;
});

/** One token for the mail servers, beside its grant: with that, the account goes on and may be connected for Graph, too. */
async function asReleasesBeforeKeptIt(documentId: string): Promise<void> {
  const { strapi } = oauth.app;
  const name = secretName.authorizationTokens(documentId);
  const { grant, tokens } = JSON.parse((await readSecret(strapi, name))!);
  await saveSecret(strapi, name, JSON.stringify({ ...tokens.mail, grant }));
  const credential = await credentialOf(strapi, documentId, 'outlook.office365.com');
  expect(credential).toEqual({ type: 'accessToken', accessToken: tokens.mail.accessToken });
  await expect(graphTokenOf(strapi, documentId)).rejects.toThrow(/Connect it once more for Microsoft Graph/);
}

async function connectFor(uses: string) {
  const url = await oauth.start('microsoft', `?uses=${uses}`);
  const { location, reason } = await oauth.comeBack(await oauth.microsoft.signIn(url.href, ALICE));
  expect(reason).toBeNull();
  return new URL(location!).searchParams.get('authorization')!;
}

const sendBy = (transport: 'graph' | 'smtp') =>
  transport === 'smtp'
    ? setUpOutgoing(oauth.app, sink, { transport, authType: 'password', authorization: null, fromAddress: SHARED })
    : oauth.app.api('PUT', '/outgoing-mail', {
        transport,
        authType: 'microsoft',
        authorization: account,
        fromAddress: SHARED,
        username: '',
      });
const outbox = () => oauth.app.strapi.plugin('mail-scanner').service('outbox').deliver();
const deliveries = () => oauth.app.strapi.db.query(DELIVERY);
const only = (): Promise<any> => deliveries().findOne({ where: {} });
const change = (data: object) => deliveries().updateMany({ data: data as never });
const makeDue = () => change({ nextAttemptAt: new Date() });
const operations = () => graph.requests.map(({ operation }) => operation);
const looksFor = () => operations().filter((operation) => operation.startsWith('GET')).length;
const draftsIn = (mailbox = SHARED) => graph.mailboxes.get(mailbox)!.messages.filter(({ isDraft }) => isDraft).length;

/** As if what may have left had been asked to some time ago. */
async function ago(ms: number): Promise<void> {
  const { draft } = await only();
  const moved = (moment: string) => new Date(Date.parse(moment) - ms).toISOString();
  await change({ nextAttemptAt: new Date(), draft: { ...draft, mayHaveLeftSince: moved(draft.mayHaveLeftSince) } });
}

/** As if the process had been killed between asking for it to leave and noting that it has: all that was noted before stands there. */
async function asIfDied(agoMs: number): Promise<void> {
  const [message] = graph.mailboxes.get(SHARED)!.messages;
  const draft = {
    authorization: account,
    mailbox: SHARED,
    since: message.createdAt.toISOString(),
    id: message.immutableId,
    madeAt: message.createdAt.toISOString(),
    messageId: message.internetMessageId,
    mayHaveLeftSince: new Date(Date.now() - agoMs).toISOString(),
  };
  await change({ state: 'sending', sentAt: null, draft });
  graph.requests.length = 0;
}

let number = 0;
async function answer(more: object = {}): Promise<any> {
  number += 1;
  const contactEmail = `kundin${number}@laden.test`;
  const ticket = await oauth.app.api('POST', '/tickets', { title: 'Frage', contactEmail });
  const comment = await oauth.app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'Antwort.', isPublic: true, ...more });
  return { ticket, contactEmail, delivery: comment.delivery };
}

describe('an email', () => {
  test('of the one sender and a test leave from the mailbox of its address, by one draft each and without looking for anything', async () => {
    expect(await oauth.app.api('POST', '/outgoing-mail/test', { to: 'kunde@laden.test' })).toMatchObject({ ok: true });
    graph.requests.length = 0;
    const { contactEmail } = await answer();
    await outbox();
    expect(operations()).toEqual(['POST messages', 'POST messages/*/send']);
    expect(graph.delivered.map(({ mailbox, recipients }) => [mailbox, recipients])).toEqual([
      [SHARED, ['kunde@laden.test']],
      [SHARED, [contactEmail]],
    ]);
    expect(await only()).toMatchObject({ state: 'sent', attempts: 1, draft: null, sentMessageId: null });
  });

  test.each(['cutAfterWork', 'emptyOk'] as const)(
    'whose answer is lost once it was asked to leave (%s) leaves once',
    async (fault) => {
      graph.ways.copyDelayMs = 1500;
      graph.faults.next(fault, { on: 'POST messages/*/send' });
      await answer();
      await outbox();
      if (fault === 'emptyOk') {
        expect(await only()).toMatchObject({ state: 'queued', lastError: expect.stringMatching(/^Perhaps this email was sent/) });
        await makeDue();
        await outbox();
        // A draft that was asked to leave a moment ago may be on its way.
        expect(graph.delivered).toHaveLength(0);
        await ago(61_000);
        await outbox();
      }
      expect(graph.delivered).toHaveLength(1);
      expect(await only()).toMatchObject({ state: 'sent', draft: null });
    },
    30_000,
  );

  test('that leaves after its gateway has given up does not leave again', async () => {
    graph.ways.lateMs = 2500;
    graph.faults.next('gatewayTimeoutBeforeWork', { on: 'POST messages/*/send' });
    await answer();
    await outbox();
    expect(graph.delivered).toHaveLength(1);
    expect(await only()).toMatchObject({ state: 'sent' });
  }, 20_000);

  test('whose process died after it had left is asked for by its id, and noted', async () => {
    await answer();
    await outbox();
    await asIfDied(10);
    await outbox();
    expect([graph.delivered.length, (await only()).state, looksFor()]).toEqual([1, 'sent', 1]);
  });

  test('whose process died before it had left leaves when it is known not to be on its way', async () => {
    await answer();
    await outbox();
    graph.delivered.length = 0;
    for (const message of graph.mailboxes.get(SHARED)!.messages) Object.assign(message, { isDraft: true, folder: 'drafts' });
    await asIfDied(10_000);
    await outbox();
    expect([graph.delivered.length, (await only()).state]).toEqual([0, 'queued']);
    await ago(61_000);
    await outbox();
    expect([graph.delivered.length, (await only()).state]).toEqual([1, 'sent']);
  });

  test('whose process died is looked for more than once: its copy may show late', async () => {
    await answer();
    await outbox();
    const [message] = graph.mailboxes.get(SHARED)!.messages;
    message.visibleAt = Date.now() + 60_000;
    await asIfDied(10_000);
    await outbox();
    expect(await only()).toMatchObject({ state: 'queued', lastError: expect.stringMatching(/^Perhaps this email was sent/) });
    message.visibleAt = 0;
    await makeDue();
    await outbox();
    expect([graph.delivered.length, (await only()).state]).toEqual([1, 'sent']);
  });

  test('whose draft was made and not noted is made once more, and the first draft is taken away', async () => {
    graph.faults.next('cutAfterWork', { on: 'POST messages' });
    await answer();
    await outbox();
    expect([draftsIn(), (await only()).state]).toEqual([1, 'queued']);
    await makeDue();
    await outbox();
    expect([draftsIn(), graph.delivered.length, (await only()).state]).toEqual([0, 1, 'sent']);
  });

  test('that is nowhere any more is not sent again by itself, and is when somebody says so', async () => {
    await answer();
    await outbox();
    graph.delivered.length = 0;
    await asIfDied(10_000);
    graph.mailboxes.get(SHARED)!.messages.length = 0;
    await outbox();
    expect(await only()).toMatchObject({ state: 'queued' });
    await ago(16 * 60_000);
    await outbox();
    const { documentId, ...row } = await only();
    expect(row).toMatchObject({ state: 'failed', lastError: expect.stringMatching(/Neither its draft nor a copy is in support@/) });
    expect(graph.delivered).toHaveLength(0);
    await oauth.app.api('POST', `/deliveries/${documentId}/retry`);
    await outbox();
    expect([graph.delivered.length, (await only()).state]).toEqual([1, 'sent']);
  });

  test('that came back is sent once more when somebody says so, though its first copy lies in Sent Items', async () => {
    await answer();
    await outbox();
    const { documentId } = await only();
    await change({ state: 'failed', bouncedAt: new Date(), lastError: 'Bounced.' });
    await oauth.app.api('POST', `/deliveries/${documentId}/retry`);
    await outbox();
    expect([graph.delivered.length, (await only()).state]).toEqual([2, 'sent']);
  });

  test('that is tried again from the first attempt on is asked for all the same', async () => {
    await answer();
    await outbox();
    await asIfDied(10_000);
    await change({ state: 'failed', lastError: 'Perhaps this email was sent.' });
    const { documentId } = await only();
    await oauth.app.api('POST', `/deliveries/${documentId}/retry`);
    await outbox();
    expect([graph.delivered.length, (await only()).state]).toEqual([1, 'sent']);
  });

  test('that is cancelled takes its draft along, and one that has left all the same says so', async () => {
    const cancelled = async (isDraft: boolean, state: string) => {
      await answer();
      await outbox();
      await asIfDied(10_000);
      for (const message of graph.mailboxes.get(SHARED)!.messages) message.isDraft = isDraft;
      await change({ state: 'queued', nextAttemptAt: new Date(Date.now() + 60_000) });
      await oauth.app.api('POST', `/deliveries/${(await only()).documentId}/cancel`);
      await eventually(async () => (await only()).draft === null && (await only()).state === state);
    };
    await cancelled(true, 'cancelled');
    expect(draftsIn()).toBe(0);
    await deliveries().deleteMany({});
    await cancelled(false, 'sent');
  });

  test('that was put off by SMTP reaches by Graph those alone who have not got it', async () => {
    await sendBy('smtp');
    const { contactEmail } = await answer();
    await outbox();
    expect(sink.mails.map(({ to }) => to)).toEqual([[contactEmail]]);
    const [cc, bcc] = [[{ address: 'spaeter@laden.test', name: '' }], [{ address: 'still@laden.test', name: '' }]];
    const addresses = ['spaeter@laden.test', 'still@laden.test'];
    await change({ cc, bcc, state: 'queued', nextAttemptAt: new Date(), putOff: { addresses, refused: [] } });
    await sendBy('graph');
    await outbox();
    expect(graph.delivered.map(({ recipients }) => recipients)).toEqual([addresses]);
    expect(graph.delivered[0].mime).not.toMatch(/still@|^bcc/im);
    expect(await only()).toMatchObject({ state: 'sent', putOff: null });
  });

  test('that may have left by Graph is asked for there, also when mail leaves by SMTP by now', async () => {
    await answer();
    await outbox();
    await asIfDied(10_000);
    await change({ state: 'queued' });
    await sendBy('smtp');
    await makeDue();
    await outbox();
    expect([graph.delivered.length, sink.mails.length, (await only()).state]).toEqual([1, 0, 'sent']);
  }, 30_000);
});

/** Microsoft counts the requests of all instances: who reads back waits for the one that sends. */
async function expectQuietWhileAnotherSends(ms: number): Promise<void> {
  const name = `sending ${createHash('sha256').update(SHARED).digest('hex').slice(0, 32)}`;
  const another = (await acquireLease(oauth.app.strapi, name))!;
  graph.requests.length = 0;
  await sleep(ms);
  expect(graph.requests).toEqual([]);
  await another.release();
}

describe('a Message-ID that Exchange gives in place of ours', () => {
  test.each(['replaceMessageId', 'replaceOnTheWay'] as const)(
    'is kept beside ours (%s), and a report that names it finds its email',
    async (way) => {
      graph.ways[way] = () => `<theirs-${way}@prod.example>`;
      const { ticket, contactEmail } = await answer();
      await outbox();
      if (way === 'replaceOnTheWay') await expectQuietWhileAnotherSends(5_500);
      await eventually(async () => (await only()).sentMessageId === `theirs-${way}@prod.example`, 8000);
      graph.ways[way] = null;
      await oauth.app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'Noch etwas.', isPublic: true });
      await outbox();
      expect(graph.delivered.at(-1)!.mime).toMatch(new RegExp(`References: .*<theirs-${way}@prod.example>`, 's'));
      const scanner = { name: 'Leser', host: '127.0.0.1', encryption: 'none', username: 'x', password: 'y' };
      const { documentId } = await oauth.app.api('POST', '/scanners', scanner);
      const report = reportOf({ internetMessageId: `<theirs-${way}@prod.example>`, subject: 'Frage' }, SHARED, contactEmail);
      const [message] = await oauth.app.api('POST', `/scanners/${documentId}/preview`, { source: report.toString() });
      expect(message).toMatchObject({ outcome: 'bounce', reason: expect.stringContaining(contactEmail) });
    },
    20_000,
  );
});

test('a scanner that answers by Graph does so with its own account and from its own mailbox, while the others answer by SMTP', async () => {
  await sendBy('smtp');
  const scanner = { name: 'Verkauf', host: 'outlook.office365.com', authType: 'microsoft', authorization: account, answersBy: 'graph' };
  const refused = await oauth.app.request('POST', '/scanners', scanner);
  expect(refused.body.error.details.errors.map(({ path }: any) => path)).toEqual([['fromAddress']]);
  const { documentId } = await oauth.app.api('POST', '/scanners', { ...scanner, fromAddress: OTHER });
  const { id } = await oauth.app.strapi.db.query('plugin::mail-scanner.scanner').findOne({ where: { documentId } });
  const ticket = await oauth.app.api('POST', '/tickets', { title: 'Angebot', contactEmail: 'kunde@laden.test' });
  await oauth.app.strapi.db
    .query('plugin::mail-scanner.ticket')
    .update({ where: { documentId: ticket.documentId }, data: { scanner: id } as never });
  await oauth.app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'Unser Angebot.', isPublic: true });
  const { contactEmail } = await answer();
  await outbox();
  expect(graph.delivered.map(({ mailbox, recipients }) => [mailbox, recipients])).toEqual([[OTHER, ['kunde@laden.test']]]);
  expect(sink.mails.map(({ to }) => to)).toEqual([[contactEmail]]);
});

test('an alert is known by its Message-ID: no header of ours gets through', async () => {
  await oauth.app.api('PUT', '/alerts', { emails: ['chef@firma.test'] });
  await oauth.app.api('POST', '/alerts/test');
  const [{ mime, internetMessageId }] = graph.delivered;
  expect(mime).not.toContain('X-Mail-Scanner');
  expect(markOf(oauth.app.strapi, { 'message-id': [internetMessageId] })).toBe('alert');
  const forged = internetMessageId.replace(/[0-9a-f](?=@)/, (digit) => (digit === '0' ? '1' : '0'));
  expect(markOf(oauth.app.strapi, { 'message-id': [forged] })).toBe(null);
});

test('a large email leaves with all its files and in the thread of its ticket', async () => {
  const bytes = Buffer.alloc(3_500_000, 'x');
  const { ticket } = await answer();
  await outbox();
  const attachments = [await upload('gross.pdf', bytes), await upload('klein.txt', Buffer.from('klein'))];
  await oauth.app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'Mit Anlagen.', isPublic: true, attachments });
  await outbox();
  const [first, large] = graph.delivered;
  expect(large.attachments.map(({ name, bytes: got }) => [name, got.length])).toEqual([
    ['gross.pdf', bytes.length],
    ['klein.txt', 5],
  ]);
  expect(large.mime).toMatch(new RegExp(`^References: .*${first.internetMessageId}`, 'm'));
  expect(await deliveries().findMany({ where: { state: 'sent' } })).toHaveLength(2);
}, 20_000);

/** The documentId of a file that is put to the next answer. */
async function upload(name: string, bytes: Buffer): Promise<string> {
  const form = new FormData();
  form.append('files', new Blob([new Uint8Array(bytes)]), name);
  const login = await oauth.app.request('POST', '/admin/login', { email: 'admin@example.com', password: 'Passw0rd!test' }, null);
  const headers = { authorization: `Bearer ${login.body.data.token}` };
  const response = await fetch(`${oauth.app.base}/mail-scanner/attachments`, { method: 'POST', body: form, headers });
  return ((await response.json()) as any).data.documentId;
}
