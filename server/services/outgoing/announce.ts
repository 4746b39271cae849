import { AsyncLocalStorage } from 'node:async_hooks';
import type { Core } from '@strapi/strapi';
import { linkTable, pointsAt } from '../platform/links';
import { readTable } from '../storage/tables';
import { UID } from '../uids';
import { STATUS } from '../../../shared/vocabulary';
import { isSwitchedOn, queueClosingEmail } from './customer-emails';
import { heldBackBecause } from './loop-budget';
import { enqueue } from './outbox';
import { askLater } from './satisfaction';

/** Columns of a comment, as a database lifecycle hands it on. */
interface AnnouncedComment {
  id: number;
  source: string;
  isPublic: boolean | null;
}

/**
 * From now on a public comment is sent to the customer, whatever door it comes through: the Content Manager, the admin API, REST,
 * other code. Database lifecycles see them all, and run in the transaction of the write.
 */
export function announcePublicComments(strapi: Core.Strapi): void {
  strapi.db.lifecycles.subscribe({
    models: [UID.comment],
    afterCreate: ({ result }) => announce(strapi, result as AnnouncedComment),
    async afterUpdate({ result, params: { data } }) {
      if (data.isPublic !== true) return;
      const { id } = result as AnnouncedComment;
      if ((await strapi.db.query(UID.delivery).count({ where: { comment: id } })) === 0) await announce(strapi, result as AnnouncedComment);
    },
  });
}

/** A public comment that no customer wrote goes to the customer: once, and in the transaction that makes it public. */
async function announce(strapi: Core.Strapi, { id, source, isPublic }: AnnouncedComment): Promise<void> {
  if (source === 'email' || isPublic !== true) return;
  const about = await readAbout(strapi, id);
  if (!about || about.customer !== null) return;
  await strapi.db.query(UID.ticket).updateMany({ where: { id: about.ticket.id }, data: { lastActivityAt: new Date() } });
  await enqueue(strapi, {
    ticket: about.ticket,
    comment: id,
    template: (await isFirstEmail(strapi, id, about)) ? 'first-email' : null,
    heldBack: about.user !== null ? null : await heldBackBecause(strapi, about.ticket),
  });
}

interface About {
  ticket: { id: number; threadToken: string; contact: { id: number } | null; scanner: { id: number } | null };
  /** The ids of the administrator who opened the ticket, and of the person who wrote the comment: an administrator or a customer. */
  openedBy: number | null;
  user: number | null;
  customer: number | null;
}

/** What a comment is about, by one statement: it is asked with each answer. Null for one of no ticket. */
async function readAbout(strapi: Core.Strapi, comment: number): Promise<About | null> {
  const ticketOf = linkTable(strapi, UID.comment, 'ticket');
  const [ticket, writer] = [`l.${ticketOf.target}`, `l.${ticketOf.owner}`];
  const relations = [
    { as: 'contact', ...linkTable(strapi, UID.ticket, 'contact'), of: ticket },
    { as: 'scanner', ...linkTable(strapi, UID.ticket, 'scanner'), of: ticket },
    { as: 'user', ...linkTable(strapi, UID.comment, 'user'), of: writer },
    { as: 'customer', ...linkTable(strapi, UID.comment, 'contact'), of: writer },
  ];
  const row = await readTable(strapi, `${ticketOf.name} as l`, (links) => {
    const found = links.where(writer, comment).join(`${strapi.db.metadata.get(UID.ticket).tableName} as t`, 't.id', ticket);
    for (const { as, name, owner, of } of relations) found.leftJoin(`${name} as ${as}`, `${as}.${owner}`, of);
    const ids = Object.fromEntries(relations.map(({ as, target }) => [as, `${as}.${target}`]));
    return found.first({ id: 't.id', threadToken: 't.thread_token', openedBy: 't.created_by_id', ...ids });
  });
  if (!row) return null;
  const { id, threadToken, contact, scanner, openedBy, user, customer } = row;
  const one = (found: number | null) => (found === null ? null : { id: found });
  return { ticket: { id, threadToken, contact: one(contact), scanner: one(scanner) }, openedBy, user, customer };
}

/** One of us has opened the ticket, and writes to the customer before anybody else has written: this answers nothing. */
async function isFirstEmail(strapi: Core.Strapi, comment: number, { ticket, openedBy, user }: About): Promise<boolean> {
  if (user === null || openedBy === null || !(await isSwitchedOn(strapi, 'first-email', ticket.scanner))) return false;
  const others = { $and: [pointsAt(strapi, UID.comment, 'ticket', ticket.id), { isPublic: true, id: { $ne: comment } }] };
  return (await strapi.db.query(UID.comment).count({ where: others })) === 0;
}

const quiet = new AsyncLocalStorage<true>();

/** What `work` closes, no customer is told of. */
export const withoutClosingEmails = <T>(work: () => Promise<T>): Promise<T> => quiet.run(true, work);

/** From now on a customer may be told that their ticket is closed, by whatever door it is. */
export function announceClosing(strapi: Core.Strapi): void {
  strapi.db.lifecycles.subscribe({
    models: [UID.ticket],
    async beforeUpdate({ params: { data, where }, state }) {
      if (data.ticketStatus !== STATUS.closed || data.mergedInto || !where) return;
      state.wasOpen = (await strapi.db.query(UID.ticket).count({ where: { $and: [where, { ticketStatus: { $ne: STATUS.closed } }] } })) > 0;
    },
    async afterUpdate({ result, state }) {
      if (!state.wasOpen || quiet.getStore()) return;
      const { id } = result as { id: number };
      await queueClosingEmail(strapi, id);
      await askLater(strapi, id);
    },
  });
}
