import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { teamsOf } from '../helpdesk/teams';
import { linkTable, pointsAt } from '../platform/links';
import { getSettings } from '../settings/settings';
import { UID } from '../uids';

/** Who looks at the helpdesk, or works on it. */
export interface Viewer {
  /** The id of the administrator. */
  id: number;
  /** Whether they have to do with every ticket. */
  seesAll: boolean;
  /** Else: the ids of the teams whose tickets they see, beside those assigned to them and those of no team; null: only those assigned to them. */
  teams: number[] | null;
  /** Whether they may read tickets at all. Who may not is never told what stands in one, whatever they may write. */
  reads: boolean;
  /** Whether they give tickets to people. */
  assigns: boolean;
}

/** Which tickets somebody sees. */
export type Sight = Pick<Viewer, 'id' | 'seesAll' | 'teams'>;

/** What a ticket must be for this viewer to see it. To be part of every query whose answer leaves the server. */
export function whereVisible(strapi: Core.Strapi, { id, seesAll, teams }: Sight): object {
  if (seesAll) return {};
  const own = pointsAt(strapi, UID.ticket, 'assignee', id);
  if (teams === null) return own;
  const ofTeams = teams.length === 0 ? [] : [{ id: { $in: teams } }];
  return { $or: [{ helpdeskTeam: { $or: [{ id: { $null: true } }, ...ofTeams] } }, own] };
}

/** The same for records that belong to a ticket, such as deliveries. */
export const whereTicketVisible = (strapi: Core.Strapi, viewer: Viewer): object =>
  viewer.seesAll ? {} : { ticket: whereVisible(strapi, viewer) };

/** The same for rows with the id of a ticket in a column, each looked up by itself: there are few of them, and many tickets. */
export function andVisible(strapi: Core.Strapi, sight: Sight, rows: Knex.QueryBuilder, column: string): Knex.QueryBuilder {
  if (sight.seesAll) return rows;
  if (sight.teams === null) return rows.whereIn(column, ownTickets(strapi, sight));
  return rows.whereExists(ticketsInSight(strapi, sight).whereRaw('?? = ??', ['seen.id', column]));
}

/** The ids of all tickets that somebody sees who does not see all. */
export function ticketsInSight(strapi: Core.Strapi, sight: Sight): Knex.QueryBuilder {
  const { teams } = sight;
  const own = ownTickets(strapi, sight);
  if (teams === null) return own;
  return strapi.db
    .getConnection(`${strapi.db.metadata.get(UID.ticket).tableName} as seen`)
    .select('seen.id')
    .where((either) => void either.whereNull('seen.helpdesk_team_id').orWhereIn('seen.helpdesk_team_id', teams).orWhereIn('seen.id', own));
}

/** The ids of the tickets that are assigned to somebody. */
function ownTickets(strapi: Core.Strapi, { id }: Pick<Sight, 'id'>): Knex.QueryBuilder {
  const { name, owner, target } = linkTable(strapi, UID.ticket, 'assignee');
  return strapi.db.getConnection(name).select(owner).where(target, id);
}

/** Whose a ticket is: the ids of an administrator and of a team; undefined where nobody asked for the team. */
export interface Holder {
  assignee: number | null;
  team: number | null | undefined;
}

/** Whether somebody sees a ticket of this holder. */
export const sees = ({ id, seesAll, teams }: Sight, { assignee, team }: Holder): boolean =>
  seesAll || assignee === id || (teams !== null && team !== undefined && (team === null || teams.includes(team)));

/** The same for a ticket that has been read with its assignee and its team. */
export const isVisible = (sight: Sight, { assignee, helpdeskTeam }: ReadTicket): boolean =>
  sees(sight, { assignee: assignee?.id ?? null, team: helpdeskTeam === undefined ? undefined : (helpdeskTeam?.id ?? null) });

interface ReadTicket {
  assignee?: { id: number } | null;
  helpdeskTeam?: { id: number } | null;
}

/** How a ticket is read for `isVisible`. */
export const WITH_HOLDER = { assignee: { select: ['id'] }, helpdeskTeam: { select: ['id'] } } as const;

/** The teams of an administrator, where the site lets people see the tickets of theirs alone; else null. */
export const teamsInSight = async (strapi: Core.Strapi, user: number): Promise<number[] | null> =>
  (await getSettings(strapi)).ticketsByTeam ? teamsOf(strapi, user) : null;
