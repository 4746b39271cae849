import { simpleParser, type Attachment, type ParsedMail } from 'mailparser';

import { saidBy } from '../lib/spoken-error';
import { doubts, type Doubt } from './doubts';
import { trimBlanks, type HeaderField } from './mime/header';
import { allParts, contentOf, NO_BOUNDARY, NO_END, type Part } from './mime/mime';
import { HEADERS_BREAK_OFF } from './mime/header-block';
import { messageOf, readTree } from './parse';
import type { ParsedMessage, ParseOptions } from './types';
import { inEnglish, type Said, say } from '../../../shared/sentences/words';

/**
 * Two readers of one message. Ours is the first (docs/decisions/first-reader.md). What it refuses or cannot make sense of is read by
 * mailparser as well, and the better reading is taken:
 *
 * 1. When ours refused, mailparser's, if it has a sender and something to read or a file.
 * 2. Else mailparser's, if it is better in one respect and worse in none: a sender, recipients, a subject, a date, something to read,
 *    the number of files that are not empty.
 * 3. Else ours.
 *
 * Both run in the same thread, so that the same limits of time and memory hold. Whichever reading is taken, the same code says what it
 * means: quotes, machines, bounces and the rest. `onSecond` is called before mailparser begins; with `isFirstOnly` it does not.
 *
 * @throws what our reader threw, when neither can read the message
 */
export async function readWithSecondOpinion(
  source: Uint8Array,
  options: ParseOptions = {},
  { onSecond = () => {}, isFirstOnly = false }: { onSecond?(): void; isFirstOnly?: boolean } = {},
): Promise<ParsedMessage> {
  const first = firstReading(source, options);
  if ('message' in first && first.doubt === null) return first.message;
  if (!isFirstOnly) onSecond();
  const second = isFirstOnly ? null : await secondReading(source, options, first.doubt!).catch(() => null);
  if ('message' in first) return second !== null && isBetter(second, first.message) ? second : first.message;
  if (second !== null && hasSender(second) && (hasText(second) || fileCount(second) > 0)) return second;
  const said = [saidBy(first.error), say('message.secondNeither')];
  throw Object.assign(first.error, { said, message: inEnglish(said) });
}

type FirstReading = { message: ParsedMessage; doubt: Doubt | null } | { error: Error; doubt: Doubt };

function firstReading(source: Uint8Array, options: ParseOptions): FirstReading {
  try {
    const warnings: Said[] = [];
    const root = readTree(source, options, warnings);
    const message = messageOf(root, { size: source.byteLength, options, warnings });
    return { message, doubt: doubtAbout(message, root) };
  } catch (error) {
    return { error: error as Error, doubt: doubts.refused };
  }
}

function doubtAbout(message: ParsedMessage, root: Part): Doubt | null {
  if (!hasSender(message)) return doubts.noSender;
  if (!hasText(message) && hasTextBytes(root)) return doubts.noText;
  if (message.warningsSaid.includes(HEADERS_BREAK_OFF)) return doubts.headersBreakOff;
  return message.warningsSaid.includes(NO_END) || message.warningsSaid.includes(NO_BOUNDARY) ? doubts.partsBreakOff : null;
}

function hasTextBytes(root: Part): boolean {
  const texts = [...allParts(root)].filter(
    ({ type, disposition, children }) => /^text\/(?:plain|html)$/.test(type) && disposition !== 'attachment' && children.length === 0,
  );
  return texts.some((part) => /\S/.test(contentOf(part).toString('latin1')));
}

// --- which is better -----------------------------------------------------------------------------------------------

const hasSender = ({ from, sender }: ParsedMessage): boolean => [from, sender].some((person) => (person?.address ?? '') !== '');
const hasText = ({ text, html }: ParsedMessage): boolean => text.trim() !== '' || html !== null;
const fileCount = ({ attachments }: ParsedMessage): number => attachments.filter(({ size }) => size > 0).length;

const respects: ((message: ParsedMessage) => number)[] = [
  (message) => Number(hasSender(message)),
  ({ to, cc }) => Number(to.length + cc.length > 0),
  ({ subject }) => Number(subject !== ''),
  ({ date }) => Number(date !== null),
  (message) => Number(hasText(message)),
  fileCount,
];

function isBetter(second: ParsedMessage, first: ParsedMessage): boolean {
  const gains = respects.map((respect) => respect(second) - respect(first));
  return gains.some((gain) => gain > 0) && gains.every((gain) => gain >= 0);
}

// --- mailparser's reading as a MIME tree ---------------------------------------------------------------------------

async function secondReading(source: Uint8Array, options: ParseOptions, doubt: Doubt): Promise<ParsedMessage> {
  const mail = await simpleParser(Buffer.from(source.buffer, source.byteOffset, source.byteLength), {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipTextLinks: true,
    skipImageLinks: true,
    keepCidLinks: true,
    keepDeliveryStatus: true,
  });
  return messageOf(treeOf(mail), { size: source.byteLength, options, warnings: [doubt] });
}

function treeOf(mail: ParsedMail): Part {
  const headers = mail.headerLines.filter(({ key }) => key !== '').map(fieldOf);
  const texts = [textPart('text/plain', mail.text), textPart('text/html', mail.html || undefined)].filter((part) => part !== null);
  const body: Part = { ...leaf('multipart/alternative'), children: texts };
  const type = mail.headers.get('content-type') as { value: string; params: Record<string, string> } | undefined;
  const isReport = type?.value.toLowerCase() === 'multipart/report'; // what it is depends on that
  return {
    ...leaf(isReport ? 'multipart/report' : 'multipart/mixed'),
    params: isReport ? type.params : {},
    headers,
    children: [body, ...mail.attachments.map(filePart)],
  };
}

/** mailparser hands out lines as bytes in latin1, as ours are. */
function fieldOf({ key, line }: ParsedMail['headerLines'][number]): HeaderField {
  return { name: key, raw: trimBlanks(line.slice(line.indexOf(':') + 1).replace(/\r?\n/g, '')) };
}

function leaf(type: string, body: Buffer = Buffer.alloc(0)): Part {
  return { headers: [], type, params: {}, disposition: '', dispositionParams: {}, encoding: '', body, children: [] };
}

function textPart(type: string, text: string | undefined): Part | null {
  return text === undefined || text.trim() === '' ? null : { ...leaf(type, Buffer.from(text)), params: { charset: 'utf-8' } };
}

function filePart({ contentType, filename, cid, content }: Attachment): Part {
  return {
    ...leaf(contentType.toLowerCase(), content),
    headers: cid === undefined ? [] : [{ name: 'content-id', raw: `<${cid}>` }],
    disposition: 'attachment',
    dispositionParams: filename === undefined ? {} : { filename },
  };
}
