import { errors } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import { sanitizeHtml } from '../message/html/sanitize';
import { storedSubjectKey } from '../message/reading/subject-key';
import { visibleTextOf } from '../message/reading/reply/reply-text';
import { htmlToText } from '../message/html/text';
import { updateDocument } from '../storage/documents';
import { relationId } from '../storage/relation-id';
import { rowsOf } from '../storage/rows';
import { UID } from '../uids';
import { changesOf, FOLLOWED, isFollowed, noteActivities, type FollowedTicket } from './activity';
import { currentActor } from './actor';
import { newThreadToken } from './thread-token';
import { cutTexts, keepWholes, type WholeText } from './long-texts';
import { afterMerges } from './merged';
import { isNews, noteNews } from './news';
import { checkComment, checkTicket } from './record-limits';
import { AWAKE, completeSnooze } from './snooze';
import { spamAfter } from './spam-mark';
import { completeStatus, completeTicketStatus } from './statuses';
import { completeTag } from './tags';
import { completeTeam } from './teams';
import { takeTicketNumbers } from './ticket-numbers';
import { STATUS } from '../../../shared/vocabulary';
import { refusal } from '../platform/refusal';
import { say } from '../../../shared/sentences/words';
import { fullName } from '../../../shared/names';
import { cut } from '../lib/cut';

/**
 * What holds for tickets, comments and contacts whatever door they come through: the Content Manager, the admin API, REST, other
 * code. Database lifecycles see them all, and run in the transaction of the write. (That a public comment goes out by email stands in
 * outgoing/announce.ts.)
 */

type Data = Record<string, unknown>;

interface LifecycleEvent {
  params: { data: Data; where?: Data };
  result?: Data & { id: number };
  /** The same object before and after a write. */
  state: { before?: FollowedTicket; wholes?: WholeText[] };
}

export function subscribeRecordHooks(strapi: Core.Strapi): void {
  const hooks: Record<string, Record<string, (event: LifecycleEvent) => Promise<void>>> = {
    [UID.contact]: {
      beforeCreate: ({ params: { data } }) => completeAddress(strapi, data),
      beforeUpdate: ({ params: { data, where } }) => completeAddress(strapi, data, where),
    },
    [UID.account]: {
      beforeCreate: async ({ params: { data } }) => lowerCase(data, 'domain'),
      beforeUpdate: async ({ params: { data } }) => lowerCase(data, 'domain'),
    },
    [UID.tag]: {
      beforeCreate: ({ params: { data } }) => completeTag(strapi, data),
      beforeUpdate: ({ params: { data, where } }) => completeTag(strapi, data, where),
    },
    [UID.team]: {
      beforeCreate: ({ params: { data } }) => completeTeam(strapi, data),
      beforeUpdate: ({ params: { data, where } }) => completeTeam(strapi, data, where),
    },
    [UID.ticketStatus]: {
      beforeCreate: ({ params: { data } }) => completeStatus(strapi, data),
      beforeUpdate: ({ params: { data, where } }) => completeStatus(strapi, data, where),
    },
    [UID.ticket]: {
      beforeCreate: async ({ params: { data } }) => {
        checkTicket(data);
        await completeBothStatuses(strapi, data);
        completeSnooze(data);
        return completeTicket(strapi, data);
      },
      afterCreate: ({ result }) => logOpening(strapi, result!),
      beforeUpdate: async ({ params: { data, where }, state }) => {
        keepThread(strapi, data);
        checkTicket(data);
        requireNumber(data);
        if (typeof data.title === 'string') data.subjectKey = storedSubjectKey(data.title);
        state.before = await readFollowed(strapi, data, where);
        await completeBothStatuses(strapi, data, state.before);
        completeSnooze(data);
        if (state.before?.isSpam) Object.assign(data, spamAfter(data));
        mustStayClosed(data, state.before);
      },
      beforeUpdateMany: async ({ params: { data } }) => requireNumber(data),
      afterUpdate: ({ result, state }) => logChanges(strapi, result!, state.before),
    },
    [UID.comment]: {
      beforeCreate: async ({ params: { data }, state }) => {
        await completeComment(strapi, data);
        checkComment(data);
        state.wholes = cutTexts(data);
      },
      afterCreate: async ({ params: { data }, result, state }) => {
        await keepWholes(strapi, result!.id, state.wholes!);
        await wakeForCustomer(strapi, data);
        await noteMessageNews(strapi, result!, data);
      },
      beforeUpdate: async ({ params: { data, where }, state }) => {
        cleanComment(data);
        checkComment(data);
        keepTextsAlike(data, await readTexts(strapi, data, where));
        state.wholes = cutTexts(data);
      },
      beforeUpdateMany: async ({ params: { data } }) => {
        cleanComment(data);
        checkComment(data);
        keepTextsAlike(data, 'unknown');
      },
      afterUpdate: async ({ result, state }) => {
        if (result) await keepWholes(strapi, result.id, state.wholes!);
      },
    },
  };
  for (const [model, subscriber] of Object.entries(hooks)) {
    strapi.db.lifecycles.subscribe({ models: [model], ...subscriber });
  }
}

