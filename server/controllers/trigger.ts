import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import {
  addTrigger,
  changeTrigger,
  countMet,
  deleteTrigger,
  importTriggers,
  listTriggers,
  triggerFrom,
} from '../services/automation/trigger-records';
import { schemaSays } from '../services/lib/schema-words';
import { refuse, type FieldError } from '../services/platform/refusal';
import { ticketConditionSchema, ticketFieldOf } from '../services/rule/ticket-fields';
import { validateConditions } from '../services/rule/validate';
import { missingForActions } from '../services/scanner/import-rules';
import { ticketFields } from '../services/scanner/rule-records';
import { NO_CONDITIONS } from '../services/scanner/rules';
import { findDocument } from '../services/storage/documents';
import { UID } from '../services/uids';
import { actionChoices, actionsShape, readActions } from './rule-actions';
import { issuesOf, orNotFound, parse, requiredLine } from './request';
import { inEnglish, say } from '../../shared/sentences/words';
import { TRIGGER_WHEN } from '../../shared/vocabulary';
import { TRIGGERS_FORMAT, type TriggerChange, type TriggerInput } from '../../shared/api/triggers';

/** Ten years. */
const MOST_MINUTES = 3_660 * 24 * 60;

const shape = z.object({
  name: requiredLine(schemaSays('trigger.name')),
  active: z.boolean().default(false),
  state: z.enum(TRIGGER_WHEN, schemaSays('trigger.state')),
  minutes: z.int(schemaSays('trigger.minutes')).min(0, schemaSays('trigger.minutes')).max(MOST_MINUTES, schemaSays('trigger.minutes')),
  countsBusinessHours: z.boolean().default(false),
  actions: actionsShape,
  alsoExisting: z.boolean().default(false),
});

const importShape = z.object({
  format: z.literal(TRIGGERS_FORMAT, schemaSays('trigger.importFormat')),
  triggers: z
    .array(z.unknown(), schemaSays('trigger.importFormat'))
    .min(1, schemaSays('trigger.importFormat'))
    .max(200, schemaSays('trigger.importFormat')),
});

/** What happens to tickets by itself after some time. */
const trigger = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    ctx.body = { data: await listTriggers(strapi) };
  },

  async findOne(ctx: Context) {
    ctx.body = { data: triggerFrom(await orNotFound(findDocument(strapi, UID.trigger, ctx.params.id))) };
  },

  async create(ctx: Context) {
    const { alsoExisting = false, ...input } = readTrigger(strapi, ctx.request.body);
    ctx.body = { data: await addTrigger(strapi, input, alsoExisting) };
    ctx.status = 201;
  },

  /** Adds triggers that were exported, from whichever site: all of them or none, and switched off. */
  async import(ctx: Context) {
    const { triggers } = parse(importShape, ctx.request.body);
    const checked = readTriggers(strapi, triggers);
    const missing = await missingForActions(
      strapi,
      checked.flatMap(({ actions }) => actions),
    );
    ctx.status = 201;
    ctx.body = { data: { triggers: await importTriggers(strapi, checked), notes: missing.map(inEnglish), notesSaid: missing } };
  },

  /** What is left out stays. */
  async update(ctx: Context) {
    const change = (before: TriggerInput) => readTrigger(strapi, { ...before, ...(ctx.request.body as object) });
    ctx.body = { data: await orNotFound(changeTrigger(strapi, ctx.params.id, change)) };
  },

  async delete(ctx: Context) {
    await deleteTrigger(strapi, ctx.params.id);
    ctx.body = { data: null };
  },

  /** How many tickets a trigger would meet that is not saved yet. `id`: of the one that it changes. */
  async count(ctx: Context) {
    const { id, trigger: body } = (ctx.request.body ?? {}) as { id?: unknown; trigger?: unknown };
    const row = typeof id === 'string' ? await orNotFound(findDocument(strapi, UID.trigger, id)) : null;
    ctx.body = { data: await countMet(strapi, readTrigger(strapi, body), row?.id ?? null) };
  },

  async schema(ctx: Context) {
    const fields = ticketFields(strapi);
    const { actions, ...choices } = await actionChoices(strapi);
    const own = actions.filter(({ onTicket }) => onTicket);
    ctx.body = { data: { ...ticketConditionSchema(), ...choices, actions: own, ticketFields: fields, defaultTicketPattern: '' } };
  },
});

export default trigger;

/** A trigger as it is stored. Throws a 400 that names everything that is wrong with it. */
function readTrigger(strapi: Core.Strapi, body: unknown): TriggerChange {
  const { found, trigger } = checkTrigger(strapi, body);
  return trigger ?? refuse(found);
}

/** All triggers of a file. Throws a 400 that names everything that is wrong with them. */
function readTriggers(strapi: Core.Strapi, bodies: unknown[]): TriggerChange[] {
  const read = bodies.map((body) => checkTrigger(strapi, body));
  const found = read.flatMap((one, index) => one.found.map(({ path, said }) => ({ path: ['triggers', index, ...path], said })));
  return found.length > 0 ? refuse(found) : read.map(({ trigger }) => trigger!);
}

/** A trigger, and what is wrong with it: null where anything is. */
function checkTrigger(strapi: Core.Strapi, body: unknown): { found: FieldError[]; trigger: TriggerChange | null } {
  const shaped = shape.safeParse(body ?? {});
  const found = issuesOf(shaped);
  const conditions = validateConditions((body as { conditions?: unknown } | null)?.conditions ?? NO_CONDITIONS, ticketFieldOf);
  if (!conditions.ok) found.push(...conditions.errors.map(({ path, said }) => ({ path: ['conditions', ...path], said })));
  const given = shape.pick({ actions: true }).safeParse(body ?? {}).data?.actions ?? [];
  const actions = readActions(strapi, given, { numbered: [], named: {} }, found, { onTicketOnly: true });
  const { active, minutes, state } = shaped.data ?? {};
  if (active && actions.length === 0) found.push({ path: ['actions'], said: say('trigger.noAction') });
  if (minutes === 0 && state !== 'overdue' && state !== 'snoozeOver') found.push({ path: ['minutes'], said: say('trigger.minutes') });
  const isWhole = found.length === 0 && shaped.success && conditions.ok;
  return { found, trigger: isWhole ? { ...shaped.data, conditions: conditions.conditions, actions } : null };
}
