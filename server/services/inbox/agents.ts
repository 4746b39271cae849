import type { Agent } from '../../../shared/api/tickets';
import type { Core } from '@strapi/strapi';
import { withAbsences } from '../helpdesk/absences';
import type { Viewer } from './viewer';

/** Never more of an admin user than this: the record holds secrets. */
export const USER_ATTRIBUTES = { select: ['id', 'firstname', 'lastname', 'email'] } as const;

/** What this viewer is told of an administrator. */
export const agentFor = ({ assigns }: Viewer, user: Agent | null): Agent | null =>
  user && { id: user.id, firstname: user.firstname, lastname: user.lastname, email: assigns ? user.email : null };

/** True, or null where there is none. */
export const isAdministrator = async (strapi: Core.Strapi, id: number): Promise<true | null> =>
  Number.isSafeInteger(id) && (await strapi.db.query('admin::user').count({ where: { id } })) > 0 ? true : null;

/** The people that a ticket may be given to. Strapi's own list of users needs a permission that people in the inbox rarely have. */
export async function listAgents(strapi: Core.Strapi, viewer: Viewer): Promise<Agent[]> {
  const users: Agent[] = await strapi.db.query('admin::user').findMany({
    ...USER_ATTRIBUTES,
    where: { isActive: true, blocked: { $ne: true } },
    orderBy: [{ firstname: 'asc' }, { id: 'asc' }],
    limit: 500,
  });
  return withAbsences(
    strapi,
    users.map((user) => agentFor(viewer, user)!),
  );
}
