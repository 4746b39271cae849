import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { addressFor, HostRefused } from './reach';

/**
 * A picture that somebody's email points to, fetched by this server, so that its sender learns neither who reads the email nor when
 * from where. The URL is a stranger's: only HTTP(S) on its usual ports, never the own network (each redirect is looked at anew), bounded
 * in size and time, without cookies or referrer, and only types that hold no code (an SVG can).
 */

const TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp'];
const MAX_BYTES = 5_000_000;
const TIMEOUT_MS = 10_000;
const MAX_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];
const PORTS = ['', '80', '443'];

export interface Picture {
  type: string;
  bytes: Buffer;
}

/** The picture cannot be had; the message says why, without what the other side answered. */
export class NoPicture extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NoPicture';
  }
}

/** Fetches a picture. Throws NoPicture. */
export async function fetchPicture(url: string): Promise<Picture> {
  const deadline = AbortSignal.timeout(TIMEOUT_MS);
  let current = url;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const answer = await request(parseUrl(current), deadline);
    const { statusCode = 0, headers } = answer;
    if (!REDIRECTS.includes(statusCode)) return read(answer);
    answer.destroy();
    if (!headers.location || !URL.canParse(headers.location, current)) throw new NoPicture('The picture’s server redirects to nowhere.');
    current = new URL(headers.location, current).href;
  }
  throw new NoPicture('The picture’s server redirects again and again.');
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol) || !PORTS.includes(url.port) || url.username || url.password)
    throw new NoPicture('The picture’s address is none that is fetched.');
  return url;
}

async function request(url: URL, signal: AbortSignal): Promise<http.IncomingMessage> {
  const address = await publicAddressOf(url.hostname);
  const { request: send } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const failed = () =>
      reject(new NoPicture(signal.aborted ? 'The picture’s server does not answer in time.' : 'The picture’s server cannot be reached.'));
    const outgoing = send(url, {
      signal,
      agent: false,
      headers: { accept: TYPES.join(', '), 'user-agent': 'Mozilla/5.0' },
      // The address that was looked at is the one that is connected to.
      lookup: (_host, options, done) =>
        options.all ? done(null, [{ address, family: isIP(address) }]) : done(null, address, isIP(address)),
    });
    outgoing.once('error', failed);
    outgoing.once('response', resolve);
    outgoing.end();
  });
}

async function publicAddressOf(host: string): Promise<string> {
  try {
    const address = await addressFor(host, { allowedHosts: null, allowPrivateAddresses: false });
    if (isIP(address)) return address;
  } catch (error) {
    if (!(error instanceof HostRefused)) throw error;
  }
  throw new NoPicture('The picture’s server cannot be found, or is not on the internet.');
}

async function read(answer: http.IncomingMessage): Promise<Picture> {
  const refuse = (message: string): never => {
    answer.destroy();
    throw new NoPicture(message);
  };
  if (answer.statusCode !== 200) refuse('The picture is not there any more.');
  const type = (answer.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();
  if (!TYPES.includes(type)) refuse('What is at the picture’s address is no picture.');
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_BYTES) refuse(`The picture is larger than ${MAX_BYTES / 1_000_000} MB.`);
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof NoPicture ? error : new NoPicture('The picture’s server broke off.');
  }
  return { type, bytes: Buffer.concat(chunks) };
}
