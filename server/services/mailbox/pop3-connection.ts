import type { Socket } from 'node:net';
import { MultilineReader } from './pop3-multiline';
import type { MailboxSettings } from './types';
import { say } from '../../../shared/sentences/words';
import { type Pop3Timeouts, connectSocket, failure, secured } from './pop3-socket';

const USUAL_TIMEOUTS: Pop3Timeouts = { connectMs: 30_000, answerMs: 120_000 };

/** RFC 2449 section 4 allows 512 octets; some servers are chatty. */
const MAX_STATUS_LINE_BYTES = 8 * 1024;
/** Lists: 100,000 messages have some 4 MB of UIDLs. */
const MAX_LIST_BYTES = 64 * 1024 * 1024;
const MAX_CAPABILITIES_BYTES = 64 * 1024;
/** A message beyond it is no message: nobody goes on reading for its end. */
const MAX_MESSAGE_BYTES = 1024 * 1024 * 1024;

/** `-ERR`: the command failed, the connection still works. Carries what mailboxErrorFrom reads. */
export class Pop3Refused extends Error {
  readonly responseText: string;
  /** RFC 2449 section 8 response code such as `SYS/TEMP`, upper case, or ''. */
  readonly serverResponseCode: string;
  authenticationFailed = false;

  constructor(status: string) {
    super(status);
    const [, code = '', text = ''] = /^-ERR *(?:\[([^\]]+)\])? *(.*)$/i.exec(status) ?? [];
    this.serverResponseCode = code.toUpperCase();
    this.responseText = text || status;
  }
}

/**
 * One POP3 session (RFC 1939), signed in. Reads only as fast as it is asked to, so a long answer waits at the server and not
 * in memory. One command at a time, except where the caller pipelines with `send` and `readMultiline`.
 */
export class Pop3Connection {
  #socket: Socket;
  #unread: Buffer = Buffer.alloc(0);
  #failure: Error | null = null;
  #wake: (() => void) | null = null;
  readonly #timeouts: Pop3Timeouts;
  /** What CAPA announced (RFC 2449), upper case; empty when the server has no CAPA. */
  capabilities = new Set<string>();
  #mechanisms = new Set<string>();

  private constructor(socket: Socket, timeouts: Pop3Timeouts) {
    this.#timeouts = timeouts;
    this.#socket = this.#listenTo(socket);
  }

  /** Connects, encrypts and signs in. Throws what the network, TLS or the server (Pop3Refused) said. */
  static async open(settings: MailboxSettings, timeouts: Partial<Pop3Timeouts> = {}): Promise<Pop3Connection> {
    const limits = { ...USUAL_TIMEOUTS, ...timeouts };
    const connection = new Pop3Connection(await connectSocket(settings, limits), limits);
    try {
      await connection.#readStatus();
      await connection.#askCapabilities();
      if (settings.encryption === 'starttls') await connection.#startTls(settings);
      await connection.#askForUtf8();
      await connection.#signIn(settings);
      // Some servers announce more to those that they know.
      await connection.#askCapabilities();
      return connection;
    } catch (error) {
      connection.destroy();
      throw error;
    }
  }

  /** Sends a command and gives the text after `+OK`. */
  async command(line: string): Promise<string> {
    this.send(line);
    return this.#readStatus();
  }

  /** Sends a command with a multi-line answer and gives its lines. */
  async list(line: string, longest = MAX_LIST_BYTES): Promise<string[]> {
    this.send(line);
    const answer = await this.readMultiline(longest, longest);
    return answer.content().toString('latin1').split('\r\n').slice(0, -1);
  }

  send(line: string): void {
    if (this.#failure) throw this.#failure;
    // A line break would smuggle in a second command.
    if (/[\r\n]/.test(line)) throw new Error('A POP3 command is a single line.');
    this.#socket.write(`${line}\r\n`);
  }

  /** Reads a multi-line answer, keeping its first `maxBytes`. One that is longer than `longest` is not read to its end. */
  async readMultiline(maxBytes: number, longest = MAX_MESSAGE_BYTES): Promise<MultilineReader> {
    await this.#readStatus();
    const reader = new MultilineReader(maxBytes);
    for (;;) {
      const chunk = await this.#take();
      const used = reader.push(chunk);
      if (reader.length > longest) throw failure('ResponseTooLarge', `more than ${longest} bytes`);
      if (used === null) continue;
      this.#unread = chunk.subarray(used);
      return reader;
    }
  }

  /** Ends the session; this is when the server removes what was marked by DELE (RFC 1939 section 6). */
  async quit(): Promise<void> {
    await this.command('QUIT');
    this.destroy();
  }

  /** Hangs up. Without QUIT nothing is removed. */
  destroy(): void {
    this.#socket.destroy();
  }

  // ---- Getting in

  async #askCapabilities(): Promise<void> {
    const lines = await this.list('CAPA', MAX_CAPABILITIES_BYTES).catch((error: unknown) => {
      if (error instanceof Pop3Refused) return [];
      throw error;
    });
    const words = lines.map((line) => line.trim().toUpperCase().split(/ +/));
    this.capabilities = new Set(words.map(([name]) => name!));
    this.#mechanisms = new Set(words.find(([name]) => name === 'SASL')?.slice(1));
  }

