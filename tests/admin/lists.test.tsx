import { pageOf, refusal, show } from './support/panel';
import * as React from 'react';
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { ListedTicket } from '../../admin/src/api/tickets';
import { TicketTable } from '../../admin/src/inbox/list/TicketTable';
import { TicketListPage } from '../../admin/src/inbox/list/TicketListPage';
import { ContactListPage } from '../../admin/src/people/ContactListPage';
import { AccountSelect } from '../../admin/src/shared/helpdesk/AccountSelect';
import { ListPage } from '../../admin/src/shared/components/ListPage';
import { useText } from '../../admin/src/shared/hooks/useText';
import { countText } from '../../admin/src/shared/utils/paging';
import { Bell } from '../../admin/src/inbox/notices/Bell';
import { NoteSeen } from '../../admin/src/inbox/ticket/NoteSeen';

const jane = {
  documentId: 'jane',
  email: 'jane@customer.test',
  firstName: 'Jane',
  lastName: 'Doe',
  phone: null,
  undeliverable: false,
  account: null,
  openTickets: 3,
  lastMessageAt: null,
};

test('a list asks for the page and the words that the address bar holds', async () => {
  const { sent } = show(<ContactListPage />, { answers: { 'GET /contacts': pageOf([jane]) }, at: '/?page=3&pageSize=50&_q=doe' });
  expect(await screen.findByText('Jane Doe')).toBeTruthy();
  expect(sent('GET', '/contacts')[0].query).toEqual({ search: 'doe', sort: 'lastMessage', page: '3', pageSize: '50' });
});

test('words with signs of an address are looked for as they were typed, also after another choice, and the field is there at once', async () => {
  const { user, sent } = show(<ContactListPage />, { answers: { 'GET /contacts': pageOf([jane]) }, at: '/?page=3' });
  await user.type(await screen.findByLabelText('Search contacts'), 'R&D #5 + 100%{Enter}');
  const last = () => sent('GET', '/contacts').at(-1)?.query;
  await waitFor(() => expect(last()).toEqual({ search: 'R&D #5 + 100%', sort: 'lastMessage', page: '1', pageSize: '20' }));
  await user.click(screen.getByRole('combobox', { name: 'Sort by' }));
  await user.click(await screen.findByRole('option', { name: 'Name' }));
  await waitFor(() => expect(last()).toMatchObject({ search: 'R&D #5 + 100%', sort: 'name' }));
  await user.click(screen.getByRole('button', { name: 'Clear the search' }));
  await waitFor(() => expect(last()).not.toHaveProperty('search'));
});

test('an empty list says so and shows no table', async () => {
  show(<ContactListPage />, { answers: { 'GET /contacts': pageOf([]) } });
  expect(await screen.findByText('No contacts here.')).toBeTruthy();
  expect(screen.queryByRole('table')).toBeNull();
});

test('a list that the server refuses is an error, not an empty list', async () => {
  show(<ContactListPage />, { answers: { 'GET /contacts': () => refusal(500, 'It is down.') } });
  expect(await screen.findByText(/something went wrong/i)).toBeTruthy();
});

const plainList = (list: { data?: string[]; error?: unknown; isFetching: boolean }, isWaiting = false) =>
  show(
    <ListPage list={list} isWaiting={isWaiting} title="Things" subtitle="All of them">
      {(things) => <p>{things.join()}</p>}
    </ListPage>,
  );

test('a list stays when its refresh fails, with a word about it', async () => {
  plainList({ data: ['one', 'two'], error: { status: 500 }, isFetching: false });
  expect(await screen.findByText('one,two')).toBeTruthy();
  expect(screen.getByText(/there may be news that is not shown here/)).toBeTruthy();
});

test('a list waits until it is known what one may do there', async () => {
  plainList({ data: ['one'], isFetching: false }, true);
  expect(await screen.findByText(/loading/i)).toBeTruthy();
  expect(screen.queryByText('one')).toBeNull();
});

function Counted(pagination: { total: number; hasMore?: true }) {
  return <p>{countText(useText(), 'inbox.count', pagination)}</p>;
}

test('a list that was not counted to its end says that there are more', async () => {
  show(
    <>
      <Counted total={2} />
      <Counted total={10_000} hasMore />
    </>,
  );
  expect(await screen.findByText('2 tickets')).toBeTruthy();
  expect(screen.getByText('More than 10,000 tickets')).toBeTruthy();
});

