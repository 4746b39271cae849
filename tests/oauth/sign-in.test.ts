import dns from 'node:dns';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { validateConfig, configDefaults } from '../../server/services/settings/config';
import { ALICE, BOSS, CLIENT, setUpOAuth, type OAuthSetup } from './provider';

let oauth: OAuthSetup;

beforeAll(async () => {
  oauth = await setUpOAuth();
});
afterAll(() => oauth.stop());
beforeEach(async () => {
  oauth.useMicrosoft();
  oauth.microsoft.life.nonce = null;
  for (const { documentId } of await oauth.app.api('GET', '/authorizations'))
    await oauth.app.api('DELETE', `/authorizations/${documentId}`);
});

const start = (query = '', provider = 'microsoft'): Promise<URL> => oauth.start(provider, query);
const authorizations = () => oauth.app.api('GET', '/authorizations');

test('an account is connected with code, PKCE, state and nonce, and the browser returns to the panel', async () => {
  const url = await start('?returnPath=/settings/mail-scanner/scanners/abc123');
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    response_type: 'code',
    prompt: 'select_account',
    code_challenge_method: 'S256',
    client_id: CLIENT.clientId,
  });
  expect(url.searchParams.get('scope')).toContain('https://outlook.office.com/IMAP.AccessAsUser.All');
  expect(url.searchParams.get('scope')).toContain('https://outlook.office.com/POP.AccessAsUser.All');
  expect(url.searchParams.get('scope')).toContain('https://outlook.office.com/SMTP.Send');
  const { status, location } = await oauth.comeBack(await oauth.microsoft.signIn(url.href, ALICE));
  const [authorization] = await authorizations();
  expect(status).toBe(302);
  expect(location).toBe(
    `${oauth.app.strapi.config.get('admin.absoluteUrl')}/settings/mail-scanner/scanners/abc123?authorization=${authorization.documentId}`,
  );
  expect(authorization).toMatchObject({
    provider: 'microsoft',
    permission: 'delegated',
    username: ALICE,
    needsAuthorization: false,
    lastError: null,
    usage: { scanners: [], outgoingMail: false },
  });
});

test('who authorises a known account again is led to that account', async () => {
  const url = await start(`?loginHint=${ALICE}`);
  expect(url.searchParams.get('login_hint')).toBe(ALICE);
  expect(url.searchParams.get('prompt')).toBeNull();
});

test('an account that is connected again stays one authorization', async () => {
  const first = await oauth.connect();
  expect(await oauth.connect()).toBe(first);
  await oauth.connect(BOSS);
  expect((await authorizations()).map(({ username }: { username: string }) => username)).toEqual([ALICE, BOSS]);
});

test('an answer serves once', async () => {
  const back = await oauth.microsoft.signIn((await start()).href, ALICE);
  const asked = () => oauth.microsoft.requests.length;
  expect((await oauth.comeBack(back)).status).toBe(302);
  const before = asked();
  const { reason } = await oauth.comeBack(back);
  expect(reason).toContain('was not started here');
  expect(asked()).toBe(before);
});

test.each([
  ['a state that nobody gave out', (back: URL) => back.searchParams.set('state', `${Date.now() + 60_000}.invented`)],
  ['no state', (back: URL) => back.searchParams.delete('state')],
])('an answer with %s is refused without asking the provider', async (_, change) => {
  const back = await oauth.microsoft.signIn((await start()).href, ALICE);
  const before = oauth.microsoft.requests.length;
  change(back);
  const { location, reason } = await oauth.comeBack(back);
  expect(reason).toContain('was not started here');
  // Nothing is kept for somebody whom nobody asked to come.
  expect(location).toMatch(/signInFailed=unknown$/);
  expect(oauth.microsoft.requests.length).toBe(before);
  expect(await authorizations()).toEqual([]);
});

test('a sign-in ends after ten minutes', async () => {
  const url = await start();
  const [validUntil, rest] = url.searchParams.get('state')!.split('.');
  expect(Number(validUntil) - Date.now()).toBeLessThanOrEqual(600_000);
  const old = `${Date.now() - 1}.${rest}`;
  const secrets = () => oauth.app.strapi.db.connection('mail_scanner_secrets');
  await secrets()
    .where('name', `oauth-sign-in:${validUntil}.${rest}`)
    .update({ name: `oauth-sign-in:${old}` });
  const back = await oauth.microsoft.signIn(url.href, ALICE);
  back.searchParams.set('state', old);
  expect((await oauth.comeBack(back)).reason).toContain('took longer than ten minutes');
  await start();
  expect(await secrets().where('name', `oauth-sign-in:${old}`)).toEqual([]);
});

