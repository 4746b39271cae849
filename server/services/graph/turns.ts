import { say } from '../../../shared/sentences/words';
import { SpokenError } from '../lib/spoken-error';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import { storageConfig } from '../storage/config';
import { acquireLease, type Lease } from '../storage/lease';

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
  constructor(mailbox: string) {
    super(say('graph.busy', { mailbox }));
    this.name = 'MailboxBusy';
  }
}

/**
 * Does the work when it is this one's turn; the next begins when it has ended, well or not. `lease` is ours meanwhile. Throws MailboxBusy.
 */
export async function inTurn<T>(strapi: Core.Strapi, mailbox: string, work: (lease: Lease) => Promise<T>): Promise<T> {
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
      mine.lease ??= leaseOf(strapi, key);
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

/** One whose holder died runs out: so long somebody waits for it. */
async function leaseOf(strapi: Core.Strapi, mailbox: string): Promise<Lease> {
  // An address may be longer than a name of a lease.
  const name = `sending ${createHash('sha256').update(mailbox).digest('hex').slice(0, 32)}`;
  const end = Date.now() + storageConfig(strapi).leaseSeconds * 1500;
  for (;;) {
    const lease = await acquireLease(strapi, name);
    if (lease) return lease;
    if (Date.now() > end) throw new MailboxBusy(mailbox);
    await sleep(LOOK_EVERY_MS);
  }
}
