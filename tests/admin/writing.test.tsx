import { refusal, show } from './support/panel';
import * as React from 'react';
import { cleanup, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { Comment, Ticket } from '../../admin/src/api/tickets';
import { NewTicketPage } from '../../admin/src/inbox/composer/NewTicketPage';
import { Recipients } from '../../admin/src/inbox/composer/Recipients';
import { useAnswering } from '../../admin/src/inbox/composer/useAnswering';

const comment = (documentId: string, more: Partial<Comment> = {}) =>
  ({ documentId, isAutomatic: false, user: null, delivery: null, ...more }) as Comment;
const boss = { address: 'boss@customer.test', name: '' };
const jane = { address: 'jane@customer.test', name: 'Jane' };
const toJane = { to: [jane], cc: [] };
const ticketWith = (comments: Comment[], replyTo: object, how: string) =>
  ({
    documentId: 't1',
    comments,
    replyTo,
    answerDefaults: { afterAnswer: 'keep', replyTo: how, takeOnAnswer: false, afterwards: 'stay' },
  }) as unknown as Ticket;

function Answering({ ticket, canReply }: { ticket: Ticket; canReply: boolean }) {
  const { draft, change, isPublic, send, news, undoable, undo, haveRead } = useAnswering(ticket, {
    reply: canReply,
    setStatus: true,
    assign: true,
  });
  return (
    <>
      <output data-testid="draft">{JSON.stringify({ html: draft.html, isPublic, to: draft.recipients?.to })}</output>
      <output data-testid="news">{news.map(({ documentId }) => documentId).join()}</output>
      <button onClick={() => change({ html: '<p>Hello</p>' })}>write</button>
      <button onClick={() => change({ isPublic: false })}>internal</button>
      <button onClick={() => change({ recipients: { to: [{ address: 'bob@customer.test', name: '' }], cc: [] } })}>to Bob</button>
      <button onClick={() => void send()}>send</button>
      <button onClick={() => void send({ force: true })}>send anyway</button>
      <button onClick={haveRead}>have read</button>
      {undoable && <button onClick={() => void undo(undoable)}>undo</button>}
    </>
  );
}

const answering = (
  answer: unknown,
  {
    comments = [comment('c1')],
    canReply = true,
    undone = {} as unknown,
    replyTo = { ...toJane, all: toJane, sender: toJane } as object,
    how = 'all',
  } = {},
) => {
  const shown = show(<Answering ticket={ticketWith(comments, replyTo, how)} canReply={canReply} />, {
    answers: { 'POST /tickets/t1/comments': answer, 'POST /comments/c2/undo': undone },
  });
  const press = async (...names: string[]) => {
    for (const name of names) await shown.user.click(await screen.findByText(name));
  };
  return { ...shown, press, bodies: () => shown.sent('POST', '/tickets/t1/comments').map(({ body }) => body) };
};
const draft = () => JSON.parse(screen.getByTestId('draft').textContent!);

test('an answer goes to the usual people, with the last comment that was read, and the draft is gone then', async () => {
  const { press, bodies } = answering(comment('c9'));
  await press('write', 'send');
  await waitFor(() => expect(draft().html).toBe(''));
  expect(bodies()).toEqual([{ text: 'Hello', isPublic: true, attachments: [], undoable: true, lastSeen: 'c1' }]);
});

test('an answer goes to whom its author chose', async () => {
  const { press, bodies } = answering(comment('c9'));
  await press('write', 'to Bob', 'send');
  await waitFor(() => expect(bodies()[0]).toMatchObject({ isPublic: true, to: [{ address: 'bob@customer.test', name: '' }], cc: [] }));
});

test('an internal note is sent to nobody, whoever was chosen before', async () => {
  const { press, bodies } = answering(comment('c9'));
  await press('write', 'to Bob', 'internal', 'send');
  await waitFor(() => expect(bodies()).toEqual([{ text: 'Hello', isPublic: false, attachments: [], undoable: true, lastSeen: 'c1' }]));
});

test('who may not reply writes internal notes', async () => {
  const { press, bodies } = answering(comment('c9'), { canReply: false });
  await press('write', 'send');
  await waitFor(() => expect(bodies()[0]).toMatchObject({ isPublic: false }));
});

test('nothing is sent when nothing was written', async () => {
  const { press, requests } = answering(comment('c9'));
  await press('send');
  expect(requests).toEqual([]);
});

test('what the server refuses stays as it was typed', async () => {
  const { press } = answering(() => refusal(409, 'Others wrote since.'));
  await press('write', 'send');
  await waitFor(() => expect(draft().html).toBe('<p>Hello</p>'));
});

test('who has seen that others wrote sends without asking again', async () => {
  const { press, bodies } = answering(comment('c9'));
  await press('write', 'send anyway');
  await waitFor(() => expect(bodies()[0]).not.toHaveProperty('lastSeen'));
});

test('an answer that is taken back comes before what was begun since', async () => {
  const mine = comment('c2', { user: { id: 1 } as Comment['user'], delivery: { undoSeconds: 9 } as Comment['delivery'] });
  const { press } = answering(null, {
    comments: [comment('c1'), mine],
    undone: { text: 'First', html: null, ticketStatus: null, to: [jane], cc: null, attachments: [] },
  });
  await press('write', 'undo');
  await waitFor(() => expect(draft()).toEqual({ html: '<p>First</p><p>Hello</p>', isPublic: true, to: [jane] }));
});

test('a draft survives a reload, for this ticket alone', async () => {
  const { press } = answering(null);
  await press('write');
  const kept = Object.entries({ ...localStorage });
  expect(kept).toEqual([['mail-scanner.draft.1.t1', expect.stringContaining('Hello')]]);
});

function LeavesWhenSent({ ticket }: { ticket: Ticket }) {
  const [isHere, setIsHere] = React.useState(true);
  return isHere ? <SendsAndTells ticket={ticket} onSent={() => setIsHere(false)} /> : <p>Next ticket</p>;
}

function SendsAndTells({ ticket, onSent }: { ticket: Ticket; onSent(): void }) {
  const { change, send } = useAnswering(ticket, { reply: true, setStatus: true, assign: true });
  return (
    <>
      <button onClick={() => change({ html: '<p>Hello</p>' })}>write</button>
      <button onClick={() => void send().then(onSent)}>send</button>
    </>
  );
}

test('who goes on to the next ticket as soon as an answer is sent finds no draft of it when they come back', async () => {
  const ticket = ticketWith([comment('c1')], { ...toJane, all: toJane, sender: toJane }, 'all');
  const { user } = show(<LeavesWhenSent ticket={ticket} />, { answers: { 'POST /tickets/t1/comments': comment('c9') } });
  await user.click(await screen.findByText('write'));
  await user.click(screen.getByText('send'));
  await screen.findByText('Next ticket');
  expect(Object.keys({ ...localStorage }).filter((key) => key.includes('draft'))).toEqual([]);
});

function ChosenRecipients({ onChange }: { onChange: (chosen: unknown) => void }) {
  const [chosen, setChosen] = React.useState<React.ComponentProps<typeof Recipients>['chosen']>(null);
  const usual = { to: [jane], cc: [] };
  const replyTo = { from: null, ...usual, all: { to: [jane], cc: [boss] }, sender: usual, problem: null };
  return (
    <Recipients ticketId="t1" replyTo={replyTo} begun={usual} chosen={chosen} onChange={(next) => (setChosen(next), onChange(next))} />
  );
}

test('somebody is added to the usual people, what is no address is said, and the way back is one click', async () => {
  const onChange = vi.fn();
  const { user } = show(<ChosenRecipients onChange={onChange} />);
  const to = await screen.findByRole('textbox', { name: 'To' });
  await user.type(to, 'bob@customer.test,');
  expect(onChange).toHaveBeenLastCalledWith({ to: [jane, { address: 'bob@customer.test', name: '' }], cc: [] });
  await user.type(to, 'nobody{Enter}');
  expect(screen.getByText(/nobody/).getAttribute('role')).toBe('alert');
  await user.clear(to);
  await user.type(to, '{Backspace}');
  expect(onChange).toHaveBeenLastCalledWith({ to: [jane], cc: [] });
  await user.click(screen.getByRole('button', { name: /usual/i }));
  expect(onChange).toHaveBeenLastCalledWith(null);
  await user.click(screen.getByRole('button', { name: 'Reply to all' }));
  expect(onChange).toHaveBeenLastCalledWith({ to: [jane], cc: [boss] });
  await user.click(screen.getByRole('button', { name: 'Only the sender' }));
  expect(onChange).toHaveBeenLastCalledWith({ to: [jane], cc: [] });
});

test.each([
  ['all', { to: [jane], cc: [boss] }],
  ['sender', {}],
])('an answer begins with whom the settings say: %s', async (how, expected) => {
  const replyTo = { to: [jane], cc: [], all: { to: [jane], cc: [boss] }, sender: { to: [jane], cc: [] } };
  const { press, bodies } = answering(comment('c9'), { replyTo, how });
  await press('write', 'send');
  await waitFor(() => expect(bodies()).toHaveLength(1));
  const [{ to, cc }] = bodies() as any[];
  expect({ ...(to && { to }), ...(cc && { cc }) }).toEqual(expected);
});

// ProseMirror needs a browser: what is written in it is seen in tests/e2e/tickets.test.ts.
vi.mock('../../admin/src/inbox/composer/AnswerEditor', () => ({
  AnswerEditor: class extends React.Component<{ label: string; html: string; onChange(html: string): void }> {
    override render() {
      const { label, html, onChange } = this.props;
      const change = ({ target }: { target: { value: string } }) => onChange(target.value && `<p>${target.value}</p>`);
      return <textarea aria-label={label} value={html.replace(/<\/?p>/g, '')} onChange={change} />;
    }
  },
}));

const OFFERS = {
  senders: [
    { scanner: null, name: 'Desk', address: 'desk@example.com' },
    { scanner: 's2', name: 'Sales', address: 'sales@example.com' },
  ],
  replies: [],
  uploadLimits: { fileBytes: 1000, totalBytes: 1000, files: 2 },
};

const newTicket = (permissions: string[]) =>
  show(<NewTicketPage />, {
    permissions: ['read-tickets', 'edit-tickets', ...permissions],
    answers: {
      'GET /contacts': { data: [], meta: { pagination: { page: 1, pageSize: 10, pageCount: 0, total: 0 } } },
      'GET /tickets/assignees': [],
      'GET /tickets/new': OFFERS,
      'POST /tickets': { documentId: 't9', ticketNumber: 'TT9' },
    },
  });

test('of a new ticket, each kind of copy is one click away', async () => {
  const { user } = newTicket(['reply-to-tickets']);
  await screen.findByRole('textbox', { name: 'First message' });
  expect(screen.queryByLabelText('Cc')).toBeNull();
  expect(screen.queryByLabelText('Bcc')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Add Cc' }));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Cc')));
  await user.keyboard('boss@customer.test,');
  expect(await screen.findByRole('button', { name: /boss@customer.test/ })).toBeTruthy();
});

