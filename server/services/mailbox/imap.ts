import type { FetchMessageObject, ListResponse, MailboxObject } from 'imapflow';

import { CommandRefused, ImapConnection } from './imap-connection';
import { applyEffects } from './imap-effects';
import { letOthersRun } from '../lib/let-others-run';
import { inPieces } from '../lib/pieces';
import { slowNewsOf } from './slow-news';
import {
  MailboxError,
  type Capabilities,
  type EffectResult,
  type FetchedMessage,
  type Folder,
  type ListQuery,
  type Mailbox,
  type MailboxSettings,
  type MessageEffects,
  type MessageRef,
  type OpenFolder,
  TRUNCATED_BYTES,
} from './types';
import { uidSets, type UidSet } from './uid-set';
import { say, type Words } from '../../../shared/sentences/words';

/** The highest UID that there can be. In SEARCH, GNU imap4d 3.15 finds nothing in `5:*`. */
const LAST_UID = 4_294_967_295;
const DAY_MS = 24 * 60 * 60 * 1000;

/** How many rows of a listing are asked for at a time: no answer is longer, however many messages there are. */
const SLICE = 500;
/** Slices by UID may hold nothing where much was deleted. With this many UIDs for each message, the range is asked for as a whole. */
const SPARSE = 20;

/** Connects to an IMAP server and signs in. @throws MailboxError */
export async function connectImap(settings: MailboxSettings): Promise<Mailbox> {
  return new ImapMailbox(await ImapConnection.open(settings));
}

class ImapMailbox implements Mailbox {
  readonly #connection: ImapConnection;
  #folder: OpenFolder | null = null;

  constructor(connection: ImapConnection) {
    this.#connection = connection;
  }

  get serverCapabilities(): string[] {
    return this.#connection.capabilityNames();
  }

