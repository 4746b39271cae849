import type { NoticeKind } from '../../../shared/vocabulary';
import type { News } from '../helpdesk/news';
import { mentionedIn } from './mentions';
import { sees, type Holder } from '../inbox/viewer';
import type { Reader } from './readers';

/** The people that news concern. Pure. */

export interface NewsRow extends News {
  id: number;
  at: number;
}

/** What is known at the moment of telling: of tickets and messages that are gone, nothing. */
export interface Facts {
  readers: ReadonlyMap<number, Reader>;
  tickets: ReadonlyMap<number, Holder>;
  /** The people of their teams. */
  teams: ReadonlyMap<number, number[]>;
  /** Of the administrators: who is not there today. */
  absent: ReadonlySet<number>;
  comments: ReadonlyMap<number, NewMessage>;
  /** The comment that a delivery is about, and who wrote it. */
  deliveries: ReadonlyMap<number, { comment: number; author: number | null }>;
  /** By tickets. */
  followers: ReadonlyMap<number, number[]>;
  /** By tickets: who wants to be told no more of them. */
  muted: ReadonlyMap<number, number[]>;
}

export interface NewMessage {
  ticket: number;
  /** The words of an internal note; '' for what customers read, which names nobody. */
  note: string;
  isByCustomer: boolean;
}

/** One notice for one administrator. */
export interface ToldPerson {
  news: number;
  user: number;
  ticket: number;
  comment: number | null;
  kind: NoticeKind;
  by: number | null;
  at: number;
}

/** Of several reasons to tell somebody of one ticket at one moment, the first one is told. */
const MOST_IMPORTANT: NoticeKind[] = ['mention', 'called', 'assigned', 'answer', 'dueSoon', 'team', 'unassigned', 'followed', 'absent'];

/** Told beside any other: an answer that did not arrive, and what a customer thinks of the work. */
const TOLD_APART: NoticeKind[] = ['deliveryFailed', 'rated'];

/**
 * Who is told what: nobody of what they did themselves, may not see or want to hear no more of, and of one ticket one thing, beside what is
 * told apart.
 * What somebody is told of a new ticket leads to its first message.
 */
export function whoIsTold(news: readonly NewsRow[], facts: Facts): ToldPerson[] {
  const given = new Set(news.flatMap(({ kind, ticket, record }) => (kind === 'assigned' ? [`${ticket} ${record}`] : [])));
  // Who took a new ticket, or gave it to somebody, stands in the row of the giving alone.
  const isToldByItsGiving = ({ kind, ticket }: NewsRow) =>
    kind === 'opened' && given.has(`${ticket} ${facts.tickets.get(ticket)?.assignee}`);
  const told = news
    .filter((row) => !isToldByItsGiving(row))
    .flatMap((row) => candidates(row, facts).filter((one) => mayBeTold(one, facts)));
  const chosen = new Map<string, ToldPerson>();
  for (const one of told) {
    const key = `${one.user} ${one.ticket} ${TOLD_APART.find((kind) => kind === one.kind)}`;
    const other = chosen.get(key);
    if (!other || rank(one) < rank(other)) chosen.set(key, one);
  }
  const first = firstMessages(news, facts);
  return [...chosen.values()].map((one) => ({ ...one, comment: one.comment ?? first.get(one.ticket) ?? null }));
}

function firstMessages(news: readonly NewsRow[], { comments }: Facts): Map<number, number> {
  const first = new Map<number, number>();
  for (const { kind, record } of news) {
    const message = kind === 'message' && record !== undefined ? comments.get(record) : undefined;
    if (message && !first.has(message.ticket)) first.set(message.ticket, record!);
  }
  return first;
}

const rank = ({ kind }: ToldPerson): number => MOST_IMPORTANT.indexOf(kind);

/** Everybody that a note names; they follow the ticket from then on. */
export function whoWasNamed(news: readonly NewsRow[], facts: Facts): { user: number; ticket: number }[] {
  return news
    .flatMap((row) => candidates(row, facts).filter((one) => one.kind === 'mention' && mayBeTold(one, facts)))
    .map(({ user, ticket }) => ({ user, ticket }));
}

function mayBeTold({ user, ticket, by, kind }: ToldPerson, { readers, tickets, muted }: Facts): boolean {
  const reader = readers.get(user);
  // An answer that did not arrive is lost on nobody.
  if (kind !== 'deliveryFailed' && muted.get(ticket)?.includes(user)) return false;
  return reader !== undefined && user !== by && sees(reader, tickets.get(ticket)!);
}

function candidates(row: NewsRow, facts: Facts): ToldPerson[] {
  const { record = null, by = null, at, id: news } = row;
  const message = row.kind === 'message' && record !== null ? facts.comments.get(record) : undefined;
  // It may have moved to another ticket since.
  const ticket = message?.ticket ?? row.ticket;
  const holder = facts.tickets.get(ticket);
  if (!holder) return [];
  const { assignee } = holder;
  const noticesFor = (kind: NoticeKind, users: Iterable<number | null>, comment: number | null = null): ToldPerson[] =>
    [...users].flatMap((user) => (user === null ? [] : [{ news, user, ticket, comment, kind, by, at }]));

  switch (row.kind) {
    case 'opened':
      return assignee === null ? noticesFor(...takersOf(holder, facts)) : noticesFor('assigned', [assignee]);
    case 'team':
      return assignee === null ? noticesFor(...takersOf(holder, facts)) : [];
    case 'due':
      return noticesFor('dueSoon', assignee === null ? takersOf(holder, facts)[1] : [assignee]);
    case 'assigned':
      // Somebody else may have it by now, who is told by another row.
      return record === assignee ? noticesFor('assigned', [assignee]) : [];
    case 'called':
      return noticesFor('called', record === null ? facts.readers.keys() : [record]);
    case 'failed': {
      const failed = record === null ? undefined : facts.deliveries.get(record);
      return failed ? noticesFor('deliveryFailed', [failed.author], failed.comment) : [];
    }
    case 'rated':
      return noticesFor('rated', new Set([assignee, ...(facts.followers.get(ticket) ?? [])]));
    case 'message':
      if (!message) return [];
      return [
        ...noticesFor('mention', message.note ? mentionedIn(message.note, [...facts.readers.values()]) : [], record),
        ...noticesFor('answer', [assignee], record),
        ...noticesFor('followed', facts.followers.get(ticket) ?? [], record),
        ...noticesFor(
          'absent',
          message.isByCustomer && assignee !== null && facts.absent.has(assignee) ? takersOf(holder, facts)[1] : [],
          record,
        ),
      ];
  }
}

/** Who may take a ticket that nobody has, or an absent colleague: the people of its team; where it has none, or nobody in it may see tickets, all who see it. */
function takersOf(holder: Holder, { readers, teams }: Facts): ['team' | 'unassigned', number[]] {
  const seeing = [...readers.values()].filter((reader) => sees(reader, holder)).map(({ id }) => id);
  const team = holder.team == null ? [] : (teams.get(holder.team) ?? []).filter((id) => seeing.includes(id));
  return team.length > 0 ? ['team', team] : ['unassigned', seeing];
}
