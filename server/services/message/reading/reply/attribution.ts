import { namesPerson, noEnvelope, type Envelope } from './envelope';
import { holdsAddress } from './mail-address';
import { momentIn } from './moment';
import { allWords } from './phrases/languages';
import { isQuoted } from './quote-sign';

/** Recognises attributions: the lines with which mail programs introduce a quote (`On 28 November, Ann Agent wrote:`). */

const letter = '[\\p{L}\\p{N}]';
const verb = new RegExp(`(?<!${letter})(?:${allWords('wrote')})(?!${letter})|(?:写道|寫道|のメール|書きました|작성|كتب)`, 'iu');
const startWord = new RegExp(`^(?:${allWords('on')})(?!${letter})`, 'iu');
const mailbox = /<[^\s<>@]{1,64}@[^\s<>@]{1,255}>/;
const year = /(?<!\d)(?:19[7-9]\d|20\d\d|25[5-9]\d)(?!\d)/;
const time = /(?<!\d)\d{1,2}\s?[:.h∶時时시]\s?\d{2}(?!\d)|\d{1,2}\s?[ap]\.?m\.?\b/i;
const dayAndMonth =
  /(?<!\d)\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?(?!\d)|\d{1,2}(?:st|nd|rd|th|er|º|\.)?\s(?:de\s|d’)?\p{L}{3,12}|\p{L}{3,12}\s\d{1,2}(?!\d)|\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]/u;
