import type { Core } from '@strapi/strapi';
import { insertEntries } from '../storage/insert';
import { newDocumentId } from '../storage/randomness';
import { inTransaction } from '../storage/tables';
import type { Found } from '../storage/rows';
import { UID } from '../uids';
import { currentActor, type Actor } from './actor';
import { STATUS_REF } from './statuses';
import { participantsOf } from './participants';
import { fullName } from '../../../shared/names';

/** The activity log of tickets: written in the transaction of what it tells, many entries by one statement, and never changed. */

/**
 * What an entry tells, with its `detail`:
 * created {rule?} · status, priority, title {from, to} · assignee, team, contact, account, helpdeskStatus {from, to: names} · participants, tags {added, removed} ·
 * spam · noSpam · snoozed {until: ISO 8601, or null} · awake · contact, account {isMerge: true}: the two were one ·
 * merged, mergedFrom, splitInto, splitFrom {ticketNumber, documentId} · mailSent {to: addresses, template?: the key of another one than `change-comments`} · mailFailed {reason} ·
 * mailBounced {to: addresses, reason} · shown {author, isTakenBack?}: what somebody outside answered to a forward, shown to the customer · rated {score} · triggered {reason?}, triggerFailed {reason}: a time trigger, whose name is the actor's
 */
export type ActivityKind =
  | 'created'
  | 'status'
  | 'priority'
  | 'title'
  | 'assignee'
  | 'team'
  | 'contact'
  | 'account'
  | 'participants'
  | 'tags'
  | 'helpdeskStatus'
  | 'spam'
  | 'noSpam'
  | 'snoozed'
  | 'awake'
  | 'merged'
  | 'mergedFrom'
  | 'splitInto'
  | 'splitFrom'
  | 'mailSent'
  | 'mailFailed'
  | 'mailBounced'
  | 'shown'
  | 'rated'
  | 'triggered'
  | 'triggerFailed';

export interface Activity {
  /** The id of the ticket. */
  ticket: number;
  kind: ActivityKind;
  detail?: Record<string, unknown>;
}

/** Notes what was done, by this actor (left out: by whoever acts now). Part of the calling code's transaction. */
export async function noteActivities(strapi: Core.Strapi, activities: Activity[], actor: Actor = currentActor(strapi)): Promise<void> {
  if (activities.length === 0) return;
  const now = new Date();
  const same = { actorKind: actor.kind, actorName: actor.name.slice(0, 255), createdAt: now, updatedAt: now };
  const rows = activities.map(({ ticket, kind, detail = null }) => ({ documentId: newDocumentId(), ticket, kind, detail, ...same }));
  await inTransaction(strapi, (trx) => insertEntries(strapi, trx, UID.activity, rows));
}

// ---- Changes of a ticket's attributes

/** What the log follows, to be read before and after a change. */
export const FOLLOWED = {
  select: ['id', 'title', 'ticketStatus', 'priority', 'participants', 'isSpam', 'snoozedAt', 'snoozedUntil'],
  populate: {
    assignee: { select: ['id', 'firstname', 'lastname', 'email'] },
    helpdeskTeam: { select: ['id', 'name'] },
    contact: { select: ['id', 'email'] },
    account: { select: ['id', 'name'] },
    helpdeskTags: { select: ['id', 'name'] },
    helpdeskStatus: { select: STATUS_REF },
    mergedInto: { select: ['id', 'ticketNumber'] },
  },
} as const;

export const isFollowed = (attribute: string): boolean =>
  FOLLOWED.select.some((name) => name === attribute) ||
  ['assignee', 'helpdeskTeam', 'contact', 'account', 'helpdeskTags', 'helpdeskStatus'].includes(attribute);

/** A ticket as far as the log follows it. */
export type FollowedTicket = Found<typeof UID.ticket, typeof FOLLOWED>;

const NAMES: Partial<Record<ActivityKind, (ticket: FollowedTicket) => string | null>> = {
  status: ({ ticketStatus }) => ticketStatus,
  priority: ({ priority }) => priority,
  title: ({ title }) => title,
  assignee: ({ assignee }) => assignee && (fullName(assignee.firstname, assignee.lastname) || assignee.email),
  team: ({ helpdeskTeam }) => helpdeskTeam?.name ?? null,
  contact: ({ contact }) => contact?.email ?? null,
  account: ({ account }) => account?.name ?? null,
  helpdeskStatus: ({ helpdeskStatus }) => helpdeskStatus?.name ?? null,
};

/** What differs between a ticket as it was and as it is, one entry an attribute. */
export function changesOf(before: FollowedTicket, after: FollowedTicket): Activity[] {
  const named = Object.entries(NAMES).flatMap(([kind, nameIn]) => {
    const [from, to] = [nameIn(before) ?? null, nameIn(after) ?? null];
    return from === to ? [] : [{ ticket: after.id, kind: kind as ActivityKind, detail: { from, to } }];
  });
  const gathered = { participants: participantsOf, tags: namesOfTags };
  const moved = Object.entries(gathered).flatMap(([kind, listOf]) => {
    const [was, is] = [listOf(before), listOf(after)];
    const added = is.filter((one) => !was.includes(one));
    const removed = was.filter((one) => !is.includes(one));
    return added.length + removed.length > 0 ? [{ ticket: after.id, kind: kind as ActivityKind, detail: { added, removed } }] : [];
  });
  return [...named, ...moved, ...spamOf(before, after), ...snoozeOf(before, after)];
}

function spamOf(before: FollowedTicket, after: FollowedTicket): Activity[] {
  return Boolean(before.isSpam) === Boolean(after.isSpam) ? [] : [{ ticket: after.id, kind: after.isSpam ? 'spam' : 'noSpam' }];
}

function snoozeOf(before: FollowedTicket, after: FollowedTicket): Activity[] {
  const momentOf = (value: unknown) => (value ? new Date(value as string).toISOString() : null);
  const [was, is] = [before, after].map(({ snoozedAt, snoozedUntil }) => `${momentOf(snoozedAt)} ${momentOf(snoozedUntil)}`);
  if (was === is) return [];
  return after.snoozedAt
    ? [{ ticket: after.id, kind: 'snoozed', detail: { until: momentOf(after.snoozedUntil) } }]
    : [{ ticket: after.id, kind: 'awake' }];
}

const namesOfTags = ({ helpdeskTags }: FollowedTicket): string[] => helpdeskTags.map(({ name }) => name);
