import { isOwnAlert } from '../../outgoing/alert-mark';
import type { Step } from './types';

/** An alert of this site about a mailbox must not become a ticket in it. */
export const ownAlert: Step = {
  name: 'ownAlert',
  decide({ strapi, message }) {
    return isOwnAlert(strapi, message.headers) ? { outcome: 'noMatch', reason: 'An alert of this mail scanner.' } : null;
  },
};
