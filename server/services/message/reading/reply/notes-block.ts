import { namesPerson, type Envelope } from './envelope';
import { holdsAddress } from './mail-address';
import { momentIn } from './moment';
import { wordList } from './phrases/languages';

/**
 * The headers that Lotus Notes puts above an earlier mail: a table of the author and the date, and of `To`, `cc` and `Subject` without
 * colons, whose values stand in cells or lines of their own.
 */

const MOST_LINES = 24;
const LONGEST_LINE = 120;

/** The line after such headers that begin at this line, or -1. */
export function notesBlockEnd(lines: string[], first: number, envelope: Envelope): number {
  if (!mayBegin(lines, first, envelope)) return -1;
  let hasMoment = false;
  let hasTo = false;
  for (let i = first; i < Math.min(lines.length, first + MOST_LINES); i++) {
    if (lines[i].trim().length > LONGEST_LINE) return -1;
    const cells = lines[i].trim().split(/\s{2,}|\t/);
    hasMoment ||= cells.some(isMoment);
    const label = (cells.at(-1) ?? '').toLowerCase();
    hasTo ||= toLabels.has(label);
    if (subjectLabels.has(label)) return hasMoment && hasTo ? afterValue(lines, i + 1) : -1;
  }
  return -1;
}

const toLabels = new Set(wordList('to').map((word) => word.toLowerCase()));
const subjectLabels = new Set(wordList('subject').map((word) => word.toLowerCase()));

/** The date and the time, and no sentence around them. */
function isMoment(cell: string): boolean {
  const { date, time } = momentIn(cell);
  return date && time && cell.length <= 40;
}

/** A paragraph begins here, with the author or with the date. */
function mayBegin(lines: string[], first: number, envelope: Envelope): boolean {
  const line = lines[first];
  if (line.trim() === '' || (first > 0 && lines[first - 1].trim() !== '')) return false;
  return holdsAddress(line) || isMoment(line.trim()) || namesPerson(line, envelope);
}

function afterValue(lines: string[], from: number): number {
  let at = from;
  while (at < lines.length && lines[at].trim() === '') at++;
  return Math.min(lines.length, at + 1);
}
