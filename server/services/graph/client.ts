import type { Agent } from 'node:http';
import { say } from '../../../shared/sentences/words';
import { setTimeout as sleep } from 'node:timers/promises';
import { HostRefused, type ReachPolicy } from '../network/reach';
import { connectionsTo, decoded, readAnswer, readBeginning, sendRequest } from '../network/request';
import { GraphError, graphErrorFrom } from './errors';
import { inPlace, noteAnswered, noteThrottled, pauseLeft, retryAfterOf, type Purpose } from './pace';

/** Microsoft Graph, as far as one mailbox goes: plain requests with a token, paces, and words for what goes wrong. */

/** How Graph is reached with the token of the moment. */
export interface GraphAccess {
  /** Connections for many requests; left out: one for each. */
  agent?: Agent;
  /** Such as `https://graph.microsoft.com/v1.0`; nobody types it. */
  baseUrl: string;
  policy: ReachPolicy;
  /** Told the token that Graph has just refused, it comes with another one. */
  token(refused?: string): Promise<string>;
  /** Called before each request; what it throws ends it. */
  assertMay?(): void;
}

export interface GraphRequest {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/users/{mailbox}`, encoded: see `part`. */
  path: string;
  query?: Record<string, string>;
  /** In place of path and query: the link to the next page, as Graph gave it. */
  link?: string;
  /** Beside the immutable ids that are always asked for (RFC 7240). */
  prefer?: string;
  /** Reads no more of the answer, and hangs up where there is more. */
  firstBytes?: number;
  /** Sent as `contentType`; an empty one as Content-Length: 0. */
  body?: string;
  contentType?: string;
  maxBytes?: number;
  /** How often it is made at most where Graph cannot serve it; left out: as often as is usual. */
  attempts?: number;
  /** An answer without `value` is none. */
  isList?: boolean;
  /** A request that does the same when it is done twice: it is repeated after a broken connection, too. GET always is. */
  repeatable?: boolean;
}

interface GraphAnswer {
  status: number;
  body: Buffer;
  /** False when `firstBytes` cut it off. */
  isWhole: boolean;
  location: string | null;
  /** In lower case; '' where the answer names none. */
  contentType: string;
}

export interface GraphClient {
  readonly mailbox: string;
  /** Throws a GraphError, and what `token` throws. */
  request(request: GraphRequest): Promise<GraphAnswer>;
  json<T>(request: GraphRequest): Promise<T>;
  /** Puts a piece to an upload session, whose URL carries its own right: the token does not go along. */
  put(url: string, piece: Uint8Array, contentRange: string): Promise<GraphAnswer>;
}

/** Connections for a piece of work of many requests; `destroy` closes them when it has ended. */
export const keptConnections = ({ baseUrl }: GraphAccess, most: number): Agent => connectionsTo(new URL(baseUrl), most);

const TIMEOUT_MS = 120_000;
const MAX_ANSWER_BYTES = 10_000_000;
/** Every answer has ids that stay the same when a message is moved. */
const IMMUTABLE = 'IdType="ImmutableId"';
/** How often a request is made that Graph put off, when the pause is short enough to wait for. */
const ATTEMPTS = 4;
const LONGEST_WAIT_MS = 20_000;
const RETRY_STEP_MS = 500;

/** A string in a `$filter` (OData 4.01 §5.1.1.6.1): a quote is doubled. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const isReading = ({ method = 'GET' }: GraphRequest): boolean => method === 'GET';

function objectIn(body: Buffer): Record<string, unknown> | null {
  try {
    const found = JSON.parse(body.toString('utf8'));
    return typeof found === 'object' ? found : null;
  } catch {
    return null;
  }
}

interface WireOptions {
  method: string;
  headers: Record<string, string>;
  body?: string | Uint8Array;
  maxBytes?: number;
  firstBytes?: number;
  agent?: Agent;
}

/** How long a token serves without being asked for again, which takes the database; it is good for minutes when it is handed out. */
const TOKEN_MS = 20_000;

/** The same access, asking for a token less often. */
function withKeptToken(access: GraphAccess): GraphAccess {
  let known: { token: Promise<string>; since: number } | null = null;
  return {
    ...access,
    token(refused) {
      if (!known || refused !== undefined || performance.now() - known.since > TOKEN_MS) {
        const asked = { token: access.token(refused), since: performance.now() };
        known = asked;
        // The next one asks again.
        asked.token.catch(() => (known = known === asked ? null : known));
      }
      return known.token;
    },
  };
}

export function graphClient(given: GraphAccess, mailbox: string, purpose: Purpose): GraphClient {
  const access = withKeptToken(given);
  const key = mailbox.toLowerCase();
  const attempt = async (wanted: GraphRequest): Promise<GraphAnswer> => {
    const pause = pauseLeft(key, purpose);
    if (pause > LONGEST_WAIT_MS) throw pausedError(mailbox, pause);
    if (pause > 0) await sleep(pause);
    const { token, retryAfter, date, ...answer } = await signedIn(access, mailbox, wanted);
    if (answer.status >= 200 && answer.status < 300) {
      noteAnswered(key, purpose);
      return answer;
    }
    const error = graphErrorFrom(answer, mailbox, [token]);
    // A server that is away may say for how long, too.
    const isPause = error.trouble === 'throttled' || (error.trouble === 'away' && retryAfter !== undefined);
    if (isPause) noteThrottled(key, purpose, retryAfterOf(retryAfter, date));
    throw error;
  };

  /** `read` throws a GraphError for an answer that says yes and holds nothing that can be read: it is repeated as any other failure. */
  const perform = <T>(wanted: GraphRequest, read: (answer: GraphAnswer) => T): Promise<T> =>
    inPlace(key, purpose, async () => {
      const isRepeatable = wanted.repeatable ?? isReading(wanted);
      for (let made = 1; ; made += 1) {
        try {
          return read(await attempt(wanted));
        } catch (error) {
          // A throttled request was not carried out, whatever it was.
          const mayRepeat = error instanceof GraphError && error.passing && (error.trouble === 'throttled' || isRepeatable);
          const most = error instanceof GraphError && error.trouble === 'throttled' ? ATTEMPTS : (wanted.attempts ?? ATTEMPTS);
          if (!mayRepeat || made >= most || pauseLeft(key, purpose) > LONGEST_WAIT_MS) throw error;
          if (error.trouble !== 'throttled') await sleep(made * RETRY_STEP_MS * (0.5 + Math.random()));
        }
      }
    });

  /** It happens that a 200 comes without a word, in half, or from a gateway. */
  const nothing = (wanted: GraphRequest, status: number) =>
    new GraphError('away', say('graph.empty', { mailbox, status }), status, '', !isReading(wanted));

  return {
    mailbox,
    request: (wanted) =>
      perform(wanted, (answer) => {
        const isNothing = isReading(wanted) && (answer.body.length === 0 || answer.contentType.startsWith('text/html'));
        // 204 is the only yes to a deletion.
        if (isNothing || (wanted.method === 'DELETE' && answer.status !== 204)) throw nothing(wanted, answer.status);
        return answer;
      }),
    json: <T>(wanted: GraphRequest) =>
      perform(wanted, ({ body, status }) => {
        const found = objectIn(body);
        if (!found || (wanted.isList && !Array.isArray(found.value))) throw nothing(wanted, status);
        return found as T;
      }),
    put: (address, piece, contentRange) =>
      inPlace(key, purpose, async () => {
        const url = uploadUrl(address, access.baseUrl, mailbox);
        const headers = {
          'content-length': String(piece.length),
          'content-range': contentRange,
          'content-type': 'application/octet-stream',
        };
        const answer = await sendOnce(access.policy, mailbox, url, { method: 'PUT', headers, body: piece });
        if (answer.status < 200 || answer.status >= 300) throw graphErrorFrom(answer, mailbox, [url.search]);
        return answer;
      }),
  };
}

/** With the token of the moment; one that Graph refuses is renewed once. */
async function signedIn(access: GraphAccess, mailbox: string, wanted: GraphRequest) {
  const { method = 'GET', path, query, link, prefer, body, contentType, maxBytes, firstBytes } = wanted;
  const url =
    link === undefined ? new URL(`${access.baseUrl}/users/${encodeURIComponent(mailbox)}/${path}`) : linkUrl(link, access.baseUrl, mailbox);
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
  const ask = (token: string) =>
    sendOnce(access.policy, mailbox, url, {
      method,
      maxBytes,
      firstBytes,
      body,
      agent: access.agent,
      headers: {
        authorization: `Bearer ${token}`,
        prefer: prefer ? `${IMMUTABLE}, ${prefer}` : IMMUTABLE,
        accept: 'application/json',
        'accept-encoding': 'identity',
        'user-agent': 'Mail Scanner for Strapi',
        ...(contentType ? { 'content-type': contentType } : {}),
        ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      },
    });
  access.assertMay?.();
  const token = await access.token();
  const answer = await ask(token);
  if (answer.status !== 401) return { ...answer, token };
  const renewed = await access.token(token);
  return { ...(await ask(renewed)), token: renewed };
}

/** One request on the wire. */
async function sendOnce(
  policy: GraphAccess['policy'],
  mailbox: string,
  url: URL,
  options: WireOptions,
): Promise<GraphAnswer & { retryAfter?: string; date?: string }> {
  const { maxBytes = MAX_ANSWER_BYTES, firstBytes, ...rest } = options;
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const answer = await sendRequest(url, { ...rest, policy, signal });
    const content = decoded(answer);
    const read =
      firstBytes === undefined ? { body: await readAnswer(content, maxBytes), isWhole: true } : await readBeginning(content, firstBytes);
    const { 'retry-after': retryAfter, date, location = null, 'content-type': contentType = '' } = answer.headers;
    return { status: answer.statusCode ?? 0, ...read, location, retryAfter, date, contentType: contentType.toLowerCase() };
  } catch (error) {
    throw connectionError(error, url, mailbox, options.method === 'GET');
  }
}

/** The token goes along: only to Graph itself. */
function linkUrl(link: string, baseUrl: string, mailbox: string): URL {
  const base = new URL(baseUrl);
  const url = URL.canParse(link) ? new URL(link) : null;
  if (url && url.origin === base.origin && url.pathname.startsWith(`${base.pathname}/`)) return url;
  throw new GraphError('ours', say('graph.foreignLink', { mailbox }), 200, '', false);
}

/** The customer's files go there: by the same scheme as Graph itself, never in the clear. */
function uploadUrl(address: string, baseUrl: string, mailbox: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url && (url.protocol === 'https:' || url.origin === new URL(baseUrl).origin)) return url;
  throw new GraphError('ours', say('graph.noPlace', { mailbox }), 200, '', false);
}

function pausedError(mailbox: string, pauseMs: number): GraphError {
  const minutes = Math.ceil(pauseMs / 60_000);
  const words = say('graph.pause', { minutes, mailbox });
  return new GraphError('throttled', words, 429, '', false);
}

/** Failures before a connection stood did nothing; all else may have reached Graph. */
const BEFORE_THE_REQUEST = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'];

function connectionError(error: unknown, url: URL, mailbox: string, isReading: boolean): GraphError {
  if (error instanceof HostRefused) return new GraphError('hostRefused', error.said, 0, '', false);
  const { code = '', name = '' } = (error ?? {}) as NodeJS.ErrnoException;
  const words = say('graph.connection', { host: url.host, mailbox, code: code || name || 'unknown' });
  return new GraphError('unreachable', words, 0, '', !isReading && !BEFORE_THE_REQUEST.includes(code));
}
