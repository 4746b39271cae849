import type { Core } from '@strapi/strapi';
import { inPieces } from '../lib/pieces';
import type { OpenFolder } from '../mailbox/types';
import type { DecidedEffect, DecidedEffects } from './decided-effects';
import { insertEntries } from '../storage/insert';
import { newDocumentId } from '../storage/randomness';
import { inTransaction } from '../storage/tables';
import { UID } from '../uids';
import type { Outcome } from '../../../shared/vocabulary';
import type { RuleTrace } from './rules';
import { inBoth, say, type Words } from '../../../shared/sentences/words';

/** The ledger: one row for every message seen, written in the transaction of what was done about it. */

/** Where a message lies: in a folder, under the number that holds as long as its UIDVALIDITY. */
export interface MessagePlace {
  folder: string;
  uidValidity: string;
  uid: string;
}

/** A folder, and under which UIDVALIDITY its numbers hold. */
type FolderPlace = Omit<MessagePlace, 'uid'>;

export const folderPlaceOf = ({ path, uidValidity }: OpenFolder): FolderPlace => ({ folder: path, uidValidity });

export interface LedgerRow extends MessagePlace {
  scanner: number;
  fingerprint: string | null;
  messageId: string | null;
  fromAddress: string;
  fromName: string;
  subject: string;
  receivedAt: Date | null;
  size: number;
  attempts: number;
  outcome: Outcome;
  reason: string;
  reasonSaid: Words | null;
  trace: RuleTrace[];
  effects: DecidedEffect[] | null;
  effectsOpen: boolean;
  effectAttempts: number;
  retryAt: Date | null;
  blockedBy: number | null;
  sourceKey: string | null;
  rule: number | null;
  ticket: number | null;
  comment: number | null;
}

/** What the ledger says about a message that was there before the scanner began. */
const BEFORE = inBoth('reason', say('log.before'));
const LEFT_ALONE = { outcome: 'skipped', reason: BEFORE.reason };

/** Notes that these messages were there before the scanner was activated, so that they are left alone. */
export async function insertSkipped(
  strapi: Core.Strapi,
  scanner: number,
  place: FolderPlace,
  refs: { uid: string; size: number }[],
): Promise<void> {
  for (const some of inPieces(refs)) {
    const rows = some.map(({ uid, size }) => ({ scanner, ...place, uid, size, ...LEFT_ALONE, ...BEFORE }));
    await strapi.db.query(UID.message).createMany({ data: rows });
  }
}

/** From now on nothing in that folder counts as having been there before the scanner began. */
export const forgetSkipped = (strapi: Core.Strapi, scanner: number, place: FolderPlace): Promise<unknown> =>
  strapi.db.query(UID.message).deleteMany({ where: { scanner: { id: scanner }, ...place, ...LEFT_ALONE } });

/** The UIDs among these, in that folder, that were there before the scanner began. */
export const skippedUids = (strapi: Core.Strapi, scanner: number, place: FolderPlace, uids: string[]): Promise<Set<string>> =>
  knownUids(strapi, scanner, { ...place, ...LEFT_ALONE }, uids);

/** The UIDs among these, in that folder, of which the ledger has a row. */
export async function knownUids(strapi: Core.Strapi, scanner: number, place: FolderPlace, uids: string[]): Promise<Set<string>> {
  const known = new Set<string>();
  for (const some of inPieces(uids)) {
    const rows = await strapi.db.query(UID.message).findMany({
      select: ['uid'],
      where: { scanner: { id: scanner }, ...place, uid: { $in: some } },
    });
    for (const { uid } of rows) known.add(uid);
  }
  return known;
}

export async function insertRows(strapi: Core.Strapi, rows: LedgerRow[]): Promise<void> {
  const now = new Date();
  const entries = rows.map((row) => ({ documentId: newDocumentId(), createdAt: now, updatedAt: now, ...row }));
  await inTransaction(strapi, (trx) => insertEntries(strapi, trx, UID.message, entries));
}

export async function updateRow(strapi: Core.Strapi, id: number, row: Partial<LedgerRow>): Promise<void> {
  await strapi.db.query(UID.message).update({ where: { id }, data: row });
}

