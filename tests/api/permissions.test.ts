import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHoodiecrow } from '../support/hoodiecrow';
import { addScanner, mail, setUpOutgoing } from '../support/helpdesk';
import type { TestMailServer } from '../support/mail-server';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/**
 * Who may call what (of several permissions, one is enough): the whole admin API, written down a second time. A route that is missing here fails the test, so that
 * nobody adds one without saying who it is for.
 */
const READ = ['read-tickets', 'read-own-tickets'];
const ANSWER = ['reply-to-tickets', 'write-internal-notes'];
const SEES_WORK = ['read-scanners', 'run-scanners', 'edit-tickets', 'assign-tickets'];

const WHO: Record<string, string | string[]> = {
  'GET /scanners': 'read-scanners',
  'POST /scanners': 'manage-scanners',
  'POST /scanners/test': 'manage-scanners',
  'GET /scanners/:id': 'read-scanners',
  'PUT /scanners/:id': 'manage-scanners',
  'DELETE /scanners/:id': 'manage-scanners',
  'POST /scanners/:id/test': 'manage-scanners',
  'GET /scanners/:id/folders': 'read-scanners',
  'GET /scanners/:id/unread': ['manage-scanners', 'run-scanners'],
  'POST /scanners/:id/run': 'run-scanners',
  'POST /scanners/:id/preview': 'run-scanners',
  'GET /scanners/:id/rules': 'read-scanners',
  'POST /scanners/:id/rules': 'manage-scanners',
  'PUT /scanners/:id/rules/order': 'manage-scanners',
  'POST /scanners/:id/rules/import': 'manage-scanners',
  'POST /scanners/:id/rules/try': 'manage-scanners',
  'GET /rule-proposal': 'read-scan-log',
  'GET /rules/:id': 'read-scanners',
  'PUT /rules/:id': 'manage-scanners',
  'DELETE /rules/:id': 'manage-scanners',
  'GET /rule-schema': 'read-scanners',
  'GET /work': SEES_WORK,
  'GET /work/:id': SEES_WORK,
  'POST /work/:id/stop': ['run-scanners', 'edit-tickets', 'assign-tickets'],
  'GET /messages': 'read-scan-log',
  'POST /messages/retry': 'run-scanners',
  'GET /messages/:id': 'read-scan-log',
  'GET /messages/:id/raw': 'read-scan-log',
  'POST /messages/:id/retry': 'run-scanners',
  'GET /oauth-providers': 'manage-scanners',
  'PUT /oauth-providers/:provider': 'manage-scanners',
  'DELETE /oauth-providers/:provider': 'manage-scanners',
  'GET /oauth/:provider/start': 'manage-scanners',
  'GET /oauth-failures/:id': 'manage-scanners',
  'GET /authorizations': 'manage-scanners',
  'POST /authorizations': 'manage-scanners',
  'DELETE /authorizations/:id': 'manage-scanners',
  'GET /block-list': 'manage-block-list',
  'POST /block-list': 'manage-block-list',
  'PUT /block-list': 'manage-block-list',
  'DELETE /block-list/:id': 'manage-block-list',
  'POST /block-list/blocked': [...ANSWER, 'edit-tickets'],
  'POST /block-list/:id/decide-again': 'run-scanners',
  'GET /dead-letters': 'read-scanners',
  'POST /dead-letters/:id/retry': 'run-scanners',
  'GET /email-templates': 'manage-email-templates',
  'GET /email-templates/:key': 'manage-email-templates',
  'PUT /email-templates/:key': 'manage-email-templates',
  'POST /email-templates/:key/preview': 'manage-email-templates',
  'POST /email-templates/:key/reset': 'manage-email-templates',
  'GET /webhooks': 'manage-scanners',
  'POST /webhooks': 'manage-scanners',
  'PUT /webhooks/:id': 'manage-scanners',
  'DELETE /webhooks/:id': 'manage-scanners',
  'POST /webhooks/:id/retry': 'manage-scanners',
  'GET /triggers': 'read-scanners',
  'POST /triggers': 'manage-scanners',
  'POST /triggers/import': 'manage-scanners',
  'POST /triggers/count': 'manage-scanners',
  'GET /triggers/:id': 'read-scanners',
  'PUT /triggers/:id': 'manage-scanners',
  'DELETE /triggers/:id': 'manage-scanners',
  'GET /trigger-schema': 'read-scanners',
  'GET /canned-replies': [...ANSWER, 'manage-email-templates'],
  'POST /canned-replies': [...ANSWER, 'manage-email-templates'],
  'GET /canned-replies/tags': [...ANSWER, 'manage-email-templates'],
  'GET /canned-replies/:id': [...ANSWER, 'manage-email-templates'],
  'PUT /canned-replies/:id': [...ANSWER, 'manage-email-templates'],
  'DELETE /canned-replies/:id': [...ANSWER, 'manage-email-templates'],
  'POST /canned-replies/:id/attachments': ANSWER,
  'GET /content-links': 'manage-outgoing-mail',
  'PUT /content-links': 'manage-outgoing-mail',
  'GET /content-entries': [...ANSWER, 'edit-tickets'],
  'GET /content-entries/:uid/:id': [...ANSWER, 'edit-tickets'],
  'GET /outgoing-mail': 'manage-outgoing-mail',
  'PUT /outgoing-mail': 'manage-outgoing-mail',
  'POST /outgoing-mail/test': 'manage-outgoing-mail',
  'POST /outgoing-mail/round-trip': 'manage-outgoing-mail',
  'POST /outgoing-mail/round-trip/look': 'manage-outgoing-mail',
  'GET /settings': 'manage-outgoing-mail',
  'PUT /settings': 'manage-outgoing-mail',
  'GET /contacts/:id/export': 'manage-contact-data',
  'GET /contacts/:id/erasure': 'manage-contact-data',
  'DELETE /contacts/:id': 'manage-contact-data',
  'GET /reports': 'read-reports',
  'GET /reports/csv': 'read-reports',
  'GET /service-levels': 'manage-outgoing-mail',
  'PUT /service-levels': 'manage-outgoing-mail',
  'GET /alerts': 'manage-outgoing-mail',
  'PUT /alerts': 'manage-outgoing-mail',
  'POST /alerts/test': 'manage-outgoing-mail',
  'GET /status': 'read-scanners',
  'GET /first-steps': ['read-scanners', 'manage-scanners', 'manage-outgoing-mail'],
  'GET /tickets': READ,
  'POST /tickets': 'edit-tickets',
  'GET /tickets/new': 'edit-tickets',
  'GET /tickets/summary': READ,
  'GET /tickets/assignees': [...READ, 'manage-teams'],
  'GET /tickets/opened': READ,
  'POST /tickets/closing-emails': 'edit-tickets',
  'PUT /tickets/spam': 'edit-tickets',
  'PUT /tickets/bulk': ['edit-tickets', 'assign-tickets'],
  'GET /tickets/:id': READ,
  'PUT /tickets/:id': ['edit-tickets', 'assign-tickets'],
  'GET /tickets/:id/comments': READ,
  'POST /tickets/:id/comments': ['reply-to-tickets', 'write-internal-notes'],
  'POST /tickets/:id/forward': 'reply-to-tickets',
  'POST /comments/:id/undo': 'reply-to-tickets',
  'POST /comments/:id/attachments': 'reply-to-tickets',
  'PUT /tickets/:id/presence': ['reply-to-tickets', 'write-internal-notes'],
  'GET /tickets/:id/canned-replies': ['reply-to-tickets', 'write-internal-notes'],
  'POST /attachments': ['reply-to-tickets', 'write-internal-notes'],
  'DELETE /attachments/:id': ['reply-to-tickets', 'write-internal-notes'],
  'DELETE /tickets/:id': 'delete-tickets',
  'POST /tickets/:id/merge': 'merge-tickets',
  'POST /tickets/:id/split': 'merge-tickets',
  'PUT /tickets/:id/seen': READ,
  'GET /tickets/:id/activities': READ,
  'GET /my-signature': 'reply-to-tickets',
  'PUT /my-signature': 'reply-to-tickets',
  'GET /tickets/:id/people': 'reply-to-tickets',
  'GET /tickets/:id/mentionable': READ,
  'PUT /tickets/:id/follow': READ,
  'PUT /tickets/:id/mute': READ,
  'GET /notices': READ,
  'GET /notices/news': READ,
  'GET /notices/choices': READ,
  'PUT /notices/choices': READ,
  'PUT /notices/read': READ,
  'GET /saved-views': READ,
  'POST /saved-views': READ,
  'PUT /saved-views/order': READ,
  'PUT /saved-views/:id': READ,
  'DELETE /saved-views/:id': READ,
  'GET /tags': [...READ, 'edit-tickets', 'read-scanners', 'manage-tags'],
  'POST /tags': 'manage-tags',
  'PUT /tags/:id': 'manage-tags',
  'DELETE /tags/:id': 'manage-tags',
  'GET /ticket-statuses': [...READ, 'edit-tickets', 'read-scanners', 'manage-statuses'],
  'POST /ticket-statuses': 'manage-statuses',
  'PUT /ticket-statuses/order': 'manage-statuses',
  'PUT /ticket-statuses/:id': 'manage-statuses',
  'DELETE /ticket-statuses/:id': 'manage-statuses',
  'PUT /agents/:id/absence': [...READ, 'manage-teams'],
  'GET /teams': [...READ, 'edit-tickets', 'assign-tickets', 'read-scanners', 'manage-teams'],
  'POST /teams': 'manage-teams',
  'PUT /teams/:id': 'manage-teams',
  'DELETE /teams/:id': 'manage-teams',
  'GET /contacts': READ,
  'POST /contacts': 'edit-contacts',
  'GET /contacts/:id': READ,
  'PUT /contacts/:id': 'edit-contacts',
  'GET /contacts/:id/alike': 'edit-contacts',
  'GET /contacts/:id/merge': 'edit-contacts',
  'POST /contacts/:id/merge': 'edit-contacts',
  'GET /accounts': READ,
  'POST /accounts': 'edit-contacts',
  'GET /accounts/:id': READ,
  'PUT /accounts/:id': 'edit-contacts',
  'GET /accounts/:id/merge': 'edit-contacts',
  'POST /accounts/:id/merge': 'edit-contacts',
  'GET /attachments/:id': READ,
  'GET /comments/:id/picture': READ,
  'GET /comments/:id/source': READ,
  'GET /deliveries': READ,
  'POST /deliveries/retry': 'reply-to-tickets',
  'POST /deliveries/:id/retry': 'reply-to-tickets',
  'POST /deliveries/:id/cancel': 'reply-to-tickets',
};

