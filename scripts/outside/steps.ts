/** What was tried, one step after the other, and what came of each. */

interface Result {
  name: string;
  outcome: 'passed' | 'failed' | 'skipped';
  seconds: number;
  words: string;
}
const results: Result[] = [];

/** Does a step and says what came of it. */
export async function step<T>(name: string, work: () => Promise<T> | T): Promise<T> {
  const started = Date.now();
  const tell = (outcome: Result['outcome'], words: unknown) => {
    const seconds = Math.round((Date.now() - started) / 1000);
    results.push({ name, outcome, seconds, words: typeof words === 'string' ? words : '' });
    console.log(`${outcome === 'passed' ? '✓' : '✗'} ${name} (${seconds} s)${typeof words === 'string' && words ? `: ${words}` : ''}`);
  };
  try {
    const value = await work();
    tell('passed', value);
    return value;
  } catch (error) {
    tell('failed', (error as Error).message);
    throw new Told();
  }
}

/** What a step has told already. */
class Told extends Error {}

export function skip(name: string, words: string): void {
  results.push({ name, outcome: 'skipped', seconds: 0, words });
  console.log(`- ${name}: skipped, ${words}`);
}

/** What follows within `work` needs what went before; what follows it does not. */
export async function part(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Told)) await step(name, () => Promise.reject(error)).catch(() => {});
  }
}

export function report(started: number): void {
  const width = Math.max(...results.map(({ name }) => name.length));
  console.log(`\n${'step'.padEnd(width)}  outcome  seconds`);
  for (const { name, outcome, seconds } of results) console.log(`${name.padEnd(width)}  ${outcome}  ${String(seconds).padStart(7)}`);
  const count = (outcome: Result['outcome']) => results.filter((result) => result.outcome === outcome).length;
  console.log(`\n${Math.round((Date.now() - started) / 1000)} seconds`);
  console.log(`outside: ${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
  process.exit(count('failed') > 0 ? 1 : 0);
}
