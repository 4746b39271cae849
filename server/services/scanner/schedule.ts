import type { Core } from '@strapi/strapi';
import { dueWorkOf } from '../due-work';
import { log } from '../log';
import { pluginConfig } from '../settings/config';
import { UID } from '../uids';
import type { ScannerRow } from './access';
import { isAhead } from '../storage/clock';
import { plainWords } from '../storage/failure';
import { reconcileListeners } from './listen';
import { scan } from './scan';
import { busyScanners, ScannerBusy } from './turn';

/** Scans at the same time in one process; the others wait their turn. */
export const AT_ONCE = 4;

interface DueScanner extends ScannerRow {
  scanEvery: number;
  lastScanAt: string | null;
}

/** Active scanners whose interval has passed and that nobody scans just now, the longest neglected first; all, or those `among` them. */
export async function dueScanners(strapi: Core.Strapi, among: object = {}): Promise<ScannerRow[]> {
  const where = { active: true, ...among };
  const scanners: DueScanner[] = await strapi.db.query(UID.scanner).findMany({ where, orderBy: { lastScanAt: 'asc' } });
  const due = scanners.filter(
    ({ lastScanAt, scanEvery }) => !lastScanAt || isAhead(lastScanAt) || Date.now() - new Date(lastScanAt).getTime() >= scanEvery * 60_000,
  );
  const busy = await busyScanners(strapi, due);
  return due.filter(({ documentId }) => !busy.has(documentId));
}

/** What this process scans, and the ids of what waits for that since the last beat. */
interface Lanes {
  running: Map<number, Promise<void>>;
  waiting: number[];
}

const lanesOf = new WeakMap<Core.Strapi, Lanes>();

/** Starts a scan of each scanner that is due, as many at once as may be; the others follow as these end. Does not wait for them. */
export async function scanDue(strapi: Core.Strapi): Promise<void> {
  const lanes = lanesOf.get(strapi) ?? { running: new Map(), waiting: [] };
  lanesOf.set(strapi, lanes);
  const due = (await dueScanners(strapi)).filter(({ id }) => !lanes.running.has(id));
  const now = due.splice(0, Math.max(0, AT_ONCE - lanes.running.size));
  lanes.waiting = due.map(({ id }) => id);
  for (const scanner of now) start(strapi, lanes, scanner);
}

function start(strapi: Core.Strapi, lanes: Lanes, scanner: ScannerRow): void {
  const work = scan(strapi, scanner)
    .then(
      () => true,
      (error) => {
        if (!(error instanceof ScannerBusy)) log(strapi, 'error', 'A scan could not run', { scanner, reason: plainWords(error) });
        return false;
      },
    )
    .then((hasRun) => {
      lanes.running.delete(scanner.id);
      // Where nothing runs, as at the end of the process, the next beat goes on.
      return hasRun ? startNext(strapi, lanes) : undefined;
    })
    .catch((error) => log(strapi, 'error', 'The schedule could not be followed', { reason: plainWords(error) }));
  lanes.running.set(scanner.id, work);
}

/** What waited may have been switched off, changed, or scanned by another instance meanwhile. */
async function startNext(strapi: Core.Strapi, lanes: Lanes): Promise<void> {
  for (let id = lanes.waiting.shift(); id !== undefined; id = lanes.waiting.shift()) {
    const [scanner] = await dueScanners(strapi, { id });
    if (lanes.running.size >= AT_ONCE) return;
    if (scanner && !lanes.running.has(id)) return start(strapi, lanes, scanner);
  }
}

/** After a scanner was changed: starts or ends at once what would start or end with the next beat of the schedule. */
export function scheduleNow(strapi: Core.Strapi): void {
  if (!pluginConfig(strapi).schedule) return;
  Promise.all([dueWorkOf(strapi).scanDue(), reconcileListeners(strapi)]).catch((error) =>
    log(strapi, 'error', 'The schedule could not be followed', { reason: plainWords(error) }),
  );
}
