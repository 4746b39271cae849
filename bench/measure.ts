import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Core } from '@strapi/strapi';

/** What a piece of work costs this process. */
export interface Cost {
  seconds: number;
  /** Of all threads, the parser's too: the system's time as well as the program's. */
  cpuMs: number;
  /** Of the main thread alone, which a scan runs out of first; null where the system does not tell (it does on Linux). */
  mainThreadMs: number | null;
  /** How late the event loop was, at the 99th percentile and at most. */
  loopP99Ms: number;
  loopMaxMs: number;
  /** What the process held at most, beyond what it held before: resident memory, garbage included. */
  rssMb: number;
  statements: number;
  commits: number;
}

/**
 * Measures `work`. With a Strapi, it counts the statements and the commits of its database, too. BENCH_PROFILE names a folder for profiles.
 * No garbage is collected before: V8 throws compiled code away with it, and a floor that is compiled again takes twice its time.
 */
export async function costOf<T>(work: () => Promise<T>, strapi?: Core.Strapi): Promise<Cost & { result: T }> {
  const counts = strapi ? countStatements(strapi) : null;
  const loop = monitorEventLoopDelay({ resolution: 5 });
  const memory = watchRss();
  const main = mainThreadCpuMs();
  const cpu = process.cpuUsage();
  loop.enable();
  const started = performance.now();
  const result = process.env.BENCH_PROFILE && strapi ? await profiled(process.env.BENCH_PROFILE, work) : await work();
  const seconds = (performance.now() - started) / 1000;
  loop.disable();
  const { user, system } = process.cpuUsage(cpu);
  return {
    seconds,
    cpuMs: (user + system) / 1000,
    mainThreadMs: main === null ? null : mainThreadCpuMs()! - main,
    loopP99Ms: loop.percentile(99) / 1e6,
    loopMaxMs: loop.max / 1e6,
    rssMb: memory.stop() / 1024 / 1024,
    ...(counts?.stop() ?? { statements: 0, commits: 0 }),
    result,
  };
}

/** Writes a profile of the main thread into that folder, for the developer tools of Chromium. */
async function profiled<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  const result = await work();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${Date.now()}.cpuprofile`), JSON.stringify(profile));
  return result;
}

function countStatements({ db }: Core.Strapi): { stop(): { statements: number; commits: number } } {
  let statements = 0;
  let commits = 0;
  const onQuery = ({ sql }: { sql: string }) => {
    statements += 1;
    if (/^commit\b/i.test(sql)) commits += 1;
  };
  db.connection.on('query', onQuery);
  return {
    stop() {
      db.connection.removeListener('query', onQuery);
      return { statements, commits };
    },
  };
}

function mainThreadCpuMs(): number | null {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return null;
  }
}

function watchRss(): { stop(): number } {
  const before = process.memoryUsage.rss();
  let peak = before;
  const look = () => (peak = Math.max(peak, process.memoryUsage.rss()));
  const timer = setInterval(look, 20);
  return {
    stop() {
      clearInterval(timer);
      look();
      return peak - before;
    },
  };
}

export const median = (values: number[]): number => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];

/** Small, fast and the same on every machine (mulberry32): numbers from 0 up to 1. */
export function randomness(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
