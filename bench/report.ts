import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** One line of the table: what was measured, and beside it the floor of the same run and what is aimed at. */
interface Line {
  /** import, send, lists, memory, loop, idle or graph. */
  bench: string;
  database: string;
  what: string;
  value: number;
  unit: string;
  /** What the same work costs at least, measured in the same run; of the same unit. */
  floor?: number;
  /** Value and floor beside each other: above 1 is better than the floor. */
  ratio?: number;
  /** What is aimed at, in words. */
  target?: string;
  details?: Record<string, number | null>;
}

const lines: Line[] = [];

/** Prints a line as soon as it is known, and keeps it for the file. */
export function report(line: Line): void {
  lines.push(line);
  console.log(inWords(line));
}

const inWords = ({ bench, database, what, value, unit, floor, ratio, target, details = {} }: Line): string =>
  [
    bench.padEnd(6),
    database.padEnd(10),
    what.padEnd(30),
    `${shown(value).padStart(8)} ${unit.padEnd(4)}`,
    floor === undefined ? ''.padEnd(14) : `floor ${shown(floor).padStart(8)}`,
    ratio === undefined ? ''.padEnd(10) : `ratio ${ratio.toFixed(2)}`,
    (target ?? '').padEnd(12),
    ...Object.entries(details).flatMap(([name, number]) => (number === null ? [] : [`${name} ${shown(number)}`])),
  ].join('  ');

const shown = (number: number): string => (Math.abs(number) >= 100 ? number.toFixed(0) : number.toFixed(Math.abs(number) >= 10 ? 1 : 2));

/** Writes the lines where `--json FILE` wants them, and ends the process: what a bench has started may still be about to close. */
export function runBench(main: () => Promise<void>): void {
  const at = process.argv.indexOf('--json');
  const file = at < 0 ? null : process.argv[at + 1];
  if (at >= 0 && !file) throw new Error('Name the file for the figures: npm run bench -- --json FILE');
  main().then(
    () => {
      if (file) {
        const target = path.resolve(process.env.INIT_CWD ?? process.cwd(), file);
        mkdirSync(path.dirname(target), { recursive: true });
        writeFileSync(target, `${JSON.stringify(lines, null, 2)}\n`);
      }
      process.exit(0);
    },
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
}
