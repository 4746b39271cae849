import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type MarkdownRenderer } from 'vitepress';
import { headingId, pageAddress, pagesOf, repositoryAddress } from '../../scripts/links.mjs';

/**
 * `npm run docs`: the pages of this repository as a site with a search of its own, in docs/.vitepress/dist. Any web server serves it;
 * DOCS_BASE=/folder/ where it does not lie at the root of one. The build fails for a link that leads nowhere.
 */

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const repository: string | null = repositoryAddress(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')));
const pages: Record<string, string> = pagesOf(root);

/** Where a page stands in the site: README first, docs/README as the contents, those of docs under their names, the rest in project/. */
function placeOf(page: string): string {
  if (page === 'README.md') return 'index.md';
  if (page === 'docs/README.md') return 'contents.md';
  // Names that differ in case alone (SECURITY.md, docs/security.md) would be one file.
  return page.startsWith('docs/') ? page.slice('docs/'.length) : `project/${page.toLowerCase()}`;
}

/** A link as it is written in a page of the repository, as the site has it; null for a file that the site does not show. */
function linkTo(target: string, page: string): string | null {
  if (/^(#|[a-z]+:)/.test(target)) return target;
  const [file, heading] = target.split('#');
  const wanted = path.posix.join(path.posix.dirname(page), file);
  if (wanted in pages) return `/${placeOf(wanted)}${heading ? `#${heading}` : ''}`;
  // Where there is no such page, the build is to find the dead link.
  if (file.endsWith('.md')) return target;
  return repository && pageAddress(repository, wanted);
}

/** Pages are written for the repository; here their links lead to the site. Without a repository, a link to source code is its text. */
function useSiteLinks(md: MarkdownRenderer): void {
  md.core.ruler.push('site-links', ({ tokens, env }) => {
    const page = path.relative(root, env.realPath ?? env.path).replaceAll(path.sep, '/');
    for (const { children } of tokens) {
      let isText = false;
      for (const token of children ?? []) {
        if (token.type === 'link_open') {
          const link = linkTo(String(token.attrGet('href')), page);
          isText = link === null;
          if (link !== null) token.attrSet('href', link);
          else Object.assign(token, { tag: 'span', attrs: null });
        } else if (token.type === 'link_close' && isText) token.tag = 'span';
      }
    }
  });
}

/** The groups and links of docs/README.md. */
function sidebar() {
  const [, ...groups] = pages['docs/README.md'].split(/^\*\*(?=.+\*\*$)/m);
  return groups.map((group) => ({
    text: group.slice(0, group.indexOf('**')),
    items: [...group.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)].map(([, text, target]) => ({
      text: text[0].toUpperCase() + text.slice(1),
      link: linkTo(target, 'docs/README.md') ?? '/',
    })),
  }));
}

export default defineConfig({
  title: 'Mail Scanner for Strapi',
  description: 'Turns a mailbox into a helpdesk inside of Strapi.',
  lang: 'en',
  base: process.env.DOCS_BASE ?? '/',
  srcDir: '..',
  srcExclude: readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'docs')
    .map(({ name }) => `${name}/**`),
  cacheDir: '../node_modules/.cache/docs',
  rewrites: Object.fromEntries(Object.keys(pages).map((page) => [page, placeOf(page)])),
  markdown: {
    config: useSiteLinks,
    // The same ids as the repository's host makes of headings.
    anchor: { slugify: headingId },
    // Braces in our pages are braces.
    attrs: { disable: true },
  },
  themeConfig: {
    search: {
      provider: 'local',
      options: {
        miniSearch: {
          searchOptions: {
            // The first have each word of the product and would stand above the page that explains it; who searches asks what
            // others have asked. Browsers get the source of this function, so it uses nothing else of this file.
            boostDocument: (id: string) =>
              /(changelog|admin-api|architecture|contributing|decisions\/.*)\.html/.test(id) ? 0.2 : /faq\.html/.test(id) ? 2 : 1,
          },
        },
      },
    },
    nav: [{ text: 'Contents', link: '/contents' }],
    sidebar: sidebar(),
    outline: [2, 3],
    ...(repository && { socialLinks: [{ icon: 'github', link: repository }] }),
  },
});
