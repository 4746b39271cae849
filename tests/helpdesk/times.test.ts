import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDesk, type Desk } from '../support/desk';
import { mail } from '../support/helpdesk';

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
