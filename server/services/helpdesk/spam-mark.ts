import { STATUS } from '../../../shared/vocabulary';

/** What else changes of a ticket that is spam with a change of it: what is worked on again is no spam, and nothing is left to go back to. */
export const spamAfter = ({ ticketStatus }: { ticketStatus?: unknown }): { isSpam?: false; beforeSpam?: null } =>
  ticketStatus === undefined || ticketStatus === STATUS.closed ? {} : { isSpam: false, beforeSpam: null };
