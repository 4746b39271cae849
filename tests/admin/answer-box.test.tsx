import { refusal, show } from './support/panel';
import * as React from 'react';
import { screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { Comment, Ticket } from '../../admin/src/api/tickets';
import { SentElsewhere } from '../../admin/src/inbox/SentElsewhere';
import { Composer, type ComposerHandle } from '../../admin/src/inbox/composer/Composer';

// ProseMirror needs a browser: what is written in it is seen in tests/e2e/tickets.test.ts.
vi.mock('../../admin/src/inbox/composer/AnswerEditor', () => ({
  AnswerEditor: class extends React.Component<{ label: string; html: string; onChange(html: string): void }> {
    focus() {}
    override render() {
      const { label, html, onChange } = this.props;
      const change = ({ target }: { target: { value: string } }) => onChange(target.value && `<p>${target.value}</p>`);
      return <textarea aria-label={label} value={html.replace(/<\/?p>/g, '')} onChange={change} />;
    }
  },
}));

const toJane = { to: [{ address: 'jane@ink.test', name: 'Jane' }], cc: [] };
const fromJane = {
  ...{ documentId: 'c1', isPublic: true, isAutomatic: false, user: null, delivery: null, source: 'email', attachments: [] },
  ...{ text: 'No ink.', authorName: 'Jane', authorAddress: 'jane@ink.test', writtenAt: '2026-11-24T08:00:00Z', forward: null },
} as unknown as Comment;
const ticket = {
  ...{ documentId: 't1', ticketNumber: 'TT1', ticketStatus: 'Open', helpdeskStatus: null, comments: [fromJane], answering: [] },
  replyTo: { from: null, ...toJane, all: toJane, sender: toJane, problem: null },
  answerDefaults: { afterAnswer: 'wait', replyTo: 'all', takeOnAnswer: false, afterwards: 'stay' },
  uploadLimits: { fileBytes: 1000, totalBytes: 1000, files: 2 },
} as unknown as Ticket;

const box = async ({ reply = true, answer = { documentId: 'c9' } as unknown, comments = [fromJane] } = {}) => {
  const onAnswered = vi.fn();
  const handle = React.createRef<ComposerHandle>();
  const may = { reply, setStatus: true, assign: true };
  const shown = show(
    <SentElsewhere>
      <Composer ref={handle} ticket={{ ...ticket, comments }} may={may} onAnswered={onAnswered} />
    </SentElsewhere>,
    {
      answers: {
        ...{
          'GET /statuses': [],
          'GET /tickets/t1/canned-replies': [],
          'PUT /tickets/t1/presence': { answering: [] },
          'GET /my-signature': {},
        },
        ...{ 'POST /tickets/t1/comments': answer, 'POST /tickets/t1/forward': { documentId: 'c9' } },
        'POST /comments/c2/undo': { text: 'First', html: null, ticketStatus: 'Closed', to: toJane.to, cc: null, attachments: [] },
      },
    },
  );
  await screen.findByRole('region', { name: 'Answer' });
  const write = async (words: string) => shown.user.type((await screen.findAllByRole('textbox')).at(-1)!, words);
  return { ...shown, handle, onAnswered, write, bodies: () => shown.sent('POST', '/tickets/t1/comments').map(({ body }) => body) };
};
const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>('button', { name });

test('an answer leaves with the status that the settings name, and the page is told', async () => {
  const { user, write, bodies, onAnswered } = await box();
  expect(button('Send and wait').disabled).toBe(true);
  await write('Buy some.');
  await user.click(button('Send and wait'));
  await waitFor(() => expect(onAnswered).toHaveBeenCalledOnce());
  expect(bodies()).toMatchObject([{ text: 'Buy some.', isPublic: true, ticketStatus: 'Wait For Response' }]);
});

test('a note changes no status, leads nowhere, and no notification covers the page', async () => {
  const { user, write, bodies, onAnswered } = await box();
  await user.click(button('Internal note'));
  await write('Known.');
  await user.click(button('Add note'));
  await waitFor(() => expect(document.getElementById('live-region-status')?.innerText).toBe('The note was added.'));
  expect(bodies()[0]).toMatchObject({ text: 'Known.', isPublic: false });
  expect(bodies()[0]).not.toHaveProperty('ticketStatus');
  expect(onAnswered).not.toHaveBeenCalled();
  expect(screen.queryByText('The note was added.')).toBeNull();
});

test('of an answer that was taken back nobody is told elsewhere, and a note in its place changes no status', async () => {
  const mine = { ...fromJane, documentId: 'c2', user: { id: 1 }, delivery: { undoSeconds: 9 } } as unknown as Comment;
  const { user, write, bodies } = await box({
    comments: [fromJane, mine],
    answer: { documentId: 'c9', delivery: { undoSeconds: 9 } },
  });
  await write('Buy some.');
  await user.click(button('Send and wait'));
  expect(await screen.findByText('Your answer to TT1 leaves in a few seconds.')).toBeTruthy();
  await user.click(screen.getAllByRole('button', { name: 'Undo' })[0]);
  await waitFor(() => expect(screen.queryByText('Your answer to TT1 leaves in a few seconds.')).toBeNull());
  expect(screen.getByDisplayValue('First')).toBeTruthy();
  await user.click(button('Internal note'));
  await user.click(button('Add note'));
  await waitFor(() => expect(bodies()).toHaveLength(2));
  expect(bodies()[1]).not.toHaveProperty('ticketStatus');
});

test('who may only write notes sees no way to write to the customer', async () => {
  await box({ reply: false });
  expect(await screen.findByRole('button', { name: 'Add note' })).toBeTruthy();
  expect(screen.queryByRole('button', { name: /customer|Forward/ })).toBeNull();
});

test('an answer that was refused is still there, and the page is not told', async () => {
  const { user, write, onAnswered } = await box({ answer: refusal(400, 'Too long.') });
  await write('Buy some.');
  await user.click(button('Send and wait'));
  expect((await screen.findAllByText('Too long.')).length).toBeGreaterThan(0);
  expect(screen.getByDisplayValue('Buy some.')).toBeTruthy();
  expect(onAnswered).not.toHaveBeenCalled();
});

test('a message is forwarded to somebody alone, and the answer that was begun is not sent with it', async () => {
  const { user, handle, sent } = await box();
  React.act(() => handle.current!.forward());
  const forward = () => screen.getAllByRole<HTMLButtonElement>('button', { name: 'Forward' }).at(-1)!;
  await waitFor(() => expect(forward().disabled).toBe(true));
  await user.type(screen.getByRole('textbox', { name: 'To' }), 'bob@ink.test{Enter}');
  await user.click(forward());
  await waitFor(() => expect(sent('POST', '/tickets/t1/forward')).toHaveLength(1));
  expect(sent('POST', '/tickets/t1/forward')[0].body).toMatchObject({
    to: [{ address: 'bob@ink.test', name: '' }],
    comments: ['c1'],
  });
  expect(sent('POST', '/tickets/t1/comments')).toEqual([]);
});
