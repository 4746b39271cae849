import type { AccountUse, ProviderName } from '../../../shared/vocabulary';
import type { Authorization, AuthorizationBrief, OAuthProvider, OAuthProviderInput, SignInStart } from '../../../shared/api/authorizations';
import { dataOf, del, get, mailScannerApi, post, put } from './client';
import type { Words } from '../../../shared/sentences/words';

export type * from '../../../shared/api/authorizations';

const api = mailScannerApi.injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    mailScannerAuthorizations: build.query<Authorization[], void>({
      query: () => get('/authorizations'),
      transformResponse: dataOf<Authorization[]>,
      providesTags: ['MailScannerAuthorization', 'MailScannerScanner', 'MailScannerOutgoing'],
    }),
    /** An application permission, tried at once. */
    mailScannerAddApplication: build.mutation<AuthorizationBrief, { provider: ProviderName; username: string; use?: AccountUse }>({
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
      query: ({ provider, returnPath, loginHint, uses }) =>
        get(`/oauth/${provider}/start`, { returnPath, loginHint, uses: uses?.join(',') }),
      transformResponse: dataOf<{ url: string }>,
    }),
    /** Why a sign-in connected nothing. */
    mailScannerSignInFailure: build.query<{ message: string; messageSaid: Words }, string>({
      query: (id) => get(`/oauth-failures/${encodeURIComponent(id)}`),
      transformResponse: dataOf<{ message: string; messageSaid: Words }>,
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
