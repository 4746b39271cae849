import { type GraphClient } from '../graph/client';
import { say, type Said } from '../../../shared/sentences/words';
import { GraphError } from '../graph/errors';
import { SpokenError } from '../lib/spoken-error';
import type { GraphFolder, GraphFolders } from './graph-folders';
import { idOf } from './graph-uid';
import type { EffectResult, MailboxEffect, MessageEffects } from './types';

/** Effects on messages by Microsoft Graph, each message by itself, as many at once as the mailbox allows. */

const JSON_TYPE = 'application/json';

/** Refusals of one message or one folder; all else is the mailbox's. */
const OF_THIS_ONE = ['access', 'ours', 'conflict', 'broken', 'exists', 'query', 'tooLarge', 'limit'];

/** Throws the GraphError that keeps all of them from being done, once what was begun has ended. */
export async function applyByGraph(
  client: GraphClient,
  folders: GraphFolders,
  folder: GraphFolder,
  messages: readonly MessageEffects[],
): Promise<EffectResult[]> {
  // Before many ask for them at once: a folder is made once.
  const targets = new Map<string, Promise<GraphFolder>>();
  for (const path of new Set(messages.flatMap(({ effects }) => effects.flatMap((each) => (each.type === 'move' ? [each.folder] : []))))) {
    const made = folders.findOrCreate(path);
    targets.set(path, made);
    await made.catch(() => {});
  }
  const place = { client, folders, folder, targets };
  const ended = await Promise.allSettled(messages.map((message) => applyOne(place, message)));
  return ended.map((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  });
}

interface GraphPlace {
  client: GraphClient;
  folders: GraphFolders;
  folder: GraphFolder;
  targets: Map<string, Promise<GraphFolder>>;
}

async function applyOne(place: GraphPlace, { uid, effects }: MessageEffects): Promise<EffectResult> {
  const id = idOf(uid);
  try {
    // An id finds a message wherever somebody has moved it; from there it is not taken away.
    const leaves = effects.some(({ type }) => type !== 'seen');
    if (!leaves || (await isIn(place, id))) for (const effect of effects) await applyEffect(place, id, effect).catch(inWish(effect));
    return { uid, error: null };
  } catch (error) {
    if (error instanceof EffectRefused) return { uid, error: error.said };
    if (!(error instanceof GraphError)) throw error;
    // Somebody else did it.
    if (error.trouble === 'gone') return { uid, error: null };
    if (OF_THIS_ONE.includes(error.trouble)) return { uid, error: error.said };
    throw error;
  }
}

class EffectRefused extends SpokenError {}

const WISHES: Record<MailboxEffect['type'], (effect: MailboxEffect) => Said> = {
  seen: () => say('mailbox.toMarkRead'),
  move: (effect) => say('mailbox.toMove', { folder: effect.type === 'move' ? effect.folder : '' }),
  delete: () => say('mailbox.toDelete'),
};

/** What was not to Graph's liking is the name of a folder here, which people can mend: its own words say more than ours. */
const inWish = (effect: MailboxEffect) => (error: unknown) => {
  if (!(error instanceof GraphError && OF_THIS_ONE.includes(error.trouble))) throw error;
  const reason = error.trouble === 'ours' ? [error.said].flat().at(-1)! : error.said;
  throw new EffectRefused(say('mailbox.refusedTo', { wish: WISHES[effect.type](effect), reason }));
};

async function applyEffect(place: GraphPlace, id: string, effect: MailboxEffect): Promise<void> {
  const { client } = place;
  const path = `messages/${encodeURIComponent(id)}`;
  if (effect.type === 'seen') return markRead(client, path);
  if (effect.type === 'move') return move(place, id, effect.folder);
  await client.request({ method: 'DELETE', path, repeatable: true });
}

async function markRead(client: GraphClient, path: string): Promise<void> {
  const patch = () =>
    client.json({ method: 'PATCH', path, body: JSON.stringify({ isRead: true }), contentType: JSON_TYPE, repeatable: true });
  try {
    await patch();
  } catch (error) {
    if (!(error instanceof GraphError && error.trouble === 'conflict')) throw error;
    const { isRead } = await client.json<{ isRead: boolean }>({ path, query: { $select: 'id,isRead' } });
    if (!isRead) await patch();
  }
}

async function move(place: GraphPlace, id: string, target: string): Promise<void> {
  const { client, folders, targets } = place;
  const moveTo = async ({ id: destinationId }: GraphFolder) =>
    client.json({
      method: 'POST',
      path: `messages/${encodeURIComponent(id)}/move`,
      body: JSON.stringify({ destinationId }),
      contentType: JSON_TYPE,
    });
  try {
    await moveTo(await targets.get(target)!);
  } catch (error) {
    // Of a folder that somebody has just removed Graph says the same as of a message.
    const isTargetGone = error instanceof GraphError && error.trouble === 'gone' && (await isIn(place, id));
    if (!isTargetGone) throw error;
    folders.forget();
    await moveTo(await folders.findOrCreate(target));
  }
}

async function isIn({ client, folder }: GraphPlace, id: string): Promise<boolean> {
  const query = { $select: 'id,parentFolderId' };
  const { parentFolderId } = await client.json<{ parentFolderId: string }>({ path: `messages/${encodeURIComponent(id)}`, query });
  return parentFolderId === folder.id;
}
