import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** Two administrators change different things of one record at the same moment: each change is kept. */

let app: TestStrapi;
let scanner: string;
let rule: string;

beforeAll(async () => {
  app = await startStrapi();
  const login = { host: 'mail.example.com', username: 'help@example.com', password: 'secret' };
  scanner = (await app.api('POST', '/scanners', { name: 'Support', ...login })).documentId;
  rule = (await app.api('POST', `/scanners/${scanner}/rules`, { name: 'All', actions: [{ type: 'deleteMessage' }] })).documentId;
});

afterAll(async () => {
  await app?.stop();
  if (app) removeFolder(app.folder);
});

const outgoing = { host: 'smtp.example.com', port: 25, encryption: 'none', fromAddress: 'help@example.com' };

test.each([
  ['Additional Settings', () => '/settings', { ticketPrefix: 'NW' }, { staffDomains: ['northwind.example'] }],
  ['outgoing mail', () => '/outgoing-mail', { ...outgoing, fromName: 'Help' }, { ...outgoing, maxPerMinute: 12 }],
  ['targets', () => '/service-levels', { dueSoonMinutes: 45 }, { waitingPauses: false }],
  ['alerts', () => '/alerts', { afterMinutes: 45 }, { emails: ['duty@elsewhere.example'] }],
  ['an email template', () => '/email-templates/change-comments', { subject: '$helpdesk-ticket_no$ news' }, { active: false }],
  ['a rule', () => `/rules/${rule}`, { name: 'All mail' }, { folders: ['Archive'] }],
  ['a scanner', () => `/scanners/${scanner}`, { name: 'Sales' }, { scanEvery: 17 }],
])('two changes of %s at the same moment are both kept', async (_name, path, one, other) => {
  await Promise.all([app.api('PUT', path(), one), app.api('PUT', path(), other)]);
  expect(await app.api('GET', path())).toMatchObject({ ...one, ...other });
});
