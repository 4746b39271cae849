import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDesk, type Desk } from '../support/desk';
import { addScanner, mail } from '../support/helpdesk';

/** What a batch asks of the database does not grow with its emails: the times are the machine's, the statements are ours. */

const COUNT = 60;

let desk: Desk;
let app: Desk['app'];

beforeAll(async () => {
  desk = await startDesk();
  ({ app } = desk);
});

afterAll(() => desk?.stop());

async function statementsOfImport(folder: string, mails: string[]): Promise<{ most: [string, number]; aBatch: number; batches: number }> {
  await desk.server.createFolder(folder);
  await desk.server.appendAll(folder, mails);
  const scanner = await addScanner(app, desk.server, [{ folders: [folder] }], { name: folder });
  const counts = new Map<string, number>();
  const note = ({ sql }: { sql: string }) => {
    // PostgreSQL numbers its placeholders.
    const kind = sql.replaceAll(/\$\d+/g, '?').replace(/\(?\?(, \?)*\)?(, \(\?(, \?)*\))*/g, '?');
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  };
  app.strapi.db.connection.on('query', note);
  const result = await app.api('POST', `/scanners/${scanner.documentId}/run`, { unread: 'take' });
  app.strapi.db.connection.removeListener('query', note);
  expect(result.byOutcome).toEqual({ processed: mails.length });
  const batches = [...counts]
    .filter(([sql]) => /^insert into .{0,20}\bmail_scanner_messages\b/.test(sql))
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
  // With those by which people are told of a batch, should that begin before the next one ends.
  expect(ofNews.aBatch).toBeLessThanOrEqual(80);

  const tickets = await app.strapi.db.query('plugin::mail-scanner.ticket').findMany({ populate: { contact: true } });
  const replies = tickets.map(({ ticketNumber, title, threadToken, contact }) =>
    mail({ from: contact.email, subject: `Re: ${title} [${ticketNumber}]`, headers: { References: `<${threadToken}@example.com>` } }),
  );
  expect(replies).toHaveLength(COUNT);
  const ofReplies = await statementsOfImport('Replies', replies);
  expect(ofReplies.most[1], ofReplies.most[0]).toBeLessThanOrEqual(2 * ofReplies.batches + 6);
  expect(ofReplies.aBatch).toBeLessThanOrEqual(80);
});

test('of what leaves together each row is written by itself when it begins, and all else is asked and noted together', async () => {
  const { strapi } = app;
  const deliveries = strapi.db.query('plugin::mail-scanner.delivery');
  const tickets = await strapi.db.query('plugin::mail-scanner.ticket').findMany({ select: ['id'] });
  const due = (nextAttemptAt: Date) => deliveries.updateMany({ where: { state: 'queued' }, data: { nextAttemptAt } as never });
  await strapi.db.transaction(async () => {
    for (const { id } of tickets) {
      const data = { ticket: id, text: 'It is repaired.', visibleText: 'It is repaired.', isPublic: true, source: 'admin', user: 1 };
      await strapi.db.query('plugin::mail-scanner.comment').create({ data: data as never });
    }
    // None leaves before all are there.
    await due(new Date(Date.now() + 3_600_000));
  });
  await due(new Date());
  const statements: string[] = [];
  const note = ({ sql }: { sql: string }) => void statements.push(sql);
  strapi.db.connection.on('query', note);
  await strapi.plugin('mail-scanner').service('outbox').deliver();
  strapi.db.connection.removeListener('query', note);
  expect(await deliveries.count({ where: { state: 'sent' } })).toBe(COUNT);
  const counts = new Map<string, number>();
  for (const sql of statements) {
    const kind = sql.replace(/\?(, \?)*/g, '?').replace(/^update `mail_scanner_deliveries` set `[^]*/, 'a row');
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const [, ...others] = [...counts].sort(([, one], [, other]) => other - one);
  // Rounds of ten, twenty and thirty; those that leave within a moment are noted by one commit.
  expect(others[0][1], others[0][0]).toBeLessThan(COUNT / 2);
});
