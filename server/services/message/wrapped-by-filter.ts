import { parseAddresses, parseMessageIds } from './mime/header';
import type { Limits } from './limits';
import { allParts, contentOf, parseMime, rawHeader, type Part } from './mime/mime';
import type { Said } from '../../../shared/sentences/words';

/**
 * What a filter takes for spam it may pack into a report of its own: SpamAssassin by default (`report_safe 1`, as text with 2), amavis where
 * it defangs. The report keeps From and Message-ID, and few other headers: what is answered, the text and the files are those of the original.
 */
export function wrappedByFilter(envelope: Part, limits: Limits, warnings: Said[]): Part | null {
  if (envelope.type !== 'multipart/mixed') return null;
  const parts = [...allParts(envelope)].filter((part) => part !== envelope);
  const originals = parts.filter(({ params }) => params['x-spam-type'] === 'original');
  const isAllElseText = parts.every((part) => part.type === 'text/plain' || originals.includes(part));
  if (originals.length !== 1 || !isAllElseText) return null;
  const original = parseMime(contentOf(originals[0]), limits, warnings);
  return isSameMail(envelope, original) ? original : null;
}

/** Else anybody could put another author's mail into such a part. */
function isSameMail(envelope: Part, original: Part): boolean {
  const [outer, inner] = [envelope, original].map((part) => parseAddresses(rawHeader(part, 'from'))[0]?.address ?? '');
  const [outerId, innerId] = [envelope, original].map((part) => parseMessageIds(rawHeader(part, 'message-id'))[0]);
  return outer !== '' && outer === inner && outerId === innerId;
}
