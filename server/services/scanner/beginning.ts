import type { Core } from '@strapi/strapi';
import { traitsOf } from '../mailbox/connect';
import { MailboxError, type Mailbox, type OpenFolder } from '../mailbox/types';
import { isAhead } from '../storage/clock';
import { openMailbox, type ScannerRow } from './access';
import {
  createFolderState,
  findFolderState,
  forgetFolderState,
  startAfter,
  statesWithoutStart,
  takeAllFrom,
  type FolderState,
} from './folder-state';
import { forgetSkipped, insertSkipped, knownUids, folderPlaceOf, skippedUids } from './ledger';
import { foldersToScan, loadRules } from './rules';

/** Where a scanner begins, and what lies there already. */

/** What is to become of the unread emails that lie there when a scanner is activated, or runs without ever having been activated. */
export type OlderUnread = 'take' | 'leave';

/** Whether a scanner has to be told what becomes of the unread emails that lie there. */
const asksForOlder = ({ scanType, scanFrom }: ScannerRow): boolean => scanType === 'unread' && !scanFrom;

/** Whether what lies there may still be taken by a run: until somebody activates the scanner. */
export const mayStillTake = (scanner: ScannerRow): boolean => scanner.activatedAt === null && asksForOlder(scanner);

type Began = Pick<FolderState, 'createdAt'>;

const DAY_MS = 24 * 60 * 60 * 1000;

/** When the scanner began with a folder. Being switched off and on again changes nothing about that. */
export function beganAt(scanner: ScannerRow, state: Began | null): Date {
  const written = new Date(scanner.activatedAt ?? scanner.createdAt);
  // Where the clock went back since, nobody knows when that was: rather an old email too many than a new one too few.
  const activated = isAhead(written) ? new Date(Date.now() - DAY_MS) : written;
  return state && state.createdAt < activated ? state.createdAt : activated;
}

/** From when on a scanner takes emails: a date that somebody has entered, or when it began. */
export const startOf = (scanner: ScannerRow, state: Began | null): Date =>
  scanner.scanFrom ? new Date(scanner.scanFrom) : beganAt(scanner, state);

/**
 * Notes for each folder where the scanner begins: at its end of this moment, so that what lies there is left alone. A folder that has
 * a position keeps it: what came while the scanner was switched off is taken. Where somebody was asked about the unread emails, their
 * answer counts instead. A date to start from needs none of this. Throws a MailboxError.
 */
export async function noteBeginning(strapi: Core.Strapi, scanner: ScannerRow, answer: OlderUnread | null): Promise<void> {
  if (scanner.scanFrom) return;
  const older = scanner.scanType === 'unread' ? answer : null;
  await inFolders(strapi, scanner, (mailbox, folder) => beginIn({ strapi, scanner, mailbox, folder }, older));
}

/** An open folder of a scanner's mailbox. */
export interface ScannedFolder {
  strapi: Core.Strapi;
  scanner: ScannerRow;
  mailbox: Mailbox;
  folder: OpenFolder;
}

/** Notes for the open folder where the scanner begins; see noteBeginning. */
export async function beginIn(scanned: ScannedFolder, older: OlderUnread | null): Promise<void> {
  const { strapi, scanner, mailbox, folder } = scanned;
  const isFirst = scanner.activatedAt === null;
  const state = await findFolderState(strapi, scanner.id, folder.path);
  if (older === 'take') {
    if (isFirst) await forgetSkipped(strapi, scanner.id, folderPlaceOf(folder));
    if (!state) await createFolderState(strapi, scanner.id, folder, null);
    else if (isFirst) await takeAllFrom(strapi, state.id);
    return;
  }
  if (state && older === null) return;
  if (state) await forgetFolderState(strapi, state.id);
  const { positions } = traitsOf(scanner.protocol);
  const end = positions === 'none' ? null : await mailbox.position(null);
  if (positions !== 'exact') await skipBehind(scanned, end);
  await createFolderState(strapi, scanner.id, folder, end);
}

/** The same number where somebody has to be asked about it before the scanner is activated; null where there is no question. */
export const unreadToAskAbout = async (strapi: Core.Strapi, scanner: ScannerRow): Promise<number | null> =>
  asksForOlder(scanner) ? countUnread(strapi, scanner) : null;

