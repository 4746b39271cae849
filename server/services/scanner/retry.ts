import type { Core } from '@strapi/strapi';
import { MailboxError, type FetchedMessage, type Mailbox } from '../mailbox/types';
import { deleteFiles, readPrivateFile } from '../storage/files';
import { piecesOf } from '../storage/chunks';
import { UID } from '../uids';
import { openMailbox, type ScannerRow } from './access';
import { commitBatch } from './commit';
import { scanContext, type ScanContext } from './context';
import type { Decision } from './decide';
import { withJunkFolder } from './decided-effects';
import type { Item } from './item';
import type { RetryResult } from '../../../shared/api/messages';
import { FAILURES, isFailure, type Outcome } from '../../../shared/vocabulary';
import { closeRows, noteEffectError, updateRow, type MessagePlace } from './ledger';
import { parseSource } from './intake';
import { nextChance } from './next-chance';
import { UnparsableMessage } from './parser';
import { withNameOf } from './rules';
import { inTurn } from './turn';
import { saidBy, SpokenError } from '../lib/spoken-error';
import { inBoth, say } from '../../../shared/sentences/words';

interface RetriedRow extends MessagePlace {
  id: number;
  size: number | null;
  receivedAt: string | null;
  attempts: number;
  createdAt: string | Date;
  sourceKey: string | null;
}

const FAILED_TOLD = 100;

/** This many emails that ended in one way are looked at once more together: the newest. */
const MOST_OF_ONE_OUTCOME = 500;

/**
 * Decides about messages once more with the rules of today, from the source that was kept or else from the mailbox: about those with such an
 * outcome. The ledger row is written over, so a message still counts once. Throws ScannerBusy, and MailboxError where a mailbox cannot be
 * reached.
 */
export async function retryMessages(
  strapi: Core.Strapi,
  where: Record<string, unknown>,
  outcomes: readonly Outcome[] = FAILURES,
): Promise<RetryResult> {
  const result: RetryResult = { tried: 0, succeeded: 0, failed: [] };
  const wanted: Wanted = { where, outcomes };
  for (const scanner of await scannersOf(strapi, wanted)) await retryOfScanner(strapi, scanner, wanted, result);
  return result;
}

/** The newest emails that no rule took, or that were blocked, as `retryMessages` does it: rules and block list may have been changed since. */
export async function retryNewest(
  strapi: Core.Strapi,
  where: Record<string, unknown>,
  outcome: 'noMatch' | 'blocked',
): Promise<RetryResult> {
  const outcomes: Outcome[] = [outcome];
  const newest: { id: number }[] = await strapi.db
    .query(UID.message)
    .findMany({ select: ['id'], where: { ...where, ...rowsWith(outcomes) }, orderBy: { id: 'desc' }, limit: MOST_OF_ONE_OUTCOME });
  return newest.length === 0
    ? { tried: 0, succeeded: 0, failed: [] }
    : retryMessages(strapi, { $and: [where, { id: { $gte: newest.at(-1)!.id } }] }, outcomes);
}

interface Wanted {
  where: Record<string, unknown>;
  outcomes: readonly Outcome[];
}

/** What the ledger has forgotten is not looked at again; no failure ever is. Said here for the index that begins with it, too. */
const rowsWith = (outcomes: readonly Outcome[]) => ({ forgottenAt: { $null: true }, outcome: { $in: outcomes } });

/** The scanners of these messages, each once. */
async function scannersOf(strapi: Core.Strapi, { where, outcomes }: Wanted): Promise<ScannerRow[]> {
  const scanners = new Map<number, ScannerRow>();
  const asked = { select: ['id'], where: { ...where, ...rowsWith(outcomes) }, populate: { scanner: true } } as const;
  for await (const rows of piecesOf(strapi, UID.message, asked))
    for (const { scanner } of rows) if (scanner) scanners.set(scanner.id, scanner);
  return [...scanners.values()];
}

function retryOfScanner(strapi: Core.Strapi, scanner: ScannerRow, { where, outcomes }: Wanted, result: RetryResult): Promise<void> {
  return inTurn(strapi, scanner, async (lease, ending) => {
    const mailbox = mailboxWhenNeeded(() => openMailbox(strapi, scanner));
    try {
      const context = await scanContext(strapi, scanner, lease);
      // Asked again under the lease: somebody else may just have had them tried.
      const asked = { scanner: { id: scanner.id }, ...rowsWith(outcomes) };
      const tried = new Set<number>();
      // What needs no mailbox first: one that is away ends the rest.
      for (const source of [{ $notNull: true }, { $null: true }])
        for await (const rows of piecesOf(strapi, UID.message, { where: { $and: [where, asked, { sourceKey: source }] } }))
          for (const row of rows) {
            if (ending.aborted) return;
            if (tried.has(row.id)) continue;
            tried.add(row.id);
            const { outcome, reason } = await retryOrExplain(context, mailbox, row);
            result.tried += 1;
            if (!isFailure(outcome)) result.succeeded += outcomes.includes(outcome) ? 0 : 1;
            else if (result.failed.length < FAILED_TOLD) result.failed.push(inBoth('reason', reason));
          }
    } finally {
      await mailbox.close();
    }
  });
}

