import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { changeStatus, createStatus, deleteStatus, listStatuses, orderStatuses } from '../services/inbox/statuses';
import { schemaSays } from '../services/lib/schema-words';
import { idShape, orNotFound, parse, requiredLine } from './request';
import { say } from '../../shared/sentences/words';
import { STATUSES, TAG_COLOURS } from '../../shared/vocabulary';
import { NAME_LENGTH } from '../../shared/lengths';

const changeShape = z.strictObject({
  name: requiredLine(schemaSays('status.name'), NAME_LENGTH).optional(),
  colour: z.enum(TAG_COLOURS, schemaSays('tag.chooseColour')).optional(),
  kind: z.enum(STATUSES, schemaSays('status.chooseKind')).optional(),
  active: z.boolean().optional(),
});

const { name, kind } = changeShape.shape;
const shape = z.strictObject({
  name: name.unwrap(),
  colour: z.enum(TAG_COLOURS, schemaSays('tag.chooseColour')).default('grey'),
  kind: kind.unwrap(),
  active: z.boolean().default(true),
});

const orderShape = z.strictObject({ order: z.array(idShape).max(500) });

/** Statuses of the site's own. */
const ticketStatus = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    ctx.body = { data: await listStatuses(strapi) };
  },

  async create(ctx: Context) {
    ctx.body = { data: await createStatus(strapi, parse(shape, ctx.request.body)) };
    ctx.status = 201;
  },

  async reorder(ctx: Context) {
    ctx.body = { data: await orderStatuses(strapi, parse(orderShape, ctx.request.body).order) };
  },

  async update(ctx: Context) {
    ctx.body = { data: await orNotFound(changeStatus(strapi, ctx.params.id, parse(changeShape, ctx.request.body)), say('status.gone')) };
  },

  async delete(ctx: Context) {
    await deleteStatus(strapi, ctx.params.id);
    ctx.body = { data: null };
  },
});

export default ticketStatus;
