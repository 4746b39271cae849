import { errors, z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { actionRegistry } from '../services/action/registry';
import { groupsOf } from '../services/rule/captures';
import { describeConditions } from '../services/rule/describe';
import { refusal, refuse, type FieldError } from '../services/platform/refusal';
import { conditionSchema } from '../services/rule/schema';
import { defaultTicketNumberPattern } from '../services/rule/ticket-number';
import { validateConditions } from '../services/rule/validate';
import { addRule, changeRule, deleteRule, findRule, reorderRules, rulesOf, ticketFields } from '../services/scanner/rule-records';
import { importRules, missingFor, type CheckedRule } from '../services/scanner/import-rules';
import { findLogged, proposeRule } from '../services/scanner/rule-proposal';
import { foldersOf, NO_CONDITIONS } from '../services/scanner/rules';
import { findScanner } from '../services/scanner/scanners';
import { tryRule } from '../services/scanner/try-rule';
import { getSettings } from '../services/settings/settings';
import { limitCalls } from './limit';
import { workOnMailbox } from './mailbox-work';
import { actionChoices, actionsShape, readActions } from './rule-actions';
import { idShape, issuesOf, orNotFound, parse, requiredLine } from './request';
import { previewFor } from './scanner';
import { may } from './ticket-access';
import { schemaSays } from '../services/lib/schema-words';
import { RULES_FORMAT, type RuleAction } from '../../shared/api/rules';
import { inEnglish, say, type Words } from '../../shared/sentences/words';
import type { Row } from '../services/storage/rows';
import { LINE_LENGTH } from '../../shared/lengths';

const ruleShape = z.object({
  name: requiredLine(schemaSays('rule.name')),
  active: z.boolean().default(true),
  folders: z
    .array(z.string().min(1).max(LINE_LENGTH, schemaSays('rule.folderLength')))
    .max(100)
    .nullish(),
  conditions: z.unknown().optional(),
  actions: actionsShape,
  continueAfterMatch: z.boolean().default(false),
});

const trialShape = z.object({
  ruleId: idShape.optional(),
  rule: z.unknown(),
  message: idShape.optional(),
  source: z.string().max(50_000_000).optional(),
  encoding: z.enum(['utf8', 'base64']).default('utf8'),
});

/** What the panel exports. Whatever else stands in the file, such as when it was made, is left out. */
const importShape = z.object({
  format: z.literal(RULES_FORMAT, schemaSays('rule.importFormat')),
  rules: z
    .array(z.unknown(), schemaSays('rule.importFormat'))
    .min(1, schemaSays('rule.importFormat'))
    .max(200, schemaSays('rule.importFormat')),
});

const rule = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    const scanner = await scannerOr404(strapi, ctx);
    ctx.body = { data: (await rulesOf(strapi, scanner.id)).map((row) => present(strapi, row)) };
  },

  async findOne(ctx: Context) {
    ctx.body = { data: present(strapi, await ruleOr404(strapi, ctx)) };
  },

  async create(ctx: Context) {
    const scanner = await scannerOr404(strapi, ctx);
    const data = readRule(strapi, ctx.request.body);
    const row = await addRule(strapi, scanner, data);
    ctx.status = 201;
    ctx.body = { data: presentFor(strapi, ctx, row) };
  },

  async update(ctx: Context) {
    const change = (row: object) => readRule(strapi, { ...row, ...(ctx.request.body as object) });
    ctx.body = { data: presentFor(strapi, ctx, await orNotFound(changeRule(strapi, ctx.params.id, change))) };
  },

  async delete(ctx: Context) {
    const row = await ruleOr404(strapi, ctx);
    await deleteRule(strapi, row.id);
    ctx.body = { data: { documentId: row.documentId } };
  },

  async reorder(ctx: Context) {
    const scanner = await scannerOr404(strapi, ctx);
    const { order } = parse(z.object({ order: z.array(z.string()) }), ctx.request.body);
    const rules = await reorderRules(strapi, scanner, order);
    if (!rules)
      return refuse([
        {
          path: ['order'],
          said: say('rule.order'),
        },
      ]);
    ctx.body = { data: rules.map((row) => presentFor(strapi, ctx, row)) };
  },

  /** Adds rules that were exported, from whichever scanner or site: all of them or none, and switched off. */
  async import(ctx: Context) {
    const scanner = await scannerOr404(strapi, ctx);
    const { rules } = parse(importShape, ctx.request.body);
    const checked = readRules(strapi, rules);
    const missing = await missingFor(strapi, scanner, checked);
    const rows = await importRules(strapi, scanner, checked);
    ctx.status = 201;
    const notes = { notes: missing.map(inEnglish), notesSaid: missing };
    ctx.body = { data: { rules: rows.map((row) => presentFor(strapi, ctx, row)), ...notes } };
  },

  /** What the rule would do before it is saved. What it tells of emails is only for those who may see the scan log. */
  async try(ctx: Context) {
    limitCalls(ctx, 'trial of a rule', 120);
    const scanner = await scannerOr404(strapi, ctx);
    const { ruleId, rule: body, message, source, encoding } = parse(trialShape, ctx.request.body);
    const readsLog = may(ctx, 'read-scan-log');
    if (message && !readsLog) throw refusal(errors.PolicyError, say('rule.needsLog'));
    const logged = message ? await orNotFound(findLogged(strapi, { message }), say('rule.noEmail')) : undefined;
    const kept = { id: 0, documentId: ruleId ?? 'new', ...readRule(strapi, body) };
    const bytes = source === undefined ? undefined : Buffer.from(source, encoding);
    const trial = { source: bytes, message: logged, counts: readsLog };
    const answer = await workOnMailbox(ctx, () => tryRule(strapi, scanner, kept, trial));
    ctx.body = { data: { ...answer, message: answer.message && previewFor(ctx, answer.message, bytes !== undefined) } };
  },

  /** A rule to begin with, made from an email of the scan log or the message of a ticket. */
  async propose(ctx: Context) {
    const shape = z.object({ message: z.string().optional(), comment: z.string().optional() });
    const { message, comment } = parse(shape, ctx.query);
    const logged = message || comment ? await findLogged(strapi, { message, comment }) : null;
    const { scanner } = await orNotFound(Promise.resolve(logged?.scanner ? logged : null), say('rule.noEmail'));
    ctx.body = { data: await proposeRule(strapi, logged!, scanner!) };
  },

  async schema(ctx: Context) {
    const { ticketPrefix } = await getSettings(strapi);
    ctx.body = {
      data: {
        ...conditionSchema(),
        ...(await actionChoices(strapi)),
        ticketFields: ticketFields(strapi),
        defaultTicketPattern: defaultTicketNumberPattern(ticketPrefix).source,
      },
    };
  },
});

