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
    /** The account that this one was merged into: people at its domain belong to that one. Only the plugin writes it; null: an account of its own. */
    mergedInto: {
      type: 'relation',
      relation: 'manyToOne',
      target: 'plugin::mail-scanner.account',
      useJoinTable: false,
      visible: false,
      writable: false,
    },
  },
  indexes: [
    { name: 'ms_account_domain', columns: ['domain'] },
    { name: 'ms_account_name', columns: ['name'] },
    { name: 'ms_account_merged_into', columns: ['merged_into_id', 'name'] },
  ],
} as const;
