import type { Core } from '@strapi/strapi';
import { log } from '../log';
import { PROTOCOLS } from '../../../shared/vocabulary';
import { askOften } from '../mailbox/ask-often';
import { traitsOf } from '../mailbox/connect';
import { watchFolders } from '../mailbox/idle';
import { MailboxError } from '../mailbox/types';
import { UID } from '../uids';
import { isOnServer, mailboxSettings, openMailbox, type ScannerRow } from './access';
import { plainWords } from '../storage/failure';
import { acquireLease, type Lease } from '../storage/lease';
import { listenLess, divideConnections } from './listen-budget';
import { foldersToScan, loadRules } from './rules';
import { scan } from './scan';
import { ScannerBusy } from './turn';

/**
 * Listens to mailboxes, so that a message is a ticket within a second of its arrival instead of at the next interval. One
 * instance listens to a mailbox at a time; when it is gone, another one takes over once its lease has run out.
 */

interface Listener {
  /** What it was started with; another one is started when this changes. */
  key: string;
  stop(): Promise<void>;
}

const listeners = new WeakMap<Core.Strapi, Map<number, Listener>>();

type ListeningRow = ScannerRow & { listen: boolean; updatedAt: string };

/** Starts and stops listeners so that each active scanner that is to be listened to has one. To be called regularly. */
export async function reconcileListeners(strapi: Core.Strapi): Promise<void> {
  const mine = listeners.get(strapi) ?? new Map<number, Listener>();
  listeners.set(strapi, mine);
  const rows: ListeningRow[] = await strapi.db.query(UID.scanner).findMany({
    where: { active: true, listen: true, protocol: { $in: PROTOCOLS.filter((each) => traitsOf(each).listens !== null) } },
    populate: { authorization: true },
  });
  const wanted = new Map<number, Wanted>();
  const wishes = [];
  for (const row of rows) {
    const folders = foldersToScan(await loadRules(strapi, row.id));
    wishes.push({ row, folders, id: row.id, host: row.host, mailbox: row.mailboxName || row.username || '' });
  }
  const given = divideConnections(
    strapi,
    wishes.map((wish) => ({ ...wish, folders: wish.folders.length })),
  );
  for (const { row, folders, id } of wishes) {
    const connections = given.get(id)!;
    if (connections > 0) wanted.set(id, { row, folders, connections, key: keyOf(row, folders, connections) });
  }
  for (const [id, listener] of mine) {
    if (wanted.get(id)?.key === listener.key) continue;
    mine.delete(id);
    await listener.stop();
  }
  for (const [id, wish] of wanted) {
    if (mine.has(id)) continue;
    const lease = await acquireLease(strapi, `listen:${wish.row.documentId}`);
    if (!lease) continue;
    const folders = await mostActiveFirst(strapi, id, wish.folders);
    mine.set(id, startListener(strapi, { ...wish, folders }, lease));
  }
}

interface Wanted {
  row: ListeningRow;
  folders: string[];
  connections: number;
  key: string;
}

const ACTIVITY_MS = 7 * 24 * 60 * 60_000;

/** Where most came in lately; without news, in the order of the rules. What is not listened to is looked at with each scan. */
async function mostActiveFirst(strapi: Core.Strapi, scanner: number, folders: string[]): Promise<string[]> {
  if (folders.length < 2) return folders;
  const createdAt = { $gt: new Date(Date.now() - ACTIVITY_MS) };
  const counts = new Map<string, number>();
  for (const folder of folders)
    counts.set(folder, await strapi.db.query(UID.message).count({ where: { scanner: { id: scanner }, folder, createdAt } }));
  return folders.toSorted((one, other) => counts.get(other)! - counts.get(one)!);
}

/** Stops all listeners of this process. */
export async function stopListeners(strapi: Core.Strapi): Promise<void> {
  const mine = listeners.get(strapi);
  listeners.delete(strapi);
  await Promise.all([...(mine?.values() ?? [])].map((listener) => listener.stop()));
}

const keyOf = (
  { protocol, host, port, encryption, validateCertificate, username, mailboxName, authType, authorization }: ScannerRow,
  folders: string[],
  connections: number,
): string =>
  JSON.stringify([
    protocol,
    host,
    port,
    encryption,
    validateCertificate,
    username,
    mailboxName,
    authType,
    authorization?.documentId,
    folders,
    connections,
  ]);

function startListener(strapi: Core.Strapi, { row, folders, connections, key }: Wanted, lease: Lease): Listener {
  const ended = new AbortController();
  const signal = AbortSignal.any([ended.signal, lease.signal]);
  // What a dead holder leaves behind: without its lease, a listener makes room for one of another instance.
  lease.signal.addEventListener('abort', () => listeners.get(strapi)?.delete(row.id));
  const onNews = scanOnNews(strapi, row, signal);
  const options = {
    onTrouble(error: unknown) {
      log(strapi, 'debug', 'A mailbox is not being listened to', { scanner: row, reason: plainWords(error) });
      if (error instanceof MailboxError && error.code === 'throttled') listenLess(strapi, row.host);
    },
  };
  const watching = isOnServer(row)
    ? watchFolders((refusedToken) => mailboxSettings(strapi, row, { refusedToken }), folders, connections, onNews, signal, options)
    : askOften(() => openMailbox(strapi, row), folders, onNews, signal, options);
  return {
    key,
    async stop() {
      ended.abort();
      await watching;
      await lease.release().catch(() => {});
    },
  };
}

/** A scan for each piece of news; what comes while one is under way is looked for by one more after it. */
function scanOnNews(strapi: Core.Strapi, { id, documentId, name }: ScannerRow, signal: AbortSignal): () => void {
  let running = false;
  let again = false;
  const work = async () => {
    const scanner = await strapi.db.query(UID.scanner).findOne({ where: { id } });
    if (scanner?.active) await scan(strapi, scanner);
  };
  const run = async () => {
    running = true;
    do {
      again = false;
      try {
        await work();
      } catch (error) {
        if (!(error instanceof ScannerBusy))
          log(strapi, 'error', 'A scan could not run', { scanner: { documentId, name }, reason: plainWords(error) });
        // The scan under way may have looked before the message came.
        else await new Promise((resolve) => setTimeout(resolve, 500).unref()).then(() => (again = true));
      }
    } while (again && !signal.aborted);
    running = false;
  };
  return () => {
    if (running) again = true;
    else run().catch(() => {});
  };
}