/** Routes that ask for no sign-in, with what guards them instead. */
const OPEN_TO_ALL: Record<string, string> = {
  'GET /health': 'the monitoring token of config/plugins; without one there is no such route',
  'GET /metrics': 'the monitoring token as well, and only where metrics are switched on',
  'GET /customer': 'everybody: a page that shows nothing without the link of an email',
  'GET /customer/ticket': 'the link of one email to one customer, in the Authorization header',
  'GET /customer/files/:id': 'the same link, for a file of what it shows',
  'POST /customer/comments': 'the same link',
  'POST /customer/close': 'the same link',
  'GET /rating/:token': 'the token of one email to one customer, which nobody can guess; it shows a form and changes nothing',
  'POST /rating/:token': 'the same token',
  'GET /oauth/:provider/callback': 'a state that was given to an administrator, once, a moment ago, and the cookie of that browser',
};

const PERMISSIONS = [...new Set(Object.values(WHO).flat())];

let app: TestStrapi;
const tokens = new Map<string, string>();

beforeAll(async () => {
  app = await startStrapi({ env: { LOG_LEVEL: 'error' } });
  await addRole('nothing', []);
  for (const permission of PERMISSIONS) await addRole(`only ${permission}`, [permission]);
  for (const enough of new Set(Object.values(WHO).map((who) => [who].flat().join()))) {
    await addRole(
      `all but ${enough}`,
      PERMISSIONS.filter((other) => !enough.split(',').includes(other)),
    );
  }
});

