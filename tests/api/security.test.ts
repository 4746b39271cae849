import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSite, type Site } from '../support/desk';
import { addScanner, mail } from '../support/helpdesk';
import type { TestMailServer } from '../support/mail-server';
import type { TestStrapi } from '../support/strapi';

/** Doors that are to stay shut. Who may call which route: permissions.test.ts. */

let site: Site;
let app: TestStrapi;
let server: TestMailServer;

beforeAll(async () => {
  site = await startSite();
  ({ app, server } = site);
});

afterAll(() => site?.stop());

test('what a browser sends by itself, its cookies, opens nothing: another site cannot act for an administrator', async () => {
  const signedIn = await fetch(`${app.base}/admin/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'admin@example.com', password: 'Passw0rd!test' }),
  });
  const cookies = signedIn.headers.getSetCookie();
  const { token } = ((await signedIn.json()) as { data: { token: string } }).data;
  expect(cookies.length).toBeGreaterThan(0);
  const { documentId } = await addScanner(app, server);
  const cookie = [...cookies.map((line) => line.split(';')[0]), `jwtToken=${token}`].join('; ');
  for (const [method, path] of [
    ['POST', `/scanners/${documentId}/run`],
    ['DELETE', `/scanners/${documentId}`],
    ['GET', '/tickets'],
  ]) {
    expect((await fetch(`${app.base}/mail-scanner${path}`, { method, headers: { cookie } })).status, path).toBe(401);
  }
});

describe('attachments', () => {
  const hostile = [
    'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee the files.',
    '--b\r\nContent-Type: image/svg+xml\r\nContent-Disposition: attachment; filename="../../etc/logo.svg"\r\n\r\n<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "--b\r\nContent-Type: text/html\r\nContent-Disposition: attachment; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x%3D1.html\r\n\r\n<script>alert(1)</script>\r\n--b--\r\n",
  ].join('\r\n');

  test('come as a download that no browser shows or runs, whatever they are and however they are called', async () => {
    const { documentId } = await addScanner(app, server);
    await server.append('INBOX', mail({ subject: 'Hostile files' }).replace(/Content-Type[^]*$/, hostile));
    await app.api('POST', `/scanners/${documentId}/run`);
    const { token } = (await app.request('POST', '/admin/login', { email: 'admin@example.com', password: 'Passw0rd!test' }, null)).body
      .data;
    const [ticket] = await app.api('GET', '/tickets?search=Hostile');
    const [{ attachments }] = (await app.api('GET', `/tickets/${ticket.documentId}`)).comments;
    expect(attachments.map(({ mime }: any) => mime)).toEqual(['image/svg+xml', 'text/html']);
    for (const attachment of attachments) {
      expect(attachment.name).not.toMatch(/[/\\\r\n]/);
      const { headers } = await fetch(`${app.base}/mail-scanner/attachments/${attachment.documentId}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(headers.get('content-type')).toBe('application/octet-stream');
      expect(headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''[\w.%-]+$/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain('sandbox');
      expect(headers.get('set-cookie')).toBeNull();
    }
  });
});

test('the Content Manager offers the helpdesk’s records alone, not how mailboxes are reached, what was sent or where files lie', async () => {
  const types: any[] = (await app.request('GET', '/content-manager/content-types')).body.data;
  const shown = types
    .filter(({ uid, isDisplayed }) => uid.startsWith('plugin::mail-scanner.') && isDisplayed)
    .map(({ uid }) => uid.split('.')[1]);
  expect(shown.sort()).toEqual(['account', 'comment', 'contact', 'tag', 'ticket', 'ticket-status']);
});

test.each([
  ['connection tests, by which passwords could be guessed', 'POST', '/scanners/test', { host: '' }, 400, 60],
  ['test emails', 'POST', '/outgoing-mail/test', { to: 'nobody' }, 400, 20],
  ['ends of a sign-in, by which states could be guessed', 'GET', '/oauth/microsoft/callback?state=guess&code=x', undefined, 302, 60],
])('%s are limited to so many a minute', async (_, method, path, body, usual, limit) => {
  // All within one minute by the clock, on which the limit counts.
  const left = 60_000 - (Date.now() % 60_000);
  if (left < 10_000) await new Promise((resolve) => setTimeout(resolve, left));
  const statuses: number[] = [];
  for (let call = 0; call <= limit; call += 1) statuses.push((await app.request(method, path, body)).status);
  expect(new Set(statuses.slice(0, limit))).toEqual(new Set([usual]));
  expect(statuses[limit]).toBe(429);
});
