import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import routes from '../../server/routes';
import { startSite, type Site } from '../support/desk';
import { addScanner, bounceOf, eventually, mail, setUpOutgoing } from '../support/helpdesk';
import { shapesOf } from '../support/shape';

/** Each route of the admin API answers what shared/api/answers.ts says, which the panel is written against. */

const shapes = shapesOf('shared/api/answers.ts', 'Answers');

/** What answers with a file, or not to the panel. */
const NO_JSON = [
  'GET /oauth/:provider/callback',
  'GET /health',
  'GET /metrics',
  'GET /messages/:id/raw',
  'GET /contacts/:id/export',
  'GET /reports/csv',
  'GET /attachments/:id',
  'GET /comments/:id/picture',
  'GET /comments/:id/source',
];

/** What needs more than this test has; tests of their own call them: tests/engine, tests/oauth. */
const ELSEWHERE = ['POST /dead-letters/:id/retry', 'POST /authorizations', 'GET /oauth/:provider/start'];

let { app, server, sink, stop } = {} as Site;
const called = new Set<string>();

beforeAll(async () => {
  ({ app, server, sink, stop } = await startSite());
});

afterAll(() => stop?.());

/** Calls a route and holds its answer against its type. `ids` stand in the places of the path that begin with a colon. */
async function call(route: string, ids: string[] = [], { query = '', body }: { query?: string; body?: unknown } = {}): Promise<any> {
  const [method, path] = route.split(' ');
  const left = [...ids];
  const url = path.replace(/:\w+/g, () => left.shift()!);
  const answer = await app.request(method, url + query, body);
  expect(answer.status, `${route}: ${JSON.stringify(answer.body)}`).toBeLessThan(300);
  expect(shapes.faults(route, answer.body.data), route).toEqual([]);
  called.add(route);
  return answer.body.data;
}

async function upload(): Promise<any> {
  const login = await app.request('POST', '/admin/login', { email: 'admin@example.com', password: 'Passw0rd!test' }, null);
  const form = new FormData();
  form.append('files', new Blob(['Dear all'], { type: 'text/plain' }), 'note.txt');
  const headers = { authorization: `Bearer ${login.body.data.token ?? login.body.data.accessToken}` };
  const answer = await fetch(`${app.base}/mail-scanner/attachments`, { method: 'POST', body: form, headers });
  const { data } = (await answer.json()) as any;
  expect(shapes.faults('POST /attachments', data)).toEqual([]);
  called.add('POST /attachments');
  return data;
}

