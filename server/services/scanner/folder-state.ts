import type { Core } from '@strapi/strapi';
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

export async function createFolderState(
  strapi: Core.Strapi,
  scanner: number,
  folder: string,
  uidValidity: string,
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

export async function savePosition(strapi: Core.Strapi, { stateId, lastUid }: Position): Promise<void> {
  await strapi.db.query(UID.folderState).updateMany({ where: { id: stateId }, data: { lastUid } });
}

export async function saveInFlight(strapi: Core.Strapi, stateId: number, inFlight: Record<string, number>): Promise<void> {
  await strapi.db.query(UID.folderState).updateMany({ where: { id: stateId }, data: { inFlight } as never });
}
