/**
 * Fails for what is exported and named in no other file: nobody has to look who uses it. Goes by words, so a name that another file
 * happens to have is let through.
 *
 *   node scripts/own-exports.mjs
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What a site imports, what is found by its folder, and what takes another module's place. */
const BY_PLACE =
  /^(server\/extend\.ts$|scripts\/(attack\/attacks|servers\/kinds)\/|server\/services\/platform\/strapi-utils\.ts$)|\.d\.mts$/;

const EXPORT = /^export (?:declare )?(?:abstract )?(?:async )?(?:const|let|function\*?|class|interface|type|enum) (\w+)/gm;

/** `files` are texts by their paths. Names what no other file knows, as "path: name". */
export function ownExports(files) {
  const holders = new Map();
  for (const text of Object.values(files)) for (const word of new Set(text.match(/\w+/g))) holders.set(word, (holders.get(word) ?? 0) + 1);
  return Object.entries(files).flatMap(([path, text]) =>
    BY_PLACE.test(path)
      ? []
      : [...text.matchAll(EXPORT)].filter(([, name]) => holders.get(name) === 1).map(([, name]) => `${path}: ${name}`),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx', '*.mts', '*.mjs'], { encoding: 'utf8' });
  const paths = listed.trim().split('\n').filter(existsSync);
  const found = ownExports(Object.fromEntries(paths.map((path) => [path, readFileSync(path, 'utf8')])));
  for (const one of found) console.error(`${one} is exported, and used in no other file.`);
  process.exit(found.length > 0 ? 1 : 0);
}
