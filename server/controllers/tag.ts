import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { changeTag, createTag, deleteTag, listTags } from '../services/inbox/tags';
import { schemaSays } from '../services/lib/schema-words';
import { orNotFound, parse, requiredLine } from './request';
import { say } from '../../shared/sentences/words';
import { TAG_COLOURS } from '../../shared/vocabulary';
import { NAME_LENGTH } from '../../shared/lengths';

/** What is left out of a change stays; a default would be given in its place. */
export const tagShape = z.strictObject({
  name: requiredLine(schemaSays('form.name'), NAME_LENGTH),
  colour: z.enum(TAG_COLOURS, schemaSays('tag.chooseColour')),
});

const changeShape = tagShape.partial();
export const NEW_COLOUR = { colour: tagShape.shape.colour.default('grey') };
const newShape = tagShape.extend(NEW_COLOUR);

/** What a team sorts its tickets by. */
const tag = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    ctx.body = { data: await listTags(strapi) };
  },

  async create(ctx: Context) {
    ctx.body = { data: await createTag(strapi, parse(newShape, ctx.request.body)) };
    ctx.status = 201;
  },

  async update(ctx: Context) {
    ctx.body = { data: await orNotFound(changeTag(strapi, ctx.params.id, parse(changeShape, ctx.request.body)), say('tag.gone')) };
  },

  async delete(ctx: Context) {
    await deleteTag(strapi, ctx.params.id);
    ctx.body = { data: null };
  },
});

export default tag;
