import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * In the built server half, this file stands in for `@strapi/utils` (scripts/build-server.mjs).
 *
 * Strapi answers a refusal with 400, 403 or 404 when the error is an instance of a class of *its* copy of `@strapi/utils`, and
 * with 500 when it is one of another copy's. As a dependency or a peer of this package, npm may install a second copy, and then
 * each package of Strapi gets one of its own. So the copy is looked up where the error middleware finds it: from the site to
 * `@strapi/strapi`, from there to `@strapi/core`, from there to `@strapi/utils`. That holds for each layout of node_modules.
 */
function strapiUtils(): typeof import('@strapi/utils') {
  const strapi = createRequire(strapiOfSite());
  const core = createRequire(strapi.resolve('@strapi/core'));
  return core('@strapi/utils');
}

/** The `@strapi/strapi` of the site that runs; of a plugin that is linked into a site, its own would be another one. */
function strapiOfSite(): string {
  const places = [global.strapi && path.join(global.strapi.dirs.app.root, 'package.json'), __filename];
  for (const place of places.filter(Boolean)) {
    try {
      return createRequire(place).resolve('@strapi/strapi/package.json');
    } catch {
      // Not installed there.
    }
  }
  throw new Error('The mail scanner plugin finds no @strapi/strapi: install it in the site that uses the plugin.');
}

export const { errors, sanitize, z } = strapiUtils();
