import { type GraphClient } from '../graph/client';
import { GraphError } from '../graph/errors';
import { addRef, inOrder, listMessages, momentOf, type GraphMessage } from './graph-list';
import { pagesOf } from './graph-pages';
import { secondOf, secondsOf } from './graph-uid';
import type { MessageRef } from './types';

/**
 * What has come into a folder since a position. The truth is the list of what the folder holds, beside the ledger. A delta link saves most of
 * that list: with it only what came lately is listed, and Graph tells what else has changed, such as an older message that somebody has
 * moved here. It misses some and repeats others, and is forgotten at any time, so the whole list is looked at again by and by.
 */

/** So far back what came lately reaches: messages show some seconds after the moment that they bear. */
const OVERLAP_SECONDS = 5 * 60;
const WHOLE_LIST_EVERY_MS = 6 * 3_600_000;
/** Where Graph gives no delta link. */
const WHOLE_LIST_WITHOUT_LINK_EVERY_MS = 30 * 60_000;
/** A filtered delta ends there. */
const MOST_IN_DELTA = 5000;
/** With more older ones than that, the whole list is less work. */
const MOST_CARRIED = 500;
const PAGE = 'odata.maxpagesize=500';

/** What is known of a folder in this process; without it, the whole list is looked at. */
interface KnownFolder {
  start: number;
  link: string | null;
  wholeAt: number;
  /** Older messages that changed since the whole list: some of them may not be in the ledger yet. */
  carried: Map<string, MessageRef>;
}

/** By the ids of the folders. */
export type KnownFolders = Map<string, KnownFolder>;

interface FolderWatch {
  client: GraphClient;
  /** Of whoever asks: each asks for itself. */
  known: KnownFolders;
  folder: string;
}

/** What lies behind a position, oldest first, with some that the ledger knows already. Nothing from before `startUid`. */
export async function messagesBehind(watch: FolderWatch, uid: string, startUid: string | undefined): Promise<MessageRef[]> {
  const { client, known: all, folder } = watch;
  const start = secondOf(startUid ?? '');
  const known = all.get(folder);
  const changed = known && isFresh(known, start) ? await changesSince(watch, known) : null;
  if (!known || !changed) {
    all.delete(folder);
    const [whole, refs] = await wholeList(watch, start);
    all.set(folder, whole);
    return refs;
  }
  const refs = await listMessages(client, folder, { since: Math.max(start, secondOf(uid) - OVERLAP_SECONDS) });
  known.link = changed.link;
  for (const [name, ref] of changed.refs) if (secondOf(name) >= start) known.carried.set(name, ref);
  if (known.carried.size > MOST_CARRIED) all.delete(folder);
  const found = new Map([...known.carried, ...refs.map((ref): [string, MessageRef] => [ref.uid, ref])]);
  return inOrder(found.values());
}

const isFresh = ({ start, link, wholeAt }: KnownFolder, wanted: number): boolean =>
  start === wanted && Date.now() - wholeAt < (link === null ? WHOLE_LIST_WITHOUT_LINK_EVERY_MS : WHOLE_LIST_EVERY_MS);

async function wholeList({ client, folder }: FolderWatch, start: number): Promise<[KnownFolder, MessageRef[]]> {
  // Before the list: what comes meanwhile is in one of both, or in both.
  const link = await firstLink(client, folder, start);
  const refs = await listMessages(client, folder, { since: start });
  return [{ start, link: refs.length < MOST_IN_DELTA ? link : null, wholeAt: Date.now(), carried: new Map() }, refs];
}

/** The link by which Graph tells what has changed since now. Its first round goes through all that fits the filter. Null without one. */
async function firstLink(client: GraphClient, folder: string, start: number): Promise<string | null> {
  const query = { $select: 'id,receivedDateTime,isDraft', $filter: `receivedDateTime ge ${momentOf(start)}` };
  try {
    for await (const page of pagesOf<GraphMessage>(client, {
      path: `mailFolders/${encodeURIComponent(folder)}/messages/delta`,
      query,
      prefer: PAGE,
    }))
      if (page['@odata.deltaLink']) return page['@odata.deltaLink'];
    return null;
  } catch (error) {
    // There were times when Graph refused the filter, and it may lose its place at any page.
    if (error instanceof GraphError && !['throttled', 'token', 'access', 'unreachable'].includes(error.trouble)) return null;
    throw error;
  }
}

/** Null when Graph does not know any more. Without a link nothing is asked: only what came lately is looked at. */
async function changesSince(
  { client }: FolderWatch,
  { link }: KnownFolder,
): Promise<{ link: string | null; refs: Map<string, MessageRef> } | null> {
  const refs = new Map<string, MessageRef>();
  if (link === null) return { link, refs };
  try {
    for await (const page of pagesOf<GraphMessage & { '@removed'?: object }>(client, { path: '', link, prefer: PAGE })) {
      for (const row of page.value ?? []) if (!row['@removed']) addRef(refs, await withDate(client, row));
      if (page['@odata.deltaLink']) return { link: page['@odata.deltaLink'], refs };
    }
    return null;
  } catch (error) {
    const isForgotten = error instanceof GraphError && ['stateLost', 'gone', 'query', 'ours'].includes(error.trouble);
    if (isForgotten) return null;
    throw error;
  }
}

/** An update has its id and what changed, and perhaps no more. */
async function withDate(client: GraphClient, row: GraphMessage): Promise<GraphMessage> {
  if (row.receivedDateTime) return row;
  try {
    return await client.json<GraphMessage>({
      path: `messages/${encodeURIComponent(row.id)}`,
      query: { $select: 'id,receivedDateTime,isDraft' },
    });
  } catch (error) {
    if (error instanceof GraphError && ['gone', 'broken'].includes(error.trouble)) return row;
    throw error;
  }
}

/** When a position lies behind all that is there: the messages of the last minutes lie behind it, too. */
export const endOf = (newest: MessageRef | undefined): number => (newest ? secondsOf(newest.receivedAt ?? '') - OVERLAP_SECONDS : 0);