/** How many unread emails a scan would take if all were to be taken. POP3 knows nothing of reading: there it is what is not known yet. */
async function countUnread(strapi: Core.Strapi, scanner: ScannerRow): Promise<number> {
  let count = 0;
  await inFolders(strapi, scanner, async (mailbox, folder) => {
    // What was left alone at an earlier activation stays so; what a run before it left alone does not.
    const isFirst = scanner.activatedAt === null;
    const state = isFirst ? null : await findFolderState(strapi, scanner.id, folder.path);
    const refs = await mailbox.list({ type: 'unread', afterUid: state?.startUid ?? undefined });
    const uids = refs.map(({ uid }) => uid);
    count += uids.length - (await knownUids(strapi, scanner.id, folderPlaceOf(folder), uids)).size;
    if (isFirst) count += (await skippedUids(strapi, scanner.id, folderPlaceOf(folder), uids)).size;
  });
  return count;
}

/**
 * How many unread emails in the open folder a scanner that was never activated leaves alone, since they are older than its beginning.
 * @param unread the UIDs of all unread emails, if they are known already
 */
export async function countLeftAlone({ strapi, scanner, mailbox, folder }: ScannedFolder, unread: string[] | null): Promise<number> {
  const place = folderPlaceOf(folder);
  const uids = unread ?? (await mailbox.list({ type: 'unread' })).map(({ uid }) => uid);
  const skipped = await skippedUids(strapi, scanner.id, place, uids);
  const state = await findFolderState(strapi, scanner.id, folder.path);
  if (!state?.startUid) return skipped.size;
  const behind = new Set((await mailbox.list({ type: 'unread', afterUid: state.startUid })).map(({ uid }) => uid));
  const before = uids.filter((uid) => !behind.has(uid) && !skipped.has(uid));
  return skipped.size + before.length - (await knownUids(strapi, scanner.id, place, before)).size;
}

/**
 * A scanner that looked for all since its last scan, or since a date, and from now on looks for what is unread: its folders begin where
 * it has come to, or the unread emails of years would come in.
 */
export async function keepBeginning(strapi: Core.Strapi, before: ScannerRow, now: ScannerRow): Promise<void> {
  const begins = now.scanType === 'unread' && now.scanFrom === null;
  const began = before.scanType === 'unread' && before.scanFrom === null;
  if (!begins || began || traitsOf(now.protocol).positions === 'none') return;
  for (const { id, lastUid } of await statesWithoutStart(strapi, now.id)) {
    // Without a position there is nothing to lose: the next scan begins by date.
    if (lastUid === null) await forgetFolderState(strapi, id);
    else await startAfter(strapi, id, lastUid);
  }
}

/** Notes that what lies behind that position and nobody has taken was there before the scanner began; null: all that POP3 lists. */
export async function skipBehind({ strapi, scanner, mailbox, folder }: ScannedFolder, position: string | null): Promise<void> {
  const refs = await mailbox.list(position === null ? { type: 'unread' } : { type: 'afterUid', uid: position, startUid: position });
  const place = folderPlaceOf(folder);
  const known = await knownUids(
    strapi,
    scanner.id,
    place,
    refs.map(({ uid }) => uid),
  );
  await insertSkipped(
    strapi,
    scanner.id,
    place,
    refs.filter(({ uid }) => !known.has(uid)),
  );
}

/** Opens one folder of the rules after the other (INBOX as long as there are no rules); one that is missing is left out. */
async function inFolders(
  strapi: Core.Strapi,
  scanner: ScannerRow,
  work: (mailbox: Mailbox, folder: OpenFolder) => Promise<void>,
): Promise<void> {
  const rules = await loadRules(strapi, scanner.id);
  const mailbox = await openMailbox(strapi, scanner);
  try {
    for (const path of rules.length > 0 ? foldersToScan(rules) : ['INBOX']) {
      try {
        await work(mailbox, await mailbox.open(path));
      } catch (error) {
        if (!(error instanceof MailboxError) || error.code !== 'folderMissing') throw error;
      }
    }
  } finally {
    await mailbox.close();
  }
}
