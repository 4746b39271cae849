/** A file of a comment, kept privately. */
export default {
  kind: 'collectionType',
  collectionName: 'mail_scanner_attachments',
  info: { singularName: 'attachment', pluralName: 'attachments', displayName: 'Attachment' },
  options: { draftAndPublish: false },
  pluginOptions: { 'content-manager': { visible: false }, 'content-type-builder': { visible: false } },
  attributes: {
    comment: { type: 'relation', relation: 'manyToOne', target: 'plugin::mail-scanner.comment', useJoinTable: false },
    name: { type: 'string', required: true },
    mime: { type: 'string', required: true },
    size: { type: 'integer', required: true },
    hash: { type: 'string', required: true },
    /** Where the bytes lie: `private` (the plugin's folder) or `upload` (the site's upload provider). */
    storage: { type: 'enumeration', enum: ['private', 'upload'], default: 'private', required: true },
    /** Its name there. A picture that a sender repeats is kept once: then several rows name one file. */
    key: { type: 'string', required: true },
    contentId: { type: 'string' },
    inline: { type: 'boolean', default: false, required: true },
    /** A small picture that was here before, as the logo in a signature is. */
    repeated: { type: 'boolean', default: false },
    /** Set where this is the whole of a text of its comment, which keeps the beginning (helpdesk/long-texts.ts). */
    wholeOf: { type: 'enumeration', enum: ['text', 'html'] },
    /** The id of the administrator who uploaded it for an answer; null for what came by email. Without a comment it is not sent yet. */
    uploadedBy: { type: 'integer' },
  },
  indexes: [
    { name: 'ms_attachment_key', columns: ['key'] },
    { name: 'ms_attachment_hash', columns: ['hash'] },
    { name: 'ms_attachment_upload', columns: ['uploaded_by', 'updated_at'] },
  ],
} as const;
