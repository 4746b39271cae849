import { refusal, show } from './support/panel';
import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useAssigneesQuery, useTicketQuery, useUpdateTicketMutation, type TicketChange } from '../../admin/src/api/tickets';

const bea = { id: 2, firstname: 'Bea' };
const before = { documentId: 't1', title: 'No ink', ticketStatus: 'Open', helpdeskStatus: { documentId: 'own' }, assignee: null };

function Choice({ data }: { data: TicketChange }) {
  const { data: ticket } = useTicketQuery('t1');
  const { data: agents } = useAssigneesQuery();
  const [update] = useUpdateTicketMutation();
  if (!ticket || !agents) return null;
  return <button onClick={() => void update({ id: 't1', data })}>{JSON.stringify(ticket)}</button>;
}

/** The answer comes when the test wants it. */
function choose(data: TicketChange) {
  let answer: (said: unknown) => void = () => {};
  const said = new Promise((resolve) => (answer = resolve));
  const { user } = show(<Choice data={data} />, {
    answers: { 'GET /tickets/t1': before, 'GET /tickets/assignees': [bea], 'PUT /tickets/t1': () => said },
  });
  return { click: async () => user.click(await screen.findByRole('button')), answer };
}
const shown = () => JSON.parse(screen.getByRole('button').textContent!);

test.each([
  [{ ticketStatus: 'Closed' }, { ticketStatus: 'Closed', helpdeskStatus: null }],
  [{ priority: 'Urgent' }, { priority: 'Urgent' }],
  [{ title: 'Ink' }, { title: 'Ink' }],
  [{ assignee: 2 }, { assignee: bea }],
] as [TicketChange, object][])('%j is seen at once, and gone when the server refuses it', async (data, seen) => {
  const { click, answer } = choose(data);
  await click();
  await waitFor(() => expect(shown()).toEqual({ ...before, ...seen }));
  answer(refusal(403, 'No.'));
  await waitFor(() => expect(shown()).toEqual(before));
});

test('what only the server can work out waits for it', async () => {
  const { click } = choose({ helpdeskStatus: 'other', assignee: 99 });
  await click();
  expect(shown()).toEqual(before);
});
