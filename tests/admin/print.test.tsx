import { refusal, show } from './support/panel';
import { screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { PrintPage } from '../../admin/src/inbox/ticket/PrintPage';

/** The sheet stands beside the panel, in the page itself. */

const comment = (documentId: string, more: object = {}) => ({
  ...{ documentId, text: `Words of ${documentId}`, html: null, visibleText: null, isPublic: true, isAutomatic: false, source: 'email' },
  ...{
    authorName: 'Jane Doe',
    authorAddress: 'jane@customer.test',
    contact: { email: 'jane@customer.test' },
    user: null,
    recipients: null,
  },
  ...{ createdAt: '2026-03-02T10:00:00Z', writtenAt: null, attachments: [], delivery: null },
  ...more,
});
const ada = { id: 1, firstname: 'Ada', lastname: 'Agent', email: null };
const answer = comment('answer', {
  ...{
    source: 'admin',
    contact: null,
    user: ada,
    authorName: null,
    authorAddress: null,
    attachments: [{ documentId: 'f', name: 'offer.pdf' }],
  },
  delivery: { state: 'sent', to: [{ address: 'jane@customer.test', name: '' }], cc: [], bcc: [{ address: 'boss@desk.test', name: '' }] },
});
const note = comment('note', { source: 'admin', contact: null, user: ada, authorName: null, isPublic: false });
const later = comment('later', {
  ...answer,
  documentId: 'later',
  text: 'Words of later',
  isPublic: false,
  delivery: { state: 'scheduled', to: [], cc: [] },
});
const ticket = {
  ...{
    documentId: 't',
    ticketNumber: 'TT1001',
    title: 'A lamp',
    ticketStatus: 'Open',
    priority: 'High',
    createdAt: '2026-03-01T10:00:00Z',
  },
  ...{
    contact: { email: 'jane@customer.test', firstName: 'Jane', lastName: 'Doe' },
    account: null,
    assignee: ada,
    tags: [{ name: 'VIP' }],
  },
  ...{ description: null, comments: [comment('second'), answer, note, later], earlierComments: 1 },
};

const printed = (earlier: unknown) =>
  show(<PrintPage />, { answers: { 'GET /tickets/t': ticket, 'GET /tickets/t/comments': earlier }, at: '/t', route: '/:id' });
const articles = () => screen.getAllByRole('article').map((article) => article.textContent);

test('all of a conversation is printed, with who wrote it and when, to whom, and the names of files; notes only by choice', async () => {
  const print = vi.fn();
  vi.stubGlobal('print', print);
  const { user } = printed([comment('first', { visibleText: 'Short' })]);
  await waitFor(() => expect(articles()).toHaveLength(3));
  expect(articles()[0]).toMatch(/Jane Doe.*jane@customer\.test.*Mar 2, 2026.*Short/);
  expect(articles()[2]).toMatch(/Ada Agent.*To: jane@customer\.test.*Words of answer.*Files: offer\.pdf/);
  expect(document.body.textContent).not.toMatch(/boss@desk\.test|Words of note|Words of later/);
  await user.click(screen.getByRole('checkbox', { name: 'With internal notes' }));
  expect(articles()).toHaveLength(5);
  expect(articles()[3]).toContain('Words of note');
  await user.click(screen.getByRole('button', { name: 'Print' }));
  expect(print).toHaveBeenCalledOnce();
});

test('where the earlier messages are missing, it says so and prints nothing as if it were whole', async () => {
  printed(() => refusal(500, 'The database is away.'));
  expect(await screen.findByText(/The earlier messages could not be loaded/)).toBeTruthy();
  expect((screen.getByRole('button', { name: 'Print' }) as HTMLButtonElement).disabled).toBe(true);
});
