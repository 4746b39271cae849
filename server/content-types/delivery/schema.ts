import type { Address } from '../../../shared/api/tickets';
import type { Words } from '../../../shared/sentences/words';
import { DELIVERY_STATES } from '../../../shared/vocabulary';
import type { Json } from '../holds';

/** One outgoing email in the outbox. */
export default {
  kind: 'collectionType',
  collectionName: 'mail_scanner_deliveries',
  info: { singularName: 'delivery', pluralName: 'deliveries', displayName: 'Delivery' },
  options: { draftAndPublish: false },
  pluginOptions: { 'content-manager': { visible: false }, 'content-type-builder': { visible: false } },
  attributes: {
    comment: { type: 'relation', relation: 'manyToOne', target: 'plugin::mail-scanner.comment', useJoinTable: false },
    ticket: { type: 'relation', relation: 'manyToOne', target: 'plugin::mail-scanner.ticket', useJoinTable: false },
    /** The key of its template; null for `change-comments`. What the plugin sends by itself is about no comment. */
    template: { type: 'string' },
    scanner: { type: 'relation', relation: 'manyToOne', target: 'plugin::mail-scanner.scanner', useJoinTable: false },
    fromAddress: { type: 'string' },
    fromName: { type: 'string' },
    to: { type: 'json' } as Json<Address[]>,
    cc: { type: 'json' } as Json<Address[]>,
    /** Who gets it unseen: shown to editors, and to nobody else. */
    bcc: { type: 'json' } as Json<Address[]>,
    subject: { type: 'text' },
    html: { type: 'text' },
    text: { type: 'text' },
    headers: { type: 'json' },
    /** Without angle brackets. The same at every attempt, so that a mail sent twice is recognised as one. */
    messageId: { type: 'string', required: true },
    state: { type: 'enumeration', enum: [...DELIVERY_STATES], default: 'queued', required: true },
    attempts: { type: 'integer', default: 0, required: true },
    nextAttemptAt: { type: 'datetime' },
    /** When the answer is to be sent that somebody wrote for later; null: at once. See inbox/send-later.ts. */
    sendAt: { type: 'datetime' },
    /** What the answer does to its ticket then. */
    later: { type: 'json' },
    /** Since when it waits: from its comment, or from when somebody had it tried again. */
    queuedAt: { type: 'datetime' },
    /** While sending: until when the sender holds the row. A crash lets it pass. */
    claimedUntil: { type: 'datetime' },
    lastError: { type: 'text' },
    /** The same in codes, which the panel words: shared/sentences. Null in rows from before there were codes. */
    lastErrorSaid: { type: 'json', private: true } as Json<Words>,
    sentAt: { type: 'datetime' },
    /** When the server took the mail for some of its recipients only: who is still to get it. See outgoing/put-off.ts. */
    putOff: { type: 'json' },
    /** What a provider that sends by drafts has of it: see DraftNote in outgoing/transport.ts. Null once it is known to have left. */
    draft: { type: 'json' },
    /** The Message-ID that a provider gave it in place of ours, without angle brackets: answers and bounces name that one. */
    sentMessageId: { type: 'string' },
    /** What a bounce said after the server had taken the mail. */
    bouncedAt: { type: 'datetime' },
    /** What bounces said already, as `failed jane@example.com` and `delayed …`: what another one repeats makes no difference. */
    bounces: { type: 'json' } as Json<string[]>,
    /** What an undo in the first seconds has to restore; null where nothing can be undone. See inbox/undo.ts. */
    undo: { type: 'json' },
  },
  indexes: [
    { name: 'ms_delivery_message_id', columns: ['message_id'], type: 'unique' },
    { name: 'ms_delivery_sent_message_id', columns: ['sent_message_id'] },
    { name: 'ms_delivery_due', columns: ['state', 'next_attempt_at'] },
    { name: 'ms_delivery_sent', columns: ['state', 'sent_at'] },
    { name: 'ms_delivery_state', columns: ['state', 'id'] },
    { name: 'ms_delivery_bounced', columns: ['bounced_at'] },
  ],
} as const;
