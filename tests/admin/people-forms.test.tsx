import { pageOf, refusal, show } from './support/panel';
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { ContactRow } from '../../admin/src/api/people';
import type { Ticket } from '../../admin/src/api/tickets';
import { Participants } from '../../admin/src/inbox/ticket/Participants';
import { EraseDialog } from '../../admin/src/people/EraseDialog';
import { FurtherAddresses } from '../../admin/src/people/FurtherAddresses';
import { MergeContact } from '../../admin/src/people/MergeContact';
import { NewContactPage } from '../../admin/src/people/NewContactPage';
import { PeopleOf } from '../../admin/src/people/PeopleOf';

const jane = {
  ...{ documentId: 'jane', email: 'jane@ink.test', firstName: 'Jane', lastName: 'Doe', phone: null, undeliverable: false },
  ...{ account: null, language: null, furtherAddresses: [], createdAt: '2026-01-01T00:00:00Z' },
} as unknown as ContactRow;
const john = { ...jane, documentId: 'john', email: 'john@ink.test', firstName: 'John' };
const field = (name: string) => screen.findByRole<HTMLInputElement>('textbox', { name });

test('an address that the server refuses stays typed, with the reason below it; the next one is added and the field is empty', async () => {
  const put = vi.fn().mockReturnValueOnce(refusal(400, 'No.', [{ path: ['addAddresses', '0'], message: 'Somebody else has it.' }]));
  const { user, sent } = show(<FurtherAddresses contact={jane} disabled={false} />, {
    answers: { 'PUT /contacts/jane': () => put() ?? jane },
  });
  await user.type(await field('New further address'), 'taken@ink.test{Enter}');
  expect(await screen.findByText('Somebody else has it.')).toBeTruthy();
  expect((await field('New further address')).value).toBe('taken@ink.test');
  await user.clear(await field('New further address'));
  await user.type(await field('New further address'), ' j@ink.test ');
  expect(screen.queryByText('Somebody else has it.')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Add' }));
  await waitFor(async () => expect((await field('New further address')).value).toBe(''));
  expect(sent('PUT', '/contacts/jane').at(-1)!.body).toEqual({ addAddresses: ['j@ink.test'] });
});

test('somebody is added to a conversation and taken out of it', async () => {
  const onChange = vi.fn();
  const ticket = { documentId: 't1', participants: ['bob@ink.test'] } as Ticket;
  const { user, sent } = show(<Participants ticket={ticket} onChange={onChange} disabled={false} />, {
    answers: { 'PUT /tickets/t1': {} },
  });
  await user.type(await field('Address of somebody who takes part'), 'ann@ink.test{Enter}');
  await waitFor(() => expect(sent('PUT', '/tickets/t1')[0].body).toEqual({ addParticipants: ['ann@ink.test'] }));
  await user.click(screen.getByRole('button', { name: 'Remove bob@ink.test' }));
  expect(onChange).toHaveBeenCalledWith({ removeParticipants: ['bob@ink.test'] });
});

test('a contact is put to an account and taken out of it', async () => {
  const { user, sent } = show(<PeopleOf account="ink" disabled={false} />, {
    answers: {
      'GET /contacts': ({ query }: { query: { account?: string } }) => pageOf(query.account ? [jane] : [jane, john]),
      'PUT /contacts/jane': jane,
      'PUT /contacts/john': john,
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Take Jane Doe out of the account' }));
  await waitFor(() => expect(sent('PUT', '/contacts/jane')[0].body).toEqual({ account: null }));
  await user.click(screen.getByRole('combobox'));
  await user.click(await screen.findByRole('option', { name: /John Doe/ }));
  await waitFor(() => expect(sent('PUT', '/contacts/john')[0].body).toEqual({ account: 'ink' }));
});

test('a contact who may be the same person is offered, what moves is said, and the merge leads to the one that remains', async () => {
  const onMerged = vi.fn();
  const { user, sent } = show(<MergeContact contact={jane} onMerged={onMerged} />, {
    answers: {
      'GET /contacts/jane/alike': [john],
      'GET /contacts/jane/merge': { tickets: 2, comments: 5, addresses: ['jane@ink.test'] },
      'GET /contacts/john': john,
      'GET /contacts': pageOf([john]),
      'POST /contacts/jane/merge': john,
    },
  });
  await user.click(await screen.findByRole('button', { name: 'John Doe (john@ink.test)' }));
  const dialog = await screen.findByRole('alertdialog');
  await within(dialog).findByText(/2 tickets, 5 messages/);
  await user.click(within(dialog).getByRole('button', { name: /^Merge/ }));
  await waitFor(() => expect(onMerged).toHaveBeenCalledWith('john'));
  expect(sent('POST', '/contacts/jane/merge')[0].body).toEqual({ into: 'john' });
});

test('what goes with a contact is said before it is deleted, and a block stays where somebody wants that', async () => {
  const onErased = vi.fn();
  const plan = {
    deleted: { tickets: 1, comments: 3, attachments: 2, emails: 1 },
    anonymised: { tickets: 0, comments: 0, attachments: 0 },
    scanLog: { messages: 0, sources: 0 },
    ...{ ticketNumbers: { deleted: ['TT1'], anonymised: [] }, blocked: ['jane@ink.test'] },
  };
  const { user, requests } = show(<EraseDialog contact={jane} onClose={vi.fn()} onErased={onErased} />, {
    answers: { 'GET /contacts/jane/erasure': plan, 'DELETE /contacts/jane': plan },
  });
  expect(await screen.findByText(/1 ticket is deleted for good, with 3 messages, 2 files and 1 outgoing email: TT1/)).toBeTruthy();
  await user.click(screen.getByRole('checkbox'));
  await user.click(screen.getByRole('button', { name: /^Delete/ }));
  await waitFor(() => expect(onErased).toHaveBeenCalled());
  expect(requests.find(({ method }) => method === 'DELETE')!.query).toEqual({ keepBlocked: 'true' });
});

test.each([
  { added: jane, place: '/plugins/mail-scanner/contacts/jane' },
  // Who sees only their own tickets.
  { added: null, place: '/plugins/mail-scanner/contacts' },
])('a new contact leads to $place', async ({ added, place }) => {
  const shown = show(<NewContactPage />, {
    answers: { 'POST /contacts': { data: added, meta: {} }, 'GET /accounts': pageOf([]), 'GET /settings/languages': [] },
    permissions: ['read-tickets', 'edit-contacts'],
    at: '/create',
    route: '/create',
  });
  await shown.user.type(await screen.findByRole('textbox', { name: /^Email/ }), 'jane@ink.test');
  await shown.user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(shown.place()).toBe(place));
  expect(shown.sent('POST', '/contacts')[0].body).toMatchObject({ email: 'jane@ink.test' });
});
