import { afterAll, beforeAll, expect, test } from 'vitest';
import { addScanner, mail } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { TestMailServer } from '../support/mail-server';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** What a batch asks of the database does not grow with its emails: the times are the machine's, the statements are ours. */

const COUNT = 60;

let app: TestStrapi;
let server: TestMailServer;

beforeAll(async () => {
  server = await startHoodiecrow();
  app = await startStrapi();
});

afterAll(async () => {
  await app?.stop();
  await server?.stop();
  if (app) removeFolder(app.folder);
});

async function statementsOfImport(folder: string, mails: string[]): Promise<{ most: [string, number]; aBatch: number; batches: number }> {
  await server.createFolder(folder);
  await server.appendAll(folder, mails);
  const scanner = await addScanner(app, server, [{ folders: [folder] }], { name: folder });
  const counts = new Map<string, number>();
  const note = ({ sql }: { sql: string }) => {
    const kind = sql.replace(/\(?\?(, \?)*\)?(, \(\?(, \?)*\))*/g, '?');
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  };
  app.strapi.db.connection.on('query', note);
  const result = await app.api('POST', `/scanners/${scanner.documentId}/run`, { unread: 'take' });
  app.strapi.db.connection.removeListener('query', note);
  expect(result.byOutcome).toEqual({ processed: mails.length });
  const batches = [...counts]
    .filter(([sql]) => /^insert into `mail_scanner_messages`/.test(sql))
    .reduce((sum, [, count]) => sum + count, 0);
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const most = [...counts].filter(([sql]) => sql.includes('mail_scanner')).sort(([, one], [, other]) => other - one)[0];
  // What a scan asks once, whatever it finds: its settings, rules, folders and lease.
  return { most, aBatch: (all - 50) / batches, batches };
}

test('new emails and replies are each decided about and written by some statements a batch, none of them for each email', async () => {
  const news = Array.from({ length: COUNT }, (_, index) =>
    mail({ from: `person${index % 7}@customer.test`, subject: `Question ${index}` }),
  );
  const ofNews = await statementsOfImport('News', news);
  expect(ofNews.most[1], ofNews.most[0]).toBeLessThanOrEqual(2 * ofNews.batches + 6);
  expect(ofNews.aBatch).toBeLessThanOrEqual(30);

  const tickets = await app.strapi.db.query('plugin::mail-scanner.ticket').findMany({ populate: { contact: true } });
  const replies = tickets.map(({ ticketNumber, title, threadToken, contact }) =>
    mail({ from: contact.email, subject: `Re: ${title} [${ticketNumber}]`, headers: { References: `<${threadToken}@example.com>` } }),
  );
  expect(replies).toHaveLength(COUNT);
  const ofReplies = await statementsOfImport('Replies', replies);
  expect(ofReplies.most[1], ofReplies.most[0]).toBeLessThanOrEqual(2 * ofReplies.batches + 6);
  expect(ofReplies.aBatch).toBeLessThanOrEqual(34);
});
