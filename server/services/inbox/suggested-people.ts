import type { Core } from '@strapi/strapi';
import { isAddress } from '../../../shared/address';
import type { SuggestedPerson } from '../../../shared/api/answering';
import { blockersOf } from '../helpdesk/block-list';
import type { Address } from '../message/types';
import { participantsOf } from '../helpdesk/participants';
import { ownAddresses } from '../settings/own-addresses';
import { rowsOf } from '../storage/rows';
import { UID } from '../uids';
import { listAgents } from './agents';
import { listContacts } from './contacts';
import type { Viewer } from './viewer';
import { fullName } from '../../../shared/names';

const MOST = 8;

/**
 * The people that somebody may mean who writes an address: those who take part in the ticket, contacts, and colleagues, whose addresses only who assigns
 * tickets is told. Only what the viewer sees; never an address that this helpdesk reads or sends from.
 */
export async function suggestedPeople(strapi: Core.Strapi, viewer: Viewer, ticketId: number, words: string): Promise<SuggestedPerson[]> {
  const ticket = await rowsOf(strapi, UID.ticket).findOne({ select: ['participants'], where: { id: ticketId } });
  const contacts = (await listContacts(strapi, viewer, { search: words }, { page: 1, pageSize: MOST })).data;
  const agents = await listAgents(strapi, viewer);
  const people: Address[] = [
    ...participantsOf(ticket ?? {}).map((address) => ({ address, name: '' })),
    ...contacts.flatMap(({ email, furtherAddresses, firstName, lastName }) =>
      [{ email }, ...furtherAddresses].map(({ email: address }) => ({ address, name: fullName(firstName, lastName) })),
    ),
    ...agents.flatMap(({ email, firstname, lastname }) => (email ? [{ address: email, name: fullName(firstname, lastname) }] : [])),
  ];
  const taken = await ownAddresses(strapi);
  const holds = ({ address, name }: Address) => `${name} ${address}`.toLowerCase().includes(words.trim().toLowerCase());
  const found = people.filter((person) => {
    const key = person.address.toLowerCase();
    return isAddress(person.address) && holds(person) && !taken.has(key) && taken.add(key);
  });
  const shown = found.slice(0, MOST);
  const blockers = await blockersOf(
    strapi,
    shown.map(({ address }) => address),
  );
  return shown.map((person) => ({ ...person, isBlocked: blockers(person.address) !== null }));
}
