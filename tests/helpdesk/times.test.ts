import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDesk, type Desk } from '../support/desk';
import { mail } from '../support/helpdesk';
import { markUnmeasured } from '../../server/services/helpdesk/unmeasured';
import { measureTimes } from '../../server/services/times/measure';

/** When customers wrote, and how long they wait: by the dates of their messages, whenever these were read. */

let desk: Desk;

const HOUR_MS = 3_600_000;
const at = (hoursAgo: number): string => new Date(Math.floor(Date.now() / 1000) * 1000 - hoursAgo * HOUR_MS).toISOString();
/** An email that says it was written then. */
const written = (when: string, more: Parameters<typeof mail>[0] = {}) =>
  mail({ ...more, headers: { Date: new Date(when).toUTCString(), ...more.headers } });
const list = (query: string): Promise<any[]> => desk.app.api('GET', `/tickets?view=all&pageSize=100&${query}`);
const find = async (subject: string): Promise<any> => (await list(`search=${subject}`))[0];
const read = async (subject: string): Promise<any> => desk.app.api('GET', `/tickets/${(await find(subject)).documentId}`);

beforeAll(async () => {
  desk = await startDesk();
});

afterAll(() => desk?.stop());

test('an old mailbox reads in the list as it did there: by the dates of its emails, however they lie in it', async () => {
  const [later, earlier] = [at(2000), at(9000)];
  await desk.arrives(
    written(later, { subject: 'Second', messageId: '<second@customer.test>' }),
    written(earlier, { subject: 'First', from: 'Tom <tom@customer.test>', messageId: '<first@customer.test>' }),
    mail({ subject: 'Undated', from: 'Una <una@customer.test>', headers: { Date: 'yesterday, I think' } }),
  );
  expect((await list('sort=lastActivityAt:asc')).map(({ title }) => title)).toEqual(['First', 'Second', 'Undated']);
  const first = await find('First');
  expect([first.lastActivityAt, first.conversation.waitingSince]).toEqual([earlier, earlier]);
  expect((await read('First')).comments[0].writtenAt).toBe(earlier);
  expect(Date.now() - Date.parse((await read('Undated')).comments[0].writtenAt)).toBeLessThan(HOUR_MS);
});

test('no email is later than the mailbox got it, nor than now, whatever its Date says', async () => {
  const got = at(50);
  await desk.server.append('INBOX', written(at(-500), { subject: 'Tomorrow', from: 'z@customer.test' }), { date: new Date(got) });
  await desk.app.api('POST', `/scanners/${desk.scanner.documentId}/run`);
  expect((await read('Tomorrow')).comments[0].writtenAt).toBe(got);
  await desk.arrives(written(at(-500), { subject: 'Future', from: 'y@customer.test' }));
  expect(Date.parse((await read('Future')).comments[0].writtenAt)).toBeLessThanOrEqual(Date.now());
  await desk.arrives(mail({ subject: 'Clockless', from: 'x@customer.test', headers: { Date: 'Thu, 1 Jan 1970 00:00:00 +0000' } }));
  expect(Date.now() - Date.parse((await read('Clockless')).comments[0].writtenAt)).toBeLessThan(HOUR_MS);
});

