import type { SavedView, SavedViewInput } from '../../../shared/api/saved-views';
import { dataOf, del, get, mailScannerApi, post, put } from './client';

export type * from '../../../shared/api/saved-views';

const api = mailScannerApi.enhanceEndpoints({ addTagTypes: ['MailScannerTicket', 'MailScannerTag', 'MailScannerView'] }).injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    mailScannerSavedViews: build.query<SavedView[], void>({
      query: () => get('/saved-views'),
      transformResponse: dataOf<SavedView[]>,
      // Their numbers change with the tickets, and what they miss with the tags.
      providesTags: ['MailScannerView', 'MailScannerTicket', 'MailScannerTag'],
    }),
    mailScannerSaveView: build.mutation<SavedView, { id: string | null; data: Partial<SavedViewInput> }>({
      query: ({ id, data }) => (id === null ? post('/saved-views', data) : put(`/saved-views/${id}`, data)),
      transformResponse: dataOf<SavedView>,
      invalidatesTags: ['MailScannerView'],
    }),
    mailScannerOrderViews: build.mutation<SavedView[], { isShared: boolean; order: string[] }>({
      query: (data) => put('/saved-views/order', data),
      transformResponse: dataOf<SavedView[]>,
      invalidatesTags: ['MailScannerView'],
      /** Where it was dropped it stays, also until the server has answered. */
      onQueryStarted: async ({ order }, { dispatch, queryFulfilled }) => {
        const placed = dispatch(
          api.util.updateQueryData('mailScannerSavedViews', undefined, (views) => {
            const placeOf = ({ documentId }: SavedView) => order.indexOf(documentId);
            views.sort((one, other) => (placeOf(one) < 0 || placeOf(other) < 0 ? 0 : placeOf(one) - placeOf(other)));
          }),
        );
        queryFulfilled.catch(placed.undo);
      },
    }),
    mailScannerDeleteView: build.mutation<null, string>({
      query: (id) => del(`/saved-views/${id}`),
      invalidatesTags: ['MailScannerView'],
    }),
  }),
});

export const {
  useMailScannerSavedViewsQuery: useSavedViewsQuery,
  useMailScannerSaveViewMutation: useSaveViewMutation,
  useMailScannerOrderViewsMutation: useOrderViewsMutation,
  useMailScannerDeleteViewMutation: useDeleteViewMutation,
} = api;
