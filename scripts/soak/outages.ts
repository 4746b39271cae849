import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fleet } from './fleet';
import { customers, editor, type World } from './world';

/** What a process depends on goes away and comes back, one thing after the other, while mail comes and answers go. */
interface Outage {
  name: string;
  begin(): void | Promise<void>;
  end(): void | Promise<void>;
}

const LASTS_MS = 3000;

/** Returns how often something was away. */
export async function outageStorm(fleet: Fleet, world: World, outages: Outage[], durationMs: number): Promise<number> {
  const end = Date.now() + durationMs;
  const instance = fleet.start();
  const base = await instance.base;
  let over = false;
  const traffic = Promise.all([customers(world, () => over), editor(base, world, () => over)]);
  let count = 0;
  try {
    // Each of them once, however little time there is.
    while (Date.now() < end || count < outages.length) {
      await sleep(1000 + world.random() * 2000);
      const { begin, end: mend } = outages[count % outages.length];
      await begin();
      await sleep(LASTS_MS * (0.5 + world.random()));
      await mend();
      count += 1;
    }
    // It has to get over the last one, too.
    await sleep(LASTS_MS);
  } finally {
    over = true;
    await traffic;
  }
  if (!(await instance.kill())) throw new Error('An outage took the process down.');
  return count;
}

/** A disk of that size for a folder; null where this user may not mount one. */
export function mountSmallDisk(folder: string, megabytes: number): { full: Outage; unmount(): void } | null {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'soak', folder], { stdio: 'ignore' });
  } catch {
    return null;
  }
  const ballast = path.join(folder, 'ballast');
  return {
    full: { name: 'disk full', begin: () => fillWith(ballast), end: () => rmSync(ballast, { force: true }) },
    unmount: () => execFileSync('umount', ['--lazy', folder], { stdio: 'ignore' }),
  };
}

function fillWith(ballast: string): void {
  const file = openSync(ballast, 'w');
  try {
    for (let bytes = 1024 * 1024; bytes >= 512; bytes /= 2) {
      try {
        for (;;) writeSync(file, Buffer.alloc(bytes));
      } catch {
        // Full, as far as pieces of this size go.
      }
    }
  } finally {
    closeSync(file);
  }
}
