import { errors, z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { OUTCOMES, REPEATABLE } from '../../shared/vocabulary';
import { findMessage, listMessages } from '../services/scanner/ledger-list';
import { retryMessages, retryNewest } from '../services/scanner/retry';
import { workOnMailbox } from './mailbox-work';
import { sendPrivateFile } from './private-file';
import { orNotFound, pageOf, parse, pick, searchShape } from './request';
import { refusal } from '../services/platform/refusal';
import { say } from '../../shared/sentences/words';

const filterShape = z.object({
  scanner: z.string().optional(),
  outcome: z.enum(OUTCOMES).optional(),
  since: z.coerce.date().optional(),
  until: z.coerce.date().optional(),
  search: searchShape.optional(),
  ticket: z.string().optional(),
  page: z.unknown().optional(),
  pageSize: z.unknown().optional(),
});

const retryShape = z.object({ scanner: z.string().optional(), outcome: z.literal('noMatch').optional() });

const message = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    const { data, meta } = await listMessages(strapi, parse(filterShape, ctx.query), pageOf(ctx.query));
    ctx.body = { data: data.map((row) => ({ ...present(row), trace: undefined })), meta };
  },

  async findOne(ctx: Context) {
    ctx.body = { data: present(await findOr404(strapi, ctx)) };
  },

  async raw(ctx: Context) {
    const row = await findOr404(strapi, ctx);
    if (!row.sourceKey) throw refusal(errors.NotFoundError, say('log.sourceNotKept'));
    await sendPrivateFile(strapi, ctx, row.sourceKey, { name: `message-${row.id}.eml`, type: 'message/rfc822' });
  },

  async retry(ctx: Context) {
    const row = await findOr404(strapi, ctx);
    ctx.body = { data: await workOnMailbox(ctx, () => retryMessages(strapi, { id: row.id }, REPEATABLE)) };
  },

  async retryAll(ctx: Context) {
    const { scanner, outcome } = parse(retryShape, ctx.request.body);
    const where = scanner ? { scanner: { documentId: scanner } } : {};
    const retry = () => (outcome ? retryNewest(strapi, where, outcome) : retryMessages(strapi, where));
    ctx.body = { data: await workOnMailbox(ctx, retry) };
  },
});

export default message;

const findOr404 = (strapi: Core.Strapi, ctx: Context) => orNotFound(findMessage(strapi, ctx.params.id));

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
  'reasonSaid',
  'trace',
  'effectsOpen',
  'retryAt',
  'scanner',
  'rule',
  'createdAt',
] as const;

const withoutId = <R extends object>(record: R | null) => record && { ...record, id: undefined };

type FoundMessage = NonNullable<Awaited<ReturnType<typeof findMessage>>>;

function present(row: Omit<FoundMessage, 'trace' | 'effects'> & { trace?: FoundMessage['trace'] }) {
  return {
    ...pick(row, READ_ATTRIBUTES),
    scanner: withoutId(row.scanner),
    rule: withoutId(row.rule),
    ticket: withoutId(row.ticket),
    hasSource: row.sourceKey !== null,
  };
}
