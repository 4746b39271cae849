import * as openid from 'openid-client';
import { isLoopback } from '../network/reach';
import type { ProviderSettings } from '../settings/oauth-config';
import { challengeOf } from './pkce';
import { OAuthError, type OAuthClient, type Tokens } from './types';
import { say } from '../../../shared/sentences/words';

/** Google, and any other provider that speaks OpenID Connect. */

interface OpenIdProvider {
  /** Known endpoints; null: asked from the issuer (OpenID Connect Discovery 1.0). */
  server: openid.ServerMetadata | null;
  scopes: string;
  /** What this provider wants in the authorization request beyond the standard. */
  parameters: Record<string, string>;
}

const TIMEOUT_SECONDS = 15;

/** For a provider that does not tell how long its tokens live (RFC 6749 §5.1 only recommends it). */
const DEFAULT_LIFETIME_SECONDS = 3600;

export function openIdClient(provider: OpenIdProvider, settings: ProviderSettings, request: typeof fetch): OAuthClient {
  const configuration = () => configurationOf(provider, settings, request);
  return {
    async authorizationUrl({ redirectUri, state, nonce, verifier, loginHint }) {
      const url = openid.buildAuthorizationUrl(await configuration(), {
        ...provider.parameters,
        scope: settings.scopes ?? provider.scopes,
        redirect_uri: redirectUri,
        state,
        nonce,
        code_challenge: challengeOf(verifier),
        code_challenge_method: 'S256',
        ...(loginHint ? { login_hint: loginHint } : {}),
      });
      return url.href;
    },

    async exchange({ redirectUri, state, nonce, verifier }, query) {
      const url = new URL(redirectUri);
      url.search = query.toString();
      const answer = await openid.authorizationCodeGrant(await configuration(), url, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      if (!answer.refresh_token) {
        throw new OAuthError('fixApplication', say('oauth.noRefresh'));
      }
      const claims = answer.claims();
      const { grant, ...mail } = tokensOf(answer, answer.refresh_token);
      return { username: String(claims?.email ?? claims?.preferred_username ?? ''), tokens: { mail }, grant };
    },

    async refresh(refreshToken) {
      const answer = await openid.refreshTokenGrant(await configuration(), refreshToken);
      // RFC 6749 §6: without a new refresh token the old one goes on.
      return tokensOf(answer, answer.refresh_token ?? refreshToken);
    },

    applicationToken: null,
  };
}

async function configurationOf(
  { server }: OpenIdProvider,
  { clientId, clientSecret, issuer = '' }: ProviderSettings,
  request: typeof fetch,
): Promise<openid.Configuration> {
  const authentication = openid.ClientSecretPost(clientSecret);
  if (!server) {
    const execute = isLoopback(issuer) ? [openid.allowInsecureRequests] : [];
    return openid.discovery(new URL(issuer), clientId, undefined, authentication, {
      execute,
      timeout: TIMEOUT_SECONDS,
      [openid.customFetch]: request as openid.CustomFetch,
    });
  }
  const configuration = new openid.Configuration(server, clientId, undefined, authentication);
  configuration.timeout = TIMEOUT_SECONDS;
  configuration[openid.customFetch] = request as openid.CustomFetch;
  return configuration;
}

function tokensOf({ access_token, expires_in }: openid.TokenEndpointResponse, refreshToken: string): Tokens {
  return { accessToken: access_token, expiresAt: Date.now() + (expires_in ?? DEFAULT_LIFETIME_SECONDS) * 1000, grant: refreshToken };
}
