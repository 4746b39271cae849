import { errors } from '@strapi/utils';
import type { Core, UID as StrapiUID } from '@strapi/strapi';
import { say, type Said } from '../../../shared/sentences/words';
import { refusal } from '../platform/refusal';
import { rowsOf } from '../storage/rows';
import { UID } from '../uids';

/** Names that nobody gives twice, and the tags of tickets, whatever door they come through. */

/** A name as it is compared: without what the eye does not see. */
export const foldName = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

/** See `completeName`. */
export const completeTag = (strapi: Core.Strapi, data: Record<string, unknown>, where?: object): Promise<void> =>
  completeName(strapi, UID.tag, { empty: say('form.name'), taken: say('tag.taken') }, data, where);

/**
 * Completes the name of what is about to be written (`where` for a record that is there). Throws a 400 for a name that is empty or that
 * another record of the type has, which the database would refuse without words.
 */
export async function completeName(
  strapi: Core.Strapi,
  uid: StrapiUID.ContentType,
  words: { empty: Said; taken: Said },
  data: Record<string, unknown>,
  where?: object,
): Promise<void> {
  delete data.foldedName;
  if (data.name === undefined && where) return;
  const name = String(data.name ?? '')
    .trim()
    .replace(/\s+/g, ' ');
  if (name === '') throw refusal(errors.ApplicationError, words.empty);
  const records = strapi.db.query(uid);
  const foldedName = foldName(name);
  const taken = await records.findOne({ select: ['id'], where: { foldedName } });
  const own = where && taken && (await records.findOne({ select: ['id'], where }));
  if (taken && own?.id !== taken.id) throw refusal(errors.ApplicationError, words.taken);
  Object.assign(data, { name, foldedName });
}

/** The ids of the tags that a ticket has. */
export async function tagsOfTicket(strapi: Core.Strapi, id: number): Promise<Set<number>> {
  const ticket = await rowsOf(strapi, UID.ticket).findOne({
    select: ['id'],
    where: { id },
    populate: { helpdeskTags: { select: ['id'] } },
  });
  return new Set(ticket?.helpdeskTags.map(({ id: tag }) => tag));
}
