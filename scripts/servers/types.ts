import type { UserSession } from './rights';

/** A server that runs, for users of its own whose password is `secret`. */
export interface Running {
  version: string;
  protocol: 'imap' | 'pop3';
  port: number;
  /** What stands before the names of one's own folders; '' for nothing. IMAP. */
  prefix?: string;
  /** Makes folders of others and of all that the stand's user may read and write, and gives their paths. */
  share?: (session: UserSession) => Promise<string[]>;
  /** Connections that it allows a user or an address. */
  limit?: number;
  /** Leaves somebody no room, or room again. */
  fill?: (user: string, isFull: boolean) => Promise<void>;
  /** Puts emails into somebody's INBOX, as a delivery would. Without it, that is done by IMAP. */
  deliver?: (user: string, sources: string[]) => Promise<void>;
  /** Ends it at once, as a crash would; its mail stays. */
  kill(): Promise<void>;
  /** Goes on after `kill`, on the same port. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** One kind of server: a file of this shape in kinds/. */
export interface Kind {
  title: string;
  /** Fetches, configures and starts it for these users. Throws NotHere where that cannot be. */
  start(users: readonly string[]): Promise<Running>;
}
