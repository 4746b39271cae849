import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { credentialOf } from '../../server/services/oauth/access-token';
import { entraError } from '../support/fake-microsoft';
import { ALICE, applicationCertificate, CLIENT, setUpOAuth, SHARED, type OAuthSetup } from './provider';

let oauth: OAuthSetup;

beforeAll(async () => {
  // The strictest provider: a refresh token that was used twice by two instances would end the authorization.
  oauth = await setUpOAuth({ strictRotation: true });
});
afterAll(() => oauth.stop());
beforeEach(() => {
  oauth.useMicrosoft();
  oauth.microsoft.life.seconds = 3600;
  oauth.microsoft.requests.length = 0;
});

const token = async (documentId: string, seen?: string): Promise<string> =>
  (await credentialOf(oauth.app.strapi, documentId, 'outlook.office365.com', seen)).accessToken;
const state = async (documentId: string) =>
  (await oauth.app.api('GET', '/authorizations')).find((row: { documentId: string }) => row.documentId === documentId);
const asked = (grantType: string) => oauth.microsoft.requests.filter((request) => request.grantType === grantType).length;

test('a token that still lives is handed out without asking the provider', async () => {
  const authorization = await oauth.connect();
  expect(await token(authorization)).toBe(await token(authorization));
  expect(asked('refresh_token')).toBe(0);
});

test('a token that ends within five minutes is renewed first, and the new refresh token is kept', async () => {
  oauth.microsoft.life.seconds = 290;
  const authorization = await oauth.connect();
  const first = await token(authorization);
  expect(await token(authorization)).not.toBe(first);
  expect(asked('refresh_token')).toBe(2);
});

test('several who were refused the same token get one new one for one request', async () => {
  const authorization = await oauth.connect();
  const refused = await token(authorization);
  const renewed = await Promise.all(Array.from({ length: 4 }, () => token(authorization, refused)));
  expect(new Set(renewed).size).toBe(1);
  expect(renewed[0]).not.toBe(refused);
  expect(asked('refresh_token')).toBe(1);
});

test('a token goes to mail servers of its provider alone', async () => {
  const authorization = await oauth.connect();
  const from = (host: string) => credentialOf(oauth.app.strapi, authorization, host);
  // As with the real Microsoft: the stand-in has its mail servers where the test has them.
  oauth.app.strapi.config.set('plugin::mail-scanner.oauth', { microsoft: CLIENT });
  for (const host of ['imap.evil.test', 'outlook.office365.com.evil.test', 'office365.com', '127.0.0.1']) {
    await expect(from(host), host).rejects.toThrow('no mail server of Microsoft');
  }
  for (const host of ['outlook.office365.com', 'SMTP.office365.com', 'imap-mail.outlook.com'])
    await expect(from(host), host).resolves.toMatchObject({ type: 'accessToken' });
});

test('tokens and secrets lie encrypted, and are in no answer', async () => {
  const authorization = await oauth.connect();
  const accessToken = await token(authorization);
  const rows = JSON.stringify(await oauth.app.strapi.db.connection('mail_scanner_secrets'));
  const answers = JSON.stringify([await oauth.app.api('GET', '/authorizations'), await oauth.app.api('GET', '/oauth-providers')]);
  for (const text of [rows, answers]) {
    expect(text).not.toContain(accessToken);
    expect(text).not.toContain(CLIENT.clientSecret);
  }
  expect(rows).not.toContain('refresh_token');
});

test.each([
  ['revoked', () => oauth.microsoft.revoke('refresh')],
  ['expired', () => oauth.microsoft.expireRefreshTokens()],
])('an authorization that was %s needs to be authorised again, and the provider is not asked until then', async (_, end) => {
  const authorization = await oauth.connect();
  const refused = await token(authorization);
  end();
  await expect(token(authorization, refused)).rejects.toThrow('Authorise it again');
  expect(await state(authorization)).toMatchObject({
    needsAuthorization: true,
    lastError: expect.stringContaining('Microsoft no longer accepts this authorization'),
  });
  for (let i = 0; i < 3; i += 1) await expect(token(authorization, refused)).rejects.toThrow('Authorise it again');
  expect(asked('refresh_token')).toBe(1);
  expect(await oauth.connect()).toBe(authorization);
  expect(await state(authorization)).toMatchObject({ needsAuthorization: false, lastError: null });
  expect(await token(authorization)).toMatch(/^EwB/);
});

test('a client secret that ran out is told as such, and a new one is enough', async () => {
  const authorization = await oauth.connect();
  const refused = await token(authorization);
  const text = "The provided client secret keys for app 'client-1' are expired.";
  oauth.microsoft.faults.push({ status: 401, body: entraError('invalid_client', 7000222, text) });
  await expect(token(authorization, refused)).rejects.toThrow('The client secret of the app registration has expired');
  const { needsAuthorization, lastError } = await state(authorization);
  expect(needsAuthorization).toBe(false);
  expect(lastError).toContain(`AADSTS7000222: ${text}`);
  expect(lastError).not.toContain('Trace ID');
  expect(await token(authorization, refused)).not.toBe(refused);
  expect(await state(authorization)).toMatchObject({ lastError: null });
});

