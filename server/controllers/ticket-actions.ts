import { errors, z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { deleteTicket } from '../services/helpdesk/delete-ticket';
import { mergeTickets, NotMergeable } from '../services/inbox/merge-tickets';
import { NotSplittable, splitComment } from '../services/inbox/split-comment';
import { markAllTickets, markTickets, takeMarkBack } from '../services/inbox/spam';
import { idOfMergeTarget, nameOfTicket } from '../services/inbox/tickets';
import type { Viewer } from '../services/inbox/viewer';
import { findPage } from '../services/storage/pages';
import { UID } from '../services/uids';
import { idShape, orNotFound, pageOf, parse, pick } from './request';
import { answerWork } from './ticket';
import { oneOfBoth, someShape } from './ticket-shapes';
import { answerOf, findTicketOr404, viewerOf } from './ticket-access';
import { schemaSays } from '../services/lib/schema-words';
import { refusal } from '../services/platform/refusal';
import { say } from '../../shared/sentences/words';
import { LINE_LENGTH } from '../../shared/lengths';

const mergeShape = z.object({ into: z.string(schemaSays('desk.into')).max(50) });
const splitShape = z.object({ comment: z.string(schemaSays('desk.whichMessage')).max(50), title: z.string().max(LINE_LENGTH).optional() });

const spamShape = oneOfBoth(
  someShape.extend({
    isSpam: z.boolean(),
    /** Where it is taken back: whose mail is let in again; left out, that of all senders. */
    unblocks: z.array(z.string().max(320)).max(100).optional(),
  }),
);

/** The mark of a whole list, by its work, is taken back. */
const takenBackShape = z.strictObject({ work: idShape, isSpam: z.literal(false) });

const ACTIVITY_ATTRIBUTES = ['documentId', 'kind', 'actorKind', 'actorName', 'detail', 'createdAt'] as const;

/** What is done with a ticket as a whole, and what was. */
const ticketActions = ({ strapi }: { strapi: Core.Strapi }) => ({
  async merge(ctx: Context) {
    const source = await findTicketOr404(strapi, ctx);
    const { into } = parse(mergeShape, ctx.request.body);
    const viewer = viewerOf(ctx);
    const target = await orNotFound(idOfMergeTarget(strapi, viewer, into), say('desk.noTarget'));
    ctx.body = { data: await named(strapi, viewer, await orRefused(() => mergeTickets(strapi, viewer.id, source.id, target))) };
  },

  async split(ctx: Context) {
    const source = await findTicketOr404(strapi, ctx);
    const { comment, title } = parse(splitShape, ctx.request.body);
    const viewer = viewerOf(ctx);
    ctx.body = {
      data: await named(strapi, viewer, await orRefused(() => splitComment(strapi, viewer, source.id, { documentId: comment, title }))),
    };
    ctx.status = 201;
  },

  /** Marks tickets as spam, or takes that back; all of a list in the background, as the other changes. */
  async spam(ctx: Context) {
    const body = ctx.request.body as { work?: unknown } | undefined;
    if (body?.work !== undefined) {
      const { work } = parse(takenBackShape, body);
      return answerWork(strapi, ctx, orNotFound(takeMarkBack(strapi, viewerOf(ctx), work), say('ticket.noMark')));
    }
    const { filter, ids, ...change } = parse(spamShape, body);
    if (filter) await answerWork(strapi, ctx, markAllTickets(strapi, viewerOf(ctx), filter, change));
    else ctx.body = { data: await markTickets(strapi, viewerOf(ctx), new Set(ids), change) };
  },

  async delete(ctx: Context) {
    await deleteTicket(strapi, await findTicketOr404(strapi, ctx));
    ctx.body = { data: null };
  },

  async activities(ctx: Context) {
    const { id } = await findTicketOr404(strapi, ctx);
    const { data, meta } = await findPage(strapi, UID.activity, pageOf(ctx.query), { where: { ticket: { id } }, orderBy: { id: 'desc' } });
    ctx.body = { data: data.map((row) => pick(row, ACTIVITY_ATTRIBUTES)), meta };
  },
});

export default ticketActions;

async function named(strapi: Core.Strapi, { reads }: Viewer, id: number) {
  const row = (await nameOfTicket(strapi, id))!;
  return answerOf(reads, row, () => row);
}

/** What the helpdesk refuses, as a 400 with its reason. */
async function orRefused<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof NotMergeable || error instanceof NotSplittable ? refusal(errors.ApplicationError, error.said) : error;
  }
}
