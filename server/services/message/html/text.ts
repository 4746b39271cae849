import { attribute, htmlTokens, voidElements, type Tag } from './html';
import { mailMark, type MarkKind } from './html-marks';

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

/** The readable text of HTML: paragraphs as empty lines, quoted blocks with `> `, lists with `- `. */
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
  'center',
  'dd',
  'div',
  'dl',
  'dt',
  'fieldset',
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
  'li',
  'main',
  'nav',
  'ol',
  'p',
  'pre',
  'section',
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

interface OpenElement {
  name: string;
  /** The mark that ends with this element. */
  marked: MarkedRange | null;
  prefix: boolean;
  pre: boolean;
}

/** Text of HTML together with the marks that mail programs leave in it. */
export function readHtml(html: string): HtmlReading {
  const writer = new LineWriter();
  const reading: HtmlReading = { text: '', quotes: [], attributions: [], signatures: [] };
  const stack: OpenElement[] = [];
  for (const token of htmlTokens(html)) {
    if (token.type === 'text') writer.write(token.text);
    else if (token.type === 'open') openElement(token, writer, reading, stack);
    else closeElement(token, writer, stack);
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
  if (blocks.has(tag.name)) writer.block(paragraphs.has(tag.name) ? 1 : 0);
  const mark = mailMark(tag);
  const marked = mark === null ? null : { start: writer.offset(), end: -1 };
  if (marked !== null && mark !== null) rangesOf(reading, mark).push(marked);
  if (tag.name === 'hr') writer.rule();
  if (voidElements.has(tag.name)) return;
  const prefix = tag.name === 'blockquote' && !isIndentation(tag);
  if (prefix) writer.quoteDepth++;
  if (tag.name === 'pre') writer.preDepth++;
  stack.push({ name: tag.name, marked: mark === 'below' ? null : marked, prefix, pre: tag.name === 'pre' });
  if (tag.name === 'li') writer.write('- ');
}

function rangesOf(reading: HtmlReading, mark: MarkKind): MarkedRange[] {
  if (mark === 'signature') return reading.signatures;
  return mark === 'attribution' ? reading.attributions : reading.quotes;
}

function closeElement(tag: Tag, writer: LineWriter, stack: OpenElement[]): void {
  const index = findOpen(stack, tag.name);
  if (blocks.has(tag.name)) writer.block(paragraphs.has(tag.name) ? 1 : 0);
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

/** Writes lines with collapsed white space and the quote prefix of the moment. */
class LineWriter {
  quoteDepth = 0;
  preDepth = 0;
  readonly #lines: string[] = [];
  #line = '';
  /** Of the line; asking the line itself would copy it each time. */
  #endsInBlank = false;
  #started = false;
  #length = 0;
  #pendingEmpty = 0;
  #pendingDepth = 0;

  write(text: string): void {
    if (text === '') return;
    if (this.preDepth > 0) return this.#writeVerbatim(text);
    const collapsed = text.replace(/[ \t\r\n\f]+/g, ' ');
    if (collapsed === ' ' && !this.#started) return;
    this.#append(this.#started && !this.#endsInBlank ? collapsed : collapsed.replace(/^ /, ''));
  }

  /** `<br>`: ends the line, even an empty one. */
  lineBreak(): void {
    if (this.#started) this.#end();
    else this.#wantEmpty(Math.min(3, this.#pendingEmpty + 1));
  }

  /** A block begins or ends: finishes a begun line; `emptyLines` at least before what follows. */
  block(emptyLines: number): void {
    if (this.#started) this.#end();
    this.#wantEmpty(Math.max(this.#pendingEmpty, emptyLines));
  }

  rule(): void {
    this.#append('---');
    this.#end();
  }

  /** Where the next written line will start. */
  offset(): number {
    if (this.#started) this.#end();
    this.#flushEmpty();
    return this.#length;
  }

  /** Length of the text so far. */
  length(): number {
    return this.#length + (this.#started ? this.#line.length : 0);
  }

  finish(): string {
    if (this.#started) this.#end();
    return this.#lines.join('\n').trimEnd();
  }

  #append(text: string): void {
    if (text === '') return;
    if (!this.#started) {
      this.#flushEmpty();
      this.#line = this.#prefix(this.quoteDepth);
      this.#endsInBlank = this.#line.endsWith(' ');
      this.#started = true;
    }
    this.#line += text;
    this.#endsInBlank = text.endsWith(' ');
  }

  #writeVerbatim(text: string): void {
    text.split(/\r?\n/).forEach((line, i) => {
      if (i > 0) {
        if (this.#started) this.#end();
        else this.#wantEmpty(this.#pendingEmpty + 1);
      }
      this.#append(line);
    });
  }

  /** Empty lines between two depths of quoting belong to the lesser one. */
  #wantEmpty(count: number): void {
    this.#pendingDepth = this.#pendingEmpty === 0 ? this.quoteDepth : Math.min(this.#pendingDepth, this.quoteDepth);
    this.#pendingEmpty = count;
  }

  #prefix(depth: number): string {
    return depth === 0 ? '' : `${'>'.repeat(Math.min(depth, 20))} `;
  }

  #flushEmpty(): void {
    if (this.#lines.length > 0)
      for (let i = 0; i < this.#pendingEmpty; i++) this.#push(this.#prefix(Math.min(this.#pendingDepth, this.quoteDepth)).trimEnd());
    this.#pendingEmpty = 0;
  }

  #end(): void {
    this.#push(this.#line.replace(/[ \t]+$/, ''));
    this.#line = '';
    this.#started = false;
  }

  #push(line: string): void {
    this.#lines.push(line);
    this.#length += line.length + 1;
  }
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
