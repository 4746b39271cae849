import type { Core } from '@strapi/strapi';
import type { WorkEnd } from '../../../shared/vocabulary';
import { log } from '../log';
import { traitsOf } from '../mailbox/connect';
import { MailboxError, type Mailbox, type OpenFolder } from '../mailbox/types';
import { callsOf, isStorageFailure, plainWords, wordsOf } from '../storage/failure';
import { LeaseLost, type Lease } from '../storage/lease';
import { openMailbox, type ScannerRow } from './access';
import { withMessages } from './authserv';
import { beginIn, countLeftAlone, mayStillTake, type OlderUnread } from './beginning';
import { commitBatch } from './commit';
import { scanContext, type ScanContext } from './context';
import { saveInFlight } from './folder-state';
import { fetchItems, type FetchPlan } from './intake';
import { listenLess } from './listen-budget';
import { inBatches, lookAhead } from './look-ahead';
import { effectQueue, finishOpenEffects } from './mailbox-effects';
import { listNewMessages } from './new-messages';
import { foldersToScan, withServerPaths } from './rules';
import { count, countLeft, newResult, noteHealth, type ScanResult } from './scan-result';
import { inTurn } from './turn';
import { beginScanWork, endOf, newProgress, type ScanProgress } from './work';
import { inBoth, say } from '../../../shared/sentences/words';

/** A scan: one pass over the folders that a scanner's rules name. */

/**
 * What is written at once: the more, the fewer statements and commits an email takes. On SQLite, which has one connection, a batch is short:
 * until it is written, the panel waits.
 */
const batchOf = ({ db }: Core.Strapi) => ({ items: db.dialect.client === 'sqlite' ? 200 : 300, bytes: 8 * 1024 * 1024, waitMs: 250 });
/** What is fetched and parsed while a batch is written. */
const AHEAD_BYTES = 32 * 1024 * 1024;

export interface ScanOptions {
  /** What becomes of the unread emails that lie there, as long as nobody has activated the scanner. */
  older?: OlderUnread | null;
  /** The id of the administrator who asked for it. */
  startedBy?: number | null;
  /** Called with the id of its work once the scan has begun. */
  onBegun?(work: string): void;
}

/**
 * Scans a mailbox. A mailbox that cannot be reached is told in the result, not thrown: it is the scanner's state, and noted
 * as its health. What takes longer than a moment is told of as work, and ends after its batch when somebody asks for that.
 * Throws ScannerBusy, and what the database throws.
 */
export function scan(strapi: Core.Strapi, scanner: ScannerRow, options: ScanOptions = {}): Promise<ScanResult> {
  const { older = null, startedBy = null, onBegun } = options;
  return inTurn(strapi, scanner, async (lease, ending) => {
    const started = Date.now();
    const result = newResult();
    const progress = newProgress();
    const work = beginScanWork(strapi, scanner, startedBy, result, progress);
    let end: WorkEnd = 'interrupted';
    try {
      if (onBegun) await work.show().then(() => onBegun(work.id));
      try {
        const ends = AbortSignal.any([ending, work.stopAsked]);
        await scanFolders(strapi, scanner, { older, lease, ending: ends, result, progress });
      } catch (error) {
        if (error instanceof LeaseLost) throw error;
        noteError(strapi, scanner, result, error);
      } finally {
        result.durationMs = Date.now() - started;
        // What somebody has stopped is whole: the next scan comes in its time, and goes on from there.
        await noteHealth(strapi, scanner, result, !ending.aborted);
      }
      end = endOf(result, work.stopAsked, ending);
    } finally {
      await work.end(end);
    }
    return result;
  });
}

function noteError(strapi: Core.Strapi, scanner: ScannerRow, result: ScanResult, error: unknown): void {
  if (!(error instanceof MailboxError))
    log(strapi, 'error', 'A scan met something unexpected', { scanner, reason: plainWords(error) }, callsOf(error));
  const code = error instanceof MailboxError ? error.code : isStorageFailure(error) ? 'storage' : 'internal';
  result.error = { code, ...inBoth('message', wordsOf(error)) };
  if (code === 'throttled') listenLess(strapi, scanner.host);
  // Courier says nothing to one connection too many, and neither do servers that are out of order.
  if (code === 'connectionLost' && (error as MailboxError).whileConnecting) listenLess(strapi, scanner.host, 1);
}

