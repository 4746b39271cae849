import { connect, createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A line to a server that is as slow as wanted. */
export interface SlowLine {
  port: number;
  /** How long each thousand bytes of what the server says are kept waiting. */
  pauseMs: number;
  stop(): void;
}

const BYTES = 1_000;

export async function openSlowLine(toPort: number): Promise<SlowLine> {
  const server = createServer((client) => {
    const upstream = connect(toPort, '127.0.0.1');
    client.on('error', () => upstream.destroy()).pipe(upstream);
    void (async () => {
      for await (const chunk of upstream)
        for (let at = 0; at < chunk.length; at += BYTES) {
          if (line.pauseMs > 0) await sleep(line.pauseMs);
          client.write(chunk.subarray(at, at + BYTES));
        }
      client.end();
    })().catch(() => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const line = { port: (server.address() as AddressInfo).port, pauseMs: 0, stop: () => void server.close() };
  return line;
}