/** A mailbox that may be away: it is opened for what only it has. */
interface LazyMailbox {
  get(): Promise<Mailbox>;
  close(): Promise<void>;
}

function mailboxWhenNeeded(open: () => Promise<Mailbox>): LazyMailbox {
  let opened: Mailbox | null = null;
  return {
    get: async () => (opened ??= await open()),
    close: async () => opened?.close(),
  };
}

/** A message that cannot be had any more, or not be read, keeps no other from being tried. Its row stays as it is. */
async function retryOrExplain(context: ScanContext, mailbox: LazyMailbox, row: RetriedRow): Promise<Pick<Decision, 'outcome' | 'reason'>> {
  try {
    return await retryRow(context, mailbox, row);
  } catch (error) {
    const ofThisOne =
      error instanceof NotThere || error instanceof UnparsableMessage || (error instanceof MailboxError && error.code === 'folderMissing');
    if (!ofThisOne) throw error;
    return { outcome: 'failed', reason: saidBy(error) };
  }
}

class NotThere extends SpokenError {}

async function retryRow(context: ScanContext, mailbox: LazyMailbox, row: RetriedRow): Promise<Decision> {
  const { strapi } = context;
  // Before the attempt is noted: a mailbox that is away costs no chance.
  const found = row.sourceKey ? null : await openFolderOf(mailbox, row);
  // Written before it is touched: if it takes the process down, this was one of its chances.
  const attempt = { attempts: row.attempts + 1, retryAt: nextChance(new Date(row.createdAt), new Date()) };
  await updateRow(strapi, row.id, attempt);
  const source = found ? await sourceFromMailbox(context, found, row) : await readPrivateFile(strapi, row.sourceKey!);
  const ref = { uid: row.uid, size: row.size ?? 0, receivedAt: row.receivedAt };
  const place = { folder: row.folder, uidValidity: row.uidValidity, uid: row.uid };
  const item: Item = {
    ...place,
    ref,
    source,
    parsed: await parseSource(context, source),
    ...attempt,
    problem: null,
    rowId: row.id,
  };
  const [decision] = await commitBatch({ ...context, rules: withNameOf(context.rules, row.folder) }, [item], null);
  if (row.sourceKey) await deleteFiles(strapi, [row.sourceKey]);
  if (decision.effects.length > 0) await applyEffects(context, mailbox, row, decision);
  return decision;
}

/** The folder of a message, opened; `isSame` is false when its messages were numbered again since. */
interface FoundFolder {
  mailbox: Mailbox;
  isSame: boolean;
}

async function openFolderOf(lazy: LazyMailbox, { folder, uidValidity }: RetriedRow): Promise<FoundFolder> {
  const mailbox = await lazy.get();
  return { mailbox, isSame: (await mailbox.open(folder)).uidValidity === uidValidity };
}

async function sourceFromMailbox({ settings }: ScanContext, { mailbox, isSame }: FoundFolder, row: RetriedRow): Promise<Uint8Array> {
  const maxBytes = settings.maxMessageMegabytes * 1024 * 1024;
  let found: FetchedMessage | undefined;
  if (isSame) {
    for await (const fetched of mailbox.fetch([{ uid: row.uid, size: row.size ?? 0, receivedAt: row.receivedAt }], { maxBytes }))
      found = fetched;
  }
  if (!found) throw new NotThere(say('log.gone'));
  if (found.truncated) throw new NotThere(say('log.stillTooLarge', { limit: settings.maxMessageMegabytes }));
  return found.source;
}

/** What the mailbox is to be told. While it is away that stays open in the ledger, and the next scan tells it. */
async function applyEffects(
  { strapi, scanner }: ScanContext,
  lazy: LazyMailbox,
  row: RetriedRow,
  { item, effects }: Decision,
): Promise<void> {
  const { folder, uidValidity, uid } = item;
  try {
    const { mailbox, isSame } = await openFolderOf(lazy, row);
    if (!isSame) return;
    const [{ error }] = await mailbox.apply(await withJunkFolder(mailbox, [{ uid, effects }]));
    if (error === null) await closeRows(strapi, scanner.id, { folder, uidValidity }, [uid]);
    else await noteEffectError(strapi, scanner.id, { folder, uidValidity, uid }, error);
  } catch (error) {
    if (!(error instanceof MailboxError)) throw error;
    await noteEffectError(strapi, scanner.id, { folder, uidValidity, uid }, error.message);
  }
}
