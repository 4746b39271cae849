import type { Core } from '@strapi/strapi';
import { dueWorkOf } from '../due-work';
import { log } from '../log';
import { plainWords } from '../storage/failure';

/** When the outbox is worked off, beside the beats. */

const scheduled = new WeakSet<Core.Strapi>();

/** Sends what is due, soon and in the background. However often it is asked for in a moment, it is once, and a failure is told once. */
export function scheduleDeliveries(strapi: Core.Strapi): void {
  if (scheduled.has(strapi)) return;
  scheduled.add(strapi);
  setImmediate(() => {
    scheduled.delete(strapi);
    dueWorkOf(strapi)
      .deliverDue()
      .catch((error) => log(strapi, 'error', 'The outbox could not be worked off', { reason: plainWords(error) }));
  });
}

const alarms = new WeakMap<Core.Strapi, Set<NodeJS.Timeout>>();

/** Works the outbox off at that moment. Should this instance be gone by then, the cron of another one does. */
export function wakeAt(strapi: Core.Strapi, moment: Date): void {
  const own = alarms.get(strapi) ?? new Set();
  alarms.set(strapi, own);
  // A timer may fire a little early by the clock.
  const alarm = setTimeout(() => (own.delete(alarm), scheduleDeliveries(strapi)), moment.getTime() - Date.now() + 20);
  alarm.unref();
  own.add(alarm);
}

/** Lets nothing wake the outbox any more. */
export function stopAlarms(strapi: Core.Strapi): void {
  for (const alarm of alarms.get(strapi) ?? []) clearTimeout(alarm);
  alarms.delete(strapi);
}
