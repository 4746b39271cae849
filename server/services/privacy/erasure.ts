import type { Core } from '@strapi/strapi';
import { forgetCallsAbout } from '../automation/webhook-calls';
import { blockedAmong, unblock } from '../helpdesk/block-list';
import { deleteTicket } from '../helpdesk/delete-ticket';
import { looseComments, removeLooseEnds } from '../helpdesk/leftovers';
import { textsOfComments } from '../helpdesk/long-texts';
import { participantsOf } from '../helpdesk/participants';
import { forgetRatingsBy } from '../helpdesk/ratings';
import { log } from '../log';
import { FORGOTTEN, WITHOUT_COPY } from '../operations/retention';
import { deleteAttachmentFiles } from '../helpdesk/attachment-files';
import type { ErasurePlan } from '../../../shared/api/people';
import { FAILURES } from '../../../shared/vocabulary';
import { inPieces } from '../lib/pieces';
import { piecesOf } from '../storage/chunks';
import { updateDocument } from '../storage/documents';
import { deleteFiles, rewriteFile } from '../storage/files';
import { inTransaction } from '../storage/tables';
import { rowsOf } from '../storage/rows';
import { UID } from '../uids';
import {
  addressesOf,
  belongingsOf,
  commentsOfTicket,
  holdingText,
  isBy,
  isTheirs,
  ledgerRowsOf,
  names,
  without,
  type Belongings,
  type CommentRow,
  type ContactRow,
  type TicketRow,
} from './belongings';
import { inBoth, say } from '../../../shared/sentences/words';
import { escapeRegExp } from '../lib/reg-exp';

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
  const loose = await looseCommentsBy(strapi, contact);
  return {
    deleted: {
      tickets: own.length,
      ...deleted.counts,
      comments: deleted.counts.comments + loose.length,
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
export async function eraseContact(strapi: Core.Strapi, contact: ContactRow, { keepsBlocked = false } = {}): Promise<ErasurePlan> {
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
function looseCommentsBy(strapi: Core.Strapi, contact: ContactRow): Promise<{ id: number; documentId: string }[]> {
  return looseComments(strapi, {
    $or: [
      { contact: { id: contact.id } },
      ...addressesOf(contact).flatMap((email) => [{ authorAddress: { $eqi: email } }, { recipients: { $containsi: email } }]),
    ],
  });
}

/** What hangs on nothing is found by no ticket: comments of theirs, and emails, entries and files of which nobody knows whose they were. */
async function eraseLooseEnds(strapi: Core.Strapi, contact: ContactRow): Promise<void> {
  for (let some = await looseCommentsBy(strapi, contact); some.length > 0; some = await looseCommentsBy(strapi, contact))
    for (const { documentId } of some) await strapi.documents(UID.comment).delete({ documentId });
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

// ---- A conversation that stays

/** What stands where something was taken out. */
export const REMOVED = '[removed]';

async function anonymise(strapi: Core.Strapi, contact: ContactRow, ticket: TicketRow): Promise<void> {
  const keys = await inTransaction(strapi, async () => {
    const theirs: number[] = [];
    const changed: string[] = [];
    for await (const comments of commentsOfTicket(strapi, ticket.id, ['recipients'])) {
      const others = comments.filter((comment) => !isBy(contact, comment));
      theirs.push(...comments.filter((comment) => isBy(contact, comment)).map(({ id }) => id));
      for (const comment of comments) if (!others.includes(comment)) await emptyComment(strapi, comment);
      const forwards = others.filter(({ forwardToken, user }) => forwardToken && user);
      theirs.push(...forwards.map(({ id }) => id));
      await keepWords(strapi, forwards);
      changed.push(...(await takeAddressOut(strapi, contact, others)));
    }
    await takeOutOfTicket(strapi, contact, ticket);
    await takeOutOfEmails(strapi, contact, ticket);
    // Last: the log has just noted what was taken out.
    await takeOutOfActivities(strapi, contact, ticket);
    const files = await attachmentsOf(strapi, theirs);
    for (const some of inPieces(files))
      await strapi.db.query(UID.attachment).deleteMany({ where: { id: { $in: some.map(({ id }) => id) } } });
    return [...files.map(({ key }) => key), ...changed];
  });
  await deleteAttachmentFiles(strapi, keys);
}

/** Of what was forwarded, which repeats what the contact wrote, the words of who forwarded it stay. */
async function keepWords(strapi: Core.Strapi, forwards: CommentRow[]): Promise<void> {
  const texts = await textsOfComments(
    strapi,
    forwards.map(({ id }) => id),
  );
  for (const { id, documentId } of forwards) {
    const words = texts.get(id)?.visibleText || REMOVED;
    await updateDocument(strapi, UID.comment, documentId, { text: words, html: null, visibleText: words });
  }
}

/** It still says that somebody wrote here and when, and answers to it still find the ticket. */
async function emptyComment(strapi: Core.Strapi, { documentId }: CommentRow): Promise<void> {
  const data = {
    text: REMOVED,
    html: null,
    visibleText: REMOVED,
    authorName: REMOVED,
    authorAddress: null,
    recipients: null,
    contact: null,
  };
  await updateDocument(strapi, UID.comment, documentId, data);
}

/**
 * Others' words are theirs; the address of the contact is taken out where it stands in them, such as above a quotation. Resolves with the keys
 * of files that were written again.
 */
async function takeAddressOut(
  strapi: Core.Strapi,
  contact: ContactRow,
  comments: (CommentRow & { recipients: unknown })[],
): Promise<string[]> {
  const ids = comments.map(({ id }) => id);
  const texts = await textsOfComments(strapi, ids);
  for (const { id, documentId, recipients } of comments) {
    const changes: Record<string, unknown> = {};
    for (const [name, text] of Object.entries(texts.get(id) ?? {}))
      if (text && holdsAddress(text, contact)) changes[name] = withoutAddress(text, contact);
    if (names(recipients, contact)) changes.recipients = without(recipients, contact);
    if (Object.keys(changes).length > 0) await strapi.documents(UID.comment).update({ documentId, data: changes });
  }
  const gone: string[] = [];
  for (const email of addressesOf(contact)) gone.push(...(await takeOutOfWholes(strapi, email, ids)));
  return gone;
}

/** The same in the files of texts that were too long for their rows. Resolves with the keys of the files that gave way. */
async function takeOutOfWholes(strapi: Core.Strapi, email: string, comments: number[]): Promise<string[]> {
  const where = { comment: { id: { $in: comments } }, wholeOf: { $notNull: true } };
  const rows: { id: number; key: string }[] = await rowsOf(strapi, UID.attachment).findMany({ select: ['id', 'key'], where });
  const before: string[] = [];
  for (const { id, key } of rows) {
    const written = await rewriteFile(strapi, key, { search: patternOf(email), replacement: REMOVED, longest: email.length });
    if (written) await strapi.db.query(UID.attachment).update({ where: { id }, data: written });
    if (written) before.push(key);
  }
  return before;
}

const patternOf = (email: string): RegExp => new RegExp(escapeRegExp(email), 'gi');

const holdsAddress = (text: string, contact: ContactRow): boolean =>
  addressesOf(contact).some((email) => text.toLowerCase().includes(email.toLowerCase()));

const withoutAddress = (text: string, contact: ContactRow): string =>
  addressesOf(contact).reduce((rest, email) => rest.replace(patternOf(email), REMOVED), text);

async function takeOutOfTicket(
  strapi: Core.Strapi,
  whose: ContactRow,
  { id: ticket, documentId, participants, contact, ticketNumber }: TicketRow,
): Promise<void> {
  // Title and description are what the contact wrote first.
  const isOpener = contact?.id === whose.id;
  const opened = isOpener ? { contact: null, contactAddress: null, title: ticketNumber, description: null } : {};
  await updateDocument(strapi, UID.ticket, documentId, {
    ...opened,
    participants: participantsOf({ participants }).filter((address) => !isTheirs(whose, address)),
  });
  // Its log knows the titles that it had.
  if (isOpener) await strapi.db.query(UID.activity).deleteMany({ where: { ticket: { id: ticket }, kind: 'title' } });
}

/** The activity logs of tickets go on telling what happened, but not to whom. Also of tickets that were this contact's once. */
async function takeOutOfLogs(strapi: Core.Strapi, contact: ContactRow): Promise<void> {
  for (const some of inPieces(await holdingText(strapi, UID.activity, ['detail'], contact))) {
    const rows: { id: number; detail: unknown }[] = await rowsOf(strapi, UID.activity).findMany({
      select: ['id', 'detail'],
      where: { id: { $in: some } },
    });
    for (const { id, detail } of rows) {
      const told = JSON.parse(withoutAddress(JSON.stringify(detail), contact));
      await strapi.db.query(UID.activity).update({ where: { id }, data: { detail: told } });
    }
  }
}

/** The copies hold the whole conversation; one that still has to leave is composed again. */
async function takeOutOfEmails(strapi: Core.Strapi, contact: ContactRow, ticket: TicketRow): Promise<void> {
  const query = { select: ['id', 'to', 'cc', 'bcc', 'putOff'], where: { ticket: { id: ticket.id } } } as const;
  for await (const some of piecesOf(strapi, UID.delivery, query))
    for (const { id, to, cc, bcc, putOff } of some) {
      const people = {
        to: without(to, contact),
        cc: without(cc, contact),
        bcc: without(bcc, contact),
        putOff: putOff ? { ...(without(putOff, contact) as object), refused: [] } : null,
      };
      await strapi.db
        .query(UID.delivery)
        .update({ where: { id }, data: { ...WITHOUT_COPY, ...people, undo: null, ...inBoth('lastError', null), bounces: null } });
    }
}

/** Entries of the activity log that name the contact, or the title that the contact chose. */
async function takeOutOfActivities(strapi: Core.Strapi, contact: ContactRow, ticket: TicketRow): Promise<void> {
  const query = { select: ['id', 'kind', 'detail'], where: { ticket: { id: ticket.id } } } as const;
  for await (const entries of piecesOf(strapi, UID.activity, query)) {
    const telling = entries.filter(
      ({ kind, detail }) =>
        (kind === 'title' && ticket.contact?.id === contact.id) || holdsAddress(JSON.stringify(detail ?? null), contact),
    );
    if (telling.length > 0) await strapi.db.query(UID.activity).deleteMany({ where: { id: { $in: telling.map((entry) => entry.id) } } });
  }
}

async function attachmentsOf(strapi: Core.Strapi, comments: number[]): Promise<{ id: number; key: string; size: number }[]> {
  const files: { id: number; key: string; size: number }[] = [];
  for (const some of inPieces(comments))
    files.push(
      ...(await rowsOf(strapi, UID.attachment).findMany({ select: ['id', 'key', 'size'], where: { comment: { id: { $in: some } } } })),
    );
  return files;
}
