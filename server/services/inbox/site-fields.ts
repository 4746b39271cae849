import type { Core } from '@strapi/strapi';
import type { SiteField, SiteFieldType } from '../../../shared/api/tickets';
import { labelOfAttribute } from '../lib/attribute-label';
import { siteAttributes } from '../storage/own-types';
import { UID } from '../uids';

/** What a site has added to its tickets, as a ticket's page shows it. */

/** Types of attributes that one line or one choice shows. What has parts (relations, media, components, JSON) is for the Content Manager. */
const FIELD_TYPES: Record<string, SiteFieldType> = {
  string: 'text',
  uid: 'text',
  email: 'email',
  text: 'longText',
  integer: 'number',
  float: 'number',
  decimal: 'number',
  // Beyond what a number holds exactly.
  biginteger: 'text',
  boolean: 'boolean',
  enumeration: 'choice',
  date: 'date',
  datetime: 'moment',
  time: 'text',
};

/** Of a ticket as it was read, in the order in which the site has them. What the site calls private stays so. */
export function siteFieldsOf(strapi: Core.Strapi, ticket: Record<string, unknown>): SiteField[] {
  return siteAttributes(strapi, UID.ticket)
    .filter(([, { type, private: isPrivate }]) => Object.hasOwn(FIELD_TYPES, type as string) && !isPrivate)
    .map(([name, { type, enum: options, required, writable }]) => ({
      name,
      label: labelOfAttribute(name),
      type: FIELD_TYPES[type as string],
      ...(Array.isArray(options) ? { options: options as string[] } : {}),
      isRequired: required === true,
      isWritable: writable !== false,
      value: (ticket[name] ?? null) as SiteField['value'],
    }));
}
