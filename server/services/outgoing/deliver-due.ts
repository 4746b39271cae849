import { setTimeout as sleep } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import { getOutgoingMail, mostPerMinute, outgoingAccount } from '../settings/settings';
import { timeHasCome } from '../storage/clock';
import { acquireLease } from '../storage/lease';
import { UID } from '../uids';
import { begin, sendBegun } from './delivery-attempt';
import { settleBegun, ticketKey, type Begun, type Round } from './delivery-notes';
import { openLanes } from './lanes';
import { MAX_CONNECTIONS } from './smtp';
import { transportsOf } from './transports';
import { openJournal } from './sent-journal';
import { wakeAt } from './wake';

/** Working the outbox off: by one instance at a time, as many emails as may leave, each ticket's in their order. */

/**
 * This many emails are begun together at first, and then as many as leave in about a second: what is begun cannot be cancelled any more, and may
 * leave twice where this process dies.
 */
const A_ROUND = { first: 10, least: 3, most: 120, shortMs: 500, longMs: 2_000 };
/** This many due emails are looked at to find some of different tickets. */
const LOOKED_AT = 480;

/** Working the outbox off, at this moment, in this process. */
interface Running {
  /** Somebody has asked since it was looked at last. */
  again: boolean;
  /** Who waits for that. */
  wake(): void;
  done: Promise<void>;
}

/** So long those that have begun are waited for when one of them is noted. */
const GATHER_MS = 200;

const running = new WeakMap<Core.Strapi, Running>();

/** Sends all that is due and resolves when it is through. While it runs already, it looks over the outbox once more. */
export function deliverDue(strapi: Core.Strapi): Promise<void> {
  const current = running.get(strapi);
  if (current) {
    lookAgain(strapi);
    return current.done;
  }
  const state: Running = { again: false, wake: () => {}, done: Promise.resolve() };
  running.set(strapi, state);
  state.done = (async () => {
    try {
      do {
        state.again = false;
        await workOff(strapi, state);
      } while (state.again);
    } finally {
      running.delete(strapi);
    }
  })();
  return state.done;
}

/** Where this process works the outbox off, it looks over it once more. Returns false where it does not. */
export function lookAgain(strapi: Core.Strapi): boolean {
  const current = running.get(strapi);
  if (current) {
    current.again = true;
    current.wake();
  }
  return current !== undefined;
}

async function workOff(strapi: Core.Strapi, state: Running): Promise<void> {
  if ((await dueCount(strapi)) === 0) return;
  const outgoing = await getOutgoingMail(strapi);
  const server = outgoingAccount(outgoing);
  // Nothing is lost: what waits is sent once outgoing mail is set up.
  if (!server) return;
  const lease = await acquireLease(strapi, 'outbox');
  if (!lease) return;
  try {
    // Whoever was sending when the lease passed to us is gone.
    await settleBegun(strapi, lease);
    const journal = await openJournal(strapi);
    const transport = await transportsOf(strapi, server);
    await sendAll(
      { strapi, lease, transport, journal, lanes: openLanes(MAX_CONNECTIONS), leaving: new Map() },
      state,
      mostPerMinute(outgoing),
    );
    // Not where something went wrong: what could not be noted stands there for the next time.
    await journal.end();
  } finally {
    await lease.release();
  }
}

/**
 * While as many leave as may, the next ones are made: the server waits for no database then, and no email for those before it. One that takes
 * minutes, because of its recipient's server say, holds up its ticket and no other: the next ones begin as soon as a connection is free.
 * Settles when nothing is under way any more.
 */
