import { say } from '../../../shared/sentences/words';
import { SpokenError } from '../lib/spoken-error';
import type { ReachPolicy } from './reach';
import { HostRefused } from './reach';
import { readBeginning, sendRequest } from './request';

const TIMEOUT_MS = 10_000;
/** Of an answer nothing is kept. Some programs stop their work when nobody listens, so that much of it is heard. */
const MAX_ANSWER_BYTES = 16 * 1024;

interface Posting {
  headers?: Record<string, string>;
  policy: ReachPolicy;
  /** Ends it sooner than its own ten seconds. */
  signal?: AbortSignal;
}

/**
 * Posts JSON to a URL that an administrator typed, where the site's policy lets us connect, and follows no redirection to elsewhere.
 * Resolves with the status of the answer and its Retry-After. Throws HostRefused, and what the connection throws.
 */
export async function post(
  target: URL,
  content: string,
  { headers = {}, policy, signal }: Posting,
): Promise<{ status: number; retryAfter: string | null }> {
  const own = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(content)),
    'user-agent': 'Mail Scanner for Strapi',
  };
  const until = AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), ...(signal ? [signal] : [])]);
  const answer = await sendRequest(target, { method: 'POST', headers: { ...headers, ...own }, body: content, policy, signal: until });
  // It has been answered, whatever becomes of the rest.
  await readBeginning(answer, MAX_ANSWER_BYTES).catch(() => {});
  answer.destroy();
  return { status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'] ?? null };
}

/** The same for callers that want nothing but a 2xx. Throws a SpokenError that says what came instead, and HostRefused. */
export async function postJson(url: string, body: unknown, policy: ReachPolicy): Promise<void> {
  const target = new URL(url);
  const { status } = await post(target, JSON.stringify(body), { policy }).catch((error: NodeJS.ErrnoException) => {
    if (error instanceof HostRefused) throw error;
    // The words of a failed connection never name the path, which is a secret in most webhooks.
    throw new SpokenError(say('alert.unreachable', { host: target.host, code: error.code ?? error.name }));
  });
  if (status < 200 || status >= 300) throw new SpokenError(say('alert.status', { host: target.host, status: String(status) }));
}
