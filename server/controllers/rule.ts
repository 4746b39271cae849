import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { KEPT_BY_PLUGIN } from '../services/action/create-or-update-ticket';
import { configFields } from '../services/action/config-fields';
import { actionRegistry } from '../services/action/registry';
import { describeConditions } from '../services/rule/describe';
import { conditionSchema } from '../services/rule/schema';
import { defaultTicketNumberPattern } from '../services/rule/ticket-number';
import { validateConditions } from '../services/rule/validate';
import { foldersOf, NO_CONDITIONS } from '../services/scanner/rules';
import { getSettings } from '../services/settings/settings';
import { inTransaction } from '../services/storage/tables';
import { UID } from '../services/uids';
import { findOr404, issuesOf, parse, refuse } from './request';
import { may } from './ticket-access';

const ruleShape = z.object({
  name: z.string('Give the rule a name.').trim().min(1, 'Give the rule a name.').max(255),
  active: z.boolean().default(true),
  folders: z.array(z.string().min(1).max(255, 'A folder name of more than 255 characters cannot be used.')).max(100).nullish(),
  conditions: z.unknown().optional(),
  actions: z
    .array(z.object({ type: z.string(), config: z.unknown().optional() }))
    .max(50, 'A rule has at most 50 actions.')
    .default([]),
  continueAfterMatch: z.boolean().default(false),
});

const rule = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    const scanner = await findOr404(strapi, UID.scanner, ctx);
    ctx.body = { data: (await rulesOf(strapi, scanner.id)).map((row) => present(strapi, row)) };
  },

  async findOne(ctx: Context) {
    ctx.body = { data: present(strapi, await findOr404(strapi, UID.rule, ctx)) };
  },

  async create(ctx: Context) {
    const scanner = await findOr404(strapi, UID.scanner, ctx);
    const data = readRule(strapi, ctx.request.body);
    const rules = await rulesOf(strapi, scanner.id);
    const order = Math.max(-1, ...rules.map((row) => row.order)) + 1;
    const row = await strapi.db.query(UID.rule).create({ data: { ...data, order, scanner: scanner.id } as never });
    ctx.status = 201;
    ctx.body = { data: presentFor(strapi, ctx, row) };
  },

  async update(ctx: Context) {
    const row = await findOr404(strapi, UID.rule, ctx);
    const data = readRule(strapi, { ...row, ...(ctx.request.body as object) });
    ctx.body = { data: presentFor(strapi, ctx, await strapi.db.query(UID.rule).update({ where: { id: row.id }, data: data as never })) };
  },

  async delete(ctx: Context) {
    const row = await findOr404(strapi, UID.rule, ctx);
    await strapi.db.query(UID.rule).delete({ where: { id: row.id } });
    ctx.body = { data: { documentId: row.documentId } };
  },

  async reorder(ctx: Context) {
    const scanner = await findOr404(strapi, UID.scanner, ctx);
    const { order } = parse(z.object({ order: z.array(z.string()) }), ctx.request.body);
    const rules = await rulesOf(strapi, scanner.id);
    const named = new Set(order);
    if (named.size !== order.length || rules.length !== order.length || rules.some(({ documentId }) => !named.has(documentId))) {
      refuse([
        {
          path: ['order'],
          message: 'The order must name each rule of the scanner once. Somebody else may have changed the rules: load them again.',
        },
      ]);
    }
    await inTransaction(strapi, async () => {
      for (const [index, documentId] of order.entries()) {
        await strapi.db.query(UID.rule).updateMany({ where: { documentId }, data: { order: index } as never });
      }
    });
    ctx.body = { data: (await rulesOf(strapi, scanner.id)).map((row) => presentFor(strapi, ctx, row)) };
  },

  async schema(ctx: Context) {
    const { ticketPrefix } = await getSettings(strapi);
    ctx.body = {
      data: {
        ...conditionSchema(),
        actions: actionRegistry(strapi)
          .all()
          .map(({ type, label, config }) => ({ type, label, fields: configFields(config) })),
        ticketFields: ticketFields(strapi),
        defaultTicketPattern: defaultTicketNumberPattern(ticketPrefix).source,
      },
    };
  },
});

