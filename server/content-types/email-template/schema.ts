import type { Recipient } from '../../../shared/vocabulary';
import type { Json } from '../holds';
/** The text of an outgoing email, with tags. */
export default {
  kind: 'collectionType',
  collectionName: 'mail_scanner_email_templates',
  info: { singularName: 'email-template', pluralName: 'email-templates', displayName: 'Email template' },
  options: { draftAndPublish: false },
  pluginOptions: { 'content-manager': { visible: false }, 'content-type-builder': { visible: false } },
  attributes: {
    key: { type: 'string', required: true, unique: true },
    name: { type: 'string', required: true },
    subject: { type: 'text', required: true },
    body: { type: 'text', required: true },
    /** Texts in other languages than the site's, by language: { subject, body }. */
    texts: { type: 'json' },
    /** Who gets it: contactEmail, accountEmail, assignee. */
    sendTo: { type: 'json' } as Json<Recipient[]>,
    active: { type: 'boolean', default: true, required: true },
  },
} as const;
