import type { Core } from '@strapi/strapi';
import { log } from '../log';
import { missingForCommits } from './after-commit';
import { missingForMiddlewares } from './document-middlewares';
import { missingForContentReading } from './content-reading';
import { missingForEncryption } from './encryption';
import { missingForEvents } from './event-hub';
import { missingForKeptTables } from './kept-tables';
import { missingForLinks } from './links';
import { missingForQueries } from './queries';

/** What this room takes from Strapi beyond its documented API, and what does not work without it. */
const NEEDS: [missing: (strapi: Core.Strapi) => string | null, loss: string][] = [
  [missingForMiddlewares, 'document middlewares of the site may not see records that come by email'],
  [missingForEvents, 'webhooks may not hear of records that come by email'],
  [missingForCommits, 'emails cannot be handled'],
  [missingForKeptTables, 'a start without the plugin would delete its tables'],
  [missingForLinks, 'lists of tickets and comments cannot be read'],
  [missingForQueries, 'lists cannot be read'],
  [missingForContentReading, 'answers can link to no content of the site'],
  [missingForEncryption, 'passwords and authorizations can neither be saved nor read'],
];

/** One sentence for each part of Strapi that this plugin needs and this version does not have. Empty when all is there. */
export function incompatibilities(strapi: Core.Strapi): string[] {
  const version = strapi.config?.get<string>('info.strapi', '') ?? '';
  return NEEDS.flatMap(([missingOf, loss]) => {
    const missing = missingOf(strapi);
    return missing === null
      ? []
      : [
          `Strapi ${version} has no ${missing} as this plugin knows it: ${loss}. Install a version that the plugin's package.json allows (peerDependencies).`,
        ];
  });
}

/** At the start: tells what does not fit. */
export function checkStrapi(strapi: Core.Strapi): void {
  for (const reason of incompatibilities(strapi)) log(strapi, 'error', 'The mail scanner does not fit this version of Strapi', { reason });
}
