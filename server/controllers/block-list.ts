import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { pastedAddress } from '../../shared/address';
import { say } from '../../shared/sentences/words';
import { block, blockersOf, listBlocks, unblockEntry } from '../services/helpdesk/block-list';
import { schemaSays } from '../services/lib/schema-words';
import { retryNewest } from '../services/scanner/retry';
import { changeSettings, getSettings } from '../services/settings/settings';
import { workOnMailbox } from './mailbox-work';
import { orNotFound, pageOf, parse, searchShape } from './request';

const newShape = z.strictObject({
  targets: z
    .array(z.string().max(1000))
    .transform((lines) => lines.map(pastedAddress).filter((line) => line !== ''))
    .refine((lines) => lines.length > 0, schemaSays('block.empty'))
    .refine((lines) => lines.length <= 500, schemaSays('block.most')),
  note: z.string().trim().max(500, schemaSays('block.noteTooLong')).default(''),
});

const idOf = (ctx: Context): number => (/^\d{1,9}$/.test(ctx.params.id) ? Number(ctx.params.id) : 0);

/** Whose mail is not let in. */
const blockList = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    const { search } = parse(z.object({ search: searchShape.default('') }), ctx.query);
    const { data, meta } = await listBlocks(strapi, search, pageOf(ctx.query));
    ctx.body = { data, meta: { ...meta, toJunk: (await getSettings(strapi)).blockedToJunk } };
  },

  async create(ctx: Context) {
    const { targets, note } = parse(newShape, ctx.request.body);
    ctx.body = { data: { added: await block(strapi, ctx.state.user.id, targets, note) } };
    ctx.status = 201;
  },

  /** Which of these addresses are on the list, or at a domain on it. */
  async blocked(ctx: Context) {
    const { addresses } = parse(z.strictObject({ addresses: z.array(z.string().max(320)).max(200) }), ctx.request.body);
    const blockers = await blockersOf(strapi, addresses);
    ctx.body = { data: addresses.filter((address) => blockers(address) !== null) };
  },

  /** What becomes of the mail itself. */
  async update(ctx: Context) {
    const { toJunk } = parse(z.strictObject({ toJunk: z.boolean() }), ctx.request.body);
    await changeSettings(strapi, (before) => ({ ...before, blockedToJunk: toJunk }));
    ctx.body = { data: { toJunk } };
  },

  async delete(ctx: Context) {
    await orNotFound(unblockEntry(strapi, idOf(ctx)), say('block.gone'));
    ctx.body = { data: null };
  },

  /** Decides about the newest emails that this entry has caught once more; it may be gone from the list. */
  async decideAgain(ctx: Context) {
    ctx.body = { data: await workOnMailbox(ctx, () => retryNewest(strapi, { blockedBy: idOf(ctx) }, 'blocked')) };
  },
});

export default blockList;
