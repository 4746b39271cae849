import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { connectMailbox } from '../../server/services/mailbox/connect';
import { possiblePaths, pathOfNew, type Namespaces } from '../../server/services/mailbox/folder-path';
import type { Mailbox } from '../../server/services/mailbox/types';
import { hasDovecot, startDovecot, type Dovecot } from '../support/dovecot';
import { testPassword, testUser } from '../support/mail-server';

const mail = (subject: string): string => `Subject: ${subject}\r\n\r\nHello.\r\n`;

/** As Courier, Cyrus and many hosters have it: all of one's own folders below INBOX, and others' and shared ones beside it. */
const prefixed = `
namespace inbox {
  prefix=INBOX.
}
namespace shared {
  type=public
  separator=.
  prefix=Public.
  location=maildir:%h/public
  list=children
  subscriptions=no
}
namespace team {
  type=public
  separator=.
  prefix=Team.
  location=maildir:%h/team
  list=yes
  hidden=no
  subscriptions=no
}
`;

describe.skipIf(!hasDovecot())('a server that has a prefix before one’s own folders and shared ones beside them', () => {
  let server: Dovecot;
  let mailbox: Mailbox;
  beforeAll(async () => {
    server = await startDovecot({ separator: '.', config: prefixed });
    for (const folder of ['INBOX.Desk', 'Public.Requests', 'Team.Done']) await withClient((client) => client.mailboxCreate(folder));
  }, 30_000);
  afterAll(() => server.stop());

  /** A client that puts no prefix before names. */
  const withClient = async <T>(work: (client: ImapFlow) => Promise<T>): Promise<T> => {
    const auth = { user: testUser, pass: testPassword };
    const client = new ImapFlow({ host: server.host, port: server.imapPort, secure: false, doSTARTTLS: false, auth, logger: false });
    await client.connect();
    client.namespace = { ...client.namespace!, prefix: '' };
    return work(client).finally(() => client.logout());
  };
  const subjectsIn = (folder: string): Promise<string[]> =>
    withClient(async (client) => {
      await client.mailboxOpen(folder, { readOnly: true });
      return (await client.fetchAll('1:*', { envelope: true })).map(({ envelope }) => envelope!.subject!);
    });
  const session = async <T>(work: () => Promise<T>): Promise<T> => {
    mailbox = await connectMailbox(server.settings());
    try {
      return await work();
    } finally {
      await mailbox.close();
    }
  };

  test('lists the folders of every namespace', () =>
    session(async () => {
      const paths = (await mailbox.folders()).filter(({ selectable }) => selectable).map(({ path }) => path);
      expect(paths).toEqual(expect.arrayContaining(['INBOX', 'INBOX.Desk', 'Public.Requests', 'Team.Done']));
    }));

  test('has a folder opened by any name that people give it, and a shared one by its own', () =>
    session(async () => {
      for (const name of ['Desk', 'INBOX.Desk', 'inbox.Desk', 'INBOX/Desk', 'Inbox/Desk']) {
        expect(await mailbox.open(name)).toMatchObject({ path: 'INBOX.Desk' });
        expect(await mailbox.pathOf(name)).toBe('INBOX.Desk');
      }
      for (const name of ['Public.Requests', 'Public/Requests'])
        expect(await mailbox.open(name)).toMatchObject({ path: 'Public.Requests' });
      await expect(mailbox.open('Nowhere')).rejects.toMatchObject({ code: 'folderMissing' });
    }));

  test('gets what is moved to a shared folder there, and what is moved to a new one below one’s own', () =>
    session(async () => {
      await server.appendAll('INBOX.Desk', ['one', 'two', 'three', 'four'].map(mail));
      await mailbox.open('Desk');
      const move = (uid: string, folder: string) => ({ uid, effects: [{ type: 'move' as const, folder }] });
      const moves = [move('1', 'Public.Requests'), move('2', 'Team.Done'), move('3', 'Desk/New'), move('4', 'INBOX/Desk')];
      expect(await mailbox.apply(moves)).toEqual(['1', '2', '3', '4'].map((uid) => ({ uid, error: null })));
      expect(await subjectsIn('Public.Requests')).toEqual(['one']);
      expect(await subjectsIn('Team.Done')).toEqual(['two']);
      expect(await subjectsIn('INBOX.Desk.New')).toEqual(['three']);
      // That is where it lies already.
      expect(await subjectsIn('INBOX.Desk')).toEqual(['four']);
    }));
});

describe('the paths that a name may stand for', () => {
  const cyrus: Namespaces = {
    personal: [{ prefix: 'INBOX.', delimiter: '.' }],
    others: [
      { prefix: 'user.', delimiter: '.' },
      { prefix: '', delimiter: '.' },
    ],
  };
  const plain: Namespaces = { personal: [{ prefix: '', delimiter: '/' }], others: [{ prefix: '#shared/', delimiter: '/' }] };

  test.each([
    ['Desk', cyrus, ['Desk', 'INBOX.Desk'], 'INBOX.Desk'],
    ['user.ann.Desk', cyrus, ['user.ann.Desk'], 'user.ann.Desk'],
    ['Desk/Old', cyrus, ['Desk/Old', 'INBOX.Desk/Old', 'Desk.Old', 'INBOX.Desk.Old'], 'INBOX.Desk.Old'],
    ['inbox', cyrus, ['INBOX'], 'INBOX'],
    ['Inbox.Desk', cyrus, ['INBOX.Desk'], 'INBOX.Desk'],
    ['Desk.Old', plain, ['Desk.Old'], 'Desk.Old'],
    ['#shared/Desk', plain, ['#shared/Desk'], '#shared/Desk'],
  ])('%s', (name, namespaces, possible, created) => {
    expect(possiblePaths(name, namespaces)).toEqual(possible);
    expect(pathOfNew(name, namespaces)).toBe(created);
  });
});
