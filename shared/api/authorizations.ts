import type { AccountUse, AuthorizationPermission, Cloud, ProviderName } from '../vocabulary';
import type { Words } from '../sentences/words';

/** A connected account. */
export interface AuthorizationBrief {
  documentId: string;
  provider: ProviderName;
  /** `application`: nobody signs in; `username` is the mailbox. */
  permission: AuthorizationPermission;
  username: string;
  needsAuthorization: boolean;
  lastError: string | null;
  lastErrorSaid: Words | null;
}

export interface Authorization extends AuthorizationBrief {
  providerLabel: string;
  createdAt: string;
  usage: { scanners: { documentId: string; name: string }[]; outgoingMail: boolean };
}

/** What can be set beside client id and secret. */
export type ProviderOption = 'tenant' | 'cloud' | 'issuer' | 'scopes';

export interface OAuthProvider {
  provider: ProviderName;
  label: string;
  configured: boolean;
  managedByConfig: boolean;
  clientId: string;
  hasSecret: boolean;
  hasCertificate: boolean;
  tenant: string | null;
  cloud: Cloud | null;
  issuer: string | null;
  scopes: string | null;
  options: ProviderOption[];
  required: ProviderOption[];
  redirectUri: string;
  permissions: string[];
  /** Empty where an application cannot open mailboxes by itself. */
  applicationPermissions: string[];
  /** For accounts that send by Microsoft Graph; empty for other providers. */
  graphPermissions: string[];
  mailServers: { imap: string; pop3: string; smtp: string } | null;
}

export interface OAuthProviderInput {
  clientId: string;
  /** Left out to keep the saved one. */
  clientSecret?: string;
  tenant?: string;
  cloud?: string;
  issuer?: string;
  scopes?: string;
}

export interface SignInStart {
  provider: ProviderName;
  /** The page of the panel to come back to. */
  returnPath: string;
  loginHint?: string;
  /** What the account is to be used for. Left out: what it is connected for already, else the mail servers. */
  uses?: AccountUse[];
}
