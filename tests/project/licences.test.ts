import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

/** Under which licences what the package brings along may be used: docs/licences.md says it, and goes by package-lock.json. */

const root = path.resolve(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

interface Locked {
  license?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };

/** Where a package finds another one, as Node looks for it: in its own folder, then further up. */
function placeOf(name: string, from: string): string {
  const own = `${from}/node_modules/${name}`.replace(/^\//, '');
  if (packages[own] || from === '') return own;
  return placeOf(name, from.slice(0, Math.max(0, from.lastIndexOf('node_modules/') - 1)));
}

/** The licences of what npm installs with the package, by name; Strapi and the other peers are the site's own. */
function installed(): Map<string, string> {
  const places = new Set<string>();
  const visit = (place: string): void => {
    const { dependencies, optionalDependencies } = packages[place]!;
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const found = placeOf(name, place);
      if (places.has(found)) continue;
      places.add(found);
      visit(found);
    }
  };
  visit('');
  const nameOf = (place: string) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
  return new Map([...places].map((place) => [nameOf(place), packages[place]!.license ?? 'none']).sort() as [string, string][]);
}

const ALLOWED = ['MIT', 'MIT-0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', 'BlueOak-1.0.0', 'Python-2.0'];

test('what is installed with the package is listed with its licence', () => {
  const listed = [...read('docs/licences.md').matchAll(/^\| `([^`]+)` \| (.+?) \|$/gm)].map(([, name, licence]) => [name, licence]);
  expect(listed).toEqual([...installed()]);
});

test('each of these licences goes with MIT', () => {
  const others = [...installed()].filter(
    ([, licence]) =>
      !licence
        .replace(/[()]/g, '')
        .split(' OR ')
        .some((one) => ALLOWED.includes(one)),
  );
  expect(others).toEqual([]);
});
