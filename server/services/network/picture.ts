import type { IncomingMessage } from 'node:http';
import { HostRefused } from './reach';
import { AnswerTooLarge, readAnswer, sendRequest } from './request';
import { SpokenError } from '../lib/spoken-error';
import { type Said, say, type Words } from '../../../shared/sentences/words';

/**
 * A picture that somebody's email points to, fetched by this server, so that its sender learns neither who reads the email nor when
 * from where. The URL is a stranger's: only HTTP(S) on its usual ports, never the own network (each redirect is looked at again), bounded
 * in size and time, without cookies or referrer, and only types that hold no code (an SVG can).
 */

const TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp'];
const MAX_BYTES = 5_000_000;
const TIMEOUT_MS = 10_000;
const MAX_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];
const PORTS = ['', '80', '443'];

interface Picture {
  type: string;
  bytes: Buffer;
}

/** The picture cannot be had; the message says why, without what the other side answered. */
export class NoPicture extends SpokenError {
  constructor(said: Words) {
    super(said);
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
    if (!headers.location || !URL.canParse(headers.location, current)) throw new NoPicture(say('picture.nowhere'));
    current = new URL(headers.location, current).href;
  }
  throw new NoPicture(say('picture.again'));
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol) || !PORTS.includes(url.port) || url.username || url.password)
    throw new NoPicture(say('picture.address'));
  return url;
}

const UNKNOWN = say('picture.notFound');

async function request(url: URL, signal: AbortSignal): Promise<IncomingMessage> {
  const headers = { accept: TYPES.join(', '), 'user-agent': 'Mozilla/5.0' };
  const policy = { allowedHosts: null, allowPrivateAddresses: false };
  try {
    return await sendRequest(url, { headers, policy, signal });
  } catch (error) {
    if (error instanceof HostRefused || (error as NodeJS.ErrnoException).code === 'ENOTFOUND') throw new NoPicture(UNKNOWN);
    throw new NoPicture(signal.aborted ? say('picture.noAnswer') : say('picture.unreachable'));
  }
}

async function read(answer: IncomingMessage): Promise<Picture> {
  const refuse = (said: Said): never => {
    answer.destroy();
    throw new NoPicture(said);
  };
  if (answer.statusCode !== 200) refuse(say('picture.gone'));
  const type = (answer.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();
  if (!TYPES.includes(type)) refuse(say('picture.none'));
  try {
    return { type, bytes: await readAnswer(answer, MAX_BYTES) };
  } catch (error) {
    if (error instanceof AnswerTooLarge) throw new NoPicture(say('picture.tooLarge', { size: MAX_BYTES / 1_000_000 }));
    throw new NoPicture(say('picture.broken'));
  }
}
