import { FormAround, held, refusal, show } from './support/panel';
import { act, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { Attachment, Comment, Ticket } from '../../admin/src/api/tickets';
import { ShowDialog } from '../../admin/src/inbox/composer/ShowDialog';
import { usePresence } from '../../admin/src/inbox/composer/usePresence';
import { useEarlierComments } from '../../admin/src/inbox/conversation/useEarlierComments';
import { useWantedMessage } from '../../admin/src/inbox/conversation/useWantedMessage';
import { FolderPicker } from '../../admin/src/rules/FolderPicker';
import { TryRule } from '../../admin/src/rules/TryRule';
import { ConnectionTestPanel } from '../../admin/src/scanners/ConnectionTestPanel';
import { useUploads } from '../../admin/src/shared/helpdesk/useUploads';

const comment = (documentId: string, more: object = {}) => ({ documentId, attachments: [], ...more }) as unknown as Comment;
const said = (id: string) => screen.getByTestId(id).textContent;

function Uploads({ files, limits }: { files: File[]; limits: Partial<Ticket['uploadLimits']> }) {
  const { add, pending } = useUploads({
    limits: { fileBytes: 100, totalBytes: 150, files: 2, ...limits },
    attachments: [{ documentId: 'a', size: 80 } as Attachment],
    onAdded: ({ documentId }) => screen.getByTestId('added').append(documentId),
    onRemoved: () => {},
  });
  return (
    <>
      <button onClick={() => add(files)}>add</button>
      <output data-testid="added" />
      <output data-testid="pending">{pending.map(({ name }) => name).join()}</output>
    </>
  );
}

test.each([
  { sizes: [101], limits: {}, says: /a0.txt is too large/ },
  { sizes: [0], limits: {}, says: /a0.txt is empty/ },
  { sizes: [80], limits: {}, says: /Together the files would have more/ },
  { sizes: [10, 10], limits: {}, says: /takes 2 files/ },
])('files of $sizes bytes are not sent to the server, and it is said why', async ({ sizes, limits, says }) => {
  const files = sizes.map((size, index) => new File(['x'.repeat(size)], `a${index}.txt`));
  const { user, requests } = show(<Uploads files={files} limits={limits} />);
  await user.click(await screen.findByText('add'));
  expect(await screen.findByText(says)).toBeTruthy();
  expect(requests).toEqual([]);
});

test('a file that the server refuses is not among those that are sent, and does not wait for ever', async () => {
  const answer = vi.fn().mockReturnValueOnce(refusal(413, 'The disk is full.'));
  const { user } = show(<Uploads files={[new File(['x'], 'a.txt')]} limits={{}} />, {
    answers: { 'POST /attachments': () => answer() ?? { documentId: 'b' } },
  });
  await user.click(await screen.findByText('add'));
  expect(await screen.findByText('The disk is full.')).toBeTruthy();
  await waitFor(() => expect([said('pending'), said('added')]).toEqual(['', '']));
  await user.click(screen.getByText('add'));
  await waitFor(() => expect(said('added')).toBe('b'));
});

function Comments({ ticket }: { ticket: Ticket }) {
  const { comments, earlier, loadEarlier, isLoading } = useEarlierComments(ticket);
  const { wanted, target } = useWantedMessage({ comments, earlier, loadEarlier, isLoading });
  return (
    <>
      {comments.map(({ documentId }) => (
        <article key={documentId} ref={documentId === wanted ? target : undefined} tabIndex={-1}>
          {documentId}
        </article>
      ))}
      <output data-testid="earlier">{earlier}</output>
    </>
  );
}

test('the message that an address names is fetched with those before it, and has the focus', async () => {
  const pages: Record<string, Comment[]> = { c5: [comment('c3'), comment('c4')], c3: [comment('c1'), comment('c2')] };
  const { sent } = show(<Comments ticket={{ documentId: 't1', comments: [comment('c5')], earlierComments: 4 } as Ticket} />, {
    answers: { 'GET /tickets/t1/comments': ({ query }: { query: { before: string } }) => pages[query.before] },
    at: '/?message=c2',
  });
  await waitFor(() => expect(document.activeElement?.textContent).toBe('c2'));
  expect(screen.getAllByRole('article').map(({ textContent }) => textContent)).toEqual(['c1', 'c2', 'c3', 'c4', 'c5']);
  expect([said('earlier'), sent('GET', '/tickets/t1/comments').length]).toEqual(['0', 2]);
});

function Present({ isWriting }: { isWriting: boolean }) {
  const others = usePresence({ documentId: 't1', answering: [] } as unknown as Ticket, isWriting);
  return <output data-testid="others">{others.map(({ firstname }) => firstname).join()}</output>;
}

test('who writes an answer is told to the others as long as the page is open, and learns who else does', async () => {
  const { sent } = show(<Present isWriting />, { answers: { 'PUT /tickets/t1/presence': { answering: [{ id: 2, firstname: 'Jonas' }] } } });
  await waitFor(() => expect(said('others')).toBe('Jonas'));
  expect(sent('PUT', '/tickets/t1/presence').map(({ body }) => body)).toEqual([{ answering: true }]);
});

test('who only reads is told to nobody', async () => {
  const { requests } = show(<Present isWriting={false} />);
  await screen.findByTestId('others');
  await act(async () => {});
  expect(requests).toEqual([]);
});

test('of what people outside wrote the customer is shown their own words alone, unless more is chosen', async () => {
  const onShow = vi.fn();
  const from = {
    authorName: 'Sue Supplier',
    authorAddress: 'sue@parts.test',
    visibleText: 'In stock.',
    text: 'In stock.\n> Between us: no.',
  };
  const files = [{ documentId: 'f1', name: 'price.pdf', size: 9 }];
  const { user, sent } = show(
    <ShowDialog comment={comment('c1', { ...from, attachments: files })} readers={[]} isBegun={false} onShow={onShow} onClose={vi.fn()} />,
    {
      answers: { 'POST /comments/c1/attachments': [] },
    },
  );
  expect(await screen.findByText(/Nobody yet: choose recipients/)).toBeTruthy();
  await user.click(screen.getByRole('checkbox', { name: /price.pdf/ }));
  await user.click(screen.getAllByRole('button').at(-1)!);
  expect(onShow.mock.calls[0][0].html).toMatch(/In stock/);
  expect(onShow.mock.calls[0][0].html).not.toMatch(/Between us|Sue/);
  expect(sent('POST', '/comments/c1/attachments')).toEqual([]);
  await user.click(screen.getByRole('checkbox', { name: /Sue Supplier/ }));
  await user.click(screen.getAllByRole('button').at(-1)!);
  expect(onShow.mock.calls[1][0].html).toMatch(/Sue Supplier/);
});

test('folders are chosen out of those of the mailbox', async () => {
  const folder = (path: string) => ({ path, name: path, delimiter: '/', selectable: true });
  const { user } = show(
    <FormAround values={{ folders: ['INBOX'] }}>
      <FolderPicker scannerId="s1" protocol="imap" disabled={false} />
    </FormAround>,
    { answers: { 'GET /scanners/s1/folders': [folder('INBOX'), folder('Orders')] } },
  );
  await user.click(await screen.findByRole('checkbox', { name: 'Orders' }));
  expect(held().folders).toEqual(['INBOX', 'Orders']);
  await user.click(screen.getByRole('checkbox', { name: 'INBOX' }));
  expect(held().folders).toEqual(['Orders']);
});

test('folders of a mailbox that does not answer are typed', async () => {
  const { user } = show(
    <FormAround values={{ folders: [] }}>
      <FolderPicker scannerId="s1" protocol="imap" disabled={false} />
    </FormAround>,
    { answers: { 'GET /scanners/s1/folders': () => refusal(502, 'It does not answer.') } },
  );
  expect(await screen.findByText('It does not answer.')).toBeTruthy();
  await user.type(screen.getByRole('textbox'), 'INBOX, Orders/New,');
  expect(held().folders).toEqual(['INBOX', 'Orders/New']);
});

test('a rule is tried as it stands in the form, also without a name, and what it lacks is said there', async () => {
  const answer = vi.fn().mockReturnValueOnce(refusal(400, 'No.', [{ path: ['folders'], message: 'There is no such folder.' }]));
  const values = { name: ' ', folders: ['Gone'] };
  const { user, sent } = show(
    <FormAround values={values}>
      <TryRule scannerId="s1" values={values as never} />
      <FolderPicker scannerId="s1" protocol="imap" disabled={false} />
    </FormAround>,
    {
      answers: {
        'GET /scanners/s1/folders': [],
        'POST /scanners/s1/rules/try': () =>
          answer() ?? {
            message: null,
            own: null,
            problem: null,
            counted: { counted: 9, met: 2, unknown: 0, isCutShort: false, examples: [] },
          },
      },
    },
  );
  await user.click(await screen.findByRole('button', { name: 'Try' }));
  await waitFor(() => expect(screen.getAllByText(/There is no such folder/).length).toBeGreaterThan(0));
  expect(sent('POST', '/scanners/s1/rules/try')[0].body.rule).toEqual({ name: 'Unnamed rule', folders: ['Gone'] });
  await user.click(screen.getByRole('button', { name: 'Try' }));
  expect(await screen.findByText('It would have taken 2 of the last 9 scanned emails')).toBeTruthy();
});

test('a connection is tried with what is typed, and it is said what to do', async () => {
  const { user, sent } = show(
    <FormAround values={{ name: 'Desk', host: 'nowhere.test', password: 'secret', authType: 'password', authorization: null }}>
      <ConnectionTestPanel id="s1" />
    </FormAround>,
    { answers: { 'POST /scanners/s1/test': { ok: false, message: 'There is no such server.', messageSaid: null } } },
  );
  await user.click(await screen.findByRole('button'));
  expect(await screen.findByText('There is no such server.')).toBeTruthy();
  expect(sent('POST', '/scanners/s1/test')[0].body).toMatchObject({ host: 'nowhere.test', password: 'secret' });
});
