import { sanitize } from '@strapi/utils';
import type { Core, UID as StrapiUID } from '@strapi/strapi';
import { log } from '../log';
import { plainWords } from './failure';
import { afterCommit } from './tables';

/**
 * Events of records written in bulk (`entry.create`, `entry.update`): webhooks, audit logs and whoever else listens to the event
 * hub learns of each record once the transaction has committed, as from the Document Service. An event holds the whole record
 * with its relations, and reading those again is a third of an import; so they are read only when somebody listens.
 */

export type EntryEvent = 'entry.create' | 'entry.update';

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
  const model = strapi.contentType(uid);
  const relations = Object.entries(model.attributes).filter(([, { type }]) => type === 'relation' || type === 'media');
  const populate = Object.fromEntries(relations.map(([name]) => [name, true]));
  const entries = await strapi.db.query(uid).findMany({ where: { id: { $in: ids } }, orderBy: { id: 'asc' }, populate });
  const getModel = (name: string) => strapi.getModel(name as never);
  for (const entry of entries) {
    const sanitized = await sanitize.sanitizers.defaultSanitizeOutput({ schema: model, getModel } as never, entry as never);
    await strapi.eventHub.emit(event, { model: model.modelName, uid, entry: sanitized });
  }
}

// ---- Whether anybody listens

type EventHub = Core.Strapi['eventHub'];

interface Watch {
  /** The hub's own; somebody who listens by putting another in its place is a listener, too. */
  emit: EventHub['emit'];
  /** Names of events for which a listener was added since. One that has left again still counts: that costs time only. */
  heard: Set<string>;
  hearsAll: boolean;
}

const watches = new WeakMap<Core.Strapi, Watch>();

/**
 * Notes who listens to the event hub from now on: Strapi does not tell. To be called before anybody can: before any plugin's
 * register(), and before Strapi reads its webhooks. (`once` and `addListener` come by way of `on`.)
 */
export function watchEventHub(strapi: Core.Strapi): void {
  if (watches.has(strapi)) return;
  const { eventHub } = strapi;
  const { on, subscribe } = eventHub;
  const watch: Watch = { emit: eventHub.emit, heard: new Set(), hearsAll: false };
  watches.set(strapi, watch);
  eventHub.on = (name, listener) => {
    watch.heard.add(name);
    return on.call(eventHub, name, listener);
  };
  eventHub.subscribe = (subscriber) => {
    watch.hearsAll = true;
    return subscribe.call(eventHub, subscriber);
  };
}

/** Without a watch nobody knows, and an event too many harms nobody. */
function hasListeners(strapi: Core.Strapi, event: EntryEvent): boolean {
  const watch = watches.get(strapi);
  return !watch || watch.hearsAll || watch.heard.has(event) || strapi.eventHub.emit !== watch.emit;
}
