import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sweepAbsences } from '../../server/services/helpdesk/absences';
import { spreadNews } from '../../server/services/telling/spread';
import { measureTimes } from '../../server/services/times/measure';
import { eventually } from '../support/helpdesk';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

let app: TestStrapi;
let me: number;
let returns: any;

beforeAll(async () => {
  app = await startStrapi();
  me = (await app.api('GET', '/admin/users/me')).id;
  returns = await app.api('POST', '/teams', { name: ' Returns ', colour: 'red', agents: [me] });
});

afterAll(async () => {
  await app?.stop();
  if (app) removeFolder(app.folder);
});

const open = (title: string, more: object = {}) => app.api('POST', '/tickets', { title, ...more });
const read = (ticket: { documentId: string }) => app.api('GET', `/tickets/${ticket.documentId}`);
const change = (ticket: { documentId: string }, data: object) => app.api('PUT', `/tickets/${ticket.documentId}`, data);
const titles = async (query: string): Promise<string[]> =>
  (await app.api('GET', `/tickets?view=all&sort=ticketNumber:asc&${query}`)).map(({ title }: any) => title);
const refused = async (method: string, url: string, body: object) => {
  const answer = await app.request(method, url, body);
  return [answer.status, answer.body.error?.details?.errors?.[0]?.message ?? answer.body.error?.message];
};
const named = ({ documentId, name, colour }: any) => ({ documentId, name, colour });

test('a team has one name, however it is written, a colour and people who are there', async () => {
  expect(returns).toMatchObject({ name: 'Returns', colour: 'red', agents: [{ id: me }] });
  expect(await refused('POST', '/teams', { name: 'returns' })).toEqual([400, 'There is a team of this name already.']);
  expect(await refused('POST', '/teams', { name: 'Odd', agents: [99_999] })).toEqual([
    400,
    'Somebody of the team is not here any more. Load the page again.',
  ]);
  expect((await app.request('POST', '/teams', { name: '  ' })).status).toBe(400);
  const { documentId } = await app.api('POST', '/teams', { name: 'Billling', agents: [me] });
  expect(await app.api('PUT', `/teams/${documentId}`, { name: 'Billing' })).toMatchObject({ name: 'Billing', agents: [{ id: me }] });
  expect(await app.api('PUT', `/teams/${documentId}`, { agents: [] })).toMatchObject({ name: 'Billing', colour: 'grey', agents: [] });
  expect((await app.api('GET', '/teams')).map(({ name }: any) => name)).toEqual(['Billing', 'Returns']);
  expect((await app.request('PUT', '/teams/no-such', { colour: 'green' })).status).toBe(404);
  await app.api('DELETE', `/teams/${documentId}`);
});

test('a ticket is given to a team, the log tells, and lists, views and several at once know it', async () => {
  const one = await open('Wrong size', { helpdeskTeam: returns.documentId });
  const two = await open('Torn box');
  await open('A question');
  expect([(await read(one)).helpdeskTeam, (await read(two)).helpdeskTeam]).toEqual([named(returns), null]);
  expect(await titles(`team=${returns.documentId}`)).toEqual(['Wrong size']);
  expect(await titles('team=none')).toEqual(['Torn box', 'A question']);
  expect(await titles(`team=${returns.documentId}&search=size`)).toEqual(['Wrong size']);
  expect(await titles('team=no-such')).toEqual([]);
  await app.api('PUT', '/tickets/bulk', { ids: [two.documentId], data: { helpdeskTeam: returns.documentId } });
  expect(await titles(`team=${returns.documentId}`)).toEqual(['Wrong size', 'Torn box']);
  expect(await refused('PUT', `/tickets/${two.documentId}`, { helpdeskTeam: 'no-such' })).toEqual([
    400,
    'There is no such team, or not any more.',
  ]);
  expect((await change(two, { helpdeskTeam: null })).helpdeskTeam).toBeNull();
  const log = (await app.api('GET', `/tickets/${two.documentId}/activities`)).filter(({ kind }: any) => kind === 'team');
  expect(log.map(({ detail }: any) => detail)).toEqual([
    { from: 'Returns', to: null },
    { from: null, to: 'Returns' },
  ]);
  const view = await app.api('POST', '/saved-views', { name: 'Ours', filters: { view: 'all', team: returns.documentId } });
  expect(view).toMatchObject({ missing: [], filters: { team: returns.documentId } });
});

