import type { Core } from '@strapi/strapi';
import type { TicketContext } from '../action/types';
import { ticketFrom, type Ticket } from '../helpdesk/desk-records';
import { noteNews, type News } from '../helpdesk/news';
import { STATUS_REF, withStatusId } from '../helpdesk/statuses';
import { tagsOfTicket } from '../helpdesk/tags';
import { findDocument, updateDocument } from '../storage/documents';
import { UID } from '../uids';

/** The desk of one ticket, for code without a batch of emails: what actions decide is gathered and written as people's changes are, so that the log tells it. */
interface TicketDesk {
  ticket: Ticket;
  desk: TicketContext['desk'];
  /** Writes what was decided, in the calling code's transaction, and then does what waited for it. */
  write(): Promise<void>;
}

const RELATIONS = {
  contact: { populate: { account: { select: ['id'] } } },
  account: { select: ['id'] },
  assignee: { select: ['id'] },
  helpdeskTeam: { select: ['id'] },
  scanner: { select: ['id'] },
  mergedInto: { select: ['id'] },
  helpdeskStatus: { select: STATUS_REF },
} as const;

export async function openTicketDesk(strapi: Core.Strapi, documentId: string): Promise<TicketDesk | null> {
  const row = await findDocument(strapi, UID.ticket, documentId, { populate: RELATIONS });
  if (!row || row.mergedInto) return null;
  const ticket = ticketFrom(row, new Map());
  const changes: Record<string, unknown> = {};
  const tags = new Set<number>();
  const news: News[] = [];
  const waiting: (() => Promise<void>)[] = [];

  const desk: TicketContext['desk'] = {
    updateTicket(_, given) {
      Object.assign(changes, given);
      if (typeof given.ticketStatus === 'string') ticket.ticketStatus = given.ticketStatus;
      if ('helpdeskTeam' in given) ticket.team = (given.helpdeskTeam as number | null) ?? null;
      if ('assignee' in given) ticket.assignee = (given.assignee as number | null) ?? null;
    },
    async tag(_, given) {
      const had = (ticket.tags ??= await tagsOfTicket(strapi, row.id));
      for (const { id } of given) if (!had.has(id)) tags.add(id);
    },
    addNews: (kind, _, record) => void news.push({ kind, ticket: row.id, record: record as number | undefined }),
    whenWritten: (work) => void waiting.push(work),
  };

  return {
    ticket,
    desk,
    async write() {
      const tagged = tags.size > 0 ? { helpdeskTags: { connect: [...tags].map((id) => ({ id })) } } : {};
      const data = { ...withStatusId(changes), ...tagged };
      if (Object.keys(data).length > 0) await updateDocument(strapi, UID.ticket, documentId, data);
      await noteNews(strapi, news);
      for (const work of waiting) await work();
    },
  };
}
