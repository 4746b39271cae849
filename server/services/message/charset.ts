import { decodeSingleByte, singleByteCharset } from './single-byte';
import { looksLikeUtf8, utf8Damage } from './utf8';

/**
 * Bytes to text, whatever the label says. The WHATWG decoders of Node do the tables; this file knows which labels lie:
 * gb2312 that is GBK, ks_c_5601-1987 that is CP949, iso-8859-1 that is windows-1252 or even UTF-8, and no label at all.
 */
export interface DecodedText {
  text: string;
  /** The charset that was used, as a WHATWG name. */
  charset: string;
  /** What had to be repaired, as a sentence; null when the label was right. */
  warning: string | null;
}

/** Labels seen in mail that the WHATWG registry does not list, or lists for something narrower. */
const labelOf: Record<string, string> = {
  gb2312: 'gb18030',
  gbk: 'gb18030',
  'x-gbk': 'gb18030',
  cp936: 'gb18030',
  ms936: 'gb18030',
  'gb_2312-80': 'gb18030',
  'ks_c_5601-1987': 'euc-kr',
  ks_c_5601: 'euc-kr',
  ksc5601: 'euc-kr',
  cp949: 'euc-kr',
  uhc: 'euc-kr',
  cp932: 'shift_jis',
  'shift-jisx0213': 'shift_jis',
  'iso-2022-jp-1': 'iso-2022-jp',
  'iso-2022-jp-2': 'iso-2022-jp',
  'iso-2022-jp-ms': 'iso-2022-jp',
  cp50220: 'iso-2022-jp',
  cp950: 'big5',
  cp1250: 'windows-1250',
  cp1251: 'windows-1251',
  cp1252: 'windows-1252',
  cp1253: 'windows-1253',
  cp1254: 'windows-1254',
  cp1255: 'windows-1255',
  cp1256: 'windows-1256',
  cp1257: 'windows-1257',
  cp1258: 'windows-1258',
  cp874: 'windows-874',
  'tis-620': 'windows-874',
  utf8mb4: 'utf-8',
  utf_8: 'utf-8',
  unicode: 'utf-16le',
  'x-mac-roman': 'macintosh',
  'mac-roman': 'macintosh',
};

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
  '_autodetect',
  '_autodetect_all',
  '8bit',
  '7bit',
  'binary',
  'none',
  'ansi',
  'cp0',
]);

/** Single-byte western charsets, which never fail to decode; UTF-8 that is labelled so shows as `Ã¼`. */
const westernCharsets = new Set(['windows-1252', 'iso-8859-15', 'iso-8859-2', 'windows-1250', 'macintosh', 'ibm437', 'ibm850']);

const strictDecoders = new Map<string, TextDecoder | null>();
const lenientDecoders = new Map<string, TextDecoder | null>();

/**
 * Decodes text by its label, and repairs the label where the bytes contradict it. Never throws; NUL characters and lone
 * surrogates do not survive (PostgreSQL refuses them).
 */
export function decodeText(bytes: Uint8Array, label: string | null): DecodedText {
  if (!hasHighOrEscape(bytes) && !isWideLabel(label)) return { text: tidy(latin1(bytes)), charset: 'utf-8', warning: null };
  const named = normaliseLabel(label);
  const marked = byteOrderMark(bytes);
  if (marked !== null) return decodedAs(bytes, marked, named === null || named === marked ? null : named);
  const seven = sevenBitCharset(bytes, named);
  if (seven !== null)
    return { text: tidy(seven.text), charset: seven.charset, warning: seven.charset === named ? null : repairedFrom(label, seven.charset) };
  if (named === null) return decodeGuessed(bytes, label);
  if (westernCharsets.has(named) && looksLikeUtf8(bytes)) return decodedAs(bytes, 'utf-8', named);
  const strict = strictly(bytes, named);
  if (strict !== null) return { text: tidy(strict), charset: named, warning: null };
  return decodeDamaged(bytes, named, label);
}

