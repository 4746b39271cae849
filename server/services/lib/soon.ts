/** Work that is asked for again and again. */
export interface Soon {
  ask(): void;
  /** From now on nothing begins; resolves when nothing runs any more. */
  stop(): Promise<void>;
}

/** The work begins that many milliseconds after somebody asks, once for all who ask meanwhile, and never twice at a time. It must not reject. */
export function soon(work: () => Promise<void>, ms: number): Soon {
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();
  let isOver = false;
  const begin = () => {
    timer = null;
    running = running.then(work);
  };
  return {
    ask() {
      if (!isOver) timer ??= setTimeout(begin, ms).unref();
    },
    stop() {
      isOver = true;
      if (timer) clearTimeout(timer);
      return running;
    },
  };
}
