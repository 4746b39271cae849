import { charsetNamed, decodeLeniently, decodeStrictly, latin1 } from './charset-decoders';
import { guessCharset } from './charset-guess';
import { decodeMixed } from './mixed-charsets';
import { decodeSevenBit } from './seven-bit';
import { countUtf8, looksLikeUtf8, utf8Share } from './utf8';
import { type Said, say } from '../../../../shared/sentences/words';

export { latin1 } from './charset-decoders';

/**
 * Bytes to text, whatever the label says. The decoders are libraries' (charset-decoders.ts); this file knows which labels lie:
 * iso-8859-1 that is windows-1252 or even UTF-8, UTF-8 that is not or not in all lines, and no label at all.
 */
interface DecodedText {
  text: string;
  /** The charset that was used. */
  charset: string;
  /** What had to be repaired, as a sentence; null when the label was right. */
  warning: Said | null;
}

/** Labels that say nothing: the text decides. */
const emptyLabels = new Set([
  '',
  'us-ascii',
  'ascii',
  'ansi_x3.4-1968',
  'iso646-us',
  'unknown',
  'x-unknown',
  'unknown-8bit',
  'x-user-defined',
  'default',
  'default_charset',
  'autodetect',
  'autodetect_all',
  '8bit',
  '7bit',
  'binary',
  'none',
  'ansi',
  'cp0',
]);

/**
 * Decodes text by its label, and repairs the label where the bytes contradict it. Never throws; NUL characters and lone surrogates do not survive (PostgreSQL refuses them).
 */
export function decodeText(bytes: Uint8Array, label: string | null): DecodedText {
  if (!hasHighOrEscape(bytes) && !isWideLabel(label)) return { text: storableText(latin1(bytes)), charset: 'utf-8', warning: null };
  const named = normaliseLabel(label);
  const marked = named?.startsWith('utf-32') === true ? null : byteOrderMark(bytes); // its mark begins with that of UTF-16
  if (marked !== null) return decodedAs(bytes, marked, named === null || named === marked ? null : named);
  const seven = decodeSevenBit(bytes, named);
  if (seven !== null)
    return {
      text: storableText(seven.text),
      charset: seven.charset,
      warning: seven.charset === named ? null : repairedFrom(label, seven.charset),
    };
  if (named === 'utf-8' && isCutShort(bytes)) return decodeDamaged(bytes, named, label);
  const mixed = named === null || named === 'utf-8' ? decodeMixed(bytes, null) : western.test(named) ? decodeMixed(bytes, named) : null;
  if (mixed !== null) return { text: storableText(mixed.text), charset: 'utf-8', warning: repairedFrom(label, `utf-8 + ${mixed.charset}`) };
  if (named === null) return decodeGuessed(bytes, label);
  if (isUtf8Beyond(bytes, named)) return decodedAs(bytes, 'utf-8', named);
  const strict = named in eightBitSiblings ? null : decodeStrictly(bytes, named);
  if (strict !== null) return { text: storableText(strict), charset: named, warning: null };
  return decodeDamaged(bytes, named, label);
}

