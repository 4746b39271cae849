import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createVictims, type Victim, type Victims } from '../support/crash';
import type { Death } from '../support/crash-child';
import type { FakeGraph } from '../support/fake-graph';
import { startGraphDesk } from '../support/graph-desk';
import { addScanner, CREATE_TICKET, eventually, mail } from '../support/helpdesk';
import { hasPostgres, startPostgres, type Postgres } from '../support/postgres';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** Processes that are killed while they read or send by Microsoft Graph, and several of them at the same time. */

const DESK = 'desk@contoso.test';

/** Where a process dies while it reads. `LONG_TESTS=1 npx vitest run tests/graph/crash.test.ts` has all of them. */
const READING: [string, Death, 'long'?][] = [
  // First, for the folder stays.
  ['before the folder is made', { path: ['graph POST mailFolders'], when: 'before' }, 'long'],
  ['before it lists', { path: ['graph GET mailFolders/\\*/messages$'], when: 'before' }, 'long'],
  ['in the middle of fetching', { path: Array(3).fill('graph GET messages/\\*/\\$value'), when: 'after' }],
  ['before the commit', { path: ['sql insert into .*mail_scanner_messages', 'sql COMMIT'], when: 'before' }, 'long'],
  ['after the commit', { path: ['sql insert into .*mail_scanner_messages', 'sql COMMIT', 'sql '], when: 'before' }, 'long'],
  ['before messages become read', { path: ['graph PATCH messages'], when: 'before' }, 'long'],
  ['after messages became read', { path: ['graph PATCH messages'], when: 'after' }, 'long'],
  ['before messages are moved', { path: ['graph POST messages/\\*/move'], when: 'before' }, 'long'],
  ['after messages were moved', { path: ['graph POST messages/\\*/move'], when: 'after' }],
  ['before messages are deleted', { path: ['graph DELETE messages'], when: 'before' }, 'long'],
  ['after messages were deleted', { path: ['graph DELETE messages'], when: 'after' }, 'long'],
];

/** And while it sends. */
const SENDING: [string, Death, 'long'?][] = [
  ['before the draft is made', { path: ['graph POST messages$'], when: 'before' }, 'long'],
  ['after the draft is made, before it is noted', { path: ['graph POST messages$'], when: 'after' }],
  ['before the draft is asked to leave', { path: ['graph POST messages/\\*/send'], when: 'before' }, 'long'],
  ['after it has left, before that is noted', { path: ['graph POST messages/\\*/send'], when: 'after' }],
];

const some = <T extends [string, Death, 'long'?]>(deaths: T[]) =>
  deaths.filter(([, , long]) => !long || process.env.LONG_TESTS).map(([name, death]): [string, Death] => [name, death]);

const contains = (value: string) => ({ combinator: 'and', rules: [{ field: 'subject', operator: 'contains', value }] });
const RULES = [
  { name: 'Delete', conditions: contains('[delete]'), actions: [...CREATE_TICKET, { type: 'deleteMessage', config: {} }] },
  { name: 'Move', conditions: contains('[move]'), actions: [...CREATE_TICKET, { type: 'moveToFolder', config: { folder: 'Processed' } }] },
  { name: 'Keep', actions: CREATE_TICKET },
];
const KINDS = ['keep', 'move', 'delete'];

