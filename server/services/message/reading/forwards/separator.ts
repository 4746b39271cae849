import { beginsForward, endsForward, forwardPrefixes, forwardWords } from './phrases';
import { withoutGatewayMark } from '../subject-key';

/** Recognises the line between the note of the person who forwards a mail and the mail. */

const dashes = '[-_=—–*]';
const dashed = new RegExp(`^\\s*${dashes}{3,80}\\s{0,10}(?=.{0,300}\\p{L})[^\\n]{1,300}?\\s{0,10}${dashes}{0,80}\\s*$`, 'u');
const prefix = new RegExp(`^\\s*(?:\\[[^\\]]{1,40}\\]\\s*)?(?:${forwardPrefixes.join('|')})\\s?[:：]`, 'iu');
/** `Subject (fwd)` of nmh and Alpine, `[jane@example.com: Subject]` of mutt. */
const suffix = /\((?:fwd|fw)\)/i;
const senderAndSubject = /^\s*\[[^\]\s]{1,100}@[^\]\s]{1,200}:\s.*\]\s*$/s;
const words = new RegExp(forwardWords.join('|'), 'iu');
const beginning = new RegExp(`^\\s*(?:${beginsForward.join('|')})\\s*[:：]\\s*$`, 'iu');
const ending = new RegExp(`^\\s*${dashes}{3,80}\\s{0,10}(?:${endsForward.join('|')})(?![\\p{L}])`, 'iu');
const mboxLine = /^From \S+@\S+ .{0,40}\d{4}\s*$/;

/** Does the subject say that the mail is a forward? */
export function isForwardSubject(marked: string): boolean {
  const subject = withoutGatewayMark(marked);
  return prefix.test(subject) || suffix.test(subject) || senderAndSubject.test(subject);
}

/** `----- Forwarded message -----`, `Begin forwarded message:`; with a subject that says so, any words between dashes. */
export function isForwardSeparator(line: string, saysForward: boolean): boolean {
  if (line.length > 300) return false;
  if (beginning.test(line)) return true;
  if (saysForward && (mboxLine.test(line) || /^[^:：]{5,60}[:：]\s*$/.test(line))) return true;
  return dashed.test(line) && (saysForward || words.test(line));
}

/** Words between dashes, in whatever language. */
export function isDashedWords(line: string): boolean {
  return line.length <= 300 && dashed.test(line);
}

/** `----- End forwarded message -----`. */
export function saysEnd(line: string): boolean {
  return line.length <= 300 && ending.test(line);
}
