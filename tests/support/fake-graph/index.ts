import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AddressInfo } from 'node:net';
import { loopback } from '../mail-server';
import { asSent, mimeOfJson, readMime, reportOf, type Draft, type JsonMessage } from './exchange';
import { faultPlan, type FaultAnswer } from './faults';
import { refusalFor, type Token } from './rights';
import { idPairs, type Delivered, type Mailbox, type StoredAttachment, type StoredMessage } from './store';

/**
 * A stand-in for Microsoft Graph, as far as sending mail goes: it does what is documented and what others have met, also where that is
 * odd. Its own test (index.test.ts) holds each of these. In memory.
 */

export interface FakeGraphOptions {
  /** What the login service knows of a token; null for one that it never gave out, or that has ended. */
  tokenOf(token: string): Token | null;
  mailboxes: Record<string, Partial<Omit<Mailbox, 'address' | 'messages'>>>;
}

export type FakeGraph = Awaited<ReturnType<typeof startFakeGraph>>;

export interface LoggedRequest {
  operation: string;
  mailbox: string;
  status: number;
  prefer: string;
  bytes: number;
  authorised: boolean;
}

const MAX_REQUEST_BYTES = 4 * 1024 * 1024;
const MAX_AT_ONCE = 4;
const STANDARD_FOLDERS = ['inbox', 'drafts', 'sentitems', 'deleteditems'];

interface Call {
  mailbox: Mailbox;
  /** The segments after the mailbox. */
  path: string[];
  query: URLSearchParams;
  request: IncomingMessage;
  body: Buffer;
  token: Token;
}

type Answer = FaultAnswer;

const failure = (status: number, code: string, message = ''): Answer => ({
  status,
  body: { error: { code, message, innerError: { 'request-id': 'a1b2c3d4-0000-4000-8000-000000000000' } } },
});

