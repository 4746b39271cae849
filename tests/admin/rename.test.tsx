import { refusal, show } from './support/panel';
import { screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { RenameDialog } from '../../admin/src/inbox/ticket/RenameDialog';

const rename = (answer: unknown) => {
  const onClose = vi.fn();
  const ticket = { documentId: 't', title: 'Hello' };
  const shown = show(<RenameDialog ticket={ticket} onClose={onClose} />, { answers: { 'PUT /tickets/t': answer } });
  return { ...shown, onClose };
};
const field = () => screen.findByRole<HTMLInputElement>('textbox');
const button = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Save the title' });

test('a ticket gets another title, without the spaces around it', async () => {
  const { user, sent, onClose } = rename({ documentId: 't' });
  await user.clear(await field());
  expect(button().disabled).toBe(true);
  await user.type(await field(), ' Printer on fire ');
  await user.click(button());
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(sent('PUT', '/tickets/t')[0].body).toEqual({ title: 'Printer on fire' });
});

test('the same title is not saved again, and a refusal keeps what was typed', async () => {
  const { user, sent, onClose } = rename(() => refusal(400, 'Not now.'));
  await field();
  expect(button().disabled).toBe(true);
  await user.type(await field(), '!');
  await user.click(button());
  expect(await screen.findByText('Not now.')).toBeTruthy();
  expect((await field()).value).toBe('Hello!');
  expect(sent('PUT', '/tickets/t')).toHaveLength(1);
  expect(onClose).not.toHaveBeenCalled();
});
