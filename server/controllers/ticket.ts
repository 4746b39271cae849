import { errors, z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { descriptionOf } from '../services/helpdesk/long-texts';
import { agentFor, USER_ATTRIBUTES, type Agent } from '../services/inbox/agents';
import { conversationPage } from '../services/inbox/conversation';
import { othersAnswering } from '../services/inbox/presence';
import { changeTicket, openTicket } from '../services/inbox/open-ticket';
import { replyRecipients } from '../services/inbox/reply-recipients';
import { openedSince } from '../services/inbox/ticket-counts';
import { whereOfSearch } from '../services/inbox/ticket-search';
import { helpdeskSummary, TICKET_VIEWS, whereOfView } from '../services/inbox/ticket-views';
import { UPLOAD_LIMITS } from '../services/inbox/uploads';
import { isVisible, whereVisible, type Viewer } from '../services/inbox/viewer';
import { ownAddresses } from '../services/settings/own-addresses';
import { columnsBut } from '../services/storage/long-columns';
import { pointsAt, pointsAtDocument } from '../services/storage/links';
import { inTransaction } from '../services/storage/tables';
import { UID } from '../services/uids';
import { sendPrivateFile } from './private-file';
import { limitCalls } from './limit';
import { findOr404, findPage, parse, pick, refuse } from './request';
import { answerOf, findTicketOr404, mustHave, viewerOf } from './ticket-access';

/** Tickets that a ticket points to, with whose they are. */
const LINKS = ['related', 'mergedInto', 'splitFrom'] as const;
const LINKED = { select: ['documentId', 'ticketNumber', 'title'], populate: { assignee: { select: ['id'] } } };

const POPULATE = {
  assignee: USER_ATTRIBUTES,
  contact: true,
  account: true,
  scanner: { select: ['documentId', 'name'] },
  ...Object.fromEntries(LINKS.map((name) => [name, LINKED])),
};

const LISTED_RELATIONS = {
  ...POPULATE,
  contact: { select: ['documentId', 'email', 'firstName', 'lastName', 'phone', 'undeliverable'] },
  account: { select: ['documentId', 'name'] },
};

const filterShape = z.object({
  view: z.enum(TICKET_VIEWS).optional(),
  search: z.string().max(200).optional(),
  status: z.string().max(255).optional(),
  priority: z.string().max(255).optional(),
  assignee: z
    .string()
    .regex(/^(none|\d{1,9})$/, 'Give the id of an administrator, or "none".')
    .optional(),
  contact: z.string().max(50).optional(),
  account: z.string().max(50).optional(),
  scanner: z.string().max(50).optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
  sort: z
    .enum(['lastActivityAt:desc', 'lastActivityAt:asc', 'createdAt:desc', 'createdAt:asc', 'ticketNumber:asc', 'ticketNumber:desc'])
    .default('lastActivityAt:desc'),
  page: z.unknown().optional(),
  pageSize: z.unknown().optional(),
});

export const MOMENTS = 'Give up to 60 moments, oldest first, with commas between them.';

/** `own`: of one's own tickets alone, for whoever may see them all, too. */
const summaryShape = z.object({ own: z.literal('true').optional() });

const openedShape = summaryShape.extend({
  starts: z
    .string(MOMENTS)
    .max(3_000)
    .transform((list) => list.split(',').map((moment) => new Date(moment)))
    .refine(
      (starts) =>
        starts.length <= 60 && starts.every((start, index) => !Number.isNaN(start.getTime()) && (index === 0 || start > starts[index - 1])),
      { message: MOMENTS },
    ),
});

export const STATUSES = ['Open', 'In Progress', 'Wait For Response', 'Closed'] as const;

const bulkShape = z.object({
  ids: z.array(z.string().max(50)).min(1, 'Choose at least one ticket.').max(100, 'At most 100 tickets at a time.'),
  data: z
    .strictObject({
      ticketStatus: z.enum(STATUSES).optional(),
      priority: z.enum(['Low', 'Normal', 'High', 'Urgent']).optional(),
      assignee: z.number().int().nullable().optional(),
    })
    .refine((data) => Object.keys(data).length > 0, { message: 'Say what is to change.' }),
});

const address = z.email('Enter an email address, such as jane@example.com.').transform((email) => email.toLowerCase());

/** Beside the attributes of a ticket, a site's own included, which Strapi itself looks at. */
const openShape = z.looseObject({
  /** The contact by its address, made when nobody has it. */
  contactEmail: address.optional(),
  contactName: z.string().max(255).default(''),
  /** The first message; a public one goes to the contact. */
  comment: z
    .object({
      text: z.string().max(500_000).optional(),
      html: z.string().max(1_000_000).optional(),
      isPublic: z.boolean('Say whether the message is public.'),
    })
    .refine(({ text, html }) => Boolean(text?.trim() || html?.trim()), { message: 'Write something first.', path: ['text'] })
    .optional(),
});

const changeShape = z.looseObject({
  contactEmail: address.optional(),
  addParticipants: z.array(address).max(50).default([]),
  removeParticipants: z.array(z.string().max(255)).max(50).default([]),
});

/** What the plugin gives a ticket; nobody writes it from outside. */
const NOT_WRITABLE = [
  'id',
  'documentId',
  'ticketNumber',
  'threadToken',
  'subjectKey',
  'mergedInto',
  'splitFrom',
  'createdBy',
  'createdAt',
  'updatedBy',
  'updatedAt',
];

/** Records of others that a ticket can be tied to, a site's own among them: who sees their own tickets alone could read them that way. */
const tiesOf = (strapi: Core.Strapi): string[] =>
  Object.entries(strapi.contentType(UID.ticket).attributes)
    .filter(([name, { type }]) => name !== 'assignee' && ['relation', 'media', 'component', 'dynamiczone'].includes(type))
    .map(([name]) => name);

/** Types of which no value is long. */
const SHORT_TYPES = [
  'string',
  'email',
  'uid',
  'enumeration',
  'integer',
  'biginteger',
  'float',
  'decimal',
  'boolean',
  'date',
  'datetime',
  'time',
];

/** What the list shows of each, a site's own attributes included: nothing that may be long. */
const listed = (strapi: Core.Strapi): string[] => [
  'documentId',
  ...Object.entries(strapi.contentType(UID.ticket).attributes as Record<string, { type: string; private?: boolean }>)
    .filter(([name, attribute]) => name !== 'documentId' && !attribute.private && SHORT_TYPES.includes(attribute.type))
    .map(([name]) => name),
];

/** Somebody who looks at their own tickets alone. Nobody sees more that way. */
const narrowed = (viewer: Viewer, own: 'true' | undefined): Viewer => (own ? { ...viewer, seesAll: false } : viewer);

function writable(strapi: Core.Strapi, viewer: Viewer, body: unknown): Record<string, unknown> {
  const changes = Object.fromEntries(Object.entries((body ?? {}) as object).filter(([name]) => !NOT_WRITABLE.includes(name)));
  const tie = viewer.seesAll ? undefined : tiesOf(strapi).find((name) => name in changes);
  if (tie) throw new errors.ForbiddenError(`Only who may see all tickets can set "${tie}".`);
  return changes;
}

/** Whom somebody may not see is refused, so that addresses could be tried one after the other. */
const ADDRESSES_A_MINUTE = 30;

/** Throws a 403 when the changes are more than assigning and the caller may do no more than that. */
function mustMayChange(ctx: Context, changes: object): void {
  const isAssigning = Object.keys(changes).every((name) => name === 'assignee');
  mustHave(
    ctx,
    isAssigning ? ['edit-tickets', 'assign-tickets'] : ['edit-tickets'],
    'You may assign tickets but not change them otherwise.',
  );
}

const ticket = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    const filters = parse(filterShape, ctx.query);
    const [name, direction] = filters.sort.split(':');
    const viewer = viewerOf(ctx);
    const where = {
      $and: [
        whereVisible(strapi, viewer),
        ...whereOf(strapi, filters),
        filters.view ? whereOfView(strapi, filters.view, viewer.id) : {},
        await whereOfSearch(strapi, filters.search ?? ''),
      ],
    };
    const { data, meta } = await findPage(strapi, UID.ticket, ctx.query, {
      where,
      select: listed(strapi),
      orderBy: [{ [name]: direction }, { id: 'desc' }],
      populate: LISTED_RELATIONS,
    });
    ctx.body = { data: data.map((row) => presentFor(viewer, row)), meta };
  },

  async summary(ctx: Context) {
    const { own } = parse(summaryShape, ctx.query);
    ctx.body = { data: await helpdeskSummary(strapi, narrowed(viewerOf(ctx), own)) };
  },

  /** How many were opened from each of these moments to the next. */
  async opened(ctx: Context) {
    const { starts, own } = parse(openedShape, ctx.query);
    const counts = await openedSince(strapi, starts, whereVisible(strapi, narrowed(viewerOf(ctx), own)));
    ctx.body = { data: starts.map((start, index) => ({ since: start.toISOString(), count: counts[index] })) };
  },

  /** Whom a ticket may be given to. Strapi's own list of users needs a permission that people in the inbox rarely have. */
  async assignees(ctx: Context) {
    const users: Agent[] = await strapi.db.query('admin::user').findMany({
      ...USER_ATTRIBUTES,
      where: { isActive: true, blocked: { $ne: true } },
      orderBy: [{ firstname: 'asc' }, { id: 'asc' }],
      limit: 500,
    });
    const viewer = viewerOf(ctx);
    ctx.body = { data: users.map((user) => agentFor(viewer, user)) };
  },

  async findOne(ctx: Context) {
    const row = await findTicketOr404(strapi, ctx, { populate: POPULATE });
    const viewer = viewerOf(ctx);
    const { comments, earlier } = await conversationPage(strapi, viewer, row.id);
    ctx.body = {
      data: {
        ...presentFor(viewer, row),
        description: await descriptionOf(strapi, row.id),
        mergedFrom: await pointingTo(strapi, viewer, 'mergedInto', row.id),
        splitInto: await pointingTo(strapi, viewer, 'splitFrom', row.id),
        comments,
        earlierComments: earlier,
        replyTo: await replyRecipients(strapi, row.id),
        answering: await othersAnswering(strapi, row.documentId, viewer),
        uploadLimits: UPLOAD_LIMITS,
      },
    };
  },

  async create(ctx: Context) {
    const viewer = viewerOf(ctx);
    const { contactEmail, contactName, comment, ...body } = parse(openShape, ctx.request.body);
    if (comment)
      mustHave(
        ctx,
        comment.isPublic ? ['reply-to-tickets'] : ['reply-to-tickets', 'write-internal-notes'],
        'You may open tickets but not write this message.',
      );
    if (comment?.isPublic && !contactEmail && !body.contact) refuse([{ path: ['contactEmail'], message: 'Say whom the message goes to.' }]);
    // Who sees their own tickets alone would lose sight of the one that they open.
    const standard = viewer.seesAll ? {} : { assignee: viewer.id };
    if (contactEmail && !viewer.seesAll) limitCalls(ctx, 'contact by address', ADDRESSES_A_MINUTE);
    const id = await openTicket(strapi, viewer, {
      attributes: { ...standard, ...writable(strapi, viewer, body) },
      contact: await contactOf(strapi, contactEmail, contactName),
      comment: comment ?? null,
    });
    ctx.status = 201;
    ctx.body = { data: await changed(strapi, viewer, id) };
  },

  async update(ctx: Context) {
    const row = await findTicketOr404(strapi, ctx);
    const viewer = viewerOf(ctx);
    mustMayChange(ctx, (ctx.request.body ?? {}) as object);
    const { contactEmail, addParticipants, removeParticipants, ...body } = parse(changeShape, ctx.request.body);
    if (contactEmail && !viewer.seesAll) limitCalls(ctx, 'contact by address', ADDRESSES_A_MINUTE);
    await changeTicket(strapi, viewer, row, {
      attributes: writable(strapi, viewer, body),
      contact: await contactOf(strapi, contactEmail),
      participants: { add: addParticipants, remove: removeParticipants },
    });
    ctx.body = { data: await changed(strapi, viewer, row.id) };
  },

  /** The page of the conversation before a comment. */
  async comments(ctx: Context) {
    const { id } = await findTicketOr404(strapi, ctx);
    const { before } = parse(z.object({ before: z.string().max(50) }), ctx.query);
    const comment = await strapi.db
      .query(UID.comment)
      .findOne({ select: ['id'], where: { $and: [{ documentId: before }, pointsAt(strapi, UID.comment, 'ticket', id)] } as never });
    if (!comment) throw new errors.NotFoundError('There is no such comment, or not any more.');
    const { comments, earlier } = await conversationPage(strapi, viewerOf(ctx), id, { before: comment.id });
    ctx.body = { data: comments, meta: { earlier } };
  },

  /** The same change on several tickets: on all of them or, when one cannot be changed, on none. */
  async bulkUpdate(ctx: Context) {
    const { ids, data } = parse(bulkShape, ctx.request.body);
    mustMayChange(ctx, data);
    const viewer = viewerOf(ctx);
    const changes = { ...data, updatedBy: viewer.id } as never;
    await inTransaction(strapi, async () => {
      for (const documentId of new Set(ids)) {
        const isThere = (await strapi.db.query(UID.ticket).count({ where: { documentId, ...whereVisible(strapi, viewer) } })) > 0;
        const updated = isThere && (await strapi.documents(UID.ticket).update({ documentId, data: changes }));
        if (!updated) throw new errors.NotFoundError('One of these tickets is not there any more. Nothing was changed.');
      }
    });
    ctx.body = { data: { changed: new Set(ids).size } };
  },

  async attachment(ctx: Context) {
    const row = await findOr404(strapi, UID.attachment, ctx, {
      populate: { comment: { select: ['id'], populate: { ticket: { select: ['id'], populate: { assignee: { select: ['id'] } } } } } },
    });
    // What somebody has not sent yet is theirs alone.
    const mayHave = row.comment ? isVisible(viewerOf(ctx), row.comment.ticket ?? {}) : row.uploadedBy === ctx.state.user.id;
    if (!mayHave) throw new errors.NotFoundError('There is no such file, or not any more.');
    // Whatever the sender called it, the browser is to save it, not to show it.
    await sendPrivateFile(strapi, ctx, row.key, { name: row.name, type: 'application/octet-stream' });
  },
});

