import type { Core } from '@strapi/strapi';
import { getOutgoingMail, outgoingAccount } from '../settings/settings';
import { timeHasCome } from '../storage/clock';
import { acquireLease } from '../storage/lease';
import { UID } from '../uids';
import { deliver, ROW_RELATIONS, type DeliveryRow } from './delivery-attempt';

/** Working the outbox off: by one instance at a time, as many emails as may leave, each ticket's in their order. */

/** So many tickets' emails are under way at the same time. */
const AT_ONCE = 3;
/** So many emails are read from the outbox together. */
const A_ROUND = 30;

const running = new WeakMap<Core.Strapi, { again: boolean; done: Promise<void> }>();

/** Sends all that is due and resolves when it is through. While it runs already, it goes over the outbox once more. */
export function deliverDue(strapi: Core.Strapi): Promise<void> {
  const current = running.get(strapi);
  if (current) {
    current.again = true;
    return current.done;
  }
  const state = { again: false, done: Promise.resolve() };
  running.set(strapi, state);
  state.done = (async () => {
    try {
      do {
        state.again = false;
        await workOff(strapi);
      } while (state.again);
    } finally {
      running.delete(strapi);
    }
  })();
  return state.done;
}

async function workOff(strapi: Core.Strapi): Promise<void> {
  if ((await dueCount(strapi)) === 0) return;
  const outgoing = await getOutgoingMail(strapi);
  const server = outgoingAccount(outgoing);
  // Nothing is lost: what waits is sent once outgoing mail is set up.
  if (!server) return;
  const lease = await acquireLease(strapi, 'outbox');
  if (!lease) return;
  try {
    // Whoever was sending when the lease passed to us is gone: its mails may or may not have left.
    await strapi.db
      .query(UID.delivery)
      .updateMany({ where: { state: 'sending' }, data: { state: 'queued', nextAttemptAt: new Date() } as never });
    const next = async () => dueRows(strapi, await roomNow(strapi, outgoing.maxPerMinute));
    for (let due = await next(); due.length > 0; due = await next()) {
      await eachTicketAtOnce(due, (row) => deliver({ strapi, lease, server }, row));
      lease.signal.throwIfAborted();
    }
  } finally {
    await lease.release();
  }
}

/** Due now, or left in the middle of sending by a process that is gone. */
const due = () => ({ $or: [{ state: 'queued', ...timeHasCome('nextAttemptAt') }, { state: 'sending' }] }) as never;

/** How many emails are due. */
export const dueCount = (strapi: Core.Strapi): Promise<number> => strapi.db.query(UID.delivery).count({ where: due() });

/**
 * How many emails may leave at this moment. What left in the last minute stands in the database, so the limit holds for all instances
 * together; what it holds back stays due for the next beats.
 */
async function roomNow(strapi: Core.Strapi, maxPerMinute: number | null): Promise<number> {
  if (maxPerMinute === null) return A_ROUND;
  const left = await strapi.db.query(UID.delivery).count({
    // Those that a clock sent in the future were not in this minute.
    where: { sentAt: { $gt: new Date(Date.now() - 60_000), $lt: new Date(Date.now() + 60_000) } },
  });
  return Math.max(0, Math.min(A_ROUND, maxPerMinute - left));
}

async function dueRows(strapi: Core.Strapi, most: number): Promise<DeliveryRow[]> {
  if (most === 0) return [];
  return strapi.db.query(UID.delivery).findMany({
    where: { state: 'queued', ...timeHasCome('nextAttemptAt') } as never,
    orderBy: { id: 'asc' },
    limit: most,
    populate: ROW_RELATIONS,
  });
}

/**
 * Mails of one ticket leave in their order; several tickets at a time. Settles when nothing is under way any more, also when one of
 * them threw: whoever took over the outbox before would send again what is just leaving.
 */
async function eachTicketAtOnce(rows: DeliveryRow[], work: (row: DeliveryRow) => Promise<void>): Promise<void> {
  const queues = new Map<number, DeliveryRow[]>();
  for (const row of rows) {
    const key = row.ticket?.id ?? -row.id;
    queues.set(key, [...(queues.get(key) ?? []), row]);
  }
  const waiting = [...queues.values()];
  let goesOn = true;
  const lane = async () => {
    try {
      for (let queue = waiting.shift(); queue; queue = waiting.shift()) for (const row of queue) if (goesOn) await work(row);
    } catch (error) {
      goesOn = false;
      throw error;
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: AT_ONCE }, lane));
  const broken = lanes.find((settled) => settled.status === 'rejected');
  if (broken) throw broken.reason;
}
