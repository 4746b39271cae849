import type { Address } from '../../../shared/api/tickets';
import { COMMENT_SOURCES } from '../../../shared/vocabulary';
import type { Json } from '../holds';

/** One contribution to a ticket, by a customer or by staff. */
export default {
  kind: 'collectionType',
  collectionName: 'mail_scanner_comments',
  info: { singularName: 'comment', pluralName: 'comments', displayName: 'Comment' },
  options: { draftAndPublish: false },
  pluginOptions: { 'content-manager': { visible: true }, 'content-type-builder': { visible: false } },
  attributes: {
    ticket: { type: 'relation', relation: 'manyToOne', target: 'plugin::mail-scanner.ticket' },
    /** The whole text, quotes included. */
    text: { type: 'text' },
    /** The whole as sanitised HTML, when there is any. */
    html: { type: 'text' },
    /** What remains of the text when quotes and signature are folded. */
    visibleText: { type: 'text' },
    /** A public comment of staff is sent to the customer; an internal one never leaves. */
    isPublic: { type: 'boolean', default: false, required: true },
    contact: { type: 'relation', relation: 'manyToOne', target: 'plugin::mail-scanner.contact' },
    user: { type: 'relation', relation: 'manyToOne', target: 'admin::user' },
    /** The actual sender, also when no contact has that address. */
    authorName: { type: 'string' },
    authorAddress: { type: 'string' },
    /** `authorName` is that of the API token, or of the site's user, that wrote it: a name for the team only. */
    authorIsDoor: { type: 'boolean', default: false, private: true },
    source: { type: 'enumeration', enum: [...COMMENT_SOURCES], default: 'admin', required: true },
    /** One of us wrote this email, in a mail program: it came into a scanned mailbox and has reached its recipients. */
    isOutgoing: { type: 'boolean', default: false },
    messageId: { type: 'string' },
    /** How the email found its ticket: thread, ticketNumber, sameSubject, or new. */
    matchedBy: { type: 'string' },
    verified: { type: 'boolean', default: false, required: true },
    /** A machine wrote it (RFC 3834): nobody is told and nothing reopens. */
    isAutomatic: { type: 'boolean', default: false, required: true },
    /** Staff sent it, by the domain of its sender: an answer from their own mail program, or a customer's email that they forwarded. */
    isByColleague: { type: 'boolean', default: false },
    recipients: { type: 'json' } as Json<{ to?: Address[]; cc?: Address[] }>,
    /**
     * What makes the Message-IDs of a forward its own: on the internal comment about it, and on all that is written in answer to it. See
     * helpdesk/forwards.ts.
     */
    forwardToken: { type: 'string', private: true, visible: false, writable: false },
    /** When its email was written, by its Date and never after the mailbox got it. Left out: when it was created here. */
    writtenAt: { type: 'datetime' },
  },
  indexes: [
    { name: 'ms_comment_message_id', columns: ['message_id'] },
    { name: 'ms_comment_forward_token', columns: ['forward_token'] },
  ],
} as const;