  get slowNews(): Words | null {
    return slowNewsOf(this.#connection.client);
  }

  get capabilities(): Capabilities {
    return { folders: true, readFlags: true, move: true, push: this.#connection.client.capabilities.has('IDLE') };
  }

  async folders(): Promise<Folder[]> {
    const listed = await this.#connection.folders().catch((error: unknown) => this.#fail(error));
    return listed.map(folderOf);
  }

  pathOf(folder: string): Promise<string> {
    return this.#connection.pathOf(folder).catch((error: unknown) => this.#fail(error));
  }

  async open(folder: string): Promise<OpenFolder> {
    this.#folder = null;
    const path = await this.pathOf(folder);
    const selected = await this.#connection
      .run((client) => client.mailboxOpen(path))
      .catch((error: unknown) => this.#failToOpen(path, error));
    this.#folder = { path: selected.path, uidValidity: String(selected.uidValidity ?? ''), uidNext: await this.#uidNext(selected) };
    return this.#folder;
  }

  /** The UID before the first one that was received then; else the last that the folder has given out, as far as can be known. */
  async position(since: Date | null): Promise<string> {
    const { uidNext } = this.#requireOpen();
    const [first] = since ? await this.list({ type: 'since', since }) : [];
    if (first) return String(Number(first.uid) - 1);
    if (uidNext !== null) return String(uidNext - 1);
    const [newest] = await this.list({ type: 'newest', limit: 1 });
    return newest?.uid ?? '0';
  }

  /** RFC 3501 section 6.3.1 lets a server leave UIDNEXT out of its answer to SELECT; then STATUS is asked, or the last message. */
  async #uidNext({ path, uidNext, exists }: MailboxObject): Promise<number | null> {
    if (uidNext) return uidNext;
    const asked = async <T>(answer: Promise<T>): Promise<T | null> =>
      answer.catch((error: unknown) => {
        if (error instanceof CommandRefused) return null;
        throw error;
      });
    const status = await asked(this.#connection.run((client) => client.status(path, { uidNext: true })));
    if (status?.uidNext || exists === 0) return status?.uidNext ?? null;
    const [last] = (await asked(this.#describe('*', false))) ?? [];
    return last ? last.uid + 1 : null;
  }

  async list(query: ListQuery): Promise<MessageRef[]> {
    this.#requireOpen();
    try {
      return (await this.#rows(query)).map(refOf).sort((a, b) => Number(a.uid) - Number(b.uid));
    } catch (error) {
      return this.#fail(error);
    }
  }

  async *fetch(refs: MessageRef[], { maxBytes }: { maxBytes: number }): AsyncGenerator<FetchedMessage, void, undefined> {
    this.#requireOpen();
    for (const batch of fetchBatches(refs, maxBytes)) {
      for (const set of uidSets(batch.refs.keys())) yield* this.#fetchSet(set, batch);
    }
  }

  async apply(effects: MessageEffects[]): Promise<EffectResult[]> {
    const { path } = this.#requireOpen();
    if (effects.length === 0) return [];
    return applyEffects(this.#connection, path, effects);
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  async #rows(query: ListQuery): Promise<FetchMessageObject[]> {
    switch (query.type) {
      case 'newest': {
        const { mailbox } = this.#connection.client;
        const exists = mailbox ? mailbox.exists : 0;
        return exists === 0 || query.limit < 1 ? [] : this.#describe(`${Math.max(1, exists - query.limit + 1)}:*`, false);
      }
      case 'afterUid': {
        const uid = Number(query.uid);
        const rows = new Map<number, FetchMessageObject>();
        for (const range of this.#rangesBehind(uid)) for (const row of await this.#describe(range, true)) rows.set(row.uid, row);
        // `5:*` always names the last message, also when its UID is below 5 (RFC 9051, sequence-set).
        return [...rows.values()].filter((row) => row.uid > uid);
      }
      case 'since':
        return this.#search({ since: dayBefore(query.since) }, query.since);
      case 'unread':
        return this.#unread(query);
    }
  }

  /** The UIDs behind one, in slices; the last has no end, for what has come since the folder was opened. */
  #rangesBehind(uid: number): string[] {
    const { uidNext } = this.#requireOpen();
    const { mailbox } = this.#connection.client;
    const behind = uidNext === null ? 0 : uidNext - 1 - uid;
    if (behind <= SLICE || behind > SPARSE * (mailbox ? mailbox.exists : 0)) return [`${uid + 1}:*`];
    const firsts = Array.from({ length: Math.ceil(behind / SLICE) }, (_, index) => uid + 1 + index * SLICE);
    return firsts.map((first, index) => `${first}:${index < firsts.length - 1 ? first + SLICE - 1 : '*'}`);
  }

  async #unread({ since, afterUid = '0' }: { since?: Date; afterUid?: string }): Promise<FetchMessageObject[]> {
    const uid = Number(afterUid);
    const criteria = { seen: false, ...(since ? { since: dayBefore(since) } : {}), ...(uid > 0 ? { uid: `${uid + 1}:${LAST_UID}` } : {}) };
    return (await this.#search(criteria, since)).filter((row) => row.uid > uid);
  }

  async #search(criteria: { seen?: boolean; since?: Date; uid?: string }, since: Date | undefined): Promise<FetchMessageObject[]> {
    const found = await this.#connection.run((client) => client.search(criteria, { uid: true }));
    const rows: FetchMessageObject[] = [];
    for (const slice of inPieces([...found], SLICE))
      for (const { text } of uidSets(slice)) for (const row of await this.#describe(text, true)) rows.push(row);
    // INTERNALDATE has whole seconds.
    const from = since && Math.floor(since.getTime() / 1000) * 1000;
    return from === undefined ? rows : rows.filter((row) => receivedAt(row) === null || receivedAt(row)!.getTime() >= from);
  }

  /** UID, size and date of a range of messages, by one FETCH. */
  async #describe(range: string, uid: boolean): Promise<FetchMessageObject[]> {
    // Flags that another session changes meanwhile come as rows of their own, without a size.
    const rows: FetchMessageObject[] = [];
    const answers = this.#connection.stream((client) => client.fetch(range, { uid: true, size: true, internalDate: true }, { uid }));
    for await (const row of answers) {
      if (row.size !== undefined) rows.push(row);
      await letOthersRun();
    }
    return rows;
  }

  async *#fetchSet(set: UidSet, batch: FetchBatch, asksAgain = true): AsyncGenerator<FetchedMessage, void, undefined> {
    const missing = new Set(set.uids);
    const source = batch.whole ? true : { start: 0, maxLength: TRUNCATED_BYTES };
    try {
      for await (const row of this.#connection.stream((client) => client.fetch(set.text, { uid: true, source }, { uid: true }))) {
        // A message that another session has just removed comes as NIL.
        if (!(row.source instanceof Uint8Array) || !missing.delete(row.uid)) continue;
        yield fetchedMessage(batch.refs.get(row.uid)!, row.source, batch);
        await letOthersRun();
      }
    } catch (error) {
      if (!(error instanceof CommandRefused)) throw error;
      return yield* this.#fetchWhatIsLeft([...missing], batch, error);
    }
    if (asksAgain && missing.size > 0) yield* this.#fetchWithheld(missing, batch);
  }

  /** A server may leave a message out of its answer that is there all the same: what nobody tells of would be lost. */
  async *#fetchWithheld(missing: Set<number>, batch: FetchBatch): AsyncGenerator<FetchedMessage, void, undefined> {
    for (const { text } of uidSets(missing)) {
      const rows = await this.#describe(text, true).catch((error: unknown) => this.#fail(error));
      for (const { uid } of rows.filter((row) => missing.delete(row.uid))) {
        let came = false;
        for await (const fetched of this.#fetchSet({ text: String(uid), uids: [uid] }, batch, false)) {
          came = true;
          yield fetched;
        }
        const refused = 'it left the message out of its answer';
        if (!came) yield { ref: batch.refs.get(uid)!, source: new Uint8Array(), truncated: true, refused };
      }
    }
  }

  /** One message that the server cannot read back must not hide those behind it: asks for the rest one by one. */
  async *#fetchWhatIsLeft(uids: number[], batch: FetchBatch, refused: CommandRefused): AsyncGenerator<FetchedMessage, void, undefined> {
    if (uids.length === 1) {
      yield { ref: batch.refs.get(uids[0]!)!, source: new Uint8Array(), truncated: true, refused: refused.refusal.reason };
      return;
    }
    for (const uid of uids) yield* this.#fetchSet({ text: String(uid), uids: [uid] }, batch);
  }

  #requireOpen(): OpenFolder {
    if (this.#folder === null) throw new Error('Open a folder first.');
    return this.#folder;
  }

  #fail(error: unknown): never {
    throw error instanceof CommandRefused ? this.#connection.failed(error) : error;
  }

  async #failToOpen(path: string, error: unknown): Promise<never> {
    if (!(error instanceof CommandRefused)) throw error;
    const exists = (await this.folders()).some((folder) => folder.path === path && folder.selectable);
    if (!exists) throw new MailboxError('folderMissing', say('mailbox.noFolder', { folder: path }));
    throw new MailboxError('noAccess', say('mailbox.folderRefused', { folder: path, reason: error.refusal.reason }));
  }
}

const dayBefore = (date: Date): Date => new Date(date.getTime() - DAY_MS);

function receivedAt({ internalDate }: FetchMessageObject): Date | null {
  const date = internalDate === undefined ? null : new Date(internalDate);
  return date === null || Number.isNaN(date.getTime()) ? null : date;
}

const refOf = (row: FetchMessageObject): MessageRef => ({
  uid: String(row.uid),
  size: row.size ?? 0,
  receivedAt: receivedAt(row)?.toISOString() ?? null,
});

function folderOf(entry: ListResponse): Folder {
  return {
    path: entry.path,
    name: entry.name,
    delimiter: entry.delimiter,
    // imapflow marks the INBOX in the same way, which RFC 6154 does not.
    specialUse: entry.specialUse && entry.specialUse !== '\\Inbox' ? entry.specialUse : null,
    selectable: !entry.flags.has('\\Noselect') && !entry.flags.has('\\NonExistent'),
  };
}

interface FetchBatch {
  /** False for messages that are too large, of which only the beginning is fetched. */
  whole: boolean;
  maxBytes: number;
  refs: Map<number, MessageRef>;
}

/** Cuts a list into pieces that one FETCH can answer in the order given: servers answer in ascending order, one item for all. */
function fetchBatches(refs: MessageRef[], maxBytes: number): FetchBatch[] {
  const batches: FetchBatch[] = [];
  let last = 0;
  for (const ref of refs) {
    const uid = Number(ref.uid);
    const whole = ref.size <= maxBytes;
    let batch = batches.at(-1);
    if (!batch || batch.whole !== whole || uid <= last) batches.push((batch = { whole, maxBytes, refs: new Map() }));
    batch.refs.set(uid, ref);
    last = uid;
  }
  return batches;
}

/** A server may have claimed a smaller size than it delivers; the limit holds all the same. */
function fetchedMessage(ref: MessageRef, source: Uint8Array, { whole, maxBytes }: FetchBatch): FetchedMessage {
  if (!whole || source.length <= maxBytes) return { ref, source, truncated: !whole };
  return { ref, source: source.slice(0, TRUNCATED_BYTES), truncated: true };
}
