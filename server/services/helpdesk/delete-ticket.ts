import type { Core } from '@strapi/strapi';
import { inTransaction } from '../storage/tables';
import { UID } from '../uids';
import { holdTickets } from './merged';

/** Deletes a ticket with all that hangs on it: see leftovers.ts. An email about it that waits does not leave any more. */
export async function deleteTicket(strapi: Core.Strapi, { id, documentId }: { id: number; documentId: string }): Promise<void> {
  await inTransaction(strapi, async () => {
    await holdTickets(strapi, [id]);
    await strapi.documents(UID.ticket).delete({ documentId });
  });
}
