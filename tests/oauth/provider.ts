import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startFakeMicrosoft, type FakeMicrosoft, type FakeMicrosoftOptions } from '../support/fake-microsoft';
import { removeFolder, startStrapi, type StrapiOptions, type TestStrapi } from '../support/strapi';

/** What the tests of this folder begin with: a Strapi whose Microsoft is the stand-in, and a way to connect an account. */

export const CLIENT = { clientId: 'client-1', clientSecret: 'client-secret-of-the-app' };
export const ALICE = 'alice@contoso.test';
export const SHARED = 'support@contoso.test';
export const BOSS = 'boss@contoso.test';

export interface OAuthSetup {
  app: TestStrapi;
  microsoft: FakeMicrosoft;
  /** The settings of the stand-in, as the part `oauth.microsoft` of the configuration. */
  useMicrosoft(settings?: Record<string, unknown>): void;
  /** From "Make new authorization" to the moment when the browser is back in the panel. */
  connect(user?: string, provider?: string): Promise<string>;
  /** Begins a sign-in as the panel would, and keeps the cookie. */
  start(provider?: string, query?: string): Promise<URL>;
  /** Opens the callback as the browser would, with `cookie: null` as another browser would; `reason` is what the panel says of a failure. */
  comeBack(from: URL, cookie?: string | null): Promise<{ status: number; location: string | null; reason: string | null }>;
  stop(): Promise<void>;
}

export async function setUpOAuth(options: Partial<FakeMicrosoftOptions> = {}, strapi: StrapiOptions = {}): Promise<OAuthSetup> {
  const app = await startStrapi(strapi);
  const origin = String(app.strapi.config.get('server.absoluteUrl'));
  const redirectUris = ['microsoft', 'google', 'oidc'].map((name) => `${origin}/mail-scanner/oauth/${name}/callback`);
  const microsoft = await startFakeMicrosoft({
    users: { [ALICE]: { oid: 'oid-alice', mailboxes: [ALICE, SHARED] }, [BOSS]: { oid: 'oid-boss', mailboxes: [BOSS] } },
    clients: { [CLIENT.clientId]: { secret: CLIENT.clientSecret, redirectUris, mailboxes: [SHARED] } },
    ...options,
  });
  const useMicrosoft = (settings: Record<string, unknown> = CLIENT) =>
    app.strapi.config.set('plugin::mail-scanner.oauth', {
      microsoft: { ...settings, tenant: 'contoso.test', authorityMetadata: JSON.stringify(microsoft.metadata()) },
    });
  useMicrosoft();

  let jar: string | null = null;
  const start = async (provider = 'microsoft', query = '') => {
    const { status, headers, body } = await app.request(
      'GET',
      `/oauth/${provider}/start${query}`,
      undefined,
      undefined,
      jar ? { cookie: jar } : {},
    );
    if (status !== 200) throw new Error(JSON.stringify(body.error));
    [jar] = headers.getSetCookie()[0].split(';');
    return new URL(body.data.url);
  };
  const comeBack = async (from: URL, cookie: string | null = jar) => {
    const response = await fetch(app.base + from.pathname + from.search, { redirect: 'manual', headers: cookie ? { cookie } : {} });
    const location = response.headers.get('location');
    const failure = location && new URL(location).searchParams.get('signInFailed');
    const reason = failure ? (await app.api('GET', `/oauth-failures/${failure}`)).message : null;
    return { status: response.status, location, reason };
  };
  return {
    app,
    microsoft,
    useMicrosoft,
    start,
    comeBack,
    async connect(user = ALICE, provider = 'microsoft') {
      const { location, reason } = await comeBack(await microsoft.signIn((await start(provider)).href, user));
      if (reason !== null) throw new Error(reason);
      return new URL(location!).searchParams.get('authorization')!;
    },
    async stop() {
      await app.stop();
      await microsoft.stop();
      removeFolder(app.folder);
    },
  };
}

/** An RSA key with a certificate of its own, as one uploads it to an app registration. */
export function applicationCertificate(): { certificate: string; privateKey: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'certificate-'));
  try {
    const [certificate, privateKey] = ['certificate.pem', 'key.pem'].map((name) => path.join(folder, name));
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        privateKey,
        '-out',
        certificate,
        '-days',
        '2',
        '-subj',
        '/CN=mail-scanner',
      ],
      { stdio: 'ignore' },
    );
    return { certificate: readFileSync(certificate, 'utf8'), privateKey: readFileSync(privateKey, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
