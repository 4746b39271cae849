import addressparser from 'nodemailer/lib/addressparser';

import { repairedAddresses } from './address-repair';
import { decodeText, normaliseLabel, storableText } from './charset';
import { decodeQuotedPrintable, decodeTransfer } from './transfer';
import type { Address } from '../types';
import { cut } from '../../lib/cut';

/** Reading of header values: encoded words (RFC 2047), parameters (RFC 2045, RFC 2231), addresses, Message-IDs, dates. */

export interface HeaderField {
  /** Lower case. */
  name: string;
  /** Unfolded, as bytes in latin1: decoding comes later, when somebody asks. So U+00A0 is half of a character here, and no blank. */
  raw: string;
}

/** Without the blanks of RFC 5322 around it. `trim` also takes the byte A0, by which many UTF-8 characters end. */
export function trimBlanks(raw: string): string {
  let start = 0;
  let end = raw.length;
  while (start < end && isBlank(raw.charCodeAt(start))) start++;
  while (end > start && isBlank(raw.charCodeAt(end - 1))) end--;
  return raw.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

/** Latin1 text of raw bytes as what it was meant to be: UTF-8 mostly (RFC 6532), else guessed. */
function decodeRaw(raw: string): string {
  return hasControlOrHigh(raw) ? decodeText(Buffer.from(raw, 'latin1'), null).text : raw;
}

/** What stands in a word: a bare `?`, too, though not the beginning of another word. */
const inWord = String.raw`(?:[^?=]|=(?!\?[^=])|\?(?!=))*`;
const encodedWord = new RegExp(String.raw`=\?([^?\s]{1,80})\?([BbQq])\?(${inWord})\?=`, 'g');
const anyWord = String.raw`=\?[^?\s]{1,80}\?[BbQq]\?${inWord}\?=`;
/** A word whose end was cut off with that of the header. */
const cutWord = /(=\?[^?\s]{1,80}\?[BbQq]\?[^?\s]{1,500})\??$/;
const gapBetweenWords = new RegExp(String.raw`(${anyWord})[ \t\r\n]+(?=${anyWord})`, 'g');

/**
 * RFC 2047: encoded words to text. Neighbours of one charset are joined as bytes first, because many programs cut in the
 * middle of a character. A word that breaks the rules (in quotes, with blanks or a `?` inside) is read all the same.
 */
export function decodeWords(raw: string): string {
  return raw.includes('=?') ? replaceWords(raw, decodeRaw) : decodeRaw(raw);
}

/** Encoded words to text; what stands between them goes through `between`. */
function replaceWords(raw: string, between: (piece: string) => string): string {
  const joined = raw.replace(cutWord, '$1?=').replace(gapBetweenWords, '$1');
  let out = '';
  let end = 0;
  let pending: { charset: string; words: Word[] } | null = null;
  const flush = (): void => {
    if (pending !== null) out += decodeText(bytesOf(pending.words), pending.charset).text;
    pending = null;
  };
  for (const match of joined.matchAll(encodedWord)) {
    if (match.index > end) {
      flush();
      out += between(joined.slice(end, match.index));
    }
    const charset = match[1].split('*')[0].toLowerCase(); // RFC 2231 §5: charset*language
    if (pending !== null && (pending as { charset: string }).charset !== charset) flush();
    pending ??= { charset, words: [] };
    (pending as { words: Word[] }).words.push({ encoding: match[2].toUpperCase(), text: match[3] });
    end = match.index + match[0].length;
  }
  flush();
  return storableText(out + between(joined.slice(end)));
}

interface Word {
  encoding: string;
  text: string;
}

/** Some programs cut in the midst of what is encoded, too: `=C` and `3`, or three of the four characters of base64. */
function bytesOf(words: Word[]): Buffer {
  const whole: Word[] = [];
  for (const word of words) {
    const last = whole.at(-1);
    const isCut = last?.encoding === 'Q' || (last !== undefined && last.text.length % 4 > 0 && !last.text.endsWith('='));
    if (last?.encoding === word.encoding && isCut) last.text += word.text;
    else whole.push({ ...word });
  }
  return Buffer.concat(whole.map(({ encoding, text }) => wordBytes(encoding, text)));
}

function wordBytes(encoding: string, text: string): Buffer {
  if (encoding === 'B') return decodeTransfer(Buffer.from(text, 'latin1'), 'base64');
  return decodeQuotedPrintable(Buffer.from(text.replace(/_/g, '=20'), 'latin1'));
}

function hasControlOrHigh(text: string): boolean {
  return /[\0\x1b\x80-\xff]/.test(text);
}

interface ParameterValue {
  /** The value before the first parameter, lower case, without comments. */
  value: string;
  /** Parameters by lower-case name, decoded. */
  params: Record<string, string>;
}

const parameter = /;[ \t]*([^ \t=;"]{1,100})[ \t]*=[ \t]*(?:"((?:[^"\\]|\\[\s\S])*)"?|([^;]*))/g;

/** `Content-Type` and `Content-Disposition`: a value and its parameters, with the continuations of RFC 2231. */
export function parseParameters(raw: string): ParameterValue {
  const semicolon = raw.indexOf(';');
  const value = trimBlanks((semicolon < 0 ? raw : raw.slice(0, semicolon)).replace(/\([^()]*\)/g, '')).toLowerCase();
  const params: Record<string, string> = Object.create(null) as Record<string, string>;
  if (semicolon < 0) return { value, params };
  const pieces = new Map<string, { index: number; encoded: boolean; text: string }[]>();
  for (const match of raw.slice(semicolon).slice(0, 100_000).matchAll(parameter)) {
    const text = match[2] !== undefined ? match[2].replace(/\\(["\\])/g, '$1') : trimBlanks(match[3] ?? '');
    const star = /^([^*]+)(?:\*(\d{1,4}))?(\*)?$/.exec(match[1].toLowerCase());
    if (star === null) continue;
    const [, name, index, encoded] = star;
    if (index === undefined && encoded === undefined) params[name] ??= decodeWords(text);
    else pieces.set(name, [...(pieces.get(name) ?? []).slice(0, 200), { index: Number(index ?? 0), encoded: encoded !== undefined, text }]);
  }
  for (const [name, list] of pieces) params[name] = joinPieces(list);
  return { value, params };
}

/** RFC 2231 §3 and §4: `name*0*=charset'language'%41…; name*1=…`. */
function joinPieces(list: { index: number; encoded: boolean; text: string }[]): string {
  const sorted = [...list].sort((a, b) => a.index - b.index);
  if (!sorted.some((piece) => piece.encoded)) return decodeWords(sorted.map((piece) => piece.text).join(''));
  const declared = /^([^']{0,60})'[^']{0,60}'/.exec(sorted[0].text) ?? withoutLanguage(sorted[0].text);
  const bytes = sorted.map((piece, i) => {
    const text = i === 0 && declared !== null ? piece.text.slice(declared[0].length) : piece.text;
    return piece.encoded ? percentDecoded(text) : Buffer.from(text, 'latin1');
  });
  const text = decodeText(Buffer.concat(bytes), declared?.[1] || null).text;
  return declared === null ? wordsIn(text) : text;
}

/** Some programs write one apostrophe of the two: `utf-8'%E2%82%AC.pdf`. */
function withoutLanguage(text: string): RegExpExecArray | null {
  const match = /^([\w-]{3,30})'/.exec(text);
  return match !== null && normaliseLabel(match[1]) !== null ? match : null;
}

function percentDecoded(text: string): Buffer {
  return Buffer.from(
    text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  );
}

/**
 * An address list (RFC 5322 §3.4), groups flattened. A name is never taken for an address; an entry without an address
 * is left out, unless it is all that a one-mailbox header holds.
 */
export function parseAddresses(raw: string): Address[] {
  return addressesIn(decodeRaw(raw));
}

/** The same of a text, such as a decoded header. */
export function addressesIn(text: string): Address[] {
  if (text.trim() === '') return [];
  const list = addressparser(repairedAddresses(text), { flatten: true }) as { name?: string; address?: string }[];
  return list
    .map(({ name, address }) => ({ name: cleanName(name ?? ''), address: cleanAddress(address ?? '') }))
    .filter(({ name, address }) => name !== '' || address !== '');
}

/** `name` is text already; only encoded words are left to decode. */
function cleanName(name: string): string {
  const text = wordsIn(name)
    .replace(/[\x00-\x1f\x7f\s]+/g, ' ')
    .replace(/\s*(?:\[ ?\]|(?<!<[^<>]*)>)\s*$/, '') // of an address in other brackets, or in two
    .trim();
  return cut(withoutQuotes(text), 500);
}

/** Quotes around the whole name go; those around a part of it (`'Arthur' via Support`) or in a word (`'t Hart`) are the name's own. */
function withoutQuotes(name: string): string {
  const quoted = /^(["'])(.*)\1$/.exec(name);
  if (quoted !== null && !new RegExp(`(?:^|\\s)${quoted[1]}|${quoted[1]}(?:\\s|$)`).test(quoted[2])) return withoutQuotes(quoted[2].trim());
  const isUnclosed = name.split('"').length === 2; // a lone " at an end is half of a pair
  return isUnclosed ? name.replace(/^"|"$/, '').trim() : name;
}

function cleanAddress(address: string): string {
  const clean = wordsIn(address)
    // A blank in a quoted local part belongs to it (RFC 5321 §4.1.2); without it the answer goes to somebody else.
    .replace(/^\s*("(?:[^"\\]|\\.){1,64}")(?=@)|[\x00-\x20\x7f<>]+/g, (_, quoted?: string) => quoted?.replace(/[\x00-\x1f\x7f]/g, '') ?? '')
    .replace(/^mailto:/i, '')
    .replace(/\.+$/, '') // the dot of an absolute domain (RFC 1034 §3.1), which mail has not
    .toLowerCase();
  return clean.includes('@') && clean.length <= 320 ? clean : '';
}

/** Encoded words in a text: what stands between them is no longer bytes. */
export function wordsIn(text: string): string {
  return text.includes('=?') ? replaceWords(text, (piece) => piece) : text;
}

/**
 * Message-IDs of a decoded header without angle brackets, in order, each once. Without brackets, words that hold an `@` count.
 * Decoded, because some libraries write long ids as encoded words, which RFC 2047 §5 forbids here.
 */
export function parseMessageIds(field: string): string[] {
  // Programs that make web pages of mails write the brackets so.
  const header = field.replace(/&lt;/gi, '<').replace(/&gt;/gi, '>');
  const found =
    header.match(/<[^<>]{1,995}>/g)?.map((id) => id.slice(1, -1)) ?? header.split(/[\s,]+/).filter((word) => word.includes('@'));
  return [...new Set(found.map((id) => storableText(id).replace(/\s+/g, '')))].filter((id) => id !== '').slice(0, 1000);
}

const zoneMinutes: Record<string, number> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  cet: 60,
  cest: 120,
  bst: 60,
  msk: 180,
  jst: 540,
};
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const rfcDate =
  /(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?[\s-]+(\d{2,4})[\s,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\.\d+)?\s*(?:([ap])\.?m\.?\b\s*)?(?:(?:utc|gmt)?([+-])(\d{2}):?(\d{2})?|\(?([a-z]{1,4})\b)?/i;

/** A date (RFC 5322 §3.3 with its obsolete forms) as ISO 8601, or null. Two-digit years follow §4.3. */
export function parseDate(raw: string): string | null {
  const match = rfcDate.exec(raw.slice(0, 200));
  const month = match === null ? -1 : months.indexOf(match[2].toLowerCase());
  if (match === null || month < 0) return isoOrNull(Date.parse(raw.slice(0, 100)));
  const [, day, , year, hour, minute, second, half, sign, zoneHour, zoneMinute, zone] = match;
  const years = Number(year) + (year.length > 2 ? (year.length === 3 ? 1900 : 0) : Number(year) < 50 ? 2000 : 1900);
  const offset =
    sign !== undefined
      ? (Number(zoneHour) * 60 + Number(zoneMinute ?? 0)) * (sign === '-' ? -1 : 1)
      : (zoneMinutes[(zone ?? '').toLowerCase()] ?? 0);
  return isoOrNull(Date.UTC(years, month, Number(day), hourOf(Number(hour), half), Number(minute) - offset, Number(second ?? 0)));
}

/** With am or pm, which some programs write though no mail has them. */
function hourOf(hour: number, half: string | undefined): number {
  return half === undefined || hour > 12 ? hour : (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

function isoOrNull(time: number): string | null {
  const date = new Date(time);
  return Number.isNaN(time) || date.getUTCFullYear() < 1970 || date.getUTCFullYear() > 9999 ? null : date.toISOString();
}
