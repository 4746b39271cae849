import type { Json } from '../holds';

/** How far a scanner has come in a folder. */
export default {
  kind: 'collectionType',
  collectionName: 'mail_scanner_folder_states',
  info: { singularName: 'folder-state', pluralName: 'folder-states', displayName: 'Folder state' },
  options: { draftAndPublish: false },
  pluginOptions: { 'content-manager': { visible: false }, 'content-type-builder': { visible: false } },
  attributes: {
    scanner: { type: 'relation', relation: 'manyToOne', target: 'plugin::mail-scanner.scanner', useJoinTable: false },
    folder: { type: 'string', required: true },
    uidValidity: { type: 'string', required: true },
    /** All messages up to this UID are in the ledger (RFC 3501 §2.3.1.1). */
    lastUid: { type: 'string' },
    /** Where the scanner began: messages up to this UID are left alone, read or not; null: none is. */
    startUid: { type: 'string' },
    /** UIDs handed to the parser and not yet committed: what a crash may have been about. */
    inFlight: { type: 'json' } as Json<Record<string, number>>,
  },
  indexes: [{ name: 'ms_folder_state', columns: ['scanner_id', 'folder'], type: 'unique' }],
} as const;
