import type { Core } from '@strapi/strapi';
import { composeWaiting } from '../outgoing/compose-waiting';
import { withoutConflicts } from '../storage/conflicts';
import { updateDocument } from '../storage/documents';
import { columnsBut } from '../storage/long-columns';
import { inTransaction } from '../storage/tables';
import { rowsOf } from '../storage/rows';
import { pointsAt } from '../platform/links';
import { UID } from '../uids';
import { noteActivities } from '../helpdesk/activity';
import { passFollowersOn } from '../helpdesk/followers';
import { afterMerges, holdTickets, redirectMerged } from '../helpdesk/merged';
import { descriptionOf } from '../helpdesk/long-texts';
import { MAX_PARTICIPANTS, participantsOf } from '../helpdesk/participants';
import { moveComments } from './move-comments';
import { STATUS } from '../../../shared/vocabulary';
import { say, type Words } from '../../../shared/sentences/words';
import { SpokenError } from '../lib/spoken-error';

/** Two tickets that cannot become one, with the reason as a sentence. */
export class NotMergeable extends SpokenError {
  constructor(said: Words) {
    super(said);
    this.name = 'NotMergeable';
  }
}

/**
 * Puts a ticket into another one, in one transaction: comments with their files and emails move and keep their order (that of their
 * arrival), the people of both take part, the merged one is closed and points to where it went. Whatever arrives for it later is led
 * there (helpdesk/desk.ts, helpdesk/record-hooks.ts). Returns the id of the ticket that remains. Throws NotMergeable; nothing is changed then.
 */
export function mergeTickets(strapi: Core.Strapi, user: number, sourceId: number, targetId: number): Promise<number> {
  return withoutConflicts(() =>
    inTransaction(strapi, async (trx) => {
      await holdTickets(strapi, [sourceId, targetId]);
      const source = await readTicket(strapi, sourceId);
      if (!source) throw new NotMergeable(say('desk.ticketGone'));
      if (source.mergedInto)
        throw new NotMergeable(say('desk.alreadyMerged', { ticket: source.ticketNumber, other: source.mergedInto.ticketNumber }));
      const target = await readTicket(strapi, await afterMerges(strapi, targetId));
      if (!target) throw new NotMergeable(say('desk.otherGone'));
      if (target.id === source.id) throw new NotMergeable(say('desk.sameTicket'));

      // Before anything moves: an email that waits goes to the people it was written for, with the conversation that it belongs to.
      await composeWaiting(strapi, trx, { ticket: source.id });
      await moveComments(strapi, trx, { from: source.id, to: target.id });
      await passFollowersOn(strapi, source.id, target.id);
      await redirectMerged(strapi, trx, source.id, target.id);
      await updateDocument(strapi, UID.ticket, source.documentId, { ticketStatus: STATUS.closed, mergedInto: target.id, updatedBy: user });
      await updateDocument(strapi, UID.ticket, target.documentId, { ...joined(source, target), updatedBy: user });
      await keepDescription(strapi, user, source, target);
      await noteActivities(strapi, [
        { ticket: source.id, kind: 'merged', detail: nameOf(target) },
        { ticket: target.id, kind: 'mergedFrom', detail: nameOf(source) },
      ]);
      return target.id;
    }),
  );
}

const readTicket = (strapi: Core.Strapi, id: number) =>
  rowsOf(strapi, UID.ticket).findOne({
    select: columnsBut(strapi, UID.ticket, ['description']),
    where: { id },
    populate: {
      contact: true,
      account: { select: ['id'] },
      helpdeskTags: { select: ['id'] },
      helpdeskStatus: { select: ['id', 'active'] },
      helpdeskTeam: { select: ['id'] },
      mergedInto: { select: ['ticketNumber'] },
    },
  });

type MergedTicket = NonNullable<Awaited<ReturnType<typeof readTicket>>>;

const nameOf = ({ ticketNumber, documentId }: { ticketNumber: string; documentId: string }) => ({ ticketNumber, documentId });

/** What the remaining ticket gains. */
function joined(source: MergedTicket, target: MergedTicket): Record<string, unknown> {
  const contact = target.contact ?? source.contact;
  const addresses = [...participantsOf(target), source.contact?.email, ...participantsOf(source)];
  const participants = [...new Set(addresses.filter((address) => address && address !== contact?.email))].slice(0, MAX_PARTICIPANTS);
  const activity = [source.lastActivityAt, target.lastActivityAt].filter(Boolean).sort().at(-1);
  // What waits for an answer goes on waiting.
  const reopens = target.ticketStatus === STATUS.closed && source.ticketStatus !== STATUS.closed;
  // The answer goes to the address that was written from last.
  const isLater = source.contact?.id === contact?.id && (!target.contact || activity === source.lastActivityAt);
  const tags = [...new Set([...target.helpdeskTags, ...source.helpdeskTags].map(({ id }) => id))];
  return {
    participants,
    ...(tags.length > target.helpdeskTags.length ? { helpdeskTags: tags } : {}),
    ...(target.helpdeskTeam || !source.helpdeskTeam ? {} : { helpdeskTeam: source.helpdeskTeam.id }),
    ...(activity ? { lastActivityAt: activity } : {}),
    ...(isLater ? { contactAddress: source.contactAddress } : {}),
    ...(reopens ? { ticketStatus: source.ticketStatus } : {}),
    ...(reopens && source.helpdeskStatus?.active ? { helpdeskStatus: source.helpdeskStatus.id } : {}),
    ...(target.contact || !source.contact ? {} : { contact: source.contact.id, account: target.account?.id ?? source.account?.id ?? null }),
  };
}

/** Of a ticket that was opened by hand, the request stands in no comment. */
async function keepDescription(strapi: Core.Strapi, user: number, source: MergedTicket, target: MergedTicket): Promise<void> {
  const { ticketNumber, title } = source;
  const description = await descriptionOf(strapi, source.id);
  if (!description?.trim()) return;
  const same = { $or: [{ visibleText: description }, { text: description }] };
  const ofTarget = pointsAt(strapi, UID.comment, 'ticket', target.id);
  if ((await strapi.db.query(UID.comment).count({ where: { $and: [ofTarget, same] } })) > 0) return;
  const data = {
    ticket: target.id,
    text: `${ticketNumber} ${title}\n\n${description}`,
    isPublic: false,
    source: 'admin',
    user,
    createdBy: user,
    updatedBy: user,
  };
  await strapi.documents(UID.comment).create({ data });
}
