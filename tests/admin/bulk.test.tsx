import { refusal, show } from './support/panel';
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { BulkActions } from '../../admin/src/inbox/list/BulkActions';
import { MarkedSpam } from '../../admin/src/inbox/MarkedSpam';
import { BulkWork } from '../../admin/src/inbox/list/BulkWork';

const bulk = (permissions: string[], answer: unknown = { changed: 2 }, emails = 0) => {
  const onDone = vi.fn();
  const shown = show(<BulkActions ids={['a', 'b']} onDone={onDone} />, {
    permissions,
    answers: {
      'GET /tickets/assignees': [{ id: 7, firstname: 'Bob', lastname: 'Desk', email: null }],
      'POST /tickets/closing-emails': { emails },
      'PUT /tickets/bulk': answer,
    },
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

test.each([
  ['Close and send 3 emails', {}],
  ['Close without emails', { tellCustomers: false }],
])('before customers are told that many tickets are closed, it is asked: %s', async (button, quiet) => {
  const { user, sent, onDone } = bulk(['edit-tickets'], { changed: 2 }, 3);
  await user.click(await screen.findByRole('button', { name: 'Close' }));
  expect(await screen.findByText(/customers get 3 emails/)).toBeTruthy();
  expect(sent('PUT', '/tickets/bulk')).toEqual([]);
  await user.click(screen.getByRole('button', { name: button }));
  await waitFor(() => expect(onDone).toHaveBeenCalledOnce());
  expect(sent('PUT', '/tickets/bulk')[0].body).toEqual({ ids: ['a', 'b'], data: { ticketStatus: 'Closed' }, ...quiet });
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

const bulkWork = (changes: object = {}) => ({
  ...{ id: 'w1', kind: 'bulkChange', state: 'running', scanner: null, startedBy: 1, startedAt: '2026-01-02T10:00:00Z', endedAt: null },
  ...{ done: 900, total: 2_700, byOutcome: {}, folder: null, tickets: { changed: 900, gone: 0, failed: 0 }, error: null, errorSaid: null },
  ...changes,
});

test('all tickets of a list are chosen by a second step, and changed by what the list asks for', async () => {
  const onDone = vi.fn();
  const whole = { filters: { view: 'open' as const, search: 'order', page: 2, pageSize: 20 }, count: '2,700 tickets' };
  const { user, sent } = show(<BulkActions ids={['a', 'b']} whole={whole} onDone={onDone} />, {
    permissions: ['edit-tickets'],
    answers: {
      'GET /tickets/assignees': [],
      'GET /tags': [],
      'POST /tickets/closing-emails': { emails: 0 },
      'PUT /tickets/bulk': bulkWork(),
    },
  });
  await user.click(await screen.findByText('Choose all of this list: 2,700 tickets'));
  expect(screen.getByText('All of this list are chosen: 2,700 tickets')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(onDone).toHaveBeenCalledWith('w1'));
  const filter = { view: 'open', search: 'order' };
  expect(sent('POST', '/tickets/closing-emails')[0].body).toEqual({ filter });
  expect(sent('PUT', '/tickets/bulk')[0].body).toEqual({ filter, data: { ticketStatus: 'Closed' } });
});

test('a whole list that was marked as spam is taken back by one click, and that is followed as well', async () => {
  const spam = { blocked: 3, withdrawn: 0, onTheirWay: 0, spared: [] };
  const onBegun = vi.fn();
  const { user, sent } = show(
    <MarkedSpam>
      <BulkWork begun={['w1']} onEnd={vi.fn()} onBegun={onBegun} />
    </MarkedSpam>,
    {
      answers: {
        'GET /work': () => [
          bulkWork({ state: 'done', endedAt: '2026-01-02T10:01:00Z', tickets: { changed: 990, gone: 0, failed: 0 }, spam }),
        ],
        'PUT /tickets/spam': bulkWork({ id: 'w2' }),
      },
    },
  );
  expect(await screen.findByText('990 tickets are closed as spam; 3 senders are blocked.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(onBegun).toHaveBeenCalledWith('w2'));
  expect(sent('PUT', '/tickets/spam')[0].body).toEqual({ work: 'w1', isSpam: false });
});

test('a change of a whole list shows how far it is, is stopped, and says what it has changed', async () => {
  let now = bulkWork();
  const onEnd = vi.fn();
  const begun: string[] = [];
  const { user } = show(<BulkWork begun={begun} onEnd={onEnd} onBegun={vi.fn()} />, {
    answers: {
      'GET /work': () => [now],
      'POST /work/w1/stop': () =>
        (now = bulkWork({ state: 'stopped', endedAt: '2026-01-02T10:01:00Z', done: 1_000, tickets: { changed: 990, gone: 4, failed: 6 } })),
    },
  });
  expect(await screen.findByText('900 of 2,700')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Stop' }));
  expect(await screen.findByText('990 tickets changed. 1,710 were not changed.')).toBeTruthy();
  await waitFor(() => expect(onEnd).toHaveBeenCalledOnce());
  expect(screen.queryByRole('progressbar')).toBeNull();
});
