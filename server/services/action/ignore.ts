import { z } from '@strapi/utils';
import { say } from '../../../shared/sentences/words';
import type { Action } from './types';

/** Nothing comes of the message: no later action, no later rule. It is marked as read, and the scan log says so. */
export const ignore: Action<Record<string, never>> = {
  type: 'ignore',
  label: 'Ignore the message',
  config: z.object({}).strict(),
  describe: () => 'ignore the message',
  ends: 'message',
  run: async ({ note, rule }) => {
    note(say('rule.ignored', { rule }));
    return [];
  },
};
