import type { Core, UID as StrapiUID } from '@strapi/strapi';
import { log } from '../log';
import { letOthersRun } from '../lib/let-others-run';
import { inPieces } from '../lib/pieces';
import { plainWords } from '../storage/failure';
import { pointsAt } from '../platform/links';
import { afterCommit } from '../platform/after-commit';
import { idRanges, piecesOf } from '../storage/chunks';
import { inTransaction } from '../storage/tables';
import { rowsOf } from '../storage/rows';
import { UID } from '../uids';
import { deleteAttachmentFiles } from './attachment-files';
import { holdTickets } from './merged';
import { forgetNoticesOf, forgetTelling } from './notices';
import { forgetRatings } from './ratings';
import { forgetSeen } from './seen';
import { forgetMeasured } from './unmeasured';

/**
 * What hangs on a ticket or a comment goes with it, by whatever door it is deleted: comments, their files, the emails about them, the
 * activity log. The contact stays, and so do the rows of the scan log: an email that was seen does not come back as news.
 */

interface DeleteEvent {
  params: { where?: object };
  /** The same object before and after the deletion. */
  state: { hanging?: Hanging };
}

/** By their ids; comments and files with what else it takes to delete them. */
interface Hanging {
  comments: { id: number; documentId: string }[];
  attachments: { id: number; key: string }[];
  deliveries: number[];
  activities: number[];
  tickets: number[];
  /** Comments that are deleted themselves. */
  deleted: number[];
}

const nothing = (): Hanging => ({ comments: [], attachments: [], deliveries: [], activities: [], tickets: [], deleted: [] });

/** Database lifecycles see every deletion, and run in its transaction where it has one. */
export function subscribeDeletions(strapi: Core.Strapi): void {
  const hooks: [uid: StrapiUID.ContentType, hangingOn: (ids: number[]) => Promise<Hanging>][] = [
    [UID.ticket, (ids) => hangingOnTickets(strapi, ids)],
    [UID.comment, async (ids) => ({ ...nothing(), attachments: await attachmentsOf(strapi, ids), deleted: ids })],
  ];
  for (const [uid, hangingOn] of hooks) {
    // Before: the database forgets what pointed at a row together with the row.
    const look = async ({ params, state }: DeleteEvent) => {
      const rows: { id: number }[] = await strapi.db.query(uid).findMany({ select: ['id'], where: params.where ?? {} });
      const ids = rows.map(({ id }) => id);
      if (uid === UID.ticket && strapi.db.inTransaction()) await holdTickets(strapi, ids);
      state.hanging = await hangingOn(ids);
    };
    const remove = async ({ state }: DeleteEvent) => {
      if (state.hanging) await removeHanging(strapi, state.hanging);
    };
    const subscriber = { beforeDelete: look, beforeDeleteMany: look, afterDelete: remove, afterDeleteMany: remove };
    strapi.db.lifecycles.subscribe({ models: [uid], ...subscriber });
  }
}

async function hangingOnTickets(strapi: Core.Strapi, ids: number[]): Promise<Hanging> {
  const hanging = { ...nothing(), tickets: ids };
  for (const some of inPieces(ids)) {
    const idsOf = async (uid: StrapiUID.ContentType): Promise<number[]> =>
      (await strapi.db.query(uid).findMany({ select: ['id'], where: { ticket: { id: { $in: some } } } })).map(({ id }) => id);
    const where = pointsAt(strapi, UID.comment, 'ticket', some);
    hanging.comments.push(...(await rowsOf(strapi, UID.comment).findMany({ select: ['id', 'documentId'], where })));
    hanging.deliveries.push(...(await idsOf(UID.delivery)));
    hanging.activities.push(...(await idsOf(UID.activity)));
  }
  return hanging;
}

async function attachmentsOf(strapi: Core.Strapi, comments: number[]): Promise<Hanging['attachments']> {
  const attachments: Hanging['attachments'] = [];
  for (const some of inPieces(comments))
    attachments.push(
      ...(await rowsOf(strapi, UID.attachment).findMany({ select: ['id', 'key'], where: { comment: { id: { $in: some } } } })),
    );
  return attachments;
}

