import { z } from '@strapi/utils';
import { say } from '../../../shared/sentences/words';
import { ticketFieldsConfig } from './ticket-fields';
import { fillableTexts, filledFields } from './fill-fields';
import { ticketAction } from './types';

interface Config {
  /** Attributes of the ticket. */
  fields: Record<string, unknown>;
}

/** Sets fields of the ticket that an action before it, or a rule before this one, has opened or found. */
export const setFields = ticketAction<Config>({
  type: 'setFields',
  label: 'Set fields of the ticket',
  config: z.object({ fields: ticketFieldsConfig.default({}) }).strict(),
  describe: ({ fields }) => `set ${Object.keys(fields).join(', ') || 'nothing'}`,
  texts: ({ fields }) => fillableTexts('fields', fields),
  onTicket: async (context, { fields }) => {
    const { ticket, desk, note } = context;
    if (!ticket) note(say('rule.noTicketToChange'));
    else desk.updateTicket(ticket, filledFields(context, fields));
  },
});
