import { NAME_LENGTH } from '../../../shared/lengths';
import { TAG_COLOURS } from '../../../shared/vocabulary';

/** Administrators who take care of the same tickets. A ticket has one team or none, beside its assignee. */
export default {
  kind: 'collectionType',
  collectionName: 'mail_scanner_teams',
  info: { singularName: 'team', pluralName: 'teams', displayName: 'Team' },
  options: { draftAndPublish: false },
  pluginOptions: { 'content-manager': { visible: false }, 'content-type-builder': { visible: false } },
  attributes: {
    name: { type: 'string', required: true, maxLength: NAME_LENGTH },
    colour: { type: 'enumeration', enum: [...TAG_COLOURS], default: 'grey', required: true },
    agents: { type: 'relation', relation: 'manyToMany', target: 'admin::user', private: true },
    /** As a tag's: given by the plugin. */
    foldedName: { type: 'string', private: true, unique: true, visible: false, writable: false },
  },
  indexes: [{ name: 'ms_team_folded_name', columns: ['folded_name'], type: 'unique' }],
} as const;
