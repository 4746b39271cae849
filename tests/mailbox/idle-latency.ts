import { watchFolder } from '../../server/services/mailbox/idle';
import { testUser, type TestMailServer } from '../support/mail-server';

interface Latency {
  medianMs: number;
  p95Ms: number;
}

/** Delivers messages one after the other and measures the time from before the delivery to the callback of `watchFolder`. */
export async function measureIdleLatency(server: TestMailServer, deliveries: number, user = testUser): Promise<Latency> {
  const abort = new AbortController();
  let told = (): void => {};
  const news = (): Promise<void> => new Promise((resolve) => (told = resolve));
  const connected = news();
  const ended = watchFolder(
    async () => server.settings({ username: user }),
    'INBOX',
    () => told(),
    abort.signal,
  );
  await connected;
  await new Promise((resolve) => setTimeout(resolve, 200)); // until IDLE stands
  const latencies: number[] = [];
  for (let i = 0; i < deliveries; i++) {
    const before = performance.now();
    await Promise.all([news(), server.append('INBOX', `Subject: number ${i}\r\n\r\nHello.\r\n`, { user })]);
    latencies.push(performance.now() - before);
  }
  abort.abort();
  await ended;
  latencies.sort((a, b) => a - b);
  return { medianMs: latencies[Math.ceil(deliveries * 0.5) - 1]!, p95Ms: latencies[Math.ceil(deliveries * 0.95) - 1]! };
}
