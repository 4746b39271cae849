import type { Core } from '@strapi/strapi';
import { textsOfComments } from '../helpdesk/long-texts';
import { participantsOf } from '../helpdesk/participants';
import { WITHOUT_COPY } from '../operations/retention';
import { deleteAttachmentFiles } from '../helpdesk/attachment-files';
import { inPieces } from '../lib/pieces';
import { piecesOf } from '../storage/chunks';
import { updateDocument } from '../storage/documents';
import { rewriteFile } from '../storage/files';
import { inTransaction } from '../storage/tables';
import { rowsOf } from '../storage/rows';
import { UID } from '../uids';
import {
  addressesOf,
  attachmentsOf,
  commentsOfTicket,
  holdingText,
  isBy,
  isTheirs,
  names,
  without,
  type CommentRow,
  type ContactRow,
  type TicketRow,
} from './belongings';
import { inBoth } from '../../../shared/sentences/words';
import { escapeRegExp } from '../lib/reg-exp';

/**
 * A conversation in which other customers have written stays when one of them is erased: what this contact wrote, was called and attached is
 * taken out of it.
 */

/** What stands where something was taken out. */
const REMOVED = '[removed]';

/** Takes a contact out of a conversation that stays. */
export async function anonymise(strapi: Core.Strapi, contact: ContactRow, ticket: TicketRow): Promise<void> {
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

/** Of what was forwarded, which repeats what the contact wrote, the words of the person who forwarded it stay. */
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

/** The activity logs of tickets go on telling what happened, but not who was concerned. Also of tickets that were this contact's once. */
export async function takeOutOfLogs(strapi: Core.Strapi, contact: ContactRow): Promise<void> {
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
