import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askOften } from '../../server/services/mailbox/ask-often';
import { MailboxError, type Mailbox, type MessageRef } from '../../server/services/mailbox/types';
import { ALICE, CLIENT, setUpOAuth, SHARED, type OAuthSetup } from '../oauth/provider';
import { startFakeGraph, type FakeGraph } from '../support/fake-graph';
import { CREATE_TICKET, eventually, mail } from '../support/helpdesk';

describe('a mailbox that tells nothing by itself', () => {
  const ref = (uid: string, second: number): MessageRef => ({ uid, size: 1, receivedAt: new Date(second * 1000).toISOString() });

  async function listening(
    work: (box: { newest?: MessageRef; trouble?: Error; news: number; troubles: unknown[]; open: number }) => Promise<void>,
  ) {
    const box: Parameters<typeof work>[0] = { news: 0, troubles: [], open: 0 };
    const ended = new AbortController();
    const open = async () => {
      if (box.trouble) throw box.trouble;
      box.open += 1;
      return {
        open: async () => ({}),
        list: async () => (box.newest ? [box.newest] : []),
        close: async () => void (box.open -= 1),
      } as unknown as Mailbox;
    };
    const options = { everyMs: 5, onTrouble: (error: unknown) => void box.troubles.push(error) };
    const done = askOften(open, ['INBOX'], () => void (box.news += 1), ended.signal, options);
    await work(box);
    ended.abort();
    await done;
    expect(box.open).toBe(0);
  }
  const rounds = () => new Promise((resolve) => setTimeout(resolve, 60));

  test('is asked again and again: for what lay there at first, and then for what is newer', async () => {
    await listening(async (box) => {
      await eventually(() => box.news === 1);
      box.newest = ref('a', 100);
      await eventually(() => box.news === 2);
      box.newest = ref('b', 100);
      await eventually(() => box.news === 3);
      await rounds();
      expect(box.news).toBe(3);
    });
  });

  test('has no news where its newest message was moved away', async () => {
    await listening(async (box) => {
      box.newest = ref('b', 200);
      await eventually(() => box.news === 1);
      await rounds();
      box.newest = ref('a', 100);
      await rounds();
      box.newest = undefined;
      await rounds();
      expect(box.news).toBe(1);
    });
  });

  test('is asked again after trouble, later and later, and at once when somebody stops', async () => {
    await listening(async (box) => {
      await eventually(() => box.news === 1);
      box.trouble = new Error('away');
      await eventually(() => box.troubles.length > 2);
      box.trouble = undefined;
      box.newest = ref('a', 100);
      await eventually(() => box.news === 2);
      box.trouble = new MailboxError('authenticationFailed', 'no');
    });
  });
});

describe('an active scanner by Microsoft Graph listens', () => {
  let oauth: OAuthSetup;
  let graph: FakeGraph;

  beforeAll(async () => {
    oauth = await setUpOAuth({}, { env: { MAIL_SCANNER_SCHEDULE: 'true' } });
    graph = await startFakeGraph({ tokenOf: (token) => oauth.microsoft.tokenOf(token), mailboxes: { [ALICE]: {} } });
    oauth.useMicrosoft({ ...CLIENT, graphUrl: graph.base });
    graph.addMailbox(SHARED, { fullAccess: [ALICE], sendAs: [ALICE] });
  });

  afterAll(async () => {
    await graph?.stop();
    await oauth?.stop();
  });

  test('a message becomes a ticket some seconds after its arrival, long before the interval', async () => {
    const url = await oauth.start('microsoft', '?uses=graph');
    const { location } = await oauth.comeBack(await oauth.microsoft.signIn(url.href, ALICE));
    const authorization = new URL(location!).searchParams.get('authorization');
    const scanner = await oauth.app.api('POST', '/scanners', {
      ...{ name: 'By Graph', protocol: 'graph', authType: 'microsoft', authorization, mailboxName: SHARED },
      // Once a day: whatever comes sooner comes by listening.
      scanEvery: 1440,
    });
    await oauth.app.api('POST', `/scanners/${scanner.documentId}/rules`, { name: 'All', actions: CREATE_TICKET });
    await oauth.app.api('PUT', `/scanners/${scanner.documentId}`, { active: true, unread: 'leave' });
    await eventually(async () => (await oauth.app.api('GET', `/scanners/${scanner.documentId}`)).lastScanAt, 30_000);
    await eventually(() => oauth.app.strapi.db.connection('mail_scanner_leases').where('name', 'like', 'listen:%').first(), 30_000);
    // What the first round brought is over.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    graph.arrive(SHARED, mail({ subject: 'Soon' }));
    const ticket = await eventually(async () => (await oauth.app.api('GET', '/tickets?search=Soon'))[0], 25_000);
    expect(ticket.title).toBe('Soon');
  });
});
