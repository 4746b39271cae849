import { openDesk, type Desk } from '../helpdesk/desk';
import { retry } from '../lib/retry';
import { log } from '../log';
import { deleteFiles, saveFile } from '../storage/files';
import { isConflict, isLocked, isStorageFailure } from '../storage/failure';
import { bulkTransaction } from '../storage/sqlite/bulk-commit';
import { holdName, inTransaction } from '../storage/tables';
import { confirmOpened } from './confirm-arrivals';
import type { ScanContext } from './context';
import { decideAll, failedDecision, type Decision } from './decide';
import { savePosition, type Position } from './folder-state';
import type { Item } from './item';
import { insertRows, updateRow } from './ledger';
import { ledgerRow, writeLedger } from './ledger-rows';
import { lookupsOf } from './lookups';
import { inEnglish } from '../../../shared/sentences/words';

/**
 * Decides about a batch and writes it down in one transaction: tickets, comments, contacts, ledger rows and the position.
 * When it cannot be written, each message is tried by itself, so that the one that fails is recorded as failed and the
 * others stand. Throws only when the disk or the database itself refuses: then no message is to blame, and nothing is written.
 */
export async function commitBatch(scan: ScanContext, items: Item[], position: Position | null): Promise<Decision[]> {
  const attempts = items.length === 1 ? CONFLICT_ATTEMPTS : 1;
  try {
    return await retry(() => writeBatch(scan, items, position), {
      attempts,
      stepMs: 100,
      isWorthIt: (error) => isConflict(error) && !scan.lease.signal.aborted,
    });
  } catch (error) {
    if (scan.lease.signal.aborted || isStorageFailure(error)) throw error;
    // Whoever holds the lock all this time is not the message: the next scan takes it.
    if (items.length === 1 && isLocked(error)) throw error;
    if (items.length === 1) return [await writeFailure(scan, items[0], error as Error, position)];
    const decisions: Decision[] = [];
    for (const item of items) {
      decisions.push(...(await commitBatch(scan, [item], position && { ...position, lastUid: item.uid })));
    }
    return decisions;
  }
}

/** How often a message is tried that met another process (both made the same contact, say). */
const CONFLICT_ATTEMPTS = 5;

/** From this many emails on, a batch writes much. */
const LARGE = 20;

async function writeBatch(scan: ScanContext, items: Item[], position: Position | null): Promise<Decision[]> {
  const { strapi } = scan;
  let desk: Desk | null = null;
  const sources: string[] = [];
  try {
    return await bulkTransaction(strapi, items.length >= LARGE, async (trx) => {
      await scan.lease.confirm(trx);
      // Of two scanners that have the same email at hand, the second one sees what became of it.
      if (scan.sharedMailbox !== null) await holdName(strapi, `mailbox ${scan.sharedMailbox}`);
      desk = await openDesk(strapi, lookupsOf(scan, items), scan.scanner.name);
      const decisions = await decideAll(scan, items, desk);
      await desk.flush();
      await confirmOpened(scan, decisions);
      await writeLedger(scan, decisions, sources);
      // The last statement shows that the others went well: PostgreSQL turns the commit of a transaction with a swallowed error into a rollback
      // without a word.
      if (position) await savePosition(strapi, position);
      else await trx.raw('select 1');
      return decisions;
    });
  } catch (error) {
    await (desk as Desk | null)?.discardFiles();
    await deleteFiles(strapi, sources);
    throw error;
  }
}

/** Records that a message could not be handled, with its source, and leaves it unread where it lies. */
async function writeFailure(scan: ScanContext, item: Item, error: Error, position: Position | null): Promise<Decision> {
  const { strapi } = scan;
  const decision = failedDecision(item, error);
  const sourceKey = await saveFile(strapi, item.source);
  try {
    await inTransaction(strapi, async (trx) => {
      await scan.lease.confirm(trx);
      const row = { ...ledgerRow(scan, decision), sourceKey };
      if (item.rowId !== undefined) await updateRow(strapi, item.rowId, row);
      else await insertRows(strapi, [row]);
      if (position) await savePosition(strapi, position);
    });
  } catch (refused) {
    await deleteFiles(strapi, [sourceKey]);
    throw refused;
  }
  log(strapi, 'warn', 'A message failed', {
    scanner: scan.scanner,
    folder: item.folder,
    uid: item.uid,
    reason: inEnglish(decision.reason),
  });
  return decision;
}

/** The same, rolled back: what a scan would do. Messages among which one fails are looked at one by one, as a scan does. */
export async function previewBatch(scan: ScanContext, items: Item[]): Promise<Decision[]> {
  try {
    return await rolledBack(scan, items);
  } catch (error) {
    if (isStorageFailure(error)) throw error;
    if (items.length === 1) return [failedDecision(items[0], error as Error)];
    const decisions: Decision[] = [];
    for (const item of items) decisions.push(...(await previewBatch(scan, [item])));
    return decisions;
  }
}

async function rolledBack(scan: ScanContext, items: Item[]): Promise<Decision[]> {
  let decisions: Decision[] = [];
  let desk: Desk | null = null;
  try {
    await scan.strapi.db.transaction(async ({ rollback }) => {
      desk = await openDesk(scan.strapi, lookupsOf(scan, items), scan.scanner.name);
      decisions = await decideAll(scan, items, desk, { preview: true });
      await desk.flush();
      await confirmOpened(scan, decisions);
      await rollback();
    });
  } finally {
    await (desk as Desk | null)?.discardFiles();
  }
  return decisions;
}
