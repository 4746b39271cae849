import { mailboxErrorFrom, shownCapabilities, withoutSecrets } from './errors';
import { POP3_NEWS } from './slow-news';
import { Pop3Connection, Pop3Refused } from './pop3-connection';
import type { Pop3Timeouts } from './pop3-socket';
import {
  MailboxError,
  type Capabilities,
  type EffectResult,
  type FetchedMessage,
  type Folder,
  type ListQuery,
  type Mailbox,
  type MailboxEffect,
  type MailboxSettings,
  type MessageEffects,
  type MessageRef,
  type OpenFolder,
  TRUNCATED_BYTES,
} from './types';
import { say, type Words } from '../../../shared/sentences/words';

/** For TOP, which counts lines: 256 KiB in lines of base64, and some more. */
const TRUNCATED_LINES = 4_000;
/** RETR commands under way where the server announces PIPELINING (RFC 2449 section 6.6). */
const LOOK_AHEAD = 8;

const inbox: Folder = { path: 'INBOX', name: 'INBOX', delimiter: '/', specialUse: null, selectable: true };

/**
 * Connects to a POP3 server and signs in. @throws MailboxError
 *
 * POP3 has one folder, no dates and no flags: `list` gives everything for `unread` and `since`, so the caller must know which
 * UIDLs it has had; `afterUid` gives what stands behind that UIDL, or everything when it is gone.
 */
export async function connectPop3(settings: MailboxSettings, timeouts?: Partial<Pop3Timeouts>): Promise<Mailbox> {
  const mailbox = new Pop3Mailbox(settings, timeouts);
  await mailbox.connect();
  return mailbox;
}

/** What a session began with; POP3 shows nothing new before the next one. */
interface Session {
  connection: Pop3Connection;
  /** By UIDL (see distinct), in the order of the server. */
  messages: Map<string, { number: number; size: number }>;
}

class Pop3Mailbox implements Mailbox {
  readonly capabilities: Capabilities = { folders: false, readFlags: false, move: false, push: false };
  readonly slowNews = POP3_NEWS;
  readonly #settings: MailboxSettings;
  readonly #timeouts: Partial<Pop3Timeouts> | undefined;
  #session: Session | null = null;
  #announced: string[] = [];
  #fetching = false;

  constructor(settings: MailboxSettings, timeouts?: Partial<Pop3Timeouts>) {
    this.#settings = settings;
    this.#timeouts = timeouts;
  }

