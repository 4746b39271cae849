import type { Viewer } from './viewer';

/** An administrator as colleagues see them. */
export interface Agent {
  id: number;
  firstname: string | null;
  lastname: string | null;
  /** Only for who gives tickets to people: an address is what somebody signs in with. */
  email: string | null;
}

/** Never more of an admin user than this: the record holds secrets. */
export const USER_ATTRIBUTES = { select: ['id', 'firstname', 'lastname', 'email'] };

/** What this viewer is told of an administrator. */
export const agentFor = ({ assigns }: Viewer, user: Agent | null): Agent | null =>
  user && { id: user.id, firstname: user.firstname, lastname: user.lastname, email: assigns ? user.email : null };
