import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { rate } from '../../server/services/helpdesk/ratings';
import { markUnmeasured } from '../../server/services/helpdesk/unmeasured';
import { wakeTickets } from '../../server/services/inbox/wake-tickets';
import { measureTimes } from '../../server/services/times/measure';
import type { UID } from '@strapi/strapi';
import { startDesk, type Desk } from '../support/desk';
import { mail } from '../support/helpdesk';

/** What happens to tickets by itself when time has passed. */

let desk: Desk;
let count = 0;

const HOUR = 60;
const DAY = 24 * HOUR;
const TICKET = 'plugin::mail-scanner.ticket';
const COMMENT = 'plugin::mail-scanner.comment';
const ACTIVITY = 'plugin::mail-scanner.activity';
const TRIGGER = 'plugin::mail-scanner.trigger';
const CLOSE = [{ type: 'setFields', config: { fields: { ticketStatus: 'Closed' } } }];
const ANYTHING = { combinator: 'and', rules: [] };

beforeAll(async () => {
  desk = await startDesk();
});

afterAll(() => desk?.stop());

beforeEach(async () => {
  for (const { documentId } of await desk.app.api('GET', '/triggers')) await desk.app.api('DELETE', `/triggers/${documentId}`);
});

const query = (uid: string): any => desk.app.strapi.db.query(uid as UID.Schema);
/** A ticket of a customer of its own, who wrote a moment ago. */
async function ticketOf(subject: string): Promise<any> {
  count += 1;
  await desk.arrives(mail({ subject, from: `Kim <kim${count}@trigger.test>`, headers: { Date: new Date().toUTCString() } }));
  return fresh(await query(TICKET).findOne({ where: { title: subject } }));
}
const fresh = (ticket: { id: number }): Promise<any> =>
  query(TICKET).findOne({ where: { id: ticket.id }, populate: { assignee: true, helpdeskTags: true, contact: true } });
const answer = (ticket: any, data: object = {}) =>
  desk.app.api('POST', `/tickets/${ticket.documentId}/comments`, {
    text: 'We look into it.',
    isPublic: true,
    ticketStatus: 'Wait For Response',
    ...data,
  });
const change = (ticket: any, data: object) => desk.app.api('PUT', `/tickets/${ticket.documentId}`, data);
const commentsOf = (ticket: any): Promise<any[]> =>
  query(COMMENT).findMany({ where: { ticket: { id: ticket.id } }, orderBy: { id: 'asc' } });
const logOf = async (ticket: any): Promise<any[]> => desk.app.api('GET', `/tickets/${ticket.documentId}/activities`);

/** All that happened to the ticket so far was so long ago. */
async function ago(ticket: any, minutes: number): Promise<void> {
  const earlier = (moment: string | null) => moment && new Date(new Date(moment).getTime() - minutes * 60_000);
  for (const { id, createdAt, writtenAt } of await commentsOf(ticket))
    await query(COMMENT).update({ where: { id }, data: { createdAt: earlier(createdAt), writtenAt: earlier(writtenAt) } });
  for (const { id, createdAt } of await query(ACTIVITY).findMany({ where: { ticket: { id: ticket.id } } }))
    await query(ACTIVITY).update({ where: { id }, data: { createdAt: earlier(createdAt) } });
  const fired = () => desk.app.strapi.db.connection('mail_scanner_fired').where({ ticket_id: ticket.id });
  await fired().decrement('since', minutes * 60_000);
  const { createdAt } = await fresh(ticket);
  await query(TICKET).update({ where: { id: ticket.id }, data: { createdAt: earlier(createdAt) } });
  await markUnmeasured(desk.app.strapi, [ticket.id]);
}

