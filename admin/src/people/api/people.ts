import type {
  Account,
  AccountChange,
  ContactChange,
  ContactFilters,
  ContactRow,
  ErasurePlan,
  ListedAccount,
  ListedContact,
} from '../../../../shared/api/people';
import { dataOf, del, get, mailScannerApi, put, type PageOf } from '../../shared/api/client';

export type * from '../../../../shared/api/people';

const CONTACT_LISTS = { type: 'MailScannerPeople', id: 'contacts' } as const;

const api = mailScannerApi.enhanceEndpoints({ addTagTypes: ['MailScannerTicket', 'MailScannerPeople'] }).injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    mailScannerContacts: build.query<PageOf<ListedContact>, ContactFilters>({
      query: (filters) => get('/contacts', { ...filters }),
      providesTags: [CONTACT_LISTS],
    }),
    mailScannerContact: build.query<ContactRow, string>({
      query: (id) => get(`/contacts/${id}`),
      transformResponse: dataOf<ContactRow>,
      providesTags: ['MailScannerPeople'],
    }),
    mailScannerUpdateContact: build.mutation<ContactRow, { id: string; data: ContactChange }>({
      query: ({ id, data }) => put(`/contacts/${id}`, data),
      transformResponse: dataOf<ContactRow>,
      // Tickets show their contact's name and address.
      invalidatesTags: (_, error) => (error ? [] : ['MailScannerPeople', 'MailScannerTicket']),
    }),
    mailScannerErasurePlan: build.query<ErasurePlan, string>({
      query: (id) => get(`/contacts/${id}/erasure`),
      transformResponse: dataOf<ErasurePlan>,
      // Mail comes in meanwhile: each time that somebody asks, it is counted anew.
      keepUnusedDataFor: 0,
    }),
    mailScannerEraseContact: build.mutation<ErasurePlan, string>({
      query: (id) => del(`/contacts/${id}`),
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
  useMailScannerErasurePlanQuery: useErasurePlanQuery,
  useMailScannerEraseContactMutation: useEraseContactMutation,
  useMailScannerAccountsQuery: useAccountsQuery,
  useMailScannerAccountQuery: useAccountQuery,
  useMailScannerUpdateAccountMutation: useUpdateAccountMutation,
} = api;
