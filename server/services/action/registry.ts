import { errors } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import { assign } from './assign';
import { createContact } from './create-contact';
import { createOrUpdateTicket } from './create-or-update-ticket';
import { deleteMessage } from './delete-message';
import { ignore } from './ignore';
import { moveToFolder } from './move-to-folder';
import { setFields } from './set-fields';
import { setTags } from './set-tags';
import { stop } from './stop';
import type { Action } from './types';

const BUILT_IN: Action[] = [createContact, createOrUpdateTicket, setFields, assign, setTags, moveToFolder, deleteMessage, ignore, stop];

/**
 * The actions that a rule can name. Another plugin or the site adds one in its register() or bootstrap():
 * `strapi.plugin('mail-scanner').service('actions').register({ type, label, config, describe, run })`.
 */
const actions = (_: { strapi: Core.Strapi }) => {
  const byType = new Map(BUILT_IN.map((action) => [action.type, action]));
  return {
    register(action: Action): void {
      if (byType.has(action.type)) throw new errors.ApplicationError(`There is already a mail scanner action "${action.type}".`);
      byType.set(action.type, action);
    },
    get: (type: string): Action | null => byType.get(type) ?? null,
    all: (): Action[] => [...byType.values()],
  };
};

export default actions;
export type ActionRegistry = ReturnType<typeof actions>;

export const actionRegistry = (strapi: Core.Strapi): ActionRegistry =>
  strapi.plugin('mail-scanner').service('actions') as unknown as ActionRegistry;