const input = (given: object) => ({
  name: 'Tried',
  active: true,
  state: 'customerWaits',
  minutes: HOUR,
  conditions: ANYTHING,
  actions: CLOSE,
  ...given,
});
/** A trigger that has been active for a year. */
async function trigger(given: object): Promise<any> {
  const made = await desk.app.api('POST', '/triggers', input(given));
  await query(TRIGGER).update({ where: { documentId: made.documentId }, data: { startsAt: new Date(Date.now() - 365 * DAY * 60_000) } });
  return made;
}
const run = (): Promise<number> => (desk.app.strapi.plugin('mail-scanner').service('triggers') as any).run();
/** How often triggers acted. */
async function pass(): Promise<number> {
  await measureTimes(desk.app.strapi);
  return run();
}

test('waiting for three days: a reminder to the customer, after seven the ticket is closed; each once, and told in the log', async () => {
  const reply = await desk.app.api('POST', '/canned-replies', { name: 'Reminder', body: '<p>Does it still not print?</p>' });
  await trigger({
    name: 'Remind',
    state: 'waitingForCustomer',
    minutes: 3 * DAY,
    actions: [{ type: 'answerCustomer', config: { reply: reply.documentId } }],
  });
  await trigger({ name: 'Close', state: 'waitingForCustomer', minutes: 7 * DAY });
  const ticket = await ticketOf('Silent customer');
  await answer(ticket);
  await ago(ticket, 2 * DAY);
  expect(await pass()).toBe(0);
  await ago(ticket, 1.5 * DAY);
  expect([await pass(), await pass()]).toEqual([1, 0]);
  const comments = await commentsOf(ticket);
  expect(comments.map(({ isPublic, isAutomatic, source, authorName }) => [isPublic, isAutomatic, source, authorName]).at(-1)).toEqual([
    true,
    true,
    'api',
    'Remind',
  ]);
  const deliveries = await query('plugin::mail-scanner.delivery').findMany({ where: { comment: { id: comments.at(-1)!.id } } });
  expect(deliveries.map(({ state }: any) => state)).not.toContain('failed');
  expect(deliveries).toHaveLength(1);
  await ago(ticket, 4 * DAY);
  expect([await pass(), await pass()]).toEqual([1, 0]);
  expect((await fresh(ticket)).ticketStatus).toBe('Closed');
  const told = (await logOf(ticket)).map(({ kind, actorKind, actorName }) => [kind, actorKind, actorName]);
  expect(told).toContainEqual(['status', 'trigger', 'Close']);
  expect(told.filter(([kind]) => kind === 'triggered')).toEqual([
    ['triggered', 'trigger', 'Close'],
    ['triggered', 'trigger', 'Remind'],
  ]);
});

test('no reminder to a customer who has answered meanwhile, though that is not measured yet', async () => {
  await trigger({ state: 'waitingForCustomer', minutes: DAY });
  const ticket = await ticketOf('Answered meanwhile');
  await answer(ticket);
  await ago(ticket, 2 * DAY);
  await measureTimes(desk.app.strapi);
  await desk.arrives(
    mail({
      subject: `Re: Answered meanwhile [${ticket.ticketNumber}]`,
      from: `Kim <${ticket.contact.email}>`,
      headers: { Date: new Date().toUTCString() },
    }),
  );
  expect(await run()).toBe(0);
  expect((await fresh(ticket)).ticketStatus).toBe('Open');
});

test('nobody has answered: the lead is told, and an answer of ours begins a new time', async () => {
  const { id: lead } = await desk.app.strapi.db.query('admin::user').findOne({ where: { roles: { code: 'strapi-super-admin' } } });
  await trigger({
    name: 'Lead',
    state: 'noFirstAnswer',
    minutes: 4 * HOUR,
    actions: [{ type: 'notifyPeople', config: { people: [lead] } }],
  });
  await trigger({
    name: 'Note',
    state: 'customerWaits',
    minutes: 4 * HOUR,
    actions: [{ type: 'writeNote', config: { text: 'Still waiting.' } }],
  });
  const ticket = await ticketOf('Forgotten');
  await ago(ticket, 5 * HOUR);
  expect([await pass(), await pass()]).toEqual([2, 0]);
  expect(
    await desk.app.strapi.db
      .connection('mail_scanner_news')
      .where({ ticket_id: ticket.id, kind: 'called' })
      .then((rows: any[]) => rows.length),
  ).toBeLessThanOrEqual(1);
  await answer(ticket, { ticketStatus: 'Open' });
  await desk.arrives(
    mail({
      subject: `Re: Forgotten [${ticket.ticketNumber}]`,
      from: `Kim <${ticket.contact.email}>`,
      headers: { Date: new Date().toUTCString() },
    }),
  );
  expect(await pass()).toBe(0);
  await ago(ticket, 5 * HOUR);
  // The first answer was given, the next one is missing.
  expect([await pass(), await pass()]).toEqual([1, 0]);
  expect((await commentsOf(ticket)).filter(({ text }) => text === 'Still waiting.')).toHaveLength(2);
});

