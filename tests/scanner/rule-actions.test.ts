import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startDesk, type Desk } from '../support/desk';
import { CREATE_TICKET, eventually, mail, type RuleInput } from '../support/helpdesk';

let desk: Desk;
let people: number[];

beforeAll(async () => {
  desk = await startDesk();
  people = [];
  for (const name of ['Ada', 'Bo', 'Cy']) people.push(await agent(name));
});

afterAll(() => desk?.stop());

beforeEach(async () => {
  for (const { documentId } of await desk.app.api('GET', `/scanners/${desk.scanner.documentId}/rules`))
    await desk.app.api('DELETE', `/rules/${documentId}`);
});

async function agent(firstname: string): Promise<number> {
  const { id: role } = await desk.app.strapi.db.query('admin::role').findOne({ where: { code: 'strapi-editor' } });
  const email = `${firstname.toLowerCase()}@desk.test`;
  const user = { email, password: 'Passw0rd!agent', firstname, lastname: '', isActive: true, registrationToken: null, roles: [role] };
  return (await desk.app.strapi.service('admin::user')!.create(user)).id;
}

const add = (rule: RuleInput) => desk.app.api('POST', `/scanners/${desk.scanner.documentId}/rules`, { name: 'Tried', ...rule });
const refused = async (rule: RuleInput) => {
  const { status, body } = await desk.app.request('POST', `/scanners/${desk.scanner.documentId}/rules`, { name: 'Tried', ...rule });
  expect(status).toBe(400);
  return body.error.details.errors.map(({ path, message }: any) => [path.join('.'), message]);
};
const subjectMatches = (value: string) => ({ combinator: 'and', rules: [{ field: 'subject', operator: 'matches', value }] });
/** The tickets of these subjects, in this order. */
async function ticketsOf(...subjects: string[]): Promise<any[]> {
  const rows = await desk.app.strapi.db
    .query('plugin::mail-scanner.ticket' as never)
    .findMany({ populate: { assignee: true, helpdeskTags: true, helpdeskTeam: true, scanner: true } as never });
  return subjects.map((subject) => rows.find((row: any) => row.subjectKey === subject.toLowerCase()));
}
const lastLogged = async () => ((await desk.app.api('GET', '/messages')) as any[])[0];

