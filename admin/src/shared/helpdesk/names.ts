import type { Agent, Contact } from '../../inbox/api/tickets';

export const nameOfAgent = ({ id, firstname, lastname, email }: Agent): string =>
  [firstname, lastname].filter(Boolean).join(' ') || email || `#${id}`;

export const nameOfContact = ({ firstName, lastName, email }: Contact): string => [firstName, lastName].filter(Boolean).join(' ') || email;
