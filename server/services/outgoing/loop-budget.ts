import type { Core } from '@strapi/strapi';
import { readTable, TABLES } from '../storage/tables';
import { UID } from '../uids';
import { say, type Words } from '../../../shared/sentences/words';

/**
 * What programs of the site send by themselves (a confirmation of receipt, say) can meet a robot that answers each of them. People
 * are not limited: whoever writes a comment in the panel sends it.
 */

const HOUR_MS = 3_600_000;
/** Emails that nobody wrote by hand: this many an hour may leave for one ticket, for all tickets of one contact, and to one administrator. */
const MOST_AN_HOUR = { ofTicket: 10, ofContact: 30, toAdministrator: 20 };

/** Why an email that a program caused is held back; null when it may leave. */
export async function heldBackBecause(strapi: Core.Strapi, ticket: { id: number; contact?: { id: number } | null }): Promise<Words | null> {
  const byPrograms = (of: object) =>
    strapi.db.query(UID.delivery).count({
      where: { ticket: of, createdAt: { $gt: new Date(Date.now() - HOUR_MS) }, comment: { user: { id: { $null: true } } } },
    });
  const isLoop =
    (await byPrograms({ id: ticket.id })) >= MOST_AN_HOUR.ofTicket ||
    (ticket.contact != null && (await byPrograms({ contact: { id: ticket.contact.id } })) >= MOST_AN_HOUR.ofContact);
  return isLoop ? say('outgoing.loop') : null;
}

/** Whether an administrator may be told something by email now. What waits meanwhile is told by one email afterwards. */
export async function agentMayGetEmail(strapi: Core.Strapi, user: number): Promise<boolean> {
  const sent: { mark: string }[] = await readTable(strapi, TABLES.noticeEmails, (table) =>
    table
      .where({ user_id: user })
      .where('sent_at', '>', Date.now() - HOUR_MS)
      .distinct('mark')
      .limit(MOST_AN_HOUR.toAdministrator),
  );
  return sent.length < MOST_AN_HOUR.toAdministrator;
}