test('answers of one scan move each ticket to its own date, by one statement for all, and an older one moves nothing back', async () => {
  const [newest, older, other] = [at(1), at(3000), at(2)];
  const answer = (when: string, to: string, from: string) =>
    written(when, { subject: 'Re: it', from, headers: { 'In-Reply-To': `<${to}@customer.test>` } });
  const statements: string[] = [];
  const note = ({ sql }: { sql: string }) => void (/^update .{0,20}[`"]mail_scanner_tickets[`"]/.test(sql) && statements.push(sql));
  desk.app.strapi.db.connection.on('query', note);
  await desk.arrives(
    answer(newest, 'second', 'jane@customer.test'),
    answer(older, 'second', 'jane@customer.test'),
    answer(other, 'first', 'tom@customer.test'),
  );
  desk.app.strapi.db.connection.removeListener('query', note);
  expect((await find('Second')).lastActivityAt).toBe(newest);
  expect((await find('First')).lastActivityAt).toBe(other);
  expect(statements.filter((sql) => sql.includes('last_activity_at'))).toHaveLength(1);
});

// ---- How long they waited

const measure = () => measureTimes(desk.app.strapi);
const roundsOf = async (subject: string): Promise<any[]> => (await read(subject)).rounds;
const reply = async (subject: string, data: object) =>
  desk.app.api('POST', `/tickets/${(await find(subject)).documentId}/comments`, { isPublic: true, ...data });
const change = async (subject: string, data: object) => desk.app.api('PUT', `/tickets/${(await find(subject)).documentId}`, data);
const levels = (targets: object, more: object = {}) =>
  desk.app.api('PUT', '/service-levels', {
    targets: Object.fromEntries(['Low', 'Normal', 'High', 'Urgent'].map((name) => [name, targets])),
    ...more,
  });
const minutes = (seconds: number) => Math.round(seconds / 60);

test('the first public answer of an agent ends the wait: no note does, and no absence note', async () => {
  await desk.arrives(written(at(5), { subject: 'Waiting', from: 'w@customer.test', messageId: '<waiting@customer.test>' }));
  await reply('Waiting', { text: 'A note.', isPublic: false });
  await desk.arrives(
    written(at(4), {
      subject: 'Away',
      from: 'w@customer.test',
      headers: { 'In-Reply-To': '<waiting@customer.test>', 'Auto-Submitted': 'auto-replied' },
    }),
  );
  await measure();
  expect(await roundsOf('Waiting')).toMatchObject([{ askedAt: expect.any(String), answeredAt: null, firstResponseSeconds: null }]);
  await reply('Waiting', { text: 'Here I am.' });
  await reply('Waiting', { text: 'And again.' });
  await measure();
  const [round] = await roundsOf('Waiting');
  expect(minutes(round.firstResponseSeconds)).toBe(300);
  expect(round).toMatchObject({ resolvedAt: null, resolutionSeconds: null });
});

test('an answer that is taken back has not been given', async () => {
  await desk.arrives(written(at(3), { subject: 'Hasty', from: 'h@customer.test' }));
  const { documentId } = await reply('Hasty', { text: 'Too early.', undo: true });
  await measure();
  expect((await roundsOf('Hasty'))[0].answeredAt).not.toBeNull();
  await desk.app.strapi.documents('plugin::mail-scanner.comment').delete({ documentId });
  await measure();
  expect((await roundsOf('Hasty'))[0].answeredAt).toBeNull();
});

test('a ticket that the customer opens again is measured again', async () => {
  await desk.arrives(written(at(8), { subject: 'Reopened', from: 'a@customer.test', messageId: '<again@customer.test>' }));
  await change('Reopened', { ticketStatus: 'Closed' });
  await measure();
  expect((await roundsOf('Reopened')).map(({ resolutionSeconds }) => minutes(resolutionSeconds))).toEqual([480]);
  await desk.arrives(
    mail({
      subject: 'Re: Reopened',
      from: 'a@customer.test',
      headers: { Date: new Date().toUTCString(), 'In-Reply-To': '<again@customer.test>' },
    }),
  );
  await measure();
  const rounds = await roundsOf('Reopened');
  expect(rounds).toMatchObject([{ resolvedAt: expect.any(String) }, { resolvedAt: null, answeredAt: null }]);
});

test('a target makes tickets due, the list sorts by it and finds what is due soon and what is too late', async () => {
  await levels({ firstResponse: 200, resolution: null });
  await desk.arrives(
    written(at(3), { subject: 'Soonish', from: 's@customer.test' }),
    written(at(6), { subject: 'Lateish', from: 'l@customer.test' }),
  );
  await measure();
  const soon = await find('Soonish');
  expect([soon.dueFor, minutes((Date.parse(soon.dueAt) - Date.parse(soon.lastActivityAt)) / 1000)]).toEqual(['firstResponse', 200]);
  const titles = async (query: string) => (await list(query)).map(({ title }) => title);
  expect(await titles('due=soon')).toEqual(expect.arrayContaining(['Soonish']));
  expect(await titles('due=soon')).not.toContain('Lateish');
  expect(await titles('due=breached')).toContain('Lateish');
  expect(await titles('due=breached')).not.toContain('Waiting');
  const sorted = await list('sort=dueAt:asc');
  const due = sorted.map(({ dueAt }) => dueAt);
  expect(due).toEqual([...due.filter(Boolean).sort(), ...due.filter((moment) => !moment)]);
  expect(due.at(-1)).toBeNull();
  const back = (await list('sort=dueAt:desc')).map(({ dueAt }) => dueAt);
  expect(back).toEqual([...due.filter(Boolean).sort().reverse(), ...due.filter((moment) => !moment)]);
  await reply('Lateish', { text: 'Sorry.' });
  await measure();
  expect(await titles('due=breached')).not.toContain('Lateish');
});

test('what is due is measured again when the settings change, and not dated to today by that', async () => {
  const before = await desk.app.strapi.db.query('plugin::mail-scanner.ticket').findOne({ where: { title: 'Soonish' } });
  await levels({ firstResponse: null, resolution: 600 });
  await measure();
  const after = await desk.app.strapi.db.query('plugin::mail-scanner.ticket').findOne({ where: { title: 'Soonish' } });
  expect([after.dueFor, after.updatedAt]).toEqual(['resolution', before.updatedAt]);
  await levels({ firstResponse: null, resolution: null });
  await measure();
  expect((await list('sort=dueAt:asc')).filter(({ dueAt }) => dueAt)).toEqual([]);
});

test('hours that nobody can keep are refused with what to do', async () => {
  const days = (...spans: object[]) => ({ hours: { timeZone: 'Europe/Helsinki', days: [spans, [], [], [], [], [], []], holidays: [] } });
  const put = (body: object) => desk.app.request('PUT', '/service-levels', body);
  const overMidnight = await put(days({ from: '22:00', to: '06:00' }));
  expect([overMidnight.status, JSON.stringify(overMidnight.body)]).toEqual([400, expect.stringContaining('One over midnight is two')]);
  expect((await put(days({ from: '09:00', to: '12:00' }, { from: '11:00', to: '13:00' }))).status).toBe(400);
  expect((await put(days({ from: '9', to: '12:00' }))).status).toBe(400);
  expect((await put({ ...days(), countsBusinessHours: true })).status).toBe(400);
  expect((await put({ hours: { ...days().hours, holidays: [{ date: '2026-02-30', name: '' }] } })).status).toBe(400);
  expect((await put({ hours: { ...days().hours, timeZone: 'Mars/Olympus' } })).status).toBe(400);
});

test('tickets that nobody has measured are, in the background; deleted ones are forgotten', async () => {
  const { connection } = desk.app.strapi.db;
  await connection('mail_scanner_rounds').delete();
  await connection('mail_scanner_unmeasured').delete();
  await connection('mail_scanner_counters').where({ name: 'times:waits' }).delete();
  await connection('mail_scanner_waits').delete();
  await measure();
  expect((await connection('mail_scanner_waits').select('state')).length).toBeGreaterThan(3);
  expect(minutes((await roundsOf('Waiting'))[0].firstResponseSeconds)).toBe(300);
  const { id, documentId } = await desk.app.strapi.db.query('plugin::mail-scanner.ticket').findOne({ where: { title: 'Waiting' } });
  await desk.app.api('DELETE', `/tickets/${documentId}`);
  for (const table of ['rounds', 'waits']) expect(await connection(`mail_scanner_${table}`).where({ ticket_id: id })).toEqual([]);
});

test('a change while a ticket is measured is not lost', async () => {
  const { connection } = desk.app.strapi.db;
  await markUnmeasured(desk.app.strapi, [1]);
  const [{ mark }] = await connection('mail_scanner_unmeasured').where({ ticket_id: 1 });
  await markUnmeasured(desk.app.strapi, [1]);
  expect(await connection('mail_scanner_unmeasured').where({ ticket_id: 1, mark })).toEqual([]);
  await measure();
  expect(await connection('mail_scanner_unmeasured').where({ ticket_id: 1 })).toEqual([]);
});
