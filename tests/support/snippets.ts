import { readFileSync } from 'node:fs';

/** The code that our pages show. Tests compile and run it, so that what people copy works. */

/** The pages whose files belong to one site. */
export const PAGES_WITH_CODE = ['README.md', 'docs/site.md', 'docs/extending.md', 'docs/moving-in.md'];

interface Snippet {
  language: 'ts' | 'tsx' | 'js';
  /** Its path in a site, from the comment on its first line; '' when it has none. */
  file: string;
  code: string;
}

/** Each block of TypeScript or JavaScript of these pages, in their order. */
export function snippetsOf(pages: readonly string[] = PAGES_WITH_CODE): Snippet[] {
  return pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/^```(tsx?|js)\n([\s\S]*?)^```$/gm)].map(([, language, code]) => ({
      language: language as Snippet['language'],
      code,
      file: /^\/\/ (\S+)\n/.exec(code)?.[1] ?? '',
    })),
  );
}