test('an administrator who has consented for all comes back to the panel, and reads of no failure', async () => {
  const callback = new URL(`${oauth.app.strapi.config.get('server.absoluteUrl')}/mail-scanner/oauth/microsoft/callback`);
  const comeBackWith = async (query: string) => (await oauth.comeBack(new URL(`${callback}?${query}`))).location;
  expect(await comeBackWith('admin_consent=True&tenant=contoso.test')).toMatch(/\/settings\/mail-scanner\/scanners$/);
  expect(await comeBackWith('admin_consent=True&error=access_denied')).toMatch(/signInFailed=/);
});

test('a code that belongs to another PKCE verifier is refused', async () => {
  const [mine, other] = [await start(), await start()];
  mine.searchParams.set('code_challenge', other.searchParams.get('code_challenge')!);
  const { reason } = await oauth.comeBack(await oauth.microsoft.signIn(mine.href, ALICE));
  expect(reason).toContain('Authorise it again');
  expect(await authorizations()).toEqual([]);
});

test('an identity token with another nonce is refused', async () => {
  oauth.microsoft.life.nonce = 'of somebody else';
  const { reason } = await oauth.comeBack(await oauth.microsoft.signIn((await start()).href, ALICE));
  expect(reason).toContain('does not belong to the sign-in');
});

test('cancelling and what the provider says can be read in the panel, and stand in no address', async () => {
  const back = await oauth.microsoft.signIn((await start('?returnPath=/settings/mail-scanner/oauth')).href, ALICE, 'Cancel');
  back.searchParams.set('error_description', 'AADSTS65004: <script>alert(1)</script>');
  const { status, location, reason } = await oauth.comeBack(back);
  expect(status).toBe(302);
  expect(location).toMatch(/\/settings\/mail-scanner\/oauth\?signInFailed=\d+\.[\w-]{43}$/);
  expect(reason).toContain('cancelled');
  expect(reason).toContain('AADSTS65004: <script>');
  const failure = new URL(location!).searchParams.get('signInFailed');
  expect((await oauth.app.request('GET', `/oauth-failures/${failure}`, undefined, null)).status).toBe(401);
});

test.each(['https://evil.test', '//evil.test', '/settings/mail-scanner/../../evil', '/settings/mail-scanner@evil.test', '/\\evil.test'])(
  'the way back never leads to %s',
  async (returnPath) => {
    const { status } = await oauth.app.request('GET', `/oauth/microsoft/start?returnPath=${encodeURIComponent(returnPath)}`);
    expect(status).toBe(400);
  },
);

describe('a sign-in belongs to the browser that began it', () => {
  test('the browser is known by a cookie that scripts and other sites do not see, for this way alone and ten minutes', async () => {
    const { headers } = await oauth.app.request('GET', '/oauth/microsoft/start');
    const [cookie] = headers.getSetCookie();
    expect(cookie).toMatch(/^mail-scanner-sign-in=[\w-]{43}; path=\/mail-scanner\/oauth; expires=[^;]+; samesite=lax; httponly$/i);
    const expires = new Date(/expires=([^;]+)/i.exec(cookie)![1]).getTime();
    expect(expires - Date.now()).toBeLessThanOrEqual(600_000);
  });

  test('where the site has https, the cookie does not travel without it', async () => {
    const { config } = oauth.app.strapi;
    const before = config.get('server.absoluteUrl');
    config.set('server.absoluteUrl', 'https://cms.example.com/behind');
    const { headers } = await oauth.app.request('GET', '/oauth/microsoft/start');
    config.set('server.absoluteUrl', before);
    expect(headers.getSetCookie()[0]).toMatch(/; path=\/behind\/mail-scanner\/oauth;.*; secure/i);
  });

  test.each([
    ['no cookie', null],
    ['the cookie of another browser', `mail-scanner-sign-in=${'x'.repeat(43)}`],
  ])('a consent given elsewhere, with %s, connects nothing, and its code is not redeemed', async (_, cookie) => {
    const back = await oauth.microsoft.signIn((await start()).href, BOSS);
    const before = oauth.microsoft.requests.length;
    const { reason } = await oauth.comeBack(back, cookie);
    expect(reason).toContain('begun in another browser');
    expect(oauth.microsoft.requests.length).toBe(before);
    expect(await authorizations()).toEqual([]);
    // Nor can the one who began it take the code over.
    expect((await oauth.comeBack(back)).reason).toContain('was finished before');
  });

  test('two tabs of one browser connect one account each', async () => {
    const first = await start();
    const second = await start();
    expect((await oauth.comeBack(await oauth.microsoft.signIn(second.href, BOSS))).status).toBe(302);
    expect((await oauth.comeBack(await oauth.microsoft.signIn(first.href, ALICE))).status).toBe(302);
  });
});

