import { pageOf, refusal, show } from './support/panel';
import { InputRenderer } from '@strapi/strapi/admin';
import { screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { AccountPage } from '../../admin/src/people/AccountPage';
import { SettingsForm } from '../../admin/src/settings/SettingsForm';
import { SaveForm, SavePanel } from '../../admin/src/shared/components/SaveForm';
import { useSave } from '../../admin/src/shared/hooks/useSave';

const account = { documentId: 'a1', name: 'Ink Ltd', domain: 'ink.test', email: null };
const others = { 'GET /contacts': pageOf([]), 'GET /tickets': pageOf([]) };

/** The server has what was saved last. */
let saved: object = account;
const page = (put: unknown, permissions = ['read-tickets', 'edit-contacts']) =>
  show(<AccountPage />, {
    answers: { ...others, 'GET /accounts/a1': () => saved, 'PUT /accounts/a1': put },
    permissions,
    at: '/a1',
    route: '/:id',
  });

const nameField = () => screen.findByRole<HTMLInputElement>('textbox', { name: /^Name/ });
const saveButton = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Save' });

beforeEach(() => {
  saved = account;
});

test('a form is saved once something in it has changed, and counts as unchanged then', async () => {
  const { user, sent } = page(() => (saved = { ...account, name: 'Ink & Co' }));
  const name = await nameField();
  await waitFor(() => expect(saveButton().disabled).toBe(true));
  await user.type(name, '!');
  await waitFor(() => expect(saveButton().disabled).toBe(false));
  await user.click(saveButton());
  expect(await screen.findByText('Ink & Co: saved.')).toBeTruthy();
  expect(sent('PUT', '/accounts/a1')[0].body).toMatchObject({ name: 'Ink Ltd!', domain: 'ink.test' });
  // What the server made of it is what the form holds.
  expect((await nameField()).value).toBe('Ink & Co');
  expect(saveButton().disabled).toBe(true);
});

test('a field that the server refuses says why, until it is changed; the first one has the focus', async () => {
  const { user } = page(() =>
    refusal(400, '2 errors occurred.', [
      { path: ['name'], message: 'This name is taken.' },
      { path: ['domain'], message: 'This is no domain.' },
    ]),
  );
  const name = await nameField();
  await user.type(name, '!');
  await user.click(saveButton());
  expect(await screen.findByText('This name is taken.')).toBeTruthy();
  expect(screen.getByText('This is no domain.')).toBeTruthy();
  await waitFor(() => expect(document.activeElement).toBe(name));
  await user.type(name, '?');
  await waitFor(() => expect(screen.queryByText('This name is taken.')).toBeNull());
  expect(screen.getByText('This is no domain.')).toBeTruthy();
  expect(name.value).toBe('Ink Ltd!?');
  expect(document.activeElement).toBe(name);
});

test('a server that does not answer is told from one that refuses, and nothing typed is lost', async () => {
  const { user } = page(() => {
    throw new TypeError('Failed to fetch');
  });
  const name = await nameField();
  await user.type(name, '!');
  await user.click(saveButton());
  expect(await screen.findByText(/The server does not answer/)).toBeTruthy();
  expect(name.value).toBe('Ink Ltd!');
});

const SETTINGS = {
  ticketPrefix: 'T-',
  ticketStart: 1,
  maxMessageMegabytes: 25,
  maxNewTicketsPerHour: 20,
  keepSources: 'failed',
  staffDomains: [],
};

test('several errors of one field stand there together, and one of a list’s entry at the list', async () => {
  const settings = { ...SETTINGS, staffDomains: ['x.test'] };
  const errors = [
    { path: ['ticketPrefix'], message: 'It is too long.' },
    { path: ['ticketPrefix'], message: 'It ends with a digit.' },
    { path: ['staffDomains', '0'], message: 'That is no domain.' },
  ];
  const { user } = show(<SettingsForm />, {
    answers: { 'GET /settings': settings, 'PUT /settings': () => refusal(400, 'No.', errors) },
    permissions: ['manage-outgoing-mail'],
  });
  await user.type(await screen.findByRole('textbox', { name: /^Prefix/ }), '1');
  await user.click(saveButton());
  expect(await screen.findByText('It is too long. It ends with a digit.')).toBeTruthy();
  expect(screen.getByText('That is no domain.')).toBeTruthy();
});

test('who may not change contacts sees the form and no button', async () => {
  page(account, ['read-tickets']);
  expect((await nameField()).disabled).toBe(true);
  expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
});

function NameForm() {
  const save = useSave();
  return (
    <SaveForm
      initialValues={{ name: 'old' }}
      onSave={(values: { name: string }, helpers) =>
        save(Promise.resolve({ data: values }), helpers, (answer) => ({ values: answer, message: 'It is saved.' }))
      }
    >
      {() => (
        <SavePanel title="Names">
          <InputRenderer type="string" name="name" label="Name" />
        </SavePanel>
      )}
    </SaveForm>
  );
}

test('a form whose record nobody reads again counts as unchanged with what was saved', async () => {
  const { user } = show(<NameForm />);
  const name = await nameField();
  await user.type(name, 'er');
  await user.click(saveButton());
  expect(await screen.findByText('It is saved.')).toBeTruthy();
  expect(name.value).toBe('older');
  await waitFor(() => expect(saveButton().disabled).toBe(true));
});

test('a part of the settings saves what it shows and nothing else', async () => {
  const { user, sent } = show(<SettingsForm />, {
    answers: { 'GET /settings': { ...SETTINGS, publicUrl: 'https://cms.test', emailLanguage: 'de' }, 'PUT /settings': {} },
    permissions: ['manage-outgoing-mail'],
  });
  const start = await screen.findByRole('spinbutton', { name: /^First ticket number/ });
  await user.type(start, '0');
  await user.click(saveButton());
  await waitFor(() => expect(sent('PUT', '/settings')).toHaveLength(1));
  expect(sent('PUT', '/settings')[0].body).toEqual({ ...SETTINGS, ticketStart: 10 });
});
