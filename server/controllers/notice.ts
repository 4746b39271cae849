import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { follow, mute, unfollow } from '../services/helpdesk/followers';
import { schemaSays } from '../services/lib/schema-words';
import { isTimeZone } from '../services/outgoing/speech';
import { findTicket } from '../services/inbox/tickets';
import { chooseNotices, choicesOfOne } from '../services/telling/choices';
import { followingOf, mentionable } from '../services/telling/following';
import { countUnread, listNotices, newsCount, noteRead } from '../services/telling/notices';
import { NOTICE_KINDS } from '../../shared/vocabulary';
import { idShape, orNotFound, pageOf, parse } from './request';
import { findTicketOr404, NO_SUCH_TICKET, viewerOf } from './ticket-access';

const listShape = z.object({ unread: z.literal('true').optional(), page: z.unknown().optional(), pageSize: z.unknown().optional() });

const readShape = z
  .strictObject({
    ids: z.array(z.number().int()).min(1).max(100).optional(),
    ticket: idShape.optional(),
    all: z.literal(true).optional(),
    isRead: z.boolean().optional(),
  })
  .refine(({ ids, ticket, all }) => [ids, ticket, all].filter((which) => which !== undefined).length === 1, {
    message: schemaSays('notice.which'),
  });

const channels = z.strictObject({ panel: z.boolean(), email: z.boolean() });

const digest = z.strictObject({
  days: z
    .array(z.number().int().min(1).max(7))
    .min(1, { message: schemaSays('notice.digestDays') })
    .max(7),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { message: schemaSays('notice.digestTime') }),
  timeZone: z
    .string()
    .max(64)
    .refine(isTimeZone, { message: schemaSays('notice.digestZone') })
    .nullable(),
});

const choicesShape = z.strictObject({
  channels: z.strictObject(
    Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, channels])) as Record<(typeof NOTICE_KINDS)[number], typeof channels>,
  ),
  withExcerpt: z.boolean(),
  digest: digest.nullable(),
});

/** What an administrator is told by the bell of the helpdesk. All of it is about the caller alone. */
const notice = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    const { unread } = parse(listShape, ctx.query);
    ctx.body = await listNotices(strapi, viewerOf(ctx), pageOf(ctx.query), unread === 'true');
  },

  async news(ctx: Context) {
    ctx.body = { data: await newsCount(strapi, viewerOf(ctx)) };
  },

  async read(ctx: Context) {
    const viewer = viewerOf(ctx);
    const { ticket, ...which } = parse(readShape, ctx.request.body);
    const row = ticket === undefined ? undefined : await orNotFound(findTicket(strapi, viewer, ticket), NO_SUCH_TICKET);
    await noteRead(strapi, viewer, which, row?.id);
    ctx.body = { data: { unread: await countUnread(strapi, viewer) } };
  },

  async choices(ctx: Context) {
    ctx.body = { data: await choicesOfOne(strapi, ctx.state.user.id) };
  },

  async choose(ctx: Context) {
    const choices = parse(choicesShape, ctx.request.body);
    await chooseNotices(strapi, ctx.state.user.id, choices);
    ctx.body = { data: await choicesOfOne(strapi, ctx.state.user.id) };
  },

  async follow(ctx: Context) {
    const { id } = await findTicketOr404(strapi, ctx);
    const viewer = viewerOf(ctx);
    const { follows } = parse(z.strictObject({ follows: z.boolean() }), ctx.request.body);
    const one = { user: viewer.id, ticket: id };
    await (follows ? follow(strapi, [one]) : unfollow(strapi, one));
    ctx.body = { data: await followingOf(strapi, viewer, id) };
  },

  async mute(ctx: Context) {
    const { id } = await findTicketOr404(strapi, ctx);
    const viewer = viewerOf(ctx);
    const { isMuted } = parse(z.strictObject({ isMuted: z.boolean() }), ctx.request.body);
    await mute(strapi, { user: viewer.id, ticket: id }, isMuted);
    ctx.body = { data: await followingOf(strapi, viewer, id) };
  },

  /** The people that a note on the ticket may name. */
  async mentionable(ctx: Context) {
    const { id } = await findTicketOr404(strapi, ctx);
    ctx.body = { data: await mentionable(strapi, viewerOf(ctx), id) };
  },
});

export default notice;
