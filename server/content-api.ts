import type { Core } from '@strapi/strapi';
import { UID } from './services/uids';

/** What a site may open of ours through Strapi's REST and GraphQL. */

/** Closed by default, as all of Strapi's types are. */
export const OPEN_TYPES = ['account', 'comment', 'contact', 'tag', 'team', 'ticket', 'ticket-status'] as const;

/**
 * GraphQL would offer whoever has a full API token every type there is: deliveries that nobody wrote, rules that nobody checked. Ours
 * beside the open ones are the admin API's alone. To be called in register(), before the schema is made.
 */
export function hideTypesFromGraphql(strapi: Core.Strapi): void {
  const open: readonly string[] = OPEN_TYPES;
  const extension = strapi.plugin('graphql')?.service('extension');
  for (const uid of Object.values(UID)) {
    if (!open.includes(uid.split('.').at(-1)!)) extension?.shadowCRUD(uid).disable();
  }
}

/** Where Strapi notes what roles and API tokens may do. */
const PERMISSION_TABLES = ['up_permissions', 'strapi_api_token_permissions'];

/**
 * What a site opened in 0.1.0 stays open: the controllers of these types were called `content-ticket` and so on. Has to be done before
 * Strapi starts, for it forgets permissions whose controllers it does not know.
 */
export function keepOpenedTypes(strapi: Core.Strapi): void {
  strapi.hook('strapi::content-types.beforeSync').register(async () => {
    for (const table of PERMISSION_TABLES) {
      if (!(await strapi.db.getSchemaConnection().hasTable(table))) continue;
      for (const type of OPEN_TYPES) {
        const [old, current] = [`plugin::mail-scanner.content-${type}.`, `plugin::mail-scanner.${type}.`];
        await strapi.db
          .getConnection(table)
          .where('action', 'like', `${old}%`)
          .update({ action: strapi.db.connection.raw('replace(action, ?, ?)', [old, current]) });
      }
    }
  });
}