async function scanFolders(
  strapi: Core.Strapi,
  scanner: ScannerRow,
  { lease, ...pass }: Pick<Pass, 'older' | 'ending' | 'result' | 'progress'> & { lease: Lease },
): Promise<void> {
  const context = await scanContext(strapi, scanner, lease);
  if (context.rules.length === 0) {
    throw new MailboxError('protocol', say('log.noRule'));
  }
  const mailbox = await openMailbox(strapi, scanner);
  const missing: string[] = [];
  try {
    context.rules = await withServerPaths(context.rules, mailbox);
    const folders = foldersToScan(context.rules);
    pass.progress.folders = folders.length;
    for (const folder of folders) {
      if (pass.ending.aborted) break;
      pass.progress.folder += 1;
      try {
        await scanFolder({ context, scanner, mailbox, ...pass }, await mailbox.open(folder));
      } catch (error) {
        if (!(error instanceof MailboxError) || error.code !== 'folderMissing') throw error;
        missing.push(folder);
      }
    }
  } finally {
    await mailbox.close();
  }
  if (missing.length > 0) {
    throw new MailboxError('folderMissing', say('log.noSuchFolders', { folders: missing.map((name) => `"${name}"`).join(', ') }));
  }
}

/** A scan under way. */
interface Pass {
  context: ScanContext;
  scanner: ScannerRow;
  mailbox: Mailbox;
  /** What becomes of older unread emails, when somebody has said so. */
  older: OlderUnread | null;
  /** Aborts when the process or the scan is told to end: then the scan ends after its batch, and the next one goes on from there. */
  ending: AbortSignal;
  result: ScanResult;
  progress: ScanProgress;
}

async function scanFolder({ context, scanner, mailbox, older, ending, result, progress }: Pass, folder: OpenFolder): Promise<void> {
  const { strapi, lease } = context;
  result.openEffects += await finishOpenEffects(context, mailbox, folder);
  const scanned = { strapi, scanner, mailbox, folder };
  if (older && mayStillTake(scanner)) await beginIn(scanned, older);
  const { state, refs, skipBefore = null, unread } = await listNewMessages(scanned);
  if (mayStillTake(scanner)) countLeft(result, await countLeftAlone(scanned, unread));
  progress.total = (progress.total ?? 0) + refs.length;
  if (refs.length === 0) return;

  const effects = effectQueue(context, mailbox, folder);
  const maxBytes = context.settings.maxMessageMegabytes * 1024 * 1024;
  const betweenFetches = traitsOf(scanner.protocol).appliesAtOnce ? effects.apply : (save: () => Promise<void>) => save();
  const plan: FetchPlan = { folder, refs, state, maxBytes, skipBefore, betweenFetches };
  const most = batchOf(strapi);
  const ahead = lookAhead(fetchItems(context, mailbox, plan), { items: most.items, bytes: AHEAD_BYTES }, sizeOf);
  const items = inBatches(ahead, most, sizeOf, ({ alone }) => alone);
  const clearInFlight = () => (lease.signal.aborted ? Promise.resolve() : saveInFlight(strapi, state.id, {}));
  let isCleared = false;
  try {
    for await (const batch of items) {
      try {
        lease.signal.throwIfAborted();
        const ready = await Promise.all(batch.map(({ item }) => item));
        const decisions = await commitBatch(context, ready, { stateId: state.id, lastUid: ready.at(-1)!.uid });
        for (const decision of decisions) count(result, decision);
        const messages = ready.map(({ parsed }) => parsed);
        scanner.authservSeen = withMessages(scanner.authservSeen, messages, context.ownAddresses);
        effects.add(decisions);
      } finally {
        for (const { handled } of batch) handled();
      }
      if (ending.aborted) break;
    }
    await effects.apply(clearInFlight);
    isCleared = true;
  } finally {
    // Whatever ended the scan, the process lives: none of its messages is one that takes it down.
    if (!isCleared) await clearInFlight();
  }
  result.openEffects += effects.refused();
}

const sizeOf = ({ bytes }: { bytes: number }): number => bytes;
