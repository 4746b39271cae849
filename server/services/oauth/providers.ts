import type { AccountUse } from '../../../shared/vocabulary';
import { mergedGrant, microsoftClient } from './microsoft';
import { openIdClient } from './openid-connect';
import { REQUIRED_OPTIONS, type ProviderName, type ProviderSettings } from '../settings/oauth-config';
import type { OAuthClient } from './types';

/** The providers that an account can be connected with. A new provider is a name in settings/oauth-config.ts and an entry here. */

interface Provider {
  label: string;
  /** What the app registration at the provider needs for accounts that sign in, as the settings page lists it. */
  permissions: string[];
  /** What it needs to open mailboxes without anybody signing in; empty where there is no such thing. */
  applicationPermissions: string[];
  /** What it needs for accounts that send by Microsoft Graph; the application permissions are those without .Shared. */
  graphPermissions?: string[];
  /** What can be set beside client id and secret. */
  options: readonly ('tenant' | 'cloud' | 'issuer' | 'scopes')[];
  /** Options without which nothing works. */
  required: readonly ('issuer' | 'scopes')[];
  /** Where the mail of its accounts lies; null where nobody can know. */
  mailServers: { imap: string; pop3: string; smtp: string } | null;
  /** The only hosts that get an access token of it, `*.example.com` for all below one; null where nobody can know. */
  mailHosts: readonly string[] | null;
  /** What an account can be connected for. */
  uses: readonly AccountUse[];
  /** The grant of an account that is connected once more. */
  grantOf(before: string | null, now: string): string;
  /** `request` goes only where the site may connect to. */
  client(settings: ProviderSettings, request: typeof fetch): OAuthClient;
}

const PROVIDERS = {
  microsoft: {
    label: 'Microsoft',
    permissions: ['IMAP.AccessAsUser.All', 'POP.AccessAsUser.All', 'SMTP.Send', 'offline_access'],
    graphPermissions: ['Mail.ReadWrite', 'Mail.ReadWrite.Shared', 'Mail.Send', 'Mail.Send.Shared', 'offline_access'],
    applicationPermissions: ['IMAP.AccessAsApp', 'POP.AccessAsApp', 'SMTP.SendAsApp'],
    options: ['tenant', 'cloud'],
    required: REQUIRED_OPTIONS.microsoft,
    mailServers: { imap: 'outlook.office365.com', pop3: 'outlook.office365.com', smtp: 'smtp.office365.com' },
    mailHosts: ['*.office365.com', '*.office.com', '*.outlook.com', '*.office365.us', '*.partner.outlook.cn'],
    uses: ['mail', 'graph'],
    grantOf: mergedGrant,
    client: microsoftClient,
  },
  google: {
    label: 'Google',
    permissions: ['https://mail.google.com/', 'openid', 'email'],
    applicationPermissions: [],
    options: [],
    required: REQUIRED_OPTIONS.google,
    mailServers: { imap: 'imap.gmail.com', pop3: 'pop.gmail.com', smtp: 'smtp.gmail.com' },
    mailHosts: ['*.gmail.com', '*.googlemail.com'],
    uses: ['mail'],
    grantOf: (_, now) => now,
    client: (settings: ProviderSettings, request: typeof fetch) =>
      openIdClient(
        {
          server: {
            issuer: 'https://accounts.google.com',
            authorization_endpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
            token_endpoint: 'https://oauth2.googleapis.com/token',
            jwks_uri: 'https://www.googleapis.com/oauth2/v3/certs',
          },
          scopes: 'https://mail.google.com/ openid email',
          // Google gives a refresh token only to a program that asks for it, and again only with a new consent.
          parameters: { access_type: 'offline', prompt: 'consent select_account' },
        },
        settings,
        request,
      ),
  },
  oidc: {
    label: 'OpenID Connect',
    permissions: ['openid', 'email', 'offline_access'],
    applicationPermissions: [],
    options: ['issuer', 'scopes'],
    required: REQUIRED_OPTIONS.oidc,
    mailServers: null,
    mailHosts: null,
    uses: ['mail'],
    grantOf: (_, now) => now,
    client: (settings: ProviderSettings, request: typeof fetch) =>
      openIdClient({ server: null, scopes: 'openid email offline_access', parameters: { prompt: 'consent' } }, settings, request),
  },
} as const satisfies Record<ProviderName, Provider>;

/** An entry of the table without its literal types. */
export const providerOf = (name: ProviderName): Provider => PROVIDERS[name];
