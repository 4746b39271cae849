import { get, mailScannerApi, type PageOf } from './client';

export interface TicketRow {
  documentId: string;
  ticketNumber: string;
  title: string;
}

const api = mailScannerApi.injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    mailScannerTickets: build.query<PageOf<TicketRow>, { page?: number; pageSize?: number; search?: string }>({
      query: (filters) => get('/tickets', { ...filters }),
    }),
  }),
});

export const { useMailScannerTicketsQuery: useTicketsQuery } = api;
