import { z } from '@strapi/utils';
import { say } from '../../../shared/sentences/words';
import { ticketAction } from '../action/types';
import { schemaSays } from '../lib/schema-words';
import { UID } from '../uids';

interface Config {
  /** Captures may fill it. */
  text: string;
}

/** Writes an internal note, which no customer ever reads. */
export const writeNote = ticketAction<Config>({
  type: 'writeNote',
  label: 'Write an internal note',
  config: z.object({ text: z.string(schemaSays('form.text')).trim().min(1, schemaSays('form.text')).max(5_000) }).strict(),
  describe: () => 'write an internal note',
  texts: ({ text }) => [{ path: ['text'], text }],
  async onTicket({ strapi, desk, ticket, note, fill }, { text }) {
    if (!ticket) return note(say('rule.noTicketToChange'));
    const words = fill(text);
    desk.whenWritten(async () => {
      const data = { text: words, isPublic: false, isAutomatic: true, source: 'api', ticket: ticket.record.id };
      await strapi.documents(UID.comment).create({ data });
    });
  },
});