export default ticket;

/** A ticket that was written, for who may read it; it may be out of their sight by now. */
async function changed(strapi: Core.Strapi, viewer: Viewer, id: number) {
  const select = columnsBut(strapi, UID.ticket, ['description']) as never;
  const row = await strapi.db.query(UID.ticket).findOne({ select, where: { id }, populate: POPULATE as never });
  const mayRead = viewer.reads && isVisible(viewer, row);
  return answerOf(mayRead, row, async () => ({ ...presentFor(viewer, row), description: await descriptionOf(strapi, id) }));
}

function whereOf(
  strapi: Core.Strapi,
  { status, priority, assignee, contact, account, scanner, since, until }: z.infer<typeof filterShape>,
): object[] {
  const active = { ...(since ? { $gte: new Date(since) } : {}), ...(until ? { $lte: new Date(until) } : {}) };
  return [
    status ? { ticketStatus: { $in: status.split(',') } } : {},
    priority ? { priority: { $in: priority.split(',') } } : {},
    assignee === 'none'
      ? { assignee: { id: { $null: true } } }
      : assignee
        ? pointsAt(strapi, UID.ticket, 'assignee', Number(assignee))
        : {},
    contact ? pointsAtDocument(strapi, UID.ticket, 'contact', contact) : {},
    account ? pointsAtDocument(strapi, UID.ticket, 'account', account) : {},
    // Half of all tickets may be of one scanner: here Strapi's join, which follows the order, is the faster one.
    scanner ? { scanner: { documentId: scanner } } : {},
    since || until ? { lastActivityAt: active } : {},
  ];
}

