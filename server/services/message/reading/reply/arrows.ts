import { attributionStart } from './attribution';
import type { Envelope } from './envelope';
import { isQuoted } from './quote-sign';
import { momentIn } from './moment';

/** `>>> Ann Agent <ann@example.com> 02.11.2026 10:00 >>>` of GroupWise: below it stands the earlier mail without quote signs. */
const betweenArrows = /^>>>\s{1,3}(\S[^\n]{0,300}?)\s{1,3}>>>\s*$/;
/** `>>>>> On 2 November, Ann Agent <ann@example.com> said:` of Supercite in Emacs, above lines with the name of the person who is quoted. */
const behindArrows = /^>{4,6}\s{1,3}(\S[^\n]{0,300}[:：])\s*$/;

/** Is this an attribution that looks like a quoted line? `initials` are the lines that are quoted with a name. */
export function isArrowedAttribution(lines: string[], at: number, initials: ReadonlySet<number>, envelope: Envelope): boolean {
  if (!lines[at].startsWith('>>>') || (at > 0 && isQuoted(lines[at - 1]))) return false;
  const between = betweenArrows.exec(lines[at])?.[1];
  if (between !== undefined) {
    const { date, time } = momentIn(between);
    return date && time;
  }
  const behind = behindArrows.exec(lines[at])?.[1];
  if (behind === undefined || !(initials.has(at + 1) || initials.has(at + 2))) return false;
  return attributionStart([behind], 0, true, envelope) === 0;
}
