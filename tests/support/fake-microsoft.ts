import { createHash, createPublicKey, generateKeyPairSync, randomBytes, randomUUID, sign, verify } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loopback } from './mail-server';

/** A stand-in for login.microsoftonline.com that speaks its wire format, and for any OpenID Connect provider. In memory. */

interface FakeUser {
  oid: string;
  /** What this user may open: the own address, and shared mailboxes. */
  mailboxes: string[];
}

interface FakeClient {
  secret: string;
  redirectUris: string[];
  /** The certificate that it may sign with instead, in PEM. */
  certificate?: string;
  /** What it may open by application permission. */
  mailboxes?: string[];
  /** The application permissions for Graph that an administrator has consented to. */
  roles?: string[];
}

/** An answer in place of the right one: `drop` hangs up, `{ status, body }` answers that. */
type Fault = 'drop' | { status: number; body: unknown };

interface Grant {
  user?: string;
  client: string;
  scope: string;
  challenge?: string;
  nonce?: string;
  redirectUri?: string;
  expiresAt: number;
}

export interface FakeMicrosoftOptions {
  users: Record<string, FakeUser>;
  clients: Record<string, FakeClient>;
  /** A refresh token serves once. Microsoft itself leaves the old one usable. */
  strictRotation?: boolean;
}

const TENANT = '11111111-2222-3333-4444-555555555555';
const OPENID_SCOPES = ['openid', 'profile', 'email', 'offline_access'];

export type FakeMicrosoft = Awaited<ReturnType<typeof startFakeMicrosoft>>;