afterAll(async () => {
  await app?.stop();
  if (app) removeFolder(app.folder);
});

/** A role with these permissions, and somebody in it who is signed in. */
async function addRole(name: string, permissions: string[]): Promise<void> {
  const role = await app.strapi.service('admin::role')!.create({ name, description: name });
  const granted = permissions.map((permission) => ({
    action: `plugin::mail-scanner.${permission}`,
    subject: null,
    properties: {},
    conditions: [],
  }));
  await app.strapi.service('admin::role')!.assignPermissions(role.id, granted);
  const email = `${name.replaceAll(/[ ,]/g, '-')}@example.com`;
  await app.strapi
    .service('admin::user')!
    .create({ email, password: 'Passw0rd!role', firstname: name, lastname: '', isActive: true, registrationToken: null, roles: [role.id] });
  const { body } = await app.request('POST', '/admin/login', { email, password: 'Passw0rd!role' }, null);
  tokens.set(name, body.data.token ?? body.data.accessToken);
}

const adminRoutes = (): { method: string; path: string; config: { policies: unknown[] } }[] =>
  (app.strapi.plugin('mail-scanner').routes as any).admin.routes;

test('every route of the admin API has its entry here, and every entry its route', () => {
  const routes = adminRoutes().map(({ method, path }) => `${method} ${path}`);
  expect(routes.filter((route) => !(route in OPEN_TO_ALL)).sort()).toEqual(Object.keys(WHO).sort());
});

