import { pageOf, refusal, show } from './support/panel';
import { screen, waitFor, within } from '@testing-library/react';
import { Link } from 'react-router-dom';
import { expect, test } from 'vitest';
import { TicketFiltersBar } from '../../admin/src/inbox/list/TicketFiltersBar';
import { ViewTabs } from '../../admin/src/inbox/list/ViewTabs';
import { ManageViews } from '../../admin/src/inbox/views/ManageViews';
import { MissingInView } from '../../admin/src/inbox/views/MissingInView';
import { SaveView } from '../../admin/src/inbox/views/SaveView';
import { TicketLists } from '../../admin/src/inbox/views/TicketLists';
import { isSameList, linkToView } from '../../admin/src/inbox/views/viewQuery';

const orders = {
  documentId: 'o',
  name: 'Urgent orders',
  isShared: true,
  filters: { view: 'all', search: 'order', priority: 'Urgent' },
  missing: [],
  count: null,
};
const bobs = { documentId: 'b', name: "Bob's", isShared: false, filters: { view: 'open', assignee: '7' }, missing: [], count: 3 };
const returns = { ...bobs, documentId: 'r', name: 'Returns', filters: { view: 'open', tag: 'gone' }, missing: ['tag'], count: null };

const shown = (ui: React.ReactNode, at: string, more: object = {}, permissions = ['read-tickets']) =>
  show(ui, { answers: { 'GET /saved-views': [orders, bobs, returns], ...more }, permissions, at });
const queryOf = (place: string | null) => Object.fromEntries(new URLSearchParams(place!.split('?')[1]));

test('a view is a link with all that it asks for, and its number where it is known', async () => {
  shown(<ViewTabs current="open" />, `/${linkToView(bobs as never)}`);
  const tab = await screen.findByRole('link', { name: "Bob's 3" });
  expect(tab.getAttribute('aria-current')).toBe('page');
  expect(screen.getByRole('link', { name: 'Open' }).getAttribute('aria-current')).toBeNull();
  expect(queryOf(screen.getByRole('link', { name: 'Urgent orders' }).getAttribute('href'))).toEqual({
    saved: 'o',
    view: 'all',
    priority: 'Urgent',
    _q: 'order',
  });
  expect(screen.getByRole('link', { name: 'Returns (Not there any more)' })).toBeTruthy();
});

test('what a list asks for is the same whatever order it is written in, and with what is usual left out', () => {
  expect(isSameList({ view: 'all', status: 'Open', sort: 'lastActivityAt:desc' }, { status: 'Open' })).toBe(true);
  expect(isSameList({ view: 'all', status: 'Open' }, { view: 'all', status: 'Open', tag: 't' })).toBe(false);
  expect(isSameList({ view: 'open' }, { view: 'all' })).toBe(false);
});

test('a list that is narrowed down is saved with its search and its order, and is open then', async () => {
  const { user, sent, place } = shown(<SaveView />, '/?view=waiting&priority=High&_q=printer&sort=createdAt%3Aasc&page=2', {
    'POST /saved-views': ({ body }: any) => ({ ...body, documentId: 'n', missing: [], count: null }),
  });
  await user.click(await screen.findByRole('button', { name: 'Save as a view' }));
  expect(screen.queryByRole('checkbox')).toBeNull();
  await user.type(await screen.findByRole('textbox', { name: /^Name/ }), 'Printers');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  const filters = { view: 'waiting', priority: 'High', search: 'printer', sort: 'createdAt:asc' };
  await waitFor(() => expect(sent('POST', '/saved-views')[0].body).toEqual({ name: 'Printers', isShared: false, filters }));
  await waitFor(() => expect(queryOf(place())).toMatchObject({ saved: 'n', view: 'waiting', _q: 'printer' }));
});

test('a name that is taken is refused beside the field, and stays typed', async () => {
  const { user } = shown(<SaveView />, '/?view=open&tag=v', {
    'POST /saved-views': () =>
      refusal(400, 'There is a view of this name already.', [{ path: ['name'], message: 'There is a view of this name already.' }]),
  });
  await user.click(await screen.findByRole('button', { name: 'Save as a view' }));
  const field = await screen.findByRole('textbox', { name: /^Name/ });
  await user.type(field, 'Orders{Enter}');
  expect(await screen.findByText('There is a view of this name already.')).toBeTruthy();
  expect((field as HTMLInputElement).value).toBe('Orders');
});

