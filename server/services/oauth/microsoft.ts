import { X509Certificate } from 'node:crypto';
import {
  ConfidentialClientApplication,
  type AuthenticationResult,
  type INetworkModule,
  type NetworkRequestOptions,
  type NetworkResponse,
} from '@azure/msal-node';
import type { ProviderSettings } from '../settings/oauth-config';
import { challengeOf } from './pkce';
import { OAuthError, type OAuthClient, type Tokens } from './types';

/** Microsoft 365 and Outlook.com through MSAL, which knows their clouds, tenants and certificates. */

interface Cloud {
  login: string;
  /** Whose permissions a user grants. */
  resource: string;
  /** Whose permissions an application has. */
  applicationResource: string;
}

const CLOUDS: Record<NonNullable<ProviderSettings['cloud']>, Cloud> = {
  global: { login: 'login.microsoftonline.com', resource: 'outlook.office.com', applicationResource: 'outlook.office365.com' },
  usgov: { login: 'login.microsoftonline.us', resource: 'outlook.office365.us', applicationResource: 'outlook.office365.us' },
  china: { login: 'login.partner.microsoftonline.cn', resource: 'partner.outlook.cn', applicationResource: 'partner.outlook.cn' },
};

/** All that an account may be used for, so that signing in again for one scanner never ends what another one lives on. */
const PERMISSIONS = ['IMAP.AccessAsUser.All', 'POP.AccessAsUser.All', 'SMTP.Send'];

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

/** The grant of a Microsoft authorization: MSAL's cache, one account in it, and what that account has granted. */
interface Grant {
  cache: string;
  scopes: string[];
}

export function microsoftClient(settings: ProviderSettings, request: typeof fetch): OAuthClient {
  const cloud = CLOUDS[settings.cloud ?? 'global'];
  // A new one each time: after an error an application refuses to work for a minute, and two accounts never share a cache.
  const application = () => applicationOf(settings, cloud, request);
  const scopes = PERMISSIONS.map((permission) => `https://${cloud.resource}/${permission}`);

  return {
    authorizationUrl: ({ redirectUri, state, nonce, verifier, loginHint }) =>
      application().getAuthCodeUrl({
        scopes,
        redirectUri,
        state,
        nonce,
        loginHint,
        codeChallenge: challengeOf(verifier),
        codeChallengeMethod: 'S256',
        // MSAL drops the hint of an account where one is to be selected.
        prompt: loginHint ? undefined : 'select_account',
      }),

    async exchange({ redirectUri, state, nonce, verifier }, query) {
      const app = application();
      const code = query.get('code') ?? '';
      const result = await app.acquireTokenByCode(
        { code, scopes, redirectUri, codeVerifier: verifier, nonce, state },
        { code, state: query.get('state') ?? '' },
      );
      requireScopes(scopes, result.scopes);
      return { username: result.account?.username ?? '', tokens: tokensOf(result, { cache: app.getTokenCache().serialize(), scopes }) };
    },

    async refresh(grant) {
      const { cache, scopes: granted } = JSON.parse(grant) as Grant;
      const app = application();
      app.getTokenCache().deserialize(cache);
      const [account] = await app.getTokenCache().getAllAccounts();
      if (!account) throw new OAuthError('authoriseAgain', 'The saved authorization holds no account. Authorise it again.');
      const result = await app.acquireTokenSilent({ account, scopes: granted, forceRefresh: true });
      return tokensOf(result, { cache: app.getTokenCache().serialize(), scopes: granted });
    },

    async applicationToken() {
      const result = await application().acquireTokenByClientCredential({
        scopes: [`https://${cloud.applicationResource}/.default`],
        skipCache: true,
      });
      if (!result) throw new OAuthError('later', 'Microsoft answered without a token. It is tried again.');
      return tokensOf(result, null);
    },
  };
}

function applicationOf(
  { clientId, clientSecret, certificate, tenant = 'organizations', authorityMetadata }: ProviderSettings,
  { login }: Cloud,
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
  throw new OAuthError(
    'authoriseAgain',
    `Microsoft did not grant ${missing.join(', ')}. Add these permissions to the app registration, and authorise again.`,
  );
}

function tokensOf({ accessToken, expiresOn }: AuthenticationResult, grant: Grant | null): Tokens {
  return { accessToken, expiresAt: expiresOn?.getTime() ?? Date.now(), grant: grant ? JSON.stringify(grant) : '' };
}
