import { writeFileSync } from 'node:fs';
import path from 'node:path';

/** Package managers other than npm, each by npx, so that none has to be installed. */

export interface Manager {
  name: string;
  /** As create-strapi-app calls it. */
  kind: 'pnpm' | 'yarn';
  /** What npx is given to install a site together with this tarball. */
  add(tarball: string): string[];
  /** What the site needs before. */
  prepare?(site: string): void;
}

export const MANAGERS: Manager[] = [
  { name: 'pnpm 9', kind: 'pnpm', add: (tarball) => ['pnpm@9', 'add', tarball] },
  { name: 'Yarn 1', kind: 'yarn', add: (tarball) => ['yarn@1.22.22', 'add', `file:${tarball}`] },
  {
    name: 'Yarn 4',
    kind: 'yarn',
    add: (tarball) => ['@yarnpkg/cli-dist@4', 'add', `strapi-plugin-mail-scanner@file:${tarball}`],
    prepare(site) {
      // Strapi has no support for Plug'n'Play. The empty lock file says that the site is no workspace of what lies above it.
      writeFileSync(path.join(site, '.yarnrc.yml'), 'nodeLinker: node-modules\n');
      writeFileSync(path.join(site, 'yarn.lock'), '');
    },
  },
];
