import type { Agent } from 'node:http';
import { graphClient, keptConnections, type GraphAccess, type GraphClient } from '../graph/client';
import { GraphError, type GraphTrouble } from '../graph/errors';
import { endOf, messagesBehind, type KnownFolders } from './graph-changes';
import { applyByGraph } from './graph-effects';
import { GraphFolders, type GraphFolder } from './graph-folders';
import { listMessages, newestMessages } from './graph-list';
import { idOf, positionAt, secondOf, secondsOf } from './graph-uid';
import {
  MailboxError,
  type Capabilities,
  type EffectResult,
  type FetchedMessage,
  type Folder,
  type ListQuery,
  type Mailbox,
  type MailboxErrorCode,
  type MessageEffects,
  type MessageRef,
  type OpenFolder,
  TRUNCATED_BYTES,
} from './types';
import { say } from '../../../shared/sentences/words';

/** A mailbox by Microsoft Graph. */

interface GraphSettings {
  access: GraphAccess;
  /** Its main address. */
  mailbox: string;
  /** What this reader knows of its folders between two connections; empty at first. */
  known: KnownFolders;
  /** Called once, when the mailbox is read no longer. */
  release(): Promise<void>;
}

/**
 * Sources asked for at once: more than the client lets through, because one that takes long holds up those after it. Never more bytes than
 * that, and the bytes of one whose size nobody told.
 */
const AHEAD = { sources: 12, bytes: 16 * 1024 * 1024, unknown: 4 * 1024 * 1024 };

/** One for each request that Microsoft lets run at once. */
const CONNECTIONS = 4;

/** Signs in and opens the inbox, which tells whether the mailbox may be read. Throws a MailboxError. */
export async function connectGraph(settings: GraphSettings): Promise<Mailbox> {
  const agent = keptConnections(settings.access, CONNECTIONS);
  const client = graphClient({ ...settings.access, agent }, settings.mailbox, 'reading');
  const mailbox = new GraphMailbox(settings, client, agent);
  try {
    await mailbox.connect();
    return mailbox;
  } catch (error) {
    await mailbox.close();
    throw error;
  }
}

class GraphMailbox implements Mailbox {
  readonly capabilities: Capabilities = { folders: true, readFlags: true, move: true, push: false };
  readonly serverCapabilities: string[] = [];
  readonly slowNews = null;
  readonly #settings: GraphSettings;
  readonly #client: GraphClient;
  readonly #folders: GraphFolders;
  readonly #connections: Agent;
  #open: GraphFolder | null = null;

  constructor(settings: GraphSettings, client: GraphClient, connections: Agent) {
    this.#settings = settings;
    this.#client = client;
    this.#connections = connections;
    this.#folders = new GraphFolders(client);
  }

  async connect(): Promise<void> {
    await this.#folders.inbox().catch(fail);
  }

  folders(): Promise<Folder[]> {
    return this.#folders.list().catch(fail);
  }

