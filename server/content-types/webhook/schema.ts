import type { Json } from '../holds';

/** Another program that rules and time triggers tell of tickets. Its URL, its headers and its signing secret are kept encrypted: settings/secrets.ts. */
export default {
  kind: 'collectionType',
  collectionName: 'mail_scanner_webhooks',
  info: { singularName: 'webhook', pluralName: 'webhooks', displayName: 'Webhook' },
  options: { draftAndPublish: false },
  pluginOptions: { 'content-manager': { visible: false }, 'content-type-builder': { visible: false } },
  attributes: {
    name: { type: 'string', required: true },
    host: { type: 'string', required: true },
    /** What people may see of the headers. */
    headerNames: { type: 'json' } as Json<string[]>,
    isSigned: { type: 'boolean', default: false, required: true },
  },
} as const;
