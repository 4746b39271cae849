import type { Core } from '@strapi/strapi';
import { sanitizeHtml } from '../message/sanitize';
import { subjectKey } from '../message/subject-key';
import { htmlToText } from '../message/text';
import { enqueue } from '../outgoing/outbox';
import { UID } from '../uids';
import { newThreadToken } from './desk';
import { recountTickets } from './ticket-counts';
import { takeTicketNumbers } from './ticket-numbers';

/**
 * What holds for tickets, comments and contacts whatever door they come through: the Content Manager, the admin API, REST, other
 * code. Database lifecycles see them all, and run in the transaction of the write.
 */

type Data = Record<string, any>;

interface LifecycleEvent {
  params: { data: Data };
  result?: Data;
}

export function subscribeRecordHooks(strapi: Core.Strapi): void {
  const hooks: Record<string, Record<string, (event: LifecycleEvent) => Promise<void>>> = {
    [UID.contact]: {
      beforeCreate: async ({ params: { data } }) => lowerCase(data, 'email'),
      beforeUpdate: async ({ params: { data } }) => lowerCase(data, 'email'),
    },
    [UID.account]: {
      beforeCreate: async ({ params: { data } }) => lowerCase(data, 'domain'),
      beforeUpdate: async ({ params: { data } }) => lowerCase(data, 'domain'),
    },
    [UID.ticket]: {
      beforeCreate: ({ params: { data } }) => completeTicket(strapi, data),
      ...Object.fromEntries(['afterCreate', 'afterUpdate', 'afterDelete', 'afterDeleteMany'].map((moment) => [moment, async () => recountTickets(strapi)])),
      beforeUpdate: async ({ params: { data } }) => {
        if (typeof data.title === 'string') data.subjectKey = subjectKey(data.title).slice(0, 255);
      },
    },
    [UID.comment]: {
      beforeCreate: ({ params: { data } }) => completeComment(strapi, data),
      afterCreate: ({ result }) => announce(strapi, result!),
      beforeUpdate: async ({ params: { data } }) => cleanComment(data),
      afterUpdate: ({ result, params: { data } }) => (data.isPublic === true ? announce(strapi, result!) : Promise.resolve()),
    },
  };
  for (const [model, subscriber] of Object.entries(hooks)) {
    strapi.db.lifecycles.subscribe({ models: [model], ...subscriber } as never);
  }
}

function lowerCase(data: Data, name: string): void {
  if (typeof data[name] === 'string') data[name] = data[name].trim().toLowerCase();
}

async function completeTicket(strapi: Core.Strapi, data: Data): Promise<void> {
  if (!data.ticketNumber) [data.ticketNumber] = await takeTicketNumbers(strapi, 1);
  data.threadToken ??= newThreadToken();
  data.subjectKey ??= subjectKey(String(data.title ?? '')).slice(0, 255);
  data.lastActivityAt ??= new Date();
}

/** A scan's comments are complete and clean; all others get what they lack. */
async function completeComment(strapi: Core.Strapi, data: Data): Promise<void> {
  if (data.source === 'email') return;
  cleanComment(data);
  if (!data.text && data.html) data.text = htmlToText(data.html);
  data.visibleText ??= data.text;
  // The Content Manager notes who created a record; that is the author.
  if (!hasRelation(data.user) && !hasRelation(data.contact) && data.createdBy) data.user = data.createdBy;
  data.authorName ??= await nameOfUser(strapi, data.user);
}

/** No door lets HTML in that could run in the panel. */
function cleanComment(data: Data): void {
  if (data.source !== 'email' && typeof data.html === 'string') data.html = sanitizeHtml(data.html);
}

const hasRelation = (value: unknown): boolean => relationId(value) !== null;

/** The id in any of the forms in which Strapi takes a relation. */
function relationId(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'object' || value === null) return null;
  if (Array.isArray(value)) return relationId(value.at(-1));
  const { id, set, connect } = value as { id?: unknown; set?: unknown; connect?: unknown };
  if (typeof id === 'number') return id;
  return relationId(set ?? connect ?? null);
}

async function nameOfUser(strapi: Core.Strapi, user: unknown): Promise<string | null> {
  const id = relationId(user);
  if (id === null) return null;
  const found = await strapi.db.query('admin::user').findOne({ select: ['firstname', 'lastname', 'username'], where: { id } });
  return [found?.firstname, found?.lastname].filter(Boolean).join(' ') || found?.username || null;
}

/** A public comment that no customer wrote goes to the customer: once, and in the transaction that makes it public. */
async function announce(strapi: Core.Strapi, { id, source, isPublic }: Data): Promise<void> {
  if (source === 'email' || isPublic !== true) return;
  const comment = await strapi.db.query(UID.comment).findOne({
    where: { id },
    populate: { ticket: { select: ['id', 'threadToken'] }, contact: { select: ['id'] } },
  });
  if (!comment?.ticket || comment.contact) return;
  if ((await strapi.db.query(UID.delivery).count({ where: { comment: { id } } })) > 0) return;
  await strapi.db.query(UID.ticket).updateMany({ where: { id: comment.ticket.id }, data: { lastActivityAt: new Date() } });
  await enqueue(strapi, comment, comment.ticket);
}
