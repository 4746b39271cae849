import type { CannedReply, CannedReplyInput, FilledReply } from '../../../shared/api/answering';
import type { Core } from '@strapi/strapi';
import { sanitizeHtml } from '../message/html/sanitize';
import { readTicket } from '../outgoing/ticket-reading';
import { tagAttributes } from '../outgoing/email-templates';
import { cannedReplyTags, cannedReplyValues, type Agent, type TemplateTag } from '../outgoing/tags';
import { renderTemplate, tagsOf } from '../outgoing/template';
import { speechOf } from '../settings/settings';
import { UID } from '../uids';

/** Texts for answers that come again and again. */

/** All of them, by name. */
export async function cannedReplies(strapi: Core.Strapi): Promise<CannedReply[]> {
  return strapi.db.query(UID.cannedReply).findMany({ select: ['documentId', 'name', 'body'], orderBy: [{ name: 'asc' }, { id: 'asc' }] });
}

/** Adds one, or changes the one of that documentId. Returns null when that is not there. */
export async function saveCannedReply(
  strapi: Core.Strapi,
  { name, body }: CannedReplyInput,
  documentId?: string,
): Promise<CannedReply | null> {
  const data = { name, body: sanitizeHtml(body) };
  const query = strapi.db.query(UID.cannedReply);
  const saved = documentId ? await query.update({ where: { documentId }, data }) : await query.create({ data });
  return saved && { documentId: saved.documentId, name: saved.name, body: saved.body };
}

export async function deleteCannedReply(strapi: Core.Strapi, documentId: string): Promise<void> {
  await strapi.db.query(UID.cannedReply).deleteMany({ where: { documentId } });
}

/** The tags that a canned reply may hold on this site. */
export const tagsOfCannedReplies = (strapi: Core.Strapi): TemplateTag[] => cannedReplyTags(tagAttributes(strapi));

/** All canned replies as they are stored, for who may not read what their tags tell. */
export async function unfilledReplies(strapi: Core.Strapi): Promise<FilledReply[]> {
  return (await cannedReplies(strapi)).map(({ documentId, name, body }) => ({
    documentId,
    name,
    html: body,
    unknownTags: tagsOf(body).map(({ tag }) => tag),
  }));
}

/** All canned replies as this administrator would send them on this ticket. */
export async function filledReplies(strapi: Core.Strapi, ticketId: number, agent: Agent): Promise<FilledReply[]> {
  const replies = await cannedReplies(strapi);
  if (replies.length === 0) return [];
  const ticket = await readTicket(strapi, ticketId);
  const speech = await speechOf(strapi);
  const values = cannedReplyValues({ ticket, contact: ticket.contact, account: ticket.account }, agent);
  return replies.map(({ documentId, name, body }) => {
    const { text, unknownTags } = renderTemplate(body, values, { html: true, speech });
    return { documentId, name, html: text, unknownTags };
  });
}
