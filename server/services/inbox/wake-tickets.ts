import type { Core } from '@strapi/strapi';
import { AWAKE, whereJustAwake } from '../helpdesk/snooze';
import { findDocument, holdDocument, updateDocument } from '../storage/documents';
import { inTransaction } from '../storage/tables';
import { noteSnoozeOver } from '../times/wait-rows';
import { UID } from '../uids';

const MOST_AT_ONCE = 100;

/**
 * Clears what put off the tickets that are back by the clock, each in a transaction of its own: the log says so, and the ticket counts as
 * something that has just happened, so that the list begins with it. Whoever else does the same at the moment, or puts the ticket off again,
 * comes first or second.
 */
export async function wakeTickets(strapi: Core.Strapi): Promise<void> {
  const where = whereJustAwake();
  // In the order of an index, which holds the few that are put off: left to itself, Strapi asks for that of the ids.
  const orderBy = { snoozedAt: 'asc' };
  const rows = await strapi.db.query(UID.ticket).findMany({ select: ['documentId'], where, orderBy, limit: MOST_AT_ONCE });
  for (const { documentId } of rows) await wake(strapi, documentId);
}

async function wake(strapi: Core.Strapi, documentId: string): Promise<void> {
  await inTransaction(strapi, async () => {
    await holdDocument(strapi, UID.ticket, documentId);
    const isBack = (await strapi.db.query(UID.ticket).count({ where: { $and: [{ documentId }, whereJustAwake()] } })) > 0;
    if (!isBack) return;
    await updateDocument(strapi, UID.ticket, documentId, { ...AWAKE, lastActivityAt: new Date() });
    const ticket = await findDocument(strapi, UID.ticket, documentId, { select: ['id'] });
    await noteSnoozeOver(strapi, ticket!.id);
  });
}
