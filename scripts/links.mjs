/**
 * The addresses of this project. They are set in one place, package.json: `repository`, and where they are not what follows from
 * it, `homepage` and `bugs`. README's links and pictures are written relative to its folder; on npm such ones lead nowhere, so they
 * are absolute in the packed README.
 *
 *   node scripts/links.mjs check              fails when README and package.json disagree, a link of any page leads nowhere, or a page for
 *                                             developers names a source that is not there
 *   node scripts/links.mjs check --publish    fails as well when package.json names no repository
 *   node scripts/links.mjs absolute           before packing: makes README's links absolute
 *   node scripts/links.mjs relative           after packing: makes them relative again
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where a host shows a file's page, and where its bytes: below the address of the repository. */
const HOSTS = {
  'github.com': { page: 'blob/HEAD/', bytes: 'raw/HEAD/' },
  'gitlab.com': { page: '-/blob/HEAD/', bytes: '-/raw/HEAD/' },
  'codeberg.org': { page: 'src/branch/main/', bytes: 'raw/branch/main/' },
};

/** `[text](target)` and `![text](target)`; the target of a link without its title. */
const LINK = /(!?)\[([^\]]*)\]\(([^()\s]+)\)/g;

/**
 * The address of the repository as a browser opens it, without a slash at its end; null where package.json names none.
 * Throws a sentence for one that cannot be understood.
 */