function lowerCase(data: Data, name: string): void {
  const value = data[name];
  if (typeof value === 'string') data[name] = value.trim().toLowerCase();
}

/** One contact has one address, however it is written. Throws a 400 for one that is taken, which the database would refuse without words. */
async function completeAddress(strapi: Core.Strapi, data: Data, where?: Data): Promise<void> {
  const given = data.email;
  lowerCase(data, 'email');
  // One that is written in small letters has been looked up by Strapi itself, and by a scan.
  if (typeof given !== 'string' || given === data.email) return;
  const contacts = strapi.db.query(UID.contact);
  const taken = await contacts.findOne({ select: ['id'], where: { email: data.email } });
  if (!taken) return;
  const own = where && (await contacts.findOne({ select: ['id'], where }));
  if (own?.id !== taken.id) throw refusal(errors.ApplicationError, say('desk.addressTaken'));
}

/** Customers know their ticket by it, and answers find it by it. */
function requireNumber(data: Data): void {
  if (!('ticketNumber' in data) || data.ticketNumber === undefined) return;
  if (typeof data.ticketNumber !== 'string' || data.ticketNumber.trim() === '')
    throw refusal(errors.ApplicationError, say('desk.noNumber'));
}

/** What makes a thread unguessable is written by nobody from outside. */
function keepThread(strapi: Core.Strapi, data: Data): void {
  if (!isFromOutside(strapi)) return;
  delete data.threadToken;
  delete data.subjectKey;
}

async function completeTicket(strapi: Core.Strapi, data: Data): Promise<void> {
  keepThread(strapi, data);
  if (!String(data.ticketNumber ?? '').trim()) [data.ticketNumber] = await takeTicketNumbers(strapi, 1);
  data.threadToken ??= newThreadToken();
  data.subjectKey ??= storedSubjectKey(String(data.title ?? ''));
  data.lastActivityAt ??= new Date();
}

// ---- The activity log. What a scanner does, it logs itself and many entries at once (desk.ts).

const isScanner = (strapi: Core.Strapi): boolean => currentActor(strapi).kind === 'scanner';

async function logOpening(strapi: Core.Strapi, { id, lastActivityAt }: Data & { id: number }): Promise<void> {
  if (isScanner(strapi)) return;
  await noteActivities(strapi, [{ ticket: id, kind: 'created' }]);
  // Tickets that are brought along from another helpdesk are no news.
  const lastAt = lastActivityAt ? new Date(lastActivityAt as string | Date) : null;
  if (isNews(lastAt)) await noteNews(strapi, [{ kind: 'opened', ticket: id, by: currentActor(strapi).user }]);
}

/** The ticket before a change of something that the log follows; undefined for any other change. */
async function readFollowed(strapi: Core.Strapi, data: Data, where: Data | undefined): Promise<FollowedTicket | undefined> {
  if (isScanner(strapi) || !where || !Object.keys(data).some(isFollowed)) return undefined;
  return (await rowsOf(strapi, UID.ticket).findOne({ where, ...FOLLOWED })) ?? undefined;
}

async function logChanges(strapi: Core.Strapi, { id }: { id: number }, before: FollowedTicket | undefined): Promise<void> {
  if (!before) return;
  const after = await rowsOf(strapi, UID.ticket).findOne({ where: { id }, ...FOLLOWED });
  if (!after) return;
  await noteActivities(strapi, changesOf(before, after));
  if (after.assignee && after.assignee.id !== before.assignee?.id)
    await noteNews(strapi, [{ kind: 'assigned', ticket: id, record: after.assignee.id, by: currentActor(strapi).user }]);
  if (after.helpdeskTeam && after.helpdeskTeam.id !== before.helpdeskTeam?.id)
    await noteNews(strapi, [{ kind: 'team', ticket: id, by: currentActor(strapi).user }]);
}

/** Of what a scan brings, the desk notes the news. */
async function noteMessageNews(strapi: Core.Strapi, { id, source, isAutomatic }: Data & { id: number }, data: Data): Promise<void> {
  const ticket = relationId(data.ticket);
  if (isScanner(strapi) || source === 'email' || isAutomatic || ticket === null) return;
  await noteNews(strapi, [{ kind: 'message', ticket, record: id, by: relationId(data.user) ?? currentActor(strapi).user }]);
}

/** What a scanner writes of them is in line already (desk.ts). */
const completeBothStatuses = async (strapi: Core.Strapi, data: Data, before?: FollowedTicket): Promise<void> =>
  isScanner(strapi) ? undefined : completeTicketStatus(strapi, data, before);

// ---- Merged tickets

/** Nothing is left in a merged ticket that could be worked on. */
function mustStayClosed({ ticketStatus }: Data, before: FollowedTicket | undefined): void {
  if (!before?.mergedInto || ticketStatus === undefined || ticketStatus === STATUS.closed) return;
  throw refusal(errors.ApplicationError, say('desk.openOther', { ticket: before.mergedInto.ticketNumber }));
}

