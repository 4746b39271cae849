import type { Core } from '@strapi/strapi';
import { traitsOf } from '../mailbox/connect';
import type { Mailbox, MessageRef, OpenFolder } from '../mailbox/types';
import type { ScannerRow } from './access';
import { beganAt, mayStillTake, skipBehind, startOf } from './beginning';
import { createFolderState, findFolderState, resetFolderState, type FolderState } from './folder-state';
import { knownUids, folderPlaceOf } from './ledger';

/** What is new in a folder. */

interface News {
  state: FolderState;
  refs: MessageRef[];
  /** What is dated before is old, where the protocol cannot tell. */
  skipBefore?: Date | null;
  /** The UIDs of all unread emails of the folder, where the listing had them all; null where it began at some point. */
  unread: string[] | null;
}

/** The messages to look at, oldest first, and the folder's state. The ledger knows some of them: those that a search finds again. */
export async function listNewMessages(strapi: Core.Strapi, scanner: ScannerRow, mailbox: Mailbox, folder: OpenFolder): Promise<News> {
  const { isWhole = false, ...news } = await listed(strapi, scanner, mailbox, folder);
  const uids = news.refs.map(({ uid }) => uid);
  const known = await knownUids(strapi, scanner.id, folderPlaceOf(folder), uids);
  return { ...news, refs: news.refs.filter(({ uid }) => !known.has(uid)), unread: isWhole ? uids : null };
}

type Listed = Omit<News, 'unread'> & { isWhole?: boolean };

/** A position holds under the UIDVALIDITY that it was noted with. */
async function listed(strapi: Core.Strapi, scanner: ScannerRow, mailbox: Mailbox, folder: OpenFolder): Promise<Listed> {
  const state = await findFolderState(strapi, scanner.id, folder.path);
  if (traitsOf(scanner.protocol).positions === 'none') return popNews(strapi, scanner, mailbox, folder, state);
  const current = state && (await underUidValidity(strapi, scanner, mailbox, folder, state));
  return scanner.scanType === 'unread'
    ? unreadNews(strapi, scanner, mailbox, folder, current)
    : sinceLastScan(strapi, scanner, mailbox, folder, current);
}

/** What is unread behind the point where the scanner began, or since the date that was asked for. */
async function unreadNews(
  strapi: Core.Strapi,
  scanner: ScannerRow,
  mailbox: Mailbox,
  folder: OpenFolder,
  known: FolderState | null,
): Promise<Listed> {
  const state = known ?? (await createFolderState(strapi, scanner.id, folder, await mailbox.position(beganAt(scanner, null))));
  const query = scanner.scanFrom ? { since: new Date(scanner.scanFrom) } : { afterUid: state.startUid ?? undefined };
  return { state, refs: await mailbox.list({ type: 'unread', ...query }), isWhole: !scanner.scanFrom && state.startUid === null };
}

async function sinceLastScan(
  strapi: Core.Strapi,
  scanner: ScannerRow,
  mailbox: Mailbox,
  folder: OpenFolder,
  known: FolderState | null,
): Promise<Listed> {
  if (known?.lastUid) {
    const query = { type: 'afterUid', uid: known.lastUid, startUid: known.startUid ?? undefined } as const;
    return { state: known, refs: await mailbox.list(query) };
  }
  const since = startOf(scanner, known);
  const refs = await mailbox.list({ type: 'since', since });
  return { state: known ?? (await createFolderState(strapi, scanner.id, folder, await mailbox.position(since))), refs };
}

/** Clocks of senders are wrong by hours and time zones; a message is old only when it is older than that. */
const CLOCK_TOLERANCE_MS = 24 * 60 * 60 * 1000;

/**
 * POP3 has neither positions nor read flags: all is listed, and the ledger knows what was seen. What lay there before the
 * activation is in the ledger as skipped; where the mailbox could not be asked then, dates have to tell. Without an activation,
 * that is what lay there at the first run.
 */
async function popNews(
  strapi: Core.Strapi,
  scanner: ScannerRow,
  mailbox: Mailbox,
  folder: OpenFolder,
  known: FolderState | null,
): Promise<Listed> {
  // A state that IMAP left behind knows UIDs, and no UIDLs.
  const isKnown = known?.uidValidity === folder.uidValidity;
  const isFirstRun = !isKnown && mayStillTake(scanner);
  if (isFirstRun) await skipBehind(strapi, scanner, mailbox, folder, null);
  const state =
    known === null
      ? await createFolderState(strapi, scanner.id, folder, null)
      : isKnown
        ? known
        : await resetFolderState(strapi, known, folder.uidValidity, null);
  const refs = await mailbox.list({ type: 'unread' });
  if (scanner.scanFrom) return { state, refs, skipBefore: new Date(scanner.scanFrom) };
  const takesAll = isKnown || isFirstRun;
  return { state, refs, isWhole: true, skipBefore: takesAll ? null : new Date(beganAt(scanner, known).getTime() - CLOCK_TOLERANCE_MS) };
}

/** The state under the UIDVALIDITY of today: after a change of it, the scanner begins at the same moment as before, by date. */
async function underUidValidity(
  strapi: Core.Strapi,
  scanner: ScannerRow,
  mailbox: Mailbox,
  folder: OpenFolder,
  state: FolderState,
): Promise<FolderState> {
  if (state.uidValidity === folder.uidValidity) return state;
  // Null was a choice for IMAP; a state that POP3 left behind has never been asked.
  const takesAll = state.startUid === null && state.uidValidity !== '';
  const startUid = takesAll ? null : await mailbox.position(beganAt(scanner, state));
  return resetFolderState(strapi, state, folder.uidValidity, startUid);
}
