import { errors } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import { say } from '../../../shared/sentences/words';
import { refusal } from '../platform/refusal';
import { UID } from '../uids';

/** The tags of tickets, whatever door they come through. */

/** A name as it is compared: without what the eye does not see. */
export const foldName = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

/**
 * Completes what is about to be written of a tag (`where` for one that is there). Throws a 400 for a name that is empty or that another
 * tag has, which the database would refuse without words.
 */
export async function completeTag(strapi: Core.Strapi, data: Record<string, any>, where?: object): Promise<void> {
  delete data.foldedName;
  if (data.name === undefined && where) return;
  const name = String(data.name ?? '')
    .trim()
    .replace(/\s+/g, ' ');
  if (name === '') throw refusal(errors.ApplicationError, say('tag.name'));
  const tags = strapi.db.query(UID.tag);
  const foldedName = foldName(name);
  const taken = await tags.findOne({ select: ['id'], where: { foldedName } });
  const own = where && taken && (await tags.findOne({ select: ['id'], where }));
  if (taken && own?.id !== taken.id) throw refusal(errors.ApplicationError, say('tag.taken'));
  Object.assign(data, { name, foldedName });
}

/** The ids of the tags that a ticket has. */
export async function tagsOfTicket(strapi: Core.Strapi, id: number): Promise<Set<number>> {
  const ticket = await strapi.db
    .query(UID.ticket)
    .findOne({ select: ['id'], where: { id }, populate: { helpdeskTags: { select: ['id'] } } });
  return new Set(ticket?.helpdeskTags.map(({ id: tag }: { id: number }) => tag));
}
