import type { Core } from '@strapi/strapi';
import { forgetCallsAbout } from '../automation/webhook-calls';
import { blockedAmong, unblock } from '../helpdesk/block-list';
import { deleteTicket } from '../helpdesk/delete-ticket';
import { deleteComments, looseComments, removeLooseEnds } from '../helpdesk/leftovers';
import { forgetRatingsBy } from '../helpdesk/ratings';
import { log } from '../log';
import { FORGOTTEN } from '../operations/retention';
import type { ErasurePlan } from '../../../shared/api/people';
import { FAILURES } from '../../../shared/vocabulary';
import { inPieces } from '../lib/pieces';
import { deleteFiles } from '../storage/files';
import { inTransaction } from '../storage/tables';
import { rowsOf } from '../storage/rows';
import { UID } from '../uids';
import {
  addressesOf,
  attachmentsOf,
  belongingsOf,
  commentsOfTicket,
  isBy,
  ledgerRowsOf,
  type Belongings,
  type CommentRow,
  type ContactRow,
  type TicketRow,
} from './belongings';
import { anonymise, takeOutOfLogs } from './others-conversations';
import { inBoth, say } from '../../../shared/sentences/words';

/**
 * Deletes a contact with all that the helpdesk holds of them (GDPR, article 17). Requests of their own go as a whole. A conversation in
 * which other customers have written is theirs as well: it stays, and what this contact wrote, was called and attached is taken out of
 * it. In the scan log the places and fingerprints of their emails stay, so that none of them, still in the mailbox, comes back as news.
 */

const NUMBERS_TOLD = 20;

/** What would go, or be changed, by `eraseContact`. */
export async function planErasure(strapi: Core.Strapi, contact: ContactRow): Promise<ErasurePlan> {
  const { own, shared } = await belongingsOf(strapi, contact);
  const deleted = await filesAndComments(strapi, own, () => true);
  const anonymised = await filesAndComments(strapi, shared, (comment) => isBy(contact, comment));
  const rows = await ledgerRowsOf(
    strapi,
    contact,
    own.map(({ id }) => id),
    anonymised.ids,
  );
  let loose = 0;
  for await (const some of looseCommentsBy(strapi, contact)) loose += some.length;
  return {
    deleted: {
      tickets: own.length,
      ...deleted.counts,
      comments: deleted.counts.comments + loose,
      emails: await countDeliveries(strapi, own),
    },
    anonymised: { tickets: shared.length, ...anonymised.counts },
    scanLog: { messages: rows.length, sources: (await sourcesOf(strapi, rows)).length },
    blocked: await blockedAmong(strapi, addressesOf(contact)),
    ticketNumbers: { deleted: numbers(own), anonymised: numbers(shared) },
  };
}

const numbers = (tickets: TicketRow[]): string[] => tickets.slice(0, NUMBERS_TOLD).map(({ ticketNumber }) => ticketNumber);

async function filesAndComments(strapi: Core.Strapi, tickets: TicketRow[], concerns: (comment: CommentRow) => boolean) {
  const ids: number[] = [];
  for (const ticket of tickets)
    for await (const comments of commentsOfTicket(strapi, ticket.id)) ids.push(...comments.filter(concerns).map(({ id }) => id));
  const files = await attachmentsOf(strapi, ids);
  return {
    ids,
    counts: { comments: ids.length, attachments: files.length, attachmentBytes: files.reduce((sum, { size }) => sum + size, 0) },
  };
}

async function countDeliveries(strapi: Core.Strapi, tickets: TicketRow[]): Promise<number> {
  let count = 0;
  for (const some of inPieces(tickets))
    count += await strapi.db.query(UID.delivery).count({ where: { ticket: { id: { $in: some.map(({ id }) => id) } } } });
  return count;
}

// ---- The deed

/** A scan may add to a conversation while it is being erased; then once more. */
const MAX_ROUNDS = 3;

/**
 * Erases, ticket by ticket: what a crash leaves undone is done by asking again, because the contact goes last. Returns what went. With
 * `keepsBlocked`, their addresses stay on the block list.
 */