/** The WHATWG name of a charset label, or null for none, an empty one or an unknown one. */
export function normaliseLabel(label: string | null): string | null {
  const name = (label ?? '')
    .trim()
    .toLowerCase()
    .replace(/^["']+|["';,]+$/g, '')
    .replace(/^(?:3d|=)/, '')
    .replace(/^charset=/, '')
    .replace(/^x-(?=windows|iso|euc|sjis|cp|big5)/, '')
    .replace(/\$esc$/, '')
    .replace(/^cs(?=iso|shift|euc|ks)/, '')
    .replace(/^_/, '');
  if (emptyLabels.has(name)) return null;
  if (/^(?:unicode-1-1-)?utf-?7$/.test(name)) return 'utf-7';
  if (/^hz(?:-gb-2312)?$/.test(name)) return 'hz-gb-2312';
  if (name === 'iso-2022-kr' || name === 'iso2022kr') return 'iso-2022-kr';
  if (/^iso-?2022-?cn(?:-ext)?$/.test(name)) return 'iso-2022-cn';
  const ofDos = singleByteCharset(name);
  if (ofDos !== null) return ofDos;
  const mapped =
    labelOf[name] ??
    name
      .replace(/^utf_?(?=\d)/, 'utf-')
      .replace(/^win(?:dows)?[-_ ]?(?=12\d\d)/, 'windows-')
      .replace(/^iso[-_ ]?8859[-_ ]?/, 'iso-8859-');
  const decoder = lenient(mapped);
  return decoder === null ? null : (labelOf[decoder.encoding] ?? decoder.encoding);
}

/** A name for a charset that Node does not know, for the warning: the sentence must not echo control characters. */
function repairedFrom(label: string | null, charset: string): string {
  const shown = (label ?? '').replace(/[^\w.:-]/g, '').slice(0, 40);
  return shown === '' ? `No charset was named; read as ${charset}.` : `The charset was named ${shown}; read as ${charset}.`;
}

function decodedAs(bytes: Uint8Array, charset: string, instead: string | null): DecodedText {
  const text = tidy(leniently(bytes, charset));
  return { text, charset, warning: instead === null ? null : repairedFrom(instead, charset) };
}

function decodeGuessed(bytes: Uint8Array, label: string | null): DecodedText {
  const charset = guessCharset(bytes);
  const decoded = decodedAs(bytes, charset, null);
  return { ...decoded, warning: charset === 'utf-8' ? null : repairedFrom(label, charset) };
}

/** The label's decoder met bytes that it cannot read: another charset, or a few damaged bytes. */
function decodeDamaged(bytes: Uint8Array, named: string, label: string | null): DecodedText {
  if (named !== 'utf-8' && looksLikeUtf8(bytes)) return decodedAs(bytes, 'utf-8', label ?? named);
  const guessed = named === 'utf-8' && utf8Damage(bytes) < 0.1 ? named : guessCharset(bytes);
  const charset = guessed === 'windows-1252' && named !== 'utf-8' ? named : guessed;
  if (charset !== named) return decodedAs(bytes, charset, label ?? named);
  const text = tidy(leniently(bytes, named));
  return { text, charset: named, warning: `Some bytes are not ${named}; they are shown as \uFFFD.` };
}

// --- guessing ------------------------------------------------------------------------------------------------------

interface Candidate {
  charset: string;
  /** Share of the non-ASCII characters that a text of this charset would hold, 0…1. */
  expected: RegExp;
}

const doubleByte: Candidate[] = [
  { charset: 'shift_jis', expected: /[\u3040-\u30ff]/g },
  { charset: 'euc-jp', expected: /[\u3040-\u30ff]/g },
  { charset: 'euc-kr', expected: /[\uac00-\ud7a3]/g },
  {
    charset: 'gb18030',
    expected: /[的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年您好请谢问]/g,
  },
  { charset: 'big5', expected: /[的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年您好請謝問]/g },
];

/**
 * The charset of bytes without a (believable) label. UTF-8 shows itself; ISO-2022 is handled before; then the double-byte
 * charsets, each by the characters that its language cannot do without; then Cyrillic; else windows-1252.
 */
export function guessCharset(bytes: Uint8Array): string {
  if (looksLikeUtf8(bytes)) return 'utf-8';
  if (utf8Damage(bytes) < 0.1) return 'utf-8';
  const sample = bytes.length > 20_000 ? bytes.subarray(0, 20_000) : bytes;
  if (highShare(sample) < 0.02 || isolatedShare(sample) > 0.6) return 'windows-1252';
  let best = { charset: '', score: 0.12 };
  for (const { charset, expected } of doubleByte) {
    const text = whatwg(trimToCharacter(sample, bytes.length), charset);
    if (text === null) continue;
    const high = text.match(/[^\x00-\x7f]/g)?.length ?? 1;
    const score = (text.match(expected)?.length ?? 0) / high;
    if (score > best.score) best = { charset, score };
  }
  return best.charset || guessCyrillic(sample);
}

function guessCyrillic(bytes: Uint8Array): string {
  const score = (charset: string): number =>
    (
      lenient(charset)
        ?.decode(bytes)
        .match(/(?<![А-Я])[а-яё]{2,}/g) ?? []
    ).join('').length;
  const [windows, koi] = [score('windows-1251'), score('koi8-r')];
  const high = bytes.reduce((sum, byte) => sum + (byte >= 0x80 ? 1 : 0), 0);
  if (Math.max(windows, koi) < high * 0.5) return 'windows-1252';
  return koi > windows ? 'koi8-r' : 'windows-1251';
}

/** A sample cut in the middle of a character would fail to decode: drop the unfinished tail. */
function trimToCharacter(sample: Uint8Array, total: number): Uint8Array {
  if (sample.length === total) return sample;
  const end = sample.lastIndexOf(0x0a);
  return end > 0 ? sample.subarray(0, end) : sample;
}

function highShare(bytes: Uint8Array): number {
  let high = 0;
  for (const byte of bytes) if (byte >= 0x80) high++;
  return high / Math.max(1, bytes.length);
}

/** Share of the high bytes that stand alone between ASCII: `Gr\xfc\xdfe` is western, pairs are not. */
function isolatedShare(bytes: Uint8Array): number {
  let high = 0;
  let alone = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] < 0x80) continue;
    high++;
    if ((bytes[i - 1] ?? 0) < 0x80 && (bytes[i + 1] ?? 0) < 0x80) alone++;
  }
  return alone / Math.max(1, high);
}