test('a split takes the team along, a merge gives it to a ticket that has none, and a team that is deleted leaves its tickets', async () => {
  const { documentId: team } = await app.api('POST', '/teams', { name: 'Short-lived' });
  const from = await open('From a team', { helpdeskTeam: team, comment: { text: 'First', isPublic: false } });
  const { documentId: comment } = await app.api('POST', `/tickets/${from.documentId}/comments`, { text: 'Second', isPublic: false });
  const part = await app.api('POST', `/tickets/${from.documentId}/split`, { comment });
  expect((await read(part)).helpdeskTeam).toMatchObject({ documentId: team });
  const into = await open('Of no team');
  await app.api('POST', `/tickets/${from.documentId}/merge`, { into: into.documentId });
  expect((await read(into)).helpdeskTeam).toMatchObject({ documentId: team });
  await app.api('POST', '/saved-views', { name: 'Theirs', filters: { team } });
  await app.api('DELETE', `/teams/${team}`);
  expect((await read(into)).helpdeskTeam).toBeNull();
  expect((await app.api('GET', '/saved-views')).find(({ name }: any) => name === 'Theirs').missing).toEqual(['team']);
});

test('a site reads the team of a ticket, and never who is in it', async () => {
  const row: any = await app.strapi.documents('plugin::mail-scanner.ticket').findFirst({
    filters: { title: 'Wrong size' },
    populate: ['helpdeskTeam'] as never,
  });
  expect(row.helpdeskTeam).toMatchObject({ name: 'Returns' });
  const { attributes } = app.strapi.contentType('plugin::mail-scanner.team');
  expect(attributes.agents).toMatchObject({ private: true });
});

// ---- Who sees what

const query = (type: string) => app.strapi.db.query(`plugin::mail-scanner.${type}` as never) as any;

async function addUser(name: string, permissions: string[]): Promise<{ id: number; token: string }> {
  const role = await app.api('POST', '/admin/roles', { name, description: name });
  const granted = permissions.map((uid) => ({ action: `plugin::mail-scanner.${uid}`, subject: null, conditions: [], properties: {} }));
  await app.api('PUT', `/admin/roles/${role.id}/permissions`, { permissions: granted });
  const email = `${name.toLowerCase()}@example.com`;
  const user = await app.api('POST', '/admin/users', { email, firstname: name, lastname: 'Tester', roles: [role.id] });
  await app.api('PUT', `/admin/users/${user.id}`, { password: 'Passw0rd!test', isActive: true });
  const { body } = await app.request('POST', '/admin/login', { email, password: 'Passw0rd!test' }, null);
  return { id: user.id, token: body.data.token ?? body.data.accessToken };
}

/** A ticket whose every part holds its name, with a comment, a file and an email that could not be sent. */
async function addTicket(name: string, data: object): Promise<any> {
  const contact = await app.strapi
    .documents('plugin::mail-scanner.contact')
    .create({ data: { email: `${name}@customer.test`, firstName: name } as never });
  const ticket: any = await app.strapi
    .documents('plugin::mail-scanner.ticket')
    .create({ data: { title: `About ${name}`, description: name, contact: contact.id, ...data } as never });
  const comment: any = await app.strapi
    .documents('plugin::mail-scanner.comment')
    .create({ data: { ticket: ticket.id, contact: contact.id, text: `Words of ${name}`, isPublic: true, source: 'api' } as never });
  const file = { name: `${name}.txt`, mime: 'text/plain', size: 1, hash: 'x', storage: 'private', key: 'a'.repeat(48), inline: false };
  const attachment = await query('attachment').create({ data: { comment: comment.id, ...file } });
  const delivery = await query('delivery').create({
    data: { ticket: ticket.id, comment: comment.id, messageId: `${name}@example.com`, state: 'failed' },
  });
  return { ...ticket, contact, comment, attachment, delivery };
}

