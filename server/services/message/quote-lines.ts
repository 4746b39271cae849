import { originalMessage, pointsBelow, quoteWords } from './quote-tables';

/** Recognises the lines with which mail programs introduce an earlier mail: attributions, header blocks, separators. */

/** A boundary: the lines from `start` up to (not including) `end` introduce an earlier mail. */
export interface Boundary {
  start: number;
  end: number;
  kind: 'attribution' | 'headers' | 'separator';
}

const all = (key: 'wrote' | 'on' | 'from' | 'sent' | 'to' | 'subject' | 'cc'): string =>
  [...new Set(quoteWords.map((words) => words[key]).filter((words) => words !== ''))].join('|');

const letter = '[\\p{L}\\p{N}]';
const verb = new RegExp(`(?<!${letter})(?:${all('wrote')})(?!${letter})|(?:写道|寫道|のメール|書きました|작성|كتب)`, 'iu');
const startWord = new RegExp(`^(?:${all('on')})(?!${letter})`, 'iu');
const email = /[^\s<>@"'()]{1,64}@[^\s<>@"'()]{1,255}|<mailto:/;
const year = /(?<!\d)(?:19[7-9]\d|20\d\d|25[5-9]\d)(?!\d)/;
const time = /(?<!\d)\d{1,2}\s?[:.h時时시]\s?\d{2}(?!\d)|\d{1,2}\s?[ap]\.?m\.?\b/i;
const dayAndMonth =
  /(?<!\d)\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?(?!\d)|\d{1,2}(?:st|nd|rd|th|er|º|\.)?\s(?:de\s|d’)?\p{L}{3,12}|\p{L}{3,12}\s\d{1,2}(?!\d)|\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]/u;
const zone = /(?:GMT|UTC)\s?[+-]\d{1,2}:?\d{2}/;
/** A colon of any script; Hebrew programs write theirs at the front. */
const endsInColon = /[:：։՝៖]\s*[*_]*\s*$|^[:：]\s?\p{Script=Hebrew}/u;
const weekday = /^\p{L}{2,14}[.,]{1,2}\s/u;

const maxAttributionLength = 400;
const maxAttributionLines = 6;

/**
 * Is there an attribution (`On … somebody wrote:`) whose last line is this one? `quoteFollows`: the next text is quoted or
 * there is none, which makes weaker evidence enough. Returns its first line, or -1.
 */
export function attributionStart(lines: string[], last: number, quoteFollows: boolean): number {
  const line = lines[last];
  if (line.length > maxAttributionLength || !mayEndAttribution(line, quoteFollows)) return -1;
  let found = -1;
  let joined = '';
  for (let first = last; first >= 0 && first > last - maxAttributionLines; first--) {
    if (lines[first].trim() === '' && !continuesOverBlank(lines, first)) break;
    if (first < last && (isQuoted(lines[first]) || /[:：]\s*$/.test(lines[first]))) break;
    joined = `${lines[first].trim()} ${joined}`.trim();
    if (joined.length > maxAttributionLength) break;
    if (isAttribution(joined, quoteFollows) && (found < 0 || beginsAttribution(lines[first]) || completes(lines, first, found, last)))
      found = first;
  }
  return found;
}

/** A paragraph directly above a quote that is surely one: a colon at its end and an address or a time in it are enough. */
export function isIntroduction(paragraph: string): boolean {
  return (
    paragraph.length < maxAttributionLength &&
    endsInColon.test(paragraph) &&
    (email.test(paragraph) || (time.test(paragraph) && (year.test(paragraph) || dayAndMonth.test(paragraph))))
  );
}