// --- charsets that live in seven bits ------------------------------------------------------------------------------

function sevenBitCharset(bytes: Uint8Array, named: string | null): { text: string; charset: string } | null {
  if (named === 'utf-7') return { text: decodeUtf7(latin1(bytes)), charset: 'utf-7' };
  if (named === 'hz-gb-2312') return { text: decodeHz(bytes), charset: 'hz-gb-2312' };
  if (!bytes.includes(0x1b)) return named === 'iso-2022-kr' || named === 'iso-2022-cn' ? { text: latin1(bytes), charset: named } : null;
  const head = latin1(bytes.subarray(0, 20_000));
  if (head.includes('\x1b$)C')) return { text: decodeIso2022Kr(bytes), charset: 'iso-2022-kr' };
  if (/\x1b\$\)[AGE]/.test(head)) return { text: decodeIso2022Cn(bytes), charset: 'iso-2022-cn' };
  if (/\x1b(?:\$[@B]|\([BJI]|\$\(D)/.test(head))
    return { text: lenient('iso-2022-jp')?.decode(bytes) ?? latin1(bytes), charset: 'iso-2022-jp' };
  return null;
}

/** RFC 2152. The result is sanitised like any text, so markup hidden in it gains nothing. */
function decodeUtf7(text: string): string {
  return text.replace(/\+([A-Za-z0-9+/]*)-?/g, (_, encoded: string) => {
    if (encoded === '') return '+';
    const bytes = Buffer.from(encoded, 'base64');
    return bytes
      .subarray(0, bytes.length & ~1)
      .swap16()
      .toString('utf16le');
  });
}

/** RFC 1843: `~{` … `~}` holds GB2312 without the high bits. */
function decodeHz(bytes: Uint8Array): string {
  const text = latin1(bytes).replace(/~\{([^~\n]*)(?:~\}|(?=\n)|$)/g, (_, inner: string) =>
    inner.replace(/[\x21-\x7e]/g, (c) => String.fromCharCode(c.charCodeAt(0) | 0x80)),
  );
  return lenient('gb18030')?.decode(Buffer.from(text.replace(/~~/g, '~'), 'latin1')) ?? text;
}

/** RFC 1557: after SO (0x0e) two-byte KS X 1001 without the high bits, until SI (0x0f). */
function decodeIso2022Kr(bytes: Uint8Array): string {
  const text = latin1(bytes)
    .replaceAll('\x1b$)C', '')
    .replace(/\x0e([^\x0f]*)\x0f?/g, (_, inner: string) =>
      inner.replace(/[\x21-\x7e]/g, (c) => String.fromCharCode(c.charCodeAt(0) | 0x80)),
    );
  return lenient('euc-kr')?.decode(Buffer.from(text, 'latin1')) ?? text;
}

/**
 * RFC 1922: `ESC $ ) A` designates GB2312, SO and SI switch to it and back. Characters of Taiwan's CNS 11643, which mail in this
 * charset hardly holds, become replacement characters.
 */
function decodeIso2022Cn(bytes: Uint8Array): string {
  let isGb = false;
  let isShifted = false;
  const parts = /\x1b\$\)([AGE])|([\x0e\x0f])|\x1b\$\*H|\x1bN[\s\S]{2}|[^\x1b\x0e\x0f]+/g;
  return latin1(bytes).replace(parts, (part, designation: string | undefined, shift: string | undefined) => {
    if (designation !== undefined) isGb = designation === 'A';
    else if (shift !== undefined) isShifted = shift === '\x0e';
    else if (part.startsWith('\x1bN')) return '\uFFFD';
    else if (part[0] !== '\x1b') return isShifted ? part.replace(/[\x21-\x7e]{2}/g, (pair) => (isGb ? decodeGb(pair) : '\uFFFD')) : part;
    return '';
  });
}

