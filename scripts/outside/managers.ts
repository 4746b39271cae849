import { writeFileSync } from 'node:fs';
import path from 'node:path';

/** Package managers other than npm, each by npx, so that none has to be installed. */

export interface Manager {
  name: string;
  /** As create-strapi-app calls it. */
  manager: 'pnpm' | 'yarn';
  /** What npx is given to install a site together with this tarball. */
  add(tarball: string): string[];
  /** What the site needs before. */
  prepare?(site: string): void;
}

export const MANAGERS: Manager[] = [
  { name: 'pnpm 9', manager: 'pnpm', add: (tarball) => ['pnpm@9', 'add', '--workspace-root', tarball] },
  {
    name: 'Yarn 1',
    manager: 'yarn',
    // Strapi itself has a dependency that wants a newer Node.js than Strapi does; ours are checked by `npm run check:engines`.
    add: (tarball) => ['yarn@1.22.22', 'add', '--ignore-engines', `file:${tarball}`],
  },
  {
    name: 'Yarn 4',
    manager: 'yarn',
    add: (tarball) => ['@yarnpkg/cli-dist@4', 'add', `strapi-plugin-mail-scanner@file:${tarball}`],
    prepare(site) {
      // Strapi has no support for Plug'n'Play, and its SQLite is built by a script. The empty lock file says that the site is no workspace of what lies above it.
      writeFileSync(path.join(site, '.yarnrc.yml'), 'nodeLinker: node-modules\nenableScripts: true\n');
      writeFileSync(path.join(site, 'yarn.lock'), '');
    },
  },
];
