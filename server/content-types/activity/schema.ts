import { ACTOR_KINDS } from '../../../shared/vocabulary';

/** What happened to a ticket, who did it and when: never changed, and deleted with the ticket. */
export default {
  kind: 'collectionType',
  collectionName: 'mail_scanner_activities',
  info: { singularName: 'activity', pluralName: 'activities', displayName: 'Activity' },
  options: { draftAndPublish: false },
  pluginOptions: { 'content-manager': { visible: false }, 'content-type-builder': { visible: false } },
  attributes: {
    ticket: { type: 'relation', relation: 'manyToOne', target: 'plugin::mail-scanner.ticket', useJoinTable: false },
    /** One of ActivityKind in services/helpdesk/activity.ts. */
    kind: { type: 'string', required: true },
    actorKind: { type: 'enumeration', enum: [...ACTOR_KINDS], default: 'system', required: true },
    /** As they were called then: people leave and scanners are deleted. */
    actorName: { type: 'string' },
    detail: { type: 'json' },
  },
} as const;
