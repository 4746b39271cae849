import type { Core } from '@strapi/strapi';
import type { Following } from '../../../shared/api/notices';
import type { Agent } from '../../../shared/api/tickets';
import { withAbsences } from '../helpdesk/absences';
import { followersOf, mutedBy } from '../helpdesk/followers';
import { agentFor } from '../inbox/agents';
import { sees, type Viewer } from '../inbox/viewer';
import { nameOf } from './mentions';
import { readersOf } from './readers';
import { holdersOf } from './spread';

/** Those who may see a ticket, by their names. */
async function readersOfTicket(strapi: Core.Strapi, viewer: Viewer, ticket: number): Promise<Agent[]> {
  const holder = (await holdersOf(strapi, [ticket])).get(ticket);
  if (!holder) return [];
  const readers = [...(await readersOf(strapi)).values()].filter((reader) => sees(reader, holder));
  return readers.sort((one, other) => nameOf(one).localeCompare(nameOf(other))).map((reader) => agentFor(viewer, reader)!);
}

/** Who follows a ticket, of those who may see it. */
export async function followingOf(strapi: Core.Strapi, viewer: Viewer, ticket: number): Promise<Following> {
  const users = new Set((await followersOf(strapi, [ticket])).map(({ user }) => user));
  const followers = users.size === 0 ? [] : (await readersOfTicket(strapi, viewer, ticket)).filter(({ id }) => users.has(id));
  const isMuted = (await mutedBy(strapi, [ticket])).some(({ user }) => user === viewer.id);
  return { followers, isFollowed: users.has(viewer.id), isMuted };
}

/** The people that a note on this ticket may name: all who may see it and have a name. */
export const mentionable = async (strapi: Core.Strapi, viewer: Viewer, ticket: number): Promise<Agent[]> =>
  withAbsences(
    strapi,
    (await readersOfTicket(strapi, viewer, ticket)).filter((agent) => nameOf(agent) !== '' && agent.id !== viewer.id),
  );
