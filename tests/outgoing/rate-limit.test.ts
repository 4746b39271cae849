import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSite, type Site } from '../support/desk';
import { addScanner, mail, setUpOutgoing } from '../support/helpdesk';

let { app, server, sink, stop } = {} as Site;

beforeAll(async () => {
  ({ app, server, sink, stop } = await startSite());
});

afterAll(() => stop?.());

test('no more emails leave in a minute than the provider takes; the others wait and leave later', async () => {
  const outbox = app.strapi.plugin('mail-scanner').service('outbox');
  const deliveries = app.strapi.db.query('plugin::mail-scanner.delivery');
  expect(await setUpOutgoing(app, sink, { maxPerMinute: 2 })).toMatchObject({ maxPerMinute: 2 });
  const scanner = await addScanner(app, server);
  await server.append('INBOX', mail());
  await app.api('POST', `/scanners/${scanner.documentId}/run`);
  const [ticket] = await app.api('GET', '/tickets');
  for (const text of ['One.', 'Two.', 'Three.']) await app.api('POST', `/tickets/${ticket.documentId}/comments`, { text, isPublic: true });
  await sink.received(2);
  await outbox.deliver();
  expect(sink.mails).toHaveLength(2);
  expect(await deliveries.count({ where: { state: 'queued', attempts: 0 } })).toBe(1);

  await deliveries.updateMany({ where: { state: 'sent' }, data: { sentAt: new Date(Date.now() - 61_000) } as never });
  await outbox.deliver();
  expect(sink.mails).toHaveLength(3);
});

test('a limit below one is refused, and nothing stands for none', async () => {
  const { status } = await app.request('PUT', '/outgoing-mail', { maxPerMinute: 0 });
  expect(status).toBe(400);
  expect(await app.api('PUT', '/outgoing-mail', { maxPerMinute: null })).toMatchObject({ maxPerMinute: null });
});
