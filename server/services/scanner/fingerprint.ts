import { hash } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import type { ParsedMessage } from '../message/types';
import { UID } from '../uids';
import type { Item } from './item';
import type { Outcome } from '../../../shared/vocabulary';
import type { MessagePlace } from './ledger';

/**
 * What makes a message count once for a scanner, wherever it lies. Release 0.1.0 left the attachments out. Its rows stay valid:
 * they have fingerprints without a version, and what such a row is about is asked once more before a message counts as known.
 */

const VERSION = '2:';

export const fingerprintOf = (scannerDocumentId: string, { contentHash }: ParsedMessage): string =>
  VERSION + scannersHash(scannerDocumentId, contentHash);

const firstFingerprintOf = (scannerDocumentId: string, { textHash }: ParsedMessage): string => scannersHash(scannerDocumentId, textHash);

const scannersHash = (scannerDocumentId: string, contentHash: string): string => hash('sha256', `${scannerDocumentId}\n${contentHash}`);

/** A row of the ledger about one of the messages asked for. */
export interface KnownRow extends MessagePlace {
  id: number;
  fingerprint: string;
  outcome: Outcome;
  rule?: { id: number } | null;
}

interface FoundRow extends KnownRow {
  size: number | null;
  receivedAt: string | Date | null;
  forgottenAt: string | Date | null;
  comment?: { id: number } | null;
}

/** The rows that the ledger has of these messages of a scanner, by the fingerprints of today. */
export async function knownRows(strapi: Core.Strapi, scannerDocumentId: string, items: readonly Item[]): Promise<Map<string, KnownRow>> {
  const wanted = items.map((item) => ({
    item,
    fingerprint: fingerprintOf(scannerDocumentId, item.parsed),
    first: firstFingerprintOf(scannerDocumentId, item.parsed),
  }));
  const rows: FoundRow[] = await strapi.db.query(UID.message).findMany({
    select: ['id', 'fingerprint', 'folder', 'uidValidity', 'uid', 'outcome', 'size', 'receivedAt', 'forgottenAt'],
    where: { fingerprint: { $in: wanted.flatMap(({ fingerprint, first }) => [fingerprint, first]) } },
    populate: { comment: { select: ['id'] }, rule: { select: ['id'] } },
  });
  const byFingerprint = new Map(rows.map((row) => [row.fingerprint, row]));
  const files = await filesOf(
    strapi,
    wanted.flatMap(({ first }) => byFingerprint.get(first)?.comment?.id ?? []),
  );
  const known = new Map<string, KnownRow>();
  for (const { item, fingerprint, first } of wanted) {
    const old = byFingerprint.get(first);
    const row = byFingerprint.get(fingerprint) ?? (old && isAbout(old, item, files) ? old : undefined);
    if (row) known.set(fingerprint, row);
  }
  return known;
}

/**
 * Whether a row without a version is about this message, and not about another one that differs in its attachments alone: as a
 * copier sends, whose scans have the same subject and text, and neither Message-ID nor Date. The files of its comment tell, and
 * where there are none to compare, the size.
 */
function isAbout(row: FoundRow, item: Item, files: ReadonlyMap<number, string>): boolean {
  const had = row.comment ? (files.get(row.comment.id) ?? '') : '';
  const has = listOf(item.parsed.attachments.map((attachment) => attachment.hash));
  if (had === has || cameAtOnce(row, item)) return true;
  return had === '' && (Boolean(row.forgottenAt) || row.size === item.ref.size);
}

/** The same Message-ID, size and moment of arrival, whatever files an earlier release made of it. */
function cameAtOnce({ receivedAt, size }: FoundRow, { parsed, ref }: Item): boolean {
  if (parsed.messageId === null || receivedAt === null || ref.receivedAt === null || size !== ref.size) return false;
  return seconds(receivedAt) === seconds(ref.receivedAt);
}

const seconds = (date: string | Date): number => Math.floor(new Date(date).getTime() / 1000);

/** The contents of the files of these comments, each comment's in one text. */
async function filesOf(strapi: Core.Strapi, comments: number[]): Promise<Map<number, string>> {
  if (comments.length === 0) return new Map();
  const rows: { hash: string; comment: { id: number } }[] = await strapi.db.query(UID.attachment).findMany({
    select: ['hash'],
    where: { comment: { id: { $in: comments } } },
    populate: { comment: { select: ['id'] } },
  });
  const hashes = new Map<number, string[]>();
  for (const row of rows) hashes.set(row.comment.id, [...(hashes.get(row.comment.id) ?? []), row.hash]);
  return new Map([...hashes].map(([comment, contents]) => [comment, listOf(contents)]));
}

const listOf = (hashes: string[]): string => [...hashes].sort().join(' ');
