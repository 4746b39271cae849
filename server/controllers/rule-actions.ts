import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import { configFields } from '../services/action/config-fields';
import { takesText } from '../services/action/fill-fields';
import { actionRegistry } from '../services/action/registry';
import type { FillableText } from '../services/action/types';
import { listWebhooks } from '../services/automation/webhook-records';
import { cannedReplies } from '../services/inbox/canned-replies';
import { schemaSays } from '../services/lib/schema-words';
import type { FieldError } from '../services/platform/refusal';
import { referencesIn, type Captures } from '../services/rule/captures';
import { issuesOf, pick } from './request';
import { say } from '../../shared/sentences/words';
import type { RuleAction } from '../../shared/api/rules';

/** Actions as rules and time triggers hold them. */
export const actionsShape = z
  .array(z.object({ type: z.string(), config: z.unknown().optional() }))
  .max(50, schemaSays('rule.actionCount'))
  .default([]);

/** What an editor offers. */
export const actionChoices = async (strapi: Core.Strapi) => ({
  actions: actionRegistry(strapi)
    .all()
    .map(({ type, label, config, onTicket }) => ({ type, label, fields: configFields(config), onTicket: onTicket !== undefined })),
  cannedReplies: (await cannedReplies(strapi, null)).map((reply) => pick(reply, ['documentId', 'name'])),
  webhooks: (await listWebhooks(strapi)).map((webhook) => pick(webhook, ['documentId', 'name'])),
});

/** The actions with their settings as they are stored. What is wrong goes into `found`. */
export function readActions(
  strapi: Core.Strapi,
  given: z.infer<typeof actionsShape>,
  groups: Captures,
  found: FieldError[],
  { onTicketOnly = false } = {},
): RuleAction[] {
  return given.map(({ type, config }, index) => {
    const action = actionRegistry(strapi).get(type);
    if (!action || (onTicketOnly && !action.onTicket)) {
      found.push({ path: ['actions', index, 'type'], said: say(action ? 'trigger.needsEmail' : 'rule.noAction', { action: type }) });
      return { type, config: config as RuleAction['config'] };
    }
    const result = action.config.safeParse(config ?? {});
    if (result.success) {
      const texts = action.texts?.(result.data) ?? [];
      found.push(...misfilled(strapi, texts, groups).map(({ path, said }) => ({ path: ['actions', index, 'config', ...path], said })));
      return { type, config: result.data };
    }
    for (const { path, said } of issuesOf(result)) found.push({ path: ['actions', index, 'config', ...path], said });
    return { type, config: config as RuleAction['config'] };
  });
}

/** Texts that name a group which no pattern has, or that are for what is no text. */
function misfilled(strapi: Core.Strapi, texts: FillableText[], { numbered, named }: Captures): FieldError[] {
  return texts.flatMap((text) => {
    if (!takesText(strapi, text)) return [{ path: text.path, said: say('rule.captureNoText') }];
    const isThere = (name: string) => (/^\d+$/.test(name) ? Number(name) <= numbered.length : Object.hasOwn(named, name));
    const unknown = referencesIn(text.text).filter((name) => !isThere(name));
    return unknown.map((name) => ({ path: text.path, said: say('rule.noGroup', { name: `$${name}` }) }));
  });
}
