/** The connections by which emails leave: as much at once as there are, whoever asks. */
export interface Lanes {
  /** Does this once a lane is free. Resolves with false, and nothing is done, when the lanes are closed by then. */
  run(work: () => Promise<void>): Promise<boolean>;
  /** Nothing begins any more; what is under way goes on. */
  close(): void;
}

export function openLanes(count: number): Lanes {
  const waiting: (() => void)[] = [];
  let free = count;
  let isOpen = true;
  return {
    async run(work) {
      if (free > 0) free -= 1;
      // Whoever leaves a lane hands it on.
      else await new Promise<void>((resolve) => void waiting.push(resolve));
      try {
        if (isOpen) await work();
        return isOpen;
      } finally {
        const next = waiting.shift();
        if (next) next();
        else free += 1;
      }
    },
    close: () => void (isOpen = false),
  };
}
