import type { Team, TeamInput } from '../../../shared/api/teams';
import { dataOf, del, get, mailScannerApi, post, put } from './client';

export type * from '../../../shared/api/teams';

const api = mailScannerApi.enhanceEndpoints({ addTagTypes: ['MailScannerTicket', 'MailScannerTeam'] }).injectEndpoints({
  overrideExisting: false,
  endpoints: (build) => ({
    mailScannerTeams: build.query<Team[], void>({
      query: () => get('/teams'),
      transformResponse: dataOf<Team[]>,
      providesTags: ['MailScannerTeam'],
    }),
    mailScannerSaveTeam: build.mutation<Team, { id: string | null; data: TeamInput }>({
      query: ({ id, data }) => (id === null ? post('/teams', data) : put(`/teams/${id}`, data)),
      transformResponse: dataOf<Team>,
      invalidatesTags: ['MailScannerTeam', 'MailScannerTicket'],
    }),
    mailScannerDeleteTeam: build.mutation<null, string>({
      query: (id) => del(`/teams/${id}`),
      invalidatesTags: ['MailScannerTeam', 'MailScannerTicket'],
    }),
  }),
});

export const {
  useMailScannerTeamsQuery: useTeamsQuery,
  useMailScannerSaveTeamMutation: useSaveTeamMutation,
  useMailScannerDeleteTeamMutation: useDeleteTeamMutation,
} = api;
