import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { changeTag, createTag, deleteTag, listTags } from '../services/inbox/tags';
import { schemaSays } from '../services/lib/schema-words';
import { orNotFound, parse } from './request';
import { say } from '../../shared/sentences/words';
import { TAG_COLOURS } from '../../shared/vocabulary';

export const tagShape = z.strictObject({
  name: z.string(schemaSays('tag.name')).trim().min(1, schemaSays('tag.name')).max(60, schemaSays('tag.nameTooLong')),
  colour: z.enum(TAG_COLOURS, schemaSays('tag.chooseColour')).default('grey'),
});

const changeShape = tagShape.partial();

/** What a team sorts its tickets by. */
const tag = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    ctx.body = { data: await listTags(strapi) };
  },

  async create(ctx: Context) {
    ctx.body = { data: await createTag(strapi, parse(tagShape, ctx.request.body)) };
    ctx.status = 201;
  },

  async update(ctx: Context) {
    const { name, colour } = (ctx.request.body ?? {}) as Record<string, unknown>;
    // A colour that is left out stays.
    const change = parse(changeShape, ctx.request.body);
    const given = { ...(name === undefined ? {} : { name: change.name }), ...(colour === undefined ? {} : { colour: change.colour }) };
    ctx.body = { data: await orNotFound(changeTag(strapi, ctx.params.id, given), say('tag.gone')) };
  },

  async delete(ctx: Context) {
    await deleteTag(strapi, ctx.params.id);
    ctx.body = { data: null };
  },
});

export default tag;
