import { say } from '../../../shared/sentences/words';
import { SpokenError } from '../lib/spoken-error';
import type { ReachPolicy } from './reach';
import { HostRefused } from './reach';
import { sendRequest } from './request';

const TIMEOUT_MS = 10_000;

/**
 * Posts JSON to a URL that an administrator typed, where the site's policy lets us connect, and follows no redirection to elsewhere.
 * Resolves when the answer is a 2xx; throws a SpokenError that says what came instead, and HostRefused. The answer's body is not read.
 */
export async function postJson(url: string, body: unknown, policy: ReachPolicy): Promise<void> {
  const target = new URL(url);
  const content = JSON.stringify(body);
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(content)),
    'user-agent': 'Mail Scanner for Strapi',
  };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const answer = await sendRequest(target, { method: 'POST', headers, body: content, policy, signal }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error instanceof HostRefused) throw error;
      // The words of a failed connection never name the path, which is a secret in most webhooks.
      throw new SpokenError(say('alert.unreachable', { host: target.host, code: error.code ?? error.name }));
    },
  );
  answer.on('error', () => {}).destroy();
  const { statusCode = 0 } = answer;
  if (statusCode < 200 || statusCode >= 300) throw new SpokenError(say('alert.status', { host: target.host, status: String(statusCode) }));
}
