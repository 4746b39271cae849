import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AddressInfo } from 'node:net';
import { loopback } from '../mail-server';
import { asSent, mimeOfJson, readMime, reportOf, type Draft, type JsonMessage } from './exchange';
import { faultPlan, type FaultAnswer } from './faults';
import { remade } from './made-anew';
import { readingOperations, standardFolders } from './reading';
import { refusalFor, type Token } from './rights';
import { idPairs, type Delivered, type Mailbox, type StoredAttachment, type StoredMessage } from './store';

/**
 * A stand-in for Microsoft Graph, as far as mail goes: it does what is documented and what others have met, also where that is
 * odd. Its own test (index.test.ts) holds each of these. In memory.
 */

interface FakeGraphOptions {
  /** What the login service knows of a token; null for one that it never gave out, or that has ended. */
  tokenOf(token: string): Token | null;
  mailboxes: Record<string, Partial<Omit<Mailbox, 'address' | 'messages' | 'changes'>>>;
}

export type FakeGraph = Awaited<ReturnType<typeof startFakeGraph>>;

interface LoggedRequest {
  operation: string;
  mailbox: string;
  status: number;
  prefer: string;
  bytes: number;
  authorised: boolean;
}

const MAX_REQUEST_BYTES = 4 * 1024 * 1024;
const MAX_AT_ONCE = 4;
export interface Call {
  mailbox: Mailbox;
  /** The segments after the mailbox. */
  path: string[];
  query: URLSearchParams;
  request: IncomingMessage;
  body: Buffer;
  token: Token;
}

export type Answer = FaultAnswer & { half?: true };

export interface Operation {
  wants: 'Mail.ReadWrite' | 'Mail.Send';
  run(call: Call): Promise<Answer> | Answer;
}

export const failure = (status: number, code: string, message = ''): Answer => ({
  status,
  body: { error: { code, message, innerError: { 'request-id': 'a1b2c3d4-0000-4000-8000-000000000000' } } },
});

