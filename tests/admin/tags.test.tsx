import { pageOf, refusal, show, type Answers } from './support/panel';
import { screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { BulkTags } from '../../admin/src/inbox/list/BulkTags';
import { TicketFiltersBar } from '../../admin/src/inbox/list/TicketFiltersBar';
import { ActivityLog } from '../../admin/src/inbox/ticket/ActivityLog';
import { TicketTags } from '../../admin/src/inbox/ticket/TicketTags';
import type { ActionFormProps } from '../../admin/src/rules/actionForm';
import { TagsInput } from '../../admin/src/rules/TagsInput';
import { TagChips } from '../../admin/src/shared/helpdesk/TagChips';
import { TagForm } from '../../admin/src/tags/TagForm';

const vip = { documentId: 'v', name: 'VIP', colour: 'red' } as const;
const hardware = { documentId: 'h', name: 'Hardware', colour: 'grey' } as const;
const answers = { 'GET /tags': [hardware, vip] };

test('a tag that is chosen is added, and one that is not chosen any more is taken away, and nothing else', async () => {
  const onChange = vi.fn();
  const { user } = show(<TicketTags ticket={{ tags: [vip] }} onChange={onChange} disabled={false} />, { answers });
  await user.click(await screen.findByRole('combobox', { name: 'Tags' }));
  await user.click(await screen.findByRole('option', { name: 'Hardware' }));
  expect(onChange).toHaveBeenLastCalledWith({ addTags: ['h'], removeTags: [] });
  await user.click(await screen.findByRole('option', { name: 'VIP' }));
  expect(onChange).toHaveBeenLastCalledWith(expect.objectContaining({ removeTags: ['v'] }));
});

test('who may not change a ticket sees its tags and no choice', async () => {
  show(<TicketTags ticket={{ tags: [vip] }} onChange={vi.fn()} disabled />, { answers });
  expect(await screen.findByText('VIP')).toBeTruthy();
  expect(screen.queryByRole('combobox')).toBeNull();
});

test('the chosen tickets get a tag or lose it', async () => {
  const onChange = vi.fn();
  const { user } = show(<BulkTags onChange={onChange} disabled={false} />, { answers });
  await user.click(await screen.findByRole('button', { name: 'Add tag' }));
  await user.click(await screen.findByRole('menuitem', { name: 'VIP' }));
  expect(onChange).toHaveBeenLastCalledWith({ addTags: ['v'] });
  await user.click(await screen.findByRole('button', { name: 'Remove tag' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Hardware' }));
  expect(onChange).toHaveBeenLastCalledWith({ removeTags: ['h'] });
});

test('a tag keeps its colour when its name is changed; a name that is taken is refused with words', async () => {
  const put = vi.fn(() => refusal(400, 'There is a tag of this name already.'));
  const { user, sent } = show(<TagForm />, {
    answers: { ...answers, 'PUT /tags/v': put },
    permissions: ['manage-tags'],
    at: '/v',
    route: '/:tagId',
  });
  await user.type(await screen.findByRole('textbox', { name: /^Name/ }), '!');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('There is a tag of this name already.')).toBeTruthy();
  await waitFor(() => expect(sent('PUT', '/tags/v')[0].body).toEqual({ name: 'VIP!', colour: 'red' }));
});

const ruleTags = (props: Pick<ActionFormProps, 'config' | 'onChange'>, given: Answers) =>
  show(<TagsInput {...({ ...props, disabled: false } as ActionFormProps)} />, { answers: given });

test('a rule names its tags; one that is not there any more is left out with the next choice', async () => {
  const onChange = vi.fn();
  const config = { tags: ['gone', 'v'] };
  const { user } = ruleTags({ config, onChange }, answers);
  await user.click(await screen.findByRole('combobox', { name: 'Tags' }));
  await user.click(await screen.findByRole('option', { name: 'Hardware' }));
  expect(onChange).toHaveBeenLastCalledWith({ tags: ['v', 'h'] });
});

test('a team without tags is told where they are made', async () => {
  ruleTags({ config: {}, onChange: vi.fn() }, { 'GET /tags': [] });
  expect(await screen.findByText(/Settings/)).toBeTruthy();
  expect(screen.queryByRole('combobox')).toBeNull();
});

async function filters(tags: unknown, at = '/') {
  const shown = show(<TicketFiltersBar />, {
    answers: { 'GET /tags': tags, 'GET /tickets/assignees': [], 'GET /accounts': pageOf([]) },
    permissions: ['read-tickets'],
    at,
  });
  // Folded on a phone, and where no style sheet asks how wide the screen is.
  await shown.user.click(await screen.findByRole('button', { name: /^Filters/ }));
  return shown;
}

test('the list is filtered by a tag, and begins with its first page', async () => {
  const { user, place } = await filters([hardware, vip], '/?page=3');
  await user.click(await screen.findByRole('combobox', { name: 'Tag' }));
  await user.click(await screen.findByRole('option', { name: 'VIP' }));
  await waitFor(() => expect(Object.fromEntries(new URLSearchParams(place()!.split('?')[1]))).toEqual({ page: '1', tag: 'v' }));
});

test('where there are no tags, there is no filter by them', async () => {
  await filters([]);
  await screen.findByRole('combobox', { name: 'Status' });
  expect(screen.queryByRole('combobox', { name: 'Tag' })).toBeNull();
});

test('the tags of a ticket are a list of that name, and no list where there are none', async () => {
  show(
    <>
      <TagChips tags={[vip, { ...hardware, colour: 'of a later release' as never }]} />
      <TagChips tags={[]} />
    </>,
  );
  const list = await screen.findByRole('list', { name: 'Tags' });
  expect([...list.children].map(({ textContent }) => textContent)).toEqual(['VIP', 'Hardware']);
});

test('the log of a ticket tells which tags were given and which were taken', async () => {
  const entry = (documentId: string, detail: object) => ({
    documentId,
    kind: 'tags',
    detail,
    actorKind: 'user',
    actorName: 'Ada',
    createdAt: '2026-01-02T10:00:00Z',
  });
  const log = [entry('1', { added: ['VIP', 'Fair'], removed: [] }), entry('2', { added: [], removed: ['Fair'] })];
  show(<ActivityLog ticketId="t" />, { answers: { 'GET /tickets/t/activities': pageOf(log) } });
  expect(await screen.findByText('Tagged: VIP, Fair')).toBeTruthy();
  expect(screen.getByText('Tags removed: Fair')).toBeTruthy();
});
