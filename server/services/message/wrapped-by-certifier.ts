import { decodeWords, parseAddresses } from './mime/header';
import type { Limits } from './limits';
import { allParts, contentOf, parseMime, rawHeader, type Part } from './mime/mime';
import type { Said } from '../../../shared/sentences/words';

/**
 * Certified mail of Italy (PEC, RFC 6109) comes in an envelope of the sender's provider: the provider stands in From and its notice is the
 * text; what somebody wrote is attached, beside the certificate. A certified mailbox gets ordinary mail in such an envelope, too, as an
 * anomaly. Author, text and threads are those of the original; the certificate and its signature stay beside its files.
 */
export function wrappedByCertifier(envelope: Part, limits: Limits, warnings: Said[]): Part | null {
  if (!/^\s*(?:posta-certificata|errore)\s*$/i.test(rawHeader(envelope, 'x-trasporto'))) return null;
  const leaves = [...allParts(envelope)].filter(({ children }) => children.length === 0);
  const [attached, ...others] = leaves.filter(({ type }) => type === 'message/rfc822');
  if (attached === undefined || others.length > 0) return null;
  const original = parseMime(contentOf(attached), limits, warnings);
  if (!namesAuthor(envelope, original)) return null;
  const proofs = leaves.filter((leaf) => leaf !== attached && leaf.type !== 'text/plain' && leaf.type !== 'text/html');
  const mixed = { type: 'multipart/mixed', params: {}, disposition: '', dispositionParams: {}, encoding: '', body: Buffer.alloc(0) };
  return { ...mixed, headers: original.headers, children: [original, ...proofs] };
}

/** `"Per conto di: ann@pec.test" <posta-certificata@provider.test>`: else anybody could put another author's mail into an envelope. */
function namesAuthor(envelope: Part, original: Part): boolean {
  const author = parseAddresses(rawHeader(original, 'from'))[0]?.address ?? '';
  const named = `${decodeWords(rawHeader(envelope, 'from'))} ${decodeWords(rawHeader(envelope, 'reply-to'))}`.toLowerCase();
  return author !== '' && named.split(/[\s<>",;:]+/).includes(author);
}