/** Chinese puts its word behind the name, where no sentence ends. */
const startWithin = new RegExp(
  `\\s(?:${all('on')
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
    if (beginsAttribution(rest) && isAttribution(rest, true)) return match.index;
  }
  return -1;
}

/**
 * Where an attribution ends in the middle of a line (`On Tue, … somebody wrote:   Hello`, Yahoo on Android): the index behind its
 * colon, or -1.
 */
export function attributionEndWithin(line: string): number {
  const head = /^[^\n]{20,300}?[:：](?=[ \t]{2,}\S)/.exec(line)?.[0].trimStart();
  if (head === undefined || !verb.test(head) || !beginsAttribution(head) || !isAttribution(head, false)) return -1;
  return line.indexOf(head) + head.length;
}

function mayEndAttribution(line: string, quoteFollows: boolean): boolean {
  if (endsInColon.test(line)) return true;
  if (!quoteFollows && !/[\d@]/.test(line)) return false;
  if (verb.test(line)) return true;
  return (year.test(line) && (quoteFollows || zone.test(line))) || (quoteFollows && email.test(line));
}

/** The part found so far is only a verb: the address and the date stand on the line above it. */
function completes(lines: string[], first: number, found: number, last: number): boolean {
  const part = lines.slice(found, last + 1).join(' ');
  return (
    part.length < 40 &&
    !email.test(part) &&
    !year.test(part) &&
    email.test(lines[first]) &&
    (year.test(lines[first]) || time.test(lines[first]))
  );
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

function isAttribution(joined: string, quoteFollows: boolean): boolean {
  const text = joined.replace(/^[-*_\s]+|[-*_\s]+$/g, '');
  const colon = endsInColon.test(text) || /^-{2,}.*-{2,}$/.test(joined);
  const hasVerb = verb.test(text);
  const hasEmail = email.test(text);
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

function verbAtEnd(text: string): boolean {
  return verb.test(text.slice(-24));
}

// --- header blocks -------------------------------------------------------------------------------------------------

type Label = 'from' | 'sent' | 'to' | 'subject' | 'cc';

const labels: [Label, RegExp][] = (['from', 'sent', 'to', 'subject', 'cc'] as const).map((label) => [
  label,
  new RegExp(`^(?:${all(label)})$`, 'iu'),
]);
const labelled = /^[\s>|*_]{0,20}([^:：\n]{1,40}?)[\s*_\u200e\u200f]{0,10}[:：][\s*_]*(.*)$/;
const longestBlock = 14;

/** `Label: value`; null for a line without a colon, which most are. */
function readLabelled(line: string): RegExpExecArray | null {
  const hasColon = line.includes(':') || line.includes('：');
  return !hasColon || line.length > 2000 ? null : labelled.exec(line);
}

/** Which header does this line hold? More than one when a word has two meanings (`De`, `Data`, `Tema`). */
function labelsOf(line: string): Label[] {
  const match = readLabelled(line);
  if (match === null) return [];
  const name = match[1].replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, '').trim();
  return labels.filter(([, pattern]) => pattern.test(name)).map(([label]) => label);
}

/**
 * Does a header block (`From: … Sent: … To: … Subject: …`) begin at this line? Returns the line after it, or -1. Wrapped
 * values and one empty line between two headers are taken along.
 */
export function headerBlockEnd(lines: string[], first: number): number {
  if (labelsOf(lines[first]).length === 0) return -1;
  const seen = new Set<Label>();
  let count = 0;
  let end = first;
  let others = 0;
  for (let i = first; i < Math.min(lines.length, first + longestBlock); i++) {
    const found = labelsOf(lines[i]);
    if (found.length > 0) {
      for (const label of found) seen.add(label);
      count++;
      end = i + 1;
      others = 0;
    } else if (lines[i].replace(/^[\s>|]+/, '') === '') {
      if (labelsOf(lines[i + 1] ?? '').length === 0) break;
    } else if (++others > 3 || (others > 1 && count < 2)) break;
  }
  return isHeaderBlock(seen, count, lines.slice(first, end).join('\n')) ? end : -1;
}

/**
 * Three headers, or two when they hold an address and a full date. A web form may have lines `From:` and `Subject:` too, and a
 * booking `From: Berlin`, `To: Munich`, `Date: Friday`.
 */
function isHeaderBlock(seen: Set<Label>, count: number, block: string): boolean {
  if (!seen.has('from') || !(email.test(block) || (seen.has('subject') && time.test(block)))) return false;
  if (count >= 3) return seen.has('sent') || (seen.has('to') && seen.has('subject'));
  return count === 2 && seen.has('sent') && email.test(block) && year.test(block) && time.test(block);
}

// --- separators ----------------------------------------------------------------------------------------------------

const separatorWords = new RegExp(
  `^[\\s>*_|]{0,20}(?:[-_=—–*~+#]{2,80}\\s{0,10}(?:${originalMessage.join('|')})\\s*[:：]?\\s*(?:[-_=—–*~+#]{0,80}|[-_=—–]{2,80}\\s*\\p{L}{2,15}\\s?[:：]\\s.{0,600})|(?:${originalMessage.filter((words) => /begin|anfang|début|inicio|início|inizio|start of|以下|转发/.test(words)).join('|')})\\s*[:：])\\s*$`,
  'iu',
);
const dashedWords = /^\s*[-_=]{3,80}\s{0,10}[^\s\-_=](?:.{0,60}[^\s\-_=])?\s{0,10}[-_=]{3,80}\s*$/u;
const ruler = /^[\s*]*(?:[-_=—–]\s?){5,}\*?\s*$/;

/** `-----Original Message-----` in any language of the table; Samsung's phones write the headers behind it. */
export function isSeparator(line: string): boolean {
  return line.length < 800 && /\p{L}/u.test(line) && separatorWords.test(line);
}

const bareSeparatorWords = new RegExp(`^\\s*(?:${originalMessage.join('|')})\\s*$`, 'iu');

/** BlackBerry's `  Original Message  ` without dashes: a separator only when a header block follows. */
export function isBareSeparator(line: string): boolean {
  return line.length < 60 && bareSeparatorWords.test(line);
}

const pointing = new RegExp(pointsBelow.join('|'), 'iu');

/** Does the sender say that their answers stand further down, in our own text? */
export function pointsToAnswersBelow(text: string): boolean {
  return pointing.test(text.slice(0, 2000));
}

/** A line of dashes, with or without words of an unknown language: a separator only when a header block follows. */
export function isRuler(line: string): boolean {
  return line.length < 300 && (ruler.test(line) || dashedWords.test(line));
}

/** Three or more `Label: value` lines in a language that the table does not know, with an address and a date among them. */
export function unknownHeaderBlockEnd(lines: string[], first: number): number {
  let end = first;
  while (end < lines.length && end < first + 8 && lines[end].length < 300 && readLabelled(lines[end]) !== null) end++;
  const block = lines.slice(first, end).join('\n');
  return end - first >= 3 && email.test(block) && year.test(block) && time.test(block) ? end : -1;
}

export function isQuoted(line: string): boolean {
  return /^\s{0,3}[>|＞]/.test(line);
}

// --- forwards ------------------------------------------------------------------------------------------------------

/**
 * The first header block that introduces a forwarded mail: its sender and subject as written. `anySeparator`: the mail's
 * subject says that it is a forward, so a block under `-----Original Message-----`, or under nothing, is enough.
 */
export function readForwardedHeaders(text: string, anySeparator: boolean): { from: string; subject: string | null; text: string } | null {
  const lines = text.split('\n').slice(0, 2000);
  for (let i = 0; i < lines.length; i++) {
    if (!(isSeparator(lines[i]) && (anySeparator || forwardWords.test(lines[i]))) && !(anySeparator && labelsOf(lines[i]).length > 0))
      continue;
    for (let at = i; at < Math.min(i + 4, lines.length); at++) {
      const end = headerBlockEnd(lines, at);
      const block = end > 0 ? readBlock(lines.slice(at, end)) : null;
      if (end > 0) return block && { ...block, text: lines.slice(end).join('\n').trim() };
    }
  }
  return null;
}

const forwardWords =
  /forward|weitergeleitet|transféré|transmis|réexpédié|reenviad|encaminhad|reencaminhad|inoltrat|doorgestuurd|vidarebefordra|videresend|välitetty|edelleenlähetetty|edastatud|pārsūtīt|persiųst|przekazan|přeposlan|preposlan|továbbított|redirecționat|proslijeđen|posredovan|препратено|пересыла|переслан|προωθημένο|iletilen|yönlendirilen|转发|轉寄|転送|전달|chuyển tiếp|ส่งต่อ|הועברה|محولة|توجيهها|هدایت|terusan|reenviat/i;

function readBlock(block: string[]): { from: string; subject: string | null } | null {
  const values = new Map<Label, string>();
  let current: Label | null = null;
  for (const line of block) {
    const found = labelsOf(line);
    const text = line.replace(/^[\s>|]+/, '');
    if (found.length > 0) {
      current = found.find((label) => !values.has(label)) ?? null;
      if (current !== null) values.set(current, labelled.exec(line)?.[2] ?? '');
    } else if (current !== null && text !== '') values.set(current, `${values.get(current)} ${text}`);
  }
  const from = values.get('from');
  return from === undefined ? null : { from, subject: values.get('subject') ?? null };
}
