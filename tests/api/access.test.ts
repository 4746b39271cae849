import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/**
 * Each route of the admin API, asked about each record that the caller may not see: nothing of it is told, nothing of it is changed. The
 * routes are taken from the plugin itself, so that a new one is asked as well.
 */

const CANARY = 'Canary';
/** Permissions by which one reads tickets; all others write, manage or read something else. */
const READ = ['read-tickets', 'read-own-tickets'];
/** What a permission says that it shows: the scan log has every mail, and an export all data. */
const SHOWS = ['read-scan-log', 'manage-contact-data'];

let app: TestStrapi;
let ids: string[];
const tokens = new Map<string, string>();

const query = (type: string) => app.strapi.db.query(`plugin::mail-scanner.${type}` as never) as any;
const create = (type: string, data: object): Promise<any> =>
  app.strapi.documents(`plugin::mail-scanner.${type}` as never).create({ data } as never);

async function addUser(name: string, permissions: string[]): Promise<number> {
  const role = await app.strapi.service('admin::role')!.create({ name, description: name });
  const granted = permissions.map((uid) => ({ action: `plugin::mail-scanner.${uid}`, subject: null, properties: {}, conditions: [] }));
  await app.strapi.service('admin::role')!.assignPermissions(role.id, granted);
  const email = `${name.replaceAll(' ', '-').toLowerCase()}@example.com`;
  const password = 'Passw0rd!role';
  const user = await app.strapi
    .service('admin::user')!
    .create({ email, password, firstname: name, lastname: '', isActive: true, registrationToken: null, roles: [role.id] });
  const { body } = await app.request('POST', '/admin/login', { email, password }, null);
  tokens.set(name, body.data.token ?? body.data.accessToken);
  return user.id;
}

const routes = (): { method: string; path: string; permissions: string[] }[] =>
  (app.strapi.plugin('mail-scanner').routes as any).admin.routes.flatMap(({ method, path, config }: any) => {
    const permissions = config.policies.flatMap((policy: any) => policy.config?.permissions ?? []);
    return permissions.length > 0 ? [{ method, path, permissions }] : [];
  });

const permissionsOf = (): string[] => [...new Set(routes().flatMap(({ permissions }) => permissions))];

/** A ticket of somebody else with all that belongs to it; its words and names hold the canary. */
async function addHidden(assignee: number): Promise<string[]> {
  const account = await create('account', { name: `${CANARY} Ltd`, domain: 'canary.test', email: 'office@canary.test' });
  const contact = await create('contact', { email: 'jane@canary.test', firstName: CANARY, phone: `555 ${CANARY}`, account: account.id });
  const ticket = await create('ticket', {
    title: `${CANARY} ticket`,
    description: CANARY,
    contact: contact.id,
    account: account.id,
    assignee,
  });
  const comment = await create('comment', {
    ticket: ticket.id,
    contact: contact.id,
    text: `${CANARY} words`,
    isPublic: true,
    source: 'api',
  });
  const file = { name: `${CANARY}.txt`, mime: 'text/plain', size: 1, hash: 'x', storage: 'private', key: 'c'.repeat(48), inline: false };
  const attachment = await query('attachment').create({ data: { ...file, comment: comment.id } });
  const upload = await query('attachment').create({ data: { ...file, key: 'd'.repeat(48), uploadedBy: assignee } });
  const mail = { ticket: ticket.id, comment: comment.id, messageId: 'canary@example.com', state: 'failed', subject: CANARY };
  const delivery = await query('delivery').create({ data: mail });
  return [account, contact, ticket, comment, attachment, upload, delivery].map(({ documentId }) => documentId);
}

const TYPES = ['account', 'contact', 'ticket', 'comment', 'attachment', 'delivery'];

/** All that the helpdesk holds of the hidden records. */
async function stored(): Promise<string> {
  const rows = [];
  for (const type of TYPES) {
    const found = await query(type).findMany({ where: { documentId: { $in: ids } }, orderBy: { id: 'asc' } });
    rows.push(found.map(({ updatedAt: _at, ...row }: any) => row));
  }
  return JSON.stringify(rows);
}

/** What somebody could send along, whatever the route takes: the hidden records, named in every way. */
function hostileBodies(): object[] {
  const [account, contact, ticket, comment, , upload] = ids;
  return [
    {},
    {
      title: 'A way in',
      name: 'Mine',
      email: 'jane@canary.test',
      contactEmail: 'jane@canary.test',
      firstName: 'Changed',
      priority: 'High',
      ticket,
      into: ticket,
      comment,
      ids: [ticket],
      data: { priority: 'High' },
    },
    { title: 'Another way in', email: 'fresh@elsewhere.test', contactEmail: 'somebody@canary.test', name: 'Mine', account },
    { title: 'By relation', contact, account, related: ticket },
    { text: 'Words', isPublic: false, lastSeen: null, attachments: [upload], answering: true },
    { comment, limit: 1 },
  ];
}

