import { FormAround, held, show } from './support/panel';
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Scanner } from '../../admin/src/api/scanners';
import { ConnectionFields } from '../../admin/src/scanners/ConnectionFields';
import { changeOf, NEW_SCANNER, valuesOf, type ScannerValues } from '../../admin/src/scanners/scannerValues';

const fields = (values: Partial<ScannerValues> = {}) =>
  show(
    <FormAround values={{ ...NEW_SCANNER, ...values }}>
      <ConnectionFields disabled={false} />
    </FormAround>,
    { permissions: ['read-scanners', 'manage-scanners'], answers: { 'GET /oauth-providers': [], 'GET /authorizations': [] } },
  );
const userName = () => screen.findByRole('textbox', { name: /^Username/ });

test('the address of a known provider fills in its server', async () => {
  const { user } = fields();
  await user.type(await userName(), 'jane@gmail.com');
  expect(held()).toMatchObject({ username: 'jane@gmail.com', host: 'imap.gmail.com', port: 993, encryption: 'ssl' });
});

test('a server that somebody typed is not written over', async () => {
  const { user } = fields({ host: 'mail.own.test', port: 1993 });
  await user.type(await userName(), 'jane@gmail.com');
  expect(held()).toMatchObject({ host: 'mail.own.test', port: 1993 });
});

test('another protocol brings its own port and the server of the provider for it', async () => {
  const { user } = fields({ username: 'jane@gmail.com', host: 'imap.gmail.com' });
  await user.click(await screen.findByRole('combobox', { name: /^Type/ }));
  await user.click(await screen.findByRole('option', { name: 'POP3' }));
  expect(held()).toMatchObject({ protocol: 'pop3', host: 'pop.gmail.com', port: 995 });
});

test('Microsoft Graph needs a Microsoft account and no server; another account brings the server back', async () => {
  const { user } = fields();
  const choose = async (field: RegExp, name: string | RegExp) => {
    await user.click(await screen.findByRole('combobox', { name: field }));
    await user.click(await screen.findByRole('option', { name }));
  };
  await choose(/^Type/, 'Microsoft Graph');
  expect(held()).toMatchObject({ protocol: 'graph', authType: 'microsoft', scanEvery: 1 });
  expect(screen.queryByRole('textbox', { name: /^Host/ })).toBeNull();
  expect(screen.queryByRole('combobox', { name: /^Encryption/ })).toBeNull();
  await choose(/^Auth type/, /Google/);
  expect(held()).toMatchObject({ protocol: 'imap', authType: 'google' });
  await screen.findByRole('textbox', { name: /^Host/ });
});

test('a port of somebody’s own stays when the encryption changes, a usual one follows', async () => {
  const { user } = fields({ port: 1993 });
  const choose = async (name: string) => {
    await user.click(await screen.findByRole('combobox', { name: /^Encryption/ }));
    await user.click(await screen.findByRole('option', { name }));
  };
  await choose('STARTTLS');
  expect(held()).toMatchObject({ encryption: 'starttls', port: 1993 });
});

test('the form never holds the password that is saved, and an empty one keeps it', () => {
  const scanner = { name: 'Sales', hasPassword: true, authorization: { documentId: 'auth' } } as unknown as Scanner;
  const values = valuesOf(scanner);
  expect(values).toMatchObject({ name: 'Sales', password: '', authorization: 'auth', protocol: 'imap', port: 993 });
  expect(changeOf(values)).not.toHaveProperty('password');
  expect(changeOf({ ...values, password: 'new' })).toHaveProperty('password', 'new');
});
