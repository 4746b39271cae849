import type { Core } from '@strapi/strapi';
import type { TeamName } from '../../../shared/api/teams';
import { say } from '../../../shared/sentences/words';
import { linkTable } from '../platform/links';
import { refuse } from '../platform/refusal';
import { findDocument } from '../storage/documents';
import { readTable } from '../storage/tables';
import { UID } from '../uids';
import { completeName } from './tags';

/** Teams as tickets and scanners name them, and who is in them. */

export const TEAM_ATTRIBUTES = ['documentId', 'name', 'colour'] as const;

/** How a record is read with its team. */
export const WITH_TEAM = { helpdeskTeam: { select: ['id', ...TEAM_ATTRIBUTES] } } as const;

export const teamName = (row: TeamName | null): TeamName | null =>
  row && { documentId: row.documentId, name: row.name, colour: row.colour };

interface Member {
  team: number | string;
  user: number | string;
}

function members(strapi: Core.Strapi, which: Partial<Record<keyof Member, number[]>> = {}): Promise<Member[]> {
  const { name, owner: team, target: user } = linkTable(strapi, UID.team, 'agents');
  const columns = { team, user };
  return readTable(strapi, name, (table) => {
    for (const [key, ids] of Object.entries(which)) table.whereIn(columns[key as keyof Member], ids);
    return table.orderBy(user).select(columns);
  });
}

/** See `completeName`. */
export const completeTeam = (strapi: Core.Strapi, data: Record<string, unknown>, where?: object): Promise<void> =>
  completeName(strapi, UID.team, { empty: say('form.name'), taken: say('team.taken') }, data, where);

/** The people of these teams, by team, in the order in which they take turns. */
export async function agentsOfTeams(strapi: Core.Strapi, teams: number[]): Promise<Map<number, number[]>> {
  const agents = new Map<number, number[]>();
  if (teams.length === 0) return agents;
  const rows = await members(strapi, { team: teams });
  for (const { team, user } of rows) agents.set(Number(team), [...(agents.get(Number(team)) ?? []), Number(user)]);
  return agents;
}

/** What a ticket or a scanner is told of its team, by its documentId; null: none; left out, it stays. Throws a 400 for a team that is not there. */
export async function teamChange(strapi: Core.Strapi, documentId: string | null | undefined): Promise<object> {
  if (documentId === undefined) return {};
  if (documentId === null) return { helpdeskTeam: null };
  const team = await findDocument(strapi, UID.team, documentId, { select: ['id'] });
  return team ? { helpdeskTeam: team.id } : refuse([{ path: ['helpdeskTeam'], said: say('team.gone') }]);
}

/** The teams of each administrator who is in one. */
export async function teamsByAgent(strapi: Core.Strapi): Promise<Map<number, number[]>> {
  const teams = new Map<number, number[]>();
  for (const { team, user } of await members(strapi)) teams.set(Number(user), [...(teams.get(Number(user)) ?? []), Number(team)]);
  return teams;
}

/** The teams of one of them. */
export const teamsOf = async (strapi: Core.Strapi, user: number): Promise<number[]> =>
  (await members(strapi, { user: [user] })).map(({ team }) => Number(team));