/** Answers that tell something of the hidden records. */
async function answersOf(user: string, { method, path }: { method: string; path: string }): Promise<string[]> {
  const urls = path.includes(':')
    ? ids.map((id) => path.replace(':id', id).replace(':key', 'change-comments').replace(':provider', 'google'))
    : [path, `${path}?search=${CANARY}`, `${path}?contact=${ids[1]}`, `${path}?account=${ids[0]}`, `${path}?ticket=${ids[2]}`];
  const told: string[] = [];
  for (const url of method === 'GET' ? urls : [...new Set(urls.map((each) => each.split('?')[0]))])
    for (const body of method === 'GET' || method === 'DELETE' ? [undefined] : hostileBodies()) {
      const answer = await app.request(method, url, body, tokens.get(user)!);
      const words = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
      if (words.includes(CANARY) || answer.status >= 500)
        told.push(`${method} ${url} ${JSON.stringify(body)}: ${answer.status} ${words.slice(0, 300)}`);
    }
  return told;
}

beforeAll(async () => {
  app = await startStrapi({ env: { LOG_LEVEL: 'fatal' } });
  const all = permissionsOf();
  const other = await addUser('Somebody else', []);
  ids = await addHidden(other);
  const me = await addUser(
    'Own only',
    all.filter((permission) => permission !== 'read-tickets' && !SHOWS.includes(permission)),
  );
  await create('ticket', { title: 'Mine', assignee: me });
  for (const permission of all.filter((each) => !READ.includes(each) && !SHOWS.includes(each)))
    await addUser(`only ${permission}`, [permission]);
});

afterAll(async () => {
  await app?.stop();
  if (app) removeFolder(app.folder);
});

test('who sees their own tickets alone is told of no other record and changes none, by whatever route', async () => {
  const before = await stored();
  const told: string[] = [];
  for (const route of routes()) told.push(...(await answersOf('Own only', route)));
  expect(told).toEqual([]);
  expect(await stored()).toBe(before);
});

describe('who may not read', () => {
  test('is told of no record by any route, though they may write', async () => {
    const told: string[] = [];
    for (const [user] of [...tokens].filter(([name]) => name.startsWith('only '))) {
      const permission = user.slice('only '.length);
      for (const route of routes().filter(({ method, permissions }) => permissions.includes(permission) && method !== 'DELETE'))
        told.push(...(await answersOf(user, route)));
    }
    expect(told).toEqual([]);
  });

  test('learns from POST /contacts not even whether an address is known', async () => {
    const answers = [];
    for (const email of ['jane@canary.test', 'nobody-yet@elsewhere.test'])
      for (const user of ['only edit-contacts', 'Own only']) {
        const { status, body } = await app.request('POST', '/contacts', { email, firstName: 'X' }, tokens.get(user)!);
        answers.push(JSON.stringify([status, body]));
      }
    expect(new Set(answers)).toEqual(new Set([JSON.stringify([201, { data: null }])]));
    expect(await query('contact').count({ where: { email: 'nobody-yet@elsewhere.test' } })).toBe(1);
    expect(await query('contact').count({ where: { firstName: 'X', email: 'jane@canary.test' } })).toBe(0);
  });

  test('previews a template on a ticket that nobody has', async () => {
    const { status, body } = await app.request(
      'POST',
      '/email-templates/change-comments/preview',
      {},
      tokens.get('only manage-email-templates')!,
    );
    expect([status, body.data.to]).toEqual([200, [{ name: 'Jane Doe', address: 'jane.doe@example.com' }]]);
    expect(body.data.unknownTags).toEqual([]);
  });
});

test('who only reads sees names of administrators and no addresses', async () => {
  await addUser('Reader', ['read-tickets']);
  const read = async (url: string) => JSON.stringify((await app.request('GET', url, undefined, tokens.get('Reader')!)).body);
  for (const url of ['/tickets/assignees', '/tickets', `/tickets/${ids[2]}`]) {
    expect(await read(url), url).toContain('Somebody else');
    expect(await read(url), url).not.toMatch(/Somebody-else@example\.com/i);
  }
  await addUser('Assigner', ['read-tickets', 'assign-tickets']);
  const { body } = await app.request('GET', '/tickets/assignees', undefined, tokens.get('Assigner')!);
  expect(body.data.every(({ email }: any) => email.includes('@'))).toBe(true);
});
