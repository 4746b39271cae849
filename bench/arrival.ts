import { setTimeout as sleep } from 'node:timers/promises';
import type { Dovecot } from '../tests/support/dovecot';
import { addScanner, eventually, mail } from '../tests/support/helpdesk';
import { removeFolder, startStrapi } from '../tests/support/strapi';
import { newMessage } from './messages';

/** More than are through before the last one arrives. */
const IMPORTED = 12_000;
const FOLDER = 'Long';

/**
 * Delivers emails one after the other to a scanner that listens, while another scanner imports many. Resolves with the milliseconds from before
 * each delivery until its ticket is there.
 */
export async function measureArrivals(server: Dovecot, count: number): Promise<number[]> {
  const app = await startStrapi({ env: { MAIL_SCANNER_SCHEDULE: 'true', MAIL_SCANNER_LEASE_SECONDS: '30' } });
  const arrival = async (subject: string) => {
    const before = performance.now();
    await server.append('INBOX', mail({ subject }));
    while ((await app.strapi.db.query('plugin::mail-scanner.ticket').count({ where: { title: subject } })) === 0) await sleep(10);
    return performance.now() - before;
  };
  try {
    await server.createFolder(FOLDER);
    await server.appendAll(
      FOLDER,
      Array.from({ length: IMPORTED }, (_, index) => newMessage(8, index, IMPORTED / 10)),
    );
    const large = await addScanner(app, server, [{ folders: [FOLDER] }], { name: FOLDER });
    const listening = await addScanner(app, server, [{}], { name: 'Listens', scanEvery: 1440 });
    await app.api('PUT', `/scanners/${listening.documentId}`, { active: true, unread: 'leave' });
    await eventually(async () => (await app.api('GET', `/scanners/${listening.documentId}`)).lastScanAt, 30_000);
    await arrival('The first one');
    let isImporting = true;
    const imported = app.api('POST', `/scanners/${large.documentId}/run`, { unread: 'take' }).finally(() => void (isImporting = false));
    const arrivals: number[] = [];
    while (isImporting && arrivals.length < count) arrivals.push(await arrival(`Number ${arrivals.length}`));
    await imported;
    return arrivals;
  } finally {
    await app.stop();
    removeFolder(app.folder);
  }
}