test('there are no routes beside the admin API and the closed REST types, and none is open without a reason', () => {
  const routers: Record<string, { type: string; routes: { method: string; path: string; config?: { auth?: unknown } }[] }> =
    app.strapi.plugin('mail-scanner').routes as any;
  expect(
    Object.values(routers)
      .map(({ type }) => type)
      .sort(),
  ).toEqual(['admin', 'content-api']);
  const open = Object.values(routers)
    .flatMap(({ routes }) => routes)
    .filter(({ config }) => config?.auth === false);
  expect(open.map(({ method, path }) => `${method} ${path}`).filter((route) => !(route in OPEN_TO_ALL))).toEqual([]);
});

describe.each(Object.entries(WHO))('%s', (route, who) => {
  const enough = [who].flat();
  const [method, path] = route.split(' ');
  const url = path.replace(':id', 'nobodysdocumentid').replace(':key', 'no-such-template').replace(':provider', 'no-such-provider');
  const body = method === 'GET' ? undefined : {};
  const status = async (token: string | null) => (await app.request(method, url, body, token)).status;

  test('needs an administrator', async () => {
    expect(await status(null)).toBe(401);
    expect(await status('not-a-token')).toBe(401);
  });

  test(`is closed without ${enough.join(' and ')}, whatever else the role may do`, async () => {
    expect(await status(tokens.get('nothing')!)).toBe(403);
    expect(await status(tokens.get(`all but ${enough}`)!)).toBe(403);
  });

  test.each(enough)('is open with %s alone', async (permission) => {
    const answer = await status(tokens.get(`only ${permission}`)!);
    expect([401, 403]).not.toContain(answer);
    expect(answer).toBeLessThan(500);
  });
});

