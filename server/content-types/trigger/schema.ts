import type { ConditionGroup, RuleAction } from '../../../shared/api/rules';
import { TRIGGER_WHEN } from '../../../shared/vocabulary';
import type { Json } from '../holds';

/** What happens to a ticket by itself when it has been in one state for some time. */
export default {
  kind: 'collectionType',
  collectionName: 'mail_scanner_triggers',
  info: { singularName: 'trigger', pluralName: 'triggers', displayName: 'Time trigger' },
  options: { draftAndPublish: false },
  pluginOptions: { 'content-manager': { visible: false }, 'content-type-builder': { visible: false } },
  attributes: {
    name: { type: 'string', required: true },
    active: { type: 'boolean', default: false, required: true },
    /** Not `when`, which is a word of SQL. */
    state: { type: 'enumeration', enum: [...TRIGGER_WHEN], required: true },
    minutes: { type: 'integer', required: true },
    countsBusinessHours: { type: 'boolean', default: false, required: true },
    conditions: { type: 'json' } as Json<ConditionGroup>,
    actions: { type: 'json' } as Json<RuleAction[]>,
    /** States that began before are left alone. */
    startsAt: { type: 'datetime' },
  },
} as const;
