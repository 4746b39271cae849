import type { Core } from '@strapi/strapi';
import type { Digest } from '../../../shared/api/notices';
import { absentNow, backSince } from '../helpdesk/absences';
import { listTickets } from '../inbox/ticket-list';
import type { TicketFilter } from '../inbox/ticket-question';
import type { Viewer } from '../inbox/viewer';
import { getSettings } from '../settings/settings';
import { inTransaction, tableIn, TABLES } from '../storage/tables';
import { minutesOf, startOfLocalDay } from '../times/business-hours';
import { digestsWanted } from './choices';
import { countUnread } from './notices';
import type { Reader } from './readers';

/** One email with all that waits for somebody, at the hours that they choose. */

/** How long after its hour it is still sent: a site may have been down. */
const LATE_MINUTES = 180;
const SHOWN = 10;

/** Puts the digests of this moment among what is to be sent, each once a day whichever instance comes first. */
export async function addDigests(strapi: Core.Strapi, now = new Date()): Promise<void> {
  const wanted = await digestsWanted(strapi);
  if (wanted.length === 0) return;
  const { emailTimeZone } = await getSettings(strapi);
  const absent = await absentNow(strapi);
  const rows = wanted.flatMap(({ user, digest }) => {
    if (absent.has(user)) return [];
    const day = dayOfDigest(digest, now, emailTimeZone);
    return day === null
      ? []
      : [{ cause: `digest ${day}`, user_id: user, kind: 'digest', at: now.getTime(), attempts: 0, next_at: now.getTime() }];
  });
  for (const row of rows)
    await inTransaction(strapi, (trx) => tableIn(strapi, trx, TABLES.noticeEmails).insert(row).onConflict(['cause', 'user_id']).ignore());
}

/** The day, as 2026-11-30, for which a digest is due; null when none is. Pure. */
export function dayOfDigest({ days, time, timeZone }: Digest, now: Date, siteZone: string): string | null {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: timeZone ?? siteZone,
    hourCycle: 'h23',
    ...{ weekday: 'short', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
  } as Intl.DateTimeFormatOptions).formatToParts(now);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)!.value;
  const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(part('weekday')) + 1;
  const late = minutesOf(`${part('hour')}:${part('minute')}`) - minutesOf(time);
  if (!days.includes(weekday) || late < 0 || late > LATE_MINUTES) return null;
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** What waits for one administrator. */
export interface Waiting {
  /** Theirs that wait for us, the longest first, up to this many. */
  tickets: { documentId: string; ticketNumber: string; title: string }[];
  own: number;
  overdue: number;
  /** Of theirs: in how many something happened while they were away; 0 when they were not. */
  meanwhile: number;
  /** Of nobody, where they see those. */
  unassigned: number;
  unread: number;
}

/** When a day began at the site. */
const beginOf = async (strapi: Core.Strapi, day: string): Promise<string> =>
  new Date(startOfLocalDay((await getSettings(strapi)).emailTimeZone, Date.parse(day) / 86_400_000)).toISOString();

/** Null where nothing waits: then there is no email. */
export async function whatWaits(strapi: Core.Strapi, reader: Reader): Promise<Waiting | null> {
  const { id, seesAll, teams } = reader;
  const viewer: Viewer = { id, seesAll, teams, reads: true, assigns: false };
  const found = (filter: Omit<TicketFilter, 'sort'>, pageSize = 1) =>
    listTickets(strapi, viewer, { ...filter, sort: 'lastActivityAt:asc' }, { page: 1, pageSize });
  const mine = { view: 'open' as const, assignee: String(id) };
  const { data, meta } = await found(mine, SHOWN);
  const total = async (filter: Omit<TicketFilter, 'sort'>) => (await found(filter)).meta.pagination.total;
  const back = await backSince(strapi, id);
  const waiting = {
    tickets: data.map(({ documentId, ticketNumber, title }) => ({ documentId, ticketNumber, title })),
    own: meta.pagination.total,
    overdue: await total({ ...mine, due: 'breached' }),
    meanwhile: back === null ? 0 : await total({ view: 'all', assignee: String(id), since: await beginOf(strapi, back) }),
    unassigned: seesAll || teams ? await total({ view: 'unassigned' }) : 0,
    unread: await countUnread(strapi, viewer),
  };
  return waiting.own + waiting.meanwhile + waiting.unassigned + waiting.unread > 0 ? waiting : null;
}
