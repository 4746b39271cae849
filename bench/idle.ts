import { hasDovecot, startDovecot } from '../tests/support/dovecot';
import { startHoodiecrow } from '../tests/support/hoodiecrow';
import type { TestMailServer } from '../tests/support/mail-server';
import { measureIdleLatency } from '../tests/mailbox/idle-latency';

/**
 * How soon a mailbox that is listened to (IDLE) tells of a message: from before its delivery until the scan is asked for. Dovecot
 * itself waits half a second before it tells, to gather what comes; a server without that wait shows what is ours.
 */

const DELIVERIES = Number(process.env.BENCH_DELIVERIES ?? 100);

async function main(): Promise<void> {
  await measure(await startHoodiecrow());
  if (hasDovecot()) await measure(await startDovecot());
}

async function measure(server: TestMailServer): Promise<void> {
  try {
    const { medianMs, p95Ms } = await measureIdleLatency(server, DELIVERIES);
    console.log(
      `IDLE, ${DELIVERIES} deliveries; ${server.name}, Node ${process.version}: median ${medianMs.toFixed(0)} ms, 95th percentile ${p95Ms.toFixed(0)} ms`,
    );
  } finally {
    await server.stop();
  }
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