/** Whom a ticket is for. Throws a 400 for an address of our own: what is sent there comes back as news. */
async function contactOf(strapi: Core.Strapi, email: string | undefined, name = '') {
  if (!email) return null;
  if ((await ownAddresses(strapi)).has(email))
    return refuse([{ path: ['contactEmail'], message: 'This is an address of your own helpdesk.' }]);
  return { address: email, name };
}

/** The tickets that point to this one, as far as the viewer sees them. */
const pointingTo = (strapi: Core.Strapi, viewer: Viewer, link: 'mergedInto' | 'splitFrom', id: number) =>
  strapi.db
    .query(UID.ticket)
    .findMany({ select: LINKED.select, where: { [link]: { id }, ...whereVisible(strapi, viewer) }, orderBy: { id: 'asc' }, limit: 50 });

/** A ticket as this viewer may see it: no secrets, and of a ticket that is not theirs nothing but its number. */
function presentFor(viewer: Viewer, { threadToken: _token, subjectKey: _key, ...row }: any) {
  const assignee = agentFor(viewer, row.assignee);
  const links = LINKS.map((name) => [
    name,
    row[name] && pick(row[name], isVisible(viewer, row[name]) ? ['documentId', 'ticketNumber', 'title'] : ['ticketNumber']),
  ]);
  return { ...row, assignee, ...Object.fromEntries(links) };
}
