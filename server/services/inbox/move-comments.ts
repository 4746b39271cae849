import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { moveNotices } from '../helpdesk/notices';
import { moveRatings } from '../helpdesk/ratings';
import { linkTable } from '../platform/links';
import { markUnmeasured } from '../helpdesk/unmeasured';
import { tableIn } from '../storage/tables';
import { UID } from '../uids';

interface Move {
  /** Ids of tickets. */
  from: number;
  to: number;
  /** The id of the one comment that moves; left out: all. */
  comment?: number;
}

/**
 * Moves comments from one ticket to another, with the emails about them, their rows in the scan log and what people were told of them; files hang on the comment.
 * By one statement a table: no comment becomes another one by that, so nothing is announced.
 */
export async function moveComments(strapi: Core.Strapi, trx: Knex.Transaction, { from, to, comment }: Move): Promise<void> {
  const { name, owner, target } = linkTable(strapi, UID.comment, 'ticket');
  const links = tableIn(strapi, trx, name).where({ [target]: from });
  await (comment === undefined ? links : links.andWhere({ [owner]: comment })).update({ [target]: to });
  for (const uid of [UID.delivery, UID.message]) {
    const rows = tableIn(strapi, trx, strapi.db.metadata.get(uid).tableName).where({ ticket_id: from });
    await (comment === undefined ? rows : rows.andWhere({ comment_id: comment })).update({ ticket_id: to });
  }
  await markUnmeasured(strapi, [from, to]);
  await moveNotices(strapi, trx, { from, to, comment });
  if (comment === undefined) await moveRatings(strapi, trx, from, to);
}
