import { isIP } from 'node:net';

import { ImapFlow, type ImapFlowOptions, type ListResponse, type Logger } from 'imapflow';

import { mailboxErrorFrom, shownCapabilities, withoutSecrets } from './errors';
import { pathOfNew, possiblePaths, type Namespaces } from './folder-path';
import type { MailboxError, MailboxSettings } from './types';
import { inEnglish, say, type Words } from '../../../shared/sentences/words';

const CONNECTION_TIMEOUT_MS = 30_000;
const GREETING_TIMEOUT_MS = 30_000;
/** Silence while an answer is due that counts as a dead connection. */
const SOCKET_TIMEOUT_MS = 120_000;
const LOGOUT_TIMEOUT_MS = 5_000;

/**
 * What no honest server goes beyond: a line (SEARCH answers a million UIDs in one), a message, their sum, the pieces of one answer. Whoever
 * does is hung up on.
 */
const responseLimits = {
  maxLineLength: 16 * 1024 * 1024,
  maxLiteralSize: 256 * 1024 * 1024,
  maxResponseSize: 257 * 1024 * 1024,
  maxResponseTokens: 50_000,
};
/** All that a server sends until somebody is signed in; and for its list of folders, of which 50,000 fit. */
const MAX_SIGN_IN_BYTES = 1024 * 1024;
const MAX_LIST_BYTES = 6 * 1024 * 1024;
const WATCH_EVERY_MS = 20;

/** What imapflow finds without asking the server. */
const NOT_POSSIBLE = say('mailbox.notPossible');

/** A tagged NO or BAD: the command failed, the connection still works. */
export interface Refusal {
  /** Response code of the server such as `TRYCREATE`, or ''. */
  code: string;
  /** The server's words, for a person. */
  reason: Words;
}

/** Thrown by `run` when the server refuses a command. */
export class CommandRefused extends Error {
  constructor(
    readonly refusal: Refusal,
    readonly original: unknown,
  ) {
    super(inEnglish(refusal.reason));
  }
}

/**
 * One signed-in IMAP connection: an ImapFlow whose failures all come out the same way.
 *
 * Several methods of imapflow answer `false` both to a refusal and to a lost connection, and tell the reason to the logger
 * only; so the logger is where we listen. Nothing is ever logged.
 */
export class ImapConnection {
  readonly client: ImapFlow;
  readonly #settings: MailboxSettings;
  #namespaces: Namespaces = { personal: [], others: [] };
  #listed: Set<string> | null = null;
  #lastWarning: unknown;
  #lostBecause: unknown;
  #streaming = false;
  /** A stream was left before its end; what the server still sends of it is read and thrown away. */
  #abandoned = false;