export async function startFakeGraph({ tokenOf, mailboxes: wanted }: FakeGraphOptions) {
  const newId = idPairs();
  const newImmutableId = idPairs();
  const newMutableId = idPairs();
  const mailboxes = new Map<string, Mailbox>();
  for (const [address, options] of Object.entries(wanted))
    mailboxes.set(address, {
      address,
      displayName: `Directory name of ${address}`,
      fullAccess: [],
      sendAs: [],
      refusal: null,
      messages: [],
      ...options,
    });
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
    registeredNames: [] as string[],
    mostAtOnce: 0,
  };
  let base = '';

  const add = (mailbox: Mailbox, mime: Buffer, draft: Draft, folder: string): StoredMessage => {
    const own = draft.messageId ?? `<${newId().slice(4, 30)}@prod.example>`;
    const message: StoredMessage = {
      immutableId: newImmutableId(),
      mutableId: newMutableId(),
      folder,
      isDraft: true,
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
    delivered.push({ mailbox: address, recipients, mime, internetMessageId: message.internetMessageId, attachments: message.attachments });
    Object.assign(message, {
      isDraft: false,
      folder: 'sentitems',
      sentAt: new Date(),
      visibleAt: Date.now() + ways.copyDelayMs,
      mutableId: newMutableId(),
    });
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
    createdDateTime: message.createdAt.toISOString().replace(/\.\d+Z/, 'Z'),
    sentDateTime: message.sentAt.toISOString().replace(/\.\d+Z/, 'Z'),
    parentFolderId: message.folder,
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

  /** Refuses a filter that Graph refuses: the sorted property has to come first in it. */
  const list = (call: Call, messages: StoredMessage[]): Answer => {
    const filter = call.query.get('$filter') ?? '';
    const orderBy = call.query.get('$orderby')?.split(' ')[0];
    if (orderBy && filter && !filter.startsWith(orderBy))
      return failure(400, 'InefficientFilter', 'The restriction or sort order is too complex for this operation.');
    const byMessageId = /^internetMessageId eq '(.*)'$/.exec(filter)?.[1].replaceAll("''", "'");
    const since = /^sentDateTime ge (\S+)$/.exec(filter)?.[1];
    if (filter && byMessageId === undefined && since === undefined)
      return failure(400, 'ErrorInvalidUrlQuery', 'The query is not supported.');
    const found = messages
      .filter((message) => byMessageId === undefined || message.internetMessageId === byMessageId)
      .filter((message) => since === undefined || message.sentAt.getTime() >= Date.parse(since))
      .sort((one, other) => other.sentAt.getTime() - one.sentAt.getTime());
    const top = Math.min(1000, Number(call.query.get('$top') ?? 10));
    const skip = Number(call.query.get('$skip') ?? 0);
    const next = new URLSearchParams(call.query);
    next.set('$skip', String(skip + top));
    const more =
      skip + top < found.length ? { '@odata.nextLink': `${base}/users/${call.mailbox.address}/${call.path.join('/')}?${next}` } : {};
    return { status: 200, body: { value: found.slice(skip, skip + top).map((message) => selected(message, call)), ...more } };
  };

  /** A message in MIME: base64 in a body of text/plain, and nothing else. */
  const mimeOf = ({ request, body }: Call): Buffer | null => {
    const text = body.toString('latin1');
    if (!request.headers['content-type']?.startsWith('text/plain') || !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text)) return null;
    return Buffer.from(text, 'base64');
  };
  const NO_MIME = () => failure(400, 'ErrorMimeContentInvalidBase64String', 'Invalid base64 string for MIME content.');

  const OPERATIONS: Record<string, { wants: 'Mail.ReadWrite' | 'Mail.Send'; run(call: Call): Promise<Answer> | Answer }> = {
    'GET mailFolders/*': {
      wants: 'Mail.ReadWrite',
      run: ({ path: [, folder] }) =>
        STANDARD_FOLDERS.includes(folder)
          ? { status: 200, body: { id: folder, displayName: folder === 'inbox' ? 'Posteingang' : folder } }
          : failure(400, 'ErrorInvalidIdMalformed', 'Id is malformed.'),
    },
    'GET messages': { wants: 'Mail.ReadWrite', run: (call) => list(call, visible(call.mailbox)) },
    'GET mailFolders/*/messages': {
      wants: 'Mail.ReadWrite',
      run: (call) =>
        list(
          call,
          visible(call.mailbox).filter(({ folder }) => folder === call.path[1]),
        ),
    },
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
        await submit(call.mailbox, message);
        return { status: 202 };
      },
    },
    'DELETE messages/*': {
      wants: 'Mail.ReadWrite',
      run(call) {
        const index = call.mailbox.messages.findIndex(({ immutableId, mutableId }) => [immutableId, mutableId].includes(call.path[1]));
        if (index < 0) return wantsImmutable(call.request) ? failure(403, 'ErrorCannotDeleteObject') : failure(404, 'ErrorItemNotFound');
        call.mailbox.messages.splice(index, 1);
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
  await new Promise<void>((resolve) => server.listen(0, loopback, resolve));
  base = `http://${loopback}:${(server.address() as AddressInfo).port}/v1.0`;

  return {
    /** In place of `https://graph.microsoft.com/v1.0`. */
    base,
    mailboxes,
    delivered,
    requests,
    faults,
    ways,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const recipient = ({ address, name }: { address: string; name: string }) => ({ emailAddress: { address, name } });

const wantsImmutable = (request: IncomingMessage): boolean => /IdType="ImmutableId"/i.test(String(request.headers.prefer ?? ''));

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function write(request: IncomingMessage, response: ServerResponse, { status, headers = {}, body }: Answer): void {
  const applied = wantsImmutable(request) ? { 'preference-applied': 'IdType="ImmutableId"' } : {};
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { ...(text ? { 'content-type': 'application/json' } : {}), ...applied, ...headers }).end(text);
}
