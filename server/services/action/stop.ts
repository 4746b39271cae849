import { z } from '@strapi/utils';
import type { Action } from './types';

/** No later rule sees the message, also where the rule itself would go on. */
export const stop: Action<Record<string, never>> = {
  type: 'stop',
  label: 'Stop: no later rule',
  config: z.object({}).strict(),
  describe: () => 'stop',
  ends: 'rules',
  run: async () => [],
};
