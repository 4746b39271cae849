import type { Words } from '../../../shared/sentences/words';
import { AUTHORIZATION_PERMISSIONS, type ProviderName } from '../../../shared/vocabulary';
import type { Json, Text } from '../holds';

/** A connected OAuth account. Its tokens lie in the secrets table. */
export default {
  kind: 'collectionType',
  collectionName: 'mail_scanner_authorizations',
  info: { singularName: 'authorization', pluralName: 'authorizations', displayName: 'Authorization' },
  options: { draftAndPublish: false },
  pluginOptions: { 'content-manager': { visible: false }, 'content-type-builder': { visible: false } },
  attributes: {
    provider: { type: 'string', required: true } as Text<ProviderName>,
    /** `delegated`: an account that somebody signed in with; `application`: the app registration by itself, for the mailbox `username`. */
    permission: { type: 'enumeration', enum: [...AUTHORIZATION_PERMISSIONS], default: 'delegated', required: true },
    username: { type: 'string', required: true },
    /** Set when the provider refuses the refresh: somebody has to authorise again. */
    needsAuthorization: { type: 'boolean', default: false, required: true },
    lastError: { type: 'text' },
    /** The same in codes, which the panel words: shared/sentences. Null in rows from before there were codes. */
    lastErrorSaid: { type: 'json', private: true } as Json<Words>,
  },
} as const;
