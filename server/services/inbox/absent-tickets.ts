import type { Core } from '@strapi/strapi';
import { absentNow } from '../helpdesk/absences';
import { whereAwake } from '../helpdesk/snooze';
import { teamsOf } from '../helpdesk/teams';
import { linkTable } from '../platform/links';
import { COUNTED, idsOfAll } from '../storage/pages';
import { readTable, TABLES } from '../storage/tables';
import { UID } from '../uids';
import { whereVisible, type Viewer } from './viewer';

/** Tickets of absent colleagues whose customers wait. */

interface Question {
  among: number[];
  where: object;
}

/** Those of one's teams and of no team; who is in no team takes care of all. */
export async function ticketsOfAbsent(strapi: Core.Strapi, { id }: Viewer): Promise<Question> {
  const absent = [...(await absentNow(strapi))].filter((user) => user !== id);
  if (absent.length === 0) return { among: [], where: {} };
  const { name, owner, target } = linkTable(strapi, UID.ticket, 'assignee');
  const rows: { id: number | string }[] = await readTable(strapi, `${TABLES.waits} as w`, (table) =>
    table
      .join(`${name} as a`, `a.${owner}`, 'w.ticket_id')
      .where('w.state', 'customerWaits')
      .whereIn(`a.${target}`, absent)
      .limit(COUNTED)
      .select({ id: 'w.ticket_id' }),
  );
  const teams = await teamsOf(strapi, id);
  const where = teams.length === 0 ? {} : whereVisible(strapi, { id, seesAll: false, teams });
  return { among: rows.map((row) => Number(row.id)), where };
}

export async function countOfAbsent(strapi: Core.Strapi, viewer: Viewer): Promise<number> {
  const { among, where } = await ticketsOfAbsent(strapi, viewer);
  if (among.length === 0) return 0;
  const seen = { $and: [whereVisible(strapi, viewer), where, await whereAwake(strapi)] };
  return (await idsOfAll(strapi, UID.ticket, { where: seen, among })).length;
}
