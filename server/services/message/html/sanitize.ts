import sanitize from 'sanitize-html';

import { nestsDeeperThan, withoutComments, withoutUnclosed } from './html';
import { isSafeLink, isWebAddress } from './links';

/** Whether a reader would see anything of it: an editor that is empty has an empty paragraph, and a picture alone says something. */
export const saysSomething = (html: string): boolean => /<img\b/i.test(html) || html.replace(/<[^>]*>|&nbsp;|\s/g, '') !== '';

/** More is shown as text only: the libraries that read HTML need quadratic time beyond it. */
const MAX_DEPTH = 300;
const MAX_LENGTH = 2_000_000;

const length = /^\d{1,4}(?:\.\d{1,3})?(?:px|pt|em|ex|cm|mm|in|pc|%)?$/;
const lengths =
  /^(?:\d{1,4}(?:\.\d{1,3})?(?:px|pt|em|ex|cm|mm|in|pc|%)?|auto)(?:\s+(?:\d{1,4}(?:\.\d{1,3})?(?:px|pt|em|ex|cm|mm|in|pc|%)?|auto)){0,3}$/;
const color = /^(?:#[0-9a-f]{3,8}|[a-z]{3,20}|rgba?\([\d\s.,%]{1,40}\)|hsla?\([\d\s.,%a-z]{1,40}\))$/i;
const border = /^(?!.*url\()[#\w\s.,()%-]{1,80}$/i;
const word = /^[a-z-]{1,24}$/i;

/** CSS that may style but not place: no position, no url(), nothing larger than the page. */
const styles: Record<string, RegExp[]> = {
  color: [color],
  'background-color': [color],
  background: [color],
  'font-size': [/^(?:\d{1,2}(?:\.\d{1,3})?(?:px|pt|em|rem)|\d{1,3}%|[a-z-]{1,10})$/],
  'font-family': [/^[\w\s"',.-]{1,200}$/],
  'font-weight': [/^(?:[a-z]{1,10}|\d{3})$/],
  'font-style': [word],
  'text-align': [word],
  'text-decoration': [/^[a-z\s-]{1,40}$/],
  'vertical-align': [word],
  'white-space': [word],
  'line-height': [/^(?:\d{1,2}(?:\.\d{1,3})?(?:px|pt|em)?|\d{1,3}%|normal)$/],
  direction: [/^(?:ltr|rtl)$/],
  'list-style-type': [word],
  'border-collapse': [word],
  margin: [lengths],
  padding: [lengths],
  width: [/^\d{1,3}%$/, length],
  'max-width': [/^\d{1,3}%$/, length],
  height: [length],
  border: [border],
  ...Object.fromEntries(
    ['top', 'right', 'bottom', 'left'].flatMap((side) => [
      [`margin-${side}`, [length]],
      [`padding-${side}`, [length]],
      [`border-${side}`, [border]],
    ]),
  ),
};

/** Elements that go with all that is in them. */
const swallowed = new Set([
  'script',
  'style',
  'textarea',
  'option',
  'noscript',
  'xmp',
  'svg',
  'math',
  'title',
  'head',
  'template',
  'iframe',
  'noembed',
  'noframes',
  'object',
  'embed',
  'select',
  'audio',
  'video',
]);

const options: sanitize.IOptions = {
  allowedTags: [
    'a',
    'abbr',
    'address',
    'article',
    'b',
    'bdi',
    'bdo',
    'big',
    'blockquote',
    'br',
    'caption',
    'center',
    'cite',
    'code',
    'col',
    'colgroup',
    'dd',
    'del',
    'dfn',
    'div',
    'dl',
    'dt',
    'em',
    'figcaption',
    'figure',
    'font',
    'footer',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'header',
    'hr',
    'i',
    'img',
    'ins',
    'kbd',
    'li',
    'mark',
    'ol',
    'p',
    'pre',
    'q',
    's',
    'samp',
    'section',
    'small',
    'span',
    'strike',
    'strong',
    'sub',
    'sup',
    'table',
    'tbody',
    'td',
    'tfoot',
    'th',
    'thead',
    'tr',
    'tt',
    'u',
    'ul',
    'var',
    'wbr',
  ],
  disallowedTagsMode: 'discard',
  nonTextTags: [...swallowed],
  allowedAttributes: {
    '*': ['style', 'dir', 'lang', 'title', 'align', 'valign', 'bgcolor'],
    a: ['href', 'name', 'rel', 'target'],
    img: ['src', 'data-remote-src', 'alt', 'width', 'height', 'border'],
    table: ['width', 'border', 'cellpadding', 'cellspacing'],
    td: ['colspan', 'rowspan', 'width', 'height', 'nowrap'],
    th: ['colspan', 'rowspan', 'width', 'height', 'nowrap'],
    col: ['span', 'width'],
    font: ['color', 'face', 'size'],
    ol: ['start', 'type'],
    ul: ['type'],
    blockquote: ['type'],
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['cid', 'data'] },
  allowedSchemesAppliedToAttributes: ['href', 'src'],
  allowProtocolRelative: false,
  allowedStyles: { '*': styles },
  transformTags: {
    a: (tagName, attribs) => ({ tagName, attribs: { ...link(attribs), rel: 'noopener noreferrer nofollow', target: '_blank' } }),
    img: (tagName, attribs) => ({ tagName, attribs: image(attribs) }),
  },
};

/** An email has no address that a link could be relative to: `/admin` would lead into the panel in which it is read. */
function link(attribs: sanitize.Attributes): sanitize.Attributes {
  const { href = '', ...rest } = attribs;
  return isSafeLink(href) ? attribs : rest;
}

/** Remote images wait in `data-remote-src` until somebody asks for them; cid: and small pictures in data: stay. */
function image(attribs: sanitize.Attributes): sanitize.Attributes {
  const { src = '', 'data-remote-src': _forged, ...rest } = attribs;
  const url = src.trim();
  if (/^cid:/i.test(url)) return { ...rest, src: `cid:${url.slice(4)}` };
  if (/^data:image\/(?:png|jpe?g|gif|webp);base64,/i.test(url)) return { ...rest, src: url };
  const remote = url.replace(/^\/\//, 'https://');
  return isWebAddress(remote) ? { ...rest, 'data-remote-src': remote } : rest;
}

/**
 * HTML of a stranger made harmless: no script, no form, no styles that place things over the page, remote images only as
 * `data-remote-src`, `cid:` kept. '' when the HTML is too large or too deeply nested to be read in bounded time; show the
 * text then.
 */
export function sanitizeHtml(html: string): string {
  const closed = withoutUnclosed(html, swallowed);
  const shallow = isReadable(closed) ? closed : withoutComments(closed);
  return isReadable(shallow) ? sanitize(shallow, options).replaceAll('\0', '') : '';
}

/** False for HTML that `sanitizeHtml` refuses. Linear. */
export const canSanitize = (html: string): boolean => isReadable(html) || isReadable(withoutComments(html));

/** Comments are looked into as well, since readers differ in where one ends; Word's hold its styles, hundreds of elements that never end. */
const isReadable = (html: string): boolean => html.length <= MAX_LENGTH && !nestsDeeperThan(html, MAX_DEPTH);
