import { PLUGIN_ID } from '../../pluginId';

/** The id under which Strapi knows a text of this plugin. */
export const getTrad = (key: string): string => `${PLUGIN_ID}.${key}`;
