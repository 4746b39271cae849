import type { Core } from '@strapi/strapi';
import { getSettings } from '../settings/settings';
import type { Speech } from '../settings/speech';
import { UID } from '../uids';
import { compose, type ComposeInput } from './compose';
import { senderOf } from './compose-delivery';
import { publicComments, readTicket } from './ticket-reading';
import { FORWARD_TEMPLATE } from '../../../shared/vocabulary';
import { forwardedHtml } from './forwarded-messages';
import { TrustedHtml } from './template';
import { tagAttributes, type EmailTemplate } from './email-templates';
import { madeUpTicket } from './made-up-ticket';

/** What an email shows. */
type ShownOn = Pick<ComposeInput, 'ticket' | 'contact' | 'account' | 'comments'>;

/** The newest ticket that is so, to show a template on; null when there is none. */
export async function newestTicket(strapi: Core.Strapi, where: object): Promise<ShownOn | null> {
  const found = await strapi.db.query(UID.ticket).findOne({ select: ['id'], where, orderBy: { id: 'desc' } });
  if (!found) return null;
  const ticket = await readTicket(strapi, found.id);
  return { ticket, contact: ticket.contact, account: ticket.account, comments: await publicComments(strapi, ticket.id) };
}

/** An invented ticket, for those who may not read tickets. */
export const exampleTicket = async (strapi: Core.Strapi): Promise<ShownOn> =>
  madeUpTicket((await getSettings(strapi)).ticketPrefix, tagAttributes(strapi));

/** A template that goes to people that somebody names, with what they write and choose. */
const forwardOf = ({ ticket, comments }: ShownOn, speech: Speech): Partial<ComposeInput> => ({
  recipients: { to: [], cc: [], bcc: [] },
  forward: {
    words: new TrustedHtml('…', ''),
    forwarded: forwardedHtml(
      comments.slice(0, 1).map((comment) => ({ authorAddress: null, ...comment })),
      ticket.title,
      speech,
    ),
  },
});

/** The email that this text would make. */
export async function previewTemplate(
  strapi: Core.Strapi,
  template: Pick<EmailTemplate, 'key' | 'subject' | 'body' | 'sendTo'>,
  shownOn: ShownOn,
  speech: Speech,
) {
  const sender = await senderOf(strapi, (shownOn.ticket.scanner as Parameters<typeof senderOf>[1]) ?? null);
  const { subject, html, text, to, cc, unknownTags } = compose({
    ...shownOn,
    template,
    sender: { ...sender, address: sender.address || 'support@example.com' },
    speech,
    thread: { messageIds: [], inReplyTo: null },
    ticketUrl: 'https://example.com/',
    ...(template.key === FORWARD_TEMPLATE ? forwardOf(shownOn, speech) : {}),
    ratingUrl: template.key === 'satisfaction' ? 'https://example.com/' : null,
  });
  return { subject, html, text, to, cc, unknownTags };
}
