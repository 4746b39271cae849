import { latin1 } from './charset';
import { looksLikeUtf8 } from './utf8';

/** Texts whose Content-Transfer-Encoding says what they are not. */

/** Bytes of plain text at the start of what calls itself base64: 0 when it is base64, the whole when no line of it is. */
export function proseBeforeBase64(body: Buffer): number {
  const first = firstSolid(body);
  if (first === body.length || !isProse(lineAt(body, first))) return 0;
  for (let at = first; at < body.length; at = endOfLine(body, at)) if (mayBeBase64(lineAt(body, at))) return at;
  return body.length;
}

/** Behind the line feed. */
function endOfLine(body: Buffer, at: number): number {
  const feed = body.indexOf(0x0a, at);
  return feed < 0 ? body.length : feed + 1;
}

/** The first characters are enough to tell. */
const lineAt = (body: Buffer, at: number): string => latin1(body.subarray(at, Math.min(endOfLine(body, at), at + 1000))).trim();

/** Where the first line that is not blank begins. */
function firstSolid(body: Buffer): number {
  let at = 0;
  for (let i = 0; i < body.length; i++) {
    if (body[i] === 0x0a) at = i + 1;
    else if (body[i] !== 0x0d && body[i] !== 0x20 && body[i] !== 0x09) return at;
  }
  return body.length;
}

const isProse = (line: string): boolean => /[^A-Za-z0-9+/=]/.test(line);

/** In the midst of prose a word is a word: base64 there is a long line, or ends with its padding. */
const mayBeBase64 = (line: string): boolean =>
  !isProse(line) && (line.length >= 40 || /^(?:[A-Za-z0-9+/]{4})+[A-Za-z0-9+/]{2}(?:==|[A-Za-z0-9+/]=)$/.test(line));

/** A footer is a few lines: further from the end nobody needs to look, however large the file. */
const FOOTER = 8192;

/**
 * Where base64 ends and lines of prose follow, as lists and virus scanners add them; the whole when none do. A third of all texts
 * end without padding, so only the lines tell: those before are whole groups of four, those behind have words with blanks between.
 */
export function footerBehindBase64(text: string): number {
  let at = Math.max(0, text.length - FOOTER);
  if (at > 0) at = text.indexOf('\n', at) + 1 || text.length;
  const tail = text.slice(at);
  if (!/\S[ \t]\S/.test(tail)) return text.length;
  let end = 0; // of the last line of base64
  let place = 0;
  let isGap = false;
  for (const line of tail.split('\n')) {
    if (line.trim() === '') isGap = end > 0;
    else if (isGap || isProse(line.trim())) break;
    else end = place + line.trimEnd().length;
    place += line.length + 1;
  }
  const behind = tail.slice(end);
  if (!/\S[ \t]\S/.test(behind) || behind.split('\n').some((line) => mayBeBase64(line.trim()))) return text.length;
  const signs = text.slice(0, at + end).replace(/\s+/g, '').length;
  return signs > 0 && signs % 4 === 0 ? at + end : text.length;
}

/** Each `=` begins what RFC 2045 §6.7 knows, one at least ends its line, and no line is longer than it allows. */
export function isQuotedPrintable(body: Buffer): boolean {
  let count = 0;
  let soft = 0;
  for (let at = body.indexOf(0x3d); at >= 0; at = body.indexOf(0x3d, at + 1)) {
    const next = latin1(body.subarray(at + 1, at + 3));
    if (/^\r?\n/.test(next)) soft++;
    else if (!/^[0-9A-F]{2}$/.test(next)) return false;
    count++;
  }
  return count >= 3 && soft > 0 && soft < count && longestLine(body) <= 78;
}

function longestLine(body: Buffer): number {
  let longest = 0;
  for (let at = 0, end = 0; at < body.length; at = end) {
    end = endOfLine(body, at);
    longest = Math.max(longest, end - at);
  }
  return longest;
}

/** Lines of one length and a last one, as encoders write them. */
function isBase64(body: Buffer): boolean {
  if (body.length < 120) return false;
  const first = body.indexOf(0x0a);
  if (first < 60 || first > 77 || isProse(latin1(body.subarray(0, first)).trim())) return false;
  const lines = latin1(body).trim().split(/\r?\n/);
  const width = lines[0].length;
  return lines.every(
    (line, i) => (i < lines.length - 1 ? line.length === width : line.length <= width) && /^[A-Za-z0-9+/]+={0,2}$/.test(line),
  );
}

/** What the lines of base64 hold, where that is text; else null. */
export function base64Text(body: Buffer): Buffer | null {
  if (!isBase64(body)) return null;
  const decoded = Buffer.from(latin1(body), 'base64');
  const isText =
    !decoded.some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20)) &&
    (looksLikeUtf8(decoded) || !decoded.some((byte) => byte > 0x7f));
  return isText ? decoded : null;
}
