import { hash } from 'node:crypto';

import { attachmentName, uniqueName } from './mime/attachment-name';
import { isBodyText, isHtml, isNamed, isOtherForm, isRtf, withoutEnrichment } from './body-text';
import { calendarText } from './formats/calendar';
import { decodeText } from './mime/charset';
import { unflow } from './mime/flowed';
import { decodeWords } from './mime/header';
import { htmlTokens } from './html/html';
import { contentOf, type Part } from './mime/mime';
import { encryptedNote, withoutArmor } from './formats/pgp';
import { isPlaceholder, saysTheSame } from './placeholder';
import { readRtf } from './formats/rtf';
import { isEncrypted, signedContent } from './formats/smime';
import { cidsIn, contentIdOf, isPicture, locationsAsCids, picturesAsCids } from './shown-parts';
import { htmlToText, textToLinkedHtml } from './html/text';
import { readTnef } from './formats/tnef';
import { decodeUnsaid, uuFiles } from './mime/transfer';
import type { Attachment } from './types';
import { type Said, say } from '../../../shared/sentences/words';

/** What a message says and what is attached to it, gathered from its MIME tree. */
interface Body {
  text: string;
  /** The HTML as the sender wrote it: not sanitised. Null when there is none. */
  html: string | null;
  attachments: Attachment[];
}

/** One piece of the body: a part, or the alternatives of one. */
interface Segment {
  text: string | null;
  html: string | null;
}

interface Gathered {
  segments: Segment[];
  files: File[];
  warnings: Said[];
}

interface File {
  part: Part | null;
  name: string | undefined;
  mime: string;
  content: Buffer;
  /** Of a file that was no part. */
  contentId?: string;
}

/** Reads the body. Never throws; what had to be repaired is added to `warnings`. */
export function readBody(root: Part, warnings: Said[]): Body {
  const gathered: Gathered = { segments: [], files: [], warnings };
  gather(root, gathered, false);
  if (!gathered.segments.some(showsWords)) addAttachedCalendars(gathered);
  const segments = gathered.segments
    .map(({ text, html }) => ({
      text: text === null ? null : withoutArmor(text, warnings),
      html: html === null || !showsSomething(html) ? null : takeOutData(html, gathered.files),
    }))
    .filter(({ text, html }) => text !== null || html !== null);
  const hasHtml = segments.some((segment) => segment.html !== null);
  const htmls = segments.filter(hasWords).map((segment) => segment.html ?? textToLinkedHtml(segment.text ?? ''));
  const html = hasHtml ? picturesAsCids(locationsAsCids(htmls.join('\n<br>\n'), gathered.files), gathered.files) : null;
  const texts = segments.map((segment) => segment.text ?? htmlToText(segment.html ?? ''));
  const text = texts.filter((piece) => piece.trim() !== '').join('\n\n');
  return { text: text.trimEnd(), html, attachments: attachmentsOf(gathered.files, html) };
}

// --- walking the tree ----------------------------------------------------------------------------------------------

function gather(part: Part, into: Gathered, inRelated: boolean): void {
  if (part.children.length === 0) return gatherLeaf(part, into, inRelated);
  if (part.type === 'multipart/alternative') return gatherAlternatives(part, into);
  if (part.type === 'multipart/encrypted') into.warnings.push(encryptedNote);
  if (part.type === 'multipart/appledouble')
    return part.children.filter(isNoResourceFork).forEach((child) => gather(child, into, inRelated));
  const forms = formsIn(part);
  const [text, html] = forms.map((form) => decoded(form).text);
  const areOne = text !== undefined && saysTheSame(text, html);
  if (areOne) gatherAlternatives({ ...part, children: part.children.slice(0, 2) }, into);
  const first = part.type === 'multipart/related' ? Math.max(1, forms.length) : part.children.length;
  part.children.forEach((child, i) => {
    if (!areOne || i > 1) gather(child, into, inRelated || i >= first);
  });
}

/** A text and its HTML, which some programs put beside each other without the multipart/alternative around both; none where others begin. */
function formsIn({ children }: Part): [text: Part, html: Part] | [] {
  const forms = children.slice(0, 2);
  const [text, html] = ['text/plain', 'text/html'].map((type) => forms.find((child) => child.type === type && !isNamed(child)));
  return text && html ? [text, html] : [];
}

const decoded = (part: Part) => decodeText(decodeUnsaid(contentOf(part), part.encoding), part.params.charset ?? htmlCharset(part));

/** RFC 1740: beside a file of a Mac stands what its Finder notes, under the same name; nobody can open it elsewhere. */
const isNoResourceFork = ({ type }: Part, _: number, { length }: Part[]): boolean => type !== 'application/applefile' || length === 1;

