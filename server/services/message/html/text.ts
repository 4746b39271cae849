import { attribute, htmlTokens, voidElements, type Tag } from './html';
import { mailMark, type MarkKind } from './html-marks';
import { LineWriter } from './line-writer';

/** HTML to text and text to HTML. Both are linear and never throw. */

export interface MarkedRange {
  start: number;
  /** Equal to the text's length when the mark holds for everything below it. */
  end: number;
}

interface HtmlReading {
  text: string;
  /** Where a mail program marked the earlier mail: offsets into `text`. */
  quotes: MarkedRange[];
  /** The same of what introduces it. */
  attributions: MarkedRange[];
  /** The same of signatures. */
  signatures: MarkedRange[];
}

/** The readable text of HTML: paragraphs as empty lines, quoted blocks with `> `, lists with `- ` or their numbers. */
export function htmlToText(html: string): string {
  return readHtml(html).text;
}

/** Elements that begin and end a line. */
const blocks = new Set([
  'address',
  'article',
  'aside',
  'blockquote',
  'body',
  'caption',
  'center',
  'dd',
  'details',
  'div',
  'dl',
  'dt',
  'fieldset',
  'figcaption',
  'figure',
  'footer',
  'form',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'header',
  'hr',
  'html',
  'legend',
  'li',
  'main',
  'nav',
  'ol',
  'p',
  'pre',
  'section',
  'summary',
  'table',
  'tbody',
  'tfoot',
  'thead',
  'tr',
  'ul',
  'includetail',
]);
/** Those with an empty line around them. */
const paragraphs = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'pre', 'blockquote', 'dl']);
/** Those whose text does not count any more. */
const struck = new Set(['del', 's', 'strike']);

interface OpenElement {
  name: string;
  /** The mark that ends with this element. */
  marked: MarkedRange | null;
  prefix: boolean;
  pre: boolean;
  /** Of an ordered list: the number of its next item. */
  next: number | null;
}

/** Text of HTML together with the marks that mail programs leave in it. */
export function readHtml(html: string): HtmlReading {
  const writer = new LineWriter();
  const reading: HtmlReading = { text: '', quotes: [], attributions: [], signatures: [] };
  const stack: OpenElement[] = [];
  let isBehindStruck = false; // "<del>20</del><ins>25</ins>" is a price of 25, not of 2025
  for (const token of htmlTokens(html)) {
    if (token.type === 'text') {
      if (isBehindStruck && /^[\p{L}\p{N}]/u.test(token.text)) writer.write(' ');
      writer.write(token.text);
      isBehindStruck = false;
    } else if (token.type === 'open') openElement(token, writer, reading, stack);
    else {
      closeElement(token, writer, stack);
      isBehindStruck ||= struck.has(token.name);
    }
  }
  reading.text = writer.finish();
  for (const range of [...reading.quotes, ...reading.attributions, ...reading.signatures])
    if (range.end < 0 || range.end > reading.text.length) range.end = reading.text.length;
  return reading;
}

function openElement(tag: Tag, writer: LineWriter, reading: HtmlReading, stack: OpenElement[]): void {
  if (tag.name === 'br') return writer.lineBreak();
  if (tag.name === 'img') return writer.write(pictogram(tag));
  if (tag.name === 'td' || tag.name === 'th') writer.write(' ');
  if (blocks.has(tag.name)) writer.block(emptyLinesAround(tag.name, stack.at(-1)));
  const mark = mailMark(tag);
  const marked = mark === null ? null : { start: writer.offset(), end: -1 };
  if (marked !== null && mark !== null) rangesOf(reading, mark).push(marked);
  if (tag.name === 'hr') writer.rule();
  if (voidElements.has(tag.name)) return;
  const prefix = tag.name === 'blockquote' && !isIndentation(tag);
  if (prefix) writer.quoteDepth++;
  if (tag.name === 'pre') writer.preDepth++;
  if (tag.name === 'li') writer.item(itemMark(tag, stack));
  const next = tag.name === 'ol' ? numberOf(tag, 'start', 1) : null;
  stack.push({ name: tag.name, marked: mark === 'below' ? null : marked, prefix, pre: tag.name === 'pre', next });
}

