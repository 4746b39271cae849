import { SpokenError } from '../lib/spoken-error';
import type { Words } from '../../../shared/sentences/words';

/** What every provider of authorizations can do, whatever library speaks to it. */

import type { AccountUse } from '../../../shared/vocabulary';

/** What is decided before the browser leaves for the provider, and needed when it comes back. */
export interface SignIn {
  redirectUri: string;
  state: string;
  nonce: string;
  /** RFC 7636. */
  verifier: string;
  loginHint?: string;
  /** What the account is to be used for; left out: the mail servers. */
  uses?: AccountUse[];
}

export interface AccessToken {
  accessToken: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

export interface Tokens extends AccessToken {
  /** What the provider's client needs for the next refresh; '' when it needs nothing (application permission). */
  grant: string;
}

/** Tokens as a sign-in brings them: each serves one use alone. */
export interface SignedIn {
  username: string;
  tokens: Partial<Record<AccountUse, AccessToken>>;
  grant: string;
}

/** A provider with one set of settings. Its functions throw what the library throws; `classifyError` puts it into words. */
export interface OAuthClient {
  authorizationUrl(signIn: SignIn): Promise<string>;
  /** Redeems the code that the browser brought back to `redirectUri` with this query. */
  exchange(signIn: SignIn, query: URLSearchParams): Promise<SignedIn>;
  /** Always asks the provider. The caller sees to it that nobody else does so at the same time. */
  refresh(grant: string, use: AccountUse): Promise<Tokens>;
  /** The application's own token, without a user; null where the provider has no such thing. */
  applicationToken: ((use: AccountUse) => Promise<Tokens>) | null;
}

/** What has to happen before it works again. */
export type Remedy = 'authoriseAgain' | 'fixApplication' | 'later';

/** Why there is no access token, in words for an administrator; never with a secret. */
export class OAuthError extends SpokenError {
  constructor(
    readonly remedy: Remedy,
    said: Words,
  ) {
    super(said);
    this.name = 'OAuthError';
  }
}
