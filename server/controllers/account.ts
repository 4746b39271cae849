import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { addAccount, changeAccount, findAccount, listAccounts } from '../services/inbox/accounts';
import { mergeAccounts, planAccountMerge } from '../services/inbox/merge-accounts';
import { mergeRoutes } from './merge-routes';
import { orNotFound, pageOf, parse, pick, requiredLine, searchShape, typedAddress } from './request';
import { answerOf, viewerOf } from './ticket-access';
import { schemaSays } from '../services/lib/schema-words';
import { say } from '../../shared/sentences/words';
import type { Row } from '../services/storage/rows';
import { LINE_LENGTH } from '../../shared/lengths';

const filterShape = z.object({ search: searchShape.default(''), page: z.unknown().optional(), pageSize: z.unknown().optional() });

const accountShape = z.object({
  name: requiredLine(schemaSays('form.name')),
  /** New contacts with an address of this domain belong to the account. */
  domain: z
    .string()
    .trim()
    .toLowerCase()
    .max(LINE_LENGTH)
    .regex(/^([\p{L}\d-]+\.)+[\p{L}\d-]+$/u, schemaSays('desk.domain'))
    .or(z.literal(''))
    .nullable()
    .optional()
    .transform((domain) => (domain === '' ? null : domain)),
  email: typedAddress(schemaSays('desk.officesAddress'))
    .or(z.literal(''))
    .nullable()
    .optional()
    .transform((email) => (email ? email.toLowerCase() : email === undefined ? undefined : null)),
});

const account = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    const { search } = parse(filterShape, ctx.query);
    const { data, meta } = await listAccounts(strapi, viewerOf(ctx), search, pageOf(ctx.query));
    ctx.body = { data: data.map((row) => ({ ...present(row), ...pick(row, ['openTickets', 'lastMessageAt']) })), meta };
  },

  async findOne(ctx: Context) {
    ctx.body = { data: present(await orNotFound(findAccount(strapi, viewerOf(ctx), ctx.params.id), GONE)) };
  },

  async create(ctx: Context) {
    const viewer = viewerOf(ctx);
    const created = await addAccount(strapi, viewer, parse(accountShape, ctx.request.body));
    ctx.status = 201;
    // Of their own tickets' accounts it is none yet, but they know what they wrote.
    ctx.body = { data: await answerOf(viewer.reads, created, () => present(created)) };
  },

  ...mergeRoutes({
    strapi,
    chooseInto: schemaSays('desk.intoAccount'),
    gone: GONE,
    plan: planAccountMerge,
    merge: mergeAccounts,
    find: findAccount,
    present,
  }),

  async update(ctx: Context) {
    const viewer = viewerOf(ctx);
    const input = parse(accountShape.partial(), ctx.request.body);
    const updated = await orNotFound(changeAccount(strapi, viewer, ctx.params.id, input), GONE);
    ctx.body = { data: await answerOf(viewer.reads, updated, () => present(updated)) };
  },
});

export default account;

const GONE = say('desk.accountGone');

const ATTRIBUTES = ['documentId', 'name', 'domain', 'email', 'createdAt'] as const;

type Shown = Pick<Row<'account'>, (typeof ATTRIBUTES)[number]>;
const present = (row: Shown & { furtherDomains?: string[] }) => ({ ...pick(row, ATTRIBUTES), furtherDomains: row.furtherDomains });
