import { errors, z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { readPrivateFile } from '../services/storage/files';
import { UID } from '../services/uids';
import { findOr404, findPage, parse } from './request';

/** Never more of an admin user than this: the record holds secrets. */
const USER = { select: ['id', 'firstname', 'lastname', 'email'] };
const POPULATE = {
  assignee: USER,
  contact: true,
  account: true,
  scanner: { select: ['documentId', 'name'] },
  related: { select: ['documentId', 'ticketNumber', 'title'] },
};

const filterShape = z.object({
  search: z.string().max(200).optional(),
  status: z.string().max(255).optional(),
  priority: z.string().max(255).optional(),
  assignee: z.string().max(50).optional(),
  contact: z.string().max(50).optional(),
  account: z.string().max(50).optional(),
  scanner: z.string().max(50).optional(),
  sort: z.enum(['lastActivityAt:desc', 'lastActivityAt:asc', 'createdAt:desc', 'createdAt:asc', 'ticketNumber:asc', 'ticketNumber:desc']).default('lastActivityAt:desc'),
  page: z.unknown().optional(),
  pageSize: z.unknown().optional(),
});

const commentShape = z
  .object({ text: z.string().max(500_000).optional(), html: z.string().max(1_000_000).optional(), isPublic: z.boolean('Say whether the comment is public.') })
  .refine(({ text, html }) => Boolean(text?.trim() || html?.trim()), { message: 'Write something first.', path: ['text'] });

const ticket = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    const filters = parse(filterShape, ctx.query);
    const [name, direction] = filters.sort.split(':');
    const { data, meta } = await findPage(strapi, UID.ticket, ctx.query, { where: whereOf(filters), orderBy: [{ [name]: direction }, { id: 'desc' }], populate: POPULATE });
    ctx.body = { data: data.map(present), meta };
  },

  async findOne(ctx: Context) {
    const row = await findOr404(strapi, UID.ticket, ctx, { populate: POPULATE });
    ctx.body = { data: { ...present(row), comments: await commentsOf(strapi, row.id) } };
  },

  async create(ctx: Context) {
    const data = { ...(ctx.request.body as object), createdBy: ctx.state.user.id, updatedBy: ctx.state.user.id };
    const created = await strapi.documents(UID.ticket).create({ data: data as never });
    ctx.status = 201;
    ctx.body = { data: present(await strapi.db.query(UID.ticket).findOne({ where: { id: created.id }, populate: POPULATE as never })) };
  },

  async update(ctx: Context) {
    const row = await findOr404(strapi, UID.ticket, ctx);
    const { threadToken: _token, subjectKey: _key, ticketNumber: _number, ...changes } = (ctx.request.body ?? {}) as Record<string, unknown>;
    await strapi.documents(UID.ticket).update({ documentId: row.documentId, data: { ...changes, updatedBy: ctx.state.user.id } as never });
    ctx.body = { data: present(await strapi.db.query(UID.ticket).findOne({ where: { id: row.id }, populate: POPULATE as never })) };
  },

  async comment(ctx: Context) {
    const row = await findOr404(strapi, UID.ticket, ctx);
    const input = parse(commentShape, ctx.request.body);
    const { id: user } = ctx.state.user;
    const data = { ...input, ticket: row.id, user, source: 'admin', createdBy: user, updatedBy: user };
    const created = await strapi.documents(UID.comment).create({ data: data as never });
    ctx.status = 201;
    ctx.body = { data: (await commentsOf(strapi, row.id, { id: created.id }))[0] };
  },

  async attachment(ctx: Context) {
    const row = await findOr404(strapi, UID.attachment, ctx);
    // Whatever the sender called it, the browser is to save it, not to show it.
    ctx.set('Content-Type', 'application/octet-stream');
    ctx.set('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(row.name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`);
    ctx.set('X-Content-Type-Options', 'nosniff');
    ctx.set('Content-Security-Policy', "sandbox; default-src 'none'");
    ctx.set('Cache-Control', 'private, no-store');
    try {
      ctx.body = await readPrivateFile(strapi, row.key);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      throw new errors.NotFoundError('The file is not in the private folder any more.');
    }
  },
});

export default ticket;

function whereOf({ search, status, priority, assignee, contact, account, scanner }: z.infer<typeof filterShape>) {
  return {
    ...(status ? { ticketStatus: { $in: status.split(',') } } : {}),
    ...(priority ? { priority: { $in: priority.split(',') } } : {}),
    ...(assignee === 'none' ? { assignee: { id: { $null: true } } } : assignee ? { assignee: { id: Number(assignee) } } : {}),
    ...(contact ? { contact: { documentId: contact } } : {}),
    ...(account ? { account: { documentId: account } } : {}),
    ...(scanner ? { scanner: { documentId: scanner } } : {}),
    ...(search
      ? { $or: [{ ticketNumber: { $containsi: search } }, { title: { $containsi: search } }, { description: { $containsi: search } }, { contact: { email: { $containsi: search } } }] }
      : {}),
  };
}

function present({ threadToken: _token, subjectKey: _key, ...row }: any) {
  return row;
}

async function commentsOf(strapi: Core.Strapi, ticketId: number, only: object = {}) {
  const comments = await strapi.db.query(UID.comment).findMany({ where: { ...only, ticket: { id: ticketId } }, orderBy: { id: 'asc' }, populate: { contact: true, user: USER as never } });
  const ids = comments.map(({ id }) => id);
  const ofComments = { where: { comment: { id: { $in: ids } } }, populate: { comment: { select: ['id'] } } } as never;
  const attachments = await strapi.db.query(UID.attachment).findMany(ofComments);
  const deliveries = await strapi.db.query(UID.delivery).findMany(ofComments);
  return comments.map((comment) => ({
    ...comment,
    attachments: attachments
      .filter((attachment) => attachment.comment?.id === comment.id)
      .map(({ documentId, name, mime, size, contentId, inline }) => ({ documentId, name, mime, size, contentId, inline })),
    delivery: deliveries
      .filter((delivery) => delivery.comment?.id === comment.id)
      .map(({ documentId, state, attempts, lastError, sentAt, bouncedAt, to }) => ({ documentId, state, attempts, lastError, sentAt, bouncedAt, to }))
      .at(-1) ?? null,
  }));
}
