import { z } from '@strapi/utils';
import { schemaSays } from '../lib/schema-words';

/** Attributes that the plugin itself keeps. */
export const KEPT_BY_PLUGIN = [
  'ticketNumber',
  'threadToken',
  'subjectKey',
  'noAutomaticEmails',
  'contact',
  'scanner',
  'lastActivityAt',
  'snoozedAt',
  'snoozedUntil',
  'isSpam',
  'beforeSpam',
  'dueAt',
  'dueFor',
  'participants',
  // The actions "Set tags" and "Assign" give them.
  'helpdeskTags',
  'helpdeskTeam',
  'related',
  'mergedInto',
  'splitFrom',
];

/** What a rule may set of a ticket. */
export const ticketFieldsConfig = z
  .record(z.string(), z.unknown())
  .refine((record) => !Object.keys(record).some((name) => KEPT_BY_PLUGIN.includes(name)), {
    message: schemaSays('rule.keptFields', { fields: KEPT_BY_PLUGIN.join(', ') }),
  });
