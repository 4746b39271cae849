import { traitsOf } from '../mailbox/connect';
import type { MessageRef } from '../mailbox/types';
import { beganAt, mayStillTake, skipBehind, startOf, type ScannedFolder } from './beginning';
import { createFolderState, findFolderState, resetFolderState, type FolderState } from './folder-state';
import { knownUids, folderPlaceOf } from './ledger';

/** Which messages of a folder are new. */

interface NewMessages {
  state: FolderState;
  refs: MessageRef[];
  /** What is dated before is old, where the protocol cannot tell. */
  skipBefore?: Date | null;
  /** The UIDs of all unread emails of the folder, where the listing had them all; null where it began at some point. */
  unread: string[] | null;
}

/** The messages to look at, oldest first, and the folder's state. A search may find messages again that the ledger has: they are left out. */
export async function listNewMessages(scanned: ScannedFolder): Promise<NewMessages> {
  const { strapi, scanner, folder } = scanned;
  const { isWhole = false, ...found } = await listed(scanned);
  const uids = found.refs.map(({ uid }) => uid);
  const known = await knownUids(strapi, scanner.id, folderPlaceOf(folder), uids);
  return { ...found, refs: found.refs.filter(({ uid }) => !known.has(uid)), unread: isWhole ? uids : null };
}

type Listed = Omit<NewMessages, 'unread'> & { isWhole?: boolean };

/** A position holds under the UIDVALIDITY that it was noted with. */
async function listed(scanned: ScannedFolder): Promise<Listed> {
  const { strapi, scanner, folder } = scanned;
  const state = await findFolderState(strapi, scanner.id, folder.path);
  if (traitsOf(scanner.protocol).positions === 'none') return newByLedger(scanned, state);
  const current = state && (await underUidValidity(scanned, state));
  return scanner.scanType === 'unread' ? newUnread(scanned, current) : newSinceLastScan(scanned, current);
}

/** What is unread behind the point where the scanner began, or since the date that was asked for. */
async function newUnread({ strapi, scanner, mailbox, folder }: ScannedFolder, known: FolderState | null): Promise<Listed> {
  const state = known ?? (await createFolderState(strapi, scanner.id, folder, await mailbox.position(beganAt(scanner, null))));
  const query = scanner.scanFrom ? { since: new Date(scanner.scanFrom) } : { afterUid: state.startUid ?? undefined };
  return { state, refs: await mailbox.list({ type: 'unread', ...query }), isWhole: !scanner.scanFrom && state.startUid === null };
}

async function newSinceLastScan({ strapi, scanner, mailbox, folder }: ScannedFolder, known: FolderState | null): Promise<Listed> {
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
async function newByLedger(scanned: ScannedFolder, known: FolderState | null): Promise<Listed> {
  const { strapi, scanner, mailbox, folder } = scanned;
  // A state that IMAP left behind knows UIDs, and no UIDLs.
  const isKnown = known?.uidValidity === folder.uidValidity;
  const isFirstRun = !isKnown && mayStillTake(scanner);
  if (isFirstRun) await skipBehind(scanned, null);
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
async function underUidValidity({ strapi, scanner, mailbox, folder }: ScannedFolder, state: FolderState): Promise<FolderState> {
  if (state.uidValidity === folder.uidValidity) return state;
  // Null was a choice for IMAP; a state that POP3 left behind has never been asked.
  const takesAll = state.startUid === null && state.uidValidity !== '';
  const startUid = takesAll ? null : await mailbox.position(beganAt(scanner, state));
  return resetFolderState(strapi, state, folder.uidValidity, startUid);
}
