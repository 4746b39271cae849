import { z } from '@strapi/utils';
import type { Action } from './types';
import { schemaSays } from '../lib/schema-words';

interface Config {
  /** Path of the folder; created when it is missing. */
  folder: string;
}

/** Moves the message, once everything about it is in the database. */
export const moveToFolder: Action<Config> = {
  type: 'moveToFolder',
  label: 'Move to folder',
  config: z.object({ folder: z.string().trim().min(1, schemaSays('rule.moveTo')).max(255) }).strict(),
  describe: ({ folder }) => `move to ${folder}`,
  effects: ({ folder }) => [{ type: 'move', folder }],
  run: async (_, { folder }) => [{ type: 'move', folder }],
};
