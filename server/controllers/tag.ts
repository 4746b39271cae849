import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { changeTag, createTag, deleteTag, listTags } from '../services/inbox/tags';
import { orNotFound, parse } from './request';
import { TAG_COLOURS } from '../../shared/vocabulary';

const shape = z.strictObject({
  name: z.string('Enter a name.').trim().min(1, 'Enter a name.').max(60, 'At most 60 characters.'),
  colour: z.enum(TAG_COLOURS, 'Choose one of the colours.').default('grey'),
});

const changeShape = shape.partial();

/** What a team sorts its tickets by. */
const tag = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    ctx.body = { data: await listTags(strapi) };
  },

  async create(ctx: Context) {
    ctx.body = { data: await createTag(strapi, parse(shape, ctx.request.body)) };
    ctx.status = 201;
  },

  async update(ctx: Context) {
    const { name, colour } = (ctx.request.body ?? {}) as Record<string, unknown>;
    // A colour that is left out stays.
    const change = parse(changeShape, ctx.request.body);
    const given = { ...(name === undefined ? {} : { name: change.name }), ...(colour === undefined ? {} : { colour: change.colour }) };
    ctx.body = { data: await orNotFound(changeTag(strapi, ctx.params.id, given), 'There is no such tag, or not any more.') };
  },

  async delete(ctx: Context) {
    await deleteTag(strapi, ctx.params.id);
    ctx.body = { data: null };
  },
});

export default tag;