describe('where agents see the tickets of their teams', () => {
  const PERMISSIONS = [
    'read-tickets',
    'edit-tickets',
    'reply-to-tickets',
    'merge-tickets',
    'delete-tickets',
    'edit-contacts',
    'manage-email-templates',
    'manage-contact-data',
    'read-reports',
  ];
  let agent: { id: number; token: string };
  let seen: Record<'team' | 'own' | 'free', any>;
  let hidden: any;
  let hers: any;
  let others: any;
  const call = (method: string, url: string, body?: unknown) => app.request(method, url, body, agent.token);
  const data = async (url: string) => (await call('GET', url)).body.data;

  beforeAll(async () => {
    for (const { documentId } of await query('ticket').findMany()) await app.api('DELETE', `/tickets/${documentId}`);
    agent = await addUser('Tea', PERMISSIONS);
    hers = await app.api('POST', '/teams', { name: 'Hers', agents: [agent.id] });
    others = await app.api('POST', '/teams', { name: 'Others', agents: [me] });
    const idOf = async ({ documentId }: any) => (await query('team').findOne({ where: { documentId } })).id;
    const [ofHers, ofOthers] = [await idOf(hers), await idOf(others)];
    seen = {
      team: await addTicket('teamwork', { helpdeskTeam: ofHers, assignee: me }),
      own: await addTicket('ownwork', { helpdeskTeam: ofOthers, assignee: agent.id }),
      free: await addTicket('freework', {}),
    };
    hidden = await addTicket('hiddenwork', { helpdeskTeam: ofOthers, assignee: me });
    await query('ticket').update({ where: { id: seen.team.id }, data: { related: hidden.id, splitFrom: hidden.id } });
    await app.api('PUT', `/tickets/${hidden.documentId}/follow`, { follows: true });
    await app.strapi.db
      .getConnection('mail_scanner_followers')
      .insert({ user_id: agent.id, ticket_id: hidden.id })
      .onConflict(['user_id', 'ticket_id'])
      .ignore();
  });

  const visible = async () => (await data('/tickets?view=all&sort=ticketNumber:asc')).map(({ title }: any) => title);

  test('all are seen until somebody switches it on, and by who may see those of all teams', async () => {
    expect(await visible()).toHaveLength(4);
    await app.api('PUT', '/settings', { ticketsByTeam: true });
    expect(await visible()).toEqual(['About teamwork', 'About ownwork', 'About freework']);
    expect(await app.api('GET', '/tickets?view=all')).toHaveLength(4);
    const lead = await addUser('Lee', ['read-tickets', 'read-all-teams']);
    expect((await app.request('GET', '/tickets?view=all', undefined, lead.token)).body.data).toHaveLength(4);
    const own = await addUser('Owen', ['read-own-tickets']);
    expect((await app.request('GET', '/tickets?view=all', undefined, own.token)).body.data).toEqual([]);
  });

  test('no route that reads tells anything of a ticket of another team', async () => {
    const { routes } = app.strapi.plugin('mail-scanner') as any;
    const paths: string[] = routes.admin.routes.filter(({ method }: any) => method === 'GET').map(({ path }: any) => path);
    const ids = [hidden, hidden.contact, hidden.comment, hidden.attachment, hidden.delivery].map(({ documentId }) => documentId);
    const lists = [
      '',
      '?view=all',
      '?view=open',
      '?search=hiddenwork',
      '?search=words',
      `?team=${others.documentId}`,
      '?sort=ticketNumber:asc',
    ];
    const asked = new Set<string>();
    for (const path of paths) {
      const urls = path.includes(':id') ? ids.map((id) => path.replace(':id', id)) : [path];
      for (const url of urls) {
        const answer = await call('GET', url);
        expect(JSON.stringify(answer.body ?? null), url).not.toMatch(/hiddenwork/);
        if (answer.status === 200) asked.add(path);
      }
    }
    for (const list of lists) expect(JSON.stringify((await call('GET', `/tickets${list}`)).body), list).not.toMatch(/hiddenwork/);
    for (const url of ['/tickets', '/contacts', '/deliveries', '/notices', '/saved-views', '/reports', '/tickets/summary'])
      expect(asked.has(url) || url === '/reports', url).toBe(true);
    for (const part of ['tickets', 'contacts', 'attachments']) {
      const { documentId } = { tickets: hidden, contacts: hidden.contact, attachments: hidden.attachment }[part];
      expect((await call('GET', `/${part}/${documentId}`)).status, part).toBe(404);
    }
    const open = (await call('GET', `/tickets/${seen.team.documentId}`)).body.data;
    expect([open.related, open.splitFrom]).toEqual([{ ticketNumber: hidden.ticketNumber }, { ticketNumber: hidden.ticketNumber }]);
  });

  test('nothing changes it, alone or with others', async () => {
    const url = `/tickets/${hidden.documentId}`;
    expect((await call('PUT', url, { priority: 'Low' })).status).toBe(404);
    expect((await call('DELETE', url)).status).toBe(404);
    expect((await call('POST', `${url}/comments`, { text: 'Hi', isPublic: false })).status).toBe(404);
    expect((await call('POST', `${url}/merge`, { into: seen.free.documentId })).status).toBe(404);
    expect((await call('POST', `/tickets/${seen.free.documentId}/merge`, { into: hidden.documentId })).status).toBe(404);
    expect((await call('PUT', `${url}/follow`, { follows: true })).status).toBe(404);
    expect((await call('POST', `/deliveries/${hidden.delivery.documentId}/cancel`)).status).toBe(404);
    const both = [hidden.documentId, seen.free.documentId];
    expect((await call('PUT', '/tickets/bulk', { ids: both, data: { priority: 'Low' } })).status).toBe(404);
    expect(await query('ticket').count({ where: { priority: 'Low' } })).toBe(0);
    for (const ticket of Object.values(seen))
      expect((await call('PUT', `/tickets/${ticket.documentId}`, { priority: 'High' })).status, ticket.title).toBe(200);
  });

  test('numbers leave it out', async () => {
    expect(await data('/tickets/summary')).toMatchObject({ views: { all: 3, open: 3, mine: 1, unassigned: 1 }, failedDeliveries: 3 });
    expect((await app.api('GET', '/tickets/summary')).views.all).toBe(4);
    expect((await data('/contacts')).map(({ firstName, openTickets }: any) => [firstName, openTickets]).sort()).toEqual([
      ['freework', 1],
      ['ownwork', 1],
      ['teamwork', 1],
    ]);
    const view = await call('POST', '/saved-views', { name: 'All', filters: { view: 'all' } });
    expect(view.body.data.count).toBe(3);
    const hour = new Date(Date.now() - 3_600_000).toISOString();
    expect(await data(`/tickets/opened?starts=${hour}`)).toMatchObject([{ count: 3 }]);
    const days = `since=${hour.slice(0, 10)}&until=${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}`;
    const opened = async (from: (url: string) => Promise<any>) => (await from(`/reports?${days}`)).openNow;
    await measureTimes(app.strapi);
    expect([await opened((url) => app.api('GET', url)), await opened(data)]).toEqual([4, 3]);
    const report = await app.api('GET', `/reports?${days}`);
    expect(report.teams.map(({ name, opened: count }: any) => [name, count])).toEqual(
      expect.arrayContaining([
        ['Others', 2],
        ['Hers', 1],
        [null, 1],
      ]),
    );
    expect((await app.api('GET', `/reports?${days}&team=${others.documentId}`)).numbers.opened).toBe(2);
  });

  test('who follows it is told nothing of it, and who is in its team of what nobody has', async () => {
    const told = async () => (await data('/notices')).map(({ kind, ticket }: any) => [kind, ticket.title]);
    await app.strapi
      .documents('plugin::mail-scanner.comment')
      .create({ data: { ticket: hidden.id, contact: hidden.contact.id, text: 'Again', isPublic: true, source: 'api' } as never });
    await app.api('POST', '/tickets', { title: 'Fresh', helpdeskTeam: hers.documentId });
    await eventually(async () => (await told()).some(([, title]: string[]) => title === 'Fresh'));
    expect((await told()).filter(([, title]: string[]) => /Fresh|hidden/.test(title))).toEqual([['team', 'Fresh']]);
    expect((await data('/notices/news')).lastMessage).toBeLessThan((await app.api('GET', '/notices/news')).lastMessage);
  });

  test('what is given to another team is out of sight from then on, and its notices with it', async () => {
    const [fresh] = await data('/tickets?search=Fresh');
    expect((await call('PUT', `/tickets/${fresh.documentId}`, { helpdeskTeam: others.documentId })).body.data).toEqual({
      documentId: fresh.documentId,
    });
    expect((await call('GET', `/tickets/${fresh.documentId}`)).status).toBe(404);
    expect((await data('/notices')).some(({ ticket }: any) => ticket.title === 'Fresh')).toBe(false);
  });
});

