import type { RuleTrace } from '../../../shared/api/messages';
import type { Words } from '../../../shared/sentences/words';
import { OUTCOMES } from '../../../shared/vocabulary';
import type { Json } from '../holds';

/** The ledger: what became of every message seen. */
export default {
  kind: 'collectionType',
  collectionName: 'mail_scanner_messages',
  info: { singularName: 'message', pluralName: 'messages', displayName: 'Message' },
  options: { draftAndPublish: false },
  pluginOptions: { 'content-manager': { visible: false }, 'content-type-builder': { visible: false } },
  attributes: {
    scanner: { type: 'relation', relation: 'manyToOne', target: 'plugin::mail-scanner.scanner', useJoinTable: false },
    folder: { type: 'string', required: true },
    uidValidity: { type: 'string', required: true },
    uid: { type: 'string', required: true },
    /** What makes a message count once: a hash of scanner and content. Null for duplicates and for what never could be read. */
    fingerprint: { type: 'string' },
    messageId: { type: 'string' },
    fromAddress: { type: 'string' },
    fromName: { type: 'string' },
    subject: { type: 'text' },
    receivedAt: { type: 'datetime' },
    size: { type: 'integer' },
    attempts: { type: 'integer', default: 1, required: true },
    outcome: {
      type: 'enumeration',
      enum: [...OUTCOMES],
      required: true,
    },
    reason: { type: 'text' },
    /** The same in codes, which the panel words: shared/sentences. Null in rows from before there were codes. */
    reasonSaid: { type: 'json', private: true } as Json<Words>,
    trace: { type: 'json' } as Json<RuleTrace[]>,
    /** Effects on the mailbox that the next scan still has to apply; null when all are in place. */
    effects: { type: 'json' },
    effectAttempts: { type: 'integer', default: 0, required: true },
    effectsOpen: { type: 'boolean', default: false, required: true },
    /** When a failed message is tried again by itself. */
    retryAt: { type: 'datetime' },
    /** Which entry of the block list caught it: an id, which says nothing about anybody. */
    blockedBy: { type: 'integer' },
    /** Key of the raw source in the private store, when kept. */
    sourceKey: { type: 'string' },
    /** When its details were removed. What remains, place and fingerprint, still makes the message count once. */
    forgottenAt: { type: 'datetime' },
    rule: { type: 'relation', relation: 'manyToOne', target: 'plugin::mail-scanner.rule', useJoinTable: false },
    ticket: { type: 'relation', relation: 'manyToOne', target: 'plugin::mail-scanner.ticket', useJoinTable: false },
    comment: { type: 'relation', relation: 'manyToOne', target: 'plugin::mail-scanner.comment', useJoinTable: false },
  },
  indexes: [
    { name: 'ms_message_fingerprint', columns: ['fingerprint'], type: 'unique' },
    { name: 'ms_message_place', columns: ['scanner_id', 'folder', 'uid_validity', 'uid'] },
    { name: 'ms_message_open', columns: ['scanner_id', 'effects_open'] },
    { name: 'ms_message_message_id', columns: ['message_id'] },
    { name: 'ms_message_forgotten', columns: ['forgotten_at', 'created_at'] },
    { name: 'ms_message_source', columns: ['source_key'] },
    { name: 'ms_message_sender', columns: ['from_address', 'received_at'] },
    { name: 'ms_message_of_scanner', columns: ['forgotten_at', 'scanner_id', 'created_at'] },
    { name: 'ms_message_of_outcome', columns: ['forgotten_at', 'outcome', 'created_at'] },
    { name: 'ms_message_of_both', columns: ['forgotten_at', 'scanner_id', 'outcome', 'created_at'] },
    { name: 'ms_message_blocked', columns: ['blocked_by', 'created_at'] },
    { name: 'ms_message_retry', columns: ['retry_at'] },
  ],
} as const;
