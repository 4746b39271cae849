/** The organisation that contacts belong to. */
export default {
  kind: 'collectionType',
  collectionName: 'mail_scanner_accounts',
  info: { singularName: 'account', pluralName: 'accounts', displayName: 'Account' },
  options: { draftAndPublish: false },
  pluginOptions: { 'content-manager': { visible: true }, 'content-type-builder': { visible: false } },
  attributes: {
    name: { type: 'string', required: true },
    domain: { type: 'string' },
    // As a contact's.
    email: { type: 'string', regex: '^.+@[^@\\s]+$' },
  },
  indexes: [
    { name: 'ms_account_domain', columns: ['domain'] },
    { name: 'ms_account_name', columns: ['name'] },
  ],
} as const;
