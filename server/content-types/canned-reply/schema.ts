/** A text for answers that come again and again, with tags that are filled from the ticket. */
export default {
  kind: 'collectionType',
  collectionName: 'mail_scanner_canned_replies',
  info: { singularName: 'canned-reply', pluralName: 'canned-replies', displayName: 'Canned reply' },
  options: { draftAndPublish: false },
  pluginOptions: { 'content-manager': { visible: false }, 'content-type-builder': { visible: false } },
  attributes: {
    name: { type: 'string', required: true },
    /** Sanitised HTML. */
    body: { type: 'text', required: true },
  },
} as const;
