import { latin1 } from './charset';
import { trimBlanks, type HeaderField } from './header';
import { MessageLimitError, type Limits } from '../limits';
import { type Said, say } from '../../../../shared/sentences/words';

/** Where the headers of a message or of a part begin and end, and their lines. */

export const HEADERS_BREAK_OFF = say('message.headersNotEnded');

const fieldName = /^[\x21-\x39\x3b-\x7e]{1,998}[ \t]*:/;

/** Fields by which a header block is told from text: `Note: the printer is broken` has the form of a field as well. */
const wellKnownField =
  /^(?:from|to|cc|bcc|subject|date|sender|reply-to|message-id|in-reply-to|references|return-path|received|delivered-to|mime-version|auto-submitted|precedence|importance|priority|organization|user-agent|dkim-signature|authentication-results|(?:content|list|arc|thread|x|resent|received|return|errors|disposition|auto)-[\w-]+)[ \t]*:/i;

/** Where the headers start: behind a byte order mark and empty lines that some gateways put before them. */
export function headersStart(bytes: Buffer): number {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let at = start;
  while (at < bytes.length && endOfLine(bytes, at).text === at) at = endOfLine(bytes, at).next;
  return wellKnownField.test(lineAt(bytes, at)) ? at : start;
}

/**
 * The header block: up to the first empty line (RFC 5322 §2.1). Lines that are no field are left out when well-known fields follow
 * them; when text follows, the body begins there, so that a message without headers or without the empty line keeps its text.
 */
export function parseHeaders(
  bytes: Buffer,
  { limits: { maxHeaderBytes }, warnings }: { limits: Limits; warnings: Said[] },
): { headers: HeaderField[]; bodyStart: number } {
  const fields: string[][] = [];
  let at = 0;
  let bodyStart = bytes.length;
  let lastKnown = -1;
  while (at < bytes.length) {
    const { text, next } = endOfLine(bytes, at);
    if (text === at) {
      bodyStart = next;
      break;
    }
    if (text > maxHeaderBytes) throw new MessageLimitError('headerBytes', say('message.headersTooLong', { count: maxHeaderBytes }));
    const line = latin1(bytes.subarray(at, text));
    if ((line[0] === ' ' || line[0] === '\t') && fields.length > 0) fields[fields.length - 1].push(line);
    else if (fieldName.test(line)) fields.push([line]);
    else if (!/^>?From /.test(line)) {
      if (lastKnown < 0) lastKnown = lastKnownField(bytes, next, maxHeaderBytes);
      if (lastKnown < next) {
        bodyStart = at;
        if (fields.length > 0) warnings.push(HEADERS_BREAK_OFF);
        break;
      }
      warnings.push(say('message.noHeader'));
    }
    at = next;
  }
  return { headers: fields.map(headerField), bodyStart };
}

/** Where the last well-known field before the next empty line starts; 0 when there is none. */
function lastKnownField(bytes: Buffer, from: number, maxBytes: number): number {
  let last = 0;
  for (let at = from; at < bytes.length && at < maxBytes;) {
    const { text, next } = endOfLine(bytes, at);
    if (text === at) break;
    if (wellKnownField.test(latin1(bytes.subarray(at, Math.min(text, at + 100))))) last = at;
    at = next;
  }
  return last;
}

/** Unfolds (RFC 5322 §2.2.3): the line ends go, the blanks stay. */
function headerField(lines: string[]): HeaderField {
  const field = lines.length === 1 ? lines[0] : lines.join('');
  const colon = field.indexOf(':');
  return { name: field.slice(0, colon).trim().toLowerCase(), raw: trimBlanks(field.slice(colon + 1)) };
}

/** Where the line's text ends and where the next line starts. Line ends are CRLF, LF or a lone CR. */
export function endOfLine(bytes: Buffer, at: number): { text: number; next: number } {
  const feed = bytes.indexOf(0x0a, at);
  const text = feed < 0 ? bytes.length : feed;
  const next = feed < 0 ? bytes.length : feed + 1;
  return { text: text > at && bytes[text - 1] === 0x0d ? text - 1 : text, next };
}

export function lineAt(bytes: Buffer, at: number): string {
  return latin1(bytes.subarray(at, Math.min(endOfLine(bytes, at).text, at + 1000)));
}
