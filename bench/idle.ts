import { execFileSync } from 'node:child_process';
import { hasDovecot, startDovecot, type Dovecot } from '../tests/support/dovecot';
import { startHoodiecrow } from '../tests/support/hoodiecrow';
import type { TestMailServer } from '../tests/support/mail-server';
import { measureIdleLatency } from '../tests/mailbox/idle-latency';
import { removeFolder } from '../tests/support/strapi';
import { measureArrivals } from './arrival';
import { median } from './measure';
import { report, runBench } from './report';

/**
 * How soon a mailbox that is listened to (IDLE) tells of a message: from before its delivery until the scan is asked for. Dovecot
 * itself waits half a second before it tells, to gather what comes; a server without that wait shows what is ours. How soon such a message is a
 * ticket while another scanner imports. And what the plugin adds to a Strapi that only rests: the time of its start, and memory.
 */

const DELIVERIES = Number(process.env.BENCH_DELIVERIES ?? 30);
const BOOTS = 3;

runBench(async () => {
  const hoodiecrow = await startHoodiecrow();
  await measure(hoodiecrow);
  await hoodiecrow.stop();
  if (hasDovecot()) {
    const dovecot = await startDovecot();
    try {
      await measureTicket(dovecot, await measure(dovecot));
    } finally {
      await dovecot.stop();
    }
  }
  const { with_, without } = boots();
  const shared = { bench: 'idle', database: 'SQLite' };
  const added = (name: 'ms' | 'rssMb' | 'heapMb') => median(with_.map((boot) => boot[name])) - median(without.map((boot) => boot[name]));
  report({ ...shared, what: 'added to the start', value: added('ms'), unit: 'ms', target: '≤ 300' });
  report({ ...shared, what: 'added at rest', value: added('rssMb'), unit: 'MB', target: '≤ 30', details: { heap: added('heapMb') } });
});

/** Resolves with the median, in milliseconds. */
async function measure(server: TestMailServer): Promise<number> {
  const { medianMs, p95Ms } = await measureIdleLatency(server, DELIVERIES);
  const details = { p95: p95Ms };
  report({ bench: 'idle', database: server.name, what: 'told of new mail, median', value: medianMs, unit: 'ms', details });
  return medianMs;
}

/** `toldMs` is what passes before a server tells of a message, whoever listens. */
async function measureTicket(server: Dovecot, toldMs: number): Promise<void> {
  const arrivals = (await measureArrivals(server, DELIVERIES)).map((ms) => ms - toldMs).sort((a, b) => a - b);
  const value = arrivals[Math.ceil(arrivals.length * 0.95) - 1];
  const details = { median: median(arrivals) };
  report({
    bench: 'idle',
    database: 'SQLite',
    what: 'told to ticket beside an import, 95th p.',
    value,
    unit: 'ms',
    target: '≤ 300',
    details,
  });
}

interface Boot {
  ms: number;
  rssMb: number;
  heapMb: number;
  folder: string;
}

/** Each in a process of its own, with the plugin and without by turns: what else the machine does meets both. */
function boots(): Record<'with_' | 'without', Boot[]> {
  const first = { with_: boot('true'), without: boot('false') };
  const found: Record<'with_' | 'without', Boot[]> = { with_: [], without: [] };
  for (let round = 0; round < BOOTS; round += 1) {
    found.with_.push(boot('true', first.with_.folder));
    found.without.push(boot('false', first.without.folder));
  }
  for (const { folder } of Object.values(first)) removeFolder(folder);
  return found;
}

function boot(enabled: 'true' | 'false', folder = ''): Boot {
  const env = { ...process.env, MAIL_SCANNER_ENABLED: enabled, ...(folder && { BENCH_FOLDER: folder }) };
  const output = execFileSync(process.execPath, ['--expose-gc', 'scripts/run-ts.mjs', 'bench/boot.ts'], { encoding: 'utf8', env });
  return JSON.parse(output.trim().split('\n').at(-1)!);
}
