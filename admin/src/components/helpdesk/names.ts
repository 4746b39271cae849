import type { Agent, Contact } from '../../api/tickets';

export const nameOfAgent = ({ firstname, lastname, email }: Agent): string => [firstname, lastname].filter(Boolean).join(' ') || email;

export const nameOfContact = ({ firstName, lastName, email }: Contact): string => [firstName, lastName].filter(Boolean).join(' ') || email;
