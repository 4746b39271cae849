import { pointsBelow } from './phrases/pointers';
import { originalMessage } from './phrases/separators';

/** Recognises the lines that separate an answer from an earlier mail. */

const separatorWords = new RegExp(
  `^[\\s>*_|]{0,20}(?:[-_=—–*~+#]{2,80}\\s{0,10}(?:${originalMessage.join('|')})\\s*[:：]?\\s*(?:[-_=—–*~+#]{0,80}|[-_=—–]{2,80}\\s*\\p{L}{2,15}\\s?[:：]\\s.{0,600})|(?:${originalMessage.filter((words) => /begin|anfang|début|inicio|início|inizio|start of|以下|转发/.test(words)).join('|')})\\s*[:：])\\s*$`,
  'iu',
);
const dashedWords = /^\s*[-_=]{3,80}\s{0,10}[^\s\-_=](?:.{0,60}[^\s\-_=])?\s{0,10}[-_=]{3,80}\s*$/u;
const ruler = /^[\s*]*(?:[-_=—–]\s?){5,}\*?\s*$/;

/** `-----Original Message-----` in any language of the table; Samsung's phones write the headers behind it. */
export function isSeparator(line: string): boolean {
  return line.length < 800 && /\p{L}/u.test(line) && (separatorWords.test(line) || david.test(line));
}

/** Tobit David, in every language: `Original Message   processed by david®`, and below it subject, date and people in a form of its own. */
const david = /^[\s*_|]{0,20}original message[\s*_]{1,20}processed by[\s*_]{1,20}(?:tobit|david)\S{0,20}(?:\s\S{1,20}){0,3}\s*$/i;

const bareSeparatorWords = new RegExp(`^\\s*(?:${originalMessage.join('|')})\\s*$`, 'iu');

/** BlackBerry's `  Original Message  ` without dashes: a separator only when a header block follows. */
export function isBareSeparator(line: string): boolean {
  return line.length < 60 && bareSeparatorWords.test(line);
}

/** A line of dashes, with or without words of an unknown language: a separator only when a header block follows. */
export function isRuler(line: string): boolean {
  return line.length < 300 && (ruler.test(line) || dashedWords.test(line) || verse.test(line));
}

/** HCL Verse: `Jane Doe --- Re: Printer --- `. */
const verse = /^\s*[^\s-].{0,80} --- .{0,200}---\s*$/;

const pointing = new RegExp(pointsBelow.join('|'), 'iu');

/** Does the sender say that their answers stand further down, in our own text? */
export function pointsToAnswersBelow(text: string): boolean {
  return pointing.test(text.slice(0, 2000));
}
