import { createServer, type AddressInfo, type Socket } from 'node:net';

import type { MailboxSettings } from '../../server/services/mailbox/types';
import { loopback, testPassword, testUser } from './mail-server';

/** What a scripted server does when a command comes: lines to send (`{tag}` is replaced), or something else entirely. */
type Answer = string | string[] | ((command: ReceivedCommand) => void | string | string[] | Promise<void | string | string[]>);

interface ReceivedCommand {
  tag: string;
  /** Upper case, with UID in front where it belongs: `UID FETCH`. */
  name: string;
  /** The rest of the line. */
  rest: string;
  socket: Socket;
  /** Sends lines as they are. */
  send(...lines: string[]): void;
}

export interface ScriptedImap {
  host: string;
  port: number;
  /** Every line that came in, in order, without the tag; the answers to `+` as they are. */
  received: string[];
  /** Called for lines that are no command, such as DONE or the answer to a `+`. */
  onLine: (line: string, send: ReceivedCommand['send']) => void;
  /** Open connections. */
  connections(): number;
  settings(overrides?: Partial<MailboxSettings>): MailboxSettings;
  stop(): Promise<void>;
}

export interface Script {
  greeting?: string | null;
  capability?: string;
  /** Answers by command (`SELECT`, `UID FETCH`). */
  answers?: Record<string, Answer>;
}

const selected = [
  '* 1 EXISTS',
  '* FLAGS (\\Seen \\Deleted)',
  '* OK [PERMANENTFLAGS (\\Seen \\Deleted \\*)] ok',
  '* OK [UIDVALIDITY 1] ok',
  '* OK [UIDNEXT 2] ok',
];
const usual: Record<string, Answer> = {
  ID: ['* ID NIL', '{tag} OK done'],
  NAMESPACE: ['* NAMESPACE (("" "/")) NIL NIL', '{tag} OK done'],
  LOGIN: '{tag} OK signed in',
  'AUTHENTICATE PLAIN': '{tag} OK signed in',
  'AUTHENTICATE XOAUTH2': '{tag} OK signed in',
  LIST: ['* LIST (\\HasNoChildren) "/" INBOX', '{tag} OK done'],
  LSUB: ['* LSUB () "/" INBOX', '{tag} OK done'],
  SELECT: [...selected, '{tag} OK [READ-WRITE] selected'],
  EXAMINE: [...selected, '{tag} OK [READ-ONLY] selected'],
  NOOP: '{tag} OK done',
  LOGOUT: ({ tag, send, socket }) => {
    send('* BYE bye', `${tag} OK bye`);
    socket.end();
  },
};

/**
 * A tiny IMAP server that says what the script tells it, for servers too odd to install. Everything that a script leaves out
 * is answered as a plain server would.
 */
export async function scriptedImap(script: Script = {}): Promise<ScriptedImap> {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const capability = script.capability ?? 'IMAP4rev1 NAMESPACE UIDPLUS MOVE IDLE';
  const answers: Record<string, Answer> = { CAPABILITY: [`* CAPABILITY ${capability}`, '{tag} OK done'], ...usual, ...script.answers };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket));
    const send = (...lines: string[]): void => void socket.write(lines.map((line) => `${line}\r\n`).join(''), 'latin1');
    if (script.greeting !== null) send(script.greeting ?? '* OK ready');
    let buffered = '';
    socket.on('data', (chunk) => {
      buffered += chunk.toString('latin1');
      for (let end = buffered.indexOf('\r\n'); end >= 0; end = buffered.indexOf('\r\n')) {
        const line = buffered.slice(0, end);
        buffered = buffered.slice(end + 2);
        void answer(line, socket, send);
      }
    });
  });

  async function answer(line: string, socket: Socket, send: ReceivedCommand['send']): Promise<void> {
    const command = parse(line);
    received.push(command ? `${command.name} ${command.rest}`.trim() : line);
    if (!command) return face.onLine(line, send);
    const { tag, name, rest } = command;
    const known = answers[name] ?? `{tag} BAD unknown command`;
    const said = typeof known === 'function' ? await known({ tag, name, rest, socket, send }) : known;
    if (said) send(...[said].flat().map((each) => each.replaceAll('{tag}', tag)));
  }

  await new Promise<void>((resolve) => server.listen(0, loopback, resolve));
  const { port } = server.address() as AddressInfo;
  const face: ScriptedImap = {
    host: loopback,
    port,
    received,
    onLine: () => {},
    connections: () => sockets.size,
    settings: (overrides) => ({
      protocol: 'imap',
      host: loopback,
      port,
      encryption: 'none',
      validateCertificate: false,
      username: testUser,
      credential: { type: 'password', password: testPassword },
      ...overrides,
    }),
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
  return face;
}

/** `A1 UID FETCH 1:* (UID)` → tag, `UID FETCH`, the rest. Null for a line that is no command, such as the answer to a `+`. */
function parse(line: string): { tag: string; name: string; rest: string } | null {
  const match = /^([0-9A-F]+) ((?:UID |AUTHENTICATE )?[A-Z0-9-]+)(?: (.*))?$/i.exec(line);
  return match ? { tag: match[1]!, name: match[2]!.toUpperCase(), rest: match[3] ?? '' } : null;
}
