import type { Core } from '@strapi/strapi';
import { log } from '../log';
import { MailboxError, type Mailbox, type MessageEffects, type MessageRef, type OpenFolder } from '../mailbox/types';
import { count as countUp } from '../operations/counters';
import { ownAddresses } from '../settings/own-addresses';
import { getSettings } from '../settings/settings';
import { compilePattern } from '../rule/pattern';
import { defaultTicketNumberPattern } from '../rule/ticket-number';
import { UID } from '../uids';
import { openMailbox, type ScannerRow } from './access';
import { authservOf, trustedAuthservIds, withMessages } from './authserv';
import { commitBatch } from './commit';
import type { ScanContext } from './context';
import type { Decision } from './decide';
import { createFolderState, findFolderState, resetFolderState, saveInFlight, type FolderState } from './folder-state';
import { fetchItems, type FetchPlan } from './intake';
import { isStorageFailure, callsOf, plainWords } from '../storage/failure';
import { acquireLease, LeaseLost, type Lease } from '../storage/lease';
import { closeRows, insertSkipped, isFailure, knownUids, noteEffect, noteEffectError, openRows, type Outcome } from './ledger';
import { inBatches, lookAhead } from './look-ahead';
import { foldersToScan, loadRules } from './rules';

/** A scan: one pass over the folders that a scanner's rules name. */

export interface ScanResult {
  scanned: number;
  byOutcome: Partial<Record<Outcome, number>>;
  /** The first failed messages, with the reason. */
  failed: { subject: string; from: string; reason: string }[];
  /** Messages whose effects on the mailbox could not be applied; the next scan tries again. */
  openEffects: number;
  durationMs: number;
  /** Why the scan ended early or did not begin. */
  error: { code: string; message: string } | null;
}

/** Another scan of this scanner is under way, here or on another instance. */
export class ScannerBusy extends Error {
  constructor(name: string) {
    super(`The scanner "${name}" is being scanned just now. Wait for it to finish.`);
    this.name = 'ScannerBusy';
  }
}

export const scannerLease = (documentId: string): string => `scanner:${documentId}`;

/** A batch is short: while it is written, SQLite has no ear for the panel. */
const BATCH = { items: 150, bytes: 8 * 1024 * 1024, waitMs: 25 };
/** What is fetched and parsed while a batch is written. */
const AHEAD = { items: 150, bytes: 32 * 1024 * 1024 };
const FAILED_TOLD = 20;

/**
 * Scans a mailbox. A mailbox that cannot be reached is told in the result, not thrown: it is the scanner's state, and noted
 * as its health. Throws ScannerBusy, and what the database throws.
 */
export async function scan(strapi: Core.Strapi, scanner: ScannerRow): Promise<ScanResult> {
  const lease = await acquireLease(strapi, scannerLease(scanner.documentId));
  if (!lease) throw new ScannerBusy(scanner.name);
  const started = Date.now();
  const result: ScanResult = { scanned: 0, byOutcome: {}, failed: [], openEffects: 0, durationMs: 0, error: null };
  try {
    await scanFolders(strapi, scanner, lease, result);
  } catch (error) {
    if (error instanceof LeaseLost) throw error;
    if (!(error instanceof MailboxError))
      log(strapi, 'error', 'A scan met something unexpected', { scanner, reason: plainWords(error) }, callsOf(error));
    const code = error instanceof MailboxError ? error.code : isStorageFailure(error) ? 'storage' : 'internal';
    result.error = { code, message: plainWords(error) };
  } finally {
    result.durationMs = Date.now() - started;
    await noteHealth(strapi, scanner, result).finally(() => lease.release());
  }
  return result;
}

