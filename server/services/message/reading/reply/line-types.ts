import { isArrowedAttribution } from './arrows';
import { attributionStart, isMarkedAttribution } from './attribution';
import type { Envelope } from './envelope';
import { headerBlockEnd, unknownHeaderBlockEnd } from './header-block';
import { notesBlockEnd } from './notes-block';
import { isQuoted, quotedWithInitials } from './quote-sign';
import { isBareSeparator, isRuler, isSeparator } from './separator';
import { isDecoration, isFoldable, isProgramNote } from './signature';
import { indentedQuotes } from './indented-quote';
import type { MarkedRange } from '../../html/text';

/** What each line of a mail is: told by the signs and words of mail programs, and by their marks in HTML. */

/** Marked ranges of a text, as offsets. */
export interface HtmlMarks {
  quotes: MarkedRange[];
  attributions: MarkedRange[];
  signatures: MarkedRange[];
}

/** `intro` introduces a quote, `rest` is an earlier mail without quote signs. */
export type LineType = 'text' | 'blank' | 'quote' | 'intro' | 'rest';

function lineType(line: string): LineType {
  if (isQuoted(line)) return 'quote';
  return /^[\s\u200b\ufeff\u00a0]*$/.test(line) ? 'blank' : 'text';
}

/** The type of every line, told from `lines`, which are those `written` without invisible characters; `length` is that of their text. */
export function typesOf(lines: string[], marks: HtmlMarks, written: string[], length: number, envelope: Envelope): LineType[] {
  if (envelope.isFirst && marks.quotes.length === 0 && !lines.some(isSeparator)) return typesOfFirst(lines, written, marks);
  const initials = quotedWithInitials(lines);
  const types = joinWrappedQuotes(
    lines,
    lines.map((line, i) => (initials.has(i) ? 'quote' : lineType(line))),
  );
  for (let i = 0; i < lines.length; i++) if (types[i] === 'quote' && isArrowedAttribution(lines, i, initials, envelope)) types[i] = 'intro';
  for (const { start, end, introduced } of indentedQuotes(lines, envelope)) {
    for (let i = start; i < end; i++) if (types[i] === 'text') types[i] = 'quote';
    if (introduced) types[start] = 'intro';
  }
  applyMarks(types, written, marks, length, envelope);
  for (let i = 0; i < lines.length; i++) {
    if (types[i] !== 'text') continue;
    const boundary = boundaryAt(lines, types, i, envelope);
    if (boundary === null) continue;
    for (let j = boundary.start; j < boundary.end; j++) if (types[j] !== 'quote') types[j] = 'intro';
    i = Math.max(i, boundary.end - 1);
  }
  for (let i = 1; i < lines.length; i++) if (types[i] === 'text' && isProgramNote(lines[i]) && types[i - 1] === 'quote') types[i] = 'quote';
  return types;
}

/**
 * The first mail of a conversation holds no earlier one, unless the words or marks of a mail program say so: what looks like a quote or
 * like headers in it is a web form's, a call note's, or an error that the sender cites.
 */
function typesOfFirst(lines: string[], written: string[], marks: HtmlMarks): LineType[] {
  const types = lines.map((line): LineType => (lineType(line) === 'blank' ? 'blank' : 'text'));
  const starts = marks.signatures.length === 0 ? [] : lineStarts(written);
  for (const { start, end } of marks.signatures) foldSignature(types, written, firstAtOrAfter(starts, start), firstAtOrAfter(starts, end));
  return types;
}

/**
 * A quoted line that was broken by a program shows its end without the quote sign: lower case, short, after a long line. And
 * a broken attribution may begin with the `>` that closes its address.
 */
