import type { Core, UID as StrapiUID } from '@strapi/strapi';
import { log } from '../log';
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
  return Object.fromEntries(entries);
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