const SILENT: ListedTicket['conversation'] = {
  messageCount: 0,
  hasFiles: false,
  isUnseen: false,
  waitingSince: null,
  lastMessage: null,
};

const ticket = (documentId: string) => ({
  documentId,
  ticketNumber: `TT${documentId}`,
  title: `About ${documentId}`,
  ticketStatus: 'Open' as const,
  helpdeskStatus: null,
  priority: 'Normal' as const,
  lastActivityAt: null,
  isSpam: null,
  snoozedAt: null,
  snoozedUntil: null,
  dueAt: null,
  dueFor: null,
  createdAt: '2026-01-02T10:00:00Z',
  assignee: null,
  helpdeskTeam: null,
  contact: null,
  account: null,
  scanner: null,
  tags: [],
  mergedInto: null,
  conversation: SILENT,
});

function Choosable() {
  const [selected, setSelected] = React.useState<string[]>([]);
  return (
    <>
      <output data-testid="selected">{selected.join()}</output>
      <TicketTable tickets={[ticket('1'), ticket('2')]} selected={selected} onSelect={setSelected} />
    </>
  );
}

test('tickets are chosen one by one and all at once by those who may assign them', async () => {
  const { user } = show(<Choosable />, { permissions: ['read-tickets', 'assign-tickets'] });
  const boxes = await screen.findAllByRole('checkbox');
  const selected = () => screen.getByTestId('selected').textContent;
  await user.click(boxes[2]);
  expect(selected()).toBe('2');
  await user.click(boxes[0]);
  expect(selected()).toBe('1,2');
  await user.click(boxes[0]);
  expect(selected()).toBe('');
});

test('who may not assign tickets chooses none', async () => {
  show(<Choosable />, { permissions: ['read-tickets'] });
  expect(await screen.findByText('About 1')).toBeTruthy();
  expect(screen.queryAllByRole('checkbox')).toEqual([]);
});

const inbox = (at: NonNullable<Parameters<typeof show>[1]>['at'] = '/') =>
  show(<TicketListPage />, {
    permissions: ['read-tickets'],
    at,
    answers: {
      'GET /tickets': pageOf([ticket('1'), ticket('2')]),
      'GET /tickets/summary': { views: {}, toAnswer: 3, failedDeliveries: 0, unhealthyScanners: 0 },
      'GET /tickets/assignees': [],
      'GET /accounts': pageOf([]),
    },
  });
test.each([
  ['its row', { ticket: '1', next: '2' }, '1'],
  ['the next one, where it has left the list', { ticket: 'answered', next: '2' }, '2'],
])('after a ticket, the focus is on %s', async (_, state, row) => {
  inbox({ pathname: '/', state });
  await waitFor(() => expect((document.activeElement as HTMLElement).dataset.ticketLink).toBe(row));
});

const sortsAsked = (sent: ReturnType<typeof show>['sent']) => sent('GET', '/tickets').map(({ query }) => query.sort);

test('the order of the tickets is turned round, so that those who have waited longest come first, and back', async () => {
  const { user, sent } = inbox('/?page=2');
  const [button] = await screen.findAllByRole('button', { name: 'Sort on Last activity' });
  const heading = () => document.querySelector('th[aria-sort]')!.getAttribute('aria-sort');
  expect(heading()).toBe('descending');
  await user.click(button);
  await waitFor(() => expect(heading()).toBe('ascending'));
  expect(sent('GET', '/tickets').at(-1)!.query).toMatchObject({ sort: 'lastActivityAt:asc', page: '1' });
  await user.click(screen.getAllByRole('button', { name: 'Sort on Last activity' })[0]);
  await waitFor(() => expect(heading()).toBe('descending'));
  expect(sortsAsked(sent).filter(Boolean)).toEqual(['lastActivityAt:asc']);
});

test('the window is called by how many tickets wait for an answer', async () => {
  inbox();
  await waitFor(() => expect(document.title).toMatch(/^\(3\) Helpdesk/));
});

test('the tickets are put in the order in which they were opened, and back into the usual one', async () => {
  const { user, sent } = inbox();
  await user.click(await screen.findByRole('button', { name: 'Sort on Opened' }));
  await waitFor(() => expect(sortsAsked(sent).at(-1)).toBe('createdAt:desc'));
  await user.click(await screen.findByRole('button', { name: 'Sort on Opened' }));
  await waitFor(() => expect(sortsAsked(sent).at(-1)).toBe('createdAt:asc'));
  await user.click(screen.getAllByRole('button', { name: 'Sort on Last activity' })[0]);
  await waitFor(() => expect(document.querySelector('th[aria-sort="descending"]')!.textContent).toMatch(/Last activity/));
});