function joinWrappedQuotes(lines: string[], types: LineType[]): LineType[] {
  for (let i = 1; i < lines.length; i++)
    if (types[i] === 'quote' && /^>\s?\p{L}[^:：]{0,40}[:：]\s*$/u.test(lines[i]) && /^\s*<?\s*mailto:|<[^>]*$/.test(lines[i - 1]))
      types[i] = 'text';
  for (let i = 1; i + 1 < lines.length; i++) {
    if (types[i] !== 'text' || types[i - 1] !== 'quote' || types[i + 1] !== 'quote') continue;
    if (/^\s*\(https?:\/\/\S+\)\s*>?\s*$/.test(lines[i])) types[i] = 'quote';
    if (
      lines[i - 1].length >= 68 &&
      lines[i].length < 60 &&
      /^[\p{Ll}\p{N}<("']/u.test(lines[i].trim()) &&
      !/[.?!:]\s*$/.test(lines[i - 1])
    )
      types[i] = 'quote';
  }
  return types;
}

/** The lines from `start` up to (not including) `end` introduce an earlier mail. */
interface Boundary {
  start: number;
  end: number;
}

function boundaryAt(lines: string[], types: LineType[], at: number, envelope: Envelope): Boundary | null {
  const line = lines[at];
  if (isSeparator(line)) return { start: at, end: afterHeaders(lines, at + 1) };
  if (isRuler(line)) {
    const next = nextSolid(lines, at + 1);
    const end = next < 0 || next > at + 3 ? -1 : Math.max(headerBlockEnd(lines, next), unknownHeaderBlockEnd(lines, next, 'separator'));
    if (end > 0) return { start: at, end };
  }
  if (isBareSeparator(line)) {
    const end = afterHeaders(lines, at + 1);
    if (end > at + 1) return { start: at, end };
  }
  const block = Math.max(headerBlockEnd(lines, at), unknownHeaderBlockEnd(lines, at, 'none', envelope), notesBlockEnd(lines, at, envelope));
  if (block > 0) return { start: at, end: block };
  const next = nextSolid(lines, at + 1);
  const start = attributionStart(lines, at, next >= 0 && types[next] === 'quote', envelope);
  if (start >= 0) return { start, end: at + 1 };
  return null;
}

/** The header block after a separator belongs to it. */
function afterHeaders(lines: string[], from: number): number {
  const next = nextSolid(lines, from);
  if (next < 0 || next > from + 2) return from;
  return Math.max(from, headerBlockEnd(lines, next), unknownHeaderBlockEnd(lines, next, 'separator'));
}

function nextSolid(lines: string[], from: number): number {
  for (let i = from; i < Math.min(lines.length, from + 6); i++) if (lineType(lines[i]) !== 'blank') return i;
  return -1;
}

// --- marks of mail programs ----------------------------------------------------------------------------------------

/**
 * Marked ranges are quotes. In a range that also has quote signs (Gmail), lines without one above the first are its
 * introduction, and those below are answers written between the quotes.
 */
function applyMarks(types: LineType[], lines: string[], marks: HtmlMarks, length: number, envelope: Envelope): void {
  if (marks.quotes.length + marks.attributions.length + marks.signatures.length === 0) return;
  const starts = lineStarts(lines);
  for (const { start, end } of marks.attributions)
    foldAttribution(types, lines, firstAtOrAfter(starts, start), firstAtOrAfter(starts, end), envelope);
  for (const { start, end } of marks.signatures) foldSignature(types, lines, firstAtOrAfter(starts, start), firstAtOrAfter(starts, end));
  for (const { start, end } of marks.quotes) {
    const from = firstAtOrAfter(starts, start);
    const reachesEnd = end >= length;
    let to = from;
    while (to < lines.length && starts[to] < end) to++;
    const firstQuoted = types.indexOf('quote', from);
    const hasSigns = firstQuoted >= 0 && firstQuoted < to && !reachesEndUnquoted(types, firstQuoted, to, reachesEnd);
    for (let i = from; i < to; i++) {
      if (types[i] === 'quote' || types[i] === 'blank') continue;
      if (!hasSigns) types[i] = introducesQuote(types, to) ? 'intro' : 'rest';
      else if (i < firstQuoted) types[i] = 'intro';
    }
  }
}

/**
 * Folds a marked attribution. Editors give its mark to what somebody types above it too (Thunderbird, Roundcube), so only what
 * stands directly above a quote and reads as one is folded.
 */
function foldAttribution(types: LineType[], lines: string[], from: number, to: number, envelope: Envelope): void {
  let last = to - 1;
  while (last >= from && types[last] === 'blank') last--;
  if (last < from || !introducesQuote(types, to)) return;
  const start = attributionStart(lines, last, true, envelope);
  if (start < 0 && !isMarkedAttribution(lines[last], envelope)) return;
  const first = start < 0 ? last : Math.max(from, start);
  for (let i = first; i <= last; i++) if (types[i] === 'text') types[i] = 'intro';
}

/** Folds a marked signature, unless it is so long that somebody has written their mail in it. */
function foldSignature(types: LineType[], lines: string[], from: number, to: number): void {
  const quoteFollows = lines.slice(to).some((line) => line.trim() !== '');
  // The delimiter above the signature is one of its lines here.
  const signature = lines.slice(from, to).filter((line) => !isDecoration(line));
  if (!isFoldable(signature, quoteFollows)) return;
  for (let i = from; i < to; i++) if (types[i] === 'text') types[i] = 'rest';
}

/** A marked range without quote signs, with a quote directly below: the attribution of Thunderbird. */
function introducesQuote(types: LineType[], to: number): boolean {
  let next = to;
  while (types[next] === 'blank') next++;
  return types[next] === 'quote';
}

/** Outlook's mark holds for all below, whatever was quoted in the earlier mail. */
function reachesEndUnquoted(types: LineType[], firstQuoted: number, to: number, reachesEnd: boolean): boolean {
  return reachesEnd && to === types.length && types.slice(0, firstQuoted).filter((type) => type === 'text').length > 25;
}

function lineStarts(lines: string[]): number[] {
  let offset = 0;
  return lines.map((line) => {
    const start = offset;
    offset += line.length + 1;
    return start;
  });
}

function firstAtOrAfter(starts: number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
