import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDesk, type Desk } from '../support/desk';
import { mail } from '../support/helpdesk';

/** One stranger could open tickets without end: what is more than a limit goes into one ticket, and nothing of it is lost. */

let desk: Desk;

const MOST = 5;
const query = (type: string) => desk.app.strapi.db.query(`plugin::mail-scanner.${type}` as never) as any;
const ticketsOf = (email: string): Promise<any[]> =>
  query('ticket').findMany({ where: { contact: { email } }, orderBy: { id: 'asc' }, populate: { contact: true } });
const commentsOf = (ticket: { id: number }): Promise<any[]> =>
  query('comment').findMany({ where: { ticket: { id: ticket.id }, source: 'email' }, orderBy: { id: 'asc' } });
const some = (from: string, count: number, first = 0) =>
  Array.from({ length: count }, (_, index) => mail({ from, subject: `Flood ${from} ${first + index}`, text: `Words ${first + index}` }));

beforeAll(async () => {
  desk = await startDesk();
  await desk.app.api('PUT', '/settings', { maxNewTicketsPerHour: MOST });
});

afterAll(() => desk?.stop());

test('what one sender writes beyond the limit goes into one ticket, within a scan and over several', async () => {
  await desk.arrives(...some('eve@flood.test', MOST + 3));
  await desk.arrives(...some('eve@flood.test', 4, MOST + 3));
  const tickets = await ticketsOf('eve@flood.test');
  expect(tickets.length).toBe(MOST + 1);
  const gathered = await commentsOf(tickets.at(-1));
  expect(gathered.map(({ text }) => text.trim())).toEqual(Array.from({ length: 7 }, (_, index) => `Words ${MOST + index}`));
  expect(gathered.every(({ matchedBy }) => matchedBy === 'newTicketLimit')).toBe(true);
  const [note] = await query('comment').findMany({ where: { ticket: { id: tickets.at(-1).id }, source: 'api' } });
  expect([note.isPublic, note.text]).toEqual([false, expect.stringContaining('eve@flood.test has opened 5 tickets within an hour')]);
});

test('others open tickets meanwhile, and answers go where they belong', async () => {
  await desk.arrives(...some('jane@calm.test', 2), mail({ from: 'eve@flood.test', subject: 'Late', messageId: '<late@flood.test>' }));
  expect((await ticketsOf('jane@calm.test')).length).toBe(2);
  const [first] = await ticketsOf('eve@flood.test');
  await desk.arrives(mail({ from: 'eve@flood.test', subject: `Re: ${first.title} [${first.ticketNumber}]` }));
  expect((await commentsOf(first)).length).toBe(2);
});

test('without a limit each email opens its ticket', async () => {
  await desk.app.api('PUT', '/settings', { maxNewTicketsPerHour: 0 });
  await desk.arrives(...some('busy@monitor.test', MOST + 5));
  expect((await ticketsOf('busy@monitor.test')).length).toBe(MOST + 5);
  expect((await desk.app.request('PUT', '/settings', { maxNewTicketsPerHour: -1 })).status).toBe(400);
});

test('administrators upload no more than some drafts hold', async () => {
  const upload = () => {
    const form = new FormData();
    form.append('files', new File(['x'], 'x.txt', { type: 'text/plain' }));
    return fetch(`${desk.app.base}/mail-scanner/attachments`, {
      method: 'POST',
      body: form,
      headers: { authorization: `Bearer ${token}` },
    });
  };
  const login = { email: 'admin@example.com', password: 'Passw0rd!test' };
  const { body } = await desk.app.request('POST', '/admin/login', login, null);
  const token: string = body.data.token ?? body.data.accessToken;
  expect((await upload()).status).toBe(201);
  const [{ id: me }] = await desk.app.strapi.db.query('admin::user').findMany({ limit: 1 });
  const row = { name: 'y', mime: 'text/plain', size: 1, hash: 'y', storage: 'private', key: 'e'.repeat(48), inline: false, uploadedBy: me };
  await query('attachment').createMany({ data: Array.from({ length: 199 }, (_, index) => ({ ...row, documentId: `unsent${index}` })) });
  const refused = await upload();
  expect([refused.status, ((await refused.json()) as any).error.message]).toEqual([413, expect.stringContaining('not sent yet')]);
  await query('attachment').deleteMany({ where: { uploadedBy: me } });
  expect((await upload()).status).toBe(201);
});