test('only an administrator starts a sign-in', async () => {
  expect((await oauth.app.request('GET', '/oauth/microsoft/start', undefined, null)).status).toBe(401);
});

test('a wrong client secret is told when the browser is back', async () => {
  oauth.useMicrosoft({ ...CLIENT, clientSecret: 'wrong-secret-value' });
  const { reason } = await oauth.comeBack(await oauth.microsoft.signIn((await start()).href, ALICE));
  expect(reason).toContain('The client secret is wrong');
  expect(reason).not.toContain('wrong-secret-value');
});

test('an OpenID Connect provider is set up through the API, its secret is never read back, and an account is connected', async () => {
  const settings = { clientId: CLIENT.clientId, issuer: oauth.microsoft.issuer };
  const { body } = await oauth.app.request('PUT', '/oauth-providers/oidc', settings);
  expect(body.error.details.errors[0].path).toEqual(['clientSecret']);
  await oauth.app.api('PUT', '/oauth-providers/oidc', { ...settings, clientSecret: CLIENT.clientSecret });
  const providers = await oauth.app.api('GET', '/oauth-providers');
  expect(providers.find(({ provider }: { provider: string }) => provider === 'oidc')).toMatchObject({
    configured: true,
    hasSecret: true,
    managedByConfig: false,
    issuer: settings.issuer,
  });
  expect(JSON.stringify(providers)).not.toContain(CLIENT.clientSecret);
  const documentId = await oauth.connect(ALICE, 'oidc');
  expect(await authorizations()).toMatchObject([{ documentId, provider: 'oidc', username: ALICE }]);
});

test('OpenID Connect refuses a wrong state, a wrong nonce and a stolen code as well', async () => {
  oauth.microsoft.life.nonce = 'of somebody else';
  expect((await oauth.comeBack(await oauth.microsoft.signIn((await start('', 'oidc')).href, ALICE))).reason).toContain(
    'does not belong to the sign-in',
  );
  oauth.microsoft.life.nonce = null;
  const [mine, other] = [await start('', 'oidc'), await start('', 'oidc')];
  mine.searchParams.set('code_challenge', other.searchParams.get('code_challenge')!);
  expect((await oauth.comeBack(await oauth.microsoft.signIn(mine.href, ALICE))).reason).toContain('Authorise it again');
  const forMicrosoft = await oauth.microsoft.signIn((await start('', 'oidc')).href, ALICE);
  forMicrosoft.pathname = forMicrosoft.pathname.replace('oidc', 'microsoft');
  expect((await oauth.comeBack(forMicrosoft)).reason).toContain('was not started here');
});

test('an issuer in the own network is not asked where the site connects to no private address', async () => {
  await oauth.app.api('PUT', '/oauth-providers/oidc', { ...CLIENT, issuer: oauth.microsoft.issuer });
  oauth.app.strapi.config.set('plugin::mail-scanner.allowPrivateAddresses', false);
  try {
    const { status, body } = await oauth.app.request('GET', '/oauth/oidc/start');
    expect([status, body.error.message]).toEqual([400, expect.stringContaining('allowPrivateAddresses')]);
  } finally {
    oauth.app.strapi.config.set('plugin::mail-scanner.allowPrivateAddresses', true);
  }
});

test('an issuer is connected to at the address that was checked, and its name is looked up once', async () => {
  const lookUp = vi.spyOn(dns, 'lookup');
  const { port } = new URL(oauth.microsoft.issuer);
  await oauth.app.api('PUT', '/oauth-providers/oidc', { ...CLIENT, issuer: `http://localhost:${port}` });
  await oauth.app.request('GET', '/oauth/oidc/start');
  expect(lookUp.mock.calls.filter(([host]) => host === 'localhost')).toEqual([]);
  lookUp.mockRestore();
});

