import type { Core, UID as StrapiUID } from '@strapi/strapi';
import { log } from '../log';
import { STATUS_REF } from '../helpdesk/statuses';
import { UID } from '../uids';

/**
 * Turns the relations that a rule sets on tickets (an assignee, say) into numeric ids, which Strapi writes fastest. A record
 * that is gone is left out: a ticket without an assignee is better than a lost email.
 */
export async function resolveFields<C>(strapi: Core.Strapi, config: C): Promise<C> {
  if (typeof config !== 'object' || config === null) return config;
  const resolved = { ...config } as Record<string, unknown>;
  for (const key of ['onCreate', 'onUpdate', 'fields']) {
    if (typeof resolved[key] === 'object' && resolved[key] !== null) {
      resolved[key] = await resolveRecord(strapi, resolved[key] as Record<string, unknown>);
    }
  }
  return resolved as C;
}

async function resolveRecord(strapi: Core.Strapi, record: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { attributes } = strapi.contentType(UID.ticket);
  const entries: [string, unknown][] = [];
  for (const [name, value] of Object.entries(record)) {
    const attribute = attributes[name] as { type: string; target?: string } | undefined;
    if (!attribute) {
      log(strapi, 'warn', 'A rule sets a ticket field that is not there any more', { ticketField: name });
    } else if (attribute.type !== 'relation' || !attribute.target) {
      entries.push([name, value]);
    } else {
      const id = await relatedId(strapi, attribute.target as StrapiUID.ContentType, value);
      if (id === null) log(strapi, 'warn', 'A rule sets a ticket field to a record that is not there any more', { ticketField: name });
      else entries.push([name, id]);
    }
  }
  // It decides, whatever the rule sets besides.
  const own = entries.findIndex(([name]) => name === 'helpdeskStatus');
  if (own >= 0) entries.push(...(await ownStatus(strapi, entries.splice(own, 1)[0][1])));
  return Object.fromEntries(entries);
}

/** A status of the site's own with its kind. One that is switched off is left out as one that is gone. */
async function ownStatus(strapi: Core.Strapi, id: unknown): Promise<[string, unknown][]> {
  const status = await strapi.db.query(UID.ticketStatus).findOne({ select: [...STATUS_REF], where: { id, active: true } });
  if (!status) log(strapi, 'warn', 'A rule sets a ticket status that is switched off', { ticketField: 'helpdeskStatus' });
  return status ? Object.entries({ helpdeskStatus: status, ticketStatus: status.kind }) : [];
}

async function relatedId(strapi: Core.Strapi, target: StrapiUID.ContentType, value: unknown): Promise<number | null> {
  const key =
    typeof value === 'object' && value !== null
      ? ((value as { documentId?: unknown; id?: unknown }).documentId ?? (value as { id?: unknown }).id)
      : value;
  if (typeof key !== 'number' && typeof key !== 'string') return null;
  const where = typeof key === 'number' || /^\d+$/.test(key) ? { id: Number(key) } : { documentId: key };
  const found = await strapi.db.query(target).findOne({ select: ['id'], where });
  return found?.id ?? null;
}