export default rule;

const rulesOf = (strapi: Core.Strapi, scanner: number): Promise<any[]> =>
  strapi.db.query(UID.rule).findMany({ where: { scanner: { id: scanner } }, orderBy: [{ order: 'asc' }, { id: 'asc' }] });

/** A rule as it is stored. Throws a 400 that names everything that is wrong with it. */
function readRule(strapi: Core.Strapi, body: unknown) {
  const shaped = ruleShape.safeParse(body ?? {});
  const found = issuesOf(shaped).filter(({ path: [name] }) => name !== 'conditions');
  const conditions = validateConditions((body as { conditions?: unknown } | null)?.conditions ?? NO_CONDITIONS);
  if (!conditions.ok) found.push(...conditions.errors.map(({ path, message }) => ({ path: ['conditions', ...path], message })));
  const actions = (ruleShape.pick({ actions: true }).safeParse(body ?? {}).data?.actions ?? []).map(({ type, config }, index) => {
    const action = actionRegistry(strapi).get(type);
    if (!action) {
      found.push({ path: ['actions', index, 'type'], message: `There is no action "${type}".` });
      return { type, config };
    }
    const result = action.config.safeParse(config ?? {});
    if (result.success) return { type, config: result.data };
    for (const { path, message } of result.error.issues)
      found.push({ path: ['actions', index, 'config', ...(path as (string | number)[])], message });
    return { type, config };
  });
  if (found.length > 0 || !shaped.success) return refuse(found);
  const input = shaped.data;
  return { ...input, folders: foldersOf(input.folders), conditions: conditions.ok ? conditions.conditions : null, actions };
}

/** The answer to a change: whole for who may see rules; who may only change them is told that it was done. */
const presentFor = (strapi: Core.Strapi, ctx: Context, row: any) =>
  may(ctx, 'read-scanners') ? present(strapi, row) : { documentId: row.documentId as string };

function present(strapi: Core.Strapi, row: any) {
  const conditions = row.conditions ?? NO_CONDITIONS;
  const checked = validateConditions(conditions);
  const actions = (row.actions ?? []) as { type: string; config: any }[];
  const described = actions.map(
    ({ type, config }) => actionRegistry(strapi).get(type)?.describe(config) ?? `an action "${type}" that is not there`,
  );
  return {
    documentId: row.documentId,
    name: row.name,
    active: row.active,
    order: row.order,
    folders: foldersOf(row.folders),
    conditions,
    actions,
    continueAfterMatch: row.continueAfterMatch,
    summary: `${describeConditions(conditions)}: ${described.join(', ') || 'mark as read'}`,
    warnings: [...(checked.ok ? checked.warnings : checked.errors).map(({ message }) => message), ...actions.flatMap(actionWarnings)],
  };
}

function actionWarnings({ type, config }: { type: string; config: any }): string[] {
  return type === 'createOrUpdateTicket' && config?.searchIn === 'source'
    ? ['The ticket number is looked for in the whole source: anything that looks like one in the code of a mail would be taken for it.']
    : [];
}

/** The attributes of a ticket that a rule may set, a site's own among them. */
function ticketFields(strapi: Core.Strapi) {
  const strapis = ['createdAt', 'updatedAt', 'publishedAt', 'createdBy', 'updatedBy', 'locale', 'localizations', 'documentId'];
  return Object.entries(strapi.contentType(UID.ticket).attributes as Record<string, any>)
    .filter(
      ([name, { type }]) =>
        !KEPT_BY_PLUGIN.includes(name) && !strapis.includes(name) && !['component', 'dynamiczone', 'media'].includes(type),
    )
    .map(([name, { type, enum: values, target, required }]) => ({
      name,
      label: name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/^./, (letter) => letter.toUpperCase()),
      type,
      enum: values,
      target,
      required: required === true,
    }));
}