async function sendAll(round: Round, state: Running, maxPerMinute: number | null): Promise<void> {
  const { strapi, lease, lanes, leaving } = round;
  let size = A_ROUND.first;
  const next = async (): Promise<{ found: number; begun: Begun[] }> => {
    state.again = false;
    const room = await roomNow(strapi, maxPerMinute, size, leaving.size);
    // Those that leave meanwhile are not noted yet, and each holds up the others of its ticket.
    const ids = await dueIds(strapi, room, new Set(leaving.values()));
    const begun = ids.length > 0 ? await begin(round, ids) : [];
    for (const { row } of begun) leaving.set(row.id, ticketKey(row));
    return { found: ids.length, begun };
  };
  const groups = new Set<Promise<void>>();
  const failures: unknown[] = [];
  let settled = 0;
  /** Resolves when all emails of the last group are on their way, and a connection is free. */
  let roomForMore: Promise<unknown> = Promise.resolve();
  const send = (begun: Begun[]): void => {
    const began = performance.now();
    const { handedOut, done } = sendBegun(round, begun);
    roomForMore = handedOut;
    const group: Promise<void> = done
      .then(
        () => void (size = sizeAfter(size, performance.now() - began)),
        (error: unknown) => void failures.push(error),
      )
      .then(() => {
        groups.delete(group);
        settled += 1;
      });
    groups.add(group);
  };
  try {
    for (;;) {
      const [wanted, before] = [size, settled];
      const { found, begun } = await next();
      await roomForMore;
      if (failures.length > 0) throw failures[0];
      lease.signal.throwIfAborted();
      if (begun.length > 0) send(begun);
      if (found === wanted || (found > 0 && begun.length === 0) || state.again) continue;
      // What those that were noted meanwhile held up was not found.
      const heldUp = settled > before;
      if (!heldUp && groups.size === 0) return;
      if (!heldUp) await Promise.race([...groups, new Promise<void>((resolve) => (state.wake = resolve))]);
      // What several of them held up begins together, and is looked up once.
      if (groups.size > 0) await Promise.race([Promise.all(groups), sleep(GATHER_MS)]);
    }
  } finally {
    lanes.close();
    await Promise.all(groups);
  }
}

/** Due now, or left in the middle of sending by a process that is gone. */
const due = () => ({ $or: [{ state: 'queued', ...timeHasCome('nextAttemptAt') }, { state: 'sending' }] });

/** How many emails are due. */
export const dueCount = (strapi: Core.Strapi): Promise<number> => strapi.db.query(UID.delivery).count({ where: due() });

const MINUTE_MS = 60_000;

/**
 * How many emails may leave at this moment. What left in the last minute stands in the database, so the limit holds for all instances
 * together; what it holds back leaves when the first of those is a minute old, or with the next beats.
 */
async function roomNow(strapi: Core.Strapi, maxPerMinute: number | null, most: number, leaving: number): Promise<number> {
  if (maxPerMinute === null) return most;
  // Those that a clock sent in the future were not in this minute.
  const where = { sentAt: { $gt: new Date(Date.now() - MINUTE_MS), $lt: new Date(Date.now() + MINUTE_MS) } };
  const deliveries = strapi.db.query(UID.delivery);
  const room = maxPerMinute - (await deliveries.count({ where })) - leaving;
  if (room > 0) return Math.min(most, room);
  if (leaving === 0) {
    const [first] = await deliveries.findMany({ select: ['sentAt'], where, orderBy: { sentAt: 'asc' }, limit: 1 });
    if (first) wakeOnce(strapi, new Date(first.sentAt).getTime() + MINUTE_MS);
  }
  return 0;
}

const waking = new WeakMap<Core.Strapi, number>();

/** However often it is asked for, one alarm waits. */
function wakeOnce(strapi: Core.Strapi, moment: number): void {
  if ((waking.get(strapi) ?? 0) >= Date.now()) return;
  waking.set(strapi, moment);
  wakeAt(strapi, new Date(moment));
}

function sizeAfter(size: number, tookMs: number): number {
  if (tookMs > A_ROUND.longMs) return Math.max(A_ROUND.least, Math.floor(size / 2));
  return tookMs < A_ROUND.shortMs ? Math.min(A_ROUND.most, size * 2) : size;
}

/**
 * The ids of the oldest due emails, of each ticket the first alone: its next one names it as sent, and leaves after it. None of the tickets of
 * which one is leaving.
 */
async function dueIds(strapi: Core.Strapi, most: number, leaving: ReadonlySet<number>): Promise<number[]> {
  if (most === 0) return [];
  const rows = await strapi.db.query(UID.delivery).findMany({
    select: ['id'],
    where: { state: 'queued', ...timeHasCome('nextAttemptAt') },
    orderBy: { id: 'asc' },
    limit: LOOKED_AT,
    populate: { ticket: { select: ['id'] } },
  });
  const first = new Map<number, number>();
  for (const { id, ticket } of rows as { id: number; ticket: { id: number } | null }[]) {
    const key = ticketKey({ id, ticket });
    if (!leaving.has(key) && !first.has(key)) first.set(key, id);
  }
  return [...first.values()].slice(0, most);
}
