import { saveFile } from '../storage/files';
import type { ScanContext } from './context';
import type { Decision } from './decide';
import { fingerprintOf } from './fingerprint';
import { receivedAt, type Item } from './item';
import { isFailure } from '../../../shared/vocabulary';
import { insertRows, updateRow, type LedgerRow } from './ledger';
import { nextChance } from './next-chance';
import { inEnglish, type Words } from '../../../shared/sentences/words';
import { cut } from '../lib/cut';

/** What the ledger says of decisions. */

/** Writes a row for each, in the transaction of what was decided. Keys of sources that are kept go into `sources`, for the code that has to roll back. */
export async function writeLedger(scan: ScanContext, decisions: Decision[], sources: string[]): Promise<void> {
  const rows: LedgerRow[] = [];
  for (const decision of decisions) {
    const row = ledgerRow(scan, decision);
    if (keepsSource(scan, decision)) {
      row.sourceKey = await saveFile(scan.strapi, decision.item.source);
      sources.push(row.sourceKey);
    }
    if (decision.item.rowId === undefined) rows.push(row);
    else await updateRow(scan.strapi, decision.item.rowId, row);
  }
  await insertRows(scan.strapi, rows);
}

function keepsSource({ settings }: ScanContext, { item, outcome }: Decision): boolean {
  return item.problem ? item.problem.keepSource : settings.keepSources === 'all' && outcome !== 'duplicate';
}

/** The row about one message, without its source. */
export function ledgerRow(scan: ScanContext, { item, outcome, reason, rule, trace, effects, blockedBy, context }: Decision): LedgerRow {
  return {
    fingerprint: outcome === 'duplicate' ? null : fingerprintOf(scan.scanner.documentId, item.parsed),
    outcome,
    // Notes of actions and warnings of the parser: as many as somebody reads.
    reason: cut(inEnglish(reason), MAX_REASON_LENGTH),
    reasonSaid: within(reason, MAX_REASON_LENGTH),
    trace,
    effects,
    effectsOpen: effects.length > 0,
    effectAttempts: 0,
    retryAt: isFailure(outcome) ? retryAtOf(item) : null,
    blockedBy,
    sourceKey: null,
    rule: rule?.id ?? null,
    ticket: context?.ticket?.record.id ?? null,
    comment: context?.comment?.record.id ?? null,
    // Last, as in message/parse.ts.
    ...messageColumns(scan, item),
  };
}

const MAX_REASON_LENGTH = 2_000;

/** As many of the sentences as have this many characters together, in English; null when the first has more. */
function within(words: Words, most: number): Words | null {
  const all = Array.isArray(words) ? (words as Words[]) : [words as Words];
  let left = most;
  const shown = all.findIndex((each) => (left -= inEnglish(each).length + 1) < -1);
  if (shown === 0) return null;
  return shown < 0 ? all : all.slice(0, shown);
}

/** A failed message's next chance; of one that is tried again, its next after this. */
function retryAtOf({ retryAt }: Item): Date | null {
  const now = new Date();
  return retryAt === undefined ? nextChance(now, now) : retryAt;
}

/** What a row says about the message itself. */
function messageColumns(scan: ScanContext, item: Item) {
  const { folder, uidValidity, uid, parsed, ref, attempts } = item;
  return {
    scanner: scan.scanner.id,
    folder,
    uidValidity,
    uid,
    messageId: parsed.messageId?.slice(0, 255) ?? null,
    fromAddress: parsed.from?.address.slice(0, 255) ?? '',
    fromName: cut(parsed.from?.name ?? '', 255),
    subject: cut(parsed.subject, 1000),
    receivedAt: receivedAt(item),
    size: ref.size,
    attempts,
  };
}
