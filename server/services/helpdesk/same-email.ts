import type { ParsedMessage } from '../message/types';
import { wholeHashOf } from './long-texts';

/** An email as a comment keeps it. */
export interface HeldEmail {
  authorAddress: string | null;
  text: string | null;
  visibleText: string | null;
  writtenAt: Date | string | null;
  /** Its files, each as fileKey says. */
  files: string[];
}

/**
 * Whether a message with the same Message-ID is the same email, and not another one of a program that repeats its Message-IDs.
 * On its way, lists and servers mark the subject, add lines above or below the text, and take files out. A file that the comment
 * lacks is never lost for that.
 * @param viaAnother it came to another mailbox than the comment's
 */
export function isSameEmail(held: HeldEmail, message: ParsedMessage, viaAnother: boolean): boolean {
  const files = [...held.files];
  const hasNewFile = message.attachments.some((attachment) => {
    const index = files.indexOf(fileKey(attachment));
    if (index >= 0) files.splice(index, 1);
    return index < 0;
  });
  // A list may have written itself into From.
  const isSameAuthor = (held.authorAddress ?? '') === (message.from?.address ?? '') || wentThroughList(message);
  if (hasNewFile || !isSameAuthor) return false;
  // Of a text that is too long for a row, the file of the whole tells.
  const whole = wholeHashOf(message.text);
  if (whole !== null) return held.files.includes(whole);
  const [one, other] = [collapsed(held.text ?? ''), collapsed(message.text)];
  // The words of an email without a text are those of its subject.
  if (other === '' && one === collapsed(message.subject)) return true;
  if (one === other || collapsed(withoutFooter(held.text ?? '')) === collapsed(withoutFooter(message.text))) return true;
  if (!viaAnother && !wentThroughList(message))
    return wasWrittenAt(held, message) && (hasWithin(held.text, message.text) || hasWithin(message.text, held.text));
  return one.includes(other) || other.includes(one) || collapsed(held.visibleText ?? '') === collapsed(message.visibleText);
}

const wasWrittenAt = ({ writtenAt }: HeldEmail, { date }: ParsedMessage): boolean =>
  writtenAt !== null && date !== null && new Date(writtenAt).getTime() === new Date(date).getTime();

/** Whether a text has another one at its end or beginning, in lines of its own: beside it stands what a gateway adds for the copy to an alias. */
function hasWithin(whole: string | null, part: string | null): boolean {
  const [long, short] = [whole ?? '', part ?? ''].map((text) =>
    text
      .replace(/[^\S\n]+/g, ' ')
      .replace(/ ?\n\s*/g, '\n')
      .trim(),
  );
  return short !== '' && (long.endsWith(`\n${short}`) || long.startsWith(`${short}\n`));
}

/** A file by its contents and its name. */
export const fileKey = ({ hash, name }: { hash: string; name: string }): string => `${hash} ${name}`;

const collapsed = (text: string): string => text.replace(/\s+/g, ' ').trim();

const LIST_HEADERS = ['list-id', 'list-post', 'resent-from', 'resent-date', 'x-forwarded-to', 'x-original-from'];

const wentThroughList = ({ headers }: ParsedMessage): boolean => LIST_HEADERS.some((name) => headers[name] !== undefined);

/** This many lines at the end may be what a list adds. */
const MOST_FOOTER_LINES = 15;

/** Without the lines below the last separator. */
function withoutFooter(text: string): string {
  const lines = text.trimEnd().split('\n');
  const separator = lines.findLastIndex((line) => /^\s*(?:[-_=*~]{5,}|-- ?)\s*$/.test(line));
  return separator > 0 && lines.length - separator <= MOST_FOOTER_LINES ? lines.slice(0, separator).join('\n') : text;
}
