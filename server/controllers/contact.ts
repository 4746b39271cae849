import { errors, z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { whereAccountVisible, whereContactVisible, whereOfContactSearch } from '../services/inbox/people-views';
import { UID } from '../services/uids';
import { findPage, parse, pick, refuse } from './request';
import { viewerOf } from './ticket-access';

const filterShape = z.object({
  search: z.string().max(200).default(''),
  /** A documentId. */
  account: z.string().max(50).optional(),
  undeliverable: z.literal('true').optional(),
  page: z.unknown().optional(),
  pageSize: z.unknown().optional(),
});

const text = z.string().trim().max(255).nullable().optional();

const contactShape = z.object({
  email: z.email('Enter an email address, such as jane@example.com.').transform((email) => email.toLowerCase()),
  firstName: text,
  lastName: text,
  phone: text,
  /** The documentId of the account; null for none. */
  account: z.string().max(50).nullable().optional(),
  undeliverable: z.boolean().optional(),
});

const ATTRIBUTES = ['documentId', 'email', 'firstName', 'lastName', 'phone', 'undeliverable', 'createdAt'] as const;
const POPULATE = { account: { select: ['documentId', 'name'] } };

const contact = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    const { search, account, undeliverable } = parse(filterShape, ctx.query);
    const where = {
      $and: [
        whereContactVisible(strapi, viewerOf(ctx)),
        whereOfContactSearch(search),
        account ? { account: { documentId: account } } : {},
        undeliverable ? { undeliverable: true } : {},
      ],
    };
    const orderBy = [{ lastName: 'asc' }, { firstName: 'asc' }, { id: 'asc' }];
    const { data, meta } = await findPage(strapi, UID.contact, ctx.query, { where, orderBy, populate: POPULATE });
    ctx.body = { data: data.map(present), meta };
  },

  async findOne(ctx: Context) {
    ctx.body = { data: present(await findVisible(strapi, ctx)) };
  },

  async create(ctx: Context) {
    const data = await complete(strapi, ctx, parse(contactShape, ctx.request.body), null);
    const created = await strapi
      .documents(UID.contact)
      .create({ data: { ...data, createdBy: ctx.state.user.id, updatedBy: ctx.state.user.id } as never });
    ctx.status = 201;
    ctx.body = { data: present(await strapi.db.query(UID.contact).findOne({ where: { id: created.id as number }, populate: POPULATE })) };
  },

  async update(ctx: Context) {
    const row = await findVisible(strapi, ctx);
    const change = await complete(strapi, ctx, parse(contactShape.partial(), ctx.request.body), row.id);
    // What is known of the old address says nothing about the new one.
    const isMoved = change.email !== undefined && change.email !== row.email;
    const data = { ...(isMoved ? { undeliverable: false } : {}), ...change, updatedBy: ctx.state.user.id };
    await strapi.documents(UID.contact).update({ documentId: row.documentId, data: data as never });
    ctx.body = { data: present(await strapi.db.query(UID.contact).findOne({ where: { id: row.id }, populate: POPULATE })) };
  },
});

export default contact;

const present = (row: any) => ({ ...pick(row, ATTRIBUTES), account: row.account ? pick(row.account, ['documentId', 'name']) : null });

async function findVisible(strapi: Core.Strapi, ctx: Context): Promise<any> {
  const where = { $and: [{ documentId: ctx.params.id }, whereContactVisible(strapi, viewerOf(ctx))] };
  const found = await strapi.db.query(UID.contact).findOne({ where: where as never, populate: POPULATE });
  if (!found) throw new errors.NotFoundError('There is no such contact, or not any more.');
  return found;
}

/** The attributes as they are saved: the account as an id. Throws a 400 for an account that is not there or an address that is taken. */
async function complete(
  strapi: Core.Strapi,
  ctx: Context,
  { account, ...attributes }: Partial<z.infer<typeof contactShape>>,
  id: number | null,
) {
  if (attributes.email) {
    const taken = await strapi.db.query(UID.contact).findOne({ select: ['id'], where: { email: attributes.email } });
    if (taken && taken.id !== id) return refuse([{ path: ['email'], message: 'Another contact has this address.' }]);
  }
  if (account === undefined || account === null) return { ...attributes, ...(account === null ? { account: null } : {}) };
  const where = { $and: [{ documentId: account }, whereAccountVisible(strapi, viewerOf(ctx))] };
  const found = await strapi.db.query(UID.account).findOne({ select: ['id'], where: where as never });
  return found ? { ...attributes, account: found.id as number } : refuse([{ path: ['account'], message: 'There is no such account.' }]);
}
