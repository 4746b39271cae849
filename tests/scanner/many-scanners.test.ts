import { afterAll, beforeAll, expect, test } from 'vitest';
import { AT_ONCE, scanDue } from '../../server/services/scanner/schedule';
import { startSite, type Site } from '../support/desk';
import { addScanner, eventually } from '../support/helpdesk';
import type { TestMailServer } from '../support/mail-server';
import type { TestStrapi } from '../support/strapi';

let site: Site;
let app: TestStrapi;
let server: TestMailServer;

beforeAll(async () => {
  site = await startSite();
  ({ app, server } = site);
});

afterAll(() => site?.stop());

const scanners = () => app.strapi.db.query('plugin::mail-scanner.scanner');

test('one beat scans all that are due, a few at once, but those that were switched off meanwhile', async () => {
  const documentIds: string[] = [];
  for (let index = 0; index < 3 * AT_ONCE; index += 1)
    documentIds.push((await addScanner(app, server, [], { name: `Support ${index}`, listen: false })).documentId);
  await scanners().updateMany({ where: { documentId: { $in: documentIds } }, data: { active: true } as never });
  const last = await scanners().findOne({ where: { documentId: documentIds.at(-1)! } });
  await scanDue(app.strapi);
  await scanners().update({ where: { id: last.id }, data: { active: false } as never });
  const unscanned = () => scanners().findMany({ where: { lastScanAt: { $null: true } } });
  await eventually(async () => (await unscanned()).length === 1, 30_000);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect((await unscanned()).map(({ id }: { id: number }) => id)).toEqual([last.id]);
}, 60_000);
