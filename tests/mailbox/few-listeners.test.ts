import { createServer, type AddressInfo } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';

import { connectMailbox } from '../../server/services/mailbox/connect';
import { mailboxErrorFrom } from '../../server/services/mailbox/errors';
import { watchFolders } from '../../server/services/mailbox/idle';
import { listenLess, divideConnections } from '../../server/services/scanner/listen-budget';
import { hasDovecot, startDovecot, type Dovecot } from '../support/dovecot';
import { eventually } from '../support/helpdesk';
import { loopback } from '../support/mail-server';
import type { MailboxSettings } from '../../server/services/mailbox/types';

const mail = 'Subject: news\r\n\r\nHello.\r\n';
const FOLDERS = ['INBOX', 'Orders', 'Size and more', 'Returns', 'Complaints'];

describe.skipIf(!hasDovecot())('listening to several folders', () => {
  const servers: Dovecot[] = [];
  afterAll(() => Promise.all(servers.map((server) => server.stop())));

  /** Listens, and counts the connections that it takes. */
  async function listenTo(capability: string | undefined, folders = FOLDERS) {
    const server = await startDovecot({ capability });
    servers.push(server);
    for (const folder of folders.slice(1)) await server.createFolder(folder);
    let news = 0;
    let connections = 0;
    const settings = async (): Promise<MailboxSettings> => {
      connections += 1;
      return server.settings();
    };
    const ending = new AbortController();
    const ended = watchFolders(settings, folders, 2, () => (news += 1), ending.signal);
    return {
      server,
      news: () => news,
      connections: () => connections,
      end: () => {
        ending.abort();
        return ended;
      },
    };
  }

  test('takes one connection where the server has NOTIFY, and hears of each folder', async () => {
    const listener = await listenTo(undefined);
    await eventually(() => listener.news() > 0);
    for (const folder of FOLDERS) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      const before = listener.news();
      await listener.server.append(folder, mail);
      await eventually(() => listener.news() > before, 5_000);
    }
    expect(listener.connections()).toBe(1);
    await listener.end();
  }, 60_000);

  test('does not rely on NOTIFY for a name beyond ASCII, of which Dovecot tells nothing', async () => {
    const listener = await listenTo(undefined, ['INBOX', 'Maß']);
    await eventually(() => listener.news() >= 2);
    const before = listener.news();
    await listener.server.append('Maß', mail);
    await eventually(() => listener.news() > before, 5_000);
    expect(listener.connections()).toBe(2);
    await listener.end();
  }, 60_000);

  test('takes no more than it may where the server has none, for the first folders', async () => {
    const listener = await listenTo('IMAP4rev1 SASL-IR LITERAL+ IDLE NAMESPACE UIDPLUS MOVE');
    await eventually(() => listener.news() >= 2);
    for (const folder of FOLDERS.slice(0, 2)) {
      const before = listener.news();
      await listener.server.append(folder, mail);
      await eventually(() => listener.news() > before, 5_000);
    }
    expect(listener.connections()).toBe(2);
    await listener.end();
  }, 60_000);
});

describe('connections that listen', () => {
  const wish = (id: number, folders: number, mailbox = 'support') => ({ id, host: 'mail.example.com', mailbox, folders });

  test('are shared by the scanners of a mailbox, each getting one before any gets a second', () => {
    const strapi = {} as never;
    expect([...divideConnections(strapi, [wish(1, 9), wish(2, 1), wish(3, 3), wish(4, 3, 'sales')]).values()]).toEqual([2, 1, 1, 2]);
    expect([
      ...divideConnections(
        strapi,
        [1, 2, 3, 4, 5].map((id) => wish(id, 2)),
      ).values(),
    ]).toEqual([1, 1, 1, 1, 0]);
  });

  test('become fewer when the server refuses one, down to none, and on that host alone', () => {
    const strapi = {} as never;
    const wishes = [wish(1, 5), wish(2, 5, 'sales'), { id: 3, host: 'other.example.com', mailbox: 'x', folders: 5 }];
    expect([...divideConnections(strapi, wishes).values()]).toEqual([2, 2, 2]);
    listenLess(strapi, 'mail.example.com');
    // Several refusals of one moment are one.
    listenLess(strapi, 'mail.example.com');
    expect([...divideConnections(strapi, wishes).values()]).toEqual([1, 1, 2]);
  });
});

describe('a refusal that says nothing of a limit', () => {
  const wish = { id: 1, host: 'mail.example.com', mailbox: 'support', folders: 5 };
  const listening = (strapi: never): number => divideConnections(strapi, [wish]).get(1)!;

  test('leaves one connection that listens, since it may have another reason', () => {
    const strapi = {} as never;
    expect(listening(strapi)).toBe(2);
    listenLess(strapi, wish.host, 1);
    expect(listening(strapi)).toBe(1);
  });

  test('takes nothing from who does not listen yet: others use the connections', () => {
    const strapi = {} as never;
    listenLess(strapi, wish.host);
    expect(listening(strapi)).toBe(2);
  });

  test('is a connection closed before a word, which is told with what it may mean', async () => {
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, loopback, resolve));
    const { port } = server.address() as AddressInfo;
    for (const protocol of ['imap', 'pop3'] as const) {
      const opening = connectMailbox({ ...settings, protocol, host: loopback, port, encryption: 'none' });
      await expect(opening).rejects.toMatchObject({
        code: 'connectionLost',
        whileConnecting: true,
        message: expect.stringContaining('Courier: MAXPERIP'),
      });
    }
    server.close();
  });
});

const settings = {
  protocol: 'imap',
  host: 'mail.example.com',
  port: 993,
  encryption: 'ssl',
  validateCertificate: true,
  username: 'support',
  credential: { type: 'password', password: 'secret' },
} as const;

describe('a server at its limit', () => {
  test.each([
    ['LIMIT', 'Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)'],
    ['INUSE', 'Maximum number of connections exceeded'],
    ['', 'Maximum connection limit reached for 192.0.2.1'],
    ['ALERT', 'Too many simultaneous connections. (Failure)'],
  ])('%s %s: is told as such, with what can be done', (serverResponseCode, responseText) => {
    const error = mailboxErrorFrom({ responseText, serverResponseCode, authenticationFailed: true }, settings, 'connect');
    expect(error).toMatchObject({ code: 'throttled', message: expect.stringContaining('mail_max_userip_connections; Courier: MAXPERIP') });
  });

  test.each(['Unable to lock maildrop: Mailbox is locked by POP server', 'Mailbox in use', 'Another POP3 session has it'])(
    '%s: passes by itself',
    (responseText) => {
      const refused = { responseText, authenticationFailed: true };
      expect(mailboxErrorFrom(refused, { ...settings, protocol: 'pop3' }, 'connect')).toMatchObject({ code: 'unavailable' });
    },
  );

  test('an account that is locked is no mailbox in use', () => {
    const refused = { responseText: 'Account is locked. Contact your administrator.', authenticationFailed: true };
    expect(mailboxErrorFrom(refused, settings, 'connect')).toMatchObject({ code: 'authenticationFailed' });
  });
});