describe('secrets', () => {
  const MAILBOX_PASSWORD = 'mailbox-Pa55-never-to-be-seen';
  const SMTP_PASSWORD = 'smtp-Pa55-never-to-be-seen';
  const SECRETS = new RegExp(`${MAILBOX_PASSWORD}|${SMTP_PASSWORD}|${Buffer.from(SMTP_PASSWORD).toString('base64')}`);
  let server: TestMailServer;
  let sink: SmtpSink;
  const logged: string[] = [];

  beforeAll(async () => {
    server = await startHoodiecrow();
    sink = await startSmtpSink({ auth: () => false });
    // Everything that is logged at any level, without printing it.
    const log = app.strapi.log as any;
    log.level = 'silly';
    for (const transport of log.transports) transport.silent = true;
    log.on('data', (info: unknown) => logged.push(JSON.stringify(info)));
  });

  afterAll(async () => {
    await sink?.stop();
    await server?.stop();
  });

  test('are in no answer, no log, no error and in no table in the clear', async () => {
    const scanner = await addScanner(app, server, [{}], { password: MAILBOX_PASSWORD });
    await setUpOutgoing(app, sink, { username: 'support@example.com', password: SMTP_PASSWORD });
    await server.append('INBOX', mail({ subject: 'Secrets' }));
    const answers: string[] = [];
    const call = async (method: string, url: string, body?: unknown) =>
      answers.push(JSON.stringify((await app.request(method, url, body)).body));
    for (const route of Object.keys(WHO).filter((name) => name.startsWith('GET'))) {
      await call('GET', route.slice(4).replace(':id', scanner.documentId).replace(':key', 'change-comments'));
    }
    await call('POST', '/scanners/test', {
      host: server.host,
      port: server.imapPort,
      encryption: 'none',
      username: 'x',
      password: MAILBOX_PASSWORD,
    });
    await call('POST', `/scanners/${scanner.documentId}/test`, {});
    await call('POST', `/scanners/${scanner.documentId}/run`);
    await call('PUT', `/scanners/${scanner.documentId}`, { name: 'Renamed', password: MAILBOX_PASSWORD });
    await call('PUT', `/scanners/${scanner.documentId}`, { name: '', password: MAILBOX_PASSWORD });
    await call('PUT', '/outgoing-mail', { password: SMTP_PASSWORD });
    await call('PUT', '/outgoing-mail', { password: SMTP_PASSWORD, port: 0 });
    await call('POST', '/outgoing-mail/test', { to: 'somebody@example.com' });
    for (const type of ['scanner', 'authorization', 'delivery'])
      await call('GET', `/content-manager/collection-types/plugin::mail-scanner.${type}`);
    expect(answers.filter((answer) => SECRETS.test(answer))).toEqual([]);
    expect(answers.some((answer) => answer.includes('"hasPassword":true'))).toBe(true);
    expect(logged.length).toBeGreaterThan(0);
    expect(logged.filter((line) => SECRETS.test(line))).toEqual([]);

    const { connection } = app.strapi.db;
    for (const name of await app.strapi.db.dialect.schemaInspector.getTables())
      expect(JSON.stringify(await connection(name).select('*')), name).not.toMatch(SECRETS);
  });

  test('are in no export, not even encrypted', async () => {
    const { strapi } = app;
    const stages = ['createEntitiesReadStream', 'createLinksReadStream', 'createConfigurationReadStream'] as const;
    const provider: any = require('@strapi/data-transfer').strapi.providers.createLocalStrapiSourceProvider({
      getStrapi: () => strapi,
      autoDestroy: false,
    });
    await provider.bootstrap({ report: () => {} });
    const exported: string[] = [];
    for (const stage of stages) for await (const item of await provider[stage]()) exported.push(JSON.stringify(item));
    const [{ value }] = await strapi.db.connection('mail_scanner_secrets').select('value');
    expect(exported.join()).toContain('plugin::mail-scanner.scanner');
    expect(exported.filter((item) => SECRETS.test(item) || item.includes(value))).toEqual([]);
  });

  test('are gone with their scanner', async () => {
    const [{ documentId }] = await app.api('GET', '/scanners');
    await app.api('DELETE', `/scanners/${documentId}`);
    expect(await app.strapi.db.connection('mail_scanner_secrets').where('name', 'like', `%${documentId}%`)).toEqual([]);
  });
});

