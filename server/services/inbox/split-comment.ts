import type { Core } from '@strapi/strapi';
import { isAddress } from '../../../shared/address';
import { composeWaiting } from '../outgoing/compose-waiting';
import { ownAddresses } from '../settings/own-addresses';
import { withoutConflicts } from '../storage/conflicts';
import { columnsBut } from '../storage/long-columns';
import { inTransaction } from '../storage/tables';
import { rowsOf, type Row } from '../storage/rows';
import { createDocument } from '../storage/documents';
import { UID } from '../uids';
import { noteActivities } from '../helpdesk/activity';
import { COMMENT_TEXTS, textsOfComments } from '../helpdesk/long-texts';
import { holdTickets } from '../helpdesk/merged';
import { MAX_PARTICIPANTS } from '../helpdesk/participants';
import { moveComments } from './move-comments';
import { contactFor } from './people-views';
import type { Viewer } from './viewer';
import { say, type Words } from '../../../shared/sentences/words';
import { SpokenError } from '../lib/spoken-error';
import { cut } from '../lib/cut';

/** A message that cannot become a ticket of its own, with the reason as a sentence. */
export class NotSplittable extends SpokenError {
  constructor(said: Words) {
    super(said);
    this.name = 'NotSplittable';
  }
}

/**
 * Makes a ticket of its own out of one message, in one transaction: its author is the contact, its recipients take part, answers to it
 * follow it (by its Message-ID). Returns the id of the new ticket. Throws NotSplittable, and a ForbiddenError when the author is somebody
 * that the viewer does not see; nothing is changed then.
 */
export function splitComment(
  strapi: Core.Strapi,
  viewer: Viewer,
  ticketId: number,
  comment: { documentId: string; title?: string },
): Promise<number> {
  const user = viewer.id;
  return withoutConflicts(() =>
    inTransaction(strapi, async (trx) => {
      await holdTickets(strapi, [ticketId]);
      const source = await rowsOf(strapi, UID.ticket).findOne({
        select: ['id', 'documentId', 'ticketNumber', 'title', 'priority'],
        where: { id: ticketId },
        populate: {
          contact: true,
          account: true,
          assignee: { select: ['id'] },
          helpdeskTeam: { select: ['id'] },
          scanner: { select: ['id'] },
        },
      });
      const moved = await rowsOf(strapi, UID.comment).findOne({
        select: columnsBut(strapi, UID.comment, COMMENT_TEXTS),
        where: { documentId: comment.documentId, ticket: { id: ticketId } },
        populate: { contact: { select: ['email'] } },
      });
      if (!source || !moved) throw new NotSplittable(say('desk.messageMoved'));
      if ((await strapi.db.query(UID.comment).count({ where: { ticket: { id: ticketId } } })) === 1)
        throw new NotSplittable(say('desk.onlyMessage'));

      const own = await ownAddresses(strapi);
      const contact = (await authorOf(strapi, viewer, moved, own)) ?? tiedTo(source);
      const data = {
        title: cut(comment.title?.trim() || source.title, 255),
        // A template may tell customers the description: nothing internal may stand there.
        description: moved.isPublic ? await whatWasWritten(strapi, moved.id) : null,
        priority: source.priority,
        contact: contact?.id ?? null,
        contactAddress: moved.authorAddress?.toLowerCase() ?? null,
        account: contact?.account ?? source.account?.id ?? null,
        // Who takes care of the one sees the other.
        assignee: source.assignee?.id ?? null,
        helpdeskTeam: source.helpdeskTeam?.id ?? null,
        scanner: source.scanner?.id ?? null,
        participants: recipientsOf(moved)
          .filter((address) => address !== contact?.email && !own.has(address))
          .slice(0, MAX_PARTICIPANTS),
        splitFrom: source.id,
        createdBy: user,
        updatedBy: user,
      };
      const created = await createDocument(strapi, UID.ticket, data);
      await composeWaiting(strapi, trx, { comment: moved.id });
      await moveComments(strapi, trx, { from: source.id, to: created.id, comment: moved.id });
      await noteActivities(strapi, [
        { ticket: source.id, kind: 'splitInto', detail: { ticketNumber: created.ticketNumber, documentId: created.documentId } },
        { ticket: created.id, kind: 'splitFrom', detail: { ticketNumber: source.ticketNumber, documentId: source.documentId } },
      ]);
      return created.id;
    }),
  );
}

async function whatWasWritten(strapi: Core.Strapi, comment: number): Promise<string | null> {
  const { visibleText, text } = (await textsOfComments(strapi, [comment])).get(comment)!;
  return visibleText ?? text;
}

type Moved = Pick<Row<'comment', { contact: { select: ['email'] } }>, 'contact' | 'source' | 'authorAddress' | 'authorName' | 'recipients'>;

/** The customer who wrote it; somebody who was in copy may have no contact yet. Null for what our own people wrote. */
async function authorOf(
  strapi: Core.Strapi,
  viewer: Viewer,
  { contact, source, authorAddress, authorName }: Moved,
  own: ReadonlySet<string>,
): Promise<{ id: number; email: string; account: number | null } | null> {
  if (contact) return contactFor(strapi, viewer, { address: contact.email, name: '' });
  if (source !== 'email' || !authorAddress || own.has(authorAddress)) return null;
  return contactFor(strapi, viewer, { address: authorAddress, name: authorName ?? '' });
}

const tiedTo = ({ contact }: { contact: { id: number; email: string } | null }) =>
  contact && { id: contact.id, email: contact.email, account: null };

const recipientsOf = ({ recipients }: Moved): string[] => [
  ...new Set([...(recipients?.to ?? []), ...(recipients?.cc ?? [])].map(({ address }) => address).filter(isAddress)),
];