export async function startFakeGraph({ tokenOf, mailboxes: wanted }: FakeGraphOptions) {
  const newId = idPairs();
  const newImmutableId = idPairs();
  const newMutableId = idPairs();
  const mailboxes = new Map<string, Mailbox>();
  const addMailbox = (address: string, options: FakeGraphOptions['mailboxes'][string] = {}) =>
    void mailboxes.set(address, {
      address,
      displayName: `Directory name of ${address}`,
      fullAccess: [],
      sendAs: [],
      refusal: null,
      messages: [],
      changes: [],
      folders: standardFolders(newId),
      ...options,
    });
  for (const [address, options] of Object.entries(wanted)) addMailbox(address, options);
  const delivered: Delivered[] = [];
  const requests: LoggedRequest[] = [];
  const faults = faultPlan();
  const uploads = new Map<
    string,
    { message: StoredMessage; attachment: Omit<StoredAttachment, 'bytes'>; size: number; pieces: Buffer[]; got: number }
  >();
  const atOnce = new Map<string, number>();
  /** Changeable while it runs. */
  const ways = {
    /** Milliseconds until the copy of a sent message shows in Sent Items. */
    copyDelayMs: 0,
    /** The Message-ID that a message gets in place of its own; null keeps it. */
    replaceMessageId: null as ((own: string) => string) | null,
    /** The same, but only once the message is sent. */
    replaceOnTheWay: null as ((own: string) => string) | null,
    /** Milliseconds until work is done whose gateway has given up before. */
    lateMs: 0,
    delayMs: 0,
    /** Recipients who have a mailbox here get their email. */
    deliversHere: false,
    /** More emails of a mailbox within a minute are refused; null takes any number. */
    sendsAMinute: null as number | null,
    registeredNames: [] as string[],
    mostAtOnce: 0,
    /** Opened by now, each with its handshakes. */
    connections: 0,
    /** Lists: pages that are empty before the last one, a link that leads to where it came from, and one that is missing. */
    emptyPages: false,
    repeatedLink: false,
    missingLink: false,
    /** A larger page is too much: 504. */
    largestTop: 1000,
    /** A message that cannot be converted makes a list fail that shows more than ids and dates. */
    brokenFailsLists: false,
    refusesDeltaFilter: false,
    /** A message that left a folder and came back between two rounds is told as removed. */
    hidesReturned: false,
    /** Higher: all state tokens before are lost. */
    generation: 0,
    /** How often the state of a token that comes back is lost, by itself. */
    forgets: () => false,
    lostState: { status: 410, code: 'SyncStateNotFound' },
    folderExistsStatus: 409,
    /** Compresses $value though nobody asked for it. */
    gzip: false,
  };
  let base = '';

  const note = (mailbox: Mailbox, message: StoredMessage, kind: 'added' | 'updated' | 'removed', folder = message.folder) =>
    void mailbox.changes.push({ folder, message, kind });

  const add = (mailbox: Mailbox, mime: Buffer, draft: Draft, folder: string): StoredMessage => {
    const own = draft.messageId ?? `<${newId().slice(4, 30)}@prod.example>`;
    const message: StoredMessage = {
      immutableId: newImmutableId(),
      mutableId: newMutableId(),
      folder,
      isDraft: true,
      isRead: false,
      receivedAt: wholeSecond(new Date()),
      internetMessageId: ways.replaceMessageId?.(own) ?? own,
      subject: draft.subject,
      from: draft.from,
      to: draft.to,
      cc: draft.cc,
      bcc: draft.bcc,
      createdAt: new Date(),
      sentAt: new Date(),
      visibleAt: Date.now(),
      mime,
      attachments: [],
    };
    mailbox.messages.push(message);
    note(mailbox, message, 'added');
    return message;
  };

  /** Hands a message over and puts the copy into Sent Items of the path's mailbox. Unknown recipients come back to the Inbox. */
  const submit = async (mailbox: Mailbox, message: StoredMessage): Promise<void> => {
    const { displayName, address } = mailbox;
    const messageId = ways.replaceOnTheWay?.(message.internetMessageId) ?? message.internetMessageId;
    message.internetMessageId = messageId;
    const mime = asSent(message.mime, {
      displayName,
      address,
      messageId,
      registeredNames: ways.registeredNames,
    });
    const recipients = [...message.to, ...message.cc, ...message.bcc].map(({ address: to }) => to);
    delivered.push({
      at: Date.now(),
      mailbox: address,
      recipients,
      mime,
      internetMessageId: message.internetMessageId,
      attachments: message.attachments,
    });
    note(mailbox, message, 'removed');
    Object.assign(message, {
      isDraft: false,
      isRead: true,
      folder: 'sentitems',
      sentAt: new Date(),
      visibleAt: Date.now() + ways.copyDelayMs,
      mutableId: newMutableId(),
    });
    note(mailbox, message, 'added');
    for (const known of ways.deliversHere ? recipients.filter((to) => mailboxes.has(to)) : []) await arrive(known, mime);
    for (const unknown of recipients.filter((to) => to.endsWith('@nowhere.invalid'))) {
      const report = reportOf(message, address, unknown);
      add(mailbox, report, await readMime(report), 'inbox').isDraft = false;
    }
  };

  const idOf = (message: StoredMessage, { request }: Call): string => (wantsImmutable(request) ? message.immutableId : message.mutableId);
  const shown = (message: StoredMessage, call: Call) => ({
    id: idOf(message, call),
    isDraft: message.isDraft,
    internetMessageId: message.internetMessageId,
    subject: message.subject,
    createdDateTime: momentOf(message.createdAt),
    sentDateTime: momentOf(message.sentAt),
    parentFolderId: call.mailbox.folders.find(({ key }) => key === message.folder)!.id,
    isRead: message.isRead,
    receivedDateTime: momentOf(message.receivedAt),
    toRecipients: message.to.map(recipient),
    ccRecipients: message.cc.map(recipient),
    bccRecipients: message.bcc.map(recipient),
  });
  const selected = (message: StoredMessage, call: Call) => {
    const select = call.query.get('$select')?.split(',');
    return Object.fromEntries(Object.entries(shown(message, call)).filter(([name]) => !select || name === 'id' || select.includes(name)));
  };
  const visible = (mailbox: Mailbox) => mailbox.messages.filter(({ visibleAt }) => visibleAt <= Date.now());
  const find = (call: Call, id: string) => visible(call.mailbox).find((message) => [message.immutableId, message.mutableId].includes(id));

  /** A message in MIME: base64 in a body of text/plain, and nothing else. */
  const mimeOf = ({ request, body }: Call): Buffer | null => {
    const text = body.toString('latin1');
    if (!request.headers['content-type']?.startsWith('text/plain') || !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text)) return null;
    return Buffer.from(text, 'base64');
  };
  const NO_MIME = () => failure(400, 'ErrorMimeContentInvalidBase64String', 'Invalid base64 string for MIME content.');

  const OPERATIONS: Record<string, Operation> = {
    ...readingOperations({ ways, base: () => base, newId, newMutableId, visible, find, selected, note }),
    'GET messages/*': {
      wants: 'Mail.ReadWrite',
      run(call) {
        const message = find(call, call.path[1]);
        return message
          ? { status: 200, body: selected(message, call) }
          : failure(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');
      },
    },
    'POST messages': {
      wants: 'Mail.ReadWrite',
      async run(call) {
        if (!call.request.headers['content-type']?.startsWith('application/json')) {
          const mime = mimeOf(call);
          return mime ? { status: 201, body: shown(add(call.mailbox, mime, await readMime(mime), 'drafts'), call) } : NO_MIME();
        }
        const message = JSON.parse(call.body.toString()) as JsonMessage;
        const names = (message.internetMessageHeaders ?? []).map(({ name }) => name);
        if (names.some((name) => !/^x-/i.test(name))) return failure(400, 'InvalidInternetMessageHeader');
        if (names.length > 5) return failure(400, 'InvalidInternetMessageHeaderCollection');
        const mime = mimeOfJson(message);
        return { status: 201, body: shown(add(call.mailbox, mime, await readMime(mime), 'drafts'), call) };
      },
    },
    'POST messages/*/attachments': {
      wants: 'Mail.ReadWrite',
      run(call) {
        const message = find(call, call.path[1]);
        if (!message) return failure(404, 'ErrorItemNotFound');
        const { name, contentType, contentBytes, isInline = false, contentId = null } = JSON.parse(call.body.toString());
        const bytes = Buffer.from(contentBytes, 'base64');
        if (bytes.length > 3 * 1024 * 1024) return failure(413, 'ErrorAttachmentSizeShouldNotBeGreaterThan3MB');
        message.attachments.push({ name, contentType, bytes, isInline, contentId });
        return { status: 201, body: { id: newId() } };
      },
    },
    'POST messages/*/attachments/createUploadSession': {
      wants: 'Mail.ReadWrite',
      run(call) {
        const message = find(call, call.path[1]);
        if (!message) return failure(404, 'ErrorItemNotFound');
        const { name, size, contentType, isInline = false, contentId = null } = JSON.parse(call.body.toString()).AttachmentItem;
        if (size < 3_000_000) return failure(400, 'ErrorAttachmentSizeTooSmall', 'An upload session is for attachments of 3 MB or more.');
        const key = newId();
        uploads.set(key, { message, attachment: { name, contentType, isInline, contentId }, size, pieces: [], got: 0 });
        return {
          status: 201,
          body: { uploadUrl: `${new URL(base).origin}/upload?session=${encodeURIComponent(key)}`, nextExpectedRanges: ['0-'] },
        };
      },
    },
    'POST messages/*/send': {
      wants: 'Mail.Send',
      async run(call) {
        if (call.request.headers['content-length'] !== '0') return failure(411, 'ErrorInvalidRequest', 'Content-Length: 0 is required.');
        // Nobody knows what a second time does: the worst is that it goes out once more.
        const message = call.mailbox.messages.find(({ immutableId, mutableId }) => [immutableId, mutableId].includes(call.path[1]));
        if (!message) return failure(404, 'ErrorItemNotFound');
        if (message.to.length + message.cc.length + message.bcc.length === 0)
          return failure(400, 'ErrorInvalidRecipients', 'At least one recipient is not valid.');
        const lately = delivered.filter((each) => each.mailbox === call.mailbox.address && each.at > Date.now() - 60_000).length;
        if (ways.sendsAMinute !== null && lately >= ways.sendsAMinute)
          return failure(429, 'ApplicationThrottled', 'The submission rate limit of the mailbox is exceeded.');
        await submit(call.mailbox, message);
        return { status: 202 };
      },
    },
    'DELETE mailFolders/*': {
      wants: 'Mail.ReadWrite',
      run(call) {
        call.mailbox.folders = call.mailbox.folders.filter(({ id }) => id !== call.path[1]);
        return { status: 204 };
      },
    },
    'DELETE messages/*': {
      wants: 'Mail.ReadWrite',
      run(call) {
        const index = call.mailbox.messages.findIndex(({ immutableId, mutableId }) => [immutableId, mutableId].includes(call.path[1]));
        if (index < 0) return wantsImmutable(call.request) ? failure(403, 'ErrorCannotDeleteObject') : failure(404, 'ErrorItemNotFound');
        const [message] = call.mailbox.messages.splice(index, 1);
        note(call.mailbox, message, 'removed');
        return { status: 204 };
      },
    },
  };

  /** A piece of a large attachment: in order, below 4 MB, and without the token, which is not for that server. */
  const upload = (request: IncomingMessage, session: string, body: Buffer): Answer => {
    const found = uploads.get(session);
    if (!found) return failure(404, 'ErrorItemNotFound');
    if (request.headers.authorization) return failure(401, 'InvalidAuthenticationToken');
    const [, from, to, size] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(request.headers['content-range'] ?? '')?.map(Number) ?? [];
    const isInOrder = from === found.got && size === found.size && to - from + 1 === body.length;
    if (!isInOrder || body.length > MAX_REQUEST_BYTES) return failure(416, 'ErrorInvalidRange');
    found.pieces.push(body);
    found.got += body.length;
    if (found.got < found.size) return { status: 200, body: { nextExpectedRanges: [`${found.got}-`] } };
    found.message.attachments.push({ ...found.attachment, bytes: Buffer.concat(found.pieces) });
    return { status: 201, headers: { location: `${base}/attachments/1` } };
  };

  const handle = async (call: Omit<Call, 'token' | 'mailbox'>, address: string, operation: string): Promise<Answer | 'cut'> => {
    const token = tokenOf((call.request.headers.authorization ?? '').replace(/^Bearer /, ''));
    if (!token) return failure(401, 'InvalidAuthenticationToken', 'Access token has expired or is not yet valid.');
    if (token.audience !== 'https://graph.microsoft.com')
      return failure(401, 'InvalidAuthenticationToken', 'Access token validation failure. Invalid audience.');
    const found = OPERATIONS[operation];
    if (!found) return failure(400, 'UnknownError', `The OData request is not supported: ${operation}`);
    if (call.body.length > MAX_REQUEST_BYTES) return failure(413, 'ErrorRequestEntityTooLarge', 'The request is too large.');
    const mailbox = mailboxes.get(address);
    const refusal = refusalFor(token, mailbox, found.wants);
    if (refusal) return failure(refusal.status, refusal.code, refusal.message);
    const fault = faults.take(operation);
    const work = async () => found.run({ ...call, mailbox: mailbox!, token });
    if (!fault) return work();
    if (fault.half) return { ...(await work()), half: true };
    if (fault.after) await work();
    if (fault.late) setTimeout(() => void work(), ways.lateMs);
    return fault.cut ? 'cut' : fault.answer!();
  };

  const limited = async (address: string, work: () => Promise<Answer | 'cut'>): Promise<Answer | 'cut'> => {
    const now = (atOnce.get(address) ?? 0) + 1;
    atOnce.set(address, now);
    ways.mostAtOnce = Math.max(ways.mostAtOnce, now);
    try {
      if (ways.delayMs) await sleep(ways.delayMs);
      return now > MAX_AT_ONCE ? failure(429, 'ApplicationThrottled', 'Application is over its MailboxConcurrency limit.') : await work();
    } finally {
      atOnce.set(address, atOnce.get(address)! - 1);
    }
  };

  const server = createServer((request, response) => {
    void (async () => {
      // Whoever was killed in the middle of a request has asked for nothing.
      const body = await bodyOf(request).catch(() => null);
      if (!body) return;
      const url = new URL(request.url ?? '/', base);
      const [version, users, encoded = '', ...path] = url.pathname.split('/').slice(1).map(decodeURIComponent);
      if (version === 'upload') return write(request, response, upload(request, url.searchParams.get('session') ?? '', body));
      const address = encoded.toLowerCase();
      const operation = `${request.method} ${path.map((part, index) => (index === 1 ? '*' : part)).join('/')}`;
      const call = { path, query: url.searchParams, request, body };
      const answer =
        version !== 'v1.0' || users !== 'users'
          ? failure(400, 'BadRequest', '/me request is only valid with delegated authentication flow.')
          : await limited(address, () => handle(call, address, operation));
      const status = answer === 'cut' ? 0 : answer.status;
      const prefer = String(request.headers.prefer ?? '');
      requests.push({
        operation,
        mailbox: address,
        status,
        prefer,
        bytes: body.length,
        authorised: Boolean(request.headers.authorization),
      });
      if (answer === 'cut') request.socket.destroy();
      else write(request, response, answer);
    })();
  });
  server.on('connection', () => (ways.connections += 1));
  /** An email that somebody outside has sent, or that lies there since `receivedAt`. */
  const arrive = async (address: string, mime: string | Uint8Array, { folder = 'inbox', isRead = false, receivedAt = new Date() } = {}) => {
    const mailbox = mailboxes.get(address)!;
    const bytes = Buffer.from(mime);
    const message = add(mailbox, bytes, await readMime(bytes), folder);
    return Object.assign(message, { isDraft: false, isRead, receivedAt: wholeSecond(receivedAt), mime: remade(bytes) });
  };

  /** Of the path whose names are separated by "/", with INBOX for the inbox; what is missing is made. Its key. */
  const folderOf = (address: string, path: string): string => {
    const { folders } = mailboxes.get(address)!;
    let parent = '';
    for (const name of path.split('/')) {
      const found = folders.find(
        (each) => each.parent === parent && (each.displayName === name || (parent === '' && name === 'INBOX' && each.key === 'inbox')),
      );
      const id = newId();
      if (!found) folders.push({ key: id, id, displayName: name, parent });
      parent = found?.key ?? id;
    }
    return parent;
  };

  await new Promise<void>((resolve) => server.listen(0, loopback, resolve));
  base = `http://${loopback}:${(server.address() as AddressInfo).port}/v1.0`;

  return {
    /** In place of `https://graph.microsoft.com/v1.0`. */
    base,
    mailboxes,
    addMailbox,
    delivered,
    requests,
    faults,
    ways,
    arrive,
    folderOf,
    note,
    /** How many connections are open. */
    open: () => new Promise<number>((resolve, reject) => server.getConnections((error, open) => (error ? reject(error) : resolve(open)))),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const wholeSecond = (date: Date): Date => new Date(Math.floor(date.getTime() / 1000) * 1000);

const momentOf = (date: Date): string => date.toISOString().replace(/\.\d+Z/, 'Z');

const recipient = ({ address, name }: { address: string; name: string }) => ({ emailAddress: { address, name } });

const wantsImmutable = (request: IncomingMessage): boolean => /IdType="ImmutableId"/i.test(String(request.headers.prefer ?? ''));

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function write(request: IncomingMessage, response: ServerResponse, { status, headers = {}, body, half }: Answer): void {
  const applied = wantsImmutable(request) ? { 'preference-applied': 'IdType="ImmutableId"' } : {};
  const text = body === undefined ? '' : typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const head = { ...(text.length > 0 ? { 'content-type': 'application/json' } : {}), ...applied, ...headers };
  if (!half) return void response.writeHead(status, head).end(text);
  const bytes = Buffer.from(text);
  response.writeHead(status, { ...head, 'content-length': bytes.length });
  response.write(bytes.subarray(0, bytes.length / 2), () => request.socket.destroy());
}
