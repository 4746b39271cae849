import { errors, z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { pastedAddress } from '../../shared/address';
import { AnsweredMeanwhile, answerTicket } from '../services/inbox/answering';
import { filledReplies, unfilledReplies } from '../services/inbox/canned-replies';
import { forwardMessages, MOST_FORWARDED, NotForwardable, problemsOfOutsiders } from '../services/inbox/forwarding';
import { newTicketOffers } from '../services/inbox/new-ticket';
import { noteAnswering, noteStopped, othersAnswering } from '../services/inbox/presence';
import { suggestedPeople } from '../services/inbox/suggested-people';
import { problemsOfRecipients, replyRecipients } from '../services/inbox/reply-recipients';
import { NotShowable } from '../services/inbox/showing';
import { TooLateToUndo, undoAnswer } from '../services/inbox/undo';
import { sanitizeHtml, saysSomething } from '../services/message/html/sanitize';
import type { Addressees } from '../services/outgoing/recipients';
import { saveSignature, signatureOf } from '../services/settings/signatures';
import { refusal, refuse } from '../services/platform/refusal';
import { idShape, later, lineShape, parse, peopleShape, uploadsShape } from './request';
import { STATUSES } from '../../shared/vocabulary';
import { refusingFiles } from './refusing-files';
import { answerOf, findTicketOr404, mustHave, NO_SUCH_TICKET, viewerOf } from './ticket-access';
import type { SpokenError } from '../services/lib/spoken-error';
import { schemaSays } from '../services/lib/schema-words';
import { say } from '../../shared/sentences/words';

const answerShape = z
  .object({
    text: z.string().max(500_000).optional(),
    html: z.string().max(1_000_000).optional(),
    isPublic: z.boolean('Say whether the comment is public.'),
    ticketStatus: z.enum(STATUSES).optional(),
    helpdeskStatus: idShape.optional(),
    take: z.boolean().optional(),
    /** documentId of the last comment that was read; null for none. Left out, nobody looks for newer ones. */
    lastSeen: idShape.nullable().optional(),
    /** In place of the usual recipients. */
    to: peopleShape.optional(),
    cc: peopleShape.optional(),
    /** Beside the usual recipients, where neither `to` nor `cc` is given. */
    bcc: peopleShape.optional(),
    attachments: uploadsShape.optional(),
    /** documentId of an answer of people outside that this shows to the customer. */
    shows: idShape.optional(),
    sendAt: later.optional(),
    undoable: z.boolean().optional(),
  })
  .refine(({ text, html, attachments }) => Boolean(text?.trim() || saysSomething(html ?? '') || attachments?.length), {
    message: schemaSays('ticket.write'),
    path: ['text'],
  });

const forwardShape = z
  .object({
    to: peopleShape,
    cc: peopleShape.default([]),
    comments: z
      .array(idShape)
      .max(MOST_FORWARDED, schemaSays('forward.tooMany', { count: MOST_FORWARDED }))
      .default([]),
    attachments: uploadsShape.default([]),
    text: z.string().max(500_000).optional(),
    html: z.string().max(1_000_000).optional(),
    subject: lineShape.optional(),
    answers: idShape.optional(),
    undoable: z.boolean().optional(),
  })
  .refine(
    ({ text, html, comments, attachments }) => Boolean(text?.trim() || saysSomething(html ?? '') || comments.length || attachments.length),
    {
      message: schemaSays('forward.nothing'),
      path: ['comments'],
    },
  );

const begunShape = z.object({
  contactEmail: z.string().overwrite(pastedAddress).toLowerCase().max(320).default(''),
  contactName: lineShape.default(''),
  title: lineShape.default(''),
});

/** The recipients that an author chose; undefined: those that the answer goes to anyway. */
async function addresseesOf(strapi: Core.Strapi, ticket: number, { to, cc, bcc }: Partial<Addressees>): Promise<Addressees | undefined> {
  if (!to && !cc && !bcc?.length) return undefined;
  const usual = to || cc ? { to: [], cc: [] } : await replyRecipients(strapi, ticket);
  return { to: to ?? usual.to, cc: cc ?? usual.cc, bcc: bcc ?? [] };
}

/** Answering a ticket: the comment, its email's few seconds of grace, and who else is at it. */
const answer = ({ strapi }: { strapi: Core.Strapi }) => ({
  async create(ctx: Context) {
    const row = await findTicketOr404(strapi, ctx);
    const { to, cc, bcc, ...words } = parse(answerShape, ctx.request.body);
    if (words.isPublic) mustHave(ctx, ['reply-to-tickets'], say('ticket.onlyInternal'));
    if (words.ticketStatus || words.helpdeskStatus) mustHave(ctx, ['edit-tickets'], say('ticket.onlyComment'));
    if (words.take) mustHave(ctx, ['edit-tickets', 'assign-tickets'], say('ticket.mayNotTake'));
    const recipients = words.isPublic ? await addresseesOf(strapi, row.id, { to, cc, bcc }) : undefined;
    const problems = recipients ? await problemsOfRecipients(strapi, recipients) : [];
    if (problems.length > 0) refuse(problems);
    const viewer = viewerOf(ctx);
    try {
      const comment = await refusingFiles(['attachments'], () => answerTicket(strapi, row, viewer, { ...words, recipients }));
      ctx.body = { data: await answerOf(viewer.reads, comment, () => comment) };
      ctx.status = 201;
    } catch (error) {
      if (error instanceof NotShowable) refuse([{ path: ['shows'], said: error.said }]);
      if (error instanceof AnsweredMeanwhile) return conflict(ctx, error, viewer.reads ? { comments: error.comments } : {});
      throw error;
    }
  },

  async forward(ctx: Context) {
    const { id } = await findTicketOr404(strapi, ctx);
    // What one may not read, one cannot choose.
    if (!viewerOf(ctx).reads) throw refusal(errors.NotFoundError, NO_SUCH_TICKET);
    const given = parse(forwardShape, ctx.request.body);
    const { to, cc } = given;
    const problems = [...(await problemsOfRecipients(strapi, { to, cc, bcc: [] })), ...(await problemsOfOutsiders(strapi, id, { to, cc }))];
    if (problems.length > 0) refuse(problems);
    try {
      ctx.body = { data: await refusingFiles(['attachments'], () => forwardMessages(strapi, { id }, viewerOf(ctx), given)) };
      ctx.status = 201;
    } catch (error) {
      if (error instanceof NotForwardable) refuse([{ path: [error.field], said: error.said }]);
      throw error;
    }
  },

  async undo(ctx: Context) {
    try {
      ctx.body = { data: await undoAnswer(strapi, ctx.state.user.id, ctx.params.id) };
    } catch (error) {
      if (!(error instanceof TooLateToUndo)) throw error;
      conflict(ctx, error);
    }
  },

  /** A beat of the panel while somebody writes, and the end of it. Tells who else does. */
  async presence(ctx: Context) {
    const { documentId } = await findTicketOr404(strapi, ctx);
    const viewer = viewerOf(ctx);
    const { answering } = parse(z.object({ answering: z.boolean() }), ctx.request.body);
    await (answering ? noteAnswering : noteStopped)(strapi, documentId, viewer.id);
    ctx.body = { data: { answering: viewer.reads ? await othersAnswering(strapi, documentId, viewer) : [] } };
  },

  /** Whose address it may be that somebody begins to write. */
  async suggestions(ctx: Context) {
    const { id } = await findTicketOr404(strapi, ctx);
    const viewer = viewerOf(ctx);
    const { search } = parse(z.object({ search: z.string().trim().min(1).max(200) }), ctx.query);
    ctx.body = { data: viewer.reads ? await suggestedPeople(strapi, viewer, id, search) : [] };
  },

  async signature(ctx: Context) {
    ctx.body = { data: { html: await signatureOf(strapi, ctx.state.user.id) } };
  },

  async saveSignature(ctx: Context) {
    const { html } = parse(z.object({ html: z.string().max(20_000) }), ctx.request.body);
    ctx.body = { data: await saveSignature(strapi, ctx.state.user.id, saysSomething(html) ? sanitizeHtml(html) : '') };
  },

  /** What can be chosen for a ticket that is about to be opened. */
  async newTicket(ctx: Context) {
    ctx.body = { data: await newTicketOffers(strapi, viewerOf(ctx), ctx.state.user, parse(begunShape, ctx.query)) };
  },

  async cannedReplies(ctx: Context) {
    const { id } = await findTicketOr404(strapi, ctx);
    ctx.body = {
      data: await (viewerOf(ctx).reads ? filledReplies(strapi, id, ctx.state.user) : unfilledReplies(strapi, ctx.state.user.id)),
    };
  },
});

export default answer;

/** Answered here and not thrown: it is no error that belongs in the log. */
function conflict(ctx: Context, { message, said }: SpokenError, details: object = {}): void {
  ctx.status = 409;
  ctx.body = { data: null, error: { status: 409, name: 'ConflictError', message, details: { ...details, said } } };
}
