import type { Core } from '@strapi/strapi';
import type { Team, TeamInput } from '../../../shared/api/teams';
import { say } from '../../../shared/sentences/words';
import { TEAM_ATTRIBUTES, teamName } from '../helpdesk/teams';
import { refuse } from '../platform/refusal';
import { withoutConflicts } from '../storage/conflicts';
import { changeDocument } from '../storage/documents';
import { inTransaction } from '../storage/tables';
import { rowsOf, type Row } from '../storage/rows';
import { UID } from '../uids';
import { agentFor, USER_ATTRIBUTES } from './agents';
import type { Viewer } from './viewer';

/** Teams as people keep them. */

const WITH_AGENTS = { populate: { agents: USER_ATTRIBUTES } } as const;

type TeamRow = Pick<Row<'team', typeof WITH_AGENTS.populate>, 'documentId' | 'name' | 'colour' | 'agents'>;

const teamFrom = (viewer: Viewer, row: TeamRow): Team => ({
  ...teamName(row)!,
  agents: row.agents.map((user) => agentFor(viewer, user)!),
});

/** All of them, by name. */
export async function listTeams(strapi: Core.Strapi, viewer: Viewer): Promise<Team[]> {
  const rows = await rowsOf(strapi, UID.team).findMany({
    select: TEAM_ATTRIBUTES,
    orderBy: [{ foldedName: 'asc' }, { id: 'asc' }],
    ...WITH_AGENTS,
  });
  return rows.map((row) => teamFrom(viewer, row));
}

/** Throws a 400 for a name that another team has, one that somebody gives at this moment, too, and for people who are gone; so does `changeTeam`. */
export function createTeam(strapi: Core.Strapi, viewer: Viewer, data: TeamInput): Promise<Team> {
  return withoutConflicts(() =>
    inTransaction(strapi, async () => {
      await mustBeThere(strapi, data.agents);
      return teamFrom(viewer, await rowsOf(strapi, UID.team).create({ data: { ...data }, ...WITH_AGENTS }));
    }),
  );
}

/** Null when there is no such team. */
export async function changeTeam(strapi: Core.Strapi, viewer: Viewer, documentId: string, data: Partial<TeamInput>): Promise<Team | null> {
  const change = async () => {
    if (data.agents) await mustBeThere(strapi, data.agents);
    return { ...data };
  };
  const row = await withoutConflicts(() => changeDocument(strapi, UID.team, documentId, change, WITH_AGENTS));
  return row && teamFrom(viewer, row);
}

/** No ticket has it any more then. */
export async function deleteTeam(strapi: Core.Strapi, documentId: string): Promise<void> {
  await strapi.documents(UID.team).delete({ documentId });
}

async function mustBeThere(strapi: Core.Strapi, agents: number[]): Promise<void> {
  const ids = [...new Set(agents)];
  if ((await strapi.db.query('admin::user').count({ where: { id: { $in: ids } } })) < ids.length)
    refuse([{ path: ['agents'], said: say('team.noPerson') }]);
}
