import { refusal, show } from './support/panel';
import { screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { OAuthProvider } from '../../admin/src/api/authorizations';
import { ProviderForm } from '../../admin/src/oauth/ProviderForm';
import { ApplicationDialog } from '../../admin/src/shared/oauth/ApplicationDialog';
import { takeForm } from '../../admin/src/shared/oauth/keptForm';
import { useSignIn } from '../../admin/src/shared/oauth/useSignIn';

const microsoft = {
  ...{ provider: 'microsoft', label: 'Microsoft', configured: true, managedByConfig: false, clientId: 'app', hasSecret: true },
  ...{ hasCertificate: false, tenant: 'ink.test', cloud: 'global', issuer: null, scopes: null, options: ['tenant', 'cloud'], required: [] },
  ...{ redirectUri: 'https://desk.test/callback', permissions: ['IMAP.AccessAsUser.All'], applicationPermissions: ['IMAP.AccessAsApp'] },
  ...{ graphPermissions: ['Mail.Send', 'Mail.Send.Shared', 'offline_access'], mailServers: null },
} as OAuthProvider;
const save = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Save' });

test('a secret that nobody typed is kept, and options of other providers are not sent', async () => {
  const { user, sent } = show(<ProviderForm provider={microsoft} />, { answers: { 'PUT /oauth-providers/microsoft': microsoft } });
  const id = await screen.findByRole('textbox', { name: /Client id/ });
  await user.clear(id);
  await user.type(id, 'other');
  await user.click(save());
  await waitFor(() => expect(sent('PUT', '/oauth-providers/microsoft')).toHaveLength(1));
  expect(sent('PUT', '/oauth-providers/microsoft')[0].body).toEqual({ clientId: 'other', tenant: 'ink.test', cloud: 'global' });
});

test('what the server refuses stands at its field, and what was typed stays', async () => {
  const refused = refusal(400, 'No tenant.', [{ path: ['tenant'], message: 'Enter its id or its domain.' }]);
  const { user } = show(<ProviderForm provider={microsoft} />, { answers: { 'PUT /oauth-providers/microsoft': refused } });
  const tenant = await screen.findByRole<HTMLInputElement>('textbox', { name: /Tenant/ });
  await user.clear(tenant);
  await user.type(tenant, 'no tenant');
  await user.click(save());
  expect(await screen.findByText('Enter its id or its domain.')).toBeTruthy();
  expect(tenant.value).toBe('no tenant');
});

test('what the configuration sets is shown and cannot be changed', async () => {
  show(<ProviderForm provider={{ ...microsoft, managedByConfig: true }} />);
  expect((await screen.findByRole<HTMLInputElement>('textbox', { name: /Client id/ })).disabled).toBe(true);
  expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
});

test.each([
  ['mail', /IMAP\.AccessAsApp/],
  ['graph', /needs Mail\.Send, with/],
] as const)('an application for %s needs other permissions, and one that does not work is not added', async (use, needs) => {
  const [onAdded, onClose] = [vi.fn(), vi.fn()];
  const answer = vi.fn().mockReturnValueOnce(refusal(400, 'No.', [{ path: ['username'], message: 'There is no such mailbox.' }]));
  const { user, sent } = show(<ApplicationDialog provider={microsoft} use={use} onAdded={onAdded} onClose={onClose} />, {
    answers: { 'POST /authorizations': () => answer() ?? { documentId: 'a1', username: 'desk@ink.test' } },
  });
  expect(await screen.findByText(needs)).toBeTruthy();
  const add = screen.getByRole<HTMLButtonElement>('button', { name: 'Try and add' });
  expect(add.disabled).toBe(true);
  await user.type(screen.getByRole('textbox'), 'desk@ink.test');
  await user.click(add);
  expect(await screen.findByText('There is no such mailbox.')).toBeTruthy();
  expect(onClose).not.toHaveBeenCalled();
  await user.click(add);
  await waitFor(() => expect(onAdded).toHaveBeenCalledWith(expect.objectContaining({ documentId: 'a1' })));
  expect(sent('POST', '/authorizations')[1].body).toEqual({ provider: 'microsoft', username: 'desk@ink.test', use });
});

function SignIn() {
  const { signIn } = useSignIn();
  return <button onClick={() => void signIn('google', { values: { name: 'Desk', password: 'secret' } })}>sign in</button>;
}

test('a sign-in comes back to its page, and what the form held is kept without the password', async () => {
  const assign = vi.fn();
  vi.stubGlobal('location', { ...window.location, assign });
  const { user, requests } = show(<SignIn />, {
    at: '/scanners/create/',
    answers: { 'GET /oauth/google/start': { url: 'https://login.test/' } },
  });
  await user.click(await screen.findByText('sign in'));
  await waitFor(() => expect(assign).toHaveBeenCalledWith('https://login.test/'));
  expect(requests[0].query).toMatchObject({ returnPath: '/scanners/create' });
  expect(takeForm('/scanners/create')).toEqual({ name: 'Desk' });
});

test('a sign-in that does not begin keeps nothing', async () => {
  const { user } = show(<SignIn />, {
    at: '/scanners/create',
    answers: { 'GET /oauth/google/start': refusal(400, 'Not set up.') },
  });
  await user.click(await screen.findByText('sign in'));
  await screen.findByText('Not set up.');
  expect(takeForm('/scanners/create')).toBeNull();
});
