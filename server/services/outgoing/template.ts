import { textToHtml } from '../lib/html';
import { isSafeLink } from '../message/html/links';
import { ENGLISH, type Speech } from '../settings/speech';
import { formatTime, EMAIL_WORDS } from './speech';

/**
 * Tags in the text of an outgoing email: `$helpdesk-<attribute>$`, `$contacts-<attribute>$` and `$accounts-<attribute>$`,
 * with a text for the case that the value is empty after a bar: `$contacts-firstName|there$`.
 */

/**
 * HTML of our own making, safe to go into an email as it is. An instance of a class, because a value that comes out of the
 * database can have any shape, but never this one.
 */
export class TrustedHtml {
  constructor(
    readonly html: string,
    /** The same for a place that takes no HTML, such as a subject. */
    readonly text: string,
  ) {}
}

/** By the first word of a tag, then by attribute. Attributes may hold whatever a content type can. */
export type TagValues = Record<string, Record<string, unknown>>;

interface Tag {
  /** As it is written in the text. */
  tag: string;
  entity: string;
  attribute: string;
  /** What is written when the value is empty. */
  fallback: string;
}

interface RenderOptions {
  html: boolean;
  /** How dates and yes or no are written. */
  speech?: Speech;
}

interface Rendered {
  text: string;
  /** Tags that name nothing, as written, each once. They were rendered as their fallback. */
  unknownTags: string[];
}

// A price range such as "$5-10$" is no tag: both words begin with a letter.
const TAG = /\$([a-z][a-z0-9]{0,30})-([a-z][a-z0-9_]{0,60})(?:\|([^$\n]{0,200}))?\$/gi;

/** Names that people know from elsewhere, besides every attribute's own name. Spelled as nameKey() has it. */
const ALIASES: Record<string, string> = { ticketno: 'ticketnumber' };

/** The tags that a text uses, each once, in the order of their first use. */
export function tagsOf(text: string): Tag[] {
  const tags = new Map<string, Tag>();
  for (const match of text.matchAll(TAG)) tags.set(match[0], toTag(match));
  return [...tags.values()];
}

/**
 * Replaces the tags of a text. In HTML, values are escaped and keep their line breaks; TrustedHtml goes in as it is. What a
 * value holds is never expanded again, so a customer who writes `$contacts-email$` gets just that back.
 */
export function renderTemplate(text: string, values: TagValues, { html, speech = ENGLISH }: RenderOptions): Rendered {
  const unknownTags = new Set<string>();
  const template = html ? withSafeLinks(text, values, unknownTags) : text;
  const rendered = template.replace(TAG, (...match) => {
    const { tag, entity, attribute, fallback } = toTag(match as unknown as RegExpMatchArray);
    const found = lookUp(values, entity, attribute);
    if (!found) unknownTags.add(tag);
    return render(found?.value, html, speech) || fallback;
  });
  return { text: rendered, unknownTags: [...unknownTags] };
}

const LINK = /\b(href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi;

/**
 * A link whose address holds a tag leads where its value says, and a stranger may have written that: it stays only when it is an
 * absolute address, and in quotes, so that no value adds an attribute.
 */
function withSafeLinks(text: string, values: TagValues, unknownTags: Set<string>): string {
  return text.replace(LINK, (attribute: string, name: string, ...groups: (string | undefined)[]) => {
    const address = groups[0] ?? groups[1] ?? groups[2] ?? '';
    if (tagsOf(address).length === 0) return attribute;
    const rendered = renderTemplate(address, values, { html: false });
    rendered.unknownTags.forEach((tag) => unknownTags.add(tag));
    return isSafeLink(rendered.text) ? `${name}="${address}"` : '';
  });
}

/** Renders a subject: one line, whatever its values hold, so that no value can add a header (RFC 5322 §2.2). */
export function renderSubject(text: string, values: TagValues, speech: Speech = ENGLISH): Rendered {
  const rendered = renderTemplate(text, values, { html: false, speech });
  return { ...rendered, text: toOneLine(rendered.text) };
}

/** Control characters and every kind of line break become blanks. */
export function toOneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

function toTag([tag, entity, attribute, fallback]: RegExpMatchArray): Tag {
  return { tag, entity: entity.toLowerCase(), attribute, fallback: fallback ?? '' };
}

/** An attribute by its name, else by the same name in another spelling: `first_name` and `firstname` are `firstName`. */
function lookUp(values: TagValues, entity: string, attribute: string): { value: unknown } | null {
  const attributes = Object.hasOwn(values, entity) ? values[entity] : {};
  if (Object.hasOwn(attributes, attribute)) return { value: attributes[attribute] };
  const key = nameKey(attribute);
  const name = Object.keys(attributes).find((candidate) => nameKey(candidate) === (ALIASES[key] ?? key));
  return name === undefined ? null : { value: attributes[name] };
}

function nameKey(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

function render(value: unknown, html: boolean, speech: Speech): string {
  if (value instanceof TrustedHtml) return html ? value.html : value.text;
  const text = textOf(value, speech);
  return html ? textToHtml(text) : text;
}

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** A value as people read it. Of a related record only its name: what else it holds may be nobody's business. */
function textOf(value: unknown, speech: Speech): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return formatTime(value, speech);
  if (typeof value === 'string') return ISO_TIME.test(value) ? formatTime(new Date(value), speech) : value;
  if (Array.isArray(value))
    return value
      .map((each) => textOf(each, speech))
      .filter(Boolean)
      .join(', ');
  if (typeof value === 'boolean') return EMAIL_WORDS[speech.language][value ? 'yes' : 'no'];
  return typeof value === 'object' ? nameOf(value as Record<string, unknown>) : String(value);
}

function nameOf(record: Record<string, unknown>): string {
  const full = [record.firstname ?? record.firstName, record.lastname ?? record.lastName];
  const name = full.filter((part) => typeof part === 'string' && part !== '').join(' ');
  const other = [record.name, record.title, record.email].find((part) => typeof part === 'string' && part !== '');
  return name || (typeof other === 'string' ? other : '');
}
