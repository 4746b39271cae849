import { decodeEntities } from './html-entities';

/** A tolerant, linear reader of HTML: what comes in a mail is cut into tags and text, never into a tree. */

export interface Tag {
  type: 'open' | 'close';
  /** Lower case. */
  name: string;
  /** The tag's inside after its name, undecoded; read it with `attribute`. */
  attributes: string;
}

type Token = Tag | { type: 'text'; text: string };

/** Elements whose content is not text to be read; `title` because mail programs put the subject there. */
const rawElements = new Set([
  'script',
  'style',
  'title',
  'textarea',
  'xmp',
  'noembed',
  'noframes',
  'iframe',
  'svg',
  'math',
  'template',
  'head',
]);

/** Elements that hold nothing, so that their tag opens no level. */
export const voidElements = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'param',
  'source',
  'track',
  'wbr',
]);

/** Cuts HTML into tags and text. Comments, doctypes and the insides of scripts and styles are skipped. Linear. */
export function* htmlTokens(html: string): Generator<Token> {
  for (const piece of piecesOf(html)) yield Array.isArray(piece) ? { type: 'text', text: decodeEntities(html.slice(...piece)) } : piece;
}

/** From where to where text goes. */
type TextRange = [from: number, to: number];

function* piecesOf(html: string): Generator<Tag | TextRange> {
  const unclosed = new Set<string>();
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0) break;
    const { isMarkup, end } = markupAt(html, open);
    if (!isMarkup) {
      yield [at, end];
      at = end;
      continue;
    }
    if (open > at) yield [at, open];
    at = end;
    const tag = tagOf(html, open, end);
    if (tag === null) continue;
    const skips = tag.type === 'open' && rawElements.has(tag.name) && html[end - 2] !== '/' && !unclosed.has(tag.name);
    if (!skips) {
      yield tag;
      continue;
    }
    at = elementEnd(html, end, tag.name);
    if (at === end) unclosed.add(tag.name);
  }
  if (at < html.length) yield [at, html.length];
}

/** HTML without the open tags of these elements that are never closed, so that none swallows what stands behind it. Linear. */
export function withoutUnclosed(html: string, names: ReadonlySet<string>): string {
  const open = new Map([...names].map((name) => [name, [] as [number, number][]]));
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at)) {
    const { isMarkup, end } = markupAt(html, at);
    const tag = isMarkup ? tagOf(html, at, end) : null;
    const started = tag === null ? undefined : open.get(tag.name);
    if (tag?.type === 'open') started?.push([at, end]);
    else started?.pop();
    at = end;
  }
  const unclosed = [...open.values()].flat().sort(([a], [b]) => a - b);
  let out = '';
  let from = 0;
  for (const [start, end] of unclosed) {
    out += html.slice(from, start);
    from = end;
  }
  return unclosed.length === 0 ? html : out + html.slice(from);
}

/** HTML without its comments. One that never ends stays, so that no text is lost. Linear. */
export function withoutComments(html: string): string {
  let out = '';
  let from = 0;
  for (let open = html.indexOf('<!--'); open >= 0; open = html.indexOf('<!--', from)) {
    const close = html.indexOf('-->', open + 2);
    if (close < 0) break;
    out += html.slice(from, open);
    from = close + 3;
  }
  return out + html.slice(from);
}

/** Longer tags are garbage. `data:` URLs make long ones. */
const MAX_TAG_LENGTH = 2_000_000;

/** What starts at this `<`: markup and its end, or text (a lone `<`, a tag that never closes) and where to go on. */
function markupAt(html: string, open: number): { isMarkup: boolean; end: number } {
  if (html.startsWith('<!--', open)) {
    const close = html.indexOf('-->', open + 2);
    return { isMarkup: true, end: close < 0 ? html.length : close + 3 };
  }
  const next = html.charCodeAt(open + 1);
  const isTag = (next >= 65 && next <= 90) || (next >= 97 && next <= 122) || next === 47 || next === 33 || next === 63;
  return isTag ? tagAt(html, open) : { isMarkup: false, end: open + 1 };
}

