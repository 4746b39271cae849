import { ownMarkerAt, withoutLeadingMarker } from '../own-marker';
import { attributionEndWithin, attributionStart, attributionWithin, isIntroduction, saysWho } from './attribution';
import { noEnvelope, type Envelope } from './envelope';
import { headerBlockEnd, unknownHeaderBlockEnd } from './header-block';
import { typesOf, type HtmlMarks, type LineType } from './line-types';
import { isQuoted } from './quote-sign';
import { isRuler, pointsToAnswersBelow } from './separator';
import { isDecoration, isDeviceLine, isFooter, leadingSignatureEnd, signatureStart } from './signature';
import { isSignOffWord } from './phrases/sign-offs';
import { readHtml } from '../../html/text';

/**
 * What is new in a mail. Evidence, strongest first: the line that our own mails carry, the marks of mail programs in
 * HTML, then the words with which they introduce an earlier mail. Nothing is deleted: the whole text is kept elsewhere,
 * this says what to show first. When in doubt more is shown, and never nothing.
 */

const noMarks: HtmlMarks = { quotes: [], attributions: [], signatures: [] };

/** Beyond these nobody reads; the rest of a longer text is left as it is. */
const MAX_LENGTH = 300_000;
const MAX_LINES = 6000;

/**
 * The visible part of a text. Never empty unless the text is. `marks` are offsets into this text; `envelope` tells who took part.
 * Linear time.
 */
export function replyText(text: string, marks: HtmlMarks = noMarks, known: Envelope = noEnvelope): string {
  if (text.trim() === '') return '';
  const head = withoutLeadingMarker(text.length > MAX_LENGTH ? text.slice(0, MAX_LENGTH) : text);
  if (head.trim() === '') return text.trim();
  const lines = withAttributionsApart(head).split('\n');
  if (lines.length > MAX_LINES) return text.trim();
  const envelope = known.isFirst && ownMarkerAt(head) >= 0 ? { ...known, isFirst: false } : known;
  const bare = /[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/.test(head)
    ? lines.map((line) => line.replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, ''))
    : lines;
  const types = typesOf(bare, marks, lines, head.length, envelope);
  const visible = aboveOwnMarker(head, lines, types, envelope) || newLines(lines, types, envelope);
  return visible === '' || (text.length > MAX_LENGTH && visible === head.trim()) ? text.trim() : visible;
}

/** Breaks lines before and behind an attribution in their middle. The length stays, so that marks keep their places. */
function withAttributionsApart(text: string): string {
  return text
    .replace(/^[^\n>]{1,1000}[:：][ \t]*$/gm, (line) => brokenAt(line, attributionWithin(line)))
    .replace(/^(?!>)[^\n]{20,300}?[:：][ \t]{2,}(?=\S)/gm, (line) => brokenAt(line, attributionEndWithin(`${line}.`)));
}

/** The line with the blank at this place turned into a line break; -1 leaves it as it is. */
function brokenAt(line: string, at: number): string {
  return at < 0 ? line : `${line.slice(0, at)}\n${line.slice(at + 1)}`;
}

/**
 * The visible part of a mail's body. Where the text was made from the HTML, the marks in it hold for it. Beside a text of its
 * own the HTML is asked when the text shows no quote, or when it ends earlier (an attribution in an unknown language).
 */
export function visibleTextOf(text: string, html: string | null, envelope: Envelope = noEnvelope): string {
  const visible = replyText(text, noMarks, envelope);
  if (html === null || !mayHaveMarks.test(html)) return visible;
  const reading = readHtml(html);
  if (reading.quotes.length + reading.attributions.length + reading.signatures.length === 0) return visible;
  const marked = replyText(reading.text, reading, envelope);
  if (reading.text === text || visible === text.trim()) return marked || visible;
  return marked === '' ? visible : firstLines(visible, letters(marked));
}

/** As many lines of a text as hold exactly these letters; the whole when no number of lines does. */
function firstLines(text: string, wanted: string): string {
  const lines = text.split('\n');
  let held = '';
  for (let i = 0; i < lines.length && held.length <= wanted.length; i++) {
    held += letters(lines[i]);
    if (held === wanted)
      return lines
        .slice(0, i + 1)
        .join('\n')
        .trim();
  }
  return text;
}

function letters(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '');
}

/** A cheap look, so that most HTML is not read twice. */
const mayHaveMarks =
  /blockquote|quote|signature|_sign|rc_sig|SIG_PRE|RplyFwdMsg|appendonsend|OLK_SRC|outlook-mobile|border-top|zwchr|includetail|stopSpelling|moz-cite|_extra|readmsg|reply-intro|messageReplySection|DIVIDER/i;

// --- our own marker ------------------------------------------------------------------------------------------------

