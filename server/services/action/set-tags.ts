import { z } from '@strapi/utils';
import { say } from '../../../shared/sentences/words';
import { schemaSays } from '../lib/schema-words';
import { UID } from '../uids';
import type { Action } from './types';

interface Config {
  /** The documentIds of tags. */
  tags: string[];
}

/** Gives tags to the ticket that an action before it has opened or found. */
export const setTags: Action<Config> = {
  type: 'setTags',
  label: 'Set tags',
  config: z.object({ tags: z.array(z.string().max(50)).min(1, schemaSays('tag.chooseOne')).max(50) }).strict(),
  describe: ({ tags }) => (tags.length === 1 ? 'set a tag' : `set ${tags.length} tags`),
  run: async ({ strapi, desk, ticket, note }, { tags }) => {
    if (!ticket) {
      note(say('tag.noTicket'));
      return [];
    }
    const rows = await strapi.db.query(UID.tag).findMany({ select: ['id', 'name'], where: { documentId: { $in: tags } as never } });
    if (rows.length < new Set(tags).size) note(say('tag.goneInRule'));
    await desk.tag(ticket, rows as { id: number; name: string }[]);
    return [];
  },
};