describe('absence', () => {
  const dayFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const people: Record<'gone' | 'mate' | 'other' | 'lead', { id: number; token: string }> = {} as never;
  let team: any;
  const as = async (who: keyof typeof people, method: string, url: string, body?: unknown) => {
    const { status, body: answer } = await app.request(method, url, body, people[who].token);
    return status < 300 ? answer.data : [status, answer.error.details?.errors?.[0]?.message ?? answer.error.message];
  };
  const away = (who: keyof typeof people, body: object, by = who) => as(by, 'PUT', `/agents/${people[who].id}/absence`, body);
  const waiting = async (who: keyof typeof people) => {
    const titlesOf = (await as(who, 'GET', '/tickets?view=absent&sort=createdAt:asc')).map(({ title }: any) => title);
    expect((await as(who, 'GET', '/tickets/summary')).views.absent).toBe(titlesOf.length);
    return titlesOf;
  };
  const writes = (ticket: any) =>
    app.strapi
      .documents('plugin::mail-scanner.comment')
      .create({ data: { ticket: ticket.id, contact: ticket.contact.id, text: 'Hello?', isPublic: true, source: 'api' } as never });

  beforeAll(async () => {
    await app.api('PUT', '/settings', { ticketsByTeam: false });
    const agent = ['read-tickets', 'edit-tickets', 'reply-to-tickets'];
    people.gone = await addUser('Gone', agent);
    people.mate = await addUser('Mate', agent);
    people.other = await addUser('Other', agent);
    people.lead = await addUser('Lead', ['manage-teams']);
    team = await app.api('POST', '/teams', { name: 'Away', agents: [people.gone.id, people.mate.id] });
    await app.api('POST', '/teams', { name: 'Elsewhere', agents: [people.other.id] });
  });

  test('is said by oneself or by who may manage teams, from one day to another, and ends by the clock or before', async () => {
    const last = 'The last day must be today or later, and not before the first.';
    expect(await away('gone', { until: dayFromNow(-2) })).toEqual([400, last]);
    expect(await away('gone', { from: dayFromNow(4), until: dayFromNow(3) })).toEqual([400, last]);
    expect(await away('gone', { until: '2026-02-30' })).toEqual([400, 'A day is written as 2026-12-31.']);
    expect(await away('gone', { until: dayFromNow(3) }, 'mate')).toEqual([
      403,
      'Only people who may manage teams can say of others that they are absent.',
    ]);
    expect(await as('lead', 'PUT', '/agents/99999/absence', { until: null })).toEqual([404, 'There is no such person, or not any more.']);
    const toCome = { from: dayFromNow(2), until: dayFromNow(3), isNow: false };
    expect(await away('gone', { from: toCome.from, until: toCome.until }, 'lead')).toEqual(toCome);
    expect(await away('gone', { from: dayFromNow(-1), until: dayFromNow(3) })).toEqual({
      from: dayFromNow(-1),
      until: dayFromNow(3),
      isNow: true,
    });
    const marks = (list: any[]) => list.flatMap(({ firstname, absence }) => (absence ? [[firstname, absence.until]] : []));
    expect(marks(await as('lead', 'GET', '/tickets/assignees'))).toEqual([['Gone', dayFromNow(3)]]);
    const { documentId } = await app.api('POST', '/tickets', { title: 'Any' });
    expect(marks(await as('mate', 'GET', `/tickets/${documentId}/mentionable`))).toEqual([['Gone', dayFromNow(3)]]);
    expect(await away('gone', { until: null })).toBeNull();
    expect(marks(await as('lead', 'GET', '/tickets/assignees'))).toEqual([]);
  });

  test('offers the tickets whose customers wait to the people of the team, and tells them once of each message', async () => {
    const { id } = await query('team').findOne({ where: { documentId: team.documentId } });
    const ofTeam = await addTicket('awayteam', { helpdeskTeam: id, assignee: people.gone.id });
    const ofNone = await addTicket('awaynone', { assignee: people.gone.id });
    const answered = await addTicket('awaydone', { helpdeskTeam: id, assignee: people.gone.id });
    await as('mate', 'POST', `/tickets/${answered.documentId}/comments`, { text: 'Done', isPublic: true });
    await measureTimes(app.strapi);
    expect(await waiting('mate')).toEqual([]);
    const told = async (who: keyof typeof people) =>
      (await as(who, 'GET', '/notices')).flatMap(({ kind, ticket }: any) => (kind === 'absent' ? [ticket.title] : []));
    // What came before somebody is absent is told as ever.
    await spreadNews(app.strapi);
    await away('gone', { until: dayFromNow(0) });
    expect(await waiting('mate')).toEqual(['About awayteam', 'About awaynone']);
    expect(await waiting('other')).toEqual(['About awaynone']);
    expect(await waiting('gone')).toEqual([]);
    await writes(ofTeam);
    await writes(ofNone);
    await eventually(async () => (await told('mate')).length >= 2);
    expect([await told('mate'), await told('other'), await told('gone')]).toEqual([
      ['About awaynone', 'About awayteam'],
      ['About awaynone'],
      [],
    ]);
    await as('mate', 'POST', `/tickets/${ofNone.documentId}/comments`, { text: 'Here you are', isPublic: true });
    await measureTimes(app.strapi);
    expect(await waiting('mate')).toEqual(['About awayteam']);
    await app.api('PUT', '/settings', { ticketsByTeam: true });
    expect([await waiting('mate'), await waiting('other')]).toEqual([['About awayteam'], []]);
    const view = await as('mate', 'POST', '/saved-views', { name: 'Theirs', filters: { view: 'absent' } });
    expect(view.count).toBeNull();
    await away('gone', { until: null });
    expect(await waiting('mate')).toEqual([]);
  });

  test('of somebody whose account is gone nothing is kept', async () => {
    await away('other', { until: dayFromNow(9) });
    await app.api('DELETE', `/admin/users/${people.other.id}`);
    await sweepAbsences(app.strapi);
    const rows = await app.strapi.db.connection('mail_scanner_absences').where({ user_id: people.other.id });
    expect(rows).toEqual([]);
  });
});
