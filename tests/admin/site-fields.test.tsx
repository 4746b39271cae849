import { refusal, show } from './support/panel';
import * as React from 'react';
import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { SiteField } from '../../admin/src/api/tickets';
import { SiteFields } from '../../admin/src/inbox/ticket/SiteFields';

const field = (name: string, type: SiteField['type'], value: SiteField['value'], more: Partial<SiteField> = {}): SiteField => ({
  name,
  label: name,
  type,
  isRequired: false,
  isWritable: true,
  value,
  ...more,
});

const fields = (siteFields: SiteField[], { disabled = false, answer = { documentId: 't' } as unknown } = {}) => {
  const shown = show(<SiteFields ticket={{ documentId: 't', siteFields }} disabled={disabled} />, {
    answers: { 'PUT /tickets/t': answer },
  });
  return { ...shown, saved: () => shown.sent('PUT', '/tickets/t').map(({ body }) => body) };
};

test('what is typed is saved when one says so, as what it is, and an emptied field as nothing', async () => {
  const { user, saved } = fields([field('Branch', 'text', 'Bern'), field('Floor', 'number', 2), field('Due', 'date', null)]);
  const branch = await screen.findByRole('textbox', { name: 'Branch' });
  expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
  await user.type(branch, ' West');
  await user.click(await screen.findByRole('button', { name: 'Save' }));
  await user.type(screen.getByRole('spinbutton', { name: 'Floor' }), '1{Enter}');
  await waitFor(() => expect(saved()).toEqual([{ Branch: 'Bern West' }, { Floor: 21 }]));
  await user.clear(branch);
  await user.type(branch, '{Enter}');
  await waitFor(() => expect(saved().at(-1)).toEqual({ Branch: null }));
});

test('a choice and a yes or no are saved at once', async () => {
  const { user, saved } = fields([field('Region', 'choice', 'North', { options: ['North', 'South'] }), field('Paid', 'boolean', null)]);
  await user.click(await screen.findByRole('combobox', { name: 'Region' }));
  await user.click(await screen.findByRole('option', { name: 'South' }));
  await user.click(screen.getByRole('checkbox', { name: 'Paid' }));
  await waitFor(() => expect(saved()).toEqual([{ Region: 'South' }, { Paid: true }]));
});

test('what the site refuses stays in its field, with its words', async () => {
  const { user } = fields([field('Branch', 'text', 'Bern')], { answer: () => refusal(400, 'Branch must begin with a capital.') });
  const branch = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Branch' });
  await user.clear(branch);
  await user.type(branch, 'basel{Enter}');
  expect(await screen.findByText('Branch must begin with a capital.')).toBeTruthy();
  expect(branch.value).toBe('basel');
});

test('who may not change a ticket, and whatever nobody writes, sees the value alone; a site without fields has no panel', async () => {
  fields([field('Branch', 'text', 'Bern'), field('Paid', 'boolean', true)], { disabled: true });
  expect(await screen.findByText('Bern')).toBeTruthy();
  expect(screen.getByText('Yes')).toBeTruthy();
  fields([field('Erp', 'text', 'A-1', { isWritable: false })]);
  expect(await screen.findByText('A-1')).toBeTruthy();
  expect(screen.queryAllByRole('textbox')).toEqual([]);
  fields([]);
  expect(screen.getAllByText('More about this ticket')).toHaveLength(2);
});

/** The ticket as somebody else has changed it a moment later. */
function Changing() {
  const [name, setName] = React.useState('Bern');
  return (
    <>
      <button onClick={() => setName('Basel')}>somebody else saves</button>
      <SiteFields ticket={{ documentId: 't', siteFields: [field('Branch', 'text', name), field('Town', 'text', name)] }} disabled={false} />
    </>
  );
}

test('what somebody else saves takes the place of what was there, and of nothing that is being typed', async () => {
  const { user } = show(<Changing />);
  const field = async (name: string) => (await screen.findByRole<HTMLInputElement>('textbox', { name })).value;
  await user.type(await screen.findByRole('textbox', { name: 'Branch' }), ' West');
  await user.click(screen.getByText('somebody else saves'));
  expect(await field('Town')).toBe('Basel');
  expect(await field('Branch')).toBe('Bern West');
});
