import { DUE_FOR } from '../../../shared/api/service-levels';
import { PRIORITIES, STATUS, STATUSES } from '../../../shared/vocabulary';
import type { Json } from '../holds';

/** One request of a customer and its conversation. */
export default {
  kind: 'collectionType',
  collectionName: 'mail_scanner_tickets',
  info: { singularName: 'ticket', pluralName: 'tickets', displayName: 'Ticket' },
  options: { draftAndPublish: false },
  pluginOptions: { 'content-manager': { visible: true }, 'content-type-builder': { visible: false } },
  attributes: {
    /** Such as "TT1001"; given by the plugin when empty. */
    ticketNumber: { type: 'string', unique: true },
    title: { type: 'string', required: true },
    description: { type: 'text' },
    ticketStatus: { type: 'enumeration', enum: [...STATUSES], default: STATUS.open, required: true },
    /** The site's own status, whose kind is `ticketStatus`. In a column: a list asks nothing more where no ticket has one. */
    helpdeskStatus: { type: 'relation', relation: 'manyToOne', target: 'plugin::mail-scanner.ticket-status', useJoinTable: false },
    priority: { type: 'enumeration', enum: [...PRIORITIES], default: 'Normal', required: true },
    assignee: { type: 'relation', relation: 'manyToOne', target: 'admin::user' },
    /** Which team takes care of it. In a column, because lists ask each ticket whether its team may see it; given by its documentId. */
    helpdeskTeam: {
      type: 'relation',
      relation: 'manyToOne',
      target: 'plugin::mail-scanner.team',
      useJoinTable: false,
      visible: false,
      writable: false,
    },
    contact: { type: 'relation', relation: 'manyToOne', target: 'plugin::mail-scanner.contact' },
    /** The further address from which the contact wrote last, and to which answers go as long as it is theirs; null: the one on their page. */
    contactAddress: { type: 'string', private: true, visible: false, writable: false },
    account: { type: 'relation', relation: 'manyToOne', target: 'plugin::mail-scanner.account' },
    scanner: { type: 'relation', relation: 'manyToOne', target: 'plugin::mail-scanner.scanner' },
    /** Not `tags`: a site may have given its tickets an attribute of that name, and so a join table of ours. */
    helpdeskTags: { type: 'relation', relation: 'manyToMany', target: 'plugin::mail-scanner.tag' },
    /** A ticket that this one possibly belongs to. */
    related: { type: 'relation', relation: 'manyToOne', target: 'plugin::mail-scanner.ticket' },
    /** Where everything of this ticket has gone; what arrives for it goes there, too. Only a merge writes it. */
    mergedInto: {
      type: 'relation',
      relation: 'manyToOne',
      target: 'plugin::mail-scanner.ticket',
      useJoinTable: false,
      visible: false,
      writable: false,
    },
    /** The ticket out of which this one's first message was taken. Only a split writes it. */
    splitFrom: {
      type: 'relation',
      relation: 'manyToOne',
      target: 'plugin::mail-scanner.ticket',
      useJoinTable: false,
      visible: false,
      writable: false,
    },
    /** Addresses in copy: who else may answer into this ticket. */
    participants: { type: 'json' } as Json<string[]>,
    lastActivityAt: { type: 'datetime' },
    /** A machine or a list wrote the email that opened it, or its sender is in doubt: the plugin writes to nobody about it by itself. */
    noAutomaticEmails: { type: 'boolean', private: true, visible: false, writable: false },
    /** Closed as spam: no email leaves for it by itself, and no report counts it. */
    isSpam: { type: 'boolean', default: false, visible: false, writable: false },
    /** What it was before that, for somebody who takes it back: inbox/spam.ts. */
    beforeSpam: { type: 'json', private: true, visible: false, writable: false },
    /** Since when it is put off; null: it is not. See helpdesk/snooze.ts. */
    snoozedAt: { type: 'datetime' },
    /** When it comes back by itself; null: as soon as the customer answers. */
    snoozedUntil: { type: 'datetime' },
    /** When the next target is missed, and which one it is. Measured by services/times. */
    dueAt: { type: 'datetime', visible: false, writable: false },
    dueFor: { type: 'enumeration', enum: [...DUE_FOR], visible: false, writable: false },
    /** Unguessable; part of every Message-ID and References that we send, so that an answer finds its ticket. */
    threadToken: { type: 'string', private: true },
    /** The title without "Re:" and the like, for the same-subject match. */
    subjectKey: { type: 'string', private: true },
  },
  indexes: [
    { name: 'ms_ticket_number', columns: ['ticket_number'], type: 'unique' },
    { name: 'ms_ticket_thread_token', columns: ['thread_token'] },
    { name: 'ms_ticket_subject_key', columns: ['subject_key'] },
    { name: 'ms_ticket_activity', columns: ['last_activity_at'] },
    { name: 'ms_ticket_snoozed', columns: ['snoozed_at'] },
    { name: 'ms_ticket_created', columns: ['created_at'] },
    { name: 'ms_ticket_due', columns: ['due_at'] },
    { name: 'ms_ticket_status', columns: ['ticket_status', 'last_activity_at'] },
    { name: 'ms_ticket_own_status', columns: ['helpdesk_status_id', 'last_activity_at'] },
    { name: 'ms_ticket_team', columns: ['helpdesk_team_id', 'last_activity_at'] },
    { name: 'ms_ticket_team_status', columns: ['helpdesk_team_id', 'ticket_status'] },
    { name: 'ms_ticket_priority', columns: ['priority', 'last_activity_at'] },
    { name: 'ms_ticket_spam', columns: ['is_spam', 'last_activity_at'] },
  ],
} as const;