test('leaves alone what waited before it was activated or changed, unless somebody wants that, and counts it before', async () => {
  const old = await ticketOf('Old request');
  await ago(old, 10 * DAY);
  const condition = { combinator: 'and', rules: [{ field: 'subject', operator: 'contains', value: 'request' }] };
  const data = input({ minutes: 5 * DAY, conditions: condition });
  await measureTimes(desk.app.strapi);
  expect(await desk.app.api('POST', '/triggers/count', { trigger: data })).toEqual({ now: 1, later: 0, isCutShort: false });
  expect(await desk.app.api('POST', '/triggers/count', { trigger: { ...data, minutes: 20 * DAY } })).toEqual({
    now: 0,
    later: 1,
    isCutShort: false,
  });
  const made = await desk.app.api('POST', '/triggers', data);
  expect(await pass()).toBe(0);
  await desk.app.api('PUT', `/triggers/${made.documentId}`, { minutes: 6 * DAY });
  expect(await pass()).toBe(0);
  await desk.app.api('PUT', `/triggers/${made.documentId}`, { alsoExisting: true });
  expect([await pass(), await pass()]).toEqual([1, 0]);
  expect((await fresh(old)).ticketStatus).toBe('Closed');
  expect(await desk.app.api('POST', '/triggers/count', { trigger: data, id: made.documentId })).toMatchObject({ now: 0 });
});

test('conditions are asked at that moment, and again when the ticket changes', async () => {
  const tag = await desk.app.api('POST', '/tags', { name: 'Contract' });
  await trigger({ conditions: { combinator: 'and', rules: [{ field: 'tag', operator: '=', value: 'contract' }] } });
  const ticket = await ticketOf('With a contract');
  await ago(ticket, 2 * HOUR);
  expect(await pass()).toBe(0);
  await change(ticket, { addTags: [tag.documentId] });
  expect([await pass(), await pass()]).toEqual([1, 0]);
});

test('conditions ask for the team and for what the customer said last, as soon as they do', async () => {
  const { documentId } = await desk.app.api('POST', '/teams', { name: 'Billing' });
  const rules = [
    { field: 'team', operator: '=', value: 'Billing' },
    { field: 'rating', operator: '=', value: 'bad' },
  ];
  const actions = [{ type: 'setFields', config: { fields: { priority: 'Urgent' } } }];
  await trigger({ state: 'closed', minutes: 1, conditions: { combinator: 'and', rules }, actions });
  const ticket = await ticketOf('Charged twice');
  await change(ticket, { ticketStatus: 'Closed' });
  await ago(ticket, HOUR);
  expect(await pass()).toBe(0);
  const says = (delivery: number, score: 'ok' | 'bad') =>
    rate(desk.app.strapi, { delivery, ticket: { id: ticket.id } }, { score, comment: '' });
  await says(90_001, 'bad');
  expect(await pass()).toBe(0);
  await change(ticket, { helpdeskTeam: documentId });
  await says(90_001, 'ok');
  expect(await pass()).toBe(0);
  await says(90_001, 'bad');
  expect([await pass(), await pass()]).toEqual([1, 0]);
  expect((await fresh(ticket)).priority).toBe('Urgent');
});

