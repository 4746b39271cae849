import { killAllIn, type Daemon } from './chroot';
import type { Unpacked } from './packages';

/** A mail server that takes what we send and hands it on. */
export interface RunningRelay {
  version: string;
  port: number;
  /** Ends it at once, as a crash would; its queue stays. */
  kill(): Promise<void>;
  /** Goes on after `kill`, on the same port. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

interface RelayOptions {
  /** On loopback: the server that gets all mail for others. */
  nextPort: number;
  /** What is larger is refused. */
  maxBytes: number;
}

/** One kind of server: a file of this shape. Mail for LOCAL_DOMAIN is its own, and nobody lives there. */
export interface RelayKind {
  title: string;
  /** Fetches, configures and starts it. Throws NotHere where that cannot be. */
  start(options: RelayOptions): Promise<RunningRelay>;
}

export const LOCAL_DOMAIN = 'relay.test';
/** Who the server is to others. */
export const RELAY_HOST = `mx.${LOCAL_DOMAIN}`;

/** Starts these programs, of which the last one listens. */
export async function runRelay({ root, version, remove }: Unpacked, port: number, programs: () => Daemon[]): Promise<RunningRelay> {
  let daemons: Daemon[] = [];
  const start = async (): Promise<void> => {
    daemons = programs();
    await daemons.at(-1)!.answers(port);
  };
  const kill = async (): Promise<void> => {
    await Promise.all(daemons.map((daemon) => daemon.kill()));
    killAllIn(root);
  };
  await start();
  return {
    version,
    port,
    start,
    kill,
    remove: async () => {
      await kill();
      remove();
    },
  };
}
