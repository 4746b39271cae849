import { pageOf, refusal, show } from './support/panel';
import { screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { Comment, Ticket } from '../../admin/src/api/tickets';
import { ClosedByKey, useCloseByKey } from '../../admin/src/inbox/ClosedByKey';
import { MomentDialog } from '../../admin/src/inbox/MomentDialog';
import { Followers } from '../../admin/src/inbox/ticket/Followers';
import { MergeDialog } from '../../admin/src/inbox/ticket/MergeDialog';
import { SnoozeDialog } from '../../admin/src/inbox/ticket/SnoozeDialog';
import { SplitDialog } from '../../admin/src/inbox/ticket/SplitDialog';
import { TicketMenu } from '../../admin/src/inbox/ticket/TicketMenu';
import { useShortcuts } from '../../admin/src/inbox/useShortcuts';

const jane = { documentId: 'jane', email: 'jane@ink.test', firstName: 'Jane', lastName: 'Doe' };
const bob = { documentId: 'bob', email: 'bob@ink.test', firstName: 'Bob', lastName: 'Builder' };
const ticket = {
  ...{ documentId: 't1', ticketNumber: 'TT1', title: 'Printer', ticketStatus: 'Open', helpdeskStatus: null, contact: jane },
  ...{
    mergedInto: null,
    comments: [{ documentId: 'c1' }],
    earlierComments: 2,
    isSpam: false,
    followers: [],
    isFollowed: false,
    isMuted: false,
  },
} as unknown as Ticket;
const other = { ...ticket, documentId: 't2', ticketNumber: 'TT2', title: 'Toner', ticketStatus: 'Closed', contact: bob };
const statuses = { 'GET /statuses': [] };

test('the other tickets of the contact are offered for a merge, what becomes of both is said, and it leads to the one that remains', async () => {
  const onClose = vi.fn();
  const { user, sent, place } = show(<MergeDialog ticket={ticket} onClose={onClose} />, {
    answers: { ...statuses, 'GET /tickets': pageOf([ticket, other]), 'POST /tickets/t1/merge': { documentId: 't2', ticketNumber: 'TT2' } },
  });
  await user.click(await screen.findByRole('radio', { name: /TT2 Toner/ }));
  expect(sent('GET', '/tickets')[0].query).toMatchObject({ contact: 'jane', view: 'all' });
  expect(screen.queryByRole('radio', { name: /TT1/ })).toBeNull();
  expect(screen.getByText(/The 3 messages of TT1 move to TT2/)).toBeTruthy();
  expect(screen.getByText('TT2 is closed and is opened again.')).toBeTruthy();
  expect(screen.getByText('The tickets have different contacts')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: /TT2/ }));
  await waitFor(() => expect(place()).toBe('/plugins/mail-scanner/tickets/t2'));
  expect(sent('POST', '/tickets/t1/merge')[0].body).toEqual({ into: 't2' });
});

test('nothing is said to be missing before the search has ended, and who opens the dialog types at once', async () => {
  let answer: (page: object) => void = () => {};
  const later = new Promise<object>((resolve) => (answer = resolve));
  const { user } = show(<MergeDialog ticket={ticket} onClose={vi.fn()} />, { answers: { ...statuses, 'GET /tickets': () => later } });
  await screen.findByRole('dialog');
  const nothing = /no other ticket/;
  expect(screen.queryByText(nothing)).toBeNull();
  answer(pageOf([ticket]));
  expect(await screen.findByText(nothing)).toBeTruthy();
  await waitFor(() => expect(document.activeElement?.getAttribute('name')).toBe('search'));
  await user.keyboard('toner');
  expect(await screen.findByText('No ticket found.')).toBeTruthy();
});

test('a message becomes a ticket under a title of its own; a refusal keeps the dialog and the title', async () => {
  const onClose = vi.fn();
  const answers = vi.fn().mockReturnValueOnce(refusal(409, 'The ticket was merged.'));
  const comment = { documentId: 'c1', contact: jane, source: 'email' } as unknown as Comment;
  const { user, sent, place } = show(<SplitDialog ticket={ticket} comment={comment} onClose={onClose} />, {
    answers: { 'POST /tickets/t1/split': () => answers() ?? { documentId: 't3', ticketNumber: 'TT3' } },
  });
  const title = await screen.findByRole<HTMLInputElement>('textbox', { name: /title/i });
  await user.clear(title);
  const split = screen.getAllByRole<HTMLButtonElement>('button').at(-1)!;
  expect(split.disabled).toBe(true);
  await user.type(title, 'Toner');
  await user.click(split);
  expect(await screen.findByText('The ticket was merged.')).toBeTruthy();
  expect(title.value).toBe('Toner');
  expect(onClose).not.toHaveBeenCalled();
  await user.click(split);
  await waitFor(() => expect(place()).toBe('/plugins/mail-scanner/tickets/t3'));
  expect(sent('POST', '/tickets/t1/split')[1].body).toEqual({ comment: 'c1', title: 'Toner' });
});

