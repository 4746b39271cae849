import type { Core } from '@strapi/strapi';
import type { OpenFolder } from '../mailbox/types';
import { rowsOf, type Row } from '../storage/rows';
import { UID } from '../uids';

/** How far a scanner has come in a folder, and which messages it had in hand. */

export interface FolderState {
  id: number;
  uidValidity: string;
  lastUid: string | null;
  /** Messages up to this UID lay there before the scanner began, and are left alone; null: none are. */
  startUid: string | null;
  createdAt: Date;
  /** UIDs that were being handled when the last scan ended without a word, with how often each was handled alone. */
  inFlight: Record<string, number>;
}

/** The new position of a folder: all up to this UID is in the ledger. */
export interface Position {
  stateId: number;
  lastUid: string;
}

export async function findFolderState(strapi: Core.Strapi, scanner: number, folder: string): Promise<FolderState | null> {
  const row = await rowsOf(strapi, UID.folderState).findOne({ where: { scanner: { id: scanner }, folder } });
  return row && stateOf(row);
}

const stateOf = ({ id, uidValidity, lastUid, startUid, createdAt, inFlight }: Row<'folderState'>): FolderState => ({
  id,
  uidValidity,
  lastUid,
  startUid,
  createdAt: new Date(createdAt),
  inFlight: inFlight ?? {},
});

/** Notes where a scanner begins in a folder: behind this UID; null: with all that is there. */
export async function createFolderState(
  strapi: Core.Strapi,
  scanner: number,
  { path: folder, uidValidity }: OpenFolder,
  startUid: string | null,
): Promise<FolderState> {
  const data = { scanner, folder, uidValidity, lastUid: startUid, startUid, inFlight: {} };
  return stateOf(await rowsOf(strapi, UID.folderState).create({ data }));
}

/** After a change of UIDVALIDITY the old position means nothing (RFC 3501 §2.3.1.1). */
export async function resetFolderState(
  strapi: Core.Strapi,
  state: FolderState,
  uidValidity: string,
  startUid: string | null,
): Promise<FolderState> {
  const data = { uidValidity, lastUid: null, startUid, inFlight: {} };
  await strapi.db.query(UID.folderState).update({ where: { id: state.id }, data });
  return { ...state, ...data };
}

/** From now on all messages of the folder count, whenever they came. */
export const takeAllFrom = (strapi: Core.Strapi, id: number): Promise<unknown> =>
  strapi.db.query(UID.folderState).update({ where: { id }, data: { startUid: null } });

/** From now on messages up to this UID are left alone. */
export const startAfter = (strapi: Core.Strapi, id: number, startUid: string): Promise<unknown> =>
  strapi.db.query(UID.folderState).update({ where: { id }, data: { startUid } });

/** From now on the scanner has not seen this folder. */
export const forgetFolderState = (strapi: Core.Strapi, id: number): Promise<unknown> =>
  strapi.db.query(UID.folderState).delete({ where: { id } });

/** The states of a scanner that leave no message alone. */
export async function statesWithoutStart(strapi: Core.Strapi, scanner: number): Promise<FolderState[]> {
  return (await rowsOf(strapi, UID.folderState).findMany({ where: { scanner: { id: scanner }, startUid: null } })).map(stateOf);
}

/** Part of the transaction that writes what was decided up to there. */
export async function savePosition(strapi: Core.Strapi, { stateId, lastUid }: Position): Promise<void> {
  await strapi.db.query(UID.folderState).updateMany({ where: { id: stateId }, data: { lastUid } });
}

/** Notes which messages are in hand from now on, with how often each was in hand alone. */
export async function saveInFlight(strapi: Core.Strapi, stateId: number, inFlight: Record<string, number>): Promise<void> {
  await strapi.db.query(UID.folderState).updateMany({ where: { id: stateId }, data: { inFlight } });
}