/** Rows whose effects on the mailbox are not known to be in place, oldest first. */
export async function openRows(strapi: Core.Strapi, scanner: number, place: FolderPlace): Promise<DecidedEffects[]> {
  const rows = await strapi.db.query(UID.message).findMany({
    select: ['uid', 'effects'],
    where: { scanner: { id: scanner }, ...place, effectsOpen: true },
    orderBy: { id: 'asc' },
  });
  return rows.filter((row) => Array.isArray(row.effects)) as DecidedEffects[];
}

/** The UIDVALIDITY of what was deleted by POP3: the next message with that UIDL is another one, or the same once more. */
export const DELETED = 'deleted';

/** Notes that these messages are in no mailbox any more. To be called before their rows are closed. */
export async function noteDeleted(strapi: Core.Strapi, scanner: number, place: FolderPlace, uids: string[]): Promise<void> {
  for (const some of inPieces(uids)) {
    const uid = { $in: some };
    const rows = await strapi.db.query(UID.message).findMany({ select: ['id'], where: { scanner: { id: scanner }, ...place, uid } });
    const data = { uidValidity: DELETED, effectsOpen: false, effects: null };
    await strapi.db.query(UID.message).updateMany({ where: { id: { $in: rows.map(({ id }) => id) } }, data });
  }
}

/** Notes that the effects of these messages are in place. */
export async function closeRows(strapi: Core.Strapi, scanner: number, place: FolderPlace, uids: string[]): Promise<void> {
  for (const some of inPieces(uids)) {
    const uid = { $in: some };
    // Strapi updates many rows by their own columns only, not by a relation.
    const rows = await strapi.db
      .query(UID.message)
      .findMany({ select: ['id'], where: { scanner: { id: scanner }, ...place, uid, effectsOpen: true } });
    await strapi.db
      .query(UID.message)
      .updateMany({ where: { id: { $in: rows.map(({ id }) => id) } }, data: { effectsOpen: false, effects: null } });
  }
}

/** Adds what an administrator should know about effects that are in place. */
export async function noteEffect(strapi: Core.Strapi, scanner: number, place: MessagePlace, note: Words): Promise<void> {
  const row = await strapi.db
    .query(UID.message)
    .findOne({ select: ['id', 'reason', 'reasonSaid'], where: { scanner: { id: scanner }, ...place }, orderBy: { id: 'desc' } });
  if (row) await strapi.db.query(UID.message).update({ where: { id: row.id }, data: inBoth('reason', [...reasonsOf(row), note]) });
}

/** After this many scans that could not apply a message's effects, they are given up; the reason stays in the scan log. */
const MAX_EFFECT_ATTEMPTS = 5;

/** Notes why the effects of a message could not be applied. The next scans try again, up to a limit. */
export async function noteEffectError(strapi: Core.Strapi, scanner: number, place: MessagePlace, error: Words): Promise<void> {
  const row = await strapi.db.query(UID.message).findOne({
    select: ['id', 'reason', 'reasonSaid', 'effectAttempts'],
    where: { scanner: { id: scanner }, ...place, effectsOpen: true },
  });
  if (!row) return;
  const attempts = row.effectAttempts + 1;
  const given = attempts >= MAX_EFFECT_ATTEMPTS;
  const sentence = given ? say('log.effectGivenUp', { what: error }) : say('log.effectOpen', { what: error });
  const before = reasonsOf(row).filter((words) => !isAboutEffects(words));
  const data = { ...inBoth('reason', [...before, sentence]), effectAttempts: attempts, effectsOpen: !given };
  await strapi.db.query(UID.message).update({ where: { id: row.id }, data });
}

/** What the ledger says of a message until now; of a row from before there were codes its English text, without what it says of effects. */
function reasonsOf({ reason, reasonSaid }: { reason: string | null; reasonSaid: Words | null }): Words[] {
  if (reasonSaid !== null) return Array.isArray(reasonSaid) ? [...(reasonSaid as Words[])] : [reasonSaid];
  return [(reason ?? '').replace(/ ?In the mailbox, this .*$/s, '')].filter((text) => text !== '');
}

const isAboutEffects = (words: Words): boolean =>
  typeof words === 'object' && 'code' in words && ['log.effectOpen', 'log.effectGivenUp'].includes(words.code);
