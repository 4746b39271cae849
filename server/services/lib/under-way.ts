/** What a process has begun for its owner and ends at a safe moment before it goes. */
interface UnderWay {
  /** Aborts when nothing more is to begin, and what is under way is to end. */
  readonly ending: AbortSignal;
  end(): void;
  /** Counts work as under way until it settles. */
  add(work: Promise<unknown>): void;
  /** Resolves when nothing is under way any more, or after this many milliseconds. */
  ended(timeoutMs: number): Promise<void>;
}

/** One for each owner, made at the first question. */
export function underWayByOwner(): (owner: object) => UnderWay {
  const known = new WeakMap<object, UnderWay>();
  return (owner) => {
    const found = known.get(owner) ?? underWay();
    known.set(owner, found);
    return found;
  };
}

function underWay(): UnderWay {
  const ending = new AbortController();
  const works = new Set<Promise<unknown>>();
  return {
    ending: ending.signal,
    end: () => ending.abort(),
    add(work) {
      const settled: Promise<unknown> = work.then(
        () => works.delete(settled),
        () => works.delete(settled),
      );
      works.add(settled);
    },
    async ended(timeoutMs) {
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([Promise.all(works), new Promise<void>((resolve) => (timer = setTimeout(resolve, timeoutMs)))]);
      clearTimeout(timer);
    },
  };
}
