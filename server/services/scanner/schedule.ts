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

/** Active scanners whose interval has passed and that nobody scans just now, the longest neglected first. */
export async function dueScanners(strapi: Core.Strapi): Promise<ScannerRow[]> {
  const scanners: DueScanner[] = await strapi.db.query(UID.scanner).findMany({ where: { active: true }, orderBy: { lastScanAt: 'asc' } });
  const due = scanners.filter(
    ({ lastScanAt, scanEvery }) => !lastScanAt || isAhead(lastScanAt) || Date.now() - new Date(lastScanAt).getTime() >= scanEvery * 60_000,
  );
  const busy = await busyScanners(strapi, due);
  return due.filter(({ documentId }) => !busy.has(documentId));
}

const running = new WeakMap<Core.Strapi, Map<number, Promise<void>>>();

/** Starts a scan of each scanner that is due, as many at once as may be. Does not wait for them. */
export async function scanDue(strapi: Core.Strapi): Promise<void> {
  const mine = running.get(strapi) ?? new Map<number, Promise<void>>();
  running.set(strapi, mine);
  for (const scanner of await dueScanners(strapi)) {
    if (mine.size >= AT_ONCE) return;
    if (mine.has(scanner.id)) continue;
    const work = scan(strapi, scanner)
      .then(() => {})
      .catch((error) => {
        if (!(error instanceof ScannerBusy)) log(strapi, 'error', 'A scan could not run', { scanner, reason: plainWords(error) });
      })
      .finally(() => mine.delete(scanner.id));
    mine.set(scanner.id, work);
  }
}

/** After a scanner was changed: starts or ends at once what would start or end with the next beat of the schedule. */
export function scheduleNow(strapi: Core.Strapi): void {
  if (!pluginConfig(strapi).schedule) return;
  Promise.all([dueWorkOf(strapi).scanDue(), reconcileListeners(strapi)]).catch((error) =>
    log(strapi, 'error', 'The schedule could not be followed', { reason: plainWords(error) }),
  );
}
