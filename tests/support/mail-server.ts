import { connect, createServer } from 'node:net';
import { ImapFlow } from 'imapflow';

import type { MailboxSettings } from '../../server/services/mailbox/types';
import type { TestStrapi } from './strapi';

/** What a test server holds, seen from outside. */
export interface StoredMessage {
  uid: number;
  /** What the scan log calls it by. */
  ref: string;
  flags: string[];
  receivedAt: Date;
  source: string;
}

export interface AppendOptions {
  user?: string;
  flags?: string[];
  date?: Date;
}

/** Mailboxes as tests of scanning know them, whatever they are read by. */
export interface TestMailbox {
  name: string;
  append(folder: string, source: string | Uint8Array, options?: AppendOptions): Promise<void>;
  /** Many messages through one connection. */
  appendAll(folder: string, sources: Iterable<string | Uint8Array>, options?: AppendOptions): Promise<void>;
  createFolder(folder: string, user?: string): Promise<void>;
  removeFolder(folder: string, user?: string): Promise<void>;
  /** As a person does it. */
  markAllUnread(folder: string): Promise<void>;
  folders(user?: string): Promise<string[]>;
  messages(folder: string, user?: string): Promise<StoredMessage[]>;
  /** What makes a scanner of this Strapi read it. */
  connection(app: TestStrapi): Promise<Record<string, unknown>>;
  stop(): Promise<void>;
}

/** A mail server on loopback with any number of users, all with the password `secret`. */
export interface TestMailServer extends TestMailbox {
  name: 'Dovecot' | 'hoodiecrow';
  host: string;
  imapPort: number;
  imapsPort: number;
  /** What a scanner would be told to reach it, in plain text unless overridden. */
  settings(overrides?: Partial<MailboxSettings>): MailboxSettings;
}

export const testUser = 'support@example.com';
export const testPassword = 'secret';
export const loopback = '127.0.0.1';

/** A port that is free at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, loopback, () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** Whether somebody listens on this port. */
export const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: loopback, port });
    const end = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', end(true)).once('error', end(false));
  });

/** The part of a test server's face that goes through IMAP and so is the same for all of them. */
export function imapFace(ports: { imapPort: number; imapsPort: number }): Omit<TestMailServer, 'name' | 'stop'> {
  const asUser = async <T>(user: string | undefined, work: (client: ImapFlow) => Promise<T>): Promise<T> => {
    const client = new ImapFlow({
      host: loopback,
      port: ports.imapPort,
      secure: false,
      doSTARTTLS: false,
      auth: { user: user ?? testUser, pass: testPassword },
      logger: false,
      disableAutoIdle: true,
    });
    client.on('error', () => {});
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.logout().catch(() => client.close());
    }
  };
  const appendAll: TestMailServer['appendAll'] = (folder, sources, { user, flags = [], date } = {}) =>
    asUser(user, async (client) => {
      for (const source of sources) {
        const appended = await client.append(folder, Buffer.from(source), flags, date);
        if (!appended) throw new Error(`The test server did not take a message into "${folder}".`);
      }
    });
  return {
    host: loopback,
    ...ports,
    appendAll,
    append: (folder, source, options) => appendAll(folder, [source], options),
    createFolder: (folder, user) => asUser(user, async (client) => void (await client.mailboxCreate(folder))),
    removeFolder: (folder, user) => asUser(user, async (client) => void (await client.mailboxDelete(folder))),
    markAllUnread: (folder) =>
      asUser(undefined, async (client) => {
        await client.mailboxOpen(folder);
        await client.messageFlagsRemove('1:*', ['\\Seen']);
      }),
    connection: async () => ({
      host: loopback,
      port: ports.imapPort,
      encryption: 'none',
      username: testUser,
      password: testPassword,
    }),
    folders: (user) => asUser(user, async (client) => (await client.list()).map(({ path }) => path)),
    messages: (folder, user) =>
      asUser(user, async (client) => {
        await client.mailboxOpen(folder, { readOnly: true });
        const rows = await client.fetchAll('1:*', { uid: true, flags: true, internalDate: true, source: true }, { uid: true });
        return rows.map((row) => ({
          uid: row.uid,
          ref: String(row.uid),
          flags: [...(row.flags ?? [])].filter((flag) => flag !== '\\Recent').sort(),
          receivedAt: new Date(row.internalDate ?? 0),
          source: row.source?.toString('utf8') ?? '',
        }));
      }),
    settings: (overrides) => ({
      protocol: 'imap',
      host: loopback,
      port: ports.imapPort,
      encryption: 'none',
      validateCertificate: false,
      username: testUser,
      credential: { type: 'password', password: testPassword },
      ...overrides,
    }),
  };
}