export function repositoryAddress({ repository }) {
  if (repository === undefined) return null;
  const written = typeof repository === 'string' ? repository : repository?.url;
  const [, host, name] =
    /^(?:git\+)?(?:https:\/\/|ssh:\/\/git@|git@)([\w.-]+)[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(written ?? '') ??
    /^(?:(github):)?([\w.-]+\/[\w.-]+)$/.exec(written ?? '') ??
    [];
  const known = host === 'github' || (name && !host) ? 'github.com' : host;
  if (!name || !Object.hasOwn(HOSTS, known))
    throw new Error(
      `package.json: repository is ${JSON.stringify(written)}; it should be like "git+https://github.com/owner/name.git" (${Object.keys(HOSTS).join(', ')}).`,
    );
  return `https://${known}/${name}`;
}

const hostOf = (address) => HOSTS[new URL(address).hostname];

/** The page of a file at the repository's host. */
export const pageAddress = (address, file) => `${address}/${hostOf(address).page}${file}`;

/** A README whose relative links and pictures lead to the repository. Where there is none, it stays as it is. */
export function absolute(readme, address) {
  if (!address) return readme;
  const { page, bytes } = hostOf(address);
  return readme.replace(LINK, (link, picture, text, target) =>
    /^(#|[a-z]+:)/.test(target) ? link : `${picture}[${text}](${address}/${picture ? bytes : page}${target})`,
  );
}

/** The reverse of `absolute`. */
export function relative(readme, address) {
  if (!address) return readme;
  const { page, bytes } = hostOf(address);
  return readme.replaceAll(`](${address}/${page}`, '](').replaceAll(`](${address}/${bytes}`, '](');
}

/** What is wrong, in a sentence each. `isFile` says whether there is such a file beside README. */
export function problems(manifest, readme, isFile, { publish = false } = {}) {
  const found = [];
  let address = null;
  try {
    address = repositoryAddress(manifest);
  } catch (error) {
    found.push(error.message);
  }
  if (publish && manifest.repository === undefined)
    found.push('package.json names no repository: set it, or every picture and link of README is dead on npm.');
  const bugs = typeof manifest.bugs === 'string' ? manifest.bugs : manifest.bugs?.url;
  for (const [field, value] of [
    ['bugs', bugs],
    ['homepage', manifest.homepage],
  ]) {
    if (value && isOtherRepository(value, address))
      found.push(`package.json: ${field} is ${value}, and the repository is ${address ?? 'not set'}.`);
  }
  for (const [, picture, , target] of readme.matchAll(LINK)) {
    if (/^#/.test(target)) continue;
    if (!/^[a-z]+:/.test(target)) {
      if (!isFile(target.replace(/#.*/, ''))) found.push(`README: ${target} leads to no file.`);
    } else if (isOtherRepository(target, address)) {
      found.push(`README: ${target} is not in the repository that package.json names (${address ?? 'none'}).`);
    } else if (picture || (address && target.startsWith(`${address}/${hostOf(address).page}`))) {
      found.push(`README: ${target} should be written relative to the file; it is made absolute when the package is packed.`);
    }
  }
  return found;
}

/**
 * What leads nowhere in the project's own pages, in a sentence each: a file that is not there, or a heading that a page does not have.
 * `pages` are texts by their paths.
 */
export function deadLinks(pages, isFile) {
  const found = [];
  for (const [page, text] of Object.entries(pages)) {
    for (const [, , , target] of text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(LINK)) {
      if (/^[a-z]+:/.test(target)) continue;
      const [file, heading] = target.split('#');
      const place = file === '' ? page : path.posix.join(path.posix.dirname(page), file);
      if (!isFile(place)) found.push(`${page}: ${target} leads to no file.`);
      else if (heading && place in pages && !headingsOf(pages[place]).includes(heading))
        found.push(`${page}: ${target} leads to no heading.`);
    }
  }
  return found;
}

/** A source file, or a folder with a slash at its end, as a page names it: from the root, or by the end of its path. */
const NAMED = /(?<![\w@./{-])((?:[\w.-]+\/)*[\w-]+\.(?:tsx?|m[jt]s|cjs|json)|(?:[a-z][\w-]*\/)+(?![\w.*{[]))(?![\w-])/g;

/** Sources that a page names and that are not there, in a sentence each. `paths` are all files, from the root. */
export function missingSources(pages, paths) {
  const ends = paths.map((one) => `/${one}`);
  const isThere = (name) => ends.some((end) => (name.endsWith('/') ? end.includes(`/${name}`) : end.endsWith(`/${name}`)));
  return Object.entries(pages).flatMap(([page, text]) =>
    [...new Set([...text.matchAll(NAMED)].map(([, name]) => name))]
      .filter((name) => !isThere(name))
      .map((name) => `${page} names ${name}, which is not there.`),
  );
}

/** The headings of a page as hosts address them. */
const headingsOf = (text) => [...text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, words]) => headingId(words));

/** What stands behind `#` in the address of a heading. */
export const headingId = (words) =>
  words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

/** The pages that people read: at the root, and below docs. */
export function pagesOf(root) {
  const names = [
    ...readdirSync(root).filter((name) => name.endsWith('.md')),
    ...readdirSync(path.join(root, 'docs'), { recursive: true })
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name.replaceAll(path.sep, '/')}`),
  ];
  return Object.fromEntries(names.map((name) => [name, readFileSync(path.join(root, name), 'utf8')]));
}

/** Those that say where things are in the code. */
const pagesForDevelopers = (root) =>
  Object.fromEntries(
    Object.entries(pagesOf(root)).filter(([page]) => /^(CONTRIBUTING|docs\/architecture|docs\/decisions\/.*)\.md$/.test(page)),
  );

/** Whether an address is a page of a repository on one of the hosts, and not of this one. */
function isOtherRepository(target, address) {
  const url = URL.canParse(target) ? new URL(target) : null;
  if (!url || !Object.hasOwn(HOSTS, url.hostname)) return false;
  const own = address?.toLowerCase();
  const asked = `https://${url.hostname}${url.pathname}`.toLowerCase();
  return asked !== own && !asked.startsWith(`${own}/`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const file = path.join(root, 'README.md');
  const readme = readFileSync(file, 'utf8');
  const [task, option] = process.argv.slice(2);
  const found =
    task === 'check'
      ? [
          ...problems(manifest, readme, (target) => existsSync(path.join(root, target)), { publish: option === '--publish' }),
          ...deadLinks(pagesOf(root), (target) => existsSync(path.join(root, target))),
          ...missingSources(
            pagesForDevelopers(root),
            execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' }).split('\n'),
          ),
        ]
      : [];
  if (task === 'absolute') writeFileSync(file, absolute(readme, repositoryAddress(manifest)));
  if (task === 'relative') writeFileSync(file, relative(readme, repositoryAddress(manifest)));
  for (const problem of found) console.error(problem);
  process.exit(found.length > 0 ? 1 : 0);
}
