import { dataOf, get, mailScannerApi, put, type PageOf } from './client';
import type { Contact } from './tickets';

/** Contacts and accounts: see docs/admin-api.md. */

export interface ContactRow extends Contact {
  account: { documentId: string; name: string } | null;
  createdAt: string;
}

export interface Account {
  documentId: string;
  name: string;
  domain: string | null;
  email: string | null;
  createdAt: string;
}

export interface ContactFilters {
  search?: string;
  account?: string;
  undeliverable?: 'true';
  page?: number;
  pageSize?: number;
}

export type ContactChange = Partial<Pick<ContactRow, 'email' | 'firstName' | 'lastName' | 'phone' | 'undeliverable'>> & { account?: string | null };
export type AccountChange = Partial<Pick<Account, 'name' | 'domain' | 'email'>>;

const api = mailScannerApi.enhanceEndpoints({ addTagTypes: ['MailScannerTicket', 'MailScannerPeople'] }).injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    mailScannerContacts: build.query<PageOf<ContactRow>, ContactFilters>({
      query: (filters) => get('/contacts', { ...filters }),
      providesTags: ['MailScannerPeople'],
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
    mailScannerAccounts: build.query<PageOf<Account>, { search?: string; pageSize?: number }>({
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
  useMailScannerAccountsQuery: useAccountsQuery,
  useMailScannerAccountQuery: useAccountQuery,
  useMailScannerUpdateAccountMutation: useUpdateAccountMutation,
} = api;
