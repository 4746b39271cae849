import type { Core } from '@strapi/strapi';
import type { Mailbox, MessageRef, OpenFolder } from '../mailbox/types';
import { openMailbox, type ScannerRow } from './access';
import { createFolderState, findFolderState, resetFolderState, type FolderState } from './folder-state';
import { insertSkipped, knownUids, placeOf } from './ledger';
import { foldersToScan, loadRules } from './rules';

/** What is new in a folder, and where a scanner begins. */

export interface News {
  state: FolderState;
  refs: MessageRef[];
  /** What is dated before is old, where the protocol cannot tell. */
  skipBefore?: Date | null;
}

/** The messages to look at, oldest first, and the folder's state. The ledger knows some of them: those that a search finds again. */
export async function whatIsNew(strapi: Core.Strapi, scanner: ScannerRow, mailbox: Mailbox, folder: OpenFolder): Promise<News> {
  const news = await listed(strapi, scanner, mailbox, folder);
  const uids = news.refs.map(({ uid }) => uid);
  const known = await knownUids(strapi, scanner.id, placeOf(folder), uids);
  return { ...news, refs: news.refs.filter(({ uid }) => !known.has(uid)) };
}

/** Positions are UIDs under a UIDVALIDITY, never dates. */
async function listed(strapi: Core.Strapi, scanner: ScannerRow, mailbox: Mailbox, folder: OpenFolder): Promise<News> {
  let state = await findFolderState(strapi, scanner.id, folder.path);
  if (scanner.protocol === 'pop3') return popNews(strapi, scanner, mailbox, folder, state);
  if (state && state.uidValidity !== folder.uidValidity) state = await resetFolderState(strapi, state, folder.uidValidity);
  if (scanner.scanType === 'unread') {
    state ??= await createFolderState(strapi, scanner.id, folder, null);
    return { state, refs: await mailbox.list({ type: 'unread', since: scanner.scanFrom ? new Date(scanner.scanFrom) : undefined }) };
  }
  if (state?.lastUid) return { state, refs: await mailbox.list({ type: 'afterUid', uid: state.lastUid }) };
  const refs = await mailbox.list({ type: 'since', since: startOf(scanner) });
  const before = refs.length > 0 ? String(Number(refs[0].uid) - 1) : lastOf(folder);
  state ??= await createFolderState(strapi, scanner.id, folder, before);
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
  const state = known ?? (await createFolderState(strapi, scanner.id, folder, null));
  const refs = await mailbox.list({ type: 'unread' });
  if (scanner.scanFrom) return { state, refs, skipBefore: new Date(scanner.scanFrom) };
  const byDate = scanner.scanType === 'sinceLastScan' && !known;
  return { state, refs, skipBefore: byDate ? new Date(startOf(scanner).getTime() - CLOCK_TOLERANCE_MS) : null };
}

/** The last UID that a folder has given out; null where its server does not tell. */
const lastOf = ({ uidNext }: OpenFolder): string | null => (uidNext === null ? null : String(uidNext - 1));

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
      if (scanner.protocol === 'pop3') await insertSkipped(strapi, scanner.id, placeOf(folder), await mailbox.list({ type: 'unread' }));
      else if (folder.uidNext === null) continue;
      await createFolderState(strapi, scanner.id, folder, lastOf(folder));
    }
  } finally {
    await mailbox.close();
  }
}