describe('an issuer that answers', () => {
  let server: Server;
  let answer: RequestListener;
  let issuer: string;

  beforeAll(async () => {
    server = createServer((request, response) => answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await oauth.app.api('PUT', '/oauth-providers/oidc', { ...CLIENT, issuer });
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const reasonOf = async () => (await oauth.app.request('GET', '/oauth/oidc/start')).body.error.message;

  test('without end is hung up on, and the reason told', async () => {
    let sent = 0;
    answer = async (_, response) => {
      response.setMaxListeners(0).writeHead(200, { 'content-type': 'application/json' });
      while (sent < 30_000_000 && !response.destroyed) {
        sent += 65_536;
        if (!response.write(' '.repeat(65_536))) await new Promise((go) => response.once('drain', go).once('close', go));
      }
      response.end();
    };
    expect(await reasonOf()).toContain('answers with more than a provider has to say');
    expect(sent).toBeLessThan(15_000_000);
  });

  test('with what it was told in confidence is quoted without it', async () => {
    const encoded = Buffer.from(`x:${CLIENT.clientSecret}`).toString('base64');
    answer = (request, response) => {
      response.writeHead(request.url!.includes('well-known') ? 200 : 400, { 'content-type': 'application/json' });
      const metadata = { issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` };
      const refusal = { error: 'invalid_client', error_description: `Not ${CLIENT.clientSecret} nor ${encoded} nor the code, code-1` };
      response.end(JSON.stringify(request.url!.includes('well-known') ? metadata : refusal));
    };
    const url = await start('', 'oidc');
    const back = new URL(`${new URL(url.searchParams.get('redirect_uri')!).href}?code=code-1&state=${url.searchParams.get('state')}`);
    const { reason } = await oauth.comeBack(back);
    expect(reason).toContain('says: "Not *** nor *** nor the code, ***"');
  });
});

test('a saved client secret goes to no other issuer', async () => {
  const settings = { clientId: CLIENT.clientId, issuer: oauth.microsoft.issuer };
  await oauth.app.api('PUT', '/oauth-providers/oidc', { ...settings, clientSecret: CLIENT.clientSecret });
  await oauth.app.api('PUT', '/oauth-providers/oidc', { ...settings, scopes: 'openid email' });
  const { status, body } = await oauth.app.request('PUT', '/oauth-providers/oidc', { ...settings, issuer: 'https://evil.test' });
  expect(status).toBe(400);
  expect(body.error.details.errors[0].path).toEqual(['clientSecret']);
});

test('Google is asked for offline access and for a consent, which bring the refresh token', async () => {
  await oauth.app.api('PUT', '/oauth-providers/google', { clientId: 'google-client', clientSecret: 'google-secret' });
  const url = await start('', 'google');
  expect(url.origin + url.pathname).toBe('https://accounts.google.com/o/oauth2/v2/auth');
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    access_type: 'offline',
    scope: 'https://mail.google.com/ openid email',
    code_challenge_method: 'S256',
  });
  await oauth.app.api('DELETE', '/oauth-providers/google');
});

test('the settings page shows the redirect URI and the permissions; what config/plugins sets is not changed there', async () => {
  const [microsoft] = await oauth.app.api('GET', '/oauth-providers');
  expect(microsoft).toMatchObject({
    provider: 'microsoft',
    configured: true,
    managedByConfig: true,
    redirectUri: `${oauth.app.strapi.config.get('server.absoluteUrl')}/mail-scanner/oauth/microsoft/callback`,
  });
  expect(microsoft.permissions).toContain('IMAP.AccessAsUser.All');
  expect((await oauth.app.request('PUT', '/oauth-providers/microsoft', CLIENT)).status).toBe(409);
  expect((await oauth.app.request('GET', '/oauth/nobody/start')).status).toBe(404);
});

test.each([
  [{ yahoo: CLIENT }, /oauth\.yahoo is not a provider\. There are microsoft, google, oidc/],
  [{ microsoft: { clientSecret: 'x' } }, /oauth\.microsoft\.clientId: Enter the client id/],
  [{ google: { clientId: 'x' } }, /oauth\.google\.clientSecret: Enter the secret/],
  [{ microsoft: { ...CLIENT, cloud: 'mars' } }, /oauth\.microsoft\.cloud: It must be global, usgov, dod or china/],
  [{ microsoft: { ...CLIENT, certificate: { certificate: 'x', privateKey: 'y' } } }, /exclude each other/],
  [{ oidc: CLIENT }, /oauth\.oidc\.issuer: Enter what/],
  [{ oidc: { ...CLIENT, issuer: 'http://login.example.com' } }, /oauth\.oidc\.issuer: Enter an address that begins with https/],
])('a configuration that cannot work is refused: %j', (config, message) => {
  expect(() => validateConfig({ ...configDefaults(), oauth: config as never })).toThrow(message);
});

test('the right configurations are taken', () => {
  const certificate = { certificate: 'pem', privateKey: 'pem' };
  expect(() =>
    validateConfig({
      ...configDefaults(),
      oauth: { microsoft: { clientId: 'x', certificate }, google: CLIENT, oidc: { ...CLIENT, issuer: 'https://login.example.com' } },
    }),
  ).not.toThrow();
});
