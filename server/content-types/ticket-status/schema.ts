import { NAME_LENGTH } from '../../../shared/lengths';
import { STATUSES, TAG_COLOURS } from '../../../shared/vocabulary';

/** A status of the site's own. Its kind is one of the plugin's statuses: a ticket that gets it has that one, too, and all rules go by that. */
export default {
  kind: 'collectionType',
  collectionName: 'mail_scanner_ticket_statuses',
  info: { singularName: 'ticket-status', pluralName: 'ticket-statuses', displayName: 'Ticket status' },
  options: { draftAndPublish: false },
  pluginOptions: { 'content-manager': { visible: true }, 'content-type-builder': { visible: false } },
  attributes: {
    name: { type: 'string', required: true, maxLength: NAME_LENGTH },
    colour: { type: 'enumeration', enum: [...TAG_COLOURS], default: 'grey', required: true },
    /** Never changes: tickets that have it would be in another state without anybody having touched them. */
    kind: { type: 'enumeration', enum: [...STATUSES], required: true },
    /** False: no ticket gets it any more, and those that have it keep it. */
    active: { type: 'boolean', default: true },
    /** Its place among all, from 0. */
    place: { type: 'integer', default: 0 },
    /** The name as it is compared. Given by the plugin. */
    foldedName: { type: 'string', private: true, unique: true, visible: false, writable: false },
  },
  indexes: [{ name: 'ms_ticket_status_name', columns: ['folded_name'], type: 'unique' }],
} as const;
