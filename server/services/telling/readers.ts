import type { Core } from '@strapi/strapi';

/** Who may be told of tickets at this moment: active administrators whose role lets them see some. */

export interface Reader {
  id: number;
  firstname: string | null;
  lastname: string | null;
  email: string;
  /** The language of their panel. */
  language: string | null;
  /** Or only the tickets that are assigned to them. */
  seesAll: boolean;
}

const SEES_ALL = 'plugin::mail-scanner.read-tickets';
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
    where: { action: { $in: [SEES_ALL, SEES_OWN] } },
    populate: { role: { populate: { users: USER } } },
  })) as unknown as PermissionRow[];
  const readers = new Map<number, Reader>();
  for (const { action, conditions, role } of permissions) {
    for (const user of role?.users ?? []) {
      if (!user.isActive || user.blocked) continue;
      if (conditions?.length && !(await isAllowed(strapi, user, action))) continue;
      const seesAll = action === SEES_ALL || readers.get(user.id)?.seesAll === true;
      readers.set(user.id, readerFrom(user, seesAll));
    }
  }
  return readers;
}

const readerFrom = ({ id, firstname, lastname, email, preferedLanguage }: UserRow, seesAll: boolean): Reader => ({
  id,
  firstname,
  lastname,
  email,
  language: preferedLanguage,
  seesAll,
});

async function isAllowed(strapi: Core.Strapi, user: UserRow, action: string): Promise<boolean> {
  const ability = await strapi.service('admin::permission')!.engine.generateUserAbility(user);
  return ability.can(action);
}

/** Whether a reader sees a ticket of this assignee. */
export const sees = ({ id, seesAll }: Reader, assignee: number | null): boolean => seesAll || assignee === id;
