import { dataOf, del, get, mailScannerApi, post, put } from '../../shared/api/client';

/** Whom an account can be connected with. */
export type ProviderName = 'microsoft' | 'google' | 'oidc';

/** A connected account. */
export interface AuthorizationBrief {
  documentId: string;
  provider: ProviderName;
  /** `application`: nobody signs in; `username` is the mailbox. */
  permission: 'delegated' | 'application';
  username: string;
  needsAuthorization: boolean;
  lastError: string | null;
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
  cloud: 'global' | 'usgov' | 'china' | null;
  issuer: string | null;
  scopes: string | null;
  options: ProviderOption[];
  required: ProviderOption[];
  redirectUri: string;
  permissions: string[];
  /** Empty where an application cannot open mailboxes by itself. */
  applicationPermissions: string[];
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
}

const api = mailScannerApi.injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    mailScannerAuthorizations: build.query<Authorization[], void>({
      query: () => get('/authorizations'),
      transformResponse: dataOf<Authorization[]>,
      providesTags: ['MailScannerAuthorization', 'MailScannerScanner', 'MailScannerOutgoing'],
    }),
    /** An application permission, tried at once. */
    mailScannerAddApplication: build.mutation<AuthorizationBrief, { provider: ProviderName; username: string }>({
      query: (data) => post('/authorizations', data),
      transformResponse: dataOf<AuthorizationBrief>,
      invalidatesTags: ['MailScannerAuthorization'],
    }),
    mailScannerDeleteAuthorization: build.mutation<unknown, string>({
      query: (id) => del(`/authorizations/${id}`),
      invalidatesTags: ['MailScannerAuthorization'],
    }),
    /** Where to send the browser. A mutation, because each answer serves once. */
    mailScannerStartSignIn: build.mutation<{ url: string }, SignInStart>({
      query: ({ provider, returnPath, loginHint }) => get(`/oauth/${provider}/start`, { returnPath, loginHint }),
      transformResponse: dataOf<{ url: string }>,
    }),
    /** Why a sign-in connected nothing. */
    mailScannerSignInFailure: build.query<{ message: string }, string>({
      query: (id) => get(`/oauth-failures/${encodeURIComponent(id)}`),
      transformResponse: dataOf<{ message: string }>,
    }),
    mailScannerOAuthProviders: build.query<OAuthProvider[], void>({
      query: () => get('/oauth-providers'),
      transformResponse: dataOf<OAuthProvider[]>,
      providesTags: ['MailScannerOAuthProvider'],
    }),
    mailScannerUpdateOAuthProvider: build.mutation<OAuthProvider, { provider: ProviderName; data: OAuthProviderInput }>({
      query: ({ provider, data }) => put(`/oauth-providers/${provider}`, data),
      transformResponse: dataOf<OAuthProvider>,
      invalidatesTags: ['MailScannerOAuthProvider'],
    }),
    mailScannerDeleteOAuthProvider: build.mutation<OAuthProvider, ProviderName>({
      query: (provider) => del(`/oauth-providers/${provider}`),
      transformResponse: dataOf<OAuthProvider>,
      invalidatesTags: ['MailScannerOAuthProvider'],
    }),
  }),
});

export const {
  useMailScannerAuthorizationsQuery: useAuthorizationsQuery,
  useMailScannerAddApplicationMutation: useAddApplicationMutation,
  useMailScannerDeleteAuthorizationMutation: useDeleteAuthorizationMutation,
  useMailScannerStartSignInMutation: useStartSignInMutation,
  useMailScannerSignInFailureQuery: useSignInFailureQuery,
  useMailScannerOAuthProvidersQuery: useOAuthProvidersQuery,
  useMailScannerUpdateOAuthProviderMutation: useUpdateOAuthProviderMutation,
  useMailScannerDeleteOAuthProviderMutation: useDeleteOAuthProviderMutation,
} = api;