describe.skipIf(!hasPostgres())('by Microsoft Graph', () => {
  let postgres: Postgres;
  let desk: Awaited<ReturnType<typeof startGraphDesk>>;
  let graph: FakeGraph;
  let box: typeof desk.box;
  let app: TestStrapi;
  let victims: Victims;
  let waiting: Promise<Victim>;
  let scanner: { documentId: string };
  const subjects: string[] = [];
  let answers = 0;

  beforeAll(async () => {
    // Several processes at once need a database that serves them; the processes inherit where it is.
    if (!process.env.TEST_DATABASE_SERVER) {
      postgres = await startPostgres({ durable: false });
      process.env.TEST_DATABASE_SERVER = JSON.stringify(postgres.env);
    }
    desk = await startGraphDesk(DESK);
    ({ graph, box } = desk);
    app = await startStrapi({ env: { ...desk.env, MAIL_SCANNER_LEASE_SECONDS: '2' } });
    // The stand-in here counts no emails a minute.
    await desk.setUpOutgoing(app, { maxPerMinute: 1000 });
    scanner = await addScanner(app, box, RULES);
    victims = await createVictims(app.folder);
    waiting = victims.start();
    // A message that is kept, for what answers: the folder is not made by it.
    await sendSome(1);
    await scanAgain();
  });
  afterAll(async () => {
    await victims?.stop();
    await app?.stop();
    await desk?.stop();
    postgres?.stop();
    if (app) removeFolder(app.folder);
  });
  afterEach(() => {
    Object.assign(graph.ways, { copyDelayMs: 0, delayMs: 0 });
    graph.delivered.length = 0;
  });

  /** The next process, while the one after it starts already. */
  async function nextVictim(): Promise<Victim> {
    const victim = await waiting;
    waiting = victims.start();
    return victim;
  }
  const rows = (name: string, query: object = {}): Promise<any[]> =>
    app.strapi.db.query(`plugin::mail-scanner.${name}` as never).findMany(query);
  const service = (name: string) => app.strapi.plugin('mail-scanner').service(name);
  const subjectOf = (source: string) => /^Subject: (.*)$/m.exec(source)?.[1].trim() ?? '';

  const allHaveLeft = async () => {
    await service('outbox').deliver();
    return (await rows('delivery', { where: { state: { $ne: 'sent' } } })).length === 0;
  };

  async function sendSome(count: number): Promise<void> {
    const news = Array.from({ length: count }, (_, index) => `[${KINDS[index % KINDS.length]}] Request ${subjects.length + index}.`);
    subjects.push(...news);
    const from = (subject: string) => `${subject.replace(/\W/g, '')}@customer.test`;
    await box.appendAll(
      'INBOX',
      news.map((subject) => mail({ from: from(subject), subject })),
    );
  }

  /** Scans once the leases of the dead have run out. */
  const scanAgain = () =>
    eventually(
      () =>
        service('scanner')
          .run(scanner.documentId)
          .then(
            ({ error }: any) => error === null,
            () => false,
          ),
      15_000,
    );

  async function expectEachExactlyOnce(): Promise<void> {
    const ledger = await rows('message');
    expect(ledger.map(({ subject }) => subject).sort()).toEqual([...subjects].sort());
    expect(ledger.filter(({ outcome, effectsOpen }) => outcome !== 'processed' || effectsOpen)).toEqual([]);
    expect((await rows('ticket')).map(({ title }) => title).sort()).toEqual([...subjects].sort());
    expect(await rows('comment', { where: { source: 'email' } })).toHaveLength(subjects.length);
    const inbox = await box.messages('INBOX');
    const ofKind = (kind: string) => subjects.filter((subject) => subject.startsWith(`[${kind}]`)).sort();
    expect(inbox.map(({ source }) => subjectOf(source)).sort()).toEqual(ofKind('keep'));
    expect(inbox.every(({ flags }) => flags.includes('\\Seen'))).toBe(true);
    expect((await box.messages('Processed')).map(({ source }) => subjectOf(source)).sort()).toEqual(ofKind('move'));
  }

  test.each(some(READING))('a process is killed %s: each message counts exactly once', async (_, death) => {
    await sendSome(6);
    const victim = await nextVictim();
    expect(await victim.obey({ scanner: scanner.documentId, death })).toEqual({ died: true });
    const ledger = new Set((await rows('message')).map(({ subject }) => subject));
    const untouched = (await box.messages('INBOX')).filter(({ flags }) => !flags.includes('\\Seen')).map(({ source }) => subjectOf(source));
    expect(subjects.filter((subject) => !ledger.has(subject) && !untouched.includes(subject))).toEqual([]);
    await scanAgain();
    await expectEachExactlyOnce();
  });

  test.each(some(SENDING))('a process is killed %s: the answer leaves once', async (_, death) => {
    graph.ways.copyDelayMs = 300;
    const [ticket] = await rows('ticket');
    // So short that its line is not broken in the email.
    const text = `Answer no. ${(answers += 1)}.`;
    const victim = await nextVictim();
    expect(await victim.obey({ comment: { ticket: ticket.id, text }, death })).toEqual({ died: true });
    await eventually(async () => {
      // What may have left a moment ago is left alone for a minute.
      for (const { id, draft } of await rows('delivery', { where: { state: { $in: ['queued', 'sending'] } } })) {
        const noted = draft?.mayHaveLeftSince && { ...draft, mayHaveLeftSince: new Date(Date.now() - 61_000).toISOString() };
        const data = { nextAttemptAt: new Date(), ...(noted ? { draft: noted } : {}) };
        await app.strapi.db.query('plugin::mail-scanner.delivery').update({ where: { id }, data: data as never });
      }
      return allHaveLeft();
    }, 15_000);
    expect(graph.delivered.filter(({ mime }) => mime.includes(text))).toHaveLength(1);
    expect(graph.mailboxes.get(DESK)!.messages.filter(({ isDraft }) => isDraft)).toEqual([]);
  });

  test('two processes read and send at the same time: each message counts once, and no more than four requests run at once', async () => {
    await sendSome(24);
    const tickets = await rows('ticket', { limit: 6 });
    const victim = await nextVictim();
    Object.assign(graph.ways, { delayMs: 15, mostAtOnce: 0 });
    graph.requests.length = 0;
    const other = (async () => {
      for (const { id } of tickets) {
        await victim.obey({ comment: { ticket: id, text: 'From the other process.' } });
        await victim.obey({ scanner: scanner.documentId });
      }
    })();
    const own = (async () => {
      for (const { documentId } of tickets) {
        await app.api('POST', `/tickets/${documentId}/comments`, { text: 'From this process.', isPublic: true });
        await Promise.all([
          service('outbox').deliver(),
          service('scanner')
            .run(scanner.documentId)
            .catch(() => {}),
          app.api('GET', `/scanners/${scanner.documentId}/folders`).catch(() => {}),
        ]);
      }
    })();
    await Promise.all([own, other]);
    await eventually(allHaveLeft, 15_000);
    await scanAgain();
    await expectEachExactlyOnce();
    expect(graph.delivered).toHaveLength(2 * tickets.length);
    expect(graph.requests.filter(({ status }) => status >= 400)).toEqual([]);
    expect(graph.ways.mostAtOnce).toBeLessThanOrEqual(4);
  });
});