  get serverCapabilities(): string[] {
    return shownCapabilities(this.#announced, this.#settings);
  }

  async connect(): Promise<void> {
    try {
      const connection = await Pop3Connection.open(this.#settings, this.#timeouts);
      this.#announced = [...connection.capabilities];
      this.#session = { connection, messages: await listMessages(connection) };
    } catch (error) {
      throw mailboxErrorFrom(error, this.#settings, 'connect');
    }
  }

  async folders(): Promise<Folder[]> {
    return [inbox];
  }

  async pathOf(folder: string): Promise<string> {
    return folder.toUpperCase() === 'INBOX' ? 'INBOX' : folder;
  }

  async open(path: string): Promise<OpenFolder> {
    if (path.toUpperCase() !== 'INBOX') throw new MailboxError('folderMissing', say('mailbox.noFolderPop3', { folder: path }));
    return { path: 'INBOX', uidValidity: '', uidNext: null };
  }

  /** POP3 has none: the ledger knows what lay there. */
  async position(): Promise<string> {
    return '';
  }

  async list(query: ListQuery): Promise<MessageRef[]> {
    const { messages } = await this.#inSession();
    const refs = [...messages].map(([uid, { size }]) => ({ uid, size, receivedAt: null }));
    if (query.type === 'newest') return query.limit < 1 ? [] : refs.slice(-query.limit);
    if (query.type === 'afterUid') return refs.slice(refs.findIndex(({ uid }) => uid === query.uid) + 1);
    return refs;
  }

  async *fetch(refs: MessageRef[], { maxBytes }: { maxBytes: number }): AsyncGenerator<FetchedMessage, void, undefined> {
    let asksAgain = true;
    for await (const fetched of this.#fetchOnce(refs, maxBytes)) {
      const again = fetched.refused !== undefined && asksAgain ? await this.#askElsewhere(fetched.ref, maxBytes) : null;
      // What is refused twice is not a matter of the session; others of this fetch are not asked for again.
      if (fetched.refused !== undefined && again === null) asksAgain = false;
      yield again ?? fetched;
    }
  }

  /** Courier refuses what another session has renamed since this one began; a session that begins now finds it. */
  async #askElsewhere(ref: MessageRef, maxBytes: number): Promise<FetchedMessage | null> {
    const other = new Pop3Mailbox(this.#settings, this.#timeouts);
    try {
      await other.connect();
      const { value: fetched } = await other.#fetchOnce([ref], maxBytes).next();
      return fetched && fetched.refused === undefined ? fetched : null;
    } catch {
      return null;
    } finally {
      await other.close();
    }
  }

  async *#fetchOnce(refs: MessageRef[], maxBytes: number): AsyncGenerator<FetchedMessage, void, undefined> {
    const { connection, messages } = await this.#inSession();
    const there = refs.filter(({ uid }) => messages.has(uid));
    const inAdvance = connection.capabilities.has('PIPELINING') ? LOOK_AHEAD : 1;
    let sent = 0;
    let read = 0;
    this.#fetching = true;
    try {
      for (const ref of there) {
        for (; sent < there.length && sent < read + inAdvance; sent++)
          connection.send(retrieval(connection, messages.get(there[sent]!.uid)!, maxBytes));
        read++;
        yield await this.#readMessage(connection, ref, maxBytes);
      }
    } catch (error) {
      throw mailboxErrorFrom(error, this.#settings, 'session');
    } finally {
      this.#fetching = false;
      // Left early: answers to commands already sent are still to come, and nothing else can be read before them.
      if (read < sent) this.#hangUp();
    }
  }

  /**
   * Deletions take effect at the end of a session, so this one is ended and the next command begins a new one; only then the
   * result can be trusted.
   */
  async apply(effects: MessageEffects[]): Promise<EffectResult[]> {
    if (this.#fetching) throw new Error('No effect may be applied while messages are being fetched.');
    const has = (message: MessageEffects, type: MailboxEffect['type']): boolean => message.effects.some((effect) => effect.type === type);
    const refused = await this.#delete(effects.filter((message) => has(message, 'delete')).map(({ uid }) => uid));
    return effects.map((message) => ({
      uid: message.uid,
      error: refused.get(message.uid) ?? (has(message, 'move') && !has(message, 'delete') ? noMove : null),
    }));
  }

  async close(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    if (!session) return;
    if (!this.#fetching) await session.connection.quit().catch(() => {});
    session.connection.destroy();
  }

  async #readMessage(connection: Pop3Connection, ref: MessageRef, maxBytes: number): Promise<FetchedMessage> {
    const partial = ref.size > maxBytes;
    try {
      const answer = await connection.readMultiline(partial ? TRUNCATED_BYTES : maxBytes);
      const truncated = partial || answer.length > maxBytes;
      const content = answer.content();
      return { ref, source: truncated ? Buffer.from(content.subarray(0, TRUNCATED_BYTES)) : content, truncated };
    } catch (error) {
      if (!(error instanceof Pop3Refused)) throw error;
      return { ref, source: new Uint8Array(), truncated: true, refused: withoutSecrets(error.responseText, this.#settings) };
    }
  }

  /** Why some of these could not be deleted. Those that are not there any more are fine. */
  async #delete(uids: string[]): Promise<Map<string, Words>> {
    const refused = new Map<string, Words>();
    if (uids.length === 0) return refused;
    const { connection, messages } = await this.#inSession();
    const explain = (error: unknown): Words => {
      if (!(error instanceof Pop3Refused)) throw mailboxErrorFrom(error, this.#settings, 'session');
      return say('mailbox.refusedTo', { wish: say('mailbox.toDelete'), reason: withoutSecrets(error.responseText, this.#settings) });
    };
    const present = uids.filter((uid) => messages.has(uid));
    if (present.length === 0) return refused;
    try {
      for (const uid of present)
        await connection.command(`DELE ${messages.get(uid)!.number}`).catch((error: unknown) => refused.set(uid, explain(error)));
      await connection.quit().catch((error: unknown) => present.forEach((uid) => refused.set(uid, explain(error))));
    } finally {
      this.#hangUp();
    }
    return refused;
  }

  async #inSession(): Promise<Session> {
    if (this.#fetching) throw new Error('No other command may be given while messages are being fetched.');
    if (!this.#session) await this.connect();
    return this.#session!;
  }

  #hangUp(): void {
    this.#session?.connection.destroy();
    this.#session = null;
  }
}

const noMove = say('mailbox.pop3NoMove');

async function listMessages(connection: Pop3Connection): Promise<Session['messages']> {
  const sizes = new Map((await connection.list('LIST')).map((line) => pair(line)).map(([number, size]) => [number, Number(size) || 0]));
  const uidls = await connection.list('UIDL').catch((error: unknown) => {
    if (!(error instanceof Pop3Refused)) throw error;
    throw new MailboxError('protocol', say('mailbox.noUidl'));
  });
  const listed = uidls.map((line) => pair(line)).map(([number, uid]) => ({ uid, number: Number(number), size: sizes.get(number) ?? 0 }));
  return new Map(distinct(listed).map(({ uid, number, size }) => [uid, { number, size }]));
}

/**
 * RFC 1939 section 7 lets two messages have one UIDL, and servers that make it of the headers do so. Those get their size, and a number
 * where that is the same, too: no UIDL has a blank.
 */
function distinct<T extends { uid: string; size: number }>(messages: T[]): T[] {
  const counts = new Map<string, number>();
  const count = (name: string): number => {
    counts.set(name, (counts.get(name) ?? 0) + 1);
    return counts.get(name)!;
  };
  for (const { uid } of messages) count(uid);
  return messages.map((message) => {
    if (counts.get(message.uid) === 1) return message;
    const uid = `${message.uid} ${message.size}`;
    const nth = count(uid);
    return { ...message, uid: nth === 1 ? uid : `${uid} ${nth}` };
  });
}

/** `12 abc` → `['12', 'abc']`. */
function pair(line: string): [string, string] {
  const [first = '', second = ''] = line.trim().split(/\s+/);
  return [first, second];
}

/** The beginning of a message that is too large comes by TOP (headers and some lines) where the server has it. */
function retrieval(connection: Pop3Connection, { number, size }: { number: number; size: number }, maxBytes: number): string {
  return size > maxBytes && connection.capabilities.has('TOP') ? `TOP ${number} ${TRUNCATED_LINES}` : `RETR ${number}`;
}