  /** RFC 2595 section 4. */
  async #startTls(settings: MailboxSettings): Promise<void> {
    await this.command('STLS').catch((error: unknown) => {
      throw error instanceof Pop3Refused ? new Error('STLS is not offered') : error;
    });
    // Whatever stands behind that answer was not protected and may come from somebody in between.
    if (this.#unread.length + this.#socket.readableLength > 0) throw failure('STARTTLS_INJECTION', say('mailbox.pop3Injection'));
    const plain = this.#socket;
    this.#stopListeningTo(plain);
    plain.on('error', () => {}); // the TLS socket reports it
    this.#socket = this.#listenTo(await secured(plain, settings, this.#timeouts));
    await this.#askCapabilities();
  }

  /** RFC 6856 section 2: before the sign-in. A server that is not asked may hand out a stand-in for a message with UTF-8 in its headers. */
  async #askForUtf8(): Promise<void> {
    if (!this.capabilities.has('UTF8')) return;
    await this.command('UTF8').catch((error: unknown) => {
      if (!(error instanceof Pop3Refused)) throw error;
    });
  }

  async #signIn({ username, credential }: MailboxSettings): Promise<void> {
    try {
      if (credential.type === 'accessToken')
        await this.#authenticate('XOAUTH2', `user=${username}\x01auth=Bearer ${credential.accessToken}\x01\x01`);
      else if (this.#mechanisms.has('PLAIN')) await this.#authenticate('PLAIN', `\0${username}\0${credential.password}`);
      else {
        await this.command(`USER ${username}`);
        await this.command(`PASS ${credential.password}`);
      }
    } catch (error) {
      if (error instanceof Pop3Refused) error.authenticationFailed = true;
      throw error;
    }
  }

  /**
   * SASL (RFC 5034). The credential goes in answer to the `+`, not with the command: a token is longer than a command line may
   * be, and Exchange takes it only so.
   */
  async #authenticate(mechanism: string, credential: string): Promise<void> {
    this.send(`AUTH ${mechanism}`);
    let answer = await this.#readLine();
    if (answer.startsWith('+ ') || answer === '+') {
      this.send(Buffer.from(credential).toString('base64'));
      answer = await this.#readLine();
    }
    // XOAUTH2 explains a refusal in a second `+`, and wants an empty line before it says -ERR.
    if (answer.startsWith('+ ')) {
      this.send('');
      answer = await this.#readLine();
    }
    accepted(answer);
  }

  // ---- Reading

  async #readStatus(): Promise<string> {
    return accepted(await this.#readLine());
  }

  async #readLine(): Promise<string> {
    let line = await this.#take();
    let end: number;
    while ((end = line.indexOf(0x0a)) < 0 && line.length <= MAX_STATUS_LINE_BYTES) line = Buffer.concat([line, await this.#take()]);
    if (end < 0 || end > MAX_STATUS_LINE_BYTES) throw failure('LineTooLong', say('mailbox.pop3Endless'));
    this.#unread = line.subarray(end + 1);
    return line.toString('utf8', 0, end).replace(/\r$/, '');
  }

  /** The next bytes, whatever their number. */
  async #take(): Promise<Buffer> {
    if (this.#unread.length > 0) {
      const bytes = this.#unread;
      this.#unread = Buffer.alloc(0);
      return bytes;
    }
    this.#socket.setTimeout(this.#timeouts.answerMs);
    try {
      for (;;) {
        const bytes = this.#socket.read() as Buffer | null;
        if (bytes !== null) return bytes;
        if (this.#failure) throw this.#failure;
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      // Silence between commands is ours.
      this.#socket.setTimeout(0);
    }
  }

  readonly #onReadable = (): void => this.#wake?.();
  readonly #onFailure = (error: Error): void => {
    this.#failure ??= error;
    this.#wake?.();
  };
  readonly #onEnd = (): void => this.#onFailure(failure('EConnectionClosed', say('mailbox.pop3Closed')));
  readonly #onTimeout = (): void => {
    this.#onFailure(failure('ETIMEDOUT', say('mailbox.pop3NoAnswer')));
    this.#socket.destroy();
  };

  #listenTo(socket: Socket): Socket {
    return socket
      .on('readable', this.#onReadable)
      .on('error', this.#onFailure)
      .on('end', this.#onEnd)
      .on('close', this.#onEnd)
      .on('timeout', this.#onTimeout);
  }

  #stopListeningTo(socket: Socket): void {
    socket
      .off('readable', this.#onReadable)
      .off('error', this.#onFailure)
      .off('end', this.#onEnd)
      .off('close', this.#onEnd)
      .off('timeout', this.#onTimeout);
  }
}

function accepted(status: string): string {
  if (/^\+OK\b/i.test(status)) return status.slice(3).trim();
  if (/^-ERR\b/i.test(status)) throw new Pop3Refused(status);
  // Whole, so that no half of a secret is left: it is cut when it is shown.
  throw failure('InvalidResponse', say('mailbox.pop3Status', { words: status }));
}
