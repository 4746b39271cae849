import type { Core } from '@strapi/strapi';
import { FORWARD_TEMPLATE } from '../../../shared/vocabulary';
import { sanitizeHtml } from '../message/html/sanitize';
import type { Address } from '../message/types';
import { ownAddresses } from '../settings/own-addresses';
import { speechOf } from '../settings/settings';
import { signaturesOf } from '../settings/signatures';
import { bodyHtml } from './change-comments';
import { compose, MAX_SUBJECT_LENGTH } from './compose';
import { senderOf } from './compose-delivery';
import { templateOf, textIn } from './email-templates';
import { forwardedHtml, type ForwardedMessage } from './forwarded-messages';
import { toOneLine, TrustedHtml } from './template';
import { readTicket } from './ticket-reading';
import type { OutgoingMail } from './transport';
import { cut } from '../lib/cut';

/** The email by which messages of a ticket go to people outside of its conversation. */

export interface ForwardInput {
  /** Who forwards: the id of the administrator. */
  user: number;
  to: Address[];
  cc: Address[];
  /** In place of the template's. */
  subject?: string;
  words: { text?: string; html?: string; contentIds: string[] };
  messages: readonly ForwardedMessage[];
  /** Of the conversation with these people, which is not the customer's: see helpdesk/forwards.ts. */
  thread: { token: string; messageIds: string[]; inReplyTo: string | null };
}

interface MadeForward {
  mail: OutgoingMail;
  /** What of it is shown in the ticket: sanitised. */
  html: string;
}

/** In place of an email, why there is none: no sender is set up, or the template is off. */
export async function makeForward(
  strapi: Core.Strapi,
  ticketId: number,
  { user, to, cc, subject, words, messages, thread }: ForwardInput,
): Promise<MadeForward | 'noSender' | 'off'> {
  const template = await templateOf(strapi, FORWARD_TEMPLATE);
  if (!template.active) return 'off';
  const { contact, account, ...ticket } = await readTicket(strapi, ticketId);
  const sender = await senderOf(strapi, ticket.scanner);
  if (!sender.address) return 'noSender';
  const site = await speechOf(strapi);
  const { language, ...text } = textIn(template, site.language, site.language);
  const speech = { ...site, language };
  const said = bodyHtml({
    text: words.text ?? null,
    html: words.html ? sanitizeHtml(words.html) : null,
    visibleText: null,
    contentIds: words.contentIds,
  });
  const forwarded = forwardedHtml(messages, ticket.title, speech);
  const mail = compose({
    // Neither the customer's Message-IDs nor the mark of their emails: what comes back is told from what they write.
    ticket: { ...ticket, threadToken: thread.token },
    contact,
    account,
    comments: [],
    template: { ...template, ...text },
    sender,
    ownAddresses: [...(await ownAddresses(strapi))],
    recipients: { to, cc, bcc: [] },
    speech,
    thread,
    signature: (await signaturesOf(strapi, [user])).get(user) || ticket.scanner?.signature || '',
    forward: { words: new TrustedHtml(said && `<div>${said}</div>`, ''), forwarded },
  });
  const own = cut(toOneLine(subject ?? ''), MAX_SUBJECT_LENGTH);
  return { mail: own ? { ...mail, subject: own } : mail, html: [said, forwarded.html].filter(Boolean).join('\n') };
}
