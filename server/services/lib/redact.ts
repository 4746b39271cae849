import { cut } from './cut';

/**
 * What another server said, fit to be shown, logged and stored: without what we told it in confidence, in one short line. Servers repeat
 * the command that they refuse, often as it went over the wire: SASL is base64 (RFC 4616, RFC 7628), forms are URL-encoded.
 */

const LONGEST = 300;
/** More is not looked at. */
const LONGEST_READ = 100_000;
const GONE = '***';

/**
 * Takes secrets out of a text, in whatever form: plain, escaped (URL, JSON, HTML, quoted-printable), in hexadecimal, or in base64 together
 * with anything else at any alignment; then escape sequences and control characters; then all beyond 300 characters.
 */
export function redact(text: string, secrets: readonly (string | null | undefined)[]): string {
  const known = secrets.filter((secret) => secret !== null && secret !== undefined && secret !== '') as string[];
  const seen = withoutEscapes(known.reduce(withoutSecret, withoutCutEnd(text, known)));
  // A secret may have been held apart by what was taken out.
  const line = known.reduce(withoutSecret, seen).replace(LIKE_A_TOKEN, GONE).replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${cut(line, LONGEST)}…` : line;
}

/** What may be an encoded credential that nobody told us: longer than the ids by which servers let their answers be found again. */
const LIKE_A_TOKEN = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{40,}={0,2}/g;

/** Of a text that is too long, what may be the first half of a secret goes as well. */
function withoutCutEnd(text: string, secrets: readonly string[]): string {
  if (text.length <= LONGEST_READ) return text;
  return text.slice(0, LONGEST_READ - Math.max(0, ...secrets.map(({ length }) => length)) * LONGEST_ESCAPE);
}

function withoutSecret(text: string, secret: string): string {
  return withoutBase64(text.replace(formsOf(secret), GONE), secret);
}

/** ECMA-48: colours, titles, moving about. What is invisible goes, what breaks lines becomes a blank. */
function withoutEscapes(text: string): string {
  return text
    .replace(/(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?/g, '')
    .replace(/\x1b[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?/g, '')
    .replace(/\x1b[ -/]*[0-~]?/g, '')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ');
}

// ---- Forms in which every character stands for itself

/** `&#x0000;` and the like. */
const LONGEST_ESCAPE = 12;
/** Longer ones are tokens, which hold nothing that is escaped beyond what URLs and JSON do. */
const LONGEST_PASSWORD = 400;

function formsOf(secret: string): RegExp {
  if (secret.length > LONGEST_PASSWORD) {
    const forms = [secret, encodeURIComponent(Buffer.from(secret).toString()), JSON.stringify(secret).slice(1, -1)];
    return new RegExp([...new Set(forms)].map(literal).join('|'), 'gi');
  }
  const bytes = [...Buffer.from(secret, 'utf8')].map(hex);
  // `736563`, `73 65 63`, `\x73\x65\x63`: nothing, or one sign, between the bytes.
  const inHex = bytes.join('(?:[\\s:,-]|\\\\x|0x| 0x)?');
  return new RegExp(`${[...secret].map(characterForms).join('')}|${inHex}`, 'gi');
}

/** All ways in which one character may stand in a text that escapes some. */
function characterForms(character: string): string {
  const bytes = [...Buffer.from(character, 'utf8')].map(hex);
  const units = Array.from({ length: character.length }, (_, index) => `\\\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`);
  const code = character.codePointAt(0)!;
  const forms = [
    `\\\\?${literal(character)}`,
    ...['%', '=', '\\\\x'].map((sign) => bytes.map((byte) => sign + byte).join('')),
    units.join(''),
    `&#(?:x0*${code.toString(16)}|0*${code});`,
    ...(SPECIAL[character] ?? []),
  ];
  return `(?:${forms.join('|')})`;
}

const SPECIAL: Record<string, string[]> = {
  ' ': ['\\+', '_'],
  '&': ['&amp;'],
  '<': ['&lt;'],
  '>': ['&gt;'],
  '"': ['&quot;'],
  "'": ['&apos;'],
};

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');
const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

// ---- Base64

const WORD = '[A-Za-z0-9+/_-]{2,}={0,2}';
const BASE64 = new RegExp(WORD, 'g');
const FOLDED_BASE64 = new RegExp(`(?<![A-Za-z0-9+/_-])${WORD}(?:\\s+${WORD})+`, 'g');

/** Words that are base64 of something that holds the secret, or that begins or ends within it; also when a line break parts them. */
function withoutBase64(text: string, secret: string): string {
  const wanted = [Buffer.from(secret, 'utf8'), Buffer.from(secret, 'utf16le')];
  const alone = text.replace(BASE64, (word) => (holds(word, wanted) ? GONE : word));
  // Any sentence would hold a very short one somewhere.
  if (secret.length < FEWEST) return alone;
  return alone.replace(FOLDED_BASE64, (words) => (holds(words.replace(/[\s=]+/g, ''), wanted) ? GONE : words));
}

/** This much of a secret is one. */
const FEWEST = 4;

/** A run may begin anywhere in a group of four characters. */
function holds(run: string, wanted: readonly Buffer[]): boolean {
  return [0, 1, 2, 3].some((offset) => {
    const bytes = Buffer.from(run.slice(offset), 'base64');
    return wanted.some((secret) => bytes.includes(secret) || isCutWithin(bytes, secret));
  });
}

/** Whether the bytes are a piece of the secret, end with its beginning, or begin with its end: an answer was cut, or a line folded. */
function isCutWithin(bytes: Buffer, secret: Buffer): boolean {
  if (bytes.length >= FEWEST && secret.includes(bytes)) return true;
  for (let length = Math.min(secret.length, bytes.length); length >= FEWEST; length--) {
    if (bytes.subarray(-length).equals(secret.subarray(0, length)) || bytes.subarray(0, length).equals(secret.subarray(-length)))
      return true;
  }
  return false;
}