  async pathOf(path: string): Promise<string> {
    return (await this.#folders.find(path).catch(fail))?.path ?? path;
  }

  async open(path: string): Promise<OpenFolder> {
    this.#open = null;
    const folder = await this.#folders.find(path).catch(fail);
    if (!folder) throw new MailboxError('folderMissing', say('mailbox.noFolder', { folder: path }));
    this.#open = folder;
    // A folder that was made again under its old name has another id.
    return { path: folder.path, uidValidity: folder.id, uidNext: null };
  }

  async position(since: Date | null): Promise<string> {
    const { id } = this.#requireOpen();
    if (since) return positionAt(secondsOf(since));
    const [newest] = await newestMessages(this.#client, id, 1).catch(fail);
    return positionAt(endOf(newest));
  }

  list(query: ListQuery): Promise<MessageRef[]> {
    return this.#rows(query, this.#requireOpen().id).catch(fail);
  }

  #rows(query: ListQuery, folder: string): Promise<MessageRef[]> {
    const client = this.#client;
    switch (query.type) {
      case 'newest':
        return newestMessages(client, folder, query.limit);
      case 'since':
        return listMessages(client, folder, { since: secondsOf(query.since) });
      case 'unread': {
        const { since, afterUid = '' } = query;
        return listMessages(client, folder, { since: Math.max(since ? secondsOf(since) : 0, secondOf(afterUid)), unread: true });
      }
      case 'afterUid': {
        const { known } = this.#settings;
        return messagesBehind({ client, known, folder }, query.uid, query.startUid);
      }
    }
  }

  /** In the order given; some are asked for ahead. */
  async *fetch(refs: MessageRef[], { maxBytes }: { maxBytes: number }): AsyncGenerator<FetchedMessage, void, undefined> {
    const asked: { source: Promise<FetchedMessage | null>; bytes: number }[] = [];
    let held = 0;
    let next = 0;
    const mayAsk = () => next < refs.length && (asked.length === 0 || (asked.length < AHEAD.sources && held < AHEAD.bytes));
    try {
      while (next < refs.length || asked.length > 0) {
        for (; mayAsk(); next += 1) {
          const source = this.#source(refs[next], maxBytes);
          // It may fail before its turn has come.
          source.catch(() => {});
          const bytes = Math.min(refs[next].size || AHEAD.unknown, maxBytes);
          asked.push({ source, bytes });
          held += bytes;
        }
        const { source, bytes } = asked.shift()!;
        held -= bytes;
        const fetched = await source.catch(fail);
        if (fetched) yield fetched;
      }
    } finally {
      // Left early: nobody waits for these any more.
      await Promise.allSettled(asked.map(({ source }) => source));
    }
  }

  async apply(effects: MessageEffects[]): Promise<EffectResult[]> {
    return applyByGraph(this.#client, this.#folders, this.#requireOpen(), effects).catch(fail);
  }

  close(): Promise<void> {
    this.#connections.destroy();
    return this.#settings.release();
  }

  /** The bytes of a message; null when it is gone. */
  async #source(ref: MessageRef, maxBytes: number): Promise<FetchedMessage | null> {
    const firstBytes = ref.size > maxBytes ? TRUNCATED_BYTES : maxBytes;
    // Below the mailbox, not below the folder: there, Graph knows no $value.
    const path = `messages/${encodeURIComponent(idOf(ref.uid))}/$value`;
    try {
      const { body, isWhole } = await this.#client.request({ path, firstBytes });
      const truncated = !isWhole || ref.size > maxBytes;
      return { ref, source: truncated ? Buffer.from(body.subarray(0, TRUNCATED_BYTES)) : body, truncated };
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      if (error.trouble === 'gone') return null;
      if (!(await this.#isOfThisOne(error))) throw error;
      return { ref, source: new Uint8Array(), truncated: true, refused: error.said };
    }
  }

  /** Whether Graph refuses a message and not the mailbox: of a 500 the mailbox tells, when something else of it can be had. */
  async #isOfThisOne({ trouble, status }: GraphError): Promise<boolean> {
    if (['broken', 'ours', 'conflict'].includes(trouble)) return true;
    if (status !== 500) return false;
    return this.#client.request({ path: 'mailFolders/inbox', query: { $select: 'id' } }).then(
      () => true,
      () => false,
    );
  }

  #requireOpen(): GraphFolder {
    if (this.#open === null) throw new Error('no folder is open');
    return this.#open;
  }
}

const CODES: Record<GraphTrouble, MailboxErrorCode> = {
  token: 'authenticationFailed',
  access: 'noAccess',
  sendAs: 'noAccess',
  mailbox: 'noAccess',
  throttled: 'throttled',
  away: 'unavailable',
  limit: 'unavailable',
  hostRefused: 'hostRefused',
  unreachable: 'connectionLost',
  gone: 'protocol',
  tooLarge: 'protocol',
  recipients: 'protocol',
  broken: 'protocol',
  conflict: 'protocol',
  exists: 'protocol',
  stateLost: 'protocol',
  query: 'protocol',
  ours: 'protocol',
};

/** The same in the words of a mailbox. */
function fail(error: unknown): never {
  if (error instanceof GraphError) throw new MailboxError(CODES[error.trouble], error.said);
  throw error;
}
