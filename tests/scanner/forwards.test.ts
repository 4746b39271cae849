import { afterAll, beforeAll, expect, test } from 'vitest';
import { addScanner, mail } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { TestMailServer } from '../support/mail-server';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

let app: TestStrapi;
let server: TestMailServer;
let scanner: { documentId: string };

beforeAll(async () => {
  server = await startHoodiecrow();
  app = await startStrapi();
  await app.api('PUT', '/settings', { staffDomains: ['example.com'] });
  scanner = await addScanner(app, server);
});

afterAll(async () => {
  await app.stop();
  await server.stop();
  removeFolder(app.folder);
});

const forwarded = (from: string) =>
  mail({
    from,
    subject: 'Fwd: Can we pay by transfer?',
    text: 'This came to me.\n\n---------- Forwarded message ---------\nFrom: Carla Customer <carla@customer.test>\nDate: Mon, 5 Jan 2026 at 10:00\nSubject: Can we pay by transfer?\nTo: <tom@example.com>\n\nHello Tom,\ncan we pay by bank transfer?\n',
  });

async function ticketOf(source: string) {
  await server.append('INBOX', source);
  await app.api('POST', `/scanners/${scanner.documentId}/run`);
  const [{ documentId }] = await app.api('GET', '/tickets?sort=createdAt:desc');
  return app.api('GET', `/tickets/${documentId}`);
}

test('what a colleague forwards belongs to the customer who wrote it, and the colleague stays the author', async () => {
  const ticket = await ticketOf(forwarded('Tom Colleague <tom@example.com>'));
  expect(ticket).toMatchObject({
    title: 'Can we pay by transfer?',
    contact: { email: 'carla@customer.test', firstName: 'Carla', lastName: 'Customer' },
  });
  expect(ticket.description).toContain('can we pay by bank transfer?');
  // What the colleague wrote above it stays in the house, also where a template tells the description.
  expect(ticket.description).not.toContain('This came to me.');
  expect(ticket.comments[0]).toMatchObject({ authorAddress: 'tom@example.com', contact: null, isByColleague: true });
  // The customer's words come first; the note is below them.
  expect(ticket.comments[0].visibleText).toMatch(/^Hello Tom,\ncan we pay by bank transfer\?\n[^]*Tom Colleague[^]*This came to me\.$/);
});

test('what a customer forwards stays the customer’s', async () => {
  const ticket = await ticketOf(forwarded('Rita Reseller <rita@reseller.test>'));
  expect(ticket).toMatchObject({
    contact: { email: 'rita@reseller.test' },
    comments: [{ contact: { email: 'rita@reseller.test' }, isByColleague: false }],
  });
});