describe('what a route answers is what its type says', () => {
  let scanner: string;
  let contact: string;
  let ticket: any;

  test('scanners and their rules', async () => {
    scanner = (await addScanner(app, server)).documentId;
    await server.append('INBOX', mail());
    const { host, port, username } = server.settings();
    const settings = { host, port, encryption: 'none', username, password: 'secret' };
    await call('POST /scanners/test', [], { body: settings });
    await call('POST /scanners/test', [], { body: { ...settings, password: 'wrong' } });
    await call('GET /scanners');
    await call('GET /scanners/:id', [scanner]);
    await call('POST /scanners/:id/test', [scanner], { body: {} });
    await call('GET /scanners/:id/folders', [scanner]);
    expect((await call('GET /scanners/:id/unread', [scanner])).count).toBe(1);
    const [preview] = await call('POST /scanners/:id/preview', [scanner], { body: {} });
    expect(preview.trace).not.toEqual([]);
    await call('PUT /scanners/:id', [scanner], { body: { active: true, unread: 'take' } });
    expect((await call('POST /scanners/:id/run', [scanner])).byOutcome).toEqual({ processed: 1 });
    const { id: work } = await call('POST /scanners/:id/run', [scanner], { body: { wait: false } });
    expect((await call('GET /work'))[0].id).toBe(work);
    await eventually(async () => (await call('GET /work/:id', [work])).result);
    await call('POST /work/:id/stop', [work]);
    const other = await call('POST /scanners', [], { body: { name: 'Sales', ...settings } });
    await call('DELETE /scanners/:id', [other.documentId]);

    const conditions = { combinator: 'and', rules: [{ field: 'subject', operator: 'contains', value: 'invoice' }] };
    const actions = [{ type: 'deleteMessage', config: {} }];
    const rule = await call('POST /scanners/:id/rules', [scanner], { body: { name: 'Invoices', conditions, actions } });
    const rules = await call('GET /scanners/:id/rules', [scanner]);
    const order = rules.map(({ documentId }: any) => documentId).reverse();
    await call('PUT /scanners/:id/rules/order', [scanner], { body: { order } });
    await call('PUT /rules/:id', [rule.documentId], { body: { active: false } });
    await call('GET /rules/:id', [rule.documentId]);
    await call('DELETE /rules/:id', [rule.documentId]);
    await call('POST /scanners/:id/rules/import', [scanner], {
      body: { format: 'mail-scanner-rules', rules: [{ name: 'Copied', folders: ['Nowhere'] }] },
    });
    await call('GET /rule-schema');
    await call('GET /dead-letters');
    await call('PUT /block-list', [], { body: { toJunk: false } });
    await call('POST /block-list', [], { body: { targets: ['pest@fair.test'], note: 'Advertising' } });
    expect(await call('POST /block-list/blocked', [], { body: { addresses: ['pest@fair.test', 'jane@fair.test'] } })).toEqual([
      'pest@fair.test',
    ]);
    const [{ id: entry }] = await call('GET /block-list');
    await call('DELETE /block-list/:id', [entry]);
    await call('POST /block-list/:id/decide-again', [entry]);
  });

  test('the scan log', async () => {
    const [message] = await call('GET /messages');
    await call('GET /rule-proposal', [], { query: `?message=${message.documentId}` });
    const tried = { rule: { name: 'Tried' }, message: message.documentId };
    expect((await call('POST /scanners/:id/rules/try', [scanner], { body: tried })).counted.examples).not.toEqual([]);
    expect((await call('GET /messages/:id', [message.documentId])).trace).not.toEqual([]);
    await call('POST /messages/:id/retry', [message.documentId]);
    await call('POST /messages/retry', [], { body: {} });
  });

  test('settings, templates and canned replies', async () => {
    await setUpOutgoing(app, sink);
    await call('PUT /outgoing-mail', [], { body: { fromName: 'Help' } });
    await call('GET /outgoing-mail');
    await call('POST /outgoing-mail/test', [], { body: { to: 'jane@customer.test' } });
    await call('POST /outgoing-mail/round-trip', [], { body: { scanner } });
    await call('POST /outgoing-mail/round-trip/look');
    await call('GET /first-steps');
    await call('PUT /settings', [], { body: { staffDomains: ['northwind.test'] } });
    await call('GET /settings');
    await call('GET /reports', [], { query: '?since=2026-01-01&until=2026-01-31' });
    await call('PUT /service-levels', [], { body: { dueSoonMinutes: 90 } });
    await call('GET /service-levels');
    await call('PUT /alerts', [], { body: { emails: ['duty@elsewhere.test'] } });
    await call('GET /alerts');
    expect(await call('POST /alerts/test')).toHaveLength(1);
    await call('GET /status');
    const [{ key }] = await call('GET /email-templates');
    await call('GET /email-templates/:key', [key]);
    await call('PUT /email-templates/:key', [key], { body: { active: true } });
    await call('POST /email-templates/:key/preview', [key], { body: {} });
    await call('POST /email-templates/:key/reset', [key]);
    const reply = { name: 'Thanks', body: '<p>Thank you, $contacts-first_name$.</p>', files: [(await upload()).documentId] };
    const { documentId } = await call('POST /canned-replies', [], { body: reply });
    await call('GET /canned-replies');
    await call('GET /canned-replies/tags');
    await call('GET /canned-replies/:id', [documentId]);
    await call('PUT /canned-replies/:id', [documentId], { body: { ...reply, name: 'Many thanks', files: undefined } });
    await call('POST /canned-replies/:id/attachments', [documentId]);
    const links = [{ uid: 'api::article.article', title: 'title', url: 'https://example.com/{slug}', text: 'text' }];
    await call('PUT /content-links', [], { body: { links } });
    await call('GET /content-links');
    const articles = app.strapi.documents('api::article.article' as never) as any;
    const article = await articles.create({ data: { title: 'Paper', slug: 'paper', text: 'Plain.' }, status: 'published' });
    expect(await call('GET /content-entries', [], { query: '?search=pap' })).toHaveLength(1);
    await call('GET /content-entries/:uid/:id', ['api::article.article', article.documentId], { query: '?locale=en' });
    const gone = await call('POST /canned-replies', [], { body: { ...reply, name: 'Gone', files: [] } });
    await call('DELETE /canned-replies/:id', [gone.documentId]);
  });

  test('accounts that sign in', async () => {
    const body = { clientId: 'client', clientSecret: 'secret' };
    await call('PUT /oauth-providers/:provider', ['google'], { body });
    await call('GET /oauth-providers');
    await call('DELETE /oauth-providers/:provider', ['google']);
    await call('GET /oauth-failures/:id', ['unknown']);
    const data = { provider: 'google', username: 'help@northwind.test', permission: 'delegated', needsAuthorization: false };
    const { documentId } = await app.strapi.db.query('plugin::mail-scanner.authorization').create({ data: data as never });
    expect(await call('GET /authorizations')).toHaveLength(1);
    await call('DELETE /authorizations/:id', [documentId]);
  });

  test('contacts and accounts', async () => {
    const account = await call('POST /accounts', [], { body: { name: 'Northwind', domain: 'northwind.test' } });
    await call('GET /accounts');
    await call('GET /accounts/:id', [account.documentId]);
    await call('PUT /accounts/:id', [account.documentId], { body: { email: 'office@northwind.test' } });
    const body = { email: 'bob@northwind.test', firstName: 'Bob', account: account.documentId };
    contact = (await call('POST /contacts', [], { body })).documentId;
    await call('GET /contacts');
    await call('GET /contacts/:id', [contact]);
    await call('PUT /contacts/:id', [contact], { body: { phone: '1', notes: 'Calls on Mondays.', addAddresses: ['bob@home.test'] } });
    const twin = (await call('POST /contacts', [], { body: { email: 'bobby@northwind.test' } })).documentId;
    await call('GET /contacts/:id/alike', [twin]);
    await call('GET /contacts/:id/merge', [twin]);
    await call('POST /contacts/:id/merge', [twin], { body: { into: contact } });
    const other = (await call('POST /accounts', [], { body: { name: 'North Wind', domain: 'northwind.example' } })).documentId;
    await call('GET /accounts/:id/merge', [other]);
    expect((await call('POST /accounts/:id/merge', [other], { body: { into: account.documentId } })).furtherDomains).toEqual([
      'northwind.example',
    ]);
  });

  test('tickets and their conversations', async () => {
    const comment = { text: 'When may we come?', isPublic: true };
    ticket = await call('POST /tickets', [], { body: { title: 'Visit', contactEmail: 'bob@northwind.test', comment } });
    const id = ticket.documentId;
    await call('GET /tickets');
    await call('GET /tickets/summary');
    await call('GET /tickets/new', [], { query: '?contactEmail=jane@customer.test&title=Ink' });
    const [me] = await call('GET /tickets/assignees');
    await call('GET /tickets/opened', [], { query: `?starts=${new Date(Date.now() - 60_000).toISOString()}` });
    const trigger = { name: 'Later', state: 'closed', minutes: 60, actions: [{ type: 'writeNote', config: { text: 'Closed.' } }] };
    const { documentId: timed } = await call('POST /triggers', [], { body: trigger });
    const [exported] = await call('GET /triggers');
    await call('POST /triggers/import', [], { body: { format: 'mail-scanner-triggers', triggers: [exported] } });
    await call('GET /triggers/:id', [timed]);
    await call('PUT /triggers/:id', [timed], { body: { active: true } });
    await call('POST /triggers/count', [], { body: { id: timed, trigger } });
    await call('GET /trigger-schema');
    await call('DELETE /triggers/:id', [timed]);

    const target = { url: 'https://hooks.example/1', headers: [{ name: 'X-Key', value: '1' }], secret: null };
    const { documentId: hook } = await call('POST /webhooks', [], { body: { name: 'ERP', target } });
    expect(await call('GET /webhooks')).toHaveLength(1);
    await call('PUT /webhooks/:id', [hook], { body: { name: 'Chat' } });
    await call('POST /webhooks/:id/retry', [hook]);
    await call('DELETE /webhooks/:id', [hook]);

    const tag = await call('POST /tags', [], { body: { name: 'Outdoors', colour: 'green' } });
    await call('GET /tags');
    await call('PUT /tags/:id', [tag.documentId], { body: { colour: 'blue' } });
    await call('PUT /tickets/:id', [id], { body: { addTags: [tag.documentId] } });
    expect((await call('GET /tickets')).some(({ tags }: any) => tags.length > 0)).toBe(true);
    const body = { name: 'Outdoors', filters: { view: 'all', tag: tag.documentId } };
    const view = await call('POST /saved-views', [], { body });
    await call('PUT /saved-views/:id', [view.documentId], { body: { isShared: true } });
    await call('PUT /saved-views/order', [], { body: { isShared: true, order: [view.documentId] } });
    expect(await call('GET /saved-views')).toHaveLength(1);
    await call('DELETE /saved-views/:id', [view.documentId]);
    const status = await call('POST /ticket-statuses', [], { body: { name: 'At the fair', kind: 'Open' } });
    await call('GET /ticket-statuses');
    await call('PUT /ticket-statuses/order', [], { body: { order: [status.documentId] } });
    await call('PUT /ticket-statuses/:id', [status.documentId], { body: { colour: 'blue' } });
    await call('PUT /tickets/:id', [id], { body: { helpdeskStatus: status.documentId } });
    expect((await call('GET /tickets')).some(({ helpdeskStatus }: any) => helpdeskStatus)).toBe(true);
    const passing = await call('POST /ticket-statuses', [], { body: { name: 'Passing', kind: 'Closed' } });
    await call('DELETE /ticket-statuses/:id', [passing.documentId]);
    await call('PUT /agents/:id/absence', [me.id], { body: { until: '2099-12-31' } });
    await call('PUT /agents/:id/absence', [me.id], { body: { until: null } });
    const team = await call('POST /teams', [], { body: { name: 'Plumbers', agents: [me.id] } });
    await call('GET /teams');
    await call('PUT /teams/:id', [team.documentId], { body: { colour: 'blue' } });
    await call('PUT /tickets/:id', [id], { body: { helpdeskTeam: team.documentId } });
    const idle = await call('POST /teams', [], { body: { name: 'Idle' } });
    await call('DELETE /teams/:id', [idle.documentId]);
    const unused = await call('POST /tags', [], { body: { name: 'Unused' } });
    await call('DELETE /tags/:id', [unused.documentId]);
    await call('PUT /tickets/:id', [id], { body: { priority: 'High', assignee: me.id } });
    await call('POST /tickets/closing-emails', [], { body: { ids: [id] } });
    await call('PUT /tickets/bulk', [], { body: { ids: [id], data: { ticketStatus: 'In Progress' } } });
    for (const isSpam of [true, false]) await call('PUT /tickets/spam', [], { body: { ids: [id], isSpam } });
    await call('PUT /tickets/:id/seen', [id], { body: { comment: (await call('GET /tickets/:id', [id])).comments[0].documentId } });
    await call('PUT /tickets/:id/follow', [id], { body: { follows: true } });
    await call('PUT /tickets/:id/mute', [id], { body: { isMuted: true } });
    await call('PUT /tickets/:id/mute', [id], { body: { isMuted: false } });
    await app.strapi.service('admin::user')!.create({
      email: 'eve@example.com',
      firstname: 'Eve',
      isActive: true,
      registrationToken: null,
      roles: [(await app.strapi.service('admin::role')!.getSuperAdmin()).id],
    });
    expect((await call('GET /tickets/:id/mentionable', [id])).length).toBeGreaterThan(0);
    expect((await call('GET /tickets/:id', [id])).followers).toHaveLength(1);
    const told = await app.api('POST', '/tickets', { title: 'Told', assignee: me.id });
    await app.strapi
      .documents('plugin::mail-scanner.comment')
      .create({ data: { ticket: told.id, text: 'By a program', isPublic: false } as never });
    const [notice] = await eventually(async () => {
      const notices = await call('GET /notices');
      return notices.length > 0 && notices;
    });
    await call('GET /notices/news');
    await call('PUT /notices/read', [], { body: { ids: [notice.id] } });
    await call('PUT /notices/choices', [], { body: await call('GET /notices/choices') });
    await call('PUT /tickets/bulk', [], { body: { filter: { view: 'mine', priority: 'Low' }, data: { priority: 'Normal' } } });
    await call('PUT /tickets/:id/presence', [id], { body: { answering: true } });
    await call('GET /tickets/:id/canned-replies', [id]);
    await call('PUT /my-signature', [], { body: { html: '<p>Ada</p>' } });
    await call('GET /my-signature');
    expect(await call('GET /tickets/:id/people', [id], { query: '?search=customer' })).not.toEqual([]);
    await call('DELETE /attachments/:id', [(await upload()).documentId]);
    const { documentId: file } = await upload();
    const answer = { text: 'Tomorrow.', isPublic: true, attachments: [file], ticketStatus: 'Wait For Response' };
    const sent = await call('POST /tickets/:id/comments', [id], { body: answer });
    expect(sent.attachments).toHaveLength(1);
    const undoable = await call('POST /tickets/:id/comments', [id], { body: { text: 'Oh.', isPublic: true, undoable: true } });
    await call('POST /comments/:id/undo', [undoable.documentId]);
    const forward = { to: [{ address: 'sam@parts.test' }], comments: [sent.documentId], text: 'Do you know this?', undoable: true };
    const forwarded = await call('POST /tickets/:id/forward', [id], { body: forward });
    await call('POST /comments/:id/undo', [forwarded.documentId]);
    await call('POST /comments/:id/attachments', [sent.documentId], { body: { files: [sent.attachments[0].documentId] } });
    const whole = await call('GET /tickets/:id', [id]);
    expect(whole.comments).toHaveLength(2);
    expect(await call('GET /tickets/:id/comments', [id], { query: `?before=${sent.documentId}` })).toHaveLength(1);
    await call('GET /tickets/:id/activities', [id]);
    const split = await call('POST /tickets/:id/split', [id], { body: { comment: whole.comments[0].documentId } });
    await call('POST /tickets/:id/merge', [split.documentId], { body: { into: id } });
    const merged = await call('GET /tickets/:id', [split.documentId]);
    expect(merged.mergedInto).toMatchObject({ documentId: id });
    expect((await call('GET /tickets')).map(({ mergedInto }: any) => Boolean(mergedInto))).toContain(true);
  });

  test('the outbox, with an email that came back', async () => {
    await app.strapi.plugin('mail-scanner').service('outbox').deliver();
    const [{ messageId, to }] = (await app.api('GET', '/deliveries?state=sent')) as any[];
    await server.append('INBOX', bounceOf(`<${messageId}>`, to[0].address));
    await app.api('POST', `/scanners/${scanner}/run`);
    expect(await call('GET /deliveries', [], { query: '?state=bounced' })).toHaveLength(1);
    const body = { text: 'One more thing.', isPublic: true, undoable: true };
    const { delivery } = await call('POST /tickets/:id/comments', [ticket.documentId], { body });
    await call('POST /deliveries/:id/cancel', [delivery.documentId]);
    await call('POST /deliveries/:id/retry', [delivery.documentId]);
    await call('POST /deliveries/retry');
  });

  test('what is deleted', async () => {
    const { documentId } = await app.api('POST', '/tickets', { title: 'Spam' });
    await call('DELETE /tickets/:id', [documentId]);
    await call('GET /contacts/:id/erasure', [contact]);
    await call('DELETE /contacts/:id', [contact]);
  });
});

test('each route has its type, and was called', () => {
  const all = routes.admin.routes.map(({ method, path }) => `${method} ${path}`).filter((route) => !NO_JSON.includes(route));
  expect([...shapes.names].sort()).toEqual(all.sort());
  expect(all.filter((route) => !called.has(route)).sort()).toEqual([...ELSEWHERE].sort());
});

test('an answer that lacks a field, or has another name for it, is noticed', () => {
  const { name: _name, ...account } = { documentId: 'a', name: 'Northwind', domain: null, email: null, createdAt: '2026-01-01' };
  expect(shapes.faults('GET /accounts/:id', { ...account, title: 'Northwind' })).toEqual(['data.name is missing']);
  const numbers = { openTickets: 0, lastMessageAt: null };
  expect(shapes.faults('GET /accounts', [{ ...account, ...numbers, name: 7 }])).toEqual(['data[0].name is 7, which is not string']);
  expect(shapes.faults('POST /scanners/test', { ok: false, message: 'No.', messageSaid: 'No.' })).toEqual(['data.code is missing']);
});
