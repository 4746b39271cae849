import { LANGUAGES } from '../../../shared/vocabulary';

/** A customer. */
export default {
  kind: 'collectionType',
  collectionName: 'mail_scanner_contacts',
  info: { singularName: 'contact', pluralName: 'contacts', displayName: 'Contact' },
  options: { draftAndPublish: false },
  pluginOptions: { 'content-manager': { visible: true }, 'content-type-builder': { visible: false } },
  attributes: {
    // Strapi's own email type refuses senders that mail servers deliver from, such as `root@mailhost` or `ann..lee@phone.test`.
    email: { type: 'string', required: true, unique: true, regex: '^.+@[^@\\s]+$' },
    firstName: { type: 'string' },
    lastName: { type: 'string' },
    phone: { type: 'string' },
    account: { type: 'relation', relation: 'manyToOne', target: 'plugin::mail-scanner.account' },
    /** Mail to this address bounced for good. */
    undeliverable: { type: 'boolean', default: false, required: true },
    /** In which they are written to, where the site speaks it: guessed from their mail, until somebody chooses. */
    language: { type: 'enumeration', enum: [...LANGUAGES] },
    /**
     * The contact whose further address this is: whoever writes from here is that contact, and all tickets belong to it. A contact that was merged
     * goes on as an address of the remaining one. Only the plugin writes it; null: a contact of its own.
     */
    mergedInto: {
      type: 'relation',
      relation: 'manyToOne',
      target: 'plugin::mail-scanner.contact',
      useJoinTable: false,
      visible: false,
      writable: false,
    },
    /** For the team alone: part of no email and of no answer of the site's API. Who wrote it last, and when. */
    notes: { type: 'text', private: true, visible: false, writable: false },
    notesBy: { type: 'string', private: true, visible: false, writable: false },
    notesAt: { type: 'datetime', private: true, visible: false, writable: false },
    /** When we last told them by ourselves that their email has arrived. */
    confirmedAt: { type: 'datetime', private: true, visible: false, writable: false },
  },
  indexes: [
    { name: 'ms_contact_email', columns: ['email'], type: 'unique' },
    { name: 'ms_contact_name', columns: ['last_name', 'first_name'] },
    { name: 'ms_contact_merged_into', columns: ['merged_into_id', 'last_name', 'first_name'] },
  ],
} as const;