/** Lists within lists, and paragraphs within their items, stand close. */
function emptyLinesAround(name: string, parent: OpenElement | undefined): number {
  return paragraphs.has(name) && !(parent?.name === 'li' && /^[uo]l$/.test(name)) ? 1 : 0;
}

/** `- `, or the number that a reader of the HTML sees, which people refer to; further in for a list within a list. */
function itemMark(tag: Tag, stack: OpenElement[]): string {
  const lists = stack.slice(-200).filter(({ name }) => name === 'ul' || name === 'ol');
  const indent = '  '.repeat(Math.min(Math.max(0, lists.length - 1), 5));
  const list = lists.at(-1);
  if (list === undefined || list.next === null) return `${indent}- `;
  const number = numberOf(tag, 'value', list.next);
  list.next = number + 1;
  return `${indent}${number}. `;
}

function numberOf(tag: Tag, name: string, otherwise: number): number {
  const value = attribute(tag, name);
  return /^-?\d{1,6}$/.test(value) ? Number(value) : otherwise;
}

function rangesOf(reading: HtmlReading, mark: MarkKind): MarkedRange[] {
  if (mark === 'signature') return reading.signatures;
  return mark === 'attribution' ? reading.attributions : reading.quotes;
}

function closeElement(tag: Tag, writer: LineWriter, stack: OpenElement[]): void {
  const index = findOpen(stack, tag.name);
  const parent = index > 0 ? stack[index - 1] : undefined;
  const isOfItem = tag.name === 'p' && parent?.name === 'li';
  if (tag.name === 'li') writer.item('');
  if (blocks.has(tag.name)) writer.block(isOfItem ? 0 : emptyLinesAround(tag.name, parent));
  if (index < 0) return;
  for (const element of stack.splice(index)) {
    if (element.marked !== null) element.marked.end = writer.length();
    if (element.prefix) writer.quoteDepth--;
    if (element.pre) writer.preDepth--;
  }
}

/** The nearest open element of this name; looks at the last 200 only, so that broken HTML stays linear. */
function findOpen(stack: OpenElement[], name: string): number {
  for (let i = stack.length - 1; i >= Math.max(0, stack.length - 200); i--) if (stack[i].name === name) return i;
  return -1;
}

/** Gmail's "indent more" is a blockquote without a border; it quotes nobody. */
function isIndentation(tag: Tag): boolean {
  const style = attribute(tag, 'style').replace(/\s+/g, '').toLowerCase();
  return /border:(?:none|medium|0)/.test(style) && /margin:0(?:px)?0(?:px)?0(?:px)?40px/.test(style);
}

/** Emoji come as images with the character as `alt`. Other alternative texts are names of decorations. */
function pictogram(tag: Tag): string {
  const alt = attribute(tag, 'alt');
  return alt.length <= 12 && /^\p{Extended_Pictographic}/u.test(alt) ? alt : '';
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text to HTML that shows it as written: escaped, line breaks kept, web addresses as links. */
export function textToLinkedHtml(text: string): string {
  const escaped = text.replace(/[&<>"]/g, (character) => escapes[character]);
  const linked = escaped.replace(/\bhttps?:\/\/[^\s<>"']{1,2000}/g, (url) => {
    const end = /(?:&(?:gt|quot|lt);.*|[.,;:!?)\]}*_]+)$/.exec(url);
    const address = end === null ? url : url.slice(0, end.index);
    return `<a href="${address}">${address}</a>${url.slice(address.length)}`;
  });
  return `<p>${linked.replace(/\r?\n/g, '<br>')}</p>`;
}
