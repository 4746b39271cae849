import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startSite, type Site } from '../support/desk';
import { addScanner, setUpOutgoing } from '../support/helpdesk';

/** What a site sets in config/plugins about where its server connects to, through every door. The rules themselves: reach.test.ts. */

let { app, server, sink, stop } = {} as Site;

beforeAll(async () => {
  ({ app, server, sink, stop } = await startSite());
});

afterAll(() => stop?.());

beforeEach(() => configure({ allowedHosts: null, allowPrivateAddresses: true }));

const configure = (values: Record<string, unknown>): void =>
  Object.entries(values).forEach(([name, value]) => app.strapi.config.set(`plugin::mail-scanner.${name}`, value));

const unsaved = () => ({
  host: server.host,
  port: server.imapPort,
  encryption: 'none',
  username: 'support@example.com',
  password: 'secret',
});

test('a mailbox at a private address is not connected to: neither by a test nor by a scan', async () => {
  const scanner = await addScanner(app, server);
  expect(await app.api('POST', '/scanners/test', unsaved())).toMatchObject({ ok: true });
  configure({ allowPrivateAddresses: false });
  for (const answer of [
    await app.api('POST', '/scanners/test', unsaved()),
    await app.api('POST', `/scanners/${scanner.documentId}/test`),
  ]) {
    expect(answer).toMatchObject({ ok: false, code: 'hostRefused', message: expect.stringContaining('allowPrivateAddresses') });
  }
  expect((await app.api('POST', `/scanners/${scanner.documentId}/run`)).error).toMatchObject({ code: 'hostRefused' });
});

test('a mailbox at another host than those of the site is not connected to', async () => {
  configure({ allowedHosts: ['*.example.com'] });
  expect(await app.api('POST', '/scanners/test', unsaved())).toMatchObject({
    ok: false,
    code: 'hostRefused',
    message: expect.stringContaining('allowedHosts'),
  });
  configure({ allowedHosts: ['*.example.com', server.host] });
  expect(await app.api('POST', '/scanners/test', unsaved())).toMatchObject({ ok: true });
});

test('the same holds for outgoing mail', async () => {
  await setUpOutgoing(app, sink);
  configure({ allowPrivateAddresses: false });
  const refused = await app.request('POST', '/outgoing-mail/test', { to: 'somebody@example.com' });
  expect(JSON.stringify(refused.body)).toContain('allowPrivateAddresses');
  expect(sink.mails).toEqual([]);
  configure({ allowPrivateAddresses: true });
  await app.api('POST', '/outgoing-mail/test', { to: 'somebody@example.com' });
  expect(sink.mails).toHaveLength(1);
});
