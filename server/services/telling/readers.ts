import type { Core } from '@strapi/strapi';
import { teamsByAgent } from '../helpdesk/teams';
import type { Sight } from '../inbox/viewer';
import { getSettings } from '../settings/settings';

/** Who may be told of tickets at this moment: active administrators whose role lets them see some. */

export interface Reader extends Sight {
  firstname: string | null;
  lastname: string | null;
  email: string;
  /** The language of their panel. */
  language: string | null;
}

const SEES_ALL = 'plugin::mail-scanner.read-tickets';
const SEES_ALL_TEAMS = 'plugin::mail-scanner.read-all-teams';
const SEES_OWN = 'plugin::mail-scanner.read-own-tickets';

interface PermissionRow {
  action: string;
  conditions: unknown[] | null;
  role: { users: UserRow[] } | null;
}

interface UserRow {
  id: number;
  firstname: string | null;
  lastname: string | null;
  email: string;
  preferedLanguage: string | null;
  isActive: boolean;
  blocked: boolean | null;
}

const USER = { select: ['id', 'firstname', 'lastname', 'email', 'preferedLanguage', 'isActive', 'blocked'] };

/** By their ids. A permission that a site ties to conditions of its own is asked of Strapi itself. */
export async function readersOf(strapi: Core.Strapi): Promise<Map<number, Reader>> {
  const permissions = (await strapi.db.query('admin::permission').findMany({
    select: ['id', 'action', 'conditions'],
    where: { action: { $in: [SEES_ALL, SEES_OWN, SEES_ALL_TEAMS] } },
    populate: { role: { populate: { users: USER } } },
  })) as unknown as PermissionRow[];
  const granted = new Map<number, { user: UserRow; actions: Set<string> }>();
  for (const { action, conditions, role } of permissions) {
    for (const user of role?.users ?? []) {
      if (!user.isActive || user.blocked) continue;
      if (conditions?.length && !(await isAllowed(strapi, user, action))) continue;
      const known = granted.get(user.id) ?? { user, actions: new Set() };
      granted.set(user.id, { user, actions: known.actions.add(action) });
    }
  }
  const teams = (await getSettings(strapi)).ticketsByTeam ? await teamsByAgent(strapi) : null;
  const reading = [...granted.values()].filter(({ actions }) => actions.has(SEES_ALL) || actions.has(SEES_OWN));
  return new Map(reading.map(({ user, actions }) => [user.id, readerFrom(user, sightOf(user.id, actions, teams))]));
}

/** As `viewerOf` of the controllers has it for the person who asks. */
function sightOf(user: number, actions: ReadonlySet<string>, teams: ReadonlyMap<number, number[]> | null): Omit<Sight, 'id'> {
  if (!actions.has(SEES_ALL)) return { seesAll: false, teams: null };
  if (!teams || actions.has(SEES_ALL_TEAMS)) return { seesAll: true, teams: null };
  return { seesAll: false, teams: teams.get(user) ?? [] };
}

const readerFrom = ({ id, firstname, lastname, email, preferedLanguage }: UserRow, sight: Omit<Sight, 'id'>): Reader => ({
  id,
  firstname,
  lastname,
  email,
  language: preferedLanguage,
  ...sight,
});

async function isAllowed(strapi: Core.Strapi, user: UserRow, action: string): Promise<boolean> {
  const ability = await strapi.service('admin::permission')!.engine.generateUserAbility(user);
  return ability.can(action);
}
