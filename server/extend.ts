import { errors, z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { ActionRegistry } from './services/action/registry';
import type { Action } from './services/action/types';
import type { StepPlace, StepRegistry } from './services/scanner/steps/registry';
import type { SiteStep } from './services/scanner/steps/types';

/**
 * What a site or another plugin imports from 'strapi-plugin-mail-scanner'. `z` (zod) and `errors` are Strapi's own, so that a site
 * needs no package beside this one: with pnpm it cannot import `@strapi/utils`.
 */
export { errors, z };
export { ActionError } from './services/action/types';
export type { Action, ActionContext } from './services/action/types';
export type { Desk } from './services/helpdesk/desk';
export type { MailboxEffect } from './services/mailbox/types';
export type { Address, ParsedMessage } from './services/message/types';
export type { StepPlace } from './services/scanner/steps/registry';
export type { SiteStep as Step, SiteVerdict as StepVerdict } from './services/scanner/steps/types';

/** An action whose `run` and `describe` know the type of its `config`, for a file of its own. */
export const defineAction = <Config>(action: Action<Config>): Action<Config> => action;

/** A step with the types of its context, for a file of its own. */
export const defineStep = (step: SiteStep): SiteStep => step;

/**
 * Adds an action that rules offer, in the register() or bootstrap() of a site or a plugin. Without the mail scanner, such as with
 * `enabled: false`, it does nothing. Throws when there is an action of this type already.
 */
export function registerAction<Config>(strapi: Core.Strapi, action: Action<Config>): void {
  const plugin: Core.Plugin | undefined = strapi.plugin('mail-scanner');
  if (plugin) (plugin.service('actions') as unknown as ActionRegistry).register(action);
}

/**
 * Adds a step to the judgement of each message, directly before or after another one, in the register() or bootstrap() of a site or a
 * plugin. Without the mail scanner it does nothing. Throws when there is a step of this name already, or none of the other name.
 */
export function registerStep(strapi: Core.Strapi, step: SiteStep, place: StepPlace): void {
  const plugin: Core.Plugin | undefined = strapi.plugin('mail-scanner');
  if (plugin) (plugin.service('steps') as unknown as StepRegistry).register(step, place);
}