/** Up to the `>` that closes a tag, quoted attribute values skipped. A quote that never closes is an ordinary character. */
function tagAt(html: string, open: number): { isMarkup: boolean; end: number } {
  const limit = Math.min(html.length, open + MAX_TAG_LENGTH);
  let quote = 0;
  let firstClose = -1;
  for (let i = open + 1; i < limit; i++) {
    const code = html.charCodeAt(i);
    if (code === 62) {
      if (quote === 0) return { isMarkup: true, end: i + 1 };
      if (firstClose < 0) firstClose = i + 1;
    } else if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if ((code === 34 || code === 39) && html.charCodeAt(i - 1) === 61) quote = code;
  }
  return firstClose < 0 ? { isMarkup: false, end: limit } : { isMarkup: true, end: firstClose };
}

function tagOf(html: string, open: number, end: number): Tag | null {
  const closing = html.charCodeAt(open + 1) === 47;
  const match = /^[a-zA-Z][^\s/>]{0,60}/.exec(html.slice(open + (closing ? 2 : 1), Math.min(end, open + 64)));
  if (match === null) return null;
  return {
    type: closing ? 'close' : 'open',
    name: match[0].toLowerCase(),
    attributes: html.slice(open + 1 + (closing ? 1 : 0) + match[0].length, end - 1),
  };
}

const elementClose = new Map([...rawElements].map((name) => [name, new RegExp(name === 'head' ? '</head\\s*>|<body' : `</${name}`, 'gi')]));

/** Past the close tag of an element without text. When it is never closed, `from`: only the tag goes, so no text is lost. */
function elementEnd(html: string, from: number, name: string): number {
  const close = elementClose.get(name) as RegExp;
  close.lastIndex = from;
  const match = close.exec(html);
  if (match === null) return from;
  if (match[0].startsWith('<b')) return match.index;
  const end = html.indexOf('>', match.index);
  return end < 0 ? html.length : end + 1;
}

/** The value of an attribute, decoded; '' when it is absent or empty. `name` is lower case. */
export function attribute(tag: Tag, name: string): string {
  if (!tag.attributes.toLowerCase().includes(name)) return '';
  for (const match of tag.attributes.slice(0, 5000).matchAll(/([^\s=/"'>]{1,60})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g)) {
    if (match[1].toLowerCase() === name) return decodeEntities(match[2] ?? match[3] ?? match[4] ?? '').trim();
  }
  return '';
}

/** Elements that a sibling closes implicitly, so a run of them without end tags does not nest. */
const impliedEnd = new Set(['p', 'li', 'dt', 'dd', 'option', 'tr', 'td', 'th', 'thead', 'tbody', 'tfoot']);

/**
 * True when elements nest deeper than `maxDepth`: the libraries that read HTML need quadratic time for it. Readers differ in what is a tag
 * (in comments, styles and attributes), so it is asked of all that looks like one and of those that this reader takes for tags. Linear;
 * end tags are counted by name, so that `</b>` without `<b>` does not hide depth.
 */
export const nestsDeeperThan = (html: string, maxDepth: number): boolean =>
  isDeeper(whatLooksLikeTags(html), maxDepth) || isDeeper(tagsOf(html), maxDepth);

type Nesting = Pick<Tag, 'type' | 'name'>;

function isDeeper(tags: Iterable<Nesting>, maxDepth: number): boolean {
  const open = new Map<string, number>();
  let depth = 0;
  for (const { type, name } of tags) {
    if (name === '' || voidElements.has(name) || impliedEnd.has(name)) continue;
    const count = open.get(name) ?? 0;
    if (type === 'close' && count === 0) continue;
    const step = type === 'close' ? -1 : 1;
    open.set(name, count + step);
    depth += step;
    if (depth > maxDepth) return true;
  }
  return false;
}

function* whatLooksLikeTags(html: string): Generator<Nesting> {
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
    const isClosing = html.charCodeAt(at + 1) === 47;
    yield { type: isClosing ? 'close' : 'open', name: tagName(html, at + (isClosing ? 2 : 1)) };
  }
}

function* tagsOf(html: string): Generator<Nesting> {
  for (const piece of piecesOf(html)) if (!Array.isArray(piece)) yield piece;
}

function tagName(html: string, at: number): string {
  let end = at;
  while (end < at + 40 && /[a-zA-Z0-9:-]/.test(html[end] ?? '')) end++;
  return html.slice(at, end).toLowerCase();
}
