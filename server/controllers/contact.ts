import { errors, z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { visibleAccounts, whereAccountVisible, whereContactVisible, whereOfContactSearch } from '../services/inbox/people-views';
import type { Viewer } from '../services/inbox/viewer';
import { UID } from '../services/uids';
import { findPage, parse, pick, refuse } from './request';
import { answerOf, viewerOf } from './ticket-access';

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
const SELECT = [...ATTRIBUTES];
const POPULATE = { account: { select: ['documentId', 'name'] } };

const contact = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    const { search, account, undeliverable } = parse(filterShape, ctx.query);
    const viewer = viewerOf(ctx);
    const where = {
      $and: [
        whereContactVisible(strapi, viewer),
        whereOfContactSearch(strapi, viewer, search),
        account ? { account: { documentId: account } } : {},
        undeliverable ? { undeliverable: true } : {},
      ],
    };
    const orderBy = [{ lastName: 'asc' }, { firstName: 'asc' }, { id: 'asc' }];
    const { data, meta } = await findPage(strapi, UID.contact, ctx.query, { select: SELECT, where, orderBy, populate: POPULATE });
    ctx.body = { data: await presentFor(strapi, viewer, data), meta };
  },

  async findOne(ctx: Context) {
    ctx.body = { data: (await presentFor(strapi, viewerOf(ctx), [await findVisible(strapi, ctx)]))[0] };
  },

  async create(ctx: Context) {
    const { reads, seesAll } = viewerOf(ctx);
    const input = parse(contactShape, ctx.request.body);
    ctx.status = 201;
    // Whoever does not see the contact is answered the same whether there was one: no address can be tried that way.
    if (!reads || !seesAll) {
      if (!(await strapi.db.query(UID.contact).count({ where: { email: input.email } }))) await add(strapi, ctx, input);
      ctx.body = { data: null };
      return;
    }
    const id = await add(strapi, ctx, input);
    ctx.body = { data: present(await strapi.db.query(UID.contact).findOne({ select: SELECT, where: { id }, populate: POPULATE })) };
  },

  async update(ctx: Context) {
    const row = await findVisible(strapi, ctx);
    const viewer = viewerOf(ctx);
    const input = parse(contactShape.partial(), ctx.request.body);
    // The address leads all tickets of the contact elsewhere, others' too; and whether it is free would tell who else is a customer.
    if (input.email !== undefined && input.email !== row.email && !(viewer.reads && viewer.seesAll))
      throw new errors.ForbiddenError('Only who may see all tickets can change the address of a contact.');
    const change = await complete(strapi, ctx, input, row.id);
    // What is known of the old address says nothing about the new one.
    const isMoved = change.email !== undefined && change.email !== row.email;
    const data = { ...(isMoved ? { undeliverable: false } : {}), ...change, updatedBy: ctx.state.user.id };
    await strapi.documents(UID.contact).update({ documentId: row.documentId, data: data as never });
    ctx.body = { data: await answerOf(viewer.reads, row, () => changed(strapi, viewer, row.id)) };
  },
});

export default contact;

const present = (row: any) => ({ ...pick(row, ATTRIBUTES), account: row.account ? pick(row.account, ['documentId', 'name']) : null });

/** Contacts as this viewer may see them: without the account where they see none of its tickets. */
async function presentFor(strapi: Core.Strapi, viewer: Viewer, rows: any[]) {
  const accounts = await visibleAccounts(
    strapi,
    viewer,
    rows.flatMap(({ account }) => (account ? [account.id as number] : [])),
  );
  return rows.map((row) => present(accounts.has(row.account?.id) ? row : { ...row, account: null }));
}

async function changed(strapi: Core.Strapi, viewer: Viewer, id: number): Promise<any> {
  const row = await strapi.db.query(UID.contact).findOne({ select: SELECT, where: { id }, populate: POPULATE });
  return (await presentFor(strapi, viewer, [row]))[0];
}

async function add(strapi: Core.Strapi, ctx: Context, input: z.infer<typeof contactShape>): Promise<number> {
  const by = { createdBy: ctx.state.user.id, updatedBy: ctx.state.user.id };
  const data = { ...(await complete(strapi, ctx, input, null)), ...by };
  return (await strapi.documents(UID.contact).create({ data: data as never })).id as number;
}

async function findVisible(strapi: Core.Strapi, ctx: Context): Promise<any> {
  const where = { $and: [{ documentId: ctx.params.id }, whereContactVisible(strapi, viewerOf(ctx))] };
  const found = await strapi.db.query(UID.contact).findOne({ select: SELECT, where: where as never, populate: POPULATE });
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
