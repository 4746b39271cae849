import { type GraphClient } from '../graph/client';
import { GraphError } from '../graph/errors';
import { pagesOf } from './graph-pages';
import { secondsOf, uidOf } from './graph-uid';
import type { MessageRef } from './types';

/** What lies in a folder, by Microsoft Graph. */

export interface GraphMessage {
  id: string;
  receivedDateTime?: string;
  isDraft?: boolean;
  singleValueExtendedProperties?: { id: string; value: string }[];
}

interface Wanted {
  /** In seconds since 1970. */
  since: number;
  unread?: boolean;
}

/** PidTagMessageSize ([MS-OXPROPS] 2.795). In answers its id is spelled `Long 0xe08`. */
const SIZE = "singleValueExtendedProperties($filter=id eq 'Long 0x0E08')";
const SHOWN = 'id,receivedDateTime,isDraft';

/** How it is asked for: large pages first, and with less at a time where Graph cannot: one broken message fails its whole page. */
const WAYS = [
  { top: 1000, withSize: true, attempts: 2 },
  { top: 200, withSize: false, attempts: 2 },
  { top: 20, withSize: false, attempts: 4 },
];

export const momentOf = (seconds: number): string => new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');

/** The messages of a folder that came in that second or later, oldest first. */
export async function listMessages(client: GraphClient, folder: string, wanted: Wanted): Promise<MessageRef[]> {
  for (const [index, way] of WAYS.entries()) {
    try {
      return await listBy(client, folder, wanted, way);
    } catch (error) {
      const mayTryLess = error instanceof GraphError && ['away', 'broken', 'query'].includes(error.trouble) && index < WAYS.length - 1;
      if (!mayTryLess) throw error;
    }
  }
  return [];
}

async function listBy(client: GraphClient, folder: string, wanted: Wanted, way: (typeof WAYS)[number]): Promise<MessageRef[]> {
  const found = new Map<string, MessageRef>();
  let { since } = wanted;
  for (;;) {
    const before = found.size;
    let last: GraphMessage[] = [];
    for await (const { value = [] } of pagesOf<GraphMessage>(client, firstPage(folder, { ...wanted, since }, way))) {
      if (value.length > 0) last = value;
      for (const row of value) addRef(found, row);
    }
    // Pages without a link to the next one have been seen although there was more. All of one second come together or not at all.
    const latest = secondsOf(last.at(-1)?.receivedDateTime ?? '');
    if (last.length < way.top || found.size === before || latest <= since) break;
    since = latest;
  }
  return inOrder(found.values());
}

/** A property that sorts has to be the first that filters. */
function firstPage(folder: string, { since, unread = false }: Wanted, { top, withSize, attempts }: (typeof WAYS)[number]) {
  return {
    attempts,
    path: `mailFolders/${encodeURIComponent(folder)}/messages`,
    query: {
      $select: SHOWN,
      $filter: `receivedDateTime ge ${momentOf(since)}${unread ? ' and isRead eq false' : ''}`,
      $orderby: 'receivedDateTime',
      $top: String(top),
      ...(withSize ? { $expand: SIZE } : {}),
    },
  };
}

/** The newest of a folder, oldest first. */
export async function newestMessages(client: GraphClient, folder: string, limit: number): Promise<MessageRef[]> {
  const found = new Map<string, MessageRef>();
  if (limit < 1) return [];
  const query = { $select: SHOWN, $orderby: 'receivedDateTime desc', $top: String(Math.min(1000, limit)), $expand: SIZE };
  for await (const { value = [] } of pagesOf<GraphMessage>(client, { path: `mailFolders/${encodeURIComponent(folder)}/messages`, query })) {
    for (const row of value) if (found.size < limit) addRef(found, row);
    if (found.size >= limit) break;
  }
  return inOrder(found.values());
}

/** A message that somebody is writing is no email yet. */
export function addRef(found: Map<string, MessageRef>, row: GraphMessage): void {
  if (row.isDraft || !row.receivedDateTime) return;
  const size = Number(row.singleValueExtendedProperties?.find(({ id }) => /0x0?e08$/i.test(id))?.value ?? 0);
  const ref = { uid: uidOf(row.receivedDateTime, row.id), size, receivedAt: new Date(row.receivedDateTime).toISOString() };
  found.set(ref.uid, ref);
}

export const inOrder = (refs: Iterable<MessageRef>): MessageRef[] =>
  [...refs].sort((one, other) => (one.receivedAt ?? '').localeCompare(other.receivedAt ?? ''));
