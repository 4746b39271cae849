/** How long work that never waits, as work with SQLite, keeps others waiting at most. */
const MAX_STRETCH_MS = 5;

let last = 0;

/** Lets the event loop turn, unless this has just been done: timers, connections and requests go on in between. To be called often. */
export async function letOthersRun(): Promise<void> {
  if (performance.now() - last < MAX_STRETCH_MS) return;
  await new Promise(setImmediate);
  last = performance.now();
}