test('a ticket that is put off waits until it is back, and that can be a reason by itself', async () => {
  await trigger({ name: 'Late', actions: [{ type: 'writeNote', config: { text: 'It is late.' } }] });
  await trigger({ name: 'Back', state: 'snoozeOver', minutes: 0, actions: [{ type: 'writeNote', config: { text: 'It is back.' } }] });
  const ticket = await ticketOf('Put off');
  await ago(ticket, 2 * HOUR);
  await query(TICKET).update({
    where: { id: ticket.id },
    data: { snoozedAt: new Date(Date.now() - 60_000), snoozedUntil: new Date(Date.now() + 3_600_000) },
  });
  expect(await pass()).toBe(0);
  await query(TICKET).update({ where: { id: ticket.id }, data: { snoozedUntil: new Date(Date.now() - 1_000) } });
  await wakeTickets(desk.app.strapi);
  expect([await pass(), await pass()]).toEqual([2, 0]);
  expect((await commentsOf(ticket)).some(({ text }) => text === 'It is back.')).toBe(true);
  await change(ticket, { ticketStatus: 'Closed' });
});

test('closed for some days, and a target that was missed', async () => {
  await desk.app.api('PUT', '/service-levels', {
    targets: Object.fromEntries(['Low', 'Normal', 'High', 'Urgent'].map((name) => [name, { firstResponse: 60, resolution: null }])),
    countsBusinessHours: false,
  });
  const raise = [{ type: 'setFields', config: { fields: { priority: 'Urgent' } } }];
  await trigger({ name: 'Soon', state: 'dueSoon', minutes: 30, actions: [{ type: 'writeNote', config: { text: 'Soon due.' } }] });
  await trigger({ name: 'Missed', state: 'overdue', minutes: 0, actions: raise });
  const ticket = await ticketOf('Missed target');
  await ago(ticket, 40);
  expect([await pass(), await pass()]).toEqual([1, 0]);
  await ago(ticket, 40);
  expect([await pass(), await pass()]).toEqual([1, 0]);
  expect((await fresh(ticket)).priority).toBe('Urgent');
  await trigger({ state: 'closed', minutes: 2 * DAY, actions: [{ type: 'setFields', config: { fields: { priority: 'Low' } } }] });
  await change(ticket, { ticketStatus: 'Closed' });
  expect(await pass()).toBe(0);
  await ago(ticket, 3 * DAY);
  expect([await pass(), await pass()]).toEqual([1, 0]);
  expect((await fresh(ticket)).priority).toBe('Low');
});

test('two instances that look at the same moment act once; a failure is told and not tried again', async () => {
  await trigger({ actions: [{ type: 'writeNote', config: { text: 'Once.' } }] });
  const ticket = await ticketOf('Looked at twice');
  await ago(ticket, 2 * HOUR);
  await measureTimes(desk.app.strapi);
  const acted = await Promise.all([run(), run()]);
  expect(acted.reduce((sum, one) => sum + one)).toBe(1);
  const broken = await trigger({ name: 'Broken' });
  await query(TRIGGER).update({ where: { documentId: broken.documentId }, data: { actions: [{ type: 'paintIt', config: {} }] } });
  const other = await ticketOf('Broken action');
  await ago(other, 2 * HOUR);
  expect([await pass(), await pass()]).toEqual([1, 0]);
  const failed = (await logOf(other)).filter(({ kind }) => kind === 'triggerFailed');
  expect(failed.map(({ actorName, detail }) => [actorName, detail.reason.includes('paintIt')])).toEqual([['Broken', true]]);
});

describe('a trigger that cannot be', () => {
  test.each([
    ['without a name', { name: ' ' }, 'name'],
    ['of no state', { state: 'hungry' }, 'state'],
    ['of no time', { minutes: 0 }, 'minutes'],
    ['without an action', { actions: [] }, 'actions'],
    ['with an action that needs an email', { actions: [{ type: 'deleteMessage', config: {} }] }, 'actions.0.type'],
    [
      'with a condition on an email',
      { conditions: { combinator: 'and', rules: [{ field: 'fromAddress', operator: '=', value: 'x' }] } },
      'conditions.rules.0.field',
    ],
  ])('%s is refused with a word at its place', async (_, data, path) => {
    const { status, body } = await desk.app.request('POST', '/triggers', input(data));
    expect([status, body.error.details.errors.map((error: any) => error.path.join('.'))]).toEqual([400, [path]]);
  });
});

