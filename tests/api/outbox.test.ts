import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setUpOutgoing } from '../support/helpdesk';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

require('../support/fake-internet.cjs');

const DELIVERY = 'plugin::mail-scanner.delivery';
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

let app: TestStrapi;
let sink: SmtpSink;
let ticket: any;

beforeAll(async () => {
  app = await startStrapi();
  sink = await startSmtpSink();
  const contact = await app.strapi.documents('plugin::mail-scanner.contact').create({ data: { email: 'jane@customer.test' } as never });
  ticket = await app.api('POST', '/tickets', { title: 'Printer', contact: contact.id });
});
afterAll(async () => {
  await app?.stop();
  await sink?.stop();
  removeFolder(app.folder);
});

describe('the outbox', () => {
  const reply = async (text: string) =>
    (
      await app.strapi
        .documents('plugin::mail-scanner.comment')
        .create({ data: { ticket: ticket.id, text, isPublic: true, source: 'admin' } as never })
    ).documentId;
  const deliveryOf = (comment: string) => app.strapi.db.query(DELIVERY).findOne({ where: { comment: { documentId: comment } } });
  const set = (id: number, data: object) => app.strapi.db.query(DELIVERY).updateMany({ where: { id }, data: data as never });
  const deliver = () => app.strapi.plugin('mail-scanner').service('outbox').deliver();

  test('all that failed is sent again at once, but neither what came back nor what was cancelled', async () => {
    const [failed, bounced, cancelled] = [
      await deliveryOf(await reply('failed')),
      await deliveryOf(await reply('bounced')),
      await deliveryOf(await reply('cancelled')),
    ];
    await set(failed.id, { state: 'failed', lastError: 'Refused', attempts: 3 });
    await set(bounced.id, { state: 'failed', bouncedAt: new Date(), attempts: 1 });
    await app.api('POST', `/deliveries/${cancelled.documentId}/cancel`);
    const states = async (state: string) => (await app.api('GET', `/deliveries?state=${state}`)).map(({ documentId }: any) => documentId);
    expect(await states('bounced')).toEqual([bounced.documentId]);
    expect(await states('cancelled')).toEqual([cancelled.documentId]);
    await setUpOutgoing(app, sink);
    expect(await app.api('POST', '/deliveries/retry')).toEqual({ retried: 1 });
    await deliver();
    expect(await states('sent')).toEqual([failed.documentId]);
    expect(await sink.received(1)).toHaveLength(1);
  });

  test('what has left cannot be cancelled; what was cancelled can be sent after all', async () => {
    const [sent] = await app.api('GET', '/deliveries?state=sent');
    expect((await app.request('POST', `/deliveries/${sent.documentId}/cancel`)).status).toBe(400);
    const [cancelled] = await app.api('GET', '/deliveries?state=cancelled');
    expect(cancelled.ticket).toMatchObject({ ticketNumber: ticket.ticketNumber, title: 'Printer' });
    await app.api('POST', `/deliveries/${cancelled.documentId}/retry`);
    await deliver();
    expect((await app.api('GET', '/deliveries?state=sent')).map(({ documentId }: any) => documentId)).toContain(cancelled.documentId);
  });
});

describe('what belongs to a comment', () => {
  let internet: Server;
  let comment: any;
  const asked: string[] = [];

  beforeAll(async () => {
    internet = createServer(({ url }, response) => {
      asked.push(url!);
      response.writeHead(200, { 'content-type': 'image/gif' }).end(GIF);
    });
    await new Promise<void>((resolve) => internet.listen(0, '127.0.0.1', resolve));
    process.env.FAKE_INTERNET_PORT = String((internet.address() as AddressInfo).port);
    const html =
      '<p>&lt;img data-remote-src="http://text.internet.test/"&gt;</p><img src="http://a.internet.test/x?a=1&amp;b=%22"><img src="http://127.0.0.1/secret">';
    comment = await app.strapi
      .documents('plugin::mail-scanner.comment')
      .create({ data: { ticket: ticket.id, html, isPublic: false, source: 'email' } as never });
  });
  afterAll(() => internet?.close());

  const picture = (url: string) =>
    fetch(`${app.base}/mail-scanner/comments/${comment.documentId}/picture?url=${encodeURIComponent(url)}`, {
      headers: { authorization: `Bearer ${token}` },
    });
  let token: string;
  beforeAll(async () => {
    const { body } = await app.request('POST', '/admin/login', { email: 'admin@example.com', password: 'Passw0rd!test' }, null);
    token = body.data.token ?? body.data.accessToken;
  });

  test('its remote pictures come by way of the server', async () => {
    const answer = await picture('http://a.internet.test/x?a=1&b=%22');
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-security-policy')]).toEqual([
      200,
      'image/gif',
      "sandbox; default-src 'none'",
    ]);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(GIF);
    expect(asked).toEqual(['/x?a=1&b=%22']);
  });

  test('no address that the comment does not hold is fetched, and none in the own network', async () => {
    asked.length = 0;
    expect((await picture('http://a.internet.test/other')).status).toBe(404);
    expect((await picture('http://text.internet.test/')).status).toBe(404);
    expect((await picture('http://127.0.0.1/secret')).status).toBe(502);
    expect(asked).toEqual([]);
  });

  test('its email can be had as it came, where that was kept', async () => {
    const source = `/comments/${comment.documentId}/source`;
    expect((await app.request('GET', source)).status).toBe(404);
    const { saveFile } = await import('../../server/services/storage/files');
    const sourceKey = await saveFile(app.strapi, Buffer.from('Subject: As it came\r\n\r\nHello'));
    await app.strapi.db
      .query('plugin::mail-scanner.message')
      .create({ data: { folder: 'INBOX', uidValidity: '1', uid: '1', outcome: 'processed', comment: comment.id, sourceKey } as never });
    const kept = (await app.api('GET', `/tickets/${ticket.documentId}`)).comments.filter(({ hasSource }: any) => hasSource);
    expect(kept.map(({ documentId }: any) => documentId)).toEqual([comment.documentId]);
    expect((await app.request('GET', source)).body).toContain('Subject: As it came');
  });
});

test('tickets opened on each day, by the days of who asks', async () => {
  const day = 86_400_000;
  const starts = [3, 2, 1].map((days) => new Date(Date.now() - days * day).toISOString());
  await app.strapi.db
    .query('plugin::mail-scanner.ticket')
    .create({ data: { title: 'Old', createdAt: new Date(Date.now() - 2.5 * day) } as never });
  const counts = (await app.api('GET', `/tickets/opened?starts=${starts.join()}`)).map(({ count }: any) => count);
  expect(counts).toEqual([1, 0, 1]);
  expect((await app.request('GET', '/tickets/opened?starts=yesterday')).status).toBe(400);
  expect((await app.request('GET', '/tickets/opened')).status).toBe(400);
});
