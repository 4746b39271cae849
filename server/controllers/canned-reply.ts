import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import {
  cannedReplies,
  cannedReply as findReply,
  deleteCannedReply,
  saveCannedReply,
  tagsOfCannedReplies,
  uploadsOfReply,
} from '../services/inbox/canned-replies';
import { UPLOAD_LIMITS } from '../services/inbox/uploads';
import { schemaSays } from '../services/lib/schema-words';
import { say } from '../../shared/sentences/words';
import { refusingFiles } from './refusing-files';
import { idShape, orNotFound, parse, requiredLine } from './request';
import { may, mustHave } from './ticket-access';

const shape = z.object({
  name: requiredLine(schemaSays('form.name')),
  body: z.string(schemaSays('form.text')).trim().min(1, schemaSays('form.text')).max(200_000),
  folder: z.string().trim().max(100).nullish(),
  personal: z.boolean().optional(),
  files: z
    .array(idShape)
    .max(UPLOAD_LIMITS.files, schemaSays('answer.files', { count: UPLOAD_LIMITS.files }))
    .optional(),
});

const NONE = say('answer.noCannedReply');

const cannedReply = ({ strapi }: { strapi: Core.Strapi }) => {
  const userOf = (ctx: Context): number => ctx.state.user.id;
  const wanted = (ctx: Context) => orNotFound(findReply(strapi, userOf(ctx), ctx.params.id), NONE);
  /** What everybody has is changed by those who may; one's own by oneself. */
  const mustKeep = (ctx: Context, isPersonal: boolean) =>
    isPersonal || mustHave(ctx, ['manage-email-templates'], say('answer.onlyPersonal'));

  return {
    async find(ctx: Context) {
      ctx.body = { data: await cannedReplies(strapi, userOf(ctx)) };
    },

    async tags(ctx: Context) {
      ctx.body = { data: tagsOfCannedReplies(strapi) };
    },

    async findOne(ctx: Context) {
      ctx.body = { data: await wanted(ctx) };
    },

    /** Who may keep no others makes one of their own, unless they say otherwise. */
    async create(ctx: Context) {
      const { personal = !may(ctx, 'manage-email-templates'), ...input } = parse(shape, ctx.request.body);
      mustKeep(ctx, personal);
      ctx.body = { data: await refusingFiles(['files'], () => saveCannedReply(strapi, userOf(ctx), { ...input, personal })) };
      ctx.status = 201;
    },

    async update(ctx: Context) {
      const input = parse(shape, ctx.request.body);
      const { personal } = await wanted(ctx);
      mustKeep(ctx, personal && input.personal !== false);
      ctx.body = {
        data: await orNotFound(
          refusingFiles(['files'], () => saveCannedReply(strapi, userOf(ctx), input, ctx.params.id)),
          NONE,
        ),
      };
    },

    async delete(ctx: Context) {
      const reply = await findReply(strapi, userOf(ctx), ctx.params.id);
      if (reply) mustKeep(ctx, reply.personal);
      await deleteCannedReply(strapi, userOf(ctx), ctx.params.id);
      ctx.body = { data: null };
    },

    /** Its files, as uploads for an answer that is being written. */
    async attach(ctx: Context) {
      ctx.body = {
        data: await orNotFound(
          refusingFiles(['files'], () => uploadsOfReply(strapi, userOf(ctx), ctx.params.id)),
          NONE,
        ),
      };
      ctx.status = 201;
    },
  };
};

export default cannedReply;
