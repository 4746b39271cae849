import { readBody } from '../../body';
import { readInlineForward } from './inline';
import { decodeWords, parseAddresses } from '../../mime/header';
import { defaultLimits, MessageLimitError } from '../../limits';
import { parseMime, rawHeader, type Part } from '../../mime/mime';
import type { Address, Attachment } from '../../types';
import { cut } from '../../../lib/cut';

/** Who wrote the mail that somebody forwards to us: attached as message/rfc822, or quoted in the text. */
interface Forwarded {
  from: Address;
  subject: string | null;
  /** What the original sender wrote, without the note of the person who forwards it. */
  text: string | null;
}

/**
 * The original sender, subject and text of a forward; null when the mail is none. A reply also quotes a header block, so an inline
 * forward needs a forward's separator, or a subject that says so.
 */
export function forwardedFrom(root: Part, { subject, text, attachments }: ForwardSource): Forwarded | null {
  return (root.type === 'multipart/report' ? null : fromAttached(attachments)) ?? fromText(subject, text);
}

interface ForwardSource {
  subject: string;
  text: string;
  attachments: Attachment[];
}

/**
 * One attached message, and that alone: several are a collection, and a delivery report is not a forward. Web mailers and winmail.dat attach
 * one as a file, which is told by its name.
 */
function fromAttached(attachments: Attachment[]): Forwarded | null {
  const attached = attachments.filter(({ mime, name }) => /^message\/(?:rfc822|global)$/.test(mime) || /\.eml$/i.test(name));
  if (attached.length !== 1) return null;
  const inner = messageIn(attached[0].content);
  const from = inner === null ? undefined : parseAddresses(rawHeader(inner, 'from'))[0];
  if (inner === null || from === undefined || from.address === '') return null;
  return { from, subject: decodeWords(rawHeader(inner, 'subject')).trim() || null, text: readBody(inner, []).text.trim() || null };
}

/** The words come before the files; what a large mail carries behind is not needed here. */
const MAX_ATTACHED_BYTES = 2_000_000;

function messageIn(source: Uint8Array): Part | null {
  try {
    return parseMime(source.subarray(0, MAX_ATTACHED_BYTES), defaultLimits, []);
  } catch (error) {
    if (error instanceof MessageLimitError) return null; // a bomb inside: it stays an attachment that nobody opens
    throw error;
  }
}

function fromText(subject: string, text: string): Forwarded | null {
  const forward = readInlineForward(text, subject);
  if (forward === null) return null;
  const from = mailboxOf(forward.from);
  return from.address === '' ? null : { from, subject: forward.subject, text: forward.text };
}

/** `Jane Doe [mailto:jane@example.com]`, `Jane <jane@x<mailto:jane@x>>` and the like. The text is decoded already. */
function mailboxOf(value: string): Address {
  const address = /[^\s<>@"'()[\]:;,]{1,64}@[^\s<>@"'()[\]:;,]{1,255}/.exec(value.replace(/mailto:/gi, ''))?.[0].toLowerCase() ?? '';
  const name = value
    .replace(/[<[(].*$/s, '')
    .replace(/["*_]/g, '')
    .trim();
  return { address, name: name.includes('@') ? '' : cut(name, 500) };
}
