import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { changeView, createView, deleteView, listViews, orderViews, type Keeper } from '../services/inbox/saved-views';
import { schemaSays } from '../services/lib/schema-words';
import { idShape, orNotFound, parse, requiredLine } from './request';
import { filterShape } from './ticket-shapes';
import { may, viewerOf } from './ticket-access';
import { say } from '../../shared/sentences/words';
import { NAME_LENGTH } from '../../shared/lengths';

/** Strict, so that a filter that is written wrong does not show all tickets. */
const filters = filterShape.omit({ page: true, pageSize: true }).strict();

const shape = z.strictObject({
  name: requiredLine(schemaSays('view.name'), NAME_LENGTH),
  isShared: z.boolean().default(false),
  filters,
});

const changeShape = z.strictObject({ name: shape.shape.name.optional(), isShared: z.boolean().optional(), filters: filters.optional() });

const orderShape = z.strictObject({ isShared: z.boolean(), order: z.array(idShape).max(200) });

const keeperOf = (ctx: Context): Keeper => ({ ...viewerOf(ctx), sharesViews: may(ctx, 'manage-shared-views') });

/** Lists of tickets under a name. */
const savedView = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    ctx.body = { data: await listViews(strapi, viewerOf(ctx)) };
  },

  async create(ctx: Context) {
    ctx.body = { data: await createView(strapi, keeperOf(ctx), parse(shape, ctx.request.body)) };
    ctx.status = 201;
  },

  async reorder(ctx: Context) {
    const { isShared, order } = parse(orderShape, ctx.request.body);
    await orderViews(strapi, keeperOf(ctx), isShared, order);
    ctx.body = { data: await listViews(strapi, viewerOf(ctx)) };
  },

  async update(ctx: Context) {
    const change = parse(changeShape, ctx.request.body);
    ctx.body = { data: await orNotFound(changeView(strapi, keeperOf(ctx), ctx.params.id, change), say('view.gone')) };
  },

  async delete(ctx: Context) {
    await orNotFound(deleteView(strapi, keeperOf(ctx), ctx.params.id), say('view.gone'));
    ctx.body = { data: null };
  },
});

export default savedView;