/** RFC 2046 §5.1.4: one content in several forms. The plain and the HTML form are both kept; other forms only if these are missing. */
function gatherAlternatives(part: Part, into: Gathered): void {
  const forms: Gathered = { segments: [], files: [], warnings: into.warnings };
  for (const child of part.children) {
    const before = forms.segments.length;
    if (!isOtherForm(child)) gather(child, forms, false);
    if (child.children.length > 0) mergeFrom(forms.segments, before);
  }
  const html = forms.segments.filter((segment) => segment.html !== null && showsSomething(segment.html)).at(-1)?.html ?? null;
  const plain = forms.segments.find((segment) => segment.text !== null && segment.text.trim() !== '')?.text ?? null;
  const text = plain !== null && html !== null && isPlaceholder(plain, html) ? null : plain;
  if (html !== null || text !== null) into.segments.push({ text, html });
  into.files.push(...forms.files);
}

/** False for HTML that is an empty frame, as calendars send it beside an invitation. */
function showsSomething(html: string): boolean {
  for (const token of htmlTokens(html)) {
    if (token.type === 'text' ? /[^\s\p{Default_Ignorable_Code_Point}]/u.test(token.text) : token.name === 'img') return true;
  }
  return false;
}

/** A multipart inside the alternatives is one form, however many texts it holds. */
function mergeFrom(segments: Segment[], from: number): void {
  const merged = segments.splice(from);
  if (merged.length === 0) return;
  const hasHtml = merged.some((segment) => segment.html !== null);
  const hasText = merged.some((segment) => segment.text !== null);
  segments.push({
    text: hasText ? merged.map((segment) => segment.text ?? htmlToText(segment.html ?? '')).join('\n\n') : null,
    html: hasHtml ? merged.map((segment) => segment.html ?? textToLinkedHtml(segment.text ?? '')).join('\n<br>\n') : null,
  });
}

const hasWords = ({ text, html }: Segment): boolean => (text ?? html ?? '').trim() !== '';

function gatherLeaf(part: Part, into: Gathered, inRelated: boolean): void {
  const name = part.dispositionParams.filename ?? part.params.name;
  if (isBodyText(part, { name, inRelated, hasText: into.segments.length > 0, hasWords: into.segments.some(hasWords) }))
    return addText(part, into);
  const content = contentOf(part);
  if (part.type === 'text/calendar' && part.disposition !== 'attachment') addCalendar(part, content, into);
  if (isTnef(part, name) && addTnef(content, into)) return;
  if (isSmime(part, name)) return addSmime(part, content, name, into);
  into.files.push({ part, name: name ?? nestedName(part), mime: part.type, content });
}

function addText(part: Part, into: Gathered): void {
  if (isRtf(part.type))
    return void into.segments.push(readRtf(contentOf(part)) ?? { text: contentOf(part).toString('latin1'), html: null });
  const { text, warning } = decoded(part);
  if (warning !== null) into.warnings.push(warning);
  if (isHtml(part.type)) return void into.segments.push({ text: null, html: text });
  const lines = text.replace(/\r\n?/g, '\n');
  const plain = withoutEnrichment(lines, part.type);
  const flowed =
    (part.params.format ?? '').toLowerCase() === 'flowed' ? unflow(plain, (part.params.delsp ?? '').toLowerCase() === 'yes') : plain;
  if (/^\s*BEGIN:VCALENDAR\s/.test(lines)) {
    addCalendar(part, contentOf(part), into);
    return void into.files.push({ part, name: undefined, mime: 'text/calendar', content: contentOf(part) });
  }
  into.segments.push({ text: withoutUuFiles(flowed, into), html: null });
}

/** `<meta charset>` speaks when the part's header does not. */
function htmlCharset(part: Part): string | null {
  if (!isHtml(part.type)) return null;
  return /<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]{2,40})/i.exec(contentOf(part).toString('latin1', 0, 2000))?.[1] ?? null;
}

function withoutUuFiles(text: string, into: Gathered): string {
  const files = uuFiles(text);
  let rest = '';
  let end = 0;
  for (const file of files) {
    rest += text.slice(end, file.start);
    end = file.end;
    into.files.push({ part: null, name: file.name, mime: 'application/octet-stream', content: file.content });
  }
  return files.length === 0 ? text : rest + text.slice(end);
}

function addCalendar(part: Part | null, content: Buffer, into: Gathered): void {
  const text = calendarText(decodeText(content, part?.params.charset ?? null).text);
  if (text !== null) into.segments.push({ text, html: null });
}

/** Who forwards an invitation attaches it, often without a word: then it is what the message says. */
function addAttachedCalendars(into: Gathered): void {
  for (const { part, name, mime, content } of into.files.slice(0, MOST_CALENDARS))
    if (mime === 'text/calendar' || mime === 'application/ics' || /\.(?:ics|vcs)$/i.test(name ?? '')) addCalendar(part, content, into);
}