/** The text above our reply line; '' when there is none, or nothing above it, or the answer stands between the quotes. */
function aboveOwnMarker(text: string, lines: string[], types: LineType[], envelope: Envelope): string {
  const offset = ownMarkerAt(text);
  if (offset < 0) return '';
  const marker = lineOfOffset(lines, offset);
  if (isQuoted(lines[marker]) && isAnsweredBelow(lines, types, marker)) {
    types[marker] = 'rest'; // surely an earlier mail, so it need not be shown above an answer below it
    return '';
  }
  if (pointsToAnswersBelow(lines.slice(0, marker).join('\n'))) return '';
  const end = beforeIntroduction(lines.slice(0, marker), envelope);
  return newLines([...lines.slice(0, end), ''], [...types.slice(0, end), 'rest'], envelope);
}

/** Text that is not quoted, below a marker that is, is an answer, unless it is a signature. */
function isAnsweredBelow(lines: string[], types: LineType[], marker: number): boolean {
  const first = types.indexOf('text', marker);
  if (first < 0) return false;
  return !isFooter(lines.slice(first)) && !lines.slice(first).every((line, i) => types[first + i] !== 'text' || isDeviceLine(line));
}

/**
 * Directly above our marker stands what the program says about our mail, in whatever language: an attribution, a block of
 * `Label: value` lines, or a paragraph that holds an address or a date. The lines above it are the sender's: the shortest counts.
 */
function beforeIntroduction(lines: string[], envelope: Envelope): number {
  let end = lines.length;
  while (end > 0 && (lines[end - 1].replace(/[>|\s]+/g, '') === '' || isRuler(lines[end - 1]))) end--;
  if (end === 0) return end;
  const attribution = attributionStart(lines.slice(0, end), end - 1, true, envelope);
  if (attribution >= 0) return attribution;
  let start = end;
  while (start > 0 && end - start < 10 && lines[start - 1].trim() !== '') start--;
  for (let i = start; i < end; i++) if (endOfHeaders(lines, i, envelope) >= end) return i;
  for (let i = end - 1; i >= Math.max(start, end - 4); i--) if (isIntroduction(lines.slice(i, end).join(' '))) return i;
  return end;
}

function endOfHeaders(lines: string[], first: number, envelope: Envelope): number {
  const surroundings = first > 0 && isRuler(lines[first - 1]) ? 'separator' : 'our mail';
  return Math.max(headerBlockEnd(lines, first), unknownHeaderBlockEnd(lines, first, surroundings, envelope));
}

function lineOfOffset(lines: string[], offset: number): number {
  let at = 0;
  for (let i = 0; i < lines.length; i++) {
    at += lines[i].length + 1;
    if (offset < at) return i;
  }
  return lines.length - 1;
}

// --- deciding ------------------------------------------------------------------------------------------------------

/** Shows what is new, by the order in which new and earlier text follow each other. */
function newLines(lines: string[], types: LineType[], envelope: Envelope): string {
  const resolved = resolveIntroductions(withoutDeviceAboveQuote(lines, types));
  const runs = runsOf(resolved);
  const fresh = runs.filter((run) => run.type === 'text');
  if (fresh.length === 0) return linesWithoutEnd(lines, 0, lines.length, false);
  if (runs.length === 1) return linesWithoutEnd(lines, fresh[0].start, fresh[0].end, false);
  const [first, second, third] = runs;
  if (first.type === 'text' && (third === undefined || isFooterRun(lines, runs))) {
    const answersStandBelow = resolved[second.end - 1] === 'rest' && pointsToAnswersBelow(lines.slice(first.start, first.end).join('\n'));
    return answersStandBelow ? linesWithoutEnd(lines, 0, lines.length, false) : linesWithoutEnd(lines, first.start, first.end, true);
  }
  if (first.type !== 'text' && third === undefined && first.introduced) {
    const signature = leadingSignatureEnd(lines.slice(second.start, second.end));
    return linesWithoutEnd(lines, second.start + signature, second.end, false);
  }
  if (runs.length === 3 && first.type === 'text' && second.introduced && isSignOff(lines, third))
    return linesWithoutEnd([...lines.slice(first.start, first.end), '', ...lines.slice(third.start, third.end)], 0, Infinity, false);
  if (runs.length === 3 && second.introduced && isGreeting(lines, first))
    return linesWithoutEnd([...lines.slice(first.start, first.end), '', ...lines.slice(third.start, third.end)], 0, Infinity, false);
  const attributions = attributionLines(lines, resolved, envelope);
  const answers = fresh.filter((run, i) => i < fresh.length - 1 || !isFooter(lines.slice(run.start, run.end)));
  const answered = (answers.at(-1) ?? first).end;
  const shown = lines.filter((_, i) => i < answered && resolved[i] !== 'rest' && !attributions.has(i));
  return linesWithoutEnd(shown, 0, shown.length, false);
}

