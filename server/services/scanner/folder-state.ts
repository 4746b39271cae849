import type { Core } from '@strapi/strapi';
import type { OpenFolder } from '../mailbox/types';
import { UID } from '../uids';

/** How far a scanner has come in a folder, and which messages it had in hand. */

export interface FolderState {
  id: number;
  uidValidity: string;
  lastUid: string | null;
  /** UIDs that were being handled when the last scan ended without a word, with how often each was handled alone. */
  inFlight: Record<string, number>;
}

/** The new position of a folder: all up to this UID is in the ledger. */
export interface Position {
  stateId: number;
  lastUid: string;
}

export async function findFolderState(strapi: Core.Strapi, scanner: number, folder: string): Promise<FolderState | null> {
  const row = await strapi.db.query(UID.folderState).findOne({ where: { scanner: { id: scanner }, folder } });
  return row && { id: row.id, uidValidity: row.uidValidity, lastUid: row.lastUid, inFlight: row.inFlight ?? {} };
}

/** Notes where a scanner begins in a folder; `lastUid` null: with all that is there. */
export async function createFolderState(
  strapi: Core.Strapi,
  scanner: number,
  { path: folder, uidValidity }: OpenFolder,
  lastUid: string | null,
): Promise<FolderState> {
  const row = await strapi.db.query(UID.folderState).create({ data: { scanner, folder, uidValidity, lastUid, inFlight: {} } });
  return { id: row.id, uidValidity, lastUid, inFlight: {} };
}

/** After a change of UIDVALIDITY the old position means nothing (RFC 3501 §2.3.1.1). */
export async function resetFolderState(strapi: Core.Strapi, state: FolderState, uidValidity: string): Promise<FolderState> {
  await strapi.db.query(UID.folderState).update({ where: { id: state.id }, data: { uidValidity, lastUid: null, inFlight: {} } });
  return { ...state, uidValidity, lastUid: null, inFlight: {} };
}

/** Part of the transaction that writes what was decided up to there. */
export async function savePosition(strapi: Core.Strapi, { stateId, lastUid }: Position): Promise<void> {
  await strapi.db.query(UID.folderState).updateMany({ where: { id: stateId }, data: { lastUid } });
}

/** Notes which messages are in hand from now on, with how often each was in hand alone. */
export async function saveInFlight(strapi: Core.Strapi, stateId: number, inFlight: Record<string, number>): Promise<void> {
  await strapi.db.query(UID.folderState).updateMany({ where: { id: stateId }, data: { inFlight } as never });
}