test('a moment of the past is refused beside the field, and a later one is taken', async () => {
  const onChoose = vi.fn();
  const { user } = show(
    <MomentDialog title="When" hint="" action="Go" isLoading={false} initial={new Date(0)} onChoose={onChoose} onClose={vi.fn()} />,
  );
  await user.click(await screen.findByRole('button', { name: 'Go' }));
  expect(await screen.findByText('Choose a time that is still to come.')).toBeTruthy();
  expect(onChoose).not.toHaveBeenCalled();
  const field = screen.getByLabelText('Another time');
  await user.clear(field);
  await user.type(field, '2999-01-02T08:30');
  await user.click(screen.getByRole('button', { name: 'Go' }));
  expect(onChoose).toHaveBeenCalledWith(new Date('2999-01-02T08:30'));
});

test('a ticket is put off until the customer answers', async () => {
  const [onClose, onSnoozed] = [vi.fn(), vi.fn()];
  const { user, sent } = show(<SnoozeDialog ticket={ticket} onClose={onClose} onSnoozed={onSnoozed} />, {
    answers: { 'PUT /tickets/t1': ticket },
  });
  await user.click(await screen.findByRole('button', { name: /answer/i }));
  await waitFor(() => expect(onSnoozed).toHaveBeenCalled());
  expect(sent('PUT', '/tickets/t1')[0].body).toEqual({ snooze: { until: null } });
});

test.each([
  [['read-tickets'], ['Print view']],
  [
    ['read-tickets', 'edit-tickets', 'merge-tickets', 'delete-tickets'],
    ['Change the title', 'Merge into another ticket', 'Print view', 'Delete the ticket'],
  ],
])('with the permissions %j the menu of a ticket offers %j', async (permissions, offered) => {
  const { user } = show(<TicketMenu ticket={ticket} />, { permissions });
  await user.click(await screen.findByRole('button', { name: 'More' }));
  await waitFor(() => expect(screen.getAllByRole('menuitem').map(({ textContent }) => textContent)).toEqual(offered));
});

test('one follows a ticket, and leaves one that one follows', async () => {
  const answers = { 'POST /tickets/t1/follow': {}, 'PUT /tickets/t1/follow': {}, 'PUT /tickets/t1/mute': {} };
  const { user, requests } = show(<Followers ticket={{ ...ticket, isFollowed: true, isMuted: true }} />, { answers });
  expect(await screen.findByText('You are told nothing of this ticket.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Unfollow' }));
  await user.click(screen.getByRole('button', { name: 'Notifications again' }));
  await waitFor(() => expect(requests.map(({ body }) => Object.values(body))).toEqual([[false], [false]]));
});

function Keys({ pressed }: { pressed(key: string): void }) {
  const close = useCloseByKey();
  useShortcuts({ e: () => close(ticket), r: () => pressed('r') });
  return (
    <main tabIndex={-1}>
      <input aria-label="Field" />
      <button>Button</button>
    </main>
  );
}

test('a key closes the ticket and a click opens it again with the status of before; in fields and with Ctrl keys are letters', async () => {
  const pressed = vi.fn();
  const own = { documentId: 's1' };
  const { user, sent } = show(
    <ClosedByKey>
      <Keys pressed={pressed} />
    </ClosedByKey>,
    { answers: { 'PUT /tickets/t1': { ...ticket, helpdeskStatus: own } } },
  );
  await user.type(await screen.findByRole('textbox', { name: 'Field' }), 're');
  screen.getByRole('main').focus();
  await user.keyboard('{Control>}r{/Control}');
  expect([pressed.mock.calls.length, sent('PUT', '/tickets/t1').length]).toEqual([0, 0]);
  await user.keyboard('re');
  expect(pressed).toHaveBeenCalledOnce();
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() =>
    expect(sent('PUT', '/tickets/t1').map(({ body }) => body)).toEqual([
      { ticketStatus: 'Closed' },
      { ticketStatus: 'Open', helpdeskStatus: null },
    ]),
  );
  expect(await screen.findByText('Ticket TT1 has its status back.')).toBeTruthy();
});
