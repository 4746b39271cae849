import { say } from '../../../shared/sentences/words';
import { SpokenError } from '../lib/spoken-error';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import { storageConfig } from '../storage/config';
import { acquireLease, type Lease } from '../storage/lease';
import { isCrowded, lendPlace, takePlaceBack, type Purpose } from './pace';

/**
 * Sending from a mailbox, one email after the other, over all instances: Exchange takes submissions of one mailbox one at a time, and two of
 * them at once are refused. The lease of a mailbox stays with an instance as long as it has something to send from there.
 */

interface Turns {
  waiting: number;
  last: Promise<unknown>;
  lease: Promise<Lease> | null;
}

const turns = new WeakMap<Core.Strapi, Map<string, Turns>>();

const LOOK_EVERY_MS = 250;

/** Another instance has a mailbox. */
export class MailboxBusy extends SpokenError {
  constructor(mailbox: string, purpose: Purpose) {
    super(say(purpose === 'sending' ? 'graph.busy' : 'graph.reading', { mailbox }));
    this.name = 'MailboxBusy';
  }
}

/**
 * Does the work when it is this one's turn; the next begins when it has ended, well or not. `lease` is ours meanwhile. Throws MailboxBusy.
 */
export async function inSendingTurn<T>(strapi: Core.Strapi, mailbox: string, work: (lease: Lease) => Promise<T>): Promise<T> {
  const key = mailbox.toLowerCase();
  const all = turns.get(strapi) ?? new Map<string, Turns>();
  turns.set(strapi, all);
  const mine = all.get(key) ?? { waiting: 0, last: Promise.resolve(), lease: null };
  all.set(key, mine);
  mine.waiting += 1;
  const before = mine.last;
  const run = (async () => {
    await before.catch(() => {});
    try {
      readers.get(strapi)?.get(key)?.loan?.end();
      mine.lease ??= leaseOf(strapi, key, 'sending', storageConfig(strapi).leaseSeconds * 1500);
      return await work(await mine.lease);
    } catch (error) {
      // One that was lost, or never ours, serves nobody after us.
      await letGo(mine);
      throw error;
    } finally {
      mine.waiting -= 1;
      if (mine.waiting === 0) {
        all.delete(key);
        await letGo(mine);
      }
    }
  })();
  mine.last = run;
  return run;
}

async function letGo(mine: Turns): Promise<void> {
  const held = mine.lease;
  mine.lease = null;
  await held?.then(
    (lease) => lease.release(),
    () => {},
  );
}

/** An address may be longer than a name of a lease. */
const nameOf = (mailbox: string, purpose: Purpose): string =>
  `${purpose} ${createHash('sha256').update(mailbox).digest('hex').slice(0, 32)}`;

/** One whose holder died runs out: that long is worth waiting for. */
async function leaseOf(strapi: Core.Strapi, mailbox: string, purpose: Purpose, waitMs: number): Promise<Lease> {
  const name = nameOf(mailbox, purpose);
  const end = Date.now() + waitMs;
  for (;;) {
    const lease = await acquireLease(strapi, name);
    if (lease) return lease;
    if (Date.now() > end) throw new MailboxBusy(mailbox, purpose);
    await sleep(LOOK_EVERY_MS);
  }
}

// ---- Reading

/** Somebody at the panel may be waiting. */
const LONGEST_WAIT_TO_READ_MS = 30_000;

interface Readers {
  count: number;
  lease: Promise<Lease>;
  loan: Loan | null;
}

const readers = new WeakMap<Core.Strapi, Map<string, Readers>>();

/** The right to read a mailbox, until it is released. */
interface ReadingHold {
  /** Throws MailboxBusy when another instance has it now. */
  assertHeld(): void;
  release(): Promise<void>;
}

/**
 * Reading of a mailbox is for one instance at a time, and there for as many as like, who share its places (pace.ts): Microsoft counts the
 * requests of all instances together. Throws MailboxBusy.
 */
export async function holdReading(strapi: Core.Strapi, mailbox: string): Promise<ReadingHold> {
  const key = mailbox.toLowerCase();
  const all = readers.get(strapi) ?? new Map<string, Readers>();
  readers.set(strapi, all);
  const waitMs = Math.min(LONGEST_WAIT_TO_READ_MS, storageConfig(strapi).leaseSeconds * 1500);
  const mine = all.get(key) ?? { count: 0, lease: leaseOf(strapi, key, 'reading', waitMs), loan: null };
  all.set(key, mine);
  mine.count += 1;
  let held = true;
  const release = async () => {
    if (!held) return;
    held = false;
    mine.count -= 1;
    if (mine.count > 0) return;
    if (all.get(key) === mine) all.delete(key);
    await mine.loan?.stop();
    await mine.lease.then(
      (lease) => lease.release(),
      () => {},
    );
  };
  try {
    const lease = await mine.lease;
    mine.loan ??= borrowing(strapi, key);
    const assertHeld = () => {
      if (isHeld(lease)) return;
      // Whoever comes after us asks for it again.
      if (all.get(key) === mine) all.delete(key);
      throw new MailboxBusy(mailbox, 'reading');
    };
    return { assertHeld, release };
  } catch (error) {
    if (all.get(key) === mine) all.delete(key);
    throw error;
  }
}

// ---- The place of sending, for reading

/**
 * How long the place is kept at most, and left alone then: who wants to send from another instance looks four times a second, and waits
 * longer than a lease. The pauses between loans are what reading loses.
 */
const LONGEST_LOAN_MS = 10_000;
const BETWEEN_LOANS_MS = 2 * LOOK_EVERY_MS + 100;

interface Loan {
  /** Gives the place back now; it may be borrowed again later. */
  end(): void;
  /** For good; resolves when it is back. */
  stop(): Promise<void>;
}

/** Borrows the place of sending, again and again, as long as reading is short of places and nobody sends. */
function borrowing(strapi: Core.Strapi, mailbox: string): Loan {
  const stopped = new AbortController();
  let ended = new AbortController();
  const once = async (): Promise<void> => {
    const isSending = turns.get(strapi)?.has(mailbox) ?? false;
    const lease = isSending || !isCrowded(mailbox) ? null : await acquireLease(strapi, nameOf(mailbox, 'sending'));
    if (!lease) return;
    ended = new AbortController();
    try {
      lendPlace(mailbox);
      await pause(
        Math.min(LONGEST_LOAN_MS, storageConfig(strapi).leaseSeconds * 1000),
        AbortSignal.any([ended.signal, stopped.signal, lease.signal]),
      );
    } finally {
      await takePlaceBack(mailbox);
      await lease.release();
    }
  };
  const done = (async () => {
    while (!stopped.signal.aborted) {
      // Without it, reading goes on with its own places.
      await once().catch(() => {});
      await pause(BETWEEN_LOANS_MS, stopped.signal);
    }
  })();
  return {
    end: () => ended.abort(),
    stop() {
      stopped.abort();
      return done;
    },
  };
}

const pause = (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal, ref: false }).catch(() => {});

/** Losing the mailbox is not losing what it is read or sent for. */
export function isHeld(lease: Lease): boolean {
  try {
    lease.assertHeld();
    return true;
  } catch {
    return false;
  }
}
