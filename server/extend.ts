import { errors, z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { ActionRegistry } from './services/action/registry';
import type { Action } from './services/action/types';

/**
 * What a site or another plugin imports from 'strapi-plugin-mail-scanner'. `z` (zod) and `errors` are Strapi's own, so that a site
 * needs no package beside this one: with pnpm it cannot import `@strapi/utils`.
 */
export { errors, z };
export { ActionError } from './services/action/types';
export type { Action, ActionContext } from './services/action/types';
export type { MailboxEffect } from './services/mailbox/types';
export type { Address, ParsedMessage } from './services/message/types';

/**
 * Adds an action that rules offer, in the register() or bootstrap() of a site or a plugin. Without the mail scanner, such as with
 * `enabled: false`, it does nothing. Throws when there is an action of this type already.
 */
export function registerAction<Config>(strapi: Core.Strapi, action: Action<Config>): void {
  const plugin: Core.Plugin | undefined = strapi.plugin('mail-scanner');
  if (plugin) (plugin.service('actions') as unknown as ActionRegistry).register(action);
}
