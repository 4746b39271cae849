import type { Core } from '@strapi/strapi';
import { log } from '../log';
import { watchFolder } from '../mailbox/idle';
import { UID } from '../uids';
import { mailboxSettings, type ScannerRow } from './access';
import { plainWords } from '../storage/failure';
import { acquireLease, type Lease } from '../storage/lease';
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

/** Starts and stops listeners so that each active IMAP scanner that is to be listened to has one. To be called regularly. */
export async function reconcileListeners(strapi: Core.Strapi): Promise<void> {
  const mine = listeners.get(strapi) ?? new Map<number, Listener>();
  listeners.set(strapi, mine);
  const rows: ListeningRow[] = await strapi.db
    .query(UID.scanner)
    .findMany({ where: { active: true, listen: true, protocol: 'imap' }, populate: { authorization: true } });
  const wanted = new Map<number, { row: ListeningRow; folders: string[]; key: string }>();
  for (const row of rows) {
    const folders = foldersToScan(await loadRules(strapi, row.id));
    if (folders.length > 0) wanted.set(row.id, { row, folders, key: keyOf(row, folders) });
  }
  for (const [id, listener] of mine) {
    if (wanted.get(id)?.key === listener.key) continue;
    mine.delete(id);
    await listener.stop();
  }
  for (const [id, { row, folders, key }] of wanted) {
    if (mine.has(id)) continue;
    const lease = await acquireLease(strapi, `listen:${row.documentId}`);
    if (lease) mine.set(id, startListener(strapi, row, folders, key, lease));
  }
}

/** Stops all listeners of this process. */
export async function stopListeners(strapi: Core.Strapi): Promise<void> {
  const mine = listeners.get(strapi);
  listeners.delete(strapi);
  await Promise.all([...(mine?.values() ?? [])].map((listener) => listener.stop()));
}

const keyOf = (
  { host, port, encryption, validateCertificate, username, mailboxName, authType, authorization }: ScannerRow,
  folders: string[],
): string =>
  JSON.stringify([host, port, encryption, validateCertificate, username, mailboxName, authType, authorization?.documentId, folders]);

function startListener(strapi: Core.Strapi, row: ListeningRow, folders: string[], key: string, lease: Lease): Listener {
  const ended = new AbortController();
  const signal = AbortSignal.any([ended.signal, lease.signal]);
  // What a dead holder leaves behind: without its lease, a listener makes room for one of another instance.
  lease.signal.addEventListener('abort', () => listeners.get(strapi)?.delete(row.id));
  const onNews = scanOnNews(strapi, row, signal);
  const options = {
    onTrouble: (error: unknown) => log(strapi, 'debug', 'A mailbox is not being listened to', { scanner: row, reason: plainWords(error) }),
  };
  const watching = folders.map((folder) =>
    watchFolder((refusedToken) => mailboxSettings(strapi, row, { refusedToken }), folder, onNews, signal, options),
  );
  return {
    key,
    async stop() {
      ended.abort();
      await Promise.all(watching);
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