describe('assign', () => {
  const assigning = (config: object) => [...CREATE_TICKET, { type: 'assign', config: { people, ...config } }];

  test('in turn, also over scans, and a person who may not sign in any more is passed over', async () => {
    await add({ actions: assigning({ how: 'roundRobin' }) });
    await desk.arrives(...['One', 'Two'].map((subject) => mail({ subject })));
    await desk.arrives(...['Three', 'Four'].map((subject) => mail({ subject })));
    const names = (await ticketsOf('One', 'Two', 'Three', 'Four')).map(({ assignee }) => assignee.firstname);
    expect(names).toEqual(['Ada', 'Bo', 'Cy', 'Ada']);
    await desk.app.strapi.db.query('admin::user').update({ where: { id: people[1] }, data: { blocked: true } });
    await desk.arrives(...['Five', 'Six', 'Seven', 'Eight'].map((subject) => mail({ subject })));
    const later = (await ticketsOf('Five', 'Six', 'Seven', 'Eight')).map(({ assignee }) => assignee.firstname);
    expect([later.filter((name) => name === 'Ada').length, later.filter((name) => name === 'Cy').length]).toEqual([2, 2]);
    await desk.app.strapi.db.query('admin::user').update({ where: { id: people[1] }, data: { blocked: false } });
  });

  test('an absent person is passed over; where all are absent, the ticket goes to nobody, and the log says so', async () => {
    await add({ actions: assigning({ how: 'roundRobin' }) });
    const away = (id: number, until: string | null) => desk.app.api('PUT', `/agents/${id}/absence`, { until });
    const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    await away(people[0], day);
    await desk.arrives(...['Here one', 'Here two', 'Here three'].map((subject) => mail({ subject, from: 'away@customer.test' })));
    const names = (await ticketsOf('Here one', 'Here two', 'Here three')).map(({ assignee }) => assignee.firstname);
    expect(new Set(names)).toEqual(new Set(['Bo', 'Cy']));
    for (const id of people.slice(1)) await away(id, day);
    await desk.arrives(mail({ subject: 'All away', from: 'away@customer.test' }));
    expect((await ticketsOf('All away'))[0].assignee).toBeNull();
    expect((await lastLogged()).reason).toContain('All people of this rule are absent');
    for (const id of people) await away(id, null);
  });

  test('a turn is not used up by a preview, whose transaction is rolled back', async () => {
    await add({ actions: assigning({ how: 'roundRobin' }) });
    const [{ documentId }] = await desk.app.api('GET', `/scanners/${desk.scanner.documentId}/rules`);
    await desk.app.api('POST', `/scanners/${desk.scanner.documentId}/preview`, { source: mail() });
    await desk.arrives(mail({ subject: 'First of all' }));
    const [{ value }] = await desk.app.strapi.db.connection('mail_scanner_counters').where({ name: `turn of rule ${documentId}` });
    expect(Number(value)).toBe(1);
    expect((await ticketsOf('First of all'))[0].assignee.firstname).toBe('Ada');
  });

  test('to a team, whose people take turns or which sees to it itself; without a rule it is the team of the scanner', async () => {
    const team = await desk.app.api('POST', '/teams', { name: 'Returns', agents: people.slice(1) });
    const other = await desk.app.api('POST', '/teams', { name: 'Shop' });
    const toTeam = (config: object) => assigning({ people: [], team: team.documentId, ...config });
    const holders = async (...subjects: string[]) =>
      (await ticketsOf(...subjects)).map(({ helpdeskTeam, assignee }) => [helpdeskTeam?.name, assignee?.firstname]);
    await desk.app.api('PUT', `/scanners/${desk.scanner.documentId}`, { helpdeskTeam: other.documentId });
    expect(await desk.app.api('GET', `/scanners/${desk.scanner.documentId}`)).toMatchObject({ helpdeskTeam: { name: 'Shop' } });
    await add({ conditions: subjectMatches('Turn'), actions: toTeam({ how: 'roundRobin' }) });
    await add({ conditions: subjectMatches('Free'), actions: toTeam({ how: 'nobody' }) });
    await add({ actions: CREATE_TICKET });
    await desk.arrives(...['Turn one', 'Turn two', 'Free one', 'None of these'].map((subject) => mail({ subject })));
    expect(await holders('Turn one', 'Turn two', 'Free one', 'None of these')).toEqual([
      ['Returns', 'Bo'],
      ['Returns', 'Cy'],
      ['Returns', undefined],
      ['Shop', undefined],
    ]);
    expect(await refused({ actions: assigning({ people: [], how: 'roundRobin' }) })).toEqual([
      ['actions.2.config.people', 'Choose at least one person, or a team.'],
    ]);
    await desk.app.api('PUT', `/scanners/${desk.scanner.documentId}`, { helpdeskTeam: null });
    await desk.app.api('DELETE', `/teams/${team.documentId}`);
    await desk.arrives(mail({ subject: 'Turn three' }));
    expect(await holders('Turn three')).toEqual([[undefined, undefined]]);
    expect((await lastLogged()).reason).toContain('The team that this rule gives tickets to is not there any more.');
  });

  test('to the one who has the fewest open tickets, counting those of the same batch', async () => {
    await add({ actions: assigning({ how: 'leastLoaded' }) });
    const loads = async () =>
      Promise.all(
        people.map((id) =>
          desk.app.strapi.db.query('plugin::mail-scanner.ticket' as never).count({ where: { assignee: { id } } as never }),
        ),
      );
    const before = await loads();
    const missing = before.reduce((sum, load) => sum + Math.max(...before) - load, 0);
    await desk.arrives(...Array.from({ length: missing + 3 }, (_, index) => mail({ subject: `Load ${index}` })));
    expect(new Set(await loads())).toEqual(new Set([Math.max(...before) + 1]));
  });

  test('leaves a ticket to who has it, unless the rule says otherwise', async () => {
    const [{ ticketNumber, assignee }] = await ticketsOf('One');
    expect(assignee.firstname).toBe('Ada');
    await add({ actions: assigning({ people: [people[2]] }) });
    await desk.arrives(mail({ subject: `Re: One [${ticketNumber}]` }));
    expect((await ticketsOf('One'))[0].assignee.firstname).toBe('Ada');
    const [{ documentId }] = await desk.app.api('GET', `/scanners/${desk.scanner.documentId}/rules`);
    await desk.app.api('PUT', `/rules/${documentId}`, { actions: assigning({ people: [people[2]], reassign: true }) });
    await desk.arrives(mail({ subject: `Re: One [${ticketNumber}]`, text: 'Again.' }));
    expect((await ticketsOf('One'))[0].assignee.firstname).toBe('Cy');
  });

  test('nobody is refused when the rule is saved', async () => {
    expect(await refused({ actions: assigning({ people: [] }) })).toEqual([
      ['actions.2.config.people', 'Choose at least one person, or a team.'],
    ]);
  });
});

