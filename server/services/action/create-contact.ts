import { z } from '@strapi/utils';
import { splitName } from '../helpdesk/person-name';
import { isAnsweringMachine, isWrittenByMachine } from '../message/reading/machines/written-by-machine';
import { ActionError, type Action } from './types';
import { say } from '../../../shared/sentences/words';

/** Creates the customer's contact, unless there is one or the sender is an answering machine; later actions link to it. */
export const createContact: Action<Record<string, never>> = {
  type: 'createContact',
  label: 'Create contact if not exists',
  config: z.object({}).strict(),
  describe: () => 'create contact if it does not exist',
  async run(context) {
    const { customer, ownAddresses, isOurs } = context;
    if (isOurs && !customer) return [];
    if (!customer?.address) {
      // Without a header it is no email, but what is left of one.
      if (Object.keys(context.message.headers).length === 0) throw new ActionError(say('log.noContact'));
      context.note(say(isWrittenByMachine(context.message) ? 'log.noContactOfMachine' : 'log.noContactOfNobody'));
      return [];
    }
    // A department that writes to another, or a web form that writes in our own name.
    if (ownAddresses.has(customer.address)) return [];
    context.contact = context.desk.contact(customer.address);
    if (!context.contact && !isAnsweringMachine(context.message)) {
      context.contact = context.desk.createContact({ email: customer.address, ...splitName(customer) });
      context.note(say('log.contactCreated', { address: customer.address }));
    }
    return [];
  },
};