test('a changed view is saved by who may; the list of a plain view is not offered to be saved', async () => {
  const changed = `/?saved=b&view=open&assignee=7&priority=High`;
  const { user, sent } = shown(<SaveView />, changed, { 'PUT /saved-views/b': bobs });
  await user.click(await screen.findByRole('button', { name: 'Save changes to the view' }));
  await waitFor(() =>
    expect(sent('PUT', '/saved-views/b')[0].body).toEqual({ filters: { view: 'open', assignee: '7', priority: 'High' } }),
  );
});

test('a view of the team is saved as one of their own by who may not change it', async () => {
  shown(<SaveView />, '/?saved=o&view=all&_q=order');
  expect(await screen.findByRole('button', { name: 'Save as a view' })).toBeTruthy();
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Save changes to the view' })).toBeNull());
});

test.each(['/?view=closed', '/', `/${linkToView(orders as never)}`])('there is nothing to save at %s', async (at) => {
  shown(
    <>
      <ViewTabs current="open" />
      <SaveView />
    </>,
    at,
  );
  await screen.findByRole('link', { name: 'Urgent orders' });
  await waitFor(() => expect(screen.queryByRole('button', { name: /^Save/ })).toBeNull());
});

test('a view whose tag was removed says so, until the filter is taken out', async () => {
  const { user } = shown(
    <>
      <MissingInView />
      <Link to="/?saved=r&view=open">Without the filter</Link>
    </>,
    `/${linkToView(returns as never)}`,
  );
  expect(await screen.findByText(/not there any more, so it finds no tickets: Tag\./)).toBeTruthy();
  await user.click(screen.getByRole('link', { name: 'Without the filter' }));
  await waitFor(() => expect(screen.queryByText(/not there any more/)).toBeNull());
});

test('a filter of a link whose tag was removed does not look as if nothing was chosen; several values stand together', async () => {
  const { user } = shown(<TicketFiltersBar />, '/?tag=gone&status=Open,Closed', {
    'GET /tags': [],
    'GET /tickets/assignees': [],
    'GET /accounts': pageOf([]),
  });
  await user.click(await screen.findByRole('button', { name: /^Filters/ }));
  const tag = await screen.findByRole('combobox', { name: 'Tag' });
  await waitFor(() => expect(tag.textContent).toContain('Not there any more'));
  expect(screen.getByRole('combobox', { name: 'Status' }).textContent).toContain('Open, Closed');
});

test('a link that names a view alone leads to its list, and one to a view that is gone says so', async () => {
  const { place } = shown(<TicketLists />, '/?saved=b', { 'GET /tickets': pageOf([]) });
  await waitFor(() => expect(queryOf(place())).toEqual({ saved: 'b', view: 'open', assignee: '7' }));
});

test('a link to a view that is gone shows no list in its place', async () => {
  const { sent } = shown(<TicketLists />, '/?saved=unknown');
  expect(await screen.findByText(/This view does not exist any more/)).toBeTruthy();
  expect(sent('GET', '/tickets')).toEqual([]);
});

test('views are ordered by keys, renamed, shared and deleted by who may', async () => {
  const { user, sent } = shown(
    <ManageViews onClose={() => {}} />,
    '/',
    { 'PUT /saved-views/order': [orders, returns, bobs], 'PUT /saved-views/b': { ...bobs, isShared: true }, 'DELETE /saved-views/o': null },
    ['read-tickets', 'manage-shared-views'],
  );
  const own = await screen.findByRole('list', { name: 'My views' });
  within(own).getByRole('button', { name: "Move Bob's" }).focus();
  await user.click(within(own).getByRole('button', { name: "Edit Bob's" }));
  await user.type(await screen.findByRole('textbox', { name: /^Name/ }), ' tickets');
  await user.click(screen.getByRole('checkbox', { name: 'For the whole team' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(sent('PUT', '/saved-views/b')[0].body).toEqual({ name: "Bob's tickets", isShared: true }));
  await user.click(await screen.findByRole('button', { name: 'Delete Urgent orders' }));
  await user.click(await screen.findByRole('button', { name: 'Confirm' }));
  await waitFor(() => expect(sent('DELETE', '/saved-views/o')).toHaveLength(1));
});

test('who may not change the views of the team is offered their own alone', async () => {
  shown(<ManageViews onClose={() => {}} />, '/');
  await screen.findByRole('list', { name: 'My views' });
  expect(screen.queryByRole('list', { name: 'The team’s views' })).toBeNull();
});
