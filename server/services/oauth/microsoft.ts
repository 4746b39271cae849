import { X509Certificate } from 'node:crypto';
import {
  ConfidentialClientApplication,
  type AuthenticationResult,
  type INetworkModule,
  type NetworkRequestOptions,
  type NetworkResponse,
} from '@azure/msal-node';
import type { AccountUse, Cloud } from '../../../shared/vocabulary';
import { graphHost } from '../graph/clouds';
import type { ProviderSettings } from '../settings/oauth-config';
import { challengeOf } from './pkce';
import { OAuthError, type AccessToken, type OAuthClient, type SignedIn } from './types';
import { say, type Said } from '../../../shared/sentences/words';

/** Microsoft 365 and Outlook.com through MSAL, which knows their clouds, tenants and certificates. */

interface CloudServers {
  login: string;
  /** Whose permissions a user grants. */
  resource: string;
  /** Whose permissions an application has. */
  applicationResource: string;
}

const CLOUDS: Record<Cloud, CloudServers> = {
  global: { login: 'login.microsoftonline.com', resource: 'outlook.office.com', applicationResource: 'outlook.office365.com' },
  usgov: { login: 'login.microsoftonline.us', resource: 'outlook.office365.us', applicationResource: 'outlook.office365.us' },
  dod: { login: 'login.microsoftonline.us', resource: 'outlook-dod.office365.us', applicationResource: 'outlook-dod.office365.us' },
  china: { login: 'login.partner.microsoftonline.cn', resource: 'partner.outlook.cn', applicationResource: 'partner.outlook.cn' },
};

/** What is asked for each use. Reading is needed for sending, too: after a broken connection the sent copy is looked for. */
const PERMISSIONS: Record<AccountUse, string[]> = {
  mail: ['IMAP.AccessAsUser.All', 'POP.AccessAsUser.All', 'SMTP.Send'],
  graph: ['Mail.ReadWrite', 'Mail.ReadWrite.Shared', 'Mail.Send', 'Mail.Send.Shared'],
};

/** MSAL's own client waits for ever, and reads whatever comes. */
function networkClient(request: typeof fetch): INetworkModule {
  const send = async <T>(method: string, url: string, { headers, body }: NetworkRequestOptions = {}): Promise<NetworkResponse<T>> => {
    const response = await request(url, { method, headers, body });
    return { status: response.status, headers: Object.fromEntries(response.headers), body: (await response.json()) as T };
  };
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  };
}

/**
 * The grant of a Microsoft authorization: MSAL's cache, one account in it, and what that account has granted. One refresh token serves the
 * mail servers and Graph, each by access tokens of its own.
 */
interface Grant {
  cache: string;
  /** For the mail servers. Left out by those that were connected for Graph alone. */
  scopes?: string[];
  /** For Graph. Left out by those that were connected for the mail servers alone. */
  graphScopes?: string[];
}

const FIELD = { mail: 'scopes', graph: 'graphScopes' } as const;

const NOT_GRANTED: Record<AccountUse, Said> = {
  graph: say('oauth.mailOnly'),
  mail: say('oauth.graphOnly'),
};

/** The grant of an account that is connected once more: what it had granted before, it has granted still. */
export function mergedGrant(before: string | null, now: string): string {
  // An application has none.
  if (!before || !now) return now;
  return JSON.stringify({ ...(JSON.parse(before) as Grant), ...(JSON.parse(now) as Grant) });
}

