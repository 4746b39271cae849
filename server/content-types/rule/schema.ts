import type { ConditionGroup, RuleAction } from '../../../shared/api/rules';
import type { Json } from '../holds';
/** Folders, conditions and ordered actions of a scanner. */
export default {
  kind: 'collectionType',
  collectionName: 'mail_scanner_rules',
  info: { singularName: 'rule', pluralName: 'rules', displayName: 'Rule' },
  options: { draftAndPublish: false },
  pluginOptions: { 'content-manager': { visible: false }, 'content-type-builder': { visible: false } },
  attributes: {
    scanner: { type: 'relation', relation: 'manyToOne', target: 'plugin::mail-scanner.scanner', useJoinTable: false },
    name: { type: 'string', required: true },
    active: { type: 'boolean', default: true, required: true },
    order: { type: 'integer', default: 0, required: true },
    /** Paths of the folders that the rule looks at; empty: INBOX. */
    folders: { type: 'json' } as Json<string[]>,
    conditions: { type: 'json' } as Json<ConditionGroup>,
    actions: { type: 'json' } as Json<RuleAction[]>,
    continueAfterMatch: { type: 'boolean', default: false, required: true },
  },
} as const;
