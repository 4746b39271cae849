import type { Core } from '@strapi/strapi';
import { z } from '@strapi/utils';
import { say } from '../../../shared/sentences/words';
import { STATUS } from '../../../shared/vocabulary';
import { absentNow } from '../helpdesk/absences';
import { agentsOfTeams } from '../helpdesk/teams';
import { schemaSays } from '../lib/schema-words';
import { findDocument } from '../storage/documents';
import { openStatuses } from '../helpdesk/statuses';
import { linkTable } from '../platform/links';
import { inTransaction, readTable, tableIn, TABLES } from '../storage/tables';
import { UID } from '../uids';
import { ticketAction, type TicketContext } from './types';
import { fullName } from '../../../shared/names';

/** How one of several people is chosen. `nobody`: the team has it, and one of them takes it. */
const WAYS = ['roundRobin', 'leastLoaded', 'nobody'] as const;

interface Config {
  /** The documentId of the team that gets the ticket; null: it keeps the one that it has. */
  team: string | null;
  /** The ids of administrators; of several, one gets the ticket. None: those of the team. */
  people: number[];
  how: (typeof WAYS)[number];
  /** Whether a ticket that somebody has goes to another. */
  reassign: boolean;
}

const config = z
  .object({
    team: z.string().max(50).nullable().default(null),
    people: z.array(z.int().positive()).max(50).default([]),
    how: z.enum(WAYS).default('roundRobin'),
    reassign: z.boolean().default(false),
  })
  .strict()
  .refine(({ team, people, how }) => team !== null || (people.length > 0 && how !== 'nobody'), {
    path: ['people'],
    message: schemaSays('rule.choosePerson'),
  });

/** Gives the ticket that an action before it has opened or found to a team, to somebody, or to both: one person, several in turn, or who has the fewest. */
export const assign = ticketAction<Config>({
  type: 'assign',
  label: 'Assign',
  config,
  describe({ team, people, how }) {
    const which = people.length > 0 ? `${people.length} people` : 'its people';
    const one = people.length === 1 ? 'a person' : `one of ${which}, ${how === 'roundRobin' ? 'in turn' : 'by load'}`;
    return `assign to ${[team && 'a team', how !== 'nobody' && one].filter(Boolean).join(' and ')}`;
  },
  async onTicket(context, { team: documentId = null, people, how, reassign }) {
    const { ticket, note, desk } = context;
    if (!ticket) return note(say('rule.noTicketToAssign'));
    if (ticket.assignee !== null && !reassign) return;
    const team = documentId === null ? null : await findTeam(context.strapi, documentId);
    if (documentId !== null && !team) return note(say('rule.teamGone'));
    if (team && team.id !== ticket.team) {
      desk.updateTicket(ticket, { helpdeskTeam: team.id });
      note(say('rule.givenToTeam', { name: team.name }));
    }
    if (how === 'nobody') return;
    const present = await presentAmong(context.strapi, await peopleFor(context.strapi, people, team));
    if (present.length === 0) return note(say('rule.nobodyToAssign'));
    const absent = await absentNow(
      context.strapi,
      present.map(({ id }) => id),
    );
    const here = present.filter(({ id }) => !absent.has(id));
    if (here.length === 0) return note(say('rule.allAbsent'));
    const person = await CHOICES[how](context, here);
    if (person.id === ticket.assignee) return;
    desk.updateTicket(ticket, { assignee: person.id });
    note(say('rule.assignedTo', { name: nameOf(person) }));
  },
});

const findTeam = (strapi: Core.Strapi, documentId: string): Promise<{ id: number; name: string } | null> =>
  findDocument(strapi, UID.team, documentId, { select: ['id', 'name'] });

/** The people that the rule names, or else those of its team. */
const peopleFor = async (strapi: Core.Strapi, people: number[], team: { id: number } | null): Promise<number[]> =>
  people.length > 0 || !team ? people : ((await agentsOfTeams(strapi, [team.id])).get(team.id) ?? []);

interface Person {
  id: number;
  firstname: string | null;
  lastname: string | null;
  email: string;
}

const nameOf = ({ firstname, lastname, email }: Person): string => fullName(firstname, lastname) || email;

/** Those who may still sign in, in the order of the rule. */
async function presentAmong(strapi: Core.Strapi, ids: number[]): Promise<Person[]> {
  const rows: Person[] = await strapi.db.query('admin::user').findMany({
    select: ['id', 'firstname', 'lastname', 'email'],
    where: { id: { $in: ids }, isActive: true, blocked: { $ne: true } },
  });
  return [...new Set(ids)].flatMap((id) => rows.find((row) => row.id === id) ?? []);
}

const CHOICES: Record<Exclude<Config['how'], 'nobody'>, (context: TicketContext, people: Person[]) => Promise<Person> | Person> = {
  roundRobin: async (context, people) => (people.length === 1 ? people[0] : people[((await nextTurn(context)) - 1) % people.length]),
  leastLoaded: async ({ strapi, desk, ticket }, people) => {
    const loads = await loadsIn(strapi, desk, people);
    const [person] = [...people].sort((one, other) => loads.get(one.id)! - loads.get(other.id)!);
    if (ticket!.ticketStatus !== STATUS.closed) loads.set(person.id, loads.get(person.id)! + 1);
    return person;
  },
};

/**
 * The next turn of this rule, by a counter in the transaction of the ticket: a crash takes back both, and of two instances one waits for the
 * other. The rule is one scanner's, so different mailboxes do not wait.
 */
function nextTurn({ strapi, ruleId }: TicketContext): Promise<number> {
  const name = `turn of rule ${ruleId}`;
  return inTransaction(strapi, async (trx) => {
    const counters = () => tableIn(strapi, trx, TABLES.counters);
    await counters().insert({ name, value: 0 }).onConflict('name').ignore();
    await counters().where({ name }).increment('value', 1);
    return Number((await counters().where({ name }).first('value')).value);
  });
}

/** How many open tickets each has; asked once a batch, which then counts those that it gives away. */
const loadsOfBatch = new WeakMap<object, Map<number, number>>();

async function loadsIn(strapi: Core.Strapi, desk: object, people: Person[]): Promise<Map<number, number>> {
  const loads = loadsOfBatch.get(desk) ?? new Map<number, number>();
  loadsOfBatch.set(desk, loads);
  const ids = people.map(({ id }) => id).filter((id) => !loads.has(id));
  if (ids.length === 0) return loads;
  const { name, owner, target } = linkTable(strapi, UID.ticket, 'assignee');
  const { tableName } = strapi.db.metadata.get(UID.ticket);
  const rows: { person: number; count: number | string }[] = await readTable(strapi, `${tableName} as t`, (tickets) =>
    tickets
      .join(`${name} as a`, `a.${owner}`, 't.id')
      // By what is open: what each has ever had is much more.
      .whereIn('t.ticket_status', openStatuses(strapi))
      .whereNull('t.merged_into_id')
      .whereIn(`a.${target}`, ids)
      .groupBy(`a.${target}`)
      .select({ person: `a.${target}` })
      .count({ count: '*' }),
  );
  for (const id of ids) loads.set(id, 0);
  for (const { person, count } of rows) loads.set(Number(person), Number(count));
  return loads;
}