/** The name of a charset label; null for none, an empty one or an unknown one. */
export function normaliseLabel(label: string | null): string | null {
  const name = (label ?? '')
    .trim()
    .toLowerCase()
    .replace(/^["']+|["';,]+$/g, '')
    .replace(/^(?:3d|=)/, '')
    .replace(/^charset=/, '')
    .replace(/\$esc$/, '')
    .replace(/^_/, '');
  if (emptyLabels.has(name)) return null;
  if (/^(?:unicode-1-1-)?utf-?7$/.test(name)) return 'utf-7';
  if (/^hz(?:-gb-2312)?$/.test(name)) return 'hz-gb-2312';
  if (/^(?:cs)?iso-?2022-?jp/.test(name)) return 'iso-2022-jp';
  if (/^(?:cs)?iso-?2022-?kr$/.test(name)) return 'iso-2022-kr';
  if (/^iso-?2022-?cn(?:-ext)?$/.test(name)) return 'iso-2022-cn';
  return charsetNamed(name);
}

/**
 * UTF-8 under the label of a charset with one byte a character, which never fails to decode: it shows as `Ã¼`. A damaged byte does not
 * make it anything else. In other scripts two letters can be UTF-8 by chance, and charsets with more bytes fail on their own.
 */
function isUtf8Beyond(bytes: Uint8Array, named: string): boolean {
  if (western.test(named)) return looksLikeUtf8(bytes) || utf8Share(bytes) >= 0.8;
  return eightBit.test(named) && utf8Share(bytes) >= 0.9 && bytes.reduce((high, byte) => high + (byte >> 7), 0) >= 8;
}

const western = /^(?:windows-125[0247]|iso-8859-(?:1|2|3|4|9|1[03456])|macintosh|(?:cp|ibm)(?:437|85[0-8]|86[0135]))$/;
const eightBit = /^(?:windows-|iso-8859-|koi8-|cp\d|ibm\d|mac|x-mac|viscii|tcvn)/;

/** A name for a charset that Node does not know, for the warning: the sentence must not echo control characters. */
function repairedFrom(label: string | null, charset: string): Said {
  const shown = (label ?? '').replace(/[^\w.:-]/g, '').slice(0, 40);
  return shown === '' ? say('message.noCharset', { charset }) : say('message.otherCharset', { name: shown, charset });
}

function decodedAs(bytes: Uint8Array, charset: string, instead: string | null): DecodedText {
  const text = storableText(decodeLeniently(bytes, charset));
  return { text, charset, warning: instead === null ? null : repairedFrom(instead, charset) };
}

function decodeGuessed(bytes: Uint8Array, label: string | null): DecodedText {
  const charset = guessCharset(bytes);
  const decoded = decodedAs(bytes, charset, null);
  return { ...decoded, warning: charset === 'utf-8' ? null : repairedFrom(label, charset) };
}

/** UTF-8 of which nothing but the end of its only character is missing. */
function isCutShort(bytes: Uint8Array): boolean {
  const { characters, damaged } = countUtf8(bytes);
  return characters === 0 && damaged === 0;
}

/** What programs send that name a seven-bit charset and forget to encode. */
const eightBitSiblings: Record<string, string[]> = {
  'iso-2022-jp': ['shift_jis', 'euc-jp'],
  'iso-2022-kr': ['euc-kr'],
  'iso-2022-cn': ['gb18030', 'big5'],
};

export const charsetsMeantBy = (named: string): string[] => eightBitSiblings[named] ?? [named];

/** The label's decoder met bytes that it cannot read: another charset, or a few damaged bytes. */
function decodeDamaged(bytes: Uint8Array, named: string, label: string | null): DecodedText {
  const isMostlyUtf8 = named === 'utf-8' && (utf8Share(bytes) >= 0.5 || isCutShort(bytes));
  const guessed = isMostlyUtf8 ? named : guessCharset(bytes, eightBitSiblings[named]);
  const charset = guessed === 'windows-1252' && named !== 'utf-8' && !(named in eightBitSiblings) ? named : guessed;
  if (charset !== named) return decodedAs(bytes, charset, label ?? named);
  const text = storableText(decodeLeniently(bytes, named));
  return { text, charset: named, warning: say('message.brokenBytes', { charset: named }) };
}

// --- small things --------------------------------------------------------------------------------------------------

function byteOrderMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/** UTF-16 and the seven-bit encodings of more are not ASCII even when every byte is. */
function isWideLabel(label: string | null): boolean {
  return label !== null && /utf-?_?(?:7|16|32)|unicode|ucs|hz|2022/i.test(label);
}

function hasHighOrEscape(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] >= 0x80 || bytes[i] === 0x1b) return true;
  return false;
}

const loneSurrogate = /\p{Cs}/u;

/** No NUL, no lone surrogate, no byte order mark at the start: text that every database takes. */
export function storableText(text: string): string {
  const start = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const clean = start.includes('\0') ? start.replaceAll('\0', '') : start;
  return loneSurrogate.test(clean) ? clean.replace(/\p{Cs}/gu, '\uFFFD') : clean;
}
