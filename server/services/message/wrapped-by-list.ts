import { parseAddresses } from './mime/header';
import type { Limits } from './limits';
import { allParts, contentOf, parseMime, rawHeader, type Part } from './mime/mime';
import type { Said } from '../../../shared/sentences/words';

/**
 * Mailman can wrap a message of which it may not change the From: the list's own mail holds the whole original as message/rfc822,
 * and perhaps a footer. Then the author, the text and the threads are those of the original, and the list only carried it.
 */
export function wrappedByList(envelope: Part, limits: Limits, warnings: Said[]): Part | null {
  const list = rawHeader(envelope, 'list-post').toLowerCase();
  if (list === '' || !/^multipart\/mixed$|^message\/rfc822$/.test(envelope.type)) return null;
  const from = parseAddresses(rawHeader(envelope, 'from'))[0]?.address ?? '';
  if (from === '' || !list.includes(`:${from}>`)) return null;
  const parts = [...allParts(envelope)].filter((part) => part !== envelope || part.type === 'message/rfc822');
  const originals = parts.filter(({ type }) => type === 'message/rfc822');
  const isAllElseText = parts.every(({ type }) => type === 'message/rfc822' || type === 'text/plain');
  if (originals.length !== 1 || !isAllElseText) return null;
  const original = parseMime(contentOf(originals[0]), limits, warnings);
  const author = parseAddresses(rawHeader(original, 'from'))[0]?.address ?? '';
  return author.includes('@') && author !== from ? original : null;
}

/** The headers of a wrapping mail that say how it came: the original's must not stand for them, since anybody may write them. */
export function transportHeadersOf<T>(headers: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => isTransport.test(name)));
}

const isTransport =
  /^(?:return-path|received.*|delivered-to|authentication-results|arc-.*|list-.*|precedence|x-mailman-.*|x-beenthere|mailing-list|x-spam-.*|x-trasporto)$/;