function decodeGb(pair: string): string {
  return lenient('gb18030')?.decode(Uint8Array.of(pair.charCodeAt(0) | 0x80, pair.charCodeAt(1) | 0x80)) ?? pair;
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

function strictly(bytes: Uint8Array, charset: string): string | null {
  if (charset === 'windows-1252') return leniently(bytes, charset);
  if (charset === 'euc-kr') return undamaged(leniently(bytes, charset));
  return whatwg(bytes, charset) ?? decodeSingleByte(latin1(bytes), charset);
}

function whatwg(bytes: Uint8Array, charset: string): string | null {
  try {
    return decoder(strictDecoders, charset, true)?.decode(bytes) ?? null;
  } catch {
    return null; // a TypeError says that these bytes are not of this charset, which is the answer
  }
}

function undamaged(text: string): string | null {
  return text.includes('\uFFFD') ? null : text;
}

/** Decodes with replacement characters. Node's own windows-1252 is latin1, and its euc-kr lacks half of the syllables. */
function leniently(bytes: Uint8Array, charset: string): string {
  if (charset === 'windows-1252') return latin1(bytes).replace(/[\x80-\x9f]/g, (character) => windows1252[character.charCodeAt(0) - 0x80]);
  if (charset === 'euc-kr') return decodeUhc(bytes);
  return lenient(charset)?.decode(bytes) ?? decodeSingleByte(latin1(bytes), charset) ?? latin1(bytes);
}

const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

let extraSyllables: string[] | null = null;

/**
 * CP949, which mail calls ks_c_5601-1987 or euc-kr: KS X 1001, and in the rows before and beside it the syllables that it
 * lacks, in the order of Unicode.
 */
function decodeUhc(bytes: Uint8Array): string {
  let out = '';
  let start = 0;
  for (let i = 0; i + 1 < bytes.length; i++) {
    if (bytes[i] < 0x81) continue;
    const index = uhcIndex(bytes[i], bytes[i + 1]);
    if (index >= 0) {
      extraSyllables ??= syllablesOutsideKs();
      out += (lenient('euc-kr')?.decode(bytes.subarray(start, i)) ?? '') + (extraSyllables[index] ?? '\uFFFD');
      start = i + 2;
    }
    i++;
  }
  return out + (lenient('euc-kr')?.decode(bytes.subarray(start)) ?? '');
}

/** Place of a two-byte code among the extra syllables; -1 for one of KS X 1001. */
function uhcIndex(lead: number, trail: number): number {
  const column =
    trail >= 0x41 && trail <= 0x5a
      ? trail - 0x41
      : trail >= 0x61 && trail <= 0x7a
        ? trail - 0x61 + 26
        : trail >= 0x81
          ? trail - 0x81 + 52
          : -1;
  if (column < 0 || lead > 0xc6 || (lead >= 0xa1 && trail >= 0xa1)) return -1;
  return lead <= 0xa0 ? (lead - 0x81) * 178 + column : 32 * 178 + (lead - 0xa1) * 84 + column;
}

function syllablesOutsideKs(): string[] {
  const inside = new Set<string>();
  for (let lead = 0xb0; lead <= 0xc8; lead++)
    for (let trail = 0xa1; trail <= 0xfe; trail++) inside.add(lenient('euc-kr')?.decode(Uint8Array.of(lead, trail)) ?? '');
  return Array.from({ length: 0xd7a4 - 0xac00 }, (_, i) => String.fromCharCode(0xac00 + i)).filter((syllable) => !inside.has(syllable));
}

function lenient(charset: string): TextDecoder | null {
  return decoder(lenientDecoders, charset, false);
}

function decoder(cache: Map<string, TextDecoder | null>, charset: string, fatal: boolean): TextDecoder | null {
  let made = cache.get(charset);
  if (made === undefined) {
    try {
      made = new TextDecoder(charset, { fatal });
    } catch {
      made = null; // a RangeError says that there is no such charset
    }
    if (cache.size < 200) cache.set(charset, made);
  }
  return made;
}

export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

const loneSurrogate = /\p{Cs}/u;

/** No NUL, no lone surrogate, no byte order mark at the start: text that every database takes. */
export function tidy(text: string): string {
  const start = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const clean = start.includes('\0') ? start.replaceAll('\0', '') : start;
  return loneSurrogate.test(clean) ? clean.replace(/\p{Cs}/gu, '\uFFFD') : clean;
}
