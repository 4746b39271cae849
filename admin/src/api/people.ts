import type {
  Account,
  AccountMergePlan,
  AccountChange,
  ContactChange,
  ContactFilters,
  ContactAlike,
  ContactMergePlan,
  ErasurePlan,
  ListedAccount,
  ListedContact,
  WholeContact,
} from '../../../shared/api/people';
import { dataOf, del, get, mailScannerApi, post, put, type PageOf } from './client';

export type * from '../../../shared/api/people';

const CONTACT_LISTS = { type: 'MailScannerPeople', id: 'contacts' } as const;

const api = mailScannerApi.enhanceEndpoints({ addTagTypes: ['MailScannerTicket', 'MailScannerPeople'] }).injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    mailScannerContacts: build.query<PageOf<ListedContact>, ContactFilters>({
      query: (filters) => get('/contacts', { ...filters }),
      providesTags: [CONTACT_LISTS],
    }),
    mailScannerContact: build.query<WholeContact, string>({
      query: (id) => get(`/contacts/${id}`),
      transformResponse: dataOf<WholeContact>,
      providesTags: ['MailScannerPeople'],
    }),
    mailScannerUpdateContact: build.mutation<WholeContact, { id: string; data: ContactChange }>({
      query: ({ id, data }) => put(`/contacts/${id}`, data),
      transformResponse: dataOf<WholeContact>,
      // Tickets show their contact's name and address.
      invalidatesTags: (_, error) => (error ? [] : ['MailScannerPeople', 'MailScannerTicket']),
    }),
    mailScannerAddContact: build.mutation<WholeContact, ContactChange>({
      query: (data) => post('/contacts', data),
      transformResponse: dataOf<WholeContact>,
      invalidatesTags: (_, error) => (error ? [] : [CONTACT_LISTS]),
    }),
    mailScannerContactsAlike: build.query<ContactAlike[], string>({
      query: (id) => get(`/contacts/${id}/alike`),
      transformResponse: dataOf<ContactAlike[]>,
      providesTags: ['MailScannerPeople'],
    }),
    mailScannerContactMerge: build.query<ContactMergePlan, string>({
      query: (id) => get(`/contacts/${id}/merge`),
      transformResponse: dataOf<ContactMergePlan>,
      keepUnusedDataFor: 0,
    }),
    mailScannerMergeContact: build.mutation<WholeContact, { id: string; into: string }>({
      query: ({ id, into }) => post(`/contacts/${id}/merge`, { into }),
      transformResponse: dataOf<WholeContact>,
      invalidatesTags: (_, error) => (error ? [] : ['MailScannerPeople', 'MailScannerTicket']),
    }),
    mailScannerErasurePlan: build.query<ErasurePlan, string>({
      query: (id) => get(`/contacts/${id}/erasure`),
      transformResponse: dataOf<ErasurePlan>,
      // Mail comes in meanwhile: each time that somebody asks, it is counted again.
      keepUnusedDataFor: 0,
    }),
    mailScannerEraseContact: build.mutation<ErasurePlan, { id: string; keepBlocked: boolean }>({
      query: ({ id, keepBlocked }) => del(`/contacts/${id}?keepBlocked=${keepBlocked}`),
      transformResponse: dataOf<ErasurePlan>,
      // Not the contact itself, which the page still shows: it would be asked for once more and not be found.
      invalidatesTags: (_, error) => (error ? [] : [CONTACT_LISTS, 'MailScannerTicket']),
    }),
    mailScannerAccounts: build.query<PageOf<ListedAccount>, { search?: string; page?: number; pageSize?: number }>({
      query: (filters) => get('/accounts', { ...filters }),
      providesTags: ['MailScannerPeople'],
    }),
    mailScannerAccount: build.query<Account, string>({
      query: (id) => get(`/accounts/${id}`),
      transformResponse: dataOf<Account>,
      providesTags: ['MailScannerPeople'],
    }),
    mailScannerAddAccount: build.mutation<Account, AccountChange>({
      query: (data) => post('/accounts', data),
      transformResponse: dataOf<Account>,
      invalidatesTags: (_, error) => (error ? [] : ['MailScannerPeople']),
    }),
    mailScannerAccountMerge: build.query<AccountMergePlan, string>({
      query: (id) => get(`/accounts/${id}/merge`),
      transformResponse: dataOf<AccountMergePlan>,
      keepUnusedDataFor: 0,
    }),
    mailScannerMergeAccount: build.mutation<Account, { id: string; into: string }>({
      query: ({ id, into }) => post(`/accounts/${id}/merge`, { into }),
      transformResponse: dataOf<Account>,
      invalidatesTags: (_, error) => (error ? [] : ['MailScannerPeople', 'MailScannerTicket']),
    }),
    mailScannerUpdateAccount: build.mutation<Account, { id: string; data: AccountChange }>({
      query: ({ id, data }) => put(`/accounts/${id}`, data),
      transformResponse: dataOf<Account>,
      invalidatesTags: (_, error) => (error ? [] : ['MailScannerPeople', 'MailScannerTicket']),
    }),
  }),
});

export const {
  useMailScannerContactsQuery: useContactsQuery,
  useMailScannerContactQuery: useContactQuery,
  useMailScannerUpdateContactMutation: useUpdateContactMutation,
  useMailScannerAddContactMutation: useAddContactMutation,
  useMailScannerContactsAlikeQuery: useContactsAlikeQuery,
  useMailScannerContactMergeQuery: useContactMergeQuery,
  useMailScannerMergeContactMutation: useMergeContactMutation,
  useMailScannerErasurePlanQuery: useErasurePlanQuery,
  useMailScannerEraseContactMutation: useEraseContactMutation,
  useMailScannerAccountsQuery: useAccountsQuery,
  useMailScannerAccountQuery: useAccountQuery,
  useMailScannerAddAccountMutation: useAddAccountMutation,
  useMailScannerAccountMergeQuery: useAccountMergeQuery,
  useMailScannerMergeAccountMutation: useMergeAccountMutation,
  useMailScannerUpdateAccountMutation: useUpdateAccountMutation,
} = api;
