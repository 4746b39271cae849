import { refusal, show } from './support/panel';
import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Scanner } from '../../admin/src/api/scanners';
import { useActivation } from '../../admin/src/scanners/useActivation';

const scanner = { documentId: 's1', name: 'Sales', protocol: 'imap', active: false } as Scanner;

function Activate() {
  const { activate, dialog } = useActivation();
  return (
    <>
      <button onClick={() => void activate(scanner)}>activate</button>
      {dialog}
    </>
  );
}

async function activating(unread: unknown) {
  const shown = show(<Activate />, { answers: { 'GET /scanners/s1/unread': unread, 'PUT /scanners/s1': scanner } });
  await shown.user.click(await screen.findByText('activate'));
  const saved = () => shown.sent('PUT', '/scanners/s1').map(({ body }) => body);
  return { ...shown, saved };
}

test.each([{ count: 0 }, { count: null }])('a mailbox without unread emails is activated without a question: %j', async (unread) => {
  const { saved } = await activating(unread);
  await waitFor(() => expect(saved()).toEqual([{ active: true }]));
  expect(screen.queryByRole('dialog')).toBeNull();
});

test.each([
  ['Take them', 'take'],
  ['Leave them', 'leave'],
])('unread emails are asked about before anything is saved: %s', async (button, unread) => {
  const { user, saved } = await activating({ count: 3 });
  expect(await screen.findByText('3 unread emails lie in the mailbox already.')).toBeTruthy();
  expect(saved()).toEqual([]);
  await user.click(screen.getByRole('button', { name: button }));
  await waitFor(() => expect(saved()).toEqual([{ active: true, unread }]));
});

test('a mailbox that cannot be looked into is activated only by who insists', async () => {
  const { user, saved } = await activating(() => refusal(400, 'The mailbox is locked.'));
  expect(await screen.findByText('The mailbox is locked.')).toBeTruthy();
  expect(saved()).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Activate anyway' }));
  await waitFor(() => expect(saved()).toEqual([{ active: true }]));
});