export function microsoftClient(settings: ProviderSettings, request: typeof fetch): OAuthClient {
  const cloud = CLOUDS[settings.cloud ?? 'global'];
  // A new one each time: after an error an application refuses to work for a minute, and two accounts never share a cache.
  const application = () => applicationOf(settings, cloud, request);
  const resources: Record<AccountUse, string> = { mail: cloud.resource, graph: graphHost(settings.cloud) };
  const scopesOf = (use: AccountUse): string[] => PERMISSIONS[use].map((permission) => `https://${resources[use]}/${permission}`);

  return {
    authorizationUrl({ redirectUri, state, nonce, verifier, loginHint, uses = ['mail'] }) {
      const [first, ...more] = uses;
      return application().getAuthCodeUrl({
        scopes: scopesOf(first),
        // A token is for one resource; consent is asked for all of them.
        extraScopesToConsent: more.flatMap(scopesOf),
        redirectUri,
        state,
        nonce,
        loginHint,
        codeChallenge: challengeOf(verifier),
        codeChallengeMethod: 'S256',
        // MSAL drops the hint of an account where one is to be selected.
        prompt: loginHint ? undefined : 'select_account',
      });
    },

    async exchange({ redirectUri, state, nonce, verifier, uses = ['mail'] }, query) {
      const app = application();
      const code = query.get('code') ?? '';
      const [first, ...more] = uses;
      const result = await app.acquireTokenByCode(
        { code, scopes: scopesOf(first), redirectUri, codeVerifier: verifier, nonce, state },
        { code, state: query.get('state') ?? '' },
      );
      requireScopes(scopesOf(first), result.scopes);
      const tokens: SignedIn['tokens'] = { [first]: accessTokenOf(result) };
      for (const use of more) {
        const another = await app.acquireTokenSilent({ account: result.account!, scopes: scopesOf(use) });
        requireScopes(scopesOf(use), another.scopes);
        tokens[use] = accessTokenOf(another);
      }
      const granted = Object.fromEntries(uses.map((use) => [FIELD[use], scopesOf(use)]));
      const grant: Grant = { cache: app.getTokenCache().serialize(), ...granted };
      return { username: result.account?.username ?? '', tokens, grant: JSON.stringify(grant) };
    },

    async refresh(grant, use) {
      const known = JSON.parse(grant) as Grant;
      const scopes = known[FIELD[use]];
      // It is no end of the authorization: for its other use it goes on.
      if (!scopes) throw new OAuthError('fixApplication', NOT_GRANTED[use]);
      const app = application();
      app.getTokenCache().deserialize(known.cache);
      const [account] = await app.getTokenCache().getAllAccounts();
      if (!account) throw new OAuthError('authoriseAgain', say('oauth.noAccount'));
      const result = await app.acquireTokenSilent({ account, scopes, forceRefresh: true });
      return { ...accessTokenOf(result), grant: JSON.stringify({ ...known, cache: app.getTokenCache().serialize() }) };
    },

    async applicationToken(use) {
      const resource = use === 'mail' ? cloud.applicationResource : resources.graph;
      const result = await application().acquireTokenByClientCredential({ scopes: [`https://${resource}/.default`], skipCache: true });
      if (!result) throw new OAuthError('later', say('oauth.noToken'));
      return { ...accessTokenOf(result), grant: '' };
    },
  };
}

function applicationOf(
  { clientId, clientSecret, certificate, tenant = 'organizations', authorityMetadata }: ProviderSettings,
  { login }: CloudServers,
  request: typeof fetch,
) {
  return new ConfidentialClientApplication({
    auth: {
      clientId,
      ...(certificate ? { clientCertificate: clientCertificate(certificate) } : { clientSecret }),
      authority: `https://${login}/${tenant}`,
      authorityMetadata: authorityMetadata ?? '',
    },
    system: { networkClient: networkClient(request) },
  });
}

const clientCertificate = ({ certificate, privateKey }: NonNullable<ProviderSettings['certificate']>) => ({
  thumbprintSha256: new X509Certificate(certificate).fingerprint256.replaceAll(':', ''),
  privateKey,
});

/** A user may grant less than was asked for; what is missing would only show when the mail server refuses. */
function requireScopes(wanted: string[], granted: string[]): void {
  const known = new Set(granted.map((scope) => scope.toLowerCase()));
  const missing = wanted.filter((scope) => !known.has(scope.toLowerCase()));
  if (missing.length === 0) return;
  throw new OAuthError('authoriseAgain', say('oauth.notGranted', { permissions: missing.join(', ') }));
}

const accessTokenOf = ({ accessToken, expiresOn }: AuthenticationResult): AccessToken => ({
  accessToken,
  expiresAt: expiresOn?.getTime() ?? Date.now(),
});
