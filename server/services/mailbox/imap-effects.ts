import { CommandRefused, type ImapConnection, type Refusal } from './imap-connection';
import type { EffectResult, MessageEffects } from './types';
import { uidSets } from './uid-set';
import { say, type Words } from '../../../shared/sentences/words';

/** What remains of the effects of many messages when they are sorted by command instead of by message. */
interface EffectPlan {
  seen: number[];
  moves: Map<string, number[]>;
  deletes: number[];
}

/**
 * Sorts effects by command. Within a message only the end counts: after several moves it lies in the last folder, and a
 * deleted one is gone whatever else was asked. Flags travel along with a move, so they are set first.
 * @param isOpen whether a target is the folder where the messages lie. Such a move is nothing to do; doing it would give the
 *   message a new UID with every scan
 */
function planEffects(effects: MessageEffects[], isOpen: (folder: string) => boolean): EffectPlan {
  const plan: EffectPlan = { seen: [], moves: new Map(), deletes: [] };
  for (const message of effects) {
    const uid = Number(message.uid);
    const target = message.effects.findLast((effect) => effect.type === 'move')?.folder;
    if (message.effects.some((effect) => effect.type === 'seen')) plan.seen.push(uid);
    if (message.effects.some((effect) => effect.type === 'delete')) plan.deletes.push(uid);
    else if (target !== undefined && !isOpen(target)) movesTo(plan, target).push(uid);
  }
  return plan;
}

function movesTo(plan: EffectPlan, folder: string): number[] {
  const uids = plan.moves.get(folder) ?? [];
  plan.moves.set(folder, uids);
  return uids;
}

/** Applies effects to messages of the selected folder. @see Mailbox.apply */
export async function applyEffects(connection: ImapConnection, openFolder: string, effects: MessageEffects[]): Promise<EffectResult[]> {
  const { mailbox } = connection.client;
  const paths = await targetPaths(connection, effects);
  const plan = planEffects(effects, (folder) => paths.get(folder) === openFolder);
  const report = new Report(effects);
  if (mailbox && mailbox.readOnly) {
    report.fail([...plan.seen, ...plan.deletes, ...[...plan.moves.values()].flat()], say('mailbox.folderReadOnly', { folder: openFolder }));
    return report.results();
  }
  await inSets(plan.seen, report, (set) => markSeen(connection, set), say('mailbox.toMarkRead'));
  for (const [folder, uids] of plan.moves) {
    const move = mover(connection, paths.get(folder)!, report);
    await inSets(uids, report, move, say('mailbox.toMove', { folder }));
  }
  await inSets(plan.deletes, report, (set, uids) => remove(connection, set, uids, report), say('mailbox.toDelete'));
  return report.results();
}

/** The server's paths of the folders that messages are moved to. */
async function targetPaths(connection: ImapConnection, effects: MessageEffects[]): Promise<Map<string, string>> {
  const folders = new Set(
    effects.flatMap((message) => message.effects.flatMap((effect) => (effect.type === 'move' ? [effect.folder] : []))),
  );
  const paths = new Map<string, string>();
  for (const folder of folders) paths.set(folder, await connection.pathOf(folder));
  return paths;
}

/** The first thing that went wrong with each message, and what is worth knowing although nothing did. */
class Report {
  readonly #results: Map<number, EffectResult>;

  constructor(effects: MessageEffects[]) {
    this.#results = new Map(effects.map(({ uid }) => [Number(uid), { uid, error: null }]));
  }

  fail(uids: number[], error: Words): void {
    for (const uid of uids) {
      const result = this.#results.get(uid);
      if (result) result.error ??= error;
    }
  }

  explain(uids: number[], note: Words): void {
    for (const uid of uids) {
      const result = this.#results.get(uid);
      if (result) result.note = note;
    }
  }