/** A phone writes its line above the quote, also when the answer is typed below: then the line is no text between two quotes. */
function withoutDeviceAboveQuote(lines: string[], types: LineType[]): LineType[] {
  const end = types.findIndex((type) => type !== 'text' && type !== 'blank');
  const isDevice = lines.slice(0, end).every((line, i) => types[i] === 'blank' || isDeviceLine(line) || isDecoration(line));
  const answersBelow = end >= 0 && types.includes('text', end);
  return isDevice && answersBelow ? types.map((type, i) => (i < end && type === 'text' ? 'rest' : type)) : types;
}

/** Lines that a program surely wrote above a quote: no word of the sender goes with them. */
function attributionLines(lines: string[], types: LineType[], envelope: Envelope): Set<number> {
  const found = new Set<number>();
  for (let i = 0; i < lines.length; i++) {
    if (types[i] !== 'intro') continue;
    let end = i;
    while (types[end] === 'intro') end++;
    const paragraph = lines.slice(i, end).join(' ');
    if (isIntroduction(paragraph) && saysWho(paragraph, envelope)) for (let j = i; j < end; j++) found.add(j);
    i = end;
  }
  return found;
}

/** `Regards, Roman` below a quote: no answer to it, so the quote need not be shown. */
function isSignOff(lines: string[], run: Run): boolean {
  const solid = lines.slice(run.start, run.end).filter((line) => line.trim() !== '');
  return (
    solid.length <= 2 &&
    solid.join(' ').length <= 40 &&
    !/[\d?]/.test(solid.join(' ')) &&
    /^\p{L}[\p{L}\s,.'’-]*!?$/u.test(solid.join(' ').trim()) &&
    isSignOffWord(solid[0])
  );
}

/** `Hello Help,` alone above a quote (The Bat! writes it there): the answer stands below. */
function isGreeting(lines: string[], run: Run): boolean {
  const solid = lines.slice(run.start, run.end).filter((line) => line.trim() !== '');
  return solid.length === 1 && /^\p{L}[\p{L}\s.'’-]{0,38}[,!，！]$/u.test(solid[0].trim());
}

/** A quote, and then only a signature or what a mailing list adds. */
function isFooterRun(lines: string[], runs: Run[]): boolean {
  const last = runs[runs.length - 1];
  if (last.type !== 'text' || runs.filter((run) => run.type === 'text').length !== 2) return false;
  const below = lines.slice(last.start, last.end);
  return isFooter(below) || below.every((line) => line.trim() === '' || isDeviceLine(line) || isDecoration(line));
}

/**
 * An introduction without a quoted text behind it: with new text above, all below is the earlier mail; with none above, the
 * mail consists of what is below (a forward, or a program that quotes without signs).
 */
function resolveIntroductions(types: LineType[]): LineType[] {
  const resolved = [...types];
  let hasText = false;
  for (let i = 0; i < resolved.length; i++) {
    if (resolved[i] === 'text') hasText = true;
    if (resolved[i] !== 'intro') continue;
    let next = i + 1;
    while (next < resolved.length && (resolved[next] === 'intro' || resolved[next] === 'blank')) next++;
    if (resolved[next] === 'quote' || resolved[next] === 'rest') {
      i = next - 1;
      continue;
    }
    if (hasText) return resolved.fill('rest', i);
    resolved.fill('rest', i, next);
    i = next - 1;
  }
  return resolved;
}

interface Run {
  type: 'text' | 'quote';
  start: number;
  end: number;
  /** For a quote: a program introduced or marked it, so it is surely an earlier mail. */
  introduced: boolean;
}

/** Neighbouring lines of new text, and of earlier text with its introduction. */
function runsOf(types: LineType[]): Run[] {
  const runs: Run[] = [];
  types.forEach((type, i) => {
    if (type === 'blank') return;
    const kind = type === 'text' ? 'text' : 'quote';
    let run = runs.at(-1);
    if (run === undefined || run.type !== kind) runs.push((run = { type: kind, start: i, end: i, introduced: false }));
    run.end = i + 1;
    run.introduced ||= type === 'intro' || type === 'rest';
  });
  return runs;
}

/** The lines without empty ones, separators and the signature at their end. */
function linesWithoutEnd(all: string[], start: number, end: number, quoteFollows: boolean): string {
  const lines = all.slice(start, end);
  const kept = lines.slice(0, signatureStart(lines, quoteFollows));
  while (kept.length > 1 && isDecoration(kept[kept.length - 1])) kept.pop();
  return kept.join('\n').trim();
}