const MOST_CALENDARS = 20;

const showsWords = ({ text, html }: Segment): boolean => (text ?? '').trim() !== '' || (html !== null && showsSomething(html));

function isTnef(part: Part, name: string | undefined): boolean {
  return /ms-tnef$/.test(part.type) || (name ?? '').toLowerCase() === 'winmail.dat';
}

/** winmail.dat (MS-OXTNEF): its files instead of itself; its text when the message has no other. */
function addTnef(content: Buffer, into: Gathered): boolean {
  const tnef = readTnef(content);
  if (tnef === null) {
    into.warnings.push(say('message.winmail'));
    return false;
  }
  if (tnef.isDamaged) into.warnings.push(say('message.winmailDamaged'));
  for (const { name, mime, content, contentId } of tnef.attachments)
    into.files.push({ part: null, name, mime, content, ...(contentId === '' ? {} : { contentId }) });
  if (!into.segments.some(hasWords) && (tnef.html !== null || tnef.text !== null)) into.segments.push({ text: tnef.text, html: tnef.html });
  return !tnef.isDamaged;
}

/** RFC 8551 §3.2.1: by its type or, where a gateway knew none, by the extension of its name. */
function isSmime({ type }: Part, name: string | undefined): boolean {
  if (/^application\/(?:x-)?pkcs7-mime$/.test(type)) return true;
  return type === 'application/octet-stream' && /\.p7m$/i.test(name ?? '');
}

/** RFC 8551: signed mail holds the message inside; encrypted mail only says so. */
function addSmime(part: Part, content: Buffer, name: string | undefined, into: Gathered): void {
  const inner = (part.params['smime-type'] ?? '').toLowerCase() === 'enveloped-data' ? null : signedContent(content);
  if (inner !== null) gather(inner, into, false);
  else if (part.type !== 'application/octet-stream' || isEncrypted(content)) into.warnings.push(encryptedNote);
  into.files.push({ part, name, mime: part.type, content });
}

/** An attached message is named by its subject. */
function nestedName(part: Part): string | undefined {
  if (!part.type.startsWith('message/rfc822')) return undefined;
  const subject = /^subject:[ \t]*([^\r\n]{1,200}(?:\r?\n[ \t][^\r\n]{1,200})?)/im.exec(contentOf(part).toString('latin1', 0, 20_000))?.[1];
  return subject === undefined ? undefined : `${decodeWords(subject).replace(/[\\/]/g, '-')}.eml`;
}

/**
 * Files inside of the HTML itself (`data:` URLs, RFC 2397). Small pictures stay; the others become attachments, since HTML of
 * millions of characters is not shown at all.
 */
function takeOutData(html: string, files: File[]): string {
  if (!html.includes(';base64,')) return html;
  return html.replace(
    /\bdata:([\w.+-]{1,40}\/[\w.+-]{1,80})(?:;[\w.+-]{1,40}=[\w.+-]{1,80}){0,3};base64,([A-Za-z0-9+/=\r\n\t]*)/gi,
    (url: string, type: string, data: string) => {
      if (data.length < MAX_DATA_URL) return url;
      if (/font|script|css/i.test(type)) return 'data:,'; // they dress a page
      const content = Buffer.from(data, 'base64');
      const contentId = `${hash('sha256', content).slice(0, 24)}@data`;
      if (!files.some((file) => file.contentId === contentId))
        files.push({ part: null, name: undefined, mime: type.toLowerCase(), content, contentId });
      return `cid:${contentId}`;
    },
  );
}

/** Characters of a picture that the HTML may hold itself. */
const MAX_DATA_URL = 30_000;

// --- attachments ---------------------------------------------------------------------------------------------------

/** As much as a column of a short text holds. A longer one is nobody's. */
const MAX_CONTENT_ID = 255;

function attachmentsOf(files: File[], html: string | null): Attachment[] {
  const shown = cidsIn(html);
  const taken = new Set<string>();
  return files.map((file) => {
    const named = file.contentId ?? contentIdOf(file.part);
    const contentId = named === null || named.length > MAX_CONTENT_ID ? null : named;
    const mime = file.mime === '' ? 'application/octet-stream' : file.mime;
    return {
      name: uniqueName(attachmentName(file.name, mime), taken),
      mime,
      size: file.content.length,
      hash: hash('sha256', file.content),
      contentId,
      inline: contentId !== null && shown.has(contentId) && isPicture(mime, file.name),
      content: new Uint8Array(file.content), // a copy: a view would drag the whole source along to another thread
    };
  });
}
