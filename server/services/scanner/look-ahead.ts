/** Helpers for streams of messages: work ahead within bounds, and take what is there in batches. */

interface Bounds {
  items: number;
  bytes: number;
}

/**
 * Reads `source` ahead of whoever consumes the result, holding no more than the bounds allow (but always one). The item in the consumer's hands
 * counts until the next one is asked for: beside a very large one, nothing is read. The order stays. An error of the source comes after the items
 * before it. Ending early ends the source as well.
 */
export async function* lookAhead<T>(source: AsyncIterable<T>, bounds: Bounds, sizeOf: (item: T) => number): AsyncGenerator<T> {
  const buffer: T[] = [];
  let held = 0;
  let done = false;
  let stopped = false;
  let failure: { error: unknown } | null = null;
  let wake: () => void = () => {};
  const changed = () => new Promise<void>((resolve) => (wake = resolve));
  let change = changed();
  const announce = () => {
    wake();
    change = changed();
  };
  const full = () => buffer.length >= bounds.items || held >= bounds.bytes;

  const reading = (async () => {
    try {
      for await (const item of source) {
        buffer.push(item);
        held += sizeOf(item);
        announce();
        while (full() && !stopped) await change;
        if (stopped) break;
      }
    } catch (error) {
      failure = { error };
    }
    done = true;
    announce();
  })();

  try {
    for (;;) {
      while (buffer.length === 0 && !done) await change;
      if (buffer.length === 0) break;
      const item = buffer.shift()!;
      announce();
      yield item;
      held -= sizeOf(item);
      announce();
    }
    if (failure) throw (failure as { error: unknown }).error;
  } finally {
    stopped = true;
    announce();
    await reading;
  }
}

/**
 * Collects items in batches: as many as the bounds allow, but without keeping the first of them waiting for longer than
 * `waitMs`, and none after one that `closes` its batch. Never an empty batch.
 */
export async function* inBatches<T>(
  source: AsyncGenerator<T>,
  bounds: Bounds & { waitMs: number },
  sizeOf: (item: T) => number,
  closes: (item: T) => boolean,
): AsyncGenerator<T[]> {
  let pending: Promise<IteratorResult<T>> | null = null;
  const next = () => (pending ??= source.next());
  try {
    for (;;) {
      const first = await next();
      pending = null;
      if (first.done) return;
      const batch = [first.value];
      let bytes = sizeOf(first.value);
      const time = startTimer(bounds.waitMs);
      while (batch.length < bounds.items && bytes < bounds.bytes && !closes(batch.at(-1)!)) {
        const more = await Promise.race([next(), time.up]);
        if (more === null || more.done) break;
        pending = null;
        batch.push(more.value);
        bytes += sizeOf(more.value);
      }
      time.stop();
      yield batch;
    }
  } finally {
    // A read under way that nobody will take any more: its error has been, or will be, told by the source's end.
    (pending as Promise<unknown> | null)?.catch(() => {});
    await source.return(undefined);
  }
}

function startTimer(ms: number): { up: Promise<null>; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const up = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), ms)));
  return { up, stop: () => clearTimeout(timer) };
}
