import { deviceName, excuse, sentFrom } from './phrases/devices';

/** Where a sender's signature begins: the delimiter of Usenet (RFC 3676 §4.3), or the line that a phone adds. */

const delimiter = /^(?:--|__)[\s\u00a0]*$/;
const device = new RegExp(`^[\\s*_<([]*(?:${sentFrom.join('|')})`, 'iu');
const decoration = /^[\s\-_=~*#+—–─━ᐧ.]*$/;

const LONGEST_SIGNATURE = 12;
const WIDEST_SIGNATURE = 1000;
/** A sign-off of so few lines between an answer and a quote stays: little is gained and something may be lost. */
const SHORT_SIGN_OFF = 2;
const SHORT_LEADING = 6;

/**
 * The first line of the signature, or the number of lines when there is none. `quoteFollows`: an earlier mail comes directly
 * after these lines, and then a short sign-off is left visible.
 */
export function signatureStart(lines: string[], quoteFollows: boolean): number {
  const delimited = delimitedStart(lines, quoteFollows);
  return quoteFollows ? delimited : deviceStart(lines, delimited);
}

function delimitedStart(lines: string[], quoteFollows: boolean): number {
  for (let i = 1; i < lines.length; i++) {
    if (!delimiter.test(lines[i])) continue;
    if (isFoldable(lines.slice(i + 1), quoteFollows)) return i;
  }
  return lines.length;
}

/** Few and short enough that nobody loses more than an address; and before a quote, long enough to be worth it. */
export function isFoldable(signature: string[], quoteFollows: boolean): boolean {
  let solid = 0;
  let width = 0;
  for (const line of signature) {
    if (line.trim() === '') continue;
    solid++;
    width += line.length;
    if (solid > LONGEST_SIGNATURE || width > WIDEST_SIGNATURE) return false;
  }
  return !quoteFollows || solid > SHORT_SIGN_OFF;
}

/** `Sent from my iPhone` and its like at the very end. */
function deviceStart(lines: string[], from: number): number {
  let end = from;
  for (let i = from - 1; i > 0; i--) {
    if (lines[i].trim() === '') continue;
    if (!isDeviceLine(lines[i])) break;
    end = i;
  }
  return end;
}

/** What Outlook on phones ends with, in whatever language: its name and a link to itself. */
const outlookMobile = /^.{0,60}\bOutlook\b.{0,40}[<([]https?:\/\/aka\.ms\/\w{3,12}[>)\]](?:\s\S{1,20}){0,2}\s*$/iu;

/** A sentence of the sender may begin alike (`Sent from my desk, which is much easier than …`), so a clause behind the device has to excuse it. */
export function isDeviceLine(line: string): boolean {
  if (outlookMobile.test(line)) return true;
  if (line.length >= 160 || !device.test(line) || !deviceName.test(line)) return false;
  const clause = /[,;:]\s(.*)$/s.exec(line)?.[1] ?? '';
  return clause.split(/\s+/).length < 4 || excuse.test(clause);
}

/** Where a signature ends that stands above the sender's text: its delimiter and the paragraph below; 0 when there is none. */
export function leadingSignatureEnd(lines: string[]): number {
  if (!delimiter.test(lines[0] ?? '')) return 0;
  const end = lines.findIndex((line, i) => i > 0 && line.trim() === '');
  const signature = lines.slice(1, end);
  const isShort = end > 1 && signature.length <= SHORT_LEADING && signature.every((line) => line.length <= 60);
  return isShort && lines.slice(end).some((line) => line.trim() !== '' && !isDecoration(line)) ? end : 0;
}

/** `Non-text part: text/html`: what notmuch writes below a quote. */
export function isProgramNote(line: string): boolean {
  return /^Non-text part: [\w.+-]+\/[\w.+-]+\s*$/.test(line);
}

/** A line of dashes, stars and the like, which separates and says nothing. */
export function isDecoration(line: string): boolean {
  return decoration.test(line);
}

/** What a mailing list or a virus scanner puts below a mail. */
export function isFooter(lines: string[]): boolean {
  const first = lines.find((line) => line.trim() !== '') ?? '';
  return (
    delimiter.test(first) ||
    /^\s*[_\-=*]{5,}\s*$/.test(first) ||
    /^(?:you (?:are receiving|received) this|to (?:unsubscribe|view|reply|stop receiving)|this (?:e-?mail|message) (?:was|is|and|has been|contains)|click here to unsubscribe|diese e-?mail wurde|virus-?free|virenfrei)/i.test(
      first.trim(),
    )
  );
}
