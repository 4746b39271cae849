import { refusal, show } from './support/panel';
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { BulkActions } from '../../admin/src/inbox/list/BulkActions';

const bulk = (permissions: string[], answer: unknown = { changed: 2 }) => {
  const onDone = vi.fn();
  const shown = show(<BulkActions ids={['a', 'b']} onDone={onDone} />, {
    permissions,
    answers: { 'GET /tickets/assignees': [{ id: 7, firstname: 'Bob', lastname: 'Desk', email: null }], 'PUT /tickets/bulk': answer },
  });
  return { ...shown, onDone };
};

test('the chosen tickets are closed together, and the choice ends', async () => {
  const { user, sent, onDone } = bulk(['edit-tickets']);
  await user.click(await screen.findByRole('button', { name: 'Close' }));
  await waitFor(() => expect(onDone).toHaveBeenCalledOnce());
  expect(sent('PUT', '/tickets/bulk')[0].body).toEqual({ ids: ['a', 'b'], data: { ticketStatus: 'Closed' } });
  expect(screen.getByText('2 tickets changed.')).toBeTruthy();
});

test('a refused change keeps the choice', async () => {
  const { user, onDone } = bulk(['edit-tickets'], () => refusal(400, 'One of them was merged.'));
  await user.click(await screen.findByRole('button', { name: 'Close' }));
  expect(await screen.findByText('One of them was merged.')).toBeTruthy();
  expect(onDone).not.toHaveBeenCalled();
});

test('who may assign only gives tickets to somebody, and changes no status', async () => {
  const { user, sent } = bulk(['assign-tickets']);
  await user.click(await screen.findByRole('button', { name: /Assign/ }));
  await user.click(await screen.findByText('Bob Desk'));
  await waitFor(() => expect(sent('PUT', '/tickets/bulk')[0].body.data).toEqual({ assignee: 7 }));
  expect(within(screen.getByRole('group')).queryAllByRole('button')).toHaveLength(1);
});