test.each([
  ['hangs up', 'drop' as const],
  ['answers with a web page', { status: 502, body: '<html>Bad gateway</html>' }],
  [
    'is overloaded',
    { status: 503, body: entraError('temporarily_unavailable', 90033, 'A transient error has occurred. Please try again.') },
  ],
])('a provider that %s is a passing trouble', async (_, fault) => {
  const authorization = await oauth.connect();
  const refused = await token(authorization);
  // MSAL asks a second time by itself after a 5xx.
  oauth.microsoft.faults.push(fault, fault);
  await expect(token(authorization, refused)).rejects.toMatchObject({
    remedy: 'later',
    message: expect.stringContaining('cannot be reached at the moment'),
  });
  oauth.microsoft.faults.length = 0;
  expect(await state(authorization)).toMatchObject({ needsAuthorization: false });
  expect(await token(authorization, refused)).not.toBe(refused);
});

test('an OpenID Connect account is refreshed, and revoked, the same way', async () => {
  await oauth.app.api('PUT', '/oauth-providers/oidc', { ...CLIENT, issuer: oauth.microsoft.issuer });
  const authorization = await oauth.connect(ALICE, 'oidc');
  const first = await token(authorization);
  const [second, same] = await Promise.all([token(authorization, first), token(authorization, first)]);
  expect(second).toBe(same);
  expect(await token(authorization, second)).not.toBe(second);
  oauth.microsoft.faults.push({ status: 503, body: 'out of order' });
  await expect(token(authorization, await token(authorization))).rejects.toMatchObject({ remedy: 'later' });
  oauth.microsoft.revoke('refresh');
  await expect(token(authorization, await token(authorization))).rejects.toMatchObject({ remedy: 'authoriseAgain' });
  expect(await state(authorization)).toMatchObject({ needsAuthorization: true });
});

test('an application permission needs nobody to sign in, by secret or by certificate', async () => {
  const { documentId, permission } = await oauth.app.api('POST', '/authorizations', { provider: 'microsoft', username: SHARED });
  expect(permission).toBe('application');
  const bySecret = await token(documentId);
  expect(oauth.microsoft.admits(bySecret, SHARED)).toBe(true);
  expect(oauth.microsoft.admits(bySecret, ALICE)).toBe(false);

  const certificate = applicationCertificate();
  oauth.microsoft.clients[CLIENT.clientId].certificate = certificate.certificate;
  oauth.useMicrosoft({ clientId: CLIENT.clientId, certificate });
  const byCertificate = await token(documentId, bySecret);
  expect(byCertificate).not.toBe(bySecret);
  expect(oauth.microsoft.requests.at(-1)?.body.get('client_secret')).toBeNull();
  expect(oauth.microsoft.admits(byCertificate, SHARED)).toBe(true);

  oauth.useMicrosoft({ clientId: CLIENT.clientId, certificate: applicationCertificate() });
  await expect(token(documentId, byCertificate)).rejects.toThrow('The certificate is not the one of the app registration');
});

test('an application permission that does not work is not saved', async () => {
  oauth.useMicrosoft({ ...CLIENT, clientId: 'unknown' });
  const before = (await oauth.app.api('GET', '/authorizations')).length;
  const { status, body } = await oauth.app.request('POST', '/authorizations', { username: 'other@contoso.test' });
  expect(status).toBe(400);
  expect(body.error.message).toContain('no app registration with this client id');
  expect((await oauth.app.api('GET', '/authorizations')).length).toBe(before);
});

test('an imported authorization has no tokens and says so', async () => {
  const authorization = await oauth.connect();
  await oauth.app.strapi.db.connection('mail_scanner_secrets').where('name', `authorization:${authorization}:tokens`).delete();
  await expect(token(authorization)).rejects.toThrow('an import does not bring them along');
  expect(await state(authorization)).toMatchObject({ needsAuthorization: true });
});

test('no token and no secret is logged, whatever goes wrong', async () => {
  const { log } = oauth.app.strapi;
  const spies = (['error', 'warn', 'info', 'http', 'debug'] as const).map((level) => vi.spyOn(log, level));
  const authorization = await oauth.connect();
  const refused = await token(authorization);
  oauth.microsoft.faults.push('drop');
  await expect(token(authorization, refused)).rejects.toThrow();
  oauth.microsoft.revoke('refresh');
  await expect(token(authorization, refused)).rejects.toThrow();
  const logged = spies.flatMap((spy) => spy.mock.calls.map((call) => call.map(String).join(' '))).join('\n');
  expect(logged).toContain('/oauth/microsoft/callback');
  const secrets = oauth.microsoft.requests.flatMap(({ body, answer }) => [
    body.get('refresh_token'),
    body.get('code_verifier'),
    (answer as { refresh_token?: string } | null)?.refresh_token,
  ]);
  for (const secret of [refused, CLIENT.clientSecret, ...secrets]) if (secret) expect(logged).not.toContain(secret);
  vi.restoreAllMocks();
});