test('a new ticket with a message to the customer needs an address, and leads to the ticket', async () => {
  const { user, sent, place } = newTicket(['reply-to-tickets']);
  await user.type(await screen.findByRole('textbox', { name: /^Title/ }), 'Ink');
  await user.type(await screen.findByRole('textbox', { name: 'First message' }), 'We have it again.');
  const send = screen.getByRole<HTMLButtonElement>('button', { name: 'Open and send' });
  expect(send.disabled).toBe(true);
  await user.type(screen.getByPlaceholderText(/@|name/i), 'jane@customer.test');
  await user.click(screen.getByRole('combobox', { name: 'Address that it comes from' }));
  await user.click(screen.getByRole('option', { name: /sales@example.com/ }));
  await user.click(send);
  await waitFor(() => expect(place()).toContain('t9'));
  expect(sent('POST', '/tickets')[0].body).toMatchObject({
    title: 'Ink',
    contactEmail: 'jane@customer.test',
    assignee: 1,
    scanner: 's2',
    comment: { text: 'We have it again.', isPublic: true, undoable: true },
  });
});

test('who may not reply opens a ticket with an internal note, without an address', async () => {
  const { user, sent } = newTicket(['write-internal-notes']);
  await user.type(await screen.findByRole('textbox', { name: /^Title/ }), 'Ink');
  await user.type(await screen.findByRole('textbox', { name: 'First message' }), 'Look into it.');
  await user.click(screen.getByRole('button', { name: 'Create ticket' }));
  await waitFor(() =>
    expect(sent('POST', '/tickets')[0].body.comment).toEqual({ text: 'Look into it.', isPublic: false, attachments: [] }),
  );
});

test('a new ticket that somebody looked away from is still there in this tab, until it is opened or begun anew', async () => {
  const first = newTicket(['reply-to-tickets']);
  await first.user.type(await screen.findByRole('textbox', { name: /^Title/ }), 'Ink');
  cleanup();
  const { user } = newTicket(['reply-to-tickets']);
  const title = await screen.findByRole<HTMLInputElement>('textbox', { name: /^Title/ });
  expect(title.value).toBe('Ink');
  await user.click(screen.getByRole('button', { name: 'Begin anew' }));
  expect(title.value).toBe('');
  expect(screen.queryByRole('button', { name: 'Begin anew' })).toBeNull();
  await user.type(title, 'Toner');
  await user.click(screen.getByRole('button', { name: 'Create ticket' }));
  await waitFor(() => expect(sessionStorage).toHaveLength(0));
});
