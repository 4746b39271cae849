import { FormAround, held, show } from './support/panel';
import { screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { Attachment, Comment } from '../../admin/src/api/tickets';
import { AttachmentPreview, canPreview } from '../../admin/src/inbox/conversation/AttachmentPreview';
import { MessageCard } from '../../admin/src/inbox/conversation/MessageCard';
import { MessageMenu } from '../../admin/src/inbox/conversation/MessageMenu';
import { SubjectInput } from '../../admin/src/outgoing/templates/SubjectInput';

const email = { documentId: 'c1', source: 'email', isOutgoing: false, hasSource: true } as unknown as Comment;
const menuOf = async (comment: Comment, permissions: string[], also: Partial<React.ComponentProps<typeof MessageMenu>> = {}) => {
  const shown = show(<MessageMenu comment={comment} {...also} />, {
    permissions,
    answers: { 'GET /rule-proposal': { scanner: 's1', message: 'm1', name: 'Ink', folders: ['INBOX'], conditions: {} } },
  });
  const button = await screen.findByRole('button', { name: 'More about this message' });
  const entries = () => screen.getAllByRole('menuitem').map(({ textContent }) => textContent);
  return { ...shown, button, entries };
};

test('the menu of a message has what somebody may do with it', async () => {
  const onForward = vi.fn();
  const { user, button, entries } = await menuOf(email, ['read-tickets'], { onForward });
  await user.click(button);
  expect(entries()).toEqual(['Forward', 'Original email']);
  await user.click(screen.getByRole('menuitem', { name: 'Forward' }));
  await waitFor(() => expect(onForward).toHaveBeenCalledWith(email));
});

test('a rule is made of what came in, not of what one of us wrote', async () => {
  const may = ['manage-scanners', 'read-scan-log'];
  const { user, button, place } = await menuOf(email, may);
  await user.click(button);
  await user.click(screen.getByRole('menuitem', { name: 'Make a rule from this email' }));
  await waitFor(() => expect(place()).toBe('/settings/mail-scanner/scanners/s1/rules/create'));
});

test('of a message of ours the email is all that there is', async () => {
  const { user, button, entries } = await menuOf({ ...email, isOutgoing: true }, ['manage-scanners', 'read-scan-log']);
  await user.click(button);
  expect(entries()).toEqual(['Original email']);
});

test('of a message of ours nobody is told that its sender is not verified', async () => {
  const comment = {
    ...email,
    text: 'It works again.',
    createdAt: '2026-01-02T10:00:00Z',
    writtenAt: null,
    verified: false,
    attachments: [],
  };
  show(
    <>
      <MessageCard comment={comment as Comment} initiallyOpen />
      <MessageCard comment={{ ...comment, isOutgoing: true } as Comment} initiallyOpen />
    </>,
  );
  expect(await screen.findAllByText('It works again.')).toHaveLength(2);
  expect(screen.getAllByText('Sender not verified')).toHaveLength(1);
});

test('a text is shown as text, a picture as picture, and what could run code not at all', async () => {
  const of = (name: string, mime: string) => ({ documentId: 'a', name, mime }) as Attachment;
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => {} }));
  show(
    <>
      <AttachmentPreview attachment={of('a.csv', 'text/csv')} bytes={new Blob(['<b>Jane</b>', 'x'.repeat(100_000)])} onClose={vi.fn()} />
      <AttachmentPreview attachment={of('b.png', 'image/png')} bytes={new Blob(['x'])} onClose={vi.fn()} />
    </>,
  );
  const text = await screen.findByText(/^<b>Jane<\/b>x/);
  expect(text.textContent).toHaveLength(100_000);
  expect(screen.getByText(/download/i)).toBeTruthy();
  expect(screen.getByAltText('b.png').getAttribute('src')).toBe('blob:x');
  expect([of('a.html', 'text/html'), of('a.svg', 'image/svg+xml')].some(canPreview)).toBe(false);
});

test('a tag stands where the caret was, and whoever picks it writes on behind it', async () => {
  const { user } = show(
    <FormAround values={{ subject: 'Re: it' }}>
      <SubjectInput tags={[{ tag: '$helpdesk-title$', label: 'Title' }] as never} />
    </FormAround>,
  );
  const field = await screen.findByRole<HTMLInputElement>('textbox');
  await user.click(field);
  field.setSelectionRange(4, 6);
  await user.click(screen.getByRole('button', { name: /tag/i }));
  await user.click(screen.getByRole('menuitem'));
  await waitFor(() => expect(document.activeElement).toBe(field));
  await user.keyboard('!');
  expect(held()).toEqual({ subject: 'Re: $helpdesk-title$!' });
});
