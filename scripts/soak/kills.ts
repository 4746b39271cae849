import { setTimeout as sleep } from 'node:timers/promises';
import knex from 'knex';
import type { Fleet } from './fleet';
import { customers, editor, sendPoison, type World } from './world';

/** Mail in, answers out, and processes that are killed at random moments until the time is over. */

interface Storm {
  kills: number;
  poisoned: number;
  poison: string[];
}

interface StormOptions {
  instances: number;
  durationMs: number;
  /** Where the queue is that is emptied and dropped meanwhile; null without one. */
  queue: Record<string, string> | null;
  /** How long a process lives at most, or as long as it took to start; left out: some seconds. */
  longestLifeMs?: number;
  /** How long customers wait between two batches of emails; left out: less than a second. */
  pauseMs?: number;
}

const FEWEST_KILLS = 3;
const GRACE_MS = 4 * 60_000;
const SHORTEST_LIFE_MS = 300;
const LONGEST_LIFE_MS = 5000;

export async function killStorm(
  fleet: Fleet,
  world: World,
  { instances, durationMs, queue, longestLifeMs = LONGEST_LIFE_MS, pauseMs }: StormOptions,
): Promise<Storm> {
  const end = Date.now() + durationMs;
  const storm: Storm = { kills: 0, poisoned: 0, poison: [await sendPoison(world)] };
  // Some of it happens on a slow machine, too.
  const enough = () => storm.kills >= FEWEST_KILLS && world.comments.size > 0 && world.followUps.size > 0;
  const over = () => Date.now() >= end + (enough() ? 0 : GRACE_MS);
  const lives = Array.from({ length: instances }, async () => {
    while (!over()) {
      const started = Date.now();
      const instance = fleet.start();
      const base = await instance.base.catch(() => null);
      let alive = true;
      // On a slow machine nothing would be done in a short life.
      const longest = Math.max(longestLifeMs, Date.now() - started);
      const life = Promise.race([sleep(SHORTEST_LIFE_MS + world.random() * longest), instance.gone]).then(() => (alive = false));
      if (base) await Promise.all([life, editor(base, world, () => !alive)]);
      if (await instance.kill()) storm.kills += 1;
      else storm.poisoned += 1;
    }
  });
  await Promise.all([...lives, customers(world, over, pauseMs), wipes(queue, over, world.random)]);
  storm.poisoned += await outlivePoison(fleet);
  return storm;
}

/** How long a process lives that has no poison left to take. */
const SURVIVAL_MS = 12_000;

/** Starts processes until one lives on: whatever takes them down is set aside by then. Returns how many went down. */
async function outlivePoison(fleet: Fleet): Promise<number> {
  for (let died = 0; ; died += 1) {
    const instance = fleet.start();
    await instance.base.catch(() => {});
    await Promise.race([sleep(SURVIVAL_MS), instance.gone]);
    if (await instance.kill()) return died;
  }
}

const WIPES = ['truncate mail_scanner_jobs.job', 'delete from mail_scanner_jobs.queue', 'drop schema mail_scanner_jobs cascade'];

async function wipes(queue: Record<string, string> | null, over: () => boolean, random: () => number): Promise<void> {
  if (!queue) return;
  const { DATABASE_HOST: host, DATABASE_PORT: port, DATABASE_USERNAME: user, DATABASE_NAME: database } = queue;
  const connection = knex({ client: 'pg', connection: { host, port: Number(port), user, database } });
  while (!over()) {
    await sleep(3000 + random() * 6000);
    // Nothing to wipe just now is as well.
    await connection.raw(WIPES[Math.floor(random() * WIPES.length)]).catch(() => {});
  }
  await connection.destroy();
}