/**
 * What a customer writes on a merged ticket goes to where it was merged. Staff are told: their words were meant for the people of the
 * one ticket and would go to those of the other.
 */
async function followMerge(strapi: Core.Strapi, data: Data): Promise<void> {
  const id = relationId(data.ticket);
  const remaining = id === null ? null : await afterMerges(strapi, id);
  if (remaining === id) return;
  if (!hasRelation(data.contact)) {
    const other = await rowsOf(strapi, UID.ticket).findOne({ select: ['ticketNumber'], where: { id: remaining } });
    throw refusal(errors.ApplicationError, say('desk.writeOther', { ticket: other!.ticketNumber }));
  }
  data.ticket = { set: [{ id: remaining }] };
}

/** A scan's comments are complete and clean; all others get what they lack, also emails that are brought along from another helpdesk. */
async function completeComment(strapi: Core.Strapi, data: Data): Promise<void> {
  if (data.source === 'email' && isFromOutside(strapi)) data.source = 'api';
  if (data.source === 'email' && data.visibleText !== undefined) return;
  await followMerge(strapi, data);
  cleanComment(data);
  if (!data.text && typeof data.html === 'string') data.text = htmlToText(data.html);
  data.visibleText ??= data.text;
  // The Content Manager notes who created a record; that is the author.
  if (!hasRelation(data.user) && !hasRelation(data.contact) && data.createdBy) data.user = data.createdBy;
  data.authorName ??= await nameOfUser(strapi, data.user);
  data.authorIsDoor = false;
  if (!data.authorName && !hasRelation(data.contact)) nameDoor(strapi, data);
}

/** What a customer writes by another door than email; a scan does the same itself. */
async function wakeForCustomer(strapi: Core.Strapi, data: Data): Promise<void> {
  const ticket = relationId(data.ticket);
  if (data.source === 'email' || data.isAutomatic || ticket === null || !hasRelation(data.contact) || hasRelation(data.user)) return;
  const asleep = await rowsOf(strapi, UID.ticket).findOne({
    select: ['id', 'documentId'],
    where: { id: ticket, snoozedAt: { $notNull: true } },
  });
  if (asleep) await updateDocument(strapi, UID.ticket, asleep.documentId, AWAKE);
}

/** A program of the site's is known to the team by its API token, what is written by itself by its rule. Customers are told nothing of that name. */
function nameDoor(strapi: Core.Strapi, data: Data): void {
  const { kind, name } = currentActor(strapi);
  if (!(kind === 'api' || kind === 'trigger' || kind === 'scanner') || !name) return;
  data.authorName = cut(name, 255);
  data.authorIsDoor = true;
}

/** Whether this is written for a request to another door than ours: REST, GraphQL, the Content Manager. Only a scan may say that it brings an email. */
function isFromOutside(strapi: Core.Strapi): boolean {
  const request = strapi.requestContext.get();
  return request !== undefined && !request.path.startsWith('/mail-scanner/');
}

/** No door lets HTML in that could run in the panel. An email's has been cleaned where it was read. */
function cleanComment(data: Data): void {
  if (typeof data.html === 'string') data.html = sanitizeHtml(data.html);
}

type Texts = Partial<Record<'text' | 'html' | 'visibleText', string | null>>;

/** The texts of a comment before a change of one of them; undefined for any other change. */
async function readTexts(strapi: Core.Strapi, data: Data, where: Data | undefined): Promise<Texts | undefined> {
  if (!where || (data.text === undefined && data.html === undefined)) return undefined;
  return (await rowsOf(strapi, UID.comment).findOne({ select: ['text', 'html', 'visibleText'], where })) ?? undefined;
}

/**
 * A comment has its words three times: as text, as HTML and without quotes, and the last is what a search finds and an email repeats. Where
 * one is changed and another one is left or sent along as it was, as the Content Manager does, that one follows.
 */
function keepTextsAlike(data: Data, before: Texts | 'unknown' | undefined): void {
  if (!before) return;
  const isChanged = (name: keyof Texts) =>
    data[name] !== undefined && (before === 'unknown' || (data[name] ?? '') !== (before[name] ?? ''));
  const [text, html, visibleText] = [isChanged('text'), isChanged('html'), isChanged('visibleText')];
  if (text && !html) data.html = null;
  if (html && !text) data.text = typeof data.html === 'string' && data.html ? htmlToText(data.html) : data.html;
  if ((text || html) && !visibleText)
    data.visibleText =
      typeof data.text === 'string' && data.text ? visibleTextOf(data.text, (data.html as string | null | undefined) ?? null) : data.text;
}

const hasRelation = (value: unknown): boolean => relationId(value) !== null;

async function nameOfUser(strapi: Core.Strapi, user: unknown): Promise<string | null> {
  const id = relationId(user);
  if (id === null) return null;
  const found = await strapi.db.query('admin::user').findOne({ select: ['firstname', 'lastname', 'username'], where: { id } });
  return fullName(found?.firstname, found?.lastname) || found?.username || null;
}
