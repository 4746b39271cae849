import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { descriptionOf } from '../services/helpdesk/long-texts';
import { ratingOf } from '../services/helpdesk/ratings';
import { noteSeen } from '../services/helpdesk/seen';
import { listAgents } from '../services/inbox/agents';
import { summariesOf } from '../services/inbox/conversation-summaries';
import { changeAllTickets, closingEmails } from '../services/inbox/bulk-change';
import { conversationPage, findAttachment, idOfComment } from '../services/inbox/conversation';
import { changeTicket, changeTickets, openTicket } from '../services/inbox/open-ticket';
import { othersAnswering } from '../services/inbox/presence';
import { replyRecipients } from '../services/inbox/reply-recipients';
import { openedSince } from '../services/inbox/ticket-counts';
import { helpdeskSummary } from '../services/inbox/ticket-views';
import { findWholeTicket, findWrittenTicket, pointingTo } from '../services/inbox/tickets';
import { listTickets } from '../services/inbox/ticket-list';
import { UPLOAD_LIMITS } from '../services/inbox/uploads';
import { whereVisible, type Viewer } from '../services/inbox/viewer';
import { withoutClosingEmails } from '../services/outgoing/announce';
import { refuse } from '../services/platform/refusal';
import { getSettings } from '../services/settings/settings';
import { followingOf } from '../services/telling/following';
import { countUnread } from '../services/telling/notices';
import { findWork } from '../services/storage/work';
import { presentWork } from './present-work';
import { sendPrivateFile } from './private-file';
import { limitCalls } from './limit';
import { refusingFiles } from './refusing-files';
import { idShape, orNotFound, pageOf, parse, pick } from './request';
import { bulkShape, changeShape, closingShape, filterShape, openedShape, openShape, summaryShape } from './ticket-shapes';
import { answerOf, findTicketOr404, mustHave, NO_SUCH_TICKET, viewerOf } from './ticket-access';
import type { Ticket } from '../../shared/api/tickets';
import { say } from '../../shared/sentences/words';

/** Somebody who looks at their own tickets alone. Nobody sees more that way. */
const narrowed = (viewer: Viewer, own: 'true' | undefined): Viewer => (own ? { ...viewer, seesAll: false, teams: null } : viewer);

const ADDRESSES_A_MINUTE = 30;

/** A contact that somebody may not see is refused, so that addresses could be tried one after the other. */
function limitAddresses(ctx: Context, { seesAll }: Viewer, address: string | undefined): void {
  if (address && !seesAll) limitCalls(ctx, 'contact by address', ADDRESSES_A_MINUTE);
}

/** Throws a 403 when the changes are more than assigning and the caller may do no more than that. */
function mustMayChange(ctx: Context, changes: object): void {
  const isAssigning = Object.keys(changes).every((name) => name === 'assignee' || name === 'helpdeskTeam');
  mustHave(ctx, isAssigning ? ['edit-tickets', 'assign-tickets'] : ['edit-tickets'], say('ticket.onlyAssign'));
}

const NO_SUCH_COMMENT = say('ticket.noComment');