export default rule;

const scannerOr404 = (strapi: Core.Strapi, ctx: Context) => orNotFound(findScanner(strapi, ctx.params.id));
const ruleOr404 = (strapi: Core.Strapi, ctx: Context) => orNotFound(findRule(strapi, ctx.params.id));

/** A rule as it is stored. Throws a 400 that names everything that is wrong with it. */
function readRule(strapi: Core.Strapi, body: unknown) {
  const { rule, found } = checkRule(strapi, body);
  return rule ?? refuse(found);
}

/** A rule as it is stored, or null with everything that is wrong with it. */
function checkRule(strapi: Core.Strapi, body: unknown) {
  const shaped = ruleShape.safeParse(body ?? {});
  const found = issuesOf(shaped).filter(({ path: [name] }) => name !== 'conditions');
  const conditions = validateConditions((body as { conditions?: unknown } | null)?.conditions ?? NO_CONDITIONS);
  if (!conditions.ok) found.push(...conditions.errors.map(({ path, said }) => ({ path: ['conditions', ...path], said })));
  const groups = groupsOf(conditions.ok ? conditions.conditions : NO_CONDITIONS);
  const given = ruleShape.pick({ actions: true }).safeParse(body ?? {}).data?.actions ?? [];
  const actions = readActions(strapi, given, groups, found);
  if (found.length > 0 || !shaped.success) return { rule: null, found };
  const input = shaped.data;
  const rule = { ...input, folders: foldersOf(input.folders), conditions: conditions.ok ? conditions.conditions : null, actions };
  return { rule, found };
}

/** The same for several. Throws one 400 for all that is wrong with any of them. */
function readRules(strapi: Core.Strapi, bodies: unknown[]): CheckedRule[] {
  const found: FieldError[] = [];
  const rules = bodies.map((body, index) => {
    const read = checkRule(strapi, body);
    found.push(...read.found.map(({ path, said }) => ({ path: ['rules', index, ...path], said })));
    return read.rule;
  });
  return found.length > 0 ? refuse(found) : (rules as CheckedRule[]);
}

/** The answer to a change: whole for those who may see rules; those who may only change them are told that it was done. */
const presentFor = (strapi: Core.Strapi, ctx: Context, row: Row<'rule'>) =>
  may(ctx, 'read-scanners') ? present(strapi, row) : { documentId: row.documentId };

function present(strapi: Core.Strapi, row: Row<'rule'>) {
  const conditions = row.conditions ?? NO_CONDITIONS;
  const checked = validateConditions(conditions);
  const actions = row.actions ?? [];
  const described = actions.map(
    ({ type, config }) => actionRegistry(strapi).get(type)?.describe(config) ?? `an action "${type}" that is not there`,
  );
  const warnings = [...(checked.ok ? checked.warnings : checked.errors).map(({ said }) => said), ...actions.flatMap(actionWarnings)];
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
    warnings: warnings.map(inEnglish),
    warningsSaid: warnings,
  };
}

function actionWarnings({ type, config }: RuleAction): Words[] {
  return type === 'createOrUpdateTicket' && config?.searchIn === 'source' ? [say('rule.warnTicketInSource')] : [];
}
