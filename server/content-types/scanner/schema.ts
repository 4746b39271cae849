import type { Words } from '../../../shared/sentences/words';
import { ANSWERS_BY, AUTH_TYPES, ENCRYPTIONS, PROTOCOLS, SCAN_TYPES, type CustomerEmail } from '../../../shared/vocabulary';
import type { Json } from '../holds';

/** A mailbox and how to reach it. Its password lies in the secrets table, never here. */
export default {
  kind: 'collectionType',
  collectionName: 'mail_scanner_scanners',
  info: { singularName: 'scanner', pluralName: 'scanners', displayName: 'Scanner' },
  options: { draftAndPublish: false },
  pluginOptions: { 'content-manager': { visible: false }, 'content-type-builder': { visible: false } },
  attributes: {
    name: { type: 'string', required: true },
    active: { type: 'boolean', default: false, required: true },
    authType: { type: 'enumeration', enum: [...AUTH_TYPES], default: 'password', required: true },
    protocol: { type: 'enumeration', enum: [...PROTOCOLS], default: 'imap', required: true },
    host: { type: 'string', required: true },
    port: { type: 'integer', required: true },
    encryption: { type: 'enumeration', enum: [...ENCRYPTIONS], default: 'ssl', required: true },
    validateCertificate: { type: 'boolean', default: true, required: true },
    scanType: { type: 'enumeration', enum: [...SCAN_TYPES], default: 'unread', required: true },
    username: { type: 'string' },
    /** A shared mailbox's own name, where it differs from the authorised account. */
    mailboxName: { type: 'string' },
    authorization: { type: 'relation', relation: 'manyToOne', target: 'plugin::mail-scanner.authorization', useJoinTable: false },
    /** Minutes between two scans. */
    scanEvery: { type: 'integer', min: 1, max: 1440, default: 5, required: true },
    listen: { type: 'boolean', default: true, required: true },
    /** Messages received before this moment are left alone; null: from the activation on. */
    scanFrom: { type: 'datetime' },
    activatedAt: { type: 'datetime' },
    fromAddress: { type: 'string' },
    fromName: { type: 'string' },
    /** How emails from `fromAddress` leave. Null as in scanners that are older than this setting: by the outgoing mail settings. */
    answersBy: { type: 'enumeration', enum: [...ANSWERS_BY] },
    /** Whether customers of this mailbox get an email of CUSTOMER_EMAILS, by its key; where it says nothing, the template does. */
    customerEmails: { type: 'json' } as Json<Partial<Record<CustomerEmail, boolean | null>>>,
    /** Stands below answers of people who have no signature of their own: sanitised HTML. */
    signature: { type: 'text' },
    /** What the tickets that it opens begin with; a rule may give them to another one. */
    helpdeskTeam: { type: 'relation', relation: 'manyToOne', target: 'plugin::mail-scanner.team', useJoinTable: false },
    /** Web forms: the customer is who is named in Reply-To, not the form. */
    useReplyTo: { type: 'boolean', default: false },
    /** Whose Authentication-Results count (RFC 8601); null: the one that is learnt. */
    authservId: { type: 'string' },
    /** Which of them the mailbox's messages carry: see scanner/authserv.ts. */
    authservSeen: { type: 'json' },
    lastScanAt: { type: 'datetime' },
    /** The end of the last scan without an error. Null as well for scans before there was this attribute. */
    lastSuccessAt: { type: 'datetime' },
    lastError: { type: 'text' },
    /** The same in codes, which the panel words: shared/sentences. Null in rows from before there were codes. */
    lastErrorSaid: { type: 'json', private: true } as Json<Words>,
    failingSince: { type: 'datetime' },
    messagesScanned: { type: 'integer', default: 0, required: true },
    messagesFailed: { type: 'integer', default: 0, required: true },
  },
} as const;