export async function scanContext(strapi: Core.Strapi, scanner: ScannerRow, lease: Lease): Promise<ScanContext> {
  const settings = await getSettings(strapi);
  return {
    strapi,
    scanner: { id: scanner.id, documentId: scanner.documentId, name: scanner.name },
    useReplyTo: scanner.useReplyTo ?? false,
    trustedAuthservIds: trustedAuthservIds(authservOf(scanner)),
    rules: await loadRules(strapi, scanner.id),
    settings,
    ticketNumberPattern: settings.ticketPrefix ? defaultTicketNumberPattern(settings.ticketPrefix) : compilePattern('\\b\\d+\\b'),
    ownAddresses: await ownAddresses(strapi),
    lease,
  };
}

async function scanFolders(strapi: Core.Strapi, scanner: ScannerRow, lease: Lease, result: ScanResult): Promise<void> {
  const context = await scanContext(strapi, scanner, lease);
  if (context.rules.length === 0) {
    throw new MailboxError(
      'protocol',
      'The scanner has no active rule, so nothing was read. Add a rule that says what is to become of its messages.',
    );
  }
  const mailbox = await openMailbox(strapi, scanner);
  const missing: string[] = [];
  try {
    for (const folder of foldersToScan(context.rules)) {
      try {
        await scanFolder(context, scanner, mailbox, await mailbox.open(folder), result);
      } catch (error) {
        if (!(error instanceof MailboxError) || error.code !== 'folderMissing') throw error;
        missing.push(folder);
      }
    }
  } finally {
    await mailbox.close();
  }
  if (missing.length > 0) {
    throw new MailboxError(
      'folderMissing',
      `The mailbox has no folder ${missing.map((name) => `"${name}"`).join(', ')}. Create it, or choose other folders in the rules.`,
    );
  }
}

async function scanFolder(
  context: ScanContext,
  scanner: ScannerRow,
  mailbox: Mailbox,
  folder: OpenFolder,
  result: ScanResult,
): Promise<void> {
  const { strapi } = context;
  result.openEffects += await finishOpenEffects(context, mailbox, folder);
  const { state, refs, skipBefore = null } = await whatIsNew(strapi, scanner, mailbox, folder);
  const known = await knownUids(
    strapi,
    scanner.id,
    folder.path,
    folder.uidValidity,
    refs.map(({ uid }) => uid),
  );
  const news = refs.filter(({ uid }) => !known.has(uid));
  if (news.length === 0) return;

  const effects = effectQueue(context, mailbox, folder);
  const maxBytes = context.settings.maxMessageMegabytes * 1024 * 1024;
  // POP3 deletes at the end of a session only: in the middle, each round of effects would cost a new one.
  const betweenFetches = scanner.protocol === 'pop3' ? async () => {} : effects.apply;
  const plan: FetchPlan = { folder, refs: news, state, maxBytes, skipBefore, betweenFetches };
  const items = inBatches(lookAhead(fetchItems(context, mailbox, plan), AHEAD, sizeOf), BATCH, sizeOf, ({ alone }) => alone);
  try {
    for await (const batch of items) {
      try {
        context.lease.signal.throwIfAborted();
        const ready = await Promise.all(batch.map(({ item }) => item));
        const decisions = await commitBatch(context, ready, { stateId: state.id, lastUid: ready.at(-1)!.uid });
        for (const decision of decisions) count(result, decision);
        scanner.authservSeen = withMessages(
          scanner.authservSeen,
          ready.map(({ parsed }) => parsed),
          context.ownAddresses,
        );
        effects.add(decisions);
      } finally {
        for (const { handled } of batch) handled();
      }
    }
    await effects.apply();
  } finally {
    // Whatever ended the scan, the process lives: none of its messages is one that takes it down.
    if (!context.lease.signal.aborted) await saveInFlight(strapi, state.id, {});
  }
  result.openEffects += effects.refused();
}

const sizeOf = ({ bytes }: { bytes: number }): number => bytes;

// ---- What is new

interface News {
  state: FolderState;
  refs: MessageRef[];
  skipBefore?: Date | null;
}