  private constructor(settings: MailboxSettings, extra: ImapFlowOptions) {
    this.#settings = settings;
    // Without `debug` and `info`, imapflow does not even build those entries; its type asks for them all the same.
    const listener = {
      warn: (entry: { err?: unknown }) => (this.#lastWarning = entry.err ?? this.#lastWarning),
      error: () => {},
      fatal: () => {},
    };
    this.client = new ImapFlow({ ...optionsFor(settings), ...extra, logger: listener as unknown as Logger });
    this.client.on('error', (error: unknown) => (this.#lostBecause ??= error));
  }

  /** Connects and signs in. @throws MailboxError */
  static async open(settings: MailboxSettings, extra: ImapFlowOptions = {}): Promise<ImapConnection> {
    const connection = new ImapConnection(settings, extra);
    try {
      await connection.#within(MAX_SIGN_IN_BYTES, connection.client.connect());
      await connection.#within(MAX_SIGN_IN_BYTES, untyped(connection.client).run('ENABLE', ['UTF8=ACCEPT']));
      connection.#takeNamespaces();
      return connection;
    } catch (error) {
      connection.client.close();
      throw mailboxErrorFrom(error, settings, 'connect');
    }
  }

  /**
   * imapflow puts the prefix of one's own folders before each name that lacks it, also before those of others' and shared folders. So it
   * is told of no prefix, and `pathOf` says how a folder is called.
   */
  #takeNamespaces(): void {
    const { namespaces, namespace } = this.client;
    this.#namespaces = {
      personal: namespaces?.personal || [],
      others: [...(namespaces?.other || []), ...(namespaces?.shared || [])],
    };
    if (namespace) this.client.namespace = { ...namespace, prefix: '' };
  }

  /** All folders, in whatever namespace. Throws like `run`. */
  async folders(): Promise<ListResponse[]> {
    const folders = new Map((await this.run((client) => client.list(), MAX_LIST_BYTES)).map((folder) => [folder.path, folder]));
    const { personal, others } = this.#namespaces;
    for (const { prefix } of [...personal, ...others]) {
      // Some servers tell of a namespace only those who ask for it.
      if (prefix === '' || [...folders.keys()].some((path) => path.startsWith(prefix))) continue;
      const more = await this.run((client) => listBelow(client, prefix), MAX_LIST_BYTES).catch((error: unknown) => {
        if (error instanceof CommandRefused) return [];
        throw error;
      });
      for (const folder of more) if (!folders.has(folder.path)) folders.set(folder.path, folder);
    }
    this.#listed = new Set(folders.keys());
    return [...folders.values()];
  }

  /**
   * The server's path of a folder, however a person has written it: with or without the prefix of one's own folders, and with slashes
   * or the server's delimiter. Of one that is not there, the path that it would get. Throws like `run`.
   */
  async pathOf(folder: string): Promise<string> {
    const possible = possiblePaths(folder, this.#namespaces);
    if (possible.length === 1) return possible[0]!;
    if (this.#listed === null) await this.folders();
    return possible.find((path) => this.#listed!.has(path)) ?? pathOfNew(folder, this.#namespaces);
  }

  /** Notes that there is a folder more. */
  noteCreated(path: string): void {
    this.#listed?.add(path);
  }

  /**
   * Gives a command. A refusal is thrown as CommandRefused, everything else as MailboxError, whether imapflow throws or
   * answers `false`. An answer of more than `maxBytes` ends the connection.
   */
  async run<T>(command: (client: ImapFlow) => Promise<T | false | undefined>, maxBytes = Infinity): Promise<T> {
    if (this.#streaming)
      throw new Error(
        'No other command may be given while messages are being fetched: it would wait for the end of the fetch, and the fetch for it.',
      );
    this.#lastWarning = undefined;
    let failure: unknown;
    try {
      const result = await this.#within(maxBytes, command(this.client));
      if (result !== false && result !== undefined) return result;
      failure = this.#lastWarning ?? this.#silentRefusal();
    } catch (error) {
      failure = error;
    }
    throw this.refused(failure) ?? this.failed(failure);
  }

  /** imapflow bounds each line, and not how many there are. */
  async #within<T>(maxBytes: number, work: Promise<T>): Promise<T> {
    if (maxBytes === Infinity) return work;
    const before = this.client.stats().received;
    let timer: NodeJS.Timeout | undefined;
    const tooMuch = new Promise<never>((_, reject) => {
      timer = setInterval(() => {
        if (this.client.stats().received - before <= maxBytes) return;
        reject(Object.assign(new Error(`more than ${maxBytes} bytes`), { code: 'ResponseTooLarge' }));
        this.client.close();
      }, WATCH_EVERY_MS);
    });
    // What the command itself says to the hang-up comes too late to be told.
    work.catch(() => {});
    return Promise.race([work, tooMuch]).finally(() => clearInterval(timer));
  }

  /** `false` without a word: the connection was gone before, or imapflow found that the command makes no sense. */
  #silentRefusal(): unknown {
    if (!this.client.usable) return Object.assign(new Error('Connection not available'), { code: 'NoConnection' });
    return Object.assign(new Error('not possible here'), {
      responseStatus: 'NO',
      responseText: inEnglish(NOT_POSSIBLE),
      said: NOT_POSSIBLE,
    });
  }

  /** Like `run`, for a stream of answers; keeps other commands out until it has ended. */
  async *stream<T>(command: (client: ImapFlow) => AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
    if (this.#streaming) throw new Error('Messages are already being fetched on this connection.');
    this.#streaming = true;
    let ended = false;
    try {
      yield* command(this.client);
      ended = true;
    } catch (error) {
      throw this.refused(error) ?? this.failed(error);
    } finally {
      this.#streaming = false;
      this.#abandoned ||= !ended;
    }
  }

  /** The refusal that an error of imapflow stands for, unless it is one that concerns the whole mailbox. */
  refused(error: unknown): CommandRefused | null {
    const { responseStatus, responseText, serverResponseCode, response, said } = error as Record<string, unknown>;
    if (responseStatus !== 'NO' && responseStatus !== 'BAD') return null;
    const words = String(responseText ?? (typeof response === 'string' ? response : responseStatus));
    if (concernsTheMailbox.has(this.failed(error).code) && !isNoRoom(String(serverResponseCode ?? ''), words)) return null;
    const reason = said === NOT_POSSIBLE ? NOT_POSSIBLE : withoutSecrets(words, this.#settings);
    return new CommandRefused({ code: String(serverResponseCode ?? ''), reason }, error);
  }

  /** What the server says that it can do, to be shown. */
  capabilityNames(): string[] {
    return shownCapabilities([...this.client.capabilities.keys()], this.#settings);
  }

  failed(error: unknown): MailboxError {
    if (error instanceof CommandRefused) return this.failed(error.original);
    // A command that was under way when the connection broke only knows "not available"; the socket knew why.
    const cause = isAfterEffect(error) && this.#lostBecause !== undefined ? this.#lostBecause : error;
    return mailboxErrorFrom(cause, this.#settings, 'session');
  }

  /** Signs out, or just hangs up when the server takes its time. Never throws. */
  async close(): Promise<void> {
    // LOGOUT would wait for all that is still arriving.
    if (this.client.usable && !this.#streaming && !this.#abandoned) {
      let timer: NodeJS.Timeout | undefined;
      const tooLong = new Promise<void>((resolve) => (timer = setTimeout(resolve, LOGOUT_TIMEOUT_MS)));
      await Promise.race([this.client.logout().catch(() => {}), tooLong]);
      clearTimeout(timer);
    }
    this.client.close();
  }
}

/** Commands of imapflow that its types do not have. */
const untyped = (client: ImapFlow) => client as unknown as { run(command: string, ...args: unknown[]): Promise<unknown> };

/** LIST with a reference, which imapflow's `list` does not have. */
const listBelow = (client: ImapFlow, prefix: string): Promise<ListResponse[] | false> =>
  untyped(client).run('LIST', prefix, '*') as Promise<ListResponse[] | false>;

const concernsTheMailbox = new Set(['throttled', 'unavailable']);

/** RFC 5530: what the command would add is too much. Gmail says the same of too many commands or bytes, and that is not about the command. */
const isNoRoom = (code: string, words: string): boolean => code.toUpperCase() === 'OVERQUOTA' && !/limit/i.test(words);

function isAfterEffect(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return code === 'NoConnection' || code === 'EConnectionClosed';
}

function optionsFor({ host, address, port, encryption, validateCertificate, username, credential }: MailboxSettings): ImapFlowOptions {
  return {
    host: address ?? host,
    ...(isIP(host) === 0 && { servername: host }),
    port,
    secure: encryption === 'ssl',
    // true: fail when the server cannot; false: do not even try.
    ...(encryption !== 'ssl' && { doSTARTTLS: encryption === 'starttls' }),
    tls: { rejectUnauthorized: validateCertificate },
    auth:
      credential.type === 'password'
        ? { user: username, pass: credential.password }
        : { user: username, accessToken: credential.accessToken },
    clientInfo: { name: 'Mail Scanner for Strapi' },
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    greetingTimeout: GREETING_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    ...responseLimits,
    disableAutoIdle: true,
    // The processor is shared with Strapi and scarcer than the network.
    disableCompression: true,
    disableIMAP4rev2: true,
    // It would enable CONDSTORE, too: then each row has a MODSEQ more, and a silent STORE is answered with a row for each message (RFC 7162 3.1.4.1).
    disableAutoEnable: true,
  };
}
