import { decodeWords, parseAddresses } from './header';
import { defaultLimits, MessageLimitError } from './limits';
import { allParts, contentOf, parseMime, rawHeader, type Part } from './mime';
import { readForwardedHeaders } from './quote-lines';
import type { Address } from './types';

/** Who wrote the mail that somebody forwards to us: attached as message/rfc822, or quoted in the text. */
export interface Forwarded {
  from: Address;
  subject: string | null;
  /** What the original sender wrote, without the note of who forwards it; null where it comes as an attached message. */
  text: string | null;
}

/**
 * The original sender and subject of a forward; null when the mail is none. A reply also quotes a header block, so an inline
 * forward needs a forward's separator, or a subject that says so.
 */
export function forwardedFrom(root: Part, subject: string, text: string): Forwarded | null {
  return fromAttached(root) ?? fromText(subject, text);
}

/** One attached message, and that alone: several are a collection, and a delivery report is not a forward. */
function fromAttached(root: Part): Forwarded | null {
  if (root.type === 'multipart/report') return null;
  const attached = [...allParts(root)].filter((part) => part.type === 'message/rfc822' || part.type === 'message/global');
  if (attached.length !== 1) return null;
  const inner = headersOf(attached[0]);
  const from = inner === null ? undefined : parseAddresses(rawHeader(inner, 'from'))[0];
  return inner === null || from === undefined || from.address === ''
    ? null
    : { from, subject: decodeWords(rawHeader(inner, 'subject')).trim() || null, text: null };
}

function headersOf(part: Part): Part | null {
  try {
    return parseMime(contentOf(part).subarray(0, 200_000), defaultLimits, []);
  } catch (error) {
    if (error instanceof MessageLimitError) return null; // a bomb inside: it stays an attachment that nobody opens
    throw error;
  }
}

const forwardPrefix =
  /^\s*(?:\[[^\]]{1,40}\]\s*)?(?:fwd?|wg|tr|rv|enc|i|doorst|vb|vs|vl|pd|fs|továbbítás|tov|ilt|πρθ|переслано|пересл|转发|轉寄|轉發|転送|전달)\s?[:：]/iu;

function fromText(subject: string, text: string): Forwarded | null {
  const block = readForwardedHeaders(text.slice(0, 100_000), forwardPrefix.test(subject));
  if (block === null) return null;
  const from = mailboxOf(block.from);
  if (from.address === '') return null;
  return { from, subject: block.subject === null ? null : block.subject.trim() || null, text: block.text };
}

/** `Jane Doe [mailto:jane@example.com]`, `Jane <jane@x<mailto:jane@x>>` and the like. The text is decoded already. */
function mailboxOf(value: string): Address {
  const address = /[^\s<>@"'()[\]:;,]{1,64}@[^\s<>@"'()[\]:;,]{1,255}/.exec(value.replace(/mailto:/gi, ''))?.[0].toLowerCase() ?? '';
  const name = value
    .replace(/[<[(].*$/s, '')
    .replace(/["*_]/g, '')
    .trim();
  return { address, name: name.includes('@') ? '' : name.slice(0, 500) };
}
