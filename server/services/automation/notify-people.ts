import { z } from '@strapi/utils';
import { say } from '../../../shared/sentences/words';
import { ticketAction } from '../action/types';
import { schemaSays } from '../lib/schema-words';

interface Config {
  /** The ids of administrators. */
  people: number[];
  /** All who may see the ticket, in place of them. */
  everybody: boolean;
}

/** Tells people of the helpdesk to look at the ticket, by the ways that each chose; who may not see the ticket is not told. */
export const notifyPeople = ticketAction<Config>({
  type: 'notifyPeople',
  label: 'Notify people',
  config: z
    .object({ people: z.array(z.int().positive()).max(50).default([]), everybody: z.boolean().default(false) })
    .strict()
    .refine(({ people, everybody }) => everybody || people.length > 0, {
      path: ['people'],
      message: schemaSays('rule.choosePerson'),
    }),
  describe: ({ people, everybody }) =>
    everybody ? 'notify all who may see the ticket' : `notify ${people.length === 1 ? 'a person' : `${people.length} people`}`,
  async onTicket({ desk, ticket, note, isNews }, { people, everybody }) {
    if (!ticket) return note(say('rule.noTicketToTell'));
    if (!isNews) return;
    if (everybody) desk.addNews('called', ticket);
    else for (const id of new Set(people)) desk.addNews('called', ticket, id);
  },
});
