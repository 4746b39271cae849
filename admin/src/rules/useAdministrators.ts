import { fullName } from '../../../shared/names';
import { useAdminUsers, useRBAC } from '@strapi/strapi/admin';

/** Strapi's own permission for who there is to choose from; without it the choice is empty, and nobody asks. */
const READ_USERS = [{ action: 'admin::users.read', subject: null }];

interface Administrator {
  id: number;
  name: string;
}

/** The administrators of the site. */
export function useAdministrators(): Administrator[] {
  const { allowedActions } = useRBAC(READ_USERS);
  const { data } = useAdminUsers({ page: 1, pageSize: 100, sort: 'firstname:ASC' }, { skip: !allowedActions.canRead });
  const users = (data?.users ?? []) as { id: number; firstname?: string; lastname?: string; email?: string }[];
  return users.map(({ id, firstname, lastname, email }) => ({
    id,
    name: fullName(firstname, lastname) || email || String(id),
  }));
}
