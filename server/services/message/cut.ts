import { voidElements } from './html/html';

/** Texts of a stranger, cut to a length that can be kept in a row and shown in a list. */

/** The beginning of a text, of at most this many bytes in UTF-8, without half characters. */
export function cutText(text: string, maxBytes: number): string {
  // No character has more than three bytes for each of its UTF-16 units.
  if (text.length * 3 <= maxBytes || Buffer.byteLength(text) <= maxBytes) return text;
  // Nothing behind this can be part of the result.
  const bytes = Buffer.from(text.slice(0, maxBytes));
  let end = Math.min(maxBytes, bytes.byteLength);
  // 10xxxxxx continues a character (RFC 3629 §3).
  while (end > 0 && (bytes[end] & 0xc0) === 0x80) end -= 1;
  return bytes
    .subarray(0, end)
    .toString('utf8')
    .replace(/\uFFFD$/, '');
}

/** What closing the tags may add: sanitised HTML is at most 300 tags deep. */
const ROOM_BYTES = 4_000;

/** The same of HTML that `sanitizeHtml` made: it ends between two tags, and those that are open are closed. */
export function cutHtml(html: string, maxBytes: number): string {
  if (Buffer.byteLength(html) <= maxBytes) return html;
  const cut = cutText(html, maxBytes - ROOM_BYTES);
  // Sanitised HTML has "<" and ">" in tags alone.
  const whole = cut.lastIndexOf('<') > cut.lastIndexOf('>') ? cut.slice(0, cut.lastIndexOf('<')) : cut.replace(/&#?\w{0,10}$/, '');
  const open: string[] = [];
  for (const [, slash, name] of whole.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
    if (!slash && !voidElements.has(name)) open.push(name);
    else if (slash && open.includes(name)) open.length = open.lastIndexOf(name);
  }
  return `${whole}${open
    .reverse()
    .map((name) => `</${name}>`)
    .join('')}`;
}