const zone = /(?:GMT|UTC)\s?[+-]\d{1,2}:?\d{2}/;
/** A colon of any script; programs for Hebrew and Arabic may write theirs at the front. */
const endsInColon = /[:：∶︰։՝៖]\s*[*_]*\s*$|^[:：]\s?[\p{Script=Hebrew}\p{Script=Arabic}]/u;
const endsSentence = /[.!?。！？]["'”»)\]]*\s*$/;
const weekday = /^\p{L}{2,14}[.,]{1,2}\s/u;

const MAX_ATTRIBUTION_LENGTH = 400;
const MAX_ATTRIBUTION_LINES = 6;

/**
 * Is there an attribution whose last line is this one? `quoteFollows`: the next text is quoted, which makes weaker evidence
 * enough. Returns its first line, or -1. The lines above it are the sender's, so the shortest attribution counts, and more only
 * when a program broke its line.
 */
export function attributionStart(lines: string[], last: number, quoteFollows: boolean, envelope: Envelope = noEnvelope): number {
  const line = lines[last];
  if (line.length > MAX_ATTRIBUTION_LENGTH || !mayEndAttribution(line, quoteFollows, envelope)) return -1;
  // An address and a date in two lines without a colon are two lines of the sender.
  const mostLines = endsInColon.test(line) || verb.test(line) || zone.test(line) ? MAX_ATTRIBUTION_LINES : 1;
  let joined = '';
  for (let first = last; first >= 0 && first > last - mostLines; first--) {
    if (!reachesTo(lines, first, last)) break;
    joined = `${lines[first].trim()} ${joined}`.trim();
    if (joined.length > MAX_ATTRIBUTION_LENGTH) break;
    if (isAttribution(joined, quoteFollows, envelope)) return wrappedStart(lines, first, last, joined);
  }
  return -1;
}

/** May an attribution that ends at `last` hold this line too? */
function reachesTo(lines: string[], first: number, last: number): boolean {
  if (lines[first].trim() === '' && !continuesOverBlank(lines, first)) return false;
  return first === last || !(isQuoted(lines[first]) || endsInColon.test(lines[first]));
}

/** Where a broken attribution begins: further up, when a line there begins as one does and the part found lacks its date. */
function wrappedStart(lines: string[], found: number, last: number, part: string): number {
  if (momentIn(part).date || beginsWithDay(lines[found])) return found;
  let joined = part;
  let best = found;
  for (let first = found - 1; first >= 0 && first > last - MAX_ATTRIBUTION_LINES; first--) {
    if (!reachesTo(lines, first, last) || endsSentence.test(lines[first])) return best;
    joined = `${lines[first].trim()} ${joined}`.trim();
    if (joined.length > MAX_ATTRIBUTION_LENGTH) return best;
    if (beginsWithDay(lines[first]) || holdsMostOfAttribution(lines[first], part)) return first;
    if (beginsAttribution(lines[first])) best = first;
  }
  return best;
}

/** `at 10:18 AM, Ann wrote:` has its day on the line above it. */
const beginsWithDay = (line: string): boolean => beginsAttribution(line) && (year.test(line) || dayAndMonth.test(line));

/** The part found is only a verb: the address and the date stand on the line above it. */
function holdsMostOfAttribution(line: string, part: string): boolean {
  const moment = momentIn(line);
  return moment.date && (holdsAddress(line) ? part.length < 40 && !holdsAddress(part) : moment.time && /^.{0,16}\p{Nd}/u.test(line));
}

/** In an element that a program made for its attribution, directly above a quote: the date or the author is enough. */
export function isMarkedAttribution(line: string, envelope: Envelope): boolean {
  const { date, time } = momentIn(line);
  return line.length < MAX_ATTRIBUTION_LENGTH && endsInColon.test(line) && (date || time || namesPerson(line, envelope));
}

/** A paragraph directly above a quote that is surely one: a colon at its end and an address or a time in it are enough. */
export function isIntroduction(paragraph: string): boolean {
  if (paragraph.length >= MAX_ATTRIBUTION_LENGTH || !endsInColon.test(paragraph)) return false;
  const moment = momentIn(paragraph);
  return holdsAddress(paragraph) || (moment.date && moment.time) || (time.test(paragraph) && dayAndMonth.test(paragraph));
}

/** Does it say who wrote the quote? A line with a date alone may be the sender's own. */
export function saysWho(paragraph: string, envelope: Envelope): boolean {
  return holdsAddress(paragraph) || verb.test(paragraph) || namesPerson(paragraph, envelope);
}

/** Chinese puts its word behind the name, where no sentence ends. */
const startWithin = new RegExp(
  `\\s(?:${allWords('on')
    .split('|')
    .filter((word) => !/\p{Script=Han}/u.test(word))
    .join('|')})\\s`,
  'gu',
);

/**
 * Where an attribution begins in the middle of a line (`Thanks! On Tue, … somebody wrote:`): the index of the blank before it,
 * or -1. Some programs forget the line break, and the words before it are the sender's.
 */
export function attributionWithin(line: string): number {
  if (line.length > 1000 || !endsInColon.test(line) || !verb.test(line) || beginsAttribution(line)) return -1;
  for (const match of line.matchAll(startWithin)) {
    const rest = line.slice(match.index + 1);
    if (verb.test(rest) && beginsAttribution(rest) && isAttribution(rest, true, noEnvelope)) return match.index;
  }
  return -1;
}

/**
 * Where an attribution ends in the middle of a line (`On Tue, … somebody wrote:   Hello`, Yahoo on Android): the index behind its
 * colon, or -1.
 */
export function attributionEndWithin(line: string): number {
  const head = /^[^\n]{20,300}?[:：](?=[ \t]{2,}\S)/.exec(line)?.[0].trimStart();
  if (head === undefined || !verb.test(head) || !beginsAttribution(head) || !isAttribution(head, false, noEnvelope)) return -1;
  return line.indexOf(head) + head.length;
}

function mayEndAttribution(line: string, quoteFollows: boolean, envelope: Envelope): boolean {
  if (endsInColon.test(line)) return true;
  if (!quoteFollows && !/[\d@]/.test(line)) return false;
  if (verb.test(line)) return true;
  return (year.test(line) && (quoteFollows || zone.test(line))) || (quoteFollows && (holdsAddress(line) || namesPerson(line, envelope)));
}

/** Outlook breaks `… Some One\n\n<\nmailto:a@b\n> wrote:` over empty lines. */
function continuesOverBlank(lines: string[], blank: number): boolean {
  return /^\s*<\s*$|^\s*<mailto:/i.test(lines[blank + 1] ?? '') && beginsAttribution(lines[blank - 1] ?? '');
}

/** Does this line begin as an attribution does: with a start word, a date or a weekday? */
function beginsAttribution(line: string): boolean {
  const text = line.trim().replace(/^[-*_\s]+/, '');
  return (
    (startWord.test(text) && (year.test(text) || time.test(text) || dayAndMonth.test(text))) ||
    /^\d{1,4}[./年-]/.test(text) ||
    (/^\d{1,2}\s\p{L}{3}/u.test(text) && (year.test(text) || time.test(text))) ||
    (weekday.test(text) && year.test(text))
  );
}

function isAttribution(joined: string, quoteFollows: boolean, envelope: Envelope): boolean {
  const text = joined.replace(/^[-*_\s]+|[-*_\s]+$/g, '');
  const colon = endsInColon.test(text) || /^-{2,}.*-{2,}$/.test(joined);
  if (quoteFollows && introducesQuote(text, colon, envelope)) return true;
  const hasVerb = verb.test(text);
  const hasEmail = holdsAddress(text);
  const hasYear = year.test(text);
  const hasTime = time.test(text);
  const hasDate = hasYear || dayAndMonth.test(text);
  if (hasVerb && (colon || quoteFollows)) {
    if (hasEmail && (hasDate || hasTime || colon)) return true;
    if (hasDate && hasTime) return colon || verbAtEnd(text);
    if (hasDate && (startWord.test(text) || /^\p{L}{2,14}[.,]/u.test(text))) return colon || verbAtEnd(text);
    if (quoteFollows && colon) return text.length < 120;
  }
  if (hasVerb && verbAtEnd(text) && hasEmail && (hasYear || hasTime)) return true;
  if (colon && hasEmail && hasDate && (hasTime || quoteFollows) && text.length < 250) return true;
  if (zone.test(text) && /^\d{4}[-/]\d{1,2}[-/]\d{1,2}/.test(text)) return text.length < 150;
  return quoteFollows && hasEmail && hasYear && beginsAttribution(text) && text.length < 200;
}

/** What holds in every language: a line directly above a quote with a colon, a date and a time, or with who wrote the quote. */
function introducesQuote(text: string, colon: boolean, envelope: Envelope): boolean {
  if (text.length > 300) return false;
  const { date, time } = momentIn(text);
  if (colon && date && time) return true;
  if (colon && (date || time) && namesPerson(text, envelope)) return true;
  if (colon && mailbox.test(text) && wordsBeside(text, envelope).length <= 3) return true;
  return date && time && namesPerson(text, envelope) && (verb.test(text) || !endsSentence.test(text));
}

/** The words of a line around `Name <address>`; a sentence of the sender has more of them than `Name … wrote`. */
function wordsBeside(text: string, { names }: Envelope): string[] {
  const rest = names.reduce((left, name) => left.replace(name, ' '), text).replace(mailbox, ' ');
  return rest.match(/[\p{L}\p{M}]+/gu) ?? [];
}

function verbAtEnd(text: string): boolean {
  return verb.test(text.slice(-24));
}
