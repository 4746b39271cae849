import { connect, createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A line to an IMAP server that stops in the middle of an answer, until it may go on. */
export interface HeldLine {
  port: number;
  /** Nothing more comes once so many messages have been handed out from now on. */
  holdAfter(messages: number): void;
  release(): void;
  stop(): void;
}

const BYTES = 1_000;
const LOOK_AGAIN_MS = 20;

export async function openHeldLine(toPort: number): Promise<HeldLine> {
  let left = Infinity;
  const server = createServer((client) => {
    const upstream = connect(toPort, '127.0.0.1');
    client.on('error', () => upstream.destroy()).pipe(upstream);
    void (async () => {
      for await (const chunk of upstream)
        for (let at = 0; at < chunk.length; at += BYTES) {
          while (left <= 0) await sleep(LOOK_AGAIN_MS);
          const piece: Buffer = chunk.subarray(at, at + BYTES);
          client.write(piece);
          left -= piece.toString('latin1').match(/BODY\[\]/g)?.length ?? 0;
        }
      client.end();
    })().catch(() => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    holdAfter: (messages) => void (left = messages),
    release: () => void (left = Infinity),
    stop: () => void server.close(),
  };
}