describe('what cannot be saved says where', () => {
  const valid = { name: 'A', host: 'mail.example.com', username: 'u', password: 'p' };
  const group = (rules: unknown[]) => ({ combinator: 'and', rules });

  test.each<[string, string, Record<string, unknown>, string[]]>([
    ['POST', '/scanners', {}, ['host', 'name', 'username', 'password']],
    [
      'POST',
      '/scanners',
      { ...valid, port: 70_000, scanEvery: 0, encryption: 'tls', fromAddress: 'nobody' },
      ['port', 'scanEvery', 'encryption', 'fromAddress'],
    ],
    ['POST', '/scanners', { ...valid, username: '', password: '' }, ['username', 'password']],
    ['POST', '/scanners/test', { host: '' }, ['host']],
    ['POST', '/scanners/:id/rules', { name: '' }, ['name']],
    [
      'POST',
      '/scanners/:id/rules',
      {
        name: 'R',
        conditions: group([
          { field: 'subject', operator: 'contains', value: 'x' },
          { field: 'subject', operator: 'matches', value: '(' },
        ]),
      },
      ['conditions.rules.1.value'],
    ],
    [
      'POST',
      '/scanners/:id/rules',
      { name: 'R', conditions: group([group([{ field: 'no such field', operator: 'contains', value: 'x' }])]) },
      ['conditions.rules.0.rules.0.field'],
    ],
    [
      'POST',
      '/scanners/:id/rules',
      { name: 'R', actions: [{ type: 'createContact' }, { type: 'createOrUpdateTicket', config: { regex: '(' } }] },
      ['actions.1.config.regex'],
    ],
    [
      'POST',
      '/scanners/:id/rules',
      { name: 'R', actions: [{ type: 'moveToFolder', config: { folder: '' } }, { type: 'noSuchAction' }] },
      ['actions.0.config.folder', 'actions.1.type'],
    ],
    ['PUT', '/scanners/:id/rules/order', { order: ['nobody'] }, ['order']],
    ['PUT', '/email-templates/change-comments', { subject: '', sendTo: [] }, ['subject', 'sendTo']],
    ['PUT', '/outgoing-mail', { host: '', username: '', fromAddress: 'nobody' }, ['host', 'fromAddress']],
    ['POST', '/outgoing-mail/test', { to: 'nobody' }, ['to']],
    ['PUT', '/settings', { ticketPrefix: '1', maxMessageMegabytes: 0 }, ['ticketPrefix', 'maxMessageMegabytes']],
    ['POST', '/tickets/:ticket/comments', { text: ' ' }, ['isPublic']],
    ['POST', '/tickets/:ticket/comments', { text: ' ', isPublic: true }, ['text']],
    ['POST', '/tickets', {}, ['title']],
    ['PUT', '/tickets/bulk', { ids: [], data: { ticketStatus: 'Nowhere' } }, ['ids', 'data.ticketStatus']],
    ['PUT', '/tickets/:ticket', { ticketStatus: 'Nowhere' }, ['ticketStatus']],
    ['PUT', '/tickets/:ticket', { contactEmail: 'nobody', addParticipants: ['nobody'] }, ['contactEmail', 'addParticipants.0']],
    ['POST', '/tickets', { title: 'T', comment: { text: 'Hello', isPublic: true } }, ['contactEmail']],
    ['POST', '/tickets', { title: 'T', contactEmail: 'jane@customer.test', comment: { text: ' ', isPublic: true } }, ['comment.text']],
    ['POST', '/tickets/:ticket/merge', {}, ['into']],
    ['POST', '/tickets/:ticket/split', {}, ['comment']],
    ['POST', '/contacts', { email: 'nobody' }, ['email']],
    ['POST', '/accounts', { name: ' ', domain: 'no domain', email: 'nobody' }, ['name', 'domain', 'email']],
    ['GET', '/messages?outcome=odd', {}, ['outcome']],
    ['GET', '/messages?since=yesterday', {}, ['since']],
    ['GET', '/tickets?sort=password:asc', {}, ['sort']],
    ['GET', '/tickets?assignee=somebody', {}, ['assignee']],
  ])('%s %s %j', async (method, path, body, paths) => {
    const server = { connection: async () => ({ host: '127.0.0.1', port: 1, encryption: 'none', username: 'u', password: 'secret' }) };
    const url = path.includes(':id')
      ? path.replace(':id', (await addScanner(app, server, [])).documentId)
      : path.replace(':ticket', await anyTicket());
    const answer = await app.request(method, url, method === 'GET' ? undefined : body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(400);
    expect(answer.body.error.message).toBeTruthy();
    const named = (answer.body.error.details.errors ?? []).map((error: { path: string[] }) => error.path.join('.'));
    expect([...new Set(named)].sort()).toEqual([...paths].sort());
  });

  const anyTicket = async (): Promise<string> =>
    ((await app.strapi.documents('plugin::mail-scanner.ticket').create({ data: { title: 'Any' } as never })) as any).documentId;
});