/** The messages to look at, oldest first, and the folder's state. Positions are UIDs under a UIDVALIDITY, never dates. */
async function whatIsNew(strapi: Core.Strapi, scanner: ScannerRow, mailbox: Mailbox, folder: OpenFolder): Promise<News> {
  let state = await findFolderState(strapi, scanner.id, folder.path);
  if (scanner.protocol === 'pop3') return popNews(strapi, scanner, mailbox, folder, state);
  if (state && state.uidValidity !== folder.uidValidity) state = await resetFolderState(strapi, state, folder.uidValidity);
  if (scanner.scanType === 'unread') {
    state ??= await createFolderState(strapi, scanner.id, folder.path, folder.uidValidity, null);
    return { state, refs: await mailbox.list({ type: 'unread', since: scanner.scanFrom ? new Date(scanner.scanFrom) : undefined }) };
  }
  if (state?.lastUid) return { state, refs: await mailbox.list({ type: 'afterUid', uid: state.lastUid }) };
  const refs = await mailbox.list({ type: 'since', since: startOf(scanner) });
  const before = refs.length > 0 ? String(Number(refs[0].uid) - 1) : folder.uidNext === null ? null : String(folder.uidNext - 1);
  state ??= await createFolderState(strapi, scanner.id, folder.path, folder.uidValidity, before);
  return { state, refs };
}

/** Clocks of senders are wrong by hours and time zones; a message is old only when it is older than that. */
const CLOCK_TOLERANCE_MS = 24 * 60 * 60 * 1000;

/**
 * POP3 has neither positions nor read flags: all is listed, and the ledger knows what was seen. What lay there before the
 * activation is in the ledger as skipped; where the mailbox could not be asked then, dates have to tell.
 */
async function popNews(
  strapi: Core.Strapi,
  scanner: ScannerRow,
  mailbox: Mailbox,
  folder: OpenFolder,
  known: FolderState | null,
): Promise<News> {
  const state = known ?? (await createFolderState(strapi, scanner.id, folder.path, folder.uidValidity, null));
  const refs = await mailbox.list({ type: 'unread' });
  if (scanner.scanFrom) return { state, refs, skipBefore: new Date(scanner.scanFrom) };
  const byDate = scanner.scanType === 'sinceLastScan' && !known;
  return { state, refs, skipBefore: byDate ? new Date(startOf(scanner).getTime() - CLOCK_TOLERANCE_MS) : null };
}

/** Where a scanner starts in a folder that it has not seen yet. */
const startOf = (scanner: ScannerRow): Date => new Date(scanner.scanFrom ?? scanner.activatedAt ?? scanner.createdAt);

/**
 * Notes for each folder where it ends at this moment, so that a scanner of the type "since last scan" leaves alone what lay
 * there before it was activated. A folder that has a position keeps it.
 */
export async function notePositions(strapi: Core.Strapi, scanner: ScannerRow): Promise<void> {
  if (scanner.scanType !== 'sinceLastScan' || scanner.scanFrom) return;
  const rules = await loadRules(strapi, scanner.id);
  if (rules.length === 0) return;
  const mailbox = await openMailbox(strapi, scanner);
  try {
    for (const path of foldersToScan(rules)) {
      const folder = await mailbox.open(path);
      if (await findFolderState(strapi, scanner.id, folder.path)) continue;
      if (scanner.protocol === 'pop3')
        await insertSkipped(
          strapi,
          scanner.id,
          { folder: folder.path, uidValidity: folder.uidValidity },
          await mailbox.list({ type: 'unread' }),
        );
      else if (folder.uidNext === null) continue;
      await createFolderState(
        strapi,
        scanner.id,
        folder.path,
        folder.uidValidity,
        folder.uidNext === null ? null : String(folder.uidNext - 1),
      );
    }
  } finally {
    await mailbox.close();
  }
}

// ---- Effects on the mailbox, after the commit

