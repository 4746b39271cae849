import type { Core } from '@strapi/strapi';

/** Strapi's event hub does not tell who listens. An event about a record costs reading it with its relations, which a third of an import would be. */

type EventHub = Core.Strapi['eventHub'];

interface HubWatch {
  /** The hub's own; somebody who listens by putting another in its place is a listener, too. */
  emit: EventHub['emit'];
  /** Names of events for which a listener was added since. One that has left again still counts: that costs time only. */
  heard: Set<string>;
  hearsAll: boolean;
}

const watches = new WeakMap<Core.Strapi, HubWatch>();

/**
 * Notes who listens to the event hub from now on. To be called before anybody can: before any plugin's register(), and before Strapi reads
 * its webhooks. (`once` and `addListener` come by way of `on`.)
 */
export function watchEventHub(strapi: Core.Strapi): void {
  if (watches.has(strapi)) return;
  const { eventHub } = strapi;
  const { on, subscribe } = eventHub;
  const watch: HubWatch = { emit: eventHub.emit, heard: new Set(), hearsAll: false };
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

/** Whether anybody may hear that event. Without a watch nobody knows, and an event too many harms nobody. */
export function hasListeners(strapi: Core.Strapi, event: string): boolean {
  const watch = watches.get(strapi);
  return !watch || watch.hearsAll || watch.heard.has(event) || strapi.eventHub.emit !== watch.emit;
}

export const missingForEvents = (strapi: Core.Strapi): string | null =>
  (['on', 'subscribe', 'emit'] as const).every((name) => typeof strapi.eventHub?.[name] === 'function')
    ? null
    : 'strapi.eventHub.on, subscribe and emit';