  results(): EffectResult[] {
    return [...this.#results.values()];
  }
}

type SetCommand = (set: string, uids: number[]) => Promise<unknown>;

/**
 * Gives a command for as many messages at once as a line holds. When the server refuses it, the halves are tried, down to the
 * single message that is the reason; so one bad message neither fails the others nor costs a command for each of them.
 */
async function inSets(uids: number[], report: Report, command: SetCommand, wish: Words): Promise<void> {
  for (const set of uidSets(uids)) {
    try {
      await command(set.text, set.uids);
    } catch (error) {
      if (!(error instanceof CommandRefused)) throw error;
      if (set.uids.length === 1 || isHopeless(error.refusal)) {
        report.fail(set.uids, say('mailbox.refusedTo', { wish, reason: error.refusal.reason }));
        continue;
      }
      const half = set.uids.length >> 1;
      await inSets(set.uids.slice(0, half), report, command, wish);
      await inSets(set.uids.slice(half), report, command, wish);
    }
  }
}

/** Refusals that no smaller selection would change. `FOLDER` is ours: the target could not be created. */
const hopelessCodes = new Set(['CANNOT', 'OVERQUOTA', 'NOPERM', 'READ-ONLY', 'FOLDER']);
const isHopeless = ({ code }: Refusal): boolean => hopelessCodes.has(code.toUpperCase());

const markSeen = (connection: ImapConnection, set: string): Promise<unknown> =>
  connection.run((client) => client.messageFlagsAdd(set, ['\\Seen'], { uid: true, silent: true }));

/** Moves into one folder, and creates it when the server says that it is missing, once. */
function mover(connection: ImapConnection, folder: string, report: Report): SetCommand {
  const transfer = connection.client.capabilities.has('MOVE') ? moveSet : copyAndRemove;
  let created = false;
  return async (set, uids) => {
    try {
      await transfer(connection, set, uids, folder, report);
    } catch (error) {
      if (created || !(error instanceof CommandRefused) || !mayLackFolder(error.refusal)) throw error;
      created = true;
      await createFolder(connection, folder);
      await transfer(connection, set, uids, folder, report);
    }
  };
}

/** RFC 9051 says TRYCREATE; some servers say NONEXISTENT or nothing but words. */
const mayLackFolder = ({ code }: Refusal): boolean => ['', 'TRYCREATE', 'NONEXISTENT'].includes(code.toUpperCase());

/** Creates and subscribes (imapflow does both); a folder that is already there is fine. */
async function createFolder(connection: ImapConnection, folder: string): Promise<void> {
  try {
    await connection.run((client) => client.mailboxCreate(folder));
    connection.noteCreated(folder);
  } catch (error) {
    if (!(error instanceof CommandRefused)) throw error;
    if (/exists/i.test(error.message)) return;
    throw new CommandRefused({ code: 'FOLDER', reason: say('mailbox.noNewFolder', { reason: error.refusal.reason }) }, error.original);
  }
}

/** RFC 6851. */
const moveSet = (connection: ImapConnection, set: string, _uids: number[], folder: string): Promise<unknown> =>
  connection.run((client) => client.messageMove(set, folder, { uid: true }));

/**
 * MOVE for servers without it. Messages that already carry \Deleted have been copied by an earlier attempt that was
 * interrupted (or somebody threw them away), so they are not copied again.
 */
async function copyAndRemove(connection: ImapConnection, set: string, _uids: number[], folder: string, report: Report): Promise<void> {
  const rows = await connection.run((client) => client.fetchAll(set, { uid: true, flags: true }, { uid: true }));
  const present = rows.map((row) => row.uid);
  const uncopied = rows.filter((row) => !row.flags?.has('\\Deleted')).map((row) => row.uid);
  for (const { text } of uidSets(uncopied)) await connection.run((client) => client.messageCopy(text, folder, { uid: true }));
  for (const { text, uids } of uidSets(present)) await remove(connection, text, uids, report);
}

/**
 * Removes exactly these messages (RFC 4315, UID EXPUNGE). Without UIDPLUS there is only EXPUNGE, which would also remove what
 * others have marked as deleted; so the messages stay behind, marked.
 */
async function remove(connection: ImapConnection, set: string, uids: number[], report: Report): Promise<void> {
  if (connection.client.capabilities.has('UIDPLUS')) {
    await connection.run((client) => client.messageDelete(set, { uid: true }));
    return;
  }
  await connection.run((client) => client.messageFlagsAdd(set, ['\\Deleted'], { uid: true, silent: true }));
  report.explain(uids, say('mailbox.noUidplus'));
}