describe('what a pattern catches', () => {
  test('fills title, priority and tags, and what does not fit is left out and said', async () => {
    await desk.app.api('POST', '/tags', { name: 'Billing', colour: 'blue' });
    const onCreate = { title: 'Order $no ($1)', priority: '$prio' };
    await add({
      conditions: subjectMatches('^(\\w+): order (?<no>\\S+)(?: (?<prio>\\w+))?$'),
      actions: [CREATE_TICKET[0], { type: 'createOrUpdateTicket', config: { onCreate } }, { type: 'setTags', config: { names: ['$1'] } }],
    });
    await desk.arrives(
      mail({ subject: 'billing: order A-1 urgent' }),
      mail({ subject: 'Billing: order <b>2 whenever' }),
      mail({ subject: 'other: order 3' }),
    );
    const [one, two, three] = await ticketsOf('billing: order A-1 urgent', 'billing: order <b>2 whenever', 'other: order 3');
    expect([one.title, one.priority, one.helpdeskTags.map(({ name }: any) => name)]).toEqual([
      'Order A-1 (billing)',
      'Urgent',
      ['Billing'],
    ]);
    expect([two.title, two.priority]).toEqual(['Order <b>2 (Billing)', 'Normal']);
    expect([three.title, three.priority, three.helpdeskTags]).toEqual(['Order 3 (other)', 'Normal', []]);
    const reasons = ((await desk.app.api('GET', '/messages')) as any[]).slice(0, 3).map(({ reason }) => reason);
    expect(reasons.some((reason) => reason.includes('does not fit the field "priority"'))).toBe(true);
    expect(reasons.some((reason) => reason.includes('names a tag that is not there'))).toBe(true);
  });

  test('a group that no pattern has is refused beside the field, and so is a field that takes no text', async () => {
    const onCreate = { title: '$2 and $who', assignee: '$1' };
    const errors = await refused({
      conditions: subjectMatches('order (\\d+)'),
      actions: [{ type: 'createOrUpdateTicket', config: { onCreate } }],
    });
    expect(errors.map(([path]: string[]) => path)).toEqual([
      'actions.0.config.onCreate.title',
      'actions.0.config.onCreate.title',
      'actions.0.config.onCreate.assignee',
    ]);
    expect(errors[1][1]).toContain('group $who');
  });

  test('sets fields of a ticket that an earlier rule opened', async () => {
    await add({ name: 'Opens', actions: CREATE_TICKET, continueAfterMatch: true });
    await add({
      conditions: subjectMatches('\\bprio (?<prio>\\w+)'),
      actions: [{ type: 'setFields', config: { fields: { priority: '$prio', ticketStatus: 'In Progress' } } }],
    });
    await desk.arrives(mail({ subject: 'Fan prio high' }));
    expect((await ticketsOf('Fan prio high'))[0]).toMatchObject({ priority: 'High', ticketStatus: 'In Progress' });
  });
});

describe('a rule ends the way of a message', () => {
  test('stop: no later rule, though this one goes on afterwards; the rest of its actions run', async () => {
    await add({
      name: 'Stops',
      actions: [{ type: 'stop' }, { type: 'moveToFolder', config: { folder: 'Stopped' } }],
      continueAfterMatch: true,
    });
    await add({ name: 'Opens', actions: CREATE_TICKET });
    expect(await desk.arrives(mail({ subject: 'Stopped here' }))).toEqual({ processed: 1 });
    expect(await ticketsOf('Stopped here')).toEqual([undefined]);
    const { documentId } = await lastLogged();
    expect((await desk.app.api('GET', `/messages/${documentId}`)).trace).toHaveLength(1);
    expect(await desk.server.messages('Stopped')).toHaveLength(1);
  });

  test('ignore: read, no ticket, no later action, and the scan log says so', async () => {
    await add({ name: 'Nothing for us', actions: [{ type: 'ignore' }, ...CREATE_TICKET], continueAfterMatch: true });
    await add({ name: 'Opens', actions: CREATE_TICKET });
    await desk.arrives(mail({ subject: 'Ignored' }));
    expect(await ticketsOf('Ignored')).toEqual([undefined]);
    expect(await lastLogged()).toMatchObject({
      outcome: 'processed',
      reason: 'Ignored, as the rule "Nothing for us" says: no ticket.',
      ticket: null,
    });
  });
});