export async function eraseContact(
  strapi: Core.Strapi,
  contact: ContactRow,
  { keepsBlocked }: { keepsBlocked: boolean },
): Promise<ErasurePlan> {
  const plan = await planErasure(strapi, contact);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const belongings = await belongingsOf(strapi, contact);
    if (round > 0 && belongings.own.length + belongings.shared.length === 0) break;
    await eraseTickets(strapi, contact, belongings);
  }
  await forgetRatingsBy(strapi, contact.id);
  for (const address of addressesOf(contact)) await forgetCallsAbout(strapi, address);
  if (!keepsBlocked) await unblock(strapi, addressesOf(contact));
  await eraseLooseEnds(strapi, contact);
  await takeOutOfLogs(strapi, contact);
  for (const { documentId } of await rowsOf(strapi, UID.contact).findMany({ select: ['documentId'], where: { mergedInto: contact.id } }))
    await strapi.documents(UID.contact).delete({ documentId });
  await strapi.documents(UID.contact).delete({ documentId: contact.documentId });
  log(strapi, 'info', 'A contact was deleted with all its data', { count: plan.deleted.tickets + plan.anonymised.tickets });
  return plan;
}

async function eraseTickets(strapi: Core.Strapi, contact: ContactRow, { own, shared }: Belongings): Promise<void> {
  const written: number[] = [];
  for (const ticket of shared)
    for await (const comments of commentsOfTicket(strapi, ticket.id))
      written.push(...comments.filter((comment) => isBy(contact, comment)).map(({ id }) => id));
  // First, while rows still say which tickets and comments they are about.
  await forgetRows(
    strapi,
    await ledgerRowsOf(
      strapi,
      contact,
      own.map(({ id }) => id),
      written,
    ),
  );
  for (const ticket of own) await deleteTicket(strapi, ticket);
  for (const ticket of shared) await anonymise(strapi, contact, ticket);
}

/** Comments of theirs whose ticket is gone. */
function looseCommentsBy(strapi: Core.Strapi, contact: ContactRow): ReturnType<typeof looseComments> {
  return looseComments(strapi, {
    $or: [
      { contact: { id: contact.id } },
      ...addressesOf(contact).flatMap((email) => [{ authorAddress: { $eqi: email } }, { recipients: { $containsi: email } }]),
    ],
  });
}

/** What hangs on nothing is found by no ticket: comments of theirs, and emails, entries and files of which nobody knows whose they were. */
async function eraseLooseEnds(strapi: Core.Strapi, contact: ContactRow): Promise<void> {
  for await (const some of looseCommentsBy(strapi, contact)) await deleteComments(strapi, some);
  await removeLooseEnds(strapi, new Date());
}

/** A failed message is given up with it: trying it again would bring all of it back. */
const GIVEN_UP = { outcome: 'skipped', ...inBoth('reason', say('privacy.erased')) };

async function forgetRows(strapi: Core.Strapi, ids: number[]): Promise<void> {
  const sources = await sourcesOf(strapi, ids);
  for (const some of inPieces(ids)) {
    const messages = strapi.db.query(UID.message);
    await inTransaction(strapi, async () => {
      await messages.updateMany({ where: { id: { $in: some } }, data: { ...FORGOTTEN, forgottenAt: new Date() } });
      await messages.updateMany({ where: { id: { $in: some }, outcome: { $in: FAILURES } }, data: GIVEN_UP });
    });
  }
  await deleteFiles(strapi, sources);
}

async function sourcesOf(strapi: Core.Strapi, ids: number[]): Promise<string[]> {
  const keys: string[] = [];
  for (const some of inPieces(ids)) {
    const rows = await rowsOf(strapi, UID.message).findMany({
      select: ['sourceKey'],
      where: { id: { $in: some }, sourceKey: { $notNull: true } },
    });
    keys.push(...rows.map(({ sourceKey }) => sourceKey as string));
  }
  return keys;
}
