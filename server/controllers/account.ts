import { errors, z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { whereAccountVisible, whereOfAccountSearch } from '../services/inbox/people-views';
import { UID } from '../services/uids';
import { findPage, parse, pick } from './request';
import { answerOf, viewerOf } from './ticket-access';

const filterShape = z.object({ search: z.string().max(200).default(''), page: z.unknown().optional(), pageSize: z.unknown().optional() });

const accountShape = z.object({
  name: z.string('Enter a name.').trim().min(1, 'Enter a name.').max(255),
  /** New contacts with an address of this domain belong to the account. */
  domain: z
    .string()
    .trim()
    .toLowerCase()
    .max(255)
    .regex(/^([\p{L}\d-]+\.)+[\p{L}\d-]+$/u, 'Enter a domain, such as example.com.')
    .or(z.literal(''))
    .nullable()
    .optional()
    .transform((domain) => (domain === '' ? null : domain)),
  email: z
    .email('Enter an email address, such as office@example.com.')
    .or(z.literal(''))
    .nullable()
    .optional()
    .transform((email) => (email ? email.toLowerCase() : email === undefined ? undefined : null)),
});

const account = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    const { search } = parse(filterShape, ctx.query);
    const where = { $and: [whereAccountVisible(strapi, viewerOf(ctx)), whereOfAccountSearch(search)] };
    const { data, meta } = await findPage(strapi, UID.account, ctx.query, {
      select: [...ATTRIBUTES],
      where,
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
    });
    ctx.body = { data: data.map(present), meta };
  },

  async findOne(ctx: Context) {
    ctx.body = { data: present(await findVisible(strapi, ctx)) };
  },

  async create(ctx: Context) {
    const data = { ...parse(accountShape, ctx.request.body), createdBy: ctx.state.user.id, updatedBy: ctx.state.user.id };
    const created = await strapi.documents(UID.account).create({ data: data as never });
    ctx.status = 201;
    // Of their own tickets' accounts it is none yet, but they know what they wrote.
    ctx.body = { data: await answerOf(viewerOf(ctx).reads, created, () => present(created)) };
  },

  async update(ctx: Context) {
    const { documentId } = await findVisible(strapi, ctx);
    const data = { ...parse(accountShape.partial(), ctx.request.body), updatedBy: ctx.state.user.id };
    const updated = await strapi.documents(UID.account).update({ documentId, data: data as never });
    ctx.body = { data: await answerOf(viewerOf(ctx).reads, { documentId }, () => present(updated)) };
  },
});

export default account;

const ATTRIBUTES = ['documentId', 'name', 'domain', 'email', 'createdAt'] as const;

const present = (row: any) => pick(row, ATTRIBUTES);

async function findVisible(strapi: Core.Strapi, ctx: Context): Promise<any> {
  const where = { $and: [{ documentId: ctx.params.id }, whereAccountVisible(strapi, viewerOf(ctx))] };
  const found = await strapi.db.query(UID.account).findOne({ where: where as never });
  if (!found) throw new errors.NotFoundError('There is no such account, or not any more.');
  return found;
}