const ticket = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    ctx.body = await listTickets(strapi, viewerOf(ctx), parse(filterShape, ctx.query), pageOf(ctx.query));
  },

  async summary(ctx: Context) {
    const { own } = parse(summaryShape, ctx.query);
    ctx.body = { data: await helpdeskSummary(strapi, narrowed(viewerOf(ctx), own)) };
  },

  /** How many were opened from each of these moments to the next. */
  async opened(ctx: Context) {
    const { starts, own } = parse(openedShape, ctx.query);
    const counts = await openedSince(strapi, starts, whereVisible(strapi, narrowed(viewerOf(ctx), own)));
    ctx.body = { data: starts.map((start, index) => ({ since: start.toISOString(), count: counts[index] })) };
  },

  async assignees(ctx: Context) {
    ctx.body = { data: await listAgents(strapi, viewerOf(ctx)) };
  },

  async findOne(ctx: Context) {
    const viewer = viewerOf(ctx);
    ctx.body = { data: await whole(strapi, viewer, await orNotFound(findWholeTicket(strapi, viewer, ctx.params.id), NO_SUCH_TICKET)) };
  },

  async create(ctx: Context) {
    const viewer = viewerOf(ctx);
    const { contactEmail, contactName, comment: first, addTags, ...rest } = parse(openShape, ctx.request.body);
    const { helpdeskStatus, helpdeskTeam: team, scanner, ...body } = rest;
    const { cc = [], bcc = [], attachments, undoable, ...comment } = first ?? {};
    if (first) mustHave(ctx, first.isPublic ? ['reply-to-tickets'] : ['reply-to-tickets', 'write-internal-notes'], say('desk.mayOpenOnly'));
    if (first?.isPublic && !contactEmail && !body.contact) refuse([{ path: ['contactEmail'], said: say('desk.toWhom') }]);
    limitAddresses(ctx, viewer, contactEmail);
    const opening = {
      attributes: body,
      contact: contactEmail ? { address: contactEmail, name: contactName } : null,
      comment: first ? (comment as typeof first) : null,
      copies: { cc, bcc },
      attachments,
      undoable,
      tags: addTags,
      helpdeskStatus,
      team,
      scanner,
    };
    const id = await refusingFiles(['comment', 'attachments'], () => openTicket(strapi, viewer, opening));
    ctx.status = 201;
    ctx.body = { data: await changed(strapi, viewer, id) };
  },

  async update(ctx: Context) {
    const viewer = viewerOf(ctx);
    mustMayChange(ctx, (ctx.request.body ?? {}) as object);
    const { contactEmail, addParticipants, removeParticipants, addTags, removeTags, helpdeskStatus, helpdeskTeam, snooze, ...attributes } =
      parse(changeShape, ctx.request.body);
    limitAddresses(ctx, viewer, contactEmail);
    const change = changeTicket(strapi, viewer, ctx.params.id, {
      attributes,
      contact: contactEmail ? { address: contactEmail, name: '' } : null,
      participants: { add: addParticipants, remove: removeParticipants },
      tags: { add: addTags, remove: removeTags },
      helpdeskStatus,
      team: helpdeskTeam,
      snooze,
    });
    ctx.body = { data: await changed(strapi, viewer, await orNotFound(change, NO_SUCH_TICKET)) };
  },

  /** That this administrator has had the comment before them, and all before it. */
  async seen(ctx: Context) {
    const { id } = await findTicketOr404(strapi, ctx);
    const { comment } = parse(z.object({ comment: idShape }), ctx.request.body);
    await noteSeen(strapi, viewerOf(ctx).id, id, await orNotFound(idOfComment(strapi, id, comment), NO_SUCH_COMMENT));
    ctx.body = { data: null };
  },

  /** The page of the conversation before a comment. */
  async comments(ctx: Context) {
    const { id } = await findTicketOr404(strapi, ctx);
    const { before } = parse(z.object({ before: idShape }), ctx.query);
    const comment = await orNotFound(idOfComment(strapi, id, before), NO_SUCH_COMMENT);
    const { comments, earlier } = await conversationPage(strapi, viewerOf(ctx), id, { before: comment });
    ctx.body = { data: comments, meta: { earlier } };
  },

  /**
   * The same change on several tickets: on all of them or, when one cannot be changed, on none. On all of a list it is work in the background,
   * which the answer tells of.
   */
  async bulkUpdate(ctx: Context) {
    const { filter, ids, data, tellCustomers } = parse(bulkShape, ctx.request.body);
    mustMayChange(ctx, data);
    const { addTags = [], removeTags = [], snooze, helpdeskStatus, helpdeskTeam: team, ...attributes } = data;
    const change = { attributes, tags: { add: addTags, remove: removeTags }, helpdeskStatus, team, snooze, isQuiet: !tellCustomers };
    if (filter) {
      await answerWork(strapi, ctx, changeAllTickets(strapi, viewerOf(ctx), filter, change));
      return;
    }
    const tickets = new Set(ids);
    const changeAll = () => changeTickets(strapi, viewerOf(ctx), tickets, change);
    await (tellCustomers ? changeAll() : withoutClosingEmails(changeAll));
    ctx.body = { data: { changed: tickets.size } };
  },

  /** How many emails a change of several tickets would send that closes them. */
  async closingEmails(ctx: Context) {
    const { filter, ids } = parse(closingShape, ctx.request.body);
    const which = filter ? { filter } : { documentIds: ids! };
    ctx.body = { data: { emails: await closingEmails(strapi, viewerOf(ctx), which) } };
  },

  async attachment(ctx: Context) {
    const { key, name } = await orNotFound(findAttachment(strapi, viewerOf(ctx), ctx.params.id), say('ticket.noFile'));
    // Whatever the sender called it, the browser is to save it, not to show it.
    await sendPrivateFile(strapi, ctx, key, { name, type: 'application/octet-stream' });
  },
});

export default ticket;

/** Tells of work that goes on in the background. */
export async function answerWork(strapi: Core.Strapi, ctx: Context, begun: Promise<string>): Promise<void> {
  ctx.body = { data: presentWork((await findWork(strapi, await begun))!) };
  ctx.status = 202;
}

/** How the site wants answers to begin and to end. */
async function answerDefaults(strapi: Core.Strapi): Promise<Ticket['answerDefaults']> {
  return pick(await getSettings(strapi), ['afterAnswer', 'replyTo', 'takeOnAnswer', 'afterwards']);
}

/** A ticket that was written, for an author who may read it; it may be out of their sight by now. */
async function changed(strapi: Core.Strapi, viewer: Viewer, id: number) {
  const { ticket, isVisible } = await findWrittenTicket(strapi, viewer, id);
  return answerOf(isVisible, ticket, async () => ({ ...ticket, description: await descriptionOf(strapi, id) }));
}

/** A ticket with all that its page shows. */
async function whole(strapi: Core.Strapi, viewer: Viewer, row: NonNullable<Awaited<ReturnType<typeof findWholeTicket>>>) {
  const { comments, earlier } = await conversationPage(strapi, viewer, row.id);
  return {
    ...row,
    description: await descriptionOf(strapi, row.id),
    rating: await ratingOf(strapi, row.id),
    mergedFrom: await pointingTo(strapi, viewer, 'mergedInto', row.id),
    splitInto: await pointingTo(strapi, viewer, 'splitFrom', row.id),
    comments,
    earlierComments: earlier,
    isUnseen: (await summariesOf(strapi, viewer.id, [row])).get(row.id)?.isUnseen ?? false,
    replyTo: await replyRecipients(strapi, row.id),
    ...(await followingOf(strapi, viewer, row.id)),
    unreadNotices: await countUnread(strapi, viewer, row.id),
    answering: await othersAnswering(strapi, row.documentId, viewer),
    answerDefaults: await answerDefaults(strapi),
    uploadLimits: UPLOAD_LIMITS,
  };
}
