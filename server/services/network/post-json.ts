import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { addressFor, type ReachPolicy } from './reach';

const TIMEOUT_MS = 10_000;

/**
 * Posts JSON to a URL that an administrator typed, where the site's policy lets us connect, and follows no redirection to elsewhere.
 * Resolves when the answer is a 2xx; throws an Error that says what came instead, and HostRefused. The answer's body is not read.
 */
export async function postJson(url: string, body: unknown, policy: ReachPolicy): Promise<void> {
  const { protocol, hostname, host } = new URL(url);
  const address = await addressFor(hostname.replace(/^\[|\]$/g, ''), policy);
  const content = JSON.stringify(body);
  const { request } = protocol === 'https:' ? https : http;
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(content),
    'user-agent': 'Mail Scanner for Strapi',
  };
  await new Promise<void>((resolve, reject) => {
    const sent = request(
      url,
      { method: 'POST', headers, signal: AbortSignal.timeout(TIMEOUT_MS), ...(isIP(address) ? { lookup: lookupOf(address) } : {}) },
      (response) => {
        response.destroy();
        const { statusCode = 0 } = response;
        if (statusCode >= 200 && statusCode < 300) resolve();
        else reject(new Error(`${host} answered with status ${statusCode}.`));
      },
    );
    // The words of a failed connection never name the path, which is a secret in most webhooks.
    sent.on('error', (error: NodeJS.ErrnoException) => reject(new Error(`${host} could not be reached (${error.code ?? error.name}).`)));
    sent.end(content);
  });
}

/** Connects to the address that was checked, whatever the name's next look-up says. */
const lookupOf =
  (address: string): LookupFunction =>
  (_host, options, done) => {
    const family = isIP(address);
    if (options.all) (done as unknown as (error: null, found: { address: string; family: number }[]) => void)(null, [{ address, family }]);
    else done(null, address, family);
  };
