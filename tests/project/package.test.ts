import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(__dirname, '../..');

test('the package holds what users need and nothing else', () => {
  const [{ files }] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  const names: string[] = files.map(({ path: name }: { path: string }) => name);
  expect(names.filter((name) => !name.startsWith('dist/')).sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
  expect(names).toContain('dist/server/parse.worker.js');
  expect(names).toContain('dist/server/index.js');
  // The tests build with source maps.
  expect(existsSync(path.join(root, 'dist/server/index.js.map'))).toBe(true);
  expect(names.filter((name) => name.endsWith('.map'))).toEqual([]);
  expect(names.filter((name) => /(^|\/)(tests?|fixtures?|playground|bench)\//i.test(name))).toEqual([]);
});

const packageOf = (folder: string) => JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));

/** What some package of Strapi's asks for in one exact version. */
function pinnedByStrapi(): Set<string> {
  const family = path.join(root, 'node_modules/@strapi');
  const packages = readdirSync(family).filter((name) => existsSync(path.join(family, name, 'package.json')) && !name.startsWith('sdk-'));
  const asked = packages.flatMap((name) => Object.entries<string>(packageOf(path.join(family, name)).dependencies ?? {}));
  return new Set(asked.filter(([, range]) => /^\d/.test(range)).map(([name]) => name));
}

test('no peer names what Strapi asks for in one exact version: a range on it has a site install it several times', () => {
  const pinned = pinnedByStrapi();
  expect(pinned).toContain('@strapi/utils');
  expect(pinned).toContain('@strapi/design-system');
  expect(pinned).toContain('react-intl');
  const { peerDependencies, dependencies } = packageOf(root);
  expect(Object.keys(peerDependencies).filter((name) => pinned.has(name))).toEqual([]);
  expect(Object.keys(dependencies).filter((name) => name.startsWith('@strapi/'))).toEqual([]);
});

test('the server half requires what is declared or built in, and brings no classes of refusals along', () => {
  const { peerDependencies, dependencies } = packageOf(root);
  const declared = Object.keys({ ...peerDependencies, ...dependencies });
  const built = readdirSync(path.join(root, 'dist/server')).filter((file) => file.endsWith('.js'));
  const text = built.map((file) => readFileSync(path.join(root, 'dist/server', file), 'utf8')).join('\n');
  const required = [...text.matchAll(/\b(?:require|import)\("([^./"][^"]*)"\)/g)].map(([, name]) => name);
  expect(required).toContain('@strapi/strapi');
  const undeclared = required.filter((name) => !isBuiltin(name) && !declared.some((each) => name === each || name.startsWith(`${each}/`)));
  expect(undeclared).toEqual([]);
  expect(text).not.toMatch(/class (\w+ )?extends ApplicationError/);
});
