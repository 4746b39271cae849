import { errors, z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { OUTCOMES } from '../services/scanner/ledger';
import { whereOfLedgerSearch } from '../services/scanner/ledger-search';
import { retryMessages } from '../services/scanner/retry';
import { columnsBut } from '../services/storage/long-columns';
import { UID } from '../services/uids';
import { workOnMailbox } from './mailbox-work';
import { sendPrivateFile } from './private-file';
import { findOr404, findPage, parse } from './request';

const filterShape = z.object({
  scanner: z.string().optional(),
  outcome: z.enum(OUTCOMES as [string, ...string[]]).optional(),
  since: z.coerce.date().optional(),
  until: z.coerce.date().optional(),
  search: z.string().max(200).optional(),
  ticket: z.string().optional(),
  page: z.unknown().optional(),
  pageSize: z.unknown().optional(),
});

const POPULATE = {
  scanner: { select: ['documentId', 'name'] },
  rule: { select: ['documentId', 'name'] },
  ticket: { select: ['documentId', 'ticketNumber'] },
};

const message = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    const filters = parse(filterShape, ctx.query);
    const where = { ...whereOf(filters), ...(await whereOfLedgerSearch(strapi, filters.search ?? '')) };
    const { data, meta } = await findPage(strapi, UID.message, ctx.query, {
      select: columnsBut(strapi, UID.message, ['trace', 'effects']),
      where,
      orderBy: { id: 'desc' },
      populate: POPULATE,
    });
    ctx.body = { data: data.map((row: any) => ({ ...present(row), trace: undefined })), meta };
  },

  async findOne(ctx: Context) {
    ctx.body = { data: present(await findOr404(strapi, UID.message, ctx, { populate: POPULATE })) };
  },

  async raw(ctx: Context) {
    const row = await findOr404(strapi, UID.message, ctx);
    if (!row.sourceKey)
      throw new errors.NotFoundError(
        'The source of this message was not kept. Under Additional Settings, sources of all messages can be kept.',
      );
    await sendPrivateFile(strapi, ctx, row.sourceKey, { name: `message-${row.id}.eml`, type: 'message/rfc822' });
  },

  async retry(ctx: Context) {
    const row = await findOr404(strapi, UID.message, ctx);
    ctx.body = { data: await workOnMailbox(ctx, () => retryMessages(strapi, { id: row.id })) };
  },

  async retryAll(ctx: Context) {
    const { scanner } = parse(z.object({ scanner: z.string().optional() }), ctx.request.body);
    ctx.body = { data: await workOnMailbox(ctx, () => retryMessages(strapi, scanner ? { scanner: { documentId: scanner } } : {})) };
  },
});

export default message;

function whereOf({ scanner, outcome, since, until, ticket }: z.infer<typeof filterShape>) {
  const received = { ...(since ? { $gte: since } : {}), ...(until ? { $lte: until } : {}) };
  return {
    forgottenAt: { $null: true },
    ...(scanner ? { scanner: { documentId: scanner } } : {}),
    ...(ticket ? { ticket: { documentId: ticket } } : {}),
    ...(outcome ? { outcome } : {}),
    ...(since || until ? { createdAt: received } : {}),
  };
}

const READ_ATTRIBUTES = [
  'documentId',
  'folder',
  'uid',
  'messageId',
  'fromAddress',
  'fromName',
  'subject',
  'receivedAt',
  'size',
  'attempts',
  'outcome',
  'reason',
  'trace',
  'effectsOpen',
  'retryAt',
  'scanner',
  'rule',
  'createdAt',
];

const withoutId = (record: any) => record && { ...record, id: undefined };

function present(row: any) {
  return {
    ...Object.fromEntries(READ_ATTRIBUTES.map((name) => [name, row[name]])),
    scanner: withoutId(row.scanner),
    rule: withoutId(row.rule),
    ticket: withoutId(row.ticket),
    hasSource: row.sourceKey !== null,
  };
}
