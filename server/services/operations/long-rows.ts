import { setTimeout as sleep } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import { COMMENT_TEXTS, descriptionOf, MAX_STORED_BYTES, textsOfComments, WHOLE_FILES } from '../helpdesk/long-texts';
import { log } from '../log';
import { saveText } from '../storage/files';
import type { Lease } from '../storage/lease';
import { pointsAt } from '../platform/links';
import { bytesOf, piecesOfText } from '../storage/long-columns';
import { inTransaction, readTable, tableIn, TABLES } from '../storage/tables';
import { UID } from '../uids';

/**
 * Rows that an earlier release wrote, or code that went around our hooks, and that hold more than a row is to hold. What is too long is
 * cut, and the whole is kept as a file of the comment, as for an email of today (helpdesk/long-texts.ts). Each row is looked at once.
 */

const ROWS_A_BATCH = 500;
const PAUSE_MS = 20;

interface LongPlace {
  uid: (typeof UID)['comment' | 'ticket'];
  names: readonly string[];
  shorten(strapi: Core.Strapi, lease: Lease, id: number): Promise<void>;
}

const PLACES: LongPlace[] = [
  { uid: UID.comment, names: COMMENT_TEXTS, shorten: shortenComment },
  { uid: UID.ticket, names: ['description'], shorten: shortenTicket },
];

/** Works until all rows were looked at or that moment is reached. */
export async function shortenLongRows(strapi: Core.Strapi, lease: Lease, until: number): Promise<void> {
  for (const place of PLACES) {
    let count = 0;
    for (let rows = 1; rows > 0 && Date.now() < until; await sleep(PAUSE_MS)) {
      lease.signal.throwIfAborted();
      const ids = await nextIds(strapi, place);
      rows = ids.length;
      const sizes = await bytesOf(strapi, place.uid, ids, place.names);
      for (const id of ids.filter((each) => sizes.get(each)! > MAX_STORED_BYTES)) {
        await place.shorten(strapi, lease, id);
        count += 1;
      }
      if (rows > 0) await notePassed(strapi, place, ids.at(-1)!);
    }
    if (count > 0)
      log(strapi, 'info', 'Rows with very long texts were shortened; the whole texts are files now', { task: place.uid, count });
  }
}

async function shortenComment(strapi: Core.Strapi, lease: Lease, id: number): Promise<void> {
  const long: string[] = [];
  for (const name of COMMENT_TEXTS) if ((await bytesOf(strapi, UID.comment, [id], [name])).get(id)! > MAX_STORED_BYTES) long.push(name);
  if (long.length === 0) return;
  const kept = (await textsOfComments(strapi, [id])).get(id)!;
  const files: object[] = [];
  for (const name of ['text', 'html'] as const)
    if (long.includes(name))
      files.push({ ...WHOLE_FILES[name], wholeOf: name, ...(await saveText(strapi, piecesOfText(strapi, UID.comment, id, name))) });
  await inTransaction(strapi, async (trx) => {
    await lease.confirm(trx);
    const data = Object.fromEntries(long.map((name) => [name, kept[name as 'text']]));
    await strapi.db.query(UID.comment).updateMany({ where: { id }, data });
    for (const file of files)
      await strapi.db.query(UID.attachment).create({ data: { ...file, storage: 'private', inline: false, comment: id } });
  });
}

/** A ticket of an email has its words in the first comment as well; of one that was opened by hand, they get an internal comment of their own. */
async function shortenTicket(strapi: Core.Strapi, lease: Lease, id: number): Promise<void> {
  const description = (await descriptionOf(strapi, id))!;
  const isTold = await hasCommentThatBegins(strapi, id, description.slice(0, 1000));
  const file = isTold ? null : await saveText(strapi, piecesOfText(strapi, UID.ticket, id, 'description'));
  await inTransaction(strapi, async (trx) => {
    await lease.confirm(trx);
    await strapi.db.query(UID.ticket).updateMany({ where: { id }, data: { description } });
    if (!file) return;
    const words = {
      text: description,
      visibleText: description,
      isPublic: false,
      isAutomatic: true,
      source: 'api',
      authorName: 'Mail Scanner',
    };
    const comment = await strapi.documents(UID.comment).create({ data: { ...words, ticket: id } });
    const columns = { ...WHOLE_FILES.text, ...file, wholeOf: 'text', storage: 'private', inline: false, comment: comment.id };
    await strapi.db.query(UID.attachment).create({ data: columns });
  });
}

async function hasCommentThatBegins(strapi: Core.Strapi, ticket: number, words: string): Promise<boolean> {
  const [first] = await strapi.db
    .query(UID.comment)
    .findMany({ select: ['id'], where: pointsAt(strapi, UID.comment, 'ticket', ticket), orderBy: { id: 'asc' }, limit: 1 });
  const texts = first && (await textsOfComments(strapi, [first.id])).get(first.id);
  return [texts?.visibleText, texts?.text].some((text) => text?.includes(words));
}

// ---- How far they were looked at

const counterOf = ({ uid }: LongPlace): string => `long-rows:${uid}`;

async function nextIds(strapi: Core.Strapi, place: LongPlace): Promise<number[]> {
  const passed = await readTable(strapi, TABLES.counters, (table) => table.where({ name: counterOf(place) }).first('value'));
  const rows = await strapi.db
    .query(place.uid)
    .findMany({ select: ['id'], where: { id: { $gt: Number(passed?.value ?? 0) } }, orderBy: { id: 'asc' }, limit: ROWS_A_BATCH });
  return rows.map(({ id }) => id as number);
}

async function notePassed(strapi: Core.Strapi, place: LongPlace, id: number): Promise<void> {
  await inTransaction(strapi, (trx) =>
    tableIn(strapi, trx, TABLES.counters)
      .insert({ name: counterOf(place), value: id })
      .onConflict('name')
      .merge(['value']),
  );
}
