import { z } from '@strapi/utils';
import { say } from '../../../shared/sentences/words';
import { schemaSays } from '../lib/schema-words';
import { UID } from '../uids';
import { ticketAction, type TicketContext } from './types';

interface Config {
  /** The documentIds of tags. */
  tags: string[];
  /** Names of tags, which captures may fill. A name that no tag has makes none: a stranger's word must not. */
  names: string[];
}

/** Gives tags to the ticket that an action before it has opened or found. */
export const setTags = ticketAction<Config>({
  type: 'setTags',
  label: 'Set tags',
  config: z
    .object({
      tags: z.array(z.string().max(50)).max(50).default([]),
      names: z.array(z.string().trim().min(1).max(200)).max(20).default([]),
    })
    .strict()
    .refine(({ tags, names }) => tags.length + names.length > 0, { path: ['tags'], message: schemaSays('tag.chooseOne') }),
  describe: ({ tags, names = [] }) => (tags.length + names.length === 1 ? 'set a tag' : `set ${tags.length + names.length} tags`),
  texts: ({ names = [] }) => names.map((text, index) => ({ path: ['names', index], text })),
  onTicket: async (context, { tags, names }) => {
    const { strapi, desk, ticket, note } = context;
    if (!ticket) return note(say('tag.noTicket'));
    const rows = await strapi.db.query(UID.tag).findMany({ select: ['id', 'name'], where: { documentId: { $in: tags } } });
    if (rows.length < new Set(tags).size) note(say('tag.goneInRule'));
    await desk.tag(ticket, [...(rows as NamedTag[]), ...(await tagsNamed(context, names))]);
  },
});

interface NamedTag {
  id: number;
  name: string;
}

async function tagsNamed({ strapi, fill, note }: TicketContext, names: string[]): Promise<NamedTag[]> {
  const wanted = [...new Set(names.map((name) => fill(name).trim()).filter(Boolean))];
  const found: NamedTag[] = [];
  for (const name of wanted) {
    const tag = await strapi.db.query(UID.tag).findOne({ select: ['id', 'name'], where: { name: { $eqi: name.slice(0, 60) } } });
    if (tag) found.push(tag as NamedTag);
  }
  if (found.length < wanted.length) note(say('tag.noSuchName'));
  return found;
}
