import { decodeText } from '../../mime/charset';
import { wordsIn } from '../../mime/header';
import { labelsOf, readLabelled, type Label } from '../reply/header-block';
import { momentIn } from '../reply/moment';
import { isQuoted } from '../reply/quote-sign';
import { subjectKey } from '../subject-key';
import { decodeQuotedPrintable } from '../../mime/transfer';
import { isDashedWords, isForwardSeparator, isForwardSubject, saysEnd } from './separator';

/** A mail that was forwarded inside the text: under a separator, with some of its header lines above its words. */
interface InlineForward {
  /** As written: a mailbox with or without a name. */
  from: string;
  subject: string | null;
  /** What the original sender wrote, without the note above it and the end mark below. */
  text: string;
}

/** Nobody writes so long a note above a forward. */
const MAX_LINES = 2000;
/** A program leaves this many lines empty, or writes something, between its separator and the header. */
const MAX_GAP = 4;

/**
 * The forwarded mail in a text, or null. A reply quotes header lines too, so a forward needs the separator of one, or a subject
 * that says so; then three lines `Label: value` are enough, in whatever language.
 */
export function readInlineForward(text: string, subject: string): InlineForward | null {
  const lines = text.split('\n');
  const saysForward = isForwardSubject(subject);
  for (let i = 0; i < Math.min(lines.length, MAX_LINES); i++) {
    const separated = isForwardSeparator(lines[i], saysForward);
    if (!separated && !(saysForward && readLabelled(lines[i]) !== null)) continue;
    for (let at = separated ? i + 1 : i; at <= (separated ? i + MAX_GAP : i) && at < lines.length; at++) {
      const forward = forwardAt(lines, at, subject, separated ? lines[i] : '');
      if (forward !== null) return forward;
    }
  }
  return null;
}

function forwardAt(lines: string[], at: number, subject: string, separator: string): InlineForward | null {
  const block = readBlock(lines, at);
  if (block === null) return null;
  const from = senderOf(block.fields);
  if (from === null) return null;
  const rest = isQuoted(lines[at]) ? withoutQuoteSigns(lines.slice(block.end)) : lines.slice(block.end);
  const body = withoutDashStuffing(isDashedWords(separator) ? beforeEndMark(rest) : rest, separator);
  return {
    from: wordsIn(from),
    subject: subjectOf(block.fields, from, subject),
    text: withoutTransferEncoding(body.join('\n').trim(), block.fields),
  };
}

// --- the header lines ----------------------------------------------------------------------------------------------

interface Field {
  label: string;
  meanings: Label[];
  value: string;
}