describe('an answer to a ticket that was closed long ago', () => {
  const closedFor = async (title: string, days: number) => {
    const [ticket] = await ticketsOf(title);
    await desk.app.api('PUT', `/tickets/${ticket.documentId}`, { ticketStatus: 'Closed' });
    const when = new Date(Date.now() - days * 86_400_000);
    const where = { ticket: { id: ticket.id }, kind: 'status' };
    const [entry] = await desk.app.strapi.db
      .query('plugin::mail-scanner.activity' as never)
      .findMany({ where: where as never, orderBy: { id: 'desc' } });
    await desk.app.strapi.db.connection('mail_scanner_activities').where({ id: entry.id }).update({ created_at: when });
    return ticket;
  };
  const RULE = { actions: [CREATE_TICKET[0], { type: 'createOrUpdateTicket', config: { newAfterDays: 30 } }] };
  const answerTo = (ticket: any, text: string) => mail({ subject: `Re: Old lamp [${ticket.ticketNumber}]`, text });

  test('opens a new ticket that refers to it, once: the next one joins that', async () => {
    await add(RULE);
    await desk.arrives(mail({ subject: 'Old lamp' }));
    const old = await closedFor('Old lamp', 31);
    await desk.arrives(answerTo(old, 'It broke again.'), answerTo(old, 'Are you there?'));
    await desk.arrives(answerTo(old, 'Hello?'));
    const rows = await desk.app.strapi.db
      .query('plugin::mail-scanner.ticket' as never)
      .findMany({ where: { related: { id: old.id } } as never, populate: { related: true } as never });
    expect(rows).toHaveLength(1);
    const { comments } = await desk.app.api('GET', `/tickets/${rows[0].documentId}`);
    expect(comments).toHaveLength(3);
    expect((await desk.app.api('GET', `/tickets/${old.documentId}`)).ticketStatus).toBe('Closed');
    const reasons = ((await desk.app.api('GET', '/messages')) as any[]).map(({ reason }) => reason);
    expect(reasons.some((reason) => reason.includes(`refers to ${old.ticketNumber}, which was closed too long ago`))).toBe(true);
  });

  test('within those days opens it again', async () => {
    await add(RULE);
    await desk.arrives(mail({ subject: 'New lamp' }));
    const ticket = await closedFor('New lamp', 29);
    await desk.arrives(mail({ subject: `Re: New lamp [${ticket.ticketNumber}]` }));
    expect((await desk.app.api('GET', `/tickets/${ticket.documentId}`)).ticketStatus).toBe('Open');
  });

  test('however long ago that was, where the rule does not say so', async () => {
    await add({ actions: CREATE_TICKET });
    const ticket = await closedFor('New lamp', 400);
    await desk.arrives(mail({ subject: `Re: New lamp [${ticket.ticketNumber}]`, text: 'Once more.' }));
    expect((await desk.app.api('GET', `/tickets/${ticket.documentId}`)).ticketStatus).toBe('Open');
  });

  test('a number of days that is none is refused', async () => {
    const actions = [{ type: 'createOrUpdateTicket', config: { newAfterDays: 0 } }];
    expect(await refused({ actions })).toEqual([['actions.0.config.newAfterDays', 'Enter a number of days from 1 to 3650.']]);
  });
});

describe('the number of a ticket behind the plus of our address', () => {
  const commentsOf = async (ticket: any) => (await desk.app.api('GET', `/tickets/${ticket.documentId}`)).comments.length;

  test('leads a participant to it, and makes nobody a participant', async () => {
    await add({ actions: CREATE_TICKET });
    await desk.arrives(mail({ subject: 'Plus' }));
    const [ticket] = await ticketsOf('Plus');
    const to = `support+${ticket.ticketNumber.toLowerCase()}@example.com`;
    await desk.arrives(mail({ subject: 'Something else', to }));
    await desk.arrives(mail({ subject: 'Handed on', to: 'desk@example.com', headers: { 'Delivered-To': to } }));
    expect(await commentsOf(ticket)).toBe(3);
    expect((await ticketsOf('Plus'))[0].participants).not.toContain(to);
  });

  test('is no way in for strangers, nor does one behind a stranger’s plus count', async () => {
    await add({ actions: CREATE_TICKET });
    const [ticket] = await ticketsOf('Plus');
    await desk.arrives(mail({ from: 'eve@elsewhere.test', subject: 'Let me in', to: `support+${ticket.ticketNumber}@example.com` }));
    await desk.arrives(mail({ subject: 'Not yours', to: `other+${ticket.ticketNumber}@elsewhere.test` }));
    expect(await commentsOf(ticket)).toBe(3);
  });
});

