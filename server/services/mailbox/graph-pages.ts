import type { GraphClient, GraphRequest } from '../graph/client';

/** Lists of Microsoft Graph, which come in pages. */

interface Page<T> {
  value?: T[];
  '@odata.nextLink'?: string;
  '@odata.deltaLink'?: string;
}

/** What is behind it is left for the next scan. */
const MOST_PAGES = 300;

/**
 * One page after the other, by the links that Graph gives. A page may be short or empty and still not be the last. A link that comes again
 * would never end, so it ends the list.
 */
export async function* pagesOf<T>(client: GraphClient, first: GraphRequest): AsyncGenerator<Page<T>> {
  const followed = new Set<string>();
  let wanted: GraphRequest = { ...first, isList: true };
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const page = await client.json<Page<T>>(wanted);
    yield page;
    const link = page['@odata.nextLink'];
    if (!link || followed.has(link)) return;
    followed.add(link);
    wanted = { path: '', link, prefer: first.prefer, attempts: first.attempts, isList: true };
  }
}

export async function allOf<T>(client: GraphClient, first: GraphRequest): Promise<T[]> {
  const all: T[] = [];
  for await (const { value = [] } of pagesOf<T>(client, first)) all.push(...value);
  return all;
}
