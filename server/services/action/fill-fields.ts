import type { Core } from '@strapi/strapi';
import { say } from '../../../shared/sentences/words';
import { textToHtml } from '../lib/html';
import { isFilled, referencesIn } from '../rule/captures';
import { UID } from '../uids';
import type { FillableText, TicketContext } from './types';
import { cut } from '../lib/cut';
import { LINE_LENGTH } from '../../../shared/lengths';

/** Ticket fields that a rule sets, filled with what its patterns caught. */

type Fields = Record<string, unknown>;
type Attribute = { type: string; enum?: string[]; customField?: string };

const attributesOf = (strapi: Core.Strapi) => strapi.contentType(UID.ticket).attributes as Record<string, Attribute | undefined>;

/** The texts among the fields that captures may fill, for the check when the rule is saved. */
export const fillableTexts = (name: string, fields: Fields): FillableText[] =>
  Object.entries(fields).flatMap(([field, text]) => (typeof text === 'string' ? [{ path: [name, field], text, field }] : []));

/**
 * The fields with what was caught. One that nothing was caught for is left out, and so is one whose attribute takes no such value, which
 * the scan log tells: a ticket without a priority of its own is better than a lost email.
 */
export function filledFields(context: TicketContext, fields: Fields): Fields {
  const attributes = attributesOf(context.strapi);
  return Object.fromEntries(
    Object.entries(fields).flatMap(([field, value]) => {
      if (typeof value !== 'string' || !isFilled(value)) return [[field, value]];
      const filled = context.fill(value).trim();
      if (filled === '') return [];
      const fitting = valueFor(attributes[field], filled);
      if (fitting === null) context.note(say('rule.captureUnfit', { field }));
      return fitting === null ? [] : [[field, fitting]];
    }),
  );
}

/** Whether an attribute can be filled by a text at all: a relation is no text. */
export const takesText = (strapi: Core.Strapi, { field, text }: FillableText): boolean =>
  field === undefined || referencesIn(text).length === 0 || !['relation', 'json'].includes(attributesOf(strapi)[field]?.type ?? '');

/** A customer's words as a value of this attribute; null where they are none. */
function valueFor(attribute: Attribute | undefined, words: string): unknown {
  if (!attribute) return null;
  const { type, enum: values, customField } = attribute;
  const convert = CONVERTERS[customField ? 'richtext' : type];
  return convert ? convert(words, values ?? []) : null;
}

const oneLine = (words: string): string => cut(words.replace(/[\s\p{Cc}]+/gu, ' ').trim(), LINE_LENGTH);
const numberIn = (words: string): number | null => (/^[-+]?\d+(?:[.,]\d+)?$/.test(words) ? Number(words.replace(',', '.')) : null);
const wholeIn = (words: string): number | null => (Number.isSafeInteger(numberIn(words)) ? numberIn(words) : null);
const momentIn = (words: string): Date | null =>
  /^\d{4}-\d\d-\d\d/.test(words) && !Number.isNaN(Date.parse(words)) ? new Date(words) : null;

const CONVERTERS: Record<string, (words: string, values: string[]) => unknown> = {
  string: oneLine,
  email: oneLine,
  uid: oneLine,
  text: (words) => words.replace(/[^\P{Cc}\n\t]/gu, ''),
  // Editors of rich text show it as HTML: what a customer wrote is text in it and nothing else.
  richtext: (words) => textToHtml(words),
  enumeration: (words, values) => values.find((value) => value.toLowerCase() === words.toLowerCase()) ?? null,
  integer: (words) => (Math.abs(wholeIn(words) ?? Infinity) < 2 ** 31 ? wholeIn(words) : null),
  biginteger: (words) => (/^-?\d{1,18}$/.test(words) ? words : null),
  decimal: numberIn,
  float: numberIn,
  boolean: (words) => (/^(?:true|yes|1)$/i.test(words) ? true : /^(?:false|no|0)$/i.test(words) ? false : null),
  date: (words) => momentIn(words)?.toISOString().slice(0, 10) ?? null,
  datetime: (words) => momentIn(words)?.toISOString() ?? null,
};
