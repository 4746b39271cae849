import type { Part } from './mime/mime';

/** Which parts of an email are its words. */

const readable = new Set(['text/plain', 'text/html', 'text/enriched', 'text/calendar']);

/** Texts for programs: files also without a name. */
const noLetters = new Set(
  [
    'calendar',
    'vcard',
    'x-vcard',
    'directory',
    'csv',
    'tab-separated-values',
    'rfc822-headers',
    'css',
    'javascript',
    'xml',
    'x-amp-html',
  ].map((subtype) => `text/${subtype}`),
);

/** It says that it is a file, or has the name of one. */
export const isNamed = ({ disposition, dispositionParams, params }: Part): boolean =>
  disposition === 'attachment' || (dispositionParams.filename ?? params.name) !== undefined;

/** The same text for programs of a special kind, such as `text/x-amp-html` and `text/watch-html`: neither shown nor a file. */
export const isOtherForm = (part: Part): boolean =>
  part.children.length === 0 && !isNamed(part) && part.type.startsWith('text/') && !readable.has(part.type);

interface TextPlace {
  name: string | undefined;
  inRelated: boolean;
  /** A text stands before it, if only an empty one. */
  hasText: boolean;
  /** A text with words stands before it. */
  hasWords: boolean;
}

/**
 * A text is the body unless it says that it is a file; a second text with a file name is one too (Apple Mail), and one beside
 * the words of a multipart/related. Without a name and
 * before any other text, an unknown kind of text is read as plain text (RFC 2046 §4.1.4), and XHTML and RTF as what they are.
 */
export function isBodyText({ type, disposition }: Part, { name, inRelated, hasText, hasWords }: TextPlace): boolean {
  if (disposition === 'attachment') return false;
  if (type === 'text/plain' || type === 'text/html' || type === 'text/enriched')
    return name === undefined ? !inRelated || !hasWords : !hasText;
  const isLetter = isRtf(type) || isHtml(type) || (type.startsWith('text/') && !noLetters.has(type));
  return isLetter && name === undefined && !inRelated && !hasText;
}

export const isRtf = (type: string): boolean => type === 'text/rtf' || type === 'application/rtf';

export const isHtml = (type: string): boolean => type === 'text/html' || type === 'application/xhtml+xml';

/** RFC 1896 and, before it, RFC 1341: their marks are for eyes that see colours. */
export function withoutEnrichment(text: string, type: string): string {
  if (type === 'text/richtext') return withoutTags(text.replace(/<nl>/gi, '\n').replace(/<lt>/gi, '<<'));
  return type === 'text/enriched' ? withoutTags(text) : text;
}

const withoutTags = (text: string): string => text.replace(/<<|<\/?[a-zA-Z-]{1,60}>/g, (tag) => (tag === '<<' ? '<' : ''));