test('a row says in words what is due and what is too late, and the list begins with what is due next', async () => {
  const due = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  const tickets = [
    { ...ticket('1'), dueAt: due(-30), dueFor: 'firstResponse' as const },
    { ...ticket('2'), dueAt: due(30), dueFor: 'resolution' as const },
  ];
  const { user, sent } = show(<TicketListPage />, {
    permissions: ['read-tickets'],
    answers: {
      'GET /tickets': pageOf(tickets),
      'GET /tickets/summary': { views: {}, toAnswer: 0, failedDeliveries: 0, unhealthyScanners: 0 },
      'GET /tickets/assignees': [],
      'GET /accounts': pageOf([]),
    },
  });
  expect((await screen.findAllByText(/Answer overdue since/)).length).toBeGreaterThan(0);
  expect(screen.getAllByText(/To be solved by/).length).toBeGreaterThan(0);
  await user.click(screen.getAllByRole('button', { name: 'Sort on Due' })[0]);
  await waitFor(() => expect(sortsAsked(sent).at(-1)).toBe('dueAt:asc'));
});

test('a row says what is new, who wrote last and what, how many messages and files there are, and since when somebody waits', async () => {
  const conversation: ListedTicket['conversation'] = {
    messageCount: 3,
    hasFiles: true,
    isUnseen: true,
    waitingSince: '2026-01-02T10:00:00Z',
    lastMessage: { author: 'Jane Doe', isPublic: false, excerpt: 'It is empty.' },
  };
  const tickets = [{ ...ticket('1'), conversation }, ticket('2')];
  show(<TicketTable tickets={tickets} selected={[]} onSelect={() => {}} />, { permissions: ['read-tickets'] });
  const [, first, second] = await screen.findAllByRole('row');
  for (const words of ['New to you', '3 messages', 'It is empty.', 'Jane Doe', 'Waits since']) expect(first.textContent).toContain(words);
  for (const name of ['Has files', 'Internal']) expect(within(first).getByRole('img', { name })).toBeTruthy();
  expect(second.textContent).not.toMatch(/New to you|message|Waits/);
  const weightOf = (title: string) => getComputedStyle(screen.getByText(title).parentElement!).fontWeight;
  expect(weightOf('About 1')).not.toBe(weightOf('About 2'));
});

const comments = [{ documentId: 'old' }, { documentId: 'new' }] as never;

test('who has a ticket before them is noted to have seen it, once, and only where it was new to them', async () => {
  const { sent } = show(
    <>
      <NoteSeen ticket={{ documentId: 't', isUnseen: true, comments }} />
      <NoteSeen ticket={{ documentId: 't', isUnseen: false, comments }} />
    </>,
    { answers: { 'PUT /tickets/t/seen': null } },
  );
  await waitFor(() => expect(sent('PUT', '/tickets/t/seen').map(({ body }) => body)).toEqual([{ comment: 'new' }]));
});

test('what somebody types to find an account stays as it is typed, and open, when news arrive', async () => {
  let newest = 1;
  const onChange = vi.fn();
  const names = ['Northwind Traders', 'The Northern Star'];
  const { user } = show(
    <>
      <Bell />
      <AccountSelect label="Account" value={null} onChange={onChange} />
    </>,
    {
      answers: {
        'GET /notices/news': () => ({ unread: newest, lastNotice: newest, lastMessage: 0 }),
        'GET /accounts': ({ query }: { query: Record<string, string> }) =>
          pageOf(names.filter((name) => name.includes(query.search ?? '')).map((name) => ({ documentId: name, name }))),
      },
    },
  );
  const account = await screen.findByLabelText<HTMLInputElement>('Account');
  await user.type(account, 'North');
  expect(account.value).toBe('North');
  // What the server finds is offered, though it does not begin with these letters.
  await screen.findByText('The Northern Star');
  newest = 2;
  await screen.findByLabelText('Notifications: 2 unread');
  await user.type(account, 'w');
  expect(account.value).toBe('Northw');
  await waitFor(() => expect(screen.queryByText('The Northern Star')).toBeNull());
  await user.click(screen.getByText('Northwind Traders'));
  expect(onChange).toHaveBeenCalledWith({ documentId: 'Northwind Traders', name: 'Northwind Traders' });
});
