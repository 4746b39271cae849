import { sanitize } from '@strapi/utils';
import type { Core, Schema, UID as StrapiUID } from '@strapi/strapi';
import { log } from '../log';
import { afterCommit } from '../platform/after-commit';
import { hasListeners } from '../platform/event-hub';
import { plainWords } from './failure';
import { onDisk } from './sqlite/on-disk';

/**
 * Events of records written in bulk (`entry.create`, `entry.update`): webhooks, audit logs and whoever else listens to the event
 * hub learns of each record once the transaction has committed, as from the Document Service. An event holds the whole record
 * with its relations, and reading those again is a third of an import; so they are read only when somebody listens.
 */

type EntryEvent = 'entry.create' | 'entry.update';

export function emitAfterCommit(strapi: Core.Strapi, uid: StrapiUID.ContentType, event: EntryEvent, ids: number[]): Promise<void> {
  return afterCommit(strapi, () => {
    if (!hasListeners(strapi, event)) return;
    emitEvents(strapi, uid, event, ids).catch((error) => {
      log(strapi, 'error', 'Records could not be announced', { event, count: ids.length, reason: plainWords(error) });
    });
  });
}

/** The Document Service reads the records one by one; here they are read together. */
async function emitEvents(strapi: Core.Strapi, uid: StrapiUID.ContentType, event: EntryEvent, ids: number[]): Promise<void> {
  await onDisk(strapi);
  const model = strapi.contentType(uid);
  const relations = Object.entries(model.attributes).filter(([, { type }]) => type === 'relation' || type === 'media');
  const populate = Object.fromEntries(relations.map(([name]) => [name, true]));
  const entries = await strapi.db.query(uid).findMany({ where: { id: { $in: ids } }, orderBy: { id: 'asc' }, populate });
  const getModel = strapi.getModel.bind(strapi) as (name: string) => Schema.ContentType;
  for (const entry of entries) {
    const sanitized = await sanitize.sanitizers.defaultSanitizeOutput({ schema: model, getModel }, entry);
    await strapi.eventHub.emit(event, { model: model.modelName, uid, entry: sanitized });
  }
}
