import { latin1 } from './charset';
import { base64Text, footerBehindBase64, isQuotedPrintable, proseBeforeBase64 } from './mislabelled';

/**
 * Content-Transfer-Encoding (RFC 2045 §6) to bytes. What cannot be decoded stays as it is; nothing throws. With `isText`, plain
 * text that stands before or behind base64 (a gateway's warning, a list's footer) is kept as text, and so is all of one that is none.
 */
export function decodeTransfer(body: Buffer, encoding: string, isText = false): Buffer {
  switch (encoding) {
    case 'base64': {
      const prose = isText ? proseBeforeBase64(body) : 0;
      const text = latin1(body.subarray(prose));
      const footer = isText ? footerBehindBase64(text) : text.length;
      if (prose === 0 && footer === text.length) return decodeBase64(text, isText);
      return Buffer.concat([body.subarray(0, prose), decodeBase64(text.slice(0, footer), isText), body.subarray(prose + footer)]);
    }
    case 'quoted-printable':
      return decodeQuotedPrintable(body);
    case 'x-uuencode':
    case 'uuencode':
    case 'x-uue':
      return decodeUu(latin1(body)) ?? body;
    default:
      return body;
  }
}

/** A text of the body, decoded where it is encoded though nothing says so. A file is left as it is: it may be about encodings. */
export function decodeUnsaid(body: Buffer, encoding: string): Buffer {
  if (!/^(?:|7bit|8bit)$/.test(encoding)) return body;
  return isQuotedPrintable(body) ? decodeQuotedPrintable(body) : (base64Text(body) ?? body);
}

/**
 * RFC 2045 §6.8, piece by piece: programs that put something behind a text encode it on its own, so that padding stands in the
 * middle. Node alone stops at the first padding.
 */
function decodeBase64(text: string, isText: boolean): Buffer {
  if (!text.includes('=')) return Buffer.from(text, 'base64');
  const lastProse = lastOutsideBase64(text);
  const out = Buffer.allocUnsafe(text.length);
  let length = 0;
  let at = 0;
  for (let padding = text.indexOf('='); padding >= 0; padding = text.indexOf('=', at)) {
    length += out.write(text.slice(at, padding), length, 'base64');
    at = padding;
    while (text[at] === '=') at++;
    if (lastProse < at) continue;
    if (isText) length += out.write(text.slice(at), length, 'latin1');
    return out.subarray(0, length);
  }
  length += out.write(text.slice(at), length, 'base64');
  return out.subarray(0, length);
}

/** Place of the last character that is neither base64 nor a blank; -1 when there is none. */
function lastOutsideBase64(text: string): number {
  let at = text.length - 1;
  while (at >= 0 && /[A-Za-z0-9+/=\s]/.test(text[at])) at--;
  return at;
}

const hexValue = new Int8Array(256).fill(-1);
for (let i = 0; i < 16; i++) {
  hexValue['0123456789ABCDEF'.charCodeAt(i)] = i;
  hexValue['0123456789abcdef'.charCodeAt(i)] = i;
}

/** RFC 2045 §6.7: `=XX`, soft line breaks, blanks at line ends dropped. A `=` that is neither stays. */
export function decodeQuotedPrintable(body: Buffer): Buffer {
  const out = Buffer.allocUnsafe(body.length);
  let length = 0;
  let solid = 0; // where the line's last byte that is not a blank ends
  for (let i = 0; i < body.length; i++) {
    const byte = body[i];
    if (byte === 0x0a || byte === 0x0d) {
      length = solid;
      out[length++] = byte;
      solid = length;
    } else if (byte !== 0x3d) {
      out[length++] = byte;
      if (byte !== 0x20 && byte !== 0x09) solid = length;
    } else {
      const high = hexValue[body[i + 1]] ?? -1;
      const low = hexValue[body[i + 2]] ?? -1;
      const soft = softBreak(body, i + 1);
      if (high >= 0 && low >= 0) {
        out[length++] = (high << 4) | low;
        i += 2;
      } else if (soft > 0) i += soft;
      else out[length++] = byte;
      solid = length;
    }
  }
  return out.subarray(0, length);
}

/** Length of blanks and one line end from here, or 0 when something else follows. */
function softBreak(body: Buffer, from: number): number {
  let i = from;
  while (body[i] === 0x20 || body[i] === 0x09) i++;
  if (body[i] === 0x0d && body[i + 1] === 0x0a) return i + 2 - from;
  return body[i] === 0x0a || body[i] === 0x0d ? i + 1 - from : i >= body.length ? i - from : 0;
}

interface UuFile {
  name: string;
  content: Buffer;
  /** Where it stands in the text. */
  start: number;
  end: number;
}

/** Files that old programs put into the text itself: `begin 644 name` … `end`. */
export function uuFiles(text: string): UuFile[] {
  if (!text.includes('begin ')) return [];
  const files: UuFile[] = [];
  const begin = /^begin [0-7]{3,4} ([^\r\n]{1,255})\r?\n/gm;
  for (let match = begin.exec(text); match !== null; match = begin.exec(text)) {
    const from = begin.lastIndex;
    const close = /^end[ \t]*$/m.exec(text.slice(from));
    if (close === null) break;
    const body = text.slice(from, from + close.index);
    const content = uuLines(body);
    if (content === null) continue;
    const end = from + close.index + close[0].length;
    files.push({ name: match[1].trim(), content, start: match.index, end });
    begin.lastIndex = end;
  }
  return files;
}

function decodeUu(text: string): Buffer | null {
  return uuFiles(text)[0]?.content ?? uuLines(text);
}

function uuLines(text: string): Buffer | null {
  const chunks: number[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line === '' || line === '`' || line === ' ') continue;
    const count = (line.charCodeAt(0) - 32) & 63;
    if (line.charCodeAt(0) < 32 || line.charCodeAt(0) > 96 || line.length - 1 < Math.ceil((count * 4) / 3) - 3) return null;
    const value = (at: number): number => ((at < line.length ? line.charCodeAt(at) : 32) - 32) & 63;
    for (let i = 0, at = 1; i < count; i += 3, at += 4) {
      const [a, b, c, d] = [value(at), value(at + 1), value(at + 2), value(at + 3)];
      const three = [(a << 2) | (b >> 4), ((b & 15) << 4) | (c >> 2), ((c & 3) << 6) | d];
      for (let j = 0; j < 3 && i + j < count; j++) chunks.push(three[j]);
    }
  }
  return Buffer.from(chunks);
}
