import { isDeepStrictEqual } from 'node:util';
import type { Core, UID as StrapiUID } from '@strapi/strapi';
import { log } from '../log';

/**
 * What a site makes of our types by `src/extensions/mail-scanner`: attributes of its own, stricter validation and further values of an
 * enumeration are welcome. What our code stands on is kept.
 */

type Attribute = Record<string, unknown>;
type Attributes = Record<string, Attribute>;
type Index = { name: string };

/** Our types as they are without any site, by their names. */
export type OwnTypes = Record<string, { schema: { attributes: object; indexes?: readonly Index[] } }>;

interface Schema {
  attributes: Attributes;
  indexes?: Index[];
  options?: Record<string, unknown>;
  pluginOptions?: Record<string, Record<string, unknown>>;
}

/** As Strapi has registered it. What stands in `__schema__`, the Content-Type Builder writes down when somebody saves the type there. */
type RegisteredType = Schema & { __schema__: Schema };

const uidOf = (name: string): StrapiUID.ContentType => `plugin::mail-scanner.${name}` as StrapiUID.ContentType;

function registeredType(strapi: Core.Strapi, name: string): RegisteredType {
  const type = strapi.contentType(uidOf(name)) as unknown as RegisteredType | undefined;
  if (type) return type;
  throw new Error(`src/extensions/mail-scanner takes the content type "${name}" away. Leave it: the mail scanner cannot work without it.`);
}

// ---- Attributes and indexes

/** How a value is kept. Changed, it would cost the column with its data, or our code would not find what it reads. */
const KEPT_AS = ['type', 'relation', 'target', 'useJoinTable'];
/** Who asks for more is heard, who asks for less is not. */
const NOT_LESS = ['required', 'unique', 'private'];

/**
 * Puts back what a site's extension of a type left out or would keep otherwise: a `schema.json` below src/extensions, as the Content-Type
 * Builder writes it, takes the place of all our attributes and indexes. Those that it does not know would lose their columns and data.
 * To be called in register(), before Strapi makes tables of the types.
 */
export function keepOwnAttributes(strapi: Core.Strapi, types: OwnTypes): void {
  const changed: string[] = [];
  for (const [name, { schema }] of Object.entries(types)) {
    const own = schema.attributes as Attributes;
    const type = registeredType(strapi, name);
    changed.push(...Object.keys(own).flatMap((key) => (isKeptAs(own[key], type.attributes[key]) ? [] : [`${name}.${key}`])));
    for (const place of [type, type.__schema__]) {
      const attributes = Object.keys(own).map((key) => [key, keptAttribute(own[key], place.attributes[key])]);
      place.attributes = { ...Object.fromEntries(attributes), ...without(place.attributes, Object.keys(own)) };
      place.indexes = [...(schema.indexes ?? []), ...(place.indexes ?? []).filter((index) => !isOneOf(schema.indexes, index))];
    }
    ownAttributes.set(uidOf(name), own);
  }
  if (changed.length > 0)
    log(
      strapi,
      'warn',
      `src/extensions/mail-scanner changes how ${changed.join(', ')} would be kept. That stays as the mail scanner has it`,
    );
}

const isKeptAs = (own: Attribute, theirs: Attribute | undefined): boolean =>
  !theirs || KEPT_AS.every((key) => theirs[key] === undefined || theirs[key] === own[key]);

function keptAttribute(own: Attribute, theirs: Attribute = {}): Attribute {
  const kept: Attribute = { ...structuredClone(own), ...without(theirs, KEPT_AS) };
  for (const key of NOT_LESS) if (own[key]) kept[key] = true;
  if (Array.isArray(own.enum)) kept.enum = [...new Set([...own.enum, ...((theirs.enum as string[] | undefined) ?? [])])];
  return kept;
}

const isOneOf = (own: readonly Index[] = [], { name }: Index): boolean => own.some((index) => index.name === name);

const without = <T>(record: Record<string, T>, keys: string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));

// ---- Whether a site asks for Strapi's own way of writing

const ownAttributes = new Map<string, Attributes>();

/** Each instance's, plugin's and feature's that is added to all types. */
const STRAPIS_ATTRIBUTES = ['createdAt', 'updatedAt', 'publishedAt', 'createdBy', 'updatedBy', 'locale', 'localizations', 'documentId'];

/** What the Document Service checks or does when it writes a value, and a bulk write does not. */
const CHECKED = ['required', 'unique', 'min', 'max', 'minLength', 'maxLength', 'regex', 'customField', 'inversedBy'];

/** True when a site added an attribute, or validates one of ours more strictly. */
export function isExtended(strapi: Core.Strapi, uid: StrapiUID.ContentType): boolean {
  const own = ownAttributes.get(uid);
  const attributes = strapi.contentType(uid).attributes as unknown as Attributes;
  if (!own) return true;
  return (
    siteAttributes(strapi, uid).length > 0 ||
    Object.entries(attributes).some(
      ([name, attribute]) => name in own && CHECKED.some((key) => !isDeepStrictEqual(attribute[key], own[name][key])),
    )
  );
}

/** The attributes that a site added to one of our types, with their names. */
export function siteAttributes(strapi: Core.Strapi, uid: StrapiUID.ContentType): [name: string, attribute: Attribute][] {
  const own = ownAttributes.get(uid) ?? {};
  const attributes = strapi.contentType(uid).attributes as unknown as Attributes;
  return Object.entries(attributes).filter(([name]) => !(name in own) && !STRAPIS_ATTRIBUTES.includes(name));
}

// ---- One version of each record

/**
 * Switches draft & publish and localization off for our types, and says so once: what the helpdesk knows about a ticket, its emails and its
 * number hold for the one ticket, not for each of its versions.
 */
export function switchVersionsOff(strapi: Core.Strapi, types: OwnTypes): void {
  const found: string[] = [];
  for (const name of Object.keys(types)) {
    const type = registeredType(strapi, name);
    if (hasVersions(type)) found.push(name);
    for (const place of [type, type.__schema__]) Object.assign(place, withoutVersions(place));
    for (const name of ['locale', 'localizations']) if (type.attributes[name]) type.attributes[name].private = true;
  }
  if (found.length > 0)
    log(
      strapi,
      'warn',
      'Draft & publish and localization are not for the types of the mail scanner and stay off. Take "draftAndPublish" and "i18n" out of src/extensions/mail-scanner',
      { types: found.join(', ') },
    );
}

export const hasVersions = ({ options, pluginOptions }: Partial<Schema>): boolean =>
  options?.draftAndPublish === true || pluginOptions?.i18n?.localized === true;

/** The same type without them. */
export function withoutVersions<T extends Partial<Schema>>(type: T): T {
  const { i18n: _, ...pluginOptions } = type.pluginOptions ?? {};
  return { ...type, options: { ...type.options, draftAndPublish: false }, pluginOptions };
}
