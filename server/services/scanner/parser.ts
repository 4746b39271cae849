import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ParsedMessage, ParseOptions } from '../message/types';
import { SpokenError } from '../lib/spoken-error';
import { inEnglish, say, type Words } from '../../../shared/sentences/words';

/** A message that cannot be parsed: it is beyond the limits, or takes the parser down, or takes forever. */
export class UnparsableMessage extends SpokenError {
  constructor(said: Words) {
    super(said);
    this.name = 'UnparsableMessage';
  }
}

export interface Parser {
  /** Parses in a thread of its own. Requests are answered in any order. Throws UnparsableMessage. */
  parse(source: Uint8Array, options?: ParseOptions): Promise<ParsedMessage>;
  close(): Promise<void>;
}

/** A message of 50 MB is parsed in about two seconds; what takes longer than this is made to take long. */
const TIMEOUT_MS = 60_000;
const MAX_MEMORY_MB = 1024;
/** For what lives as long as one message is read. V8 would fill 48 MB of it before it cleans up, which takes no longer with a quarter of that. */
const YOUNG_MEMORY_MB = 12;

interface Job {
  id: number;
  source: Uint8Array;
  options: ParseOptions;
  /** The second reader took a thread down with it, so the first one's word is taken. */
  isFirstOnly: boolean;
  resolve(message: ParsedMessage): void;
  reject(error: Error): void;
}

interface ParserOptions {
  /** The thread's code. */
  file?: string;
  /** Called when a message took a thread down. The next message starts another. */
  onDeath?(why: string): void;
}

/** A parser of this many threads, started when they are first needed. */
export function createParser(
  threads: number,
  { file = path.join(__dirname, 'parse.worker.js'), onDeath = () => {} }: ParserOptions = {},
): Parser {
  const lanes = Array.from({ length: threads }, () => createLane(file, onDeath));
  let next = 0;
  return {
    parse: (source, options = {}) =>
      new Promise((resolve, reject) => {
        const lane = lanes.reduce((least, each) => (each.load() < least.load() ? each : least));
        lane.add({ id: next++, source, options, isFirstOnly: false, resolve, reject });
      }),
    close: async () => {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}

/** One thread and the jobs that wait for it. It works in order, so when it dies, the oldest job killed it. */
function createLane(file: string, onDeath: (why: string) => void) {
  const jobs = new Map<number, Job>();
  let worker: Worker | null = null;
  let timer: NodeJS.Timeout | null = null;
  /** With which job the second reader began last; written by the thread, so that its death does not lose it. */
  const atSecond = new Int32Array(new SharedArrayBuffer(4)).fill(-1);

  const start = () => {
    const started = new Worker(file, {
      workerData: { atSecond },
      resourceLimits: { maxOldGenerationSizeMb: MAX_MEMORY_MB, maxYoungGenerationSizeMb: YOUNG_MEMORY_MB },
    });
    started.on('message', ({ id, message, error }) => {
      const job = jobs.get(id);
      jobs.delete(id);
      watchOldest();
      if (error) job?.reject(new UnparsableMessage(say('message.notParsed', { what: error.said ?? error.message })));
      else job?.resolve(message);
    });
    started.on('error', (error) => died(started, error.message));
    started.on('exit', () => died(started, say('message.parserEnded')));
    // The thread alone does not keep the process alive; whoever waits for a job does.
    started.unref();
    return started;
  };

  const died = (which: Worker, why: Words) => {
    if (which !== worker) return;
    worker = null;
    const [oldest] = jobs.values();
    if (!oldest) return;
    onDeath(inEnglish(why));
    if (Atomics.load(atSecond, 0) === oldest.id && !oldest.isFirstOnly) oldest.isFirstOnly = true;
    else {
      jobs.delete(oldest.id);
      oldest.reject(new UnparsableMessage(say('message.parserDown', { why })));
    }
    for (const job of jobs.values()) post(job);
    watchOldest();
  };

  const post = ({ id, source, options, isFirstOnly }: Job) => {
    worker ??= start();
    worker.postMessage({ id, source, options, isFirstOnly });
  };

  const watchOldest = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (jobs.size === 0) return;
    timer = setTimeout(() => {
      const stuck = worker;
      if (stuck) died(stuck, say('message.parserTimeout', { seconds: TIMEOUT_MS / 1000 }));
      stuck?.terminate().catch(() => {});
    }, TIMEOUT_MS);
  };

  return {
    load: () => jobs.size,
    add(job: Job) {
      jobs.set(job.id, job);
      post(job);
      if (jobs.size === 1) watchOldest();
    },
    async close() {
      const ending = worker;
      worker = null;
      if (timer) clearTimeout(timer);
      await ending?.terminate();
      for (const job of jobs.values()) job.reject(new Error('The parser was closed.'));
      jobs.clear();
    },
  };
}