const FEWEST_FIELDS = 3;
const MOST_FIELDS = 40;
const address = /[^\s<>@"'()[\]:;,]{1,64}@[^\s<>@"'()[\]:;,]{1,255}/;

/**
 * Three or more lines `Label: value`. A value may go on in indented lines, or stand below its label (a table that became text).
 * Empty lines between them count only where the first two have one: below a block without any the customer's words begin.
 */
function readBlock(lines: string[], first: number): { fields: Field[]; end: number } | null {
  const fields: Field[] = [];
  let end = first;
  let isSpaced = false;
  for (let i = first; i < lines.length && fields.length < MOST_FIELDS; i++) {
    if (lines[i].trim() === '') {
      if (fields.length === 0) return null;
      const next = nextSolid(lines, i);
      const goesOn = next > 0 && (fields[fields.length - 1].value === '' || readField(lines[next]) !== null);
      if (!goesOn || (fields.length > 1 && !isSpaced)) break;
      isSpaced ||= fields[fields.length - 1].value !== '';
      i = next - 1;
      continue;
    }
    const last = fields.at(-1);
    const field = readField(lines[i]);
    if (field !== null && !(last?.value === '' && /^\s/.test(lines[i]) && !/^\s/.test(lines[i - 1] ?? ''))) fields.push(field);
    else if (last !== undefined && goesOnIn(lines, i, last)) last.value = `${last.value} ${lines[i].trim()}`.trim();
    else break;
    end = i + 1;
  }
  return fields.length >= FEWEST_FIELDS && fields.some(({ value }) => address.test(value)) ? { fields, end } : null;
}

function readField(line: string): Field | null {
  const read = readLabelled(line);
  if (read === null || !/\p{L}/u.test(read.label) || read.value.startsWith('//')) return null;
  return { label: read.label, meanings: labelsOf(line), value: read.value.trim() };
}

/**
 * A line without a label belongs to the value above it: indented, after a comma, below a label alone, between two labels, or the address of
 * the name that ends the line above.
 */
function goesOnIn(lines: string[], at: number, { value }: Field): boolean {
  if (value === '' || /^[ \t]/.test(lines[at]) || /[,;]\s*$/.test(value)) return true;
  return bareMailboxes.test(lines[at]) || readField(lines[at + 1] ?? '') !== null;
}

/** Thunderbird breaks lines of the text form between a name and its address, without indenting the second. */
const bareMailboxes = /^<[^\s<>@]{1,64}@[^\s<>@]{1,255}>(?:$|[,;])/;

function nextSolid(lines: string[], from: number): number {
  for (let i = from; i < Math.min(lines.length, from + 4); i++) if (lines[i].trim() !== '') return i;
  return -1;
}

/** The sender comes before the recipients, so in an unknown language the first address is theirs. */
function senderOf(fields: Field[]): string | null {
  const named = fields.filter(({ value }) => address.test(value));
  const means = ({ meanings }: Field, label: Label): boolean => meanings.includes(label);
  const sender =
    named.find((field) => means(field, 'from') && !means(field, 'to')) ??
    named.find((field) => field.meanings.length === 0 || means(field, 'from'));
  return sender?.value ?? null;
}

/** The mail's own subject repeats it; else the line that the table knows, else the first that holds neither an address nor a date. */
function subjectOf(fields: Field[], from: string, mailSubject: string): string | null {
  const key = subjectKey(mailSubject.replace(/^\s*\[[^\]\s]+@[^\]\s]+:\s(.*)\]\s*$/s, '$1'));
  const others = fields.filter(({ value }) => value !== from && value !== '');
  const found =
    others.find(({ value }) => key !== '' && subjectKey(wordsIn(value)) === key) ??
    others.find(({ meanings }) => meanings.length === 1 && meanings[0] === 'subject') ??
    others.find(({ meanings }) => meanings.includes('subject')) ??
    others.find(({ meanings, value }) => meanings.length === 0 && !address.test(value) && !momentIn(value).date);
  return found === undefined ? null : wordsIn(found.value).trim() || null;
}

// --- the words -----------------------------------------------------------------------------------------------------

/** The lines above the end mark: one that says so, or words between dashes at the very end. */
function beforeEndMark(lines: string[]): string[] {
  let last = lines.length - 1;
  while (last >= 0 && lines[last].trim() === '') last--;
  if (last >= 0 && isDashedWords(lines[last])) return lines.slice(0, last);
  const end = lines.findLastIndex(saysEnd);
  return end < 0 ? lines : lines.slice(0, end);
}

/** Apple Mail quotes what it forwards as text. What stands below the last sign is the colleague's own. */
function withoutQuoteSigns(lines: string[]): string[] {
  return lines.slice(0, lines.findLastIndex(isQuoted) + 1).map((line) => line.replace(/^\s{0,3}[>|＞] ?/, ''));
}

/** RFC 934 §2: nmh writes `- ` before each line that begins with a dash. */
function withoutDashStuffing(lines: string[], separator: string): string[] {
  if (!/^-{5,}\s[^-]*$/.test(separator)) return lines;
  const dashed = lines.filter((line) => line.startsWith('-'));
  return dashed.every((line) => line.startsWith('- -')) ? lines.map((line) => (line.startsWith('- -') ? line.slice(2) : line)) : lines;
}

const escaped = /=(?:[0-9A-F]{2}|\r?\n)/;
const strayEquals = /=(?![0-9A-F]{2}|\r?\n)/;

/** Some programs forward the source: then its text is still encoded. One that shows the header but decoded the text is left alone. */
function withoutTransferEncoding(text: string, fields: Field[]): string {
  if (/[^\x00-\x7f]/.test(text)) return text;
  const valueOf = (name: string): string => fields.find(({ label }) => label.toLowerCase() === name)?.value ?? '';
  const charset = /charset="?([\w.:-]{2,40})/i.exec(valueOf('content-type'))?.[1] ?? 'utf-8';
  const encoding = valueOf('content-transfer-encoding').toLowerCase();
  if (encoding === 'base64' && /^[A-Za-z0-9+/=\s]+$/.test(text)) return decodeText(Buffer.from(text, 'base64'), charset).text.trim();
  if (!escaped.test(text) || strayEquals.test(text)) return text;
  if (encoding !== 'quoted-printable' && !/=[C-F][0-9A-F]=[89AB][0-9A-F]/.test(text)) return text;
  return decodeText(decodeQuotedPrintable(Buffer.from(text, 'latin1')), charset).text.trim();
}
