import { z } from '@strapi/utils';
import type { Action } from './types';

/** Deletes the message from the mailbox, once everything about it is in the database. */
export const deleteMessage: Action<Record<string, never>> = {
  type: 'deleteMessage',
  label: 'Delete message',
  config: z.object({}).strict(),
  describe: () => 'delete the message from the mailbox',
  effects: () => [{ type: 'delete' }],
  run: async () => [{ type: 'delete' }],
};
