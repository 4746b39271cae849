import { setTimeout as sleep } from 'node:timers/promises';
import { MailboxError, type Mailbox, type MessageRef } from './types';
import { LASTING, scattered, type WatchOptions } from './idle';

/** How often a mailbox that tells nothing by itself is asked: a few requests each time, of some thousand that Microsoft allows in that while. */
const ASK_EVERY_MS = 10_000;

interface AskOptions extends Pick<WatchOptions, 'onTrouble'> {
  everyMs?: number;
}

/**
 * Listens to a mailbox that does not tell of new messages, by asking for the newest one of each folder every ten seconds: the mailbox is
 * opened for each round, so that others may read it in between. Calls `onNews` as `watchFolder` does, with the first round too; it must
 * return at once. What somebody moves there from elsewhere is found by the next scan. Never throws; resolves after `signal` aborts.
 */
export async function askOften(
  open: () => Promise<Mailbox>,
  folders: readonly string[],
  onNews: () => void,
  signal: AbortSignal,
  { onTrouble, everyMs = ASK_EVERY_MS }: AskOptions,
): Promise<void> {
  const newest = new Map<string, MessageRef | undefined>();
  let failures = 0;
  while (!signal.aborted) {
    let pauseMs = everyMs;
    try {
      if (await hasNews(open, folders, newest)) onNews();
      failures = 0;
    } catch (error) {
      failures += 1;
      onTrouble?.(error);
      const isLasting = error instanceof MailboxError && LASTING.has(error.code);
      pauseMs = Math.min(everyMs * (isLasting ? 30 : 2 ** failures), everyMs * 30);
    }
    await sleep(scattered(pauseMs), undefined, { signal, ref: false }).catch(() => {});
  }
}

/** Whether a folder holds a newer message than before, or was not looked at before. */
async function hasNews(
  open: () => Promise<Mailbox>,
  folders: readonly string[],
  newest: Map<string, MessageRef | undefined>,
): Promise<boolean> {
  const mailbox = await open();
  try {
    let news = false;
    for (const folder of folders) {
      await mailbox.open(folder);
      const [now] = await mailbox.list({ type: 'newest', limit: 1 });
      const before = newest.get(folder);
      news ||= !newest.has(folder) || (now !== undefined && now.uid !== before?.uid && !isOlder(now, before));
      newest.set(folder, now);
    }
    return news;
  } finally {
    await mailbox.close().catch(() => {});
  }
}

/** The newest one was moved or deleted, and another one has its place. */
const isOlder = (now: MessageRef, before: MessageRef | undefined): boolean =>
  before !== undefined && (now.receivedAt ?? '') < (before.receivedAt ?? '');