async function removeHanging(strapi: Core.Strapi, hanging: Hanging): Promise<void> {
  const { comments, attachments, deliveries, activities, tickets, deleted } = hanging;
  await forgetSeen(strapi, tickets);
  await forgetMeasured(strapi, tickets);
  await forgetTelling(strapi, tickets);
  await forgetRatings(strapi, tickets);
  await forgetNoticesOf(strapi, deleted);
  await deleteRows(strapi, UID.delivery, deliveries);
  await deleteRows(strapi, UID.activity, activities);
  await deleteComments(strapi, comments);
  await removeAttachments(strapi, attachments);
}

/** One by one, so that a site's own hooks and webhooks learn of each; their files go by the hook above. */
export async function deleteComments(strapi: Core.Strapi, comments: readonly { documentId: string }[]): Promise<void> {
  for (const { documentId } of comments) {
    await strapi.documents(UID.comment).delete({ documentId });
    await letOthersRun();
  }
}

async function deleteRows(strapi: Core.Strapi, uid: StrapiUID.ContentType, ids: number[]): Promise<void> {
  for (const some of inPieces(ids)) await strapi.db.query(uid).deleteMany({ where: { id: { $in: some } } });
}

/** The rows now, the files once that is committed. A crash in between leaves files to the sweep of orphans. */
async function removeAttachments(strapi: Core.Strapi, attachments: { id: number; key: string }[]): Promise<void> {
  if (attachments.length === 0) return;
  await deleteRows(
    strapi,
    UID.attachment,
    attachments.map(({ id }) => id),
  );
  const keys = attachments.map(({ key }) => key);
  await afterCommit(strapi, () => {
    deleteAttachmentFiles(strapi, keys).catch((error) =>
      log(strapi, 'warn', 'Files could not be deleted yet', { count: keys.length, reason: plainWords(error) }),
    );
  });
}

// ---- What is there already, from a time before those hooks or from a statement that bypassed them

const ROWS_A_PIECE = 200;

interface LooseRow {
  id: number;
  /** Of a file. */
  key: string;
}

/** Rows of a type whose relation, kept in a column, points at nothing, and that have not been touched since that moment. */
async function looseRows(strapi: Core.Strapi, uid: StrapiUID.ContentType, before: Date): Promise<LooseRow[]> {
  const isFile = uid === UID.attachment;
  const { tableName, attributes } = strapi.db.metadata.get(uid);
  const { joinColumn } = attributes[isFile ? 'comment' : 'ticket'] as unknown as { joinColumn: { name: string } };
  return strapi.db
    .getConnection(tableName)
    .whereNull(joinColumn.name)
    .where((old) => old.whereNull('updated_at').orWhere('updated_at', '<', before))
    .modify((query) => void (isFile && query.whereNull('uploaded_by')))
    .limit(ROWS_A_PIECE)
    .select('id', ...(isFile ? ['key'] : []));
}

/** Emails and entries of the log without a ticket, files without a comment that nobody has just uploaded. Resolves with how many went. */
export async function removeLooseEnds(strapi: Core.Strapi, before: Date): Promise<number> {
  let count = 0;
  for (const uid of [UID.delivery, UID.activity, UID.attachment] as const) {
    for (let rows = await looseRows(strapi, uid, before); rows.length > 0; rows = await looseRows(strapi, uid, before)) {
      if (uid === UID.attachment) await removeAttachments(strapi, rows);
      else
        await deleteRows(
          strapi,
          uid,
          rows.map(({ id }) => id),
        );
      count += rows.length;
    }
  }
  return count;
}

/** Comments without a ticket, a piece at a time: nobody sees them at the helpdesk. */
export async function* looseComments(strapi: Core.Strapi, where: object): AsyncGenerator<{ id: number; documentId: string }[]> {
  for await (const id of idRanges(strapi, UID.comment))
    yield* piecesOf(
      strapi,
      UID.comment,
      { select: ['id', 'documentId'], where: { $and: [{ id }, { ticket: { id: { $null: true } } }, where] } },
      ROWS_A_PIECE,
    );
}

const DAY_MS = 24 * 3_600_000;

/** Removes what hung on tickets and comments that are gone for a day. Resolves with how many rows. */
export async function sweepLeftovers(strapi: Core.Strapi): Promise<number> {
  const before = new Date(Date.now() - DAY_MS);
  let count = 0;
  for await (const some of looseComments(strapi, { updatedAt: { $lt: before } })) {
    await inTransaction(strapi, () => deleteComments(strapi, some));
    count += some.length;
  }
  return count + (await removeLooseEnds(strapi, before));
}
