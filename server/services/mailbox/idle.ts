import { setTimeout as sleep } from 'node:timers/promises';

import { withFreshToken, type SettingsSource } from './fresh-token';
import { CommandRefused, ImapConnection } from './imap-connection';
import { notifyOf } from './notify';
import { MailboxError, type MailboxErrorCode } from './types';
import { say } from '../../../shared/sentences/words';

export interface WatchOptions {
  /** Other folders, to be watched over the same connection where the server can tell of them (NOTIFY). */
  beside?: string[];
  /** Told once, with the first connection, whether it can. */
  onBeside?: (isWatched: boolean) => void;
  /** Told why the folder is not being watched at the moment, before each wait for the next attempt. */
  onTrouble?: (error: unknown) => void;
  /** Told each time the folder is being watched (again). */
  onWatching?: () => void;
  timing?: Partial<WatchTiming>;
}

interface WatchTiming {
  /** How often IDLE is renewed. RFC 2177 demands 29 minutes, routers that forget quiet connections about 5. */
  renewMs: number;
  /** Wait before the second attempt; it doubles with each failure … */
  firstDelayMs: number;
  /** … up to this. */
  longestDelayMs: number;
  /** A connection that held this long counts as success: the next wait is short again. */
  steadyMs: number;
}
const usualTiming: WatchTiming = { renewMs: 4 * 60_000, firstDelayMs: 1_000, longestDelayMs: 5 * 60_000, steadyMs: 60_000 };

/** What another attempt in a second would not mend; trying on would only get the account locked. */
export const LASTING: ReadonlySet<MailboxErrorCode> = new Set([
  'authenticationFailed',
  'noAccess',
  'throttled',
  'certificateInvalid',
  'starttlsUnavailable',
  'folderMissing',
  'hostRefused',
  'secretUnreadable',
]);

/**
 * Keeps an IMAP connection idling on a folder (RFC 2177; polling where the server has no IDLE) and calls `onNews` when
 * something arrives there. It is also called once the connection stands, for what arrived before; so it may be called for
 * nothing, and must return at once.
 *
 * Connects again when the connection is lost, with growing, scattered waits. Never throws; resolves after `signal` aborts.
 * @param settings asked for each connection, so that an access token is fresh, and again when the server refuses it; what it throws is trouble
 *   like any other
 */
export async function watchFolder(
  settings: SettingsSource,
  folder: string,
  onNews: () => void,
  signal: AbortSignal,
  options: WatchOptions = {},
): Promise<void> {
  const timing = { ...usualTiming, ...options.timing };
  let delayMs = timing.firstDelayMs;
  while (!signal.aborted) {
    const startedAt = Date.now();
    const trouble = await watchOnce({ settings, folder, onNews, signal, options, timing });
    if (signal.aborted) return;
    options.onTrouble?.(trouble);
    if (Date.now() - startedAt > timing.steadyMs) delayMs = timing.firstDelayMs;
    if (trouble instanceof MailboxError && LASTING.has(trouble.code)) delayMs = timing.longestDelayMs;
    await sleep(scattered(delayMs), undefined, { signal }).catch(() => {});
    delayMs = Math.min(delayMs * 2, timing.longestDelayMs);
  }
}

/**
 * The same for several folders, the most important first, over as few connections as can be: servers allow few for a user or an address,
 * and scans need one, too. With NOTIFY (RFC 5465) one is enough; else the first `most` folders have one each, and the rest none.
 */
export async function watchFolders(
  settings: SettingsSource,
  folders: string[],
  most: number,
  onNews: () => void,
  signal: AbortSignal,
  options: WatchOptions = {},
): Promise<void> {
  const [first, ...beside] = folders;
  if (first === undefined || most < 1) return;
  let watching: Promise<void>[] = [];
  const onBeside = (isWatched: boolean): void => {
    const others = isWatched || watching.length > 0 ? [] : beside.slice(0, most - 1);
    watching = others.map((folder) => watchFolder(settings, folder, onNews, signal, options));
  };
  await watchFolder(settings, first, onNews, signal, { ...options, beside, onBeside });
  await Promise.all(watching);
}

/** Between half of it and all of it, so that not all scanners come back in the same moment after an outage. */
export const scattered = (delayMs: number): number => delayMs * (0.5 + Math.random() / 2);

interface ConnectionWatch {
  settings: SettingsSource;
  folder: string;
  onNews: () => void;
  signal: AbortSignal;
  options: WatchOptions;
  timing: WatchTiming;
}

/** Watches until the connection ends or the signal aborts. Gives the reason for the end. */
async function watchOnce({ settings, folder, onNews, signal, options, timing }: ConnectionWatch): Promise<unknown> {
  let connection: ImapConnection | undefined;
  const hangUp = (): void => {
    connection?.close().catch(() => {});
  };
  signal.addEventListener('abort', hangUp);
  try {
    // A peer that has vanished is noticed when it does not answer to a renewal.
    const limits = { maxIdleTime: timing.renewMs, socketTimeout: timing.renewMs + 60_000 };
    connection = await withFreshToken(settings, (current) => ImapConnection.open(current, limits));
    if (signal.aborted) return undefined;
    const { client } = connection;
    client.on('exists', ({ count, prevCount }: { count: number; prevCount: number }) => {
      if (count > prevCount) onNews();
    });
    const path = await connection.pathOf(folder);
    await connection.run(() => client.mailboxOpen(path, { readOnly: true }));
    if (options.beside?.length) options.onBeside?.(await notifyOf(connection, options.beside, onNews));
    options.onWatching?.();
    onNews();
    while (client.usable && !signal.aborted) await idleFor(connection);
    return connection.failed(Object.assign(new Error('Connection not available'), { code: 'NoConnection' }));
  } catch (error) {
    return error instanceof CommandRefused && connection ? refusal(error, folder, connection) : error;
  } finally {
    signal.removeEventListener('abort', hangUp);
    await connection?.close();
  }
}

function refusal(error: CommandRefused, folder: string, connection: ImapConnection): MailboxError {
  const missing = (error.original as { mailboxMissing?: unknown }).mailboxMissing === true;
  return missing ? new MailboxError('folderMissing', say('mailbox.noFolderHere', { folder })) : connection.failed(error);
}

/** One IDLE, or one round of polling. A server that ends it at once must not make us spin. */
async function idleFor({ client }: ImapConnection): Promise<void> {
  const startedAt = Date.now();
  await client.idle();
  if (client.usable && Date.now() - startedAt < 100) await sleep(1_000);
}