describe('what reaches people', () => {
  const now = () => ({ Date: new Date().toUTCString() });
  const fresh = (subject: string, more: Parameters<typeof mail>[0] = {}) =>
    mail({ subject, ...more, headers: { ...now(), ...more.headers } });
  const publicComments = async (subject: string) => {
    const [ticket] = await ticketsOf(subject);
    return desk.app.strapi.db
      .query('plugin::mail-scanner.comment' as never)
      .findMany({ where: { ticket: { id: ticket?.id ?? 0 }, source: 'api', isPublic: true } as never });
  };
  const newReply = async (): Promise<string> =>
    (
      await desk.app.api('POST', '/canned-replies', {
        name: 'Hello',
        body: '<p>Dear $contacts-firstName$, we look into $helpdesk-ticket_no$.</p>',
      })
    ).documentId;

  test('a canned reply goes to the customer once an hour, as an email that says a program wrote it', async () => {
    await add({ actions: [...CREATE_TICKET, { type: 'answerCustomer', config: { reply: await newReply() } }] });
    await desk.arrives(fresh('Help me', { from: 'Nora <nora@answers.test>' }), fresh('Help again', { from: 'Nora <nora@answers.test>' }));
    const [ticket] = await ticketsOf('Help me');
    const sent = await eventually(() => desk.sink.mails.find(({ to }) => to.includes('nora@answers.test')));
    expect(sent.parsed.text).toContain(`we look into ${ticket.ticketNumber}`);
    expect(sent.raw).toMatch(/^Auto-Submitted: auto-replied/m);
    expect([(await publicComments('Help me')).length, (await publicComments('Help again')).length]).toEqual([1, 0]);
    const [again, first] = (await desk.app.api('GET', '/messages')) as any[];
    expect(first.reason).toContain('The customer gets an answer by itself.');
    expect(again.reason).toContain('No answer by itself');
  });

  test.each([
    ['a machine', { headers: { 'Auto-Submitted': 'auto-replied' } }],
    ['a mailing list', { headers: { 'List-Id': '<news.answers.test>' } }],
    ['who reads no answers', { from: 'no-reply@shop.test' }],
    ['what was written long ago', { headers: { Date: 'Thu, 01 Jan 2026 10:00:00 +0000' } }],
  ])('%s gets no answer', async (kind, more) => {
    await add({ actions: [...CREATE_TICKET, { type: 'answerCustomer', config: { reply: await newReply() } }] });
    await desk.arrives(fresh(`From ${kind}`, { from: `Other <${kind.replaceAll(' ', '')}@answers.test>`, ...more }));
    expect(await publicComments(`From ${kind}`)).toEqual([]);
  });

  test('a preview says that it would answer, and answers nobody', async () => {
    await add({ actions: [...CREATE_TICKET, { type: 'answerCustomer', config: { reply: await newReply() } }] });
    const source = fresh('Only looked at', { from: 'Paul <paul@answers.test>' });
    const message = await desk.app.api('POST', `/scanners/${desk.scanner.documentId}/preview`, { source });
    expect(message[0].actions.at(-1)).toEqual({ type: 'answerCustomer', description: 'answer with a canned reply' });
    await desk.arrives(source);
    expect((await publicComments('Only looked at')).length).toBe(1);
  });

  test('people are told who may see the ticket, and an internal note is written with what a pattern caught', async () => {
    const { id: administrator } = await desk.app.strapi.db
      .query('admin::user')
      .findOne({ where: { roles: { code: 'strapi-super-admin' } } as never });
    await add({
      conditions: subjectMatches('machine (\\d+)'),
      actions: [
        ...CREATE_TICKET,
        // An editor has no permission to see tickets.
        { type: 'notifyPeople', config: { people: [people[0], administrator] } },
        { type: 'writeNote', config: { text: 'It is about machine $1.' } },
      ],
    });
    await desk.arrives(fresh('About machine 7'));
    const [ticket] = await ticketsOf('About machine 7');
    const notes = await desk.app.strapi.db
      .query('plugin::mail-scanner.comment' as never)
      .findMany({ where: { ticket: { id: ticket.id }, isPublic: false } as never });
    expect(notes.map(({ text }: any) => text)).toContain('It is about machine 7.');
    const notices = await eventually(async () => {
      const rows = await desk.app.strapi.db.connection('mail_scanner_notices').where({ ticket_id: ticket.id, kind: 'called' });
      return rows.length > 0 && rows;
    });
    expect(notices.map(({ user_id }: any) => user_id)).toEqual([administrator]);
  });
});
