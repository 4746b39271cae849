import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { cannedReplies, deleteCannedReply, saveCannedReply, tagsOfCannedReplies } from '../services/inbox/canned-replies';
import { findDocument } from '../services/storage/documents';
import { UID } from '../services/uids';
import { orNotFound, parse, pick } from './request';
import { schemaSays } from '../services/lib/schema-words';
import { say } from '../../shared/sentences/words';

const shape = z.object({
  name: z.string('Enter a name.').trim().min(1, 'Enter a name.').max(255),
  body: z.string(schemaSays('form.text')).trim().min(1, schemaSays('form.text')).max(200_000),
});

const cannedReply = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    ctx.body = { data: await cannedReplies(strapi) };
  },

  async tags(ctx: Context) {
    ctx.body = { data: tagsOfCannedReplies(strapi) };
  },

  async findOne(ctx: Context) {
    ctx.body = { data: pick(await orNotFound<any>(findDocument(strapi, UID.cannedReply, ctx.params.id)), ['documentId', 'name', 'body']) };
  },

  async create(ctx: Context) {
    ctx.body = { data: await saveCannedReply(strapi, parse(shape, ctx.request.body)) };
    ctx.status = 201;
  },

  async update(ctx: Context) {
    const saved = saveCannedReply(strapi, parse(shape, ctx.request.body), ctx.params.id);
    ctx.body = { data: await orNotFound(saved, say('answer.noCannedReply')) };
  },

  async delete(ctx: Context) {
    await deleteCannedReply(strapi, ctx.params.id);
    ctx.body = { data: null };
  },
});

export default cannedReply;
