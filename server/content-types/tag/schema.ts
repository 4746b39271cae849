import { NAME_LENGTH } from '../../../shared/lengths';
import { TAG_COLOURS } from '../../../shared/vocabulary';

/** A word in a colour, by which a team sorts its tickets. A ticket has any number of them. */
export default {
  kind: 'collectionType',
  collectionName: 'mail_scanner_tags',
  info: { singularName: 'tag', pluralName: 'tags', displayName: 'Tag' },
  options: { draftAndPublish: false },
  pluginOptions: { 'content-manager': { visible: true }, 'content-type-builder': { visible: false } },
  attributes: {
    name: { type: 'string', required: true, maxLength: NAME_LENGTH },
    colour: { type: 'enumeration', enum: [...TAG_COLOURS], default: 'grey', required: true },
    /** The name as it is compared: "VIP " and "vip" are one tag. Given by the plugin. */
    foldedName: { type: 'string', private: true, unique: true, visible: false, writable: false },
  },
  indexes: [{ name: 'ms_tag_folded_name', columns: ['folded_name'], type: 'unique' }],
} as const;