export async function startFakeMicrosoft({ users, clients, strictRotation = false }: FakeMicrosoftOptions) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const codes = new Map<string, Grant>();
  const accessTokens = new Map<string, Grant>();
  const refreshTokens = new Map<string, Grant>();
  const consents = new Map<string, Set<string>>();
  const faults: Fault[] = [];
  const requests: { grantType: string; body: URLSearchParams; answer: unknown }[] = [];
  /** Seconds that the next access tokens live, the nonce in place of the one asked for, and how long answers take; changeable. */
  const life = { seconds: 3600, nonce: null as string | null, delayMs: 0 };
  let base = '';
  const issuer = () => `${base}/${TENANT}/v2.0`;

  const idToken = (user: string, { client, nonce }: Grant): string => {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: issuer(),
      aud: client,
      sub: `sub-${users[user].oid}`,
      oid: users[user].oid,
      tid: TENANT,
      preferred_username: user,
      email: user,
      iat: now,
      nbf: now,
      exp: now + 3600,
      nonce: life.nonce ?? nonce,
    };
    const signed = `${base64({ typ: 'JWT', alg: 'RS256', kid: 'key-1' })}.${base64(claims)}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
  };

  /** Access tokens are short, because Dovecot hands no more than 512 bytes to a checkpassword script. */
  const issueTokens = (grant: Grant) => {
    const access_token = `EwB${randomBytes(24).toString('base64url')}`;
    accessTokens.set(access_token, { ...grant, expiresAt: Date.now() + life.seconds * 1000 });
    const answer = { token_type: 'Bearer', expires_in: life.seconds, ext_expires_in: life.seconds, access_token };
    if (!grant.user) return answer;
    const refresh_token = `1.${randomBytes(40).toString('base64url')}`;
    refreshTokens.set(refresh_token, { ...grant, nonce: undefined, expiresAt: Date.now() + 90 * 86_400_000 });
    const scope = grant.scope
      .split(' ')
      .filter((each) => !OPENID_SCOPES.includes(each))
      .join(' ');
    return {
      ...answer,
      scope,
      refresh_token,
      id_token: idToken(grant.user, grant),
      client_info: base64({ uid: users[grant.user].oid, utid: TENANT }),
    };
  };

  /** A token is for one resource, and only for what was consented to at the sign-in, this one or an earlier one. */
  const issueFor = (grant: Grant, body: URLSearchParams) => {
    const scope = body.get('scope') ?? grant.scope;
    const scopes = scope.split(' ').filter((each) => !OPENID_SCOPES.includes(each));
    const resources = new Set(scopes.filter((each) => each.startsWith('https://')).map((each) => new URL(each).origin));
    if (resources.size > 1) return entraError('invalid_request', 28000, 'The scopes are for more than one resource.');
    const consented = consents.get(`${grant.client} ${grant.user}`);
    if (scopes.some((each) => !consented?.has(each)))
      return entraError('invalid_grant', 65001, 'The user or administrator has not consented to use the application.', 'consent_required');
    return issueTokens({ ...grant, scope });
  };

  const GRANTS: Record<string, (body: URLSearchParams, client: string) => object> = {
    authorization_code(body, client) {
      const code = body.get('code') ?? '';
      const grant = codes.get(code);
      codes.delete(code);
      if (!grant || grant.client !== client) return entraError('invalid_grant', 54005, 'OAuth2 Authorization code was already redeemed.');
      if (grant.redirectUri !== body.get('redirect_uri')) return entraError('invalid_grant', 50011, 'The redirect URI does not match.');
      const challenge = createHash('sha256')
        .update(body.get('code_verifier') ?? '')
        .digest('base64url');
      if (grant.challenge !== challenge)
        return entraError(
          'invalid_grant',
          501481,
          'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
        );
      return issueFor(grant, body);
    },
    refresh_token(body) {
      const token = body.get('refresh_token') ?? '';
      const grant = refreshTokens.get(token);
      if (!grant)
        return entraError(
          'invalid_grant',
          50173,
          'The provided grant has expired due to it being revoked, a fresh auth token is needed.',
          'bad_token',
        );
      if (grant.expiresAt < Date.now()) return entraError('invalid_grant', 700082, 'The refresh token has expired due to inactivity.');
      if (strictRotation) refreshTokens.delete(token);
      return issueFor(grant, body);
    },
    client_credentials(body, client) {
      const scope = body.get('scope') ?? '';
      return scope.endsWith('/.default')
        ? issueTokens({ client, scope, expiresAt: 0 })
        : entraError('invalid_scope', 1002012, 'The provided value for scope is not valid.');
    },
  };

  /** Who types the codes of devices (RFC 8628); '' for one without consent, null for nobody. */
  const devices = { user: null as string | null, asked: 0, scope: '' };
  const deviceToken = (client: string): object => {
    devices.asked += 1;
    if (devices.user === null || devices.asked === 1) return { error: 'authorization_pending', error_description: 'AADSTS70016: pending.' };
    if (devices.user === '')
      return entraError('invalid_grant', 65001, 'The user or administrator has not consented to use the application.', 'consent_required');
    return issueTokens({ user: devices.user, client, scope: devices.scope, expiresAt: 0 });
  };

  const answerToken = (body: URLSearchParams): object => {
    const id = body.get('client_id') ?? '';
    // A public client has no secret.
    if (body.get('grant_type') === 'urn:ietf:params:oauth:grant-type:device_code') return deviceToken(id);
    return (
      refuseClient(clients[id], id, body) ??
      GRANTS[body.get('grant_type') ?? '']?.(body, id) ??
      entraError('unsupported_grant_type', 70003, 'The app requested an unsupported grant type.')
    );
  };

  /** What the sign-in page does: a form, or with `username` the redirect back. */
  const authorize = (query: URLSearchParams, response: ServerResponse): void => {
    const redirectUri = query.get('redirect_uri') ?? '';
    const client = query.get('client_id') ?? '';
    const user = query.get('username');
    if (!clients[client]?.redirectUris.includes(redirectUri)) return void response.writeHead(400).end('AADSTS50011: redirect URI mismatch');
    if (user === null) return void response.writeHead(200, { 'content-type': 'text/html' }).end(signInPage(query));
    const back = new URL(redirectUri);
    back.searchParams.set('state', query.get('state') ?? '');
    if (query.get('action') === 'Cancel') {
      back.searchParams.set('error', 'access_denied');
      back.searchParams.set('error_description', 'AADSTS65004: User declined to consent to access the app.');
    } else {
      const code = randomBytes(30).toString('base64url');
      const who = `${client} ${user}`;
      consents.set(who, new Set([...(consents.get(who) ?? []), ...(query.get('scope') ?? '').split(' ')]));
      codes.set(code, {
        user,
        client,
        redirectUri,
        scope: query.get('scope') ?? '',
        challenge: query.get('code_challenge') ?? undefined,
        nonce: query.get('nonce') ?? undefined,
        expiresAt: Date.now() + 600_000,
      });
      back.searchParams.set('code', code);
    }
    response.writeHead(302, { location: back.href }).end();
  };

  const metadata = () => ({
    issuer: issuer(),
    authorization_endpoint: `${base}/${TENANT}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/${TENANT}/oauth2/v2.0/token`,
    jwks_uri: `${base}/${TENANT}/discovery/v2.0/keys`,
    end_session_endpoint: `${base}/${TENANT}/oauth2/v2.0/logout`,
    response_types_supported: ['code'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
    code_challenge_methods_supported: ['S256'],
  });

  /** Whether a token opens a mailbox: what Dovecot and SMTP servers ask. */
  const admits = (token: string, mailbox: string): boolean => {
    const grant = accessTokens.get(token);
    if (!grant || grant.expiresAt < Date.now()) return false;
    const mailboxes = grant.user ? users[grant.user].mailboxes : (clients[grant.client].mailboxes ?? []);
    return mailboxes.includes(mailbox);
  };

  /** What a token is for: what Graph reads in it. Null for one that has ended, or was never given out. */
  const tokenOf = (token: string) => {
    const grant = accessTokens.get(token);
    if (!grant || grant.expiresAt < Date.now()) return null;
    const scopes = grant.scope.split(' ').filter((each) => each.startsWith('https://'));
    const names = scopes.map((each) => each.replace(/^https:\/\/[^/]+\//, ''));
    return {
      audience: new URL(scopes[0] ?? 'https://nothing.invalid').origin,
      scopes: grant.user ? names : (clients[grant.client].roles ?? []),
      user: grant.user ?? null,
      applicationMailboxes: grant.user ? null : (clients[grant.client].mailboxes ?? null),
    };
  };

  const PAGES: Record<string, (request: IncomingMessage, response: ServerResponse, query: URLSearchParams) => Promise<void> | void> = {
    '/v2.0/.well-known/openid-configuration': (_, response) => json(response, 200, metadata()),
    '/discovery/v2.0/keys': (_, response) =>
      json(response, 200, { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'key-1', use: 'sig', alg: 'RS256' }] }),
    '/oauth2/v2.0/authorize': async (request, response, query) =>
      authorize(request.method === 'POST' ? await bodyOf(request) : query, response),
    '/oauth2/v2.0/token': async (request, response) => {
      const body = await bodyOf(request);
      const fault = faults.shift();
      const answer = typeof fault === 'object' ? fault.body : fault === 'drop' ? null : answerToken(body);
      requests.push({ grantType: body.get('grant_type') ?? '', body, answer });
      if (life.delayMs) await new Promise((resolve) => setTimeout(resolve, life.delayMs));
      if (fault === 'drop') return void request.socket.destroy();
      const failed = typeof answer === 'object' && answer !== null && 'error' in answer;
      json(response, fault?.status ?? (failed ? 400 : 200), answer);
    },
    '/oauth2/v2.0/devicecode': async (request, response) => {
      devices.scope = (await bodyOf(request)).get('scope') ?? '';
      devices.asked = 0;
      const uri = 'https://microsoft.com/devicelogin';
      json(response, 200, { device_code: 'device-1', user_code: 'ABCD-EFGH', verification_uri: uri, interval: 0.05, expires_in: 60 });
    },
    '/introspect': async (request, response) => {
      const body = await bodyOf(request);
      json(response, admits(body.get('token') ?? '', body.get('mailbox') ?? '') ? 200 : 403, {});
    },
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', base);
    // Any name of the tenant will do: its id, or its domain.
    const page = PAGES[url.pathname.replace(/^\/[^/]+(?=\/(oauth2|v2\.0|discovery)\/)/, '')];
    void (page ? page(request, response, url.searchParams) : json(response, 404, { error: 'not_found' }));
  });
  await new Promise<void>((resolve) => server.listen(0, loopback, resolve));
  base = `http://${loopback}:${(server.address() as AddressInfo).port}`;

  return {
    base,
    issuer: issuer(),
    metadata,
    admits,
    tokenOf,
    consents,
    faults,
    requests,
    clients,
    users,
    life,
    set deviceUser(user: string | null) {
      devices.user = user;
    },
    /** Signs in as the form of the sign-in page does; resolves with where the browser is sent. */
    async signIn(url: string, username: string, action: 'Accept' | 'Cancel' = 'Accept'): Promise<URL> {
      const { origin, pathname, searchParams } = new URL(url);
      const body = new URLSearchParams([...searchParams, ['username', username], ['action', action]]);
      const response = await fetch(origin + pathname, { method: 'POST', body, redirect: 'manual' });
      const location = response.headers.get('location');
      if (!location) throw new Error(`The sign-in page of ${origin + pathname} says: ${await response.text()}`);
      return new URL(location);
    },
    /** As when an administrator revokes the sessions of everybody. */
    revoke: (which: 'access' | 'refresh') => (which === 'access' ? accessTokens : refreshTokens).clear(),
    expireRefreshTokens: () => [...refreshTokens.values()].forEach((grant) => (grant.expiresAt = 0)),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** An error as Entra sends it; `number` is the AADSTS code. */
export function entraError(error: string, number: number, text: string, suberror?: string) {
  const ids = { trace_id: randomUUID(), correlation_id: randomUUID(), timestamp: '2026-01-01 00:00:00Z' };
  return {
    error,
    error_description: `AADSTS${number}: ${text} Trace ID: ${ids.trace_id} Correlation ID: ${ids.correlation_id}`,
    error_codes: [number],
    ...ids,
    ...(suberror ? { suberror } : {}),
  };
}

function refuseClient(client: FakeClient | undefined, id: string, body: URLSearchParams): object | null {
  if (!client) return entraError('unauthorized_client', 700016, `Application with identifier '${id}' was not found in the directory.`);
  const assertion = body.get('client_assertion');
  if (assertion)
    return client.certificate && isSignedBy(client.certificate, assertion)
      ? null
      : entraError('invalid_client', 700027, 'The certificate used to sign the client assertion is not registered on application.');
  return body.get('client_secret') === client.secret ? null : entraError('invalid_client', 7000215, 'Invalid client secret provided.');
}

/** RFC 7523, signed with PS256. */
function isSignedBy(certificate: string, assertion: string): boolean {
  const [header, claims, signature] = assertion.split('.');
  const key = { key: createPublicKey(certificate), padding: 6, saltLength: 32 };
  return verify('sha256', Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, 'base64url'));
}

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const json = (response: ServerResponse, status: number, body: unknown): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(typeof body === 'string' ? body : JSON.stringify(body));

async function bodyOf(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const signInPage = (query: URLSearchParams): string => `<!doctype html><title>Sign in</title><h1>Sign in</h1><form method="post">
${[...query].map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`).join('\n')}
<label>Account <input name="username" value="${escapeHtml(query.get('login_hint') ?? '')}"></label>
<button name="action" value="Accept">Accept</button> <button name="action" value="Cancel">Cancel</button></form>`;