describe('triggers of a file', () => {
  const importing = (triggers: unknown[], format = 'mail-scanner-triggers') =>
    desk.app.request('POST', '/triggers/import', { format, triggers });

  test('are added as they were, switched off, and what they name that is not here is said', async () => {
    const conditions = { combinator: 'and', rules: [{ field: 'priority', operator: '=', value: 'High' }] };
    await trigger({ name: 'Kept', countsBusinessHours: true, conditions });
    const [{ documentId, startsAt: _startsAt, ...kept }] = await desk.app.api('GET', '/triggers');
    await desk.app.api('DELETE', `/triggers/${documentId}`);
    const actions = [
      { type: 'notifyPeople', config: { people: [987_654] } },
      { type: 'answerCustomer', config: { reply: 'gone' } },
      { type: 'setTags', config: { tags: ['gone'] } },
    ];
    const { status, body } = await importing([kept, { ...kept, name: 'Odd', actions }]);
    expect([status, body.data.notes]).toEqual([
      201,
      [
        'The imported actions name tags that are not there. Choose others.',
        'The imported actions name people who are not here. Choose others.',
        'The imported actions answer with canned replies that are not there. Choose others.',
      ],
    ]);
    const [first, second] = await desk.app.api('GET', '/triggers');
    expect(first).toMatchObject({ ...kept, active: false });
    expect(second).toMatchObject({ name: 'Odd', active: false });
    const ticket = await ticketOf('Left alone');
    await ago(ticket, 2 * DAY);
    expect(await pass()).toBe(0);
  });

  test('are refused as a whole where one is wrong, with a word at its place, and so is a file of something else', async () => {
    const good = input({ name: 'Good' });
    const refused = async (triggers: unknown[], format?: string) => {
      const { status, body } = await importing(triggers, format);
      expect(status).toBe(400);
      return body.error.details.errors.map(({ path }: any) => path.join('.'));
    };
    expect(await refused([good, input({ minutes: 0 }), input({ name: '' })])).toEqual(['triggers.1.minutes', 'triggers.2.name']);
    expect(await refused([good], 'mail-scanner-rules')).toEqual(['format']);
    expect(await refused([])).toEqual(['triggers']);
    expect(await desk.app.api('GET', '/triggers')).toEqual([]);
  });
});

test('a trigger asks for a status of the site by its name, and sets another one', async () => {
  const own = (name: string, kind: string) => desk.app.api('POST', '/ticket-statuses', { name, kind });
  const [parts, recall] = [await own('Parts', 'Open'), await own('Call again', 'In Progress')];
  const conditions = { combinator: 'and', rules: [{ field: 'ownStatus', operator: '=', value: 'parts' }] };
  await trigger({ conditions, actions: [{ type: 'setFields', config: { fields: { helpdeskStatus: recall.documentId } } }] });
  const [one, other] = [await ticketOf('Has parts'), await ticketOf('Has none')];
  await change(one, { helpdeskStatus: parts.documentId });
  for (const ticket of [one, other]) await ago(ticket, 2 * HOUR);
  expect(await pass()).toBe(1);
  const read = async (ticket: any) => (await desk.app.api('GET', `/tickets/${ticket.documentId}`)) as any;
  expect([(await read(one)).ticketStatus, (await read(one)).helpdeskStatus.name]).toEqual(['In Progress', 'Call again']);
  expect((await read(other)).helpdeskStatus).toBeNull();
  expect(await logOf(one)).toContainEqual(
    expect.objectContaining({ kind: 'helpdeskStatus', actorKind: 'trigger', detail: { from: 'Parts', to: 'Call again' } }),
  );
});