/** Applies what an earlier scan committed but could not, or not surely, apply. Returns how many are still open. */
async function finishOpenEffects(context: ScanContext, mailbox: Mailbox, folder: OpenFolder): Promise<number> {
  const queue = effectQueue(context, mailbox, folder);
  queue.addEffects(await openRows(context.strapi, context.scanner.id, folder.path, folder.uidValidity));
  await queue.apply();
  return queue.refused();
}

function effectQueue({ strapi, scanner }: ScanContext, mailbox: Mailbox, folder: OpenFolder) {
  let waiting: MessageEffects[] = [];
  let refused = 0;
  const place = { folder: folder.path, uidValidity: folder.uidValidity };
  return {
    add(decisions: Decision[]) {
      waiting.push(...decisions.map(({ item, effects }) => ({ uid: item.uid, effects })).filter(({ effects }) => effects.length > 0));
    },
    addEffects(effects: MessageEffects[]) {
      waiting.push(...effects.map(({ uid, effects: list }) => ({ uid, effects: list })));
    },
    refused: () => refused,
    async apply() {
      const effects = waiting;
      waiting = [];
      if (effects.length === 0) return;
      const results = await mailbox.apply(effects);
      await closeRows(
        strapi,
        scanner.id,
        place,
        results.filter(({ error }) => error === null).map(({ uid }) => uid),
      );
      for (const { uid, error, note } of results) {
        if (note) await noteEffect(strapi, scanner.id, { ...place, uid }, note);
        if (error === null) continue;
        refused += 1;
        await noteEffectError(strapi, scanner.id, { ...place, uid }, error);
      }
    },
  };
}

// ---- The result

function count(result: ScanResult, { item, outcome, reason }: Decision): void {
  result.scanned += 1;
  result.byOutcome[outcome] = (result.byOutcome[outcome] ?? 0) + 1;
  if (isFailure(outcome) && result.failed.length < FAILED_TOLD) {
    result.failed.push({ subject: item.parsed.subject.slice(0, 200), from: item.parsed.from?.address ?? '', reason });
  }
}

async function noteHealth(strapi: Core.Strapi, scanner: ScannerRow, result: ScanResult): Promise<void> {
  const { byOutcome, error } = result;
  const row = await strapi.db
    .query(UID.scanner)
    .findOne({ select: ['messagesScanned', 'messagesFailed', 'failingSince'], where: { id: scanner.id } });
  if (!row) return;
  const failed = (byOutcome.failed ?? 0) + (byOutcome.quarantined ?? 0);
  await strapi.db.query(UID.scanner).updateMany({
    where: { id: scanner.id },
    data: {
      lastScanAt: new Date(),
      ...(error ? {} : { lastSuccessAt: new Date() }),
      lastError: error?.message ?? null,
      failingSince: error ? (row.failingSince ?? new Date()) : null,
      messagesScanned: row.messagesScanned + result.scanned,
      messagesFailed: row.messagesFailed + failed,
      ...(result.scanned > 0 ? { authservSeen: scanner.authservSeen } : {}),
    } as never,
  });
  tell(strapi, scanner, result);
}

/** To the log and the counters. A scan that found nothing is no news to people. */
function tell(strapi: Core.Strapi, scanner: ScannerRow, { scanned, byOutcome, openEffects, durationMs, error }: ScanResult): void {
  countUp(strapi, 'scans', error ? 'failed' : 'ok');
  for (const outcome of Object.keys(byOutcome) as Outcome[]) countUp(strapi, 'messages', outcome, byOutcome[outcome]);
  const counts = { scanned, outcomes: byOutcome, ...(openEffects > 0 ? { openEffects } : {}), durationMs };
  if (error) log(strapi, 'warn', 'A scan ended early', { scanner, ...counts, code: error.code, reason: error.message });
  else log(strapi, scanned > 0 ? 'info' : 'debug', 'A scan is through', { scanner, ...counts });
}
