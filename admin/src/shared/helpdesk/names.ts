import { fullName } from '../../../../shared/names';
import type { Agent, Contact } from '../../api/tickets';

export const nameOfAgent = ({ id, firstname, lastname, email }: Agent): string => fullName(firstname, lastname) || email || `#${id}`;

export const nameOfContact = ({ firstName, lastName, email }: Pick<Contact, 'firstName' | 'lastName' | 'email'>): string =>
  fullName(firstName, lastName) || email;
