import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDesk, type Desk } from '../support/desk';
import { CREATE_TICKET, mail } from '../support/helpdesk';

let desk: Desk;

beforeAll(async () => {
  desk = await startDesk();
});

afterAll(() => desk?.stop());

const on = (field: string, operator: string, value: unknown) => ({ combinator: 'and', rules: [{ field, operator, value }] });
const tryIt = (rule: object, trial: object = {}) =>
  desk.app.api('POST', `/scanners/${desk.scanner.documentId}/rules/try`, { rule: { name: 'Tried', ...rule }, ...trial });
const logged = async () => (await desk.app.api('GET', '/messages?pageSize=100')) as any[];

describe('a rule is tried before it is saved', () => {
  beforeAll(async () => {
    await desk.arrives(
      mail({ subject: 'Invoice 17', from: 'Ann <ann@billing.test>', text: 'Please pay.' }),
      mail({ subject: 'Broken lamp', text: 'It flickers.', headers: { 'List-Id': 'News <news.shop.test>' } }),
      mail({ subject: 'Invoice 18', from: 'Bob <bob@billing.test>', text: 'Please pay, too.' }),
    );
  });

  test('on a pasted email, with what a scan would do, and nothing is written', async () => {
    const before = await desk.app.strapi.db.query('plugin::mail-scanner.ticket' as never).count();
    const answer = await tryIt(
      { conditions: on('subject', 'contains', 'refund'), actions: CREATE_TICKET },
      { source: mail({ subject: 'Refund' }) },
    );
    expect(answer.own).toMatchObject({ matched: true, conditions: { rules: [{ saw: 'Refund', result: true }] } });
    // Another rule stands before it and takes every email.
    expect(answer.message.rule.name).toBe('All');
    expect(await desk.app.strapi.db.query('plugin::mail-scanner.ticket' as never).count()).toBe(before);
    expect(await desk.app.api('GET', `/scanners/${desk.scanner.documentId}/rules`)).toHaveLength(1);
  });

  test('in the place of the saved one that is changed, though that is switched off', async () => {
    const [{ documentId }] = await desk.app.api('GET', `/scanners/${desk.scanner.documentId}/rules`);
    const changed = {
      active: false,
      name: 'Changed',
      conditions: on('subject', 'contains', 'refund'),
      actions: [{ type: 'deleteMessage' }],
    };
    const answer = await tryIt(changed, { ruleId: documentId, source: mail({ subject: 'Refund' }) });
    expect(answer.message).toMatchObject({
      outcome: 'processed',
      rule: { name: 'Changed' },
      effects: [{ type: 'seen' }, { type: 'delete' }],
    });
  });

  test('an email that is no text is sent as base64', async () => {
    const source = Buffer.from(mail({ subject: 'Caf\xe9' }), 'latin1').toString('base64');
    expect((await tryIt({ conditions: on('subject', 'contains', 'Café') }, { source, encoding: 'base64' })).own.matched).toBe(true);
  });

  test('on an email of the scan log, out of the mailbox', async () => {
    const { documentId } = (await logged()).find(({ subject }) => subject === 'Broken lamp');
    const answer = await tryIt({ conditions: on('header:List-Id', 'contains', 'news.shop.test') }, { message: documentId });
    expect(answer).toMatchObject({ problem: null, own: { matched: true } });
    expect(answer.message.subject).toBe('Broken lamp');
  });

  test('what is wrong with it is said beside each field', async () => {
    const rule = { name: 'Tried', conditions: on('subject', 'matches', '(') };
    const { status, body } = await desk.app.request('POST', `/scanners/${desk.scanner.documentId}/rules/try`, { rule });
    expect(status).toBe(400);
    expect(body.error.details.errors[0].path).toEqual(['conditions', 'rules', '0', 'value']);
  });

  test.each([
    ['what the scan log keeps', on('subject', 'contains', 'invoice'), { counted: 3, met: 2, unknown: 0 }],
    ['the text of tickets', on('text', 'contains', 'flickers'), { counted: 3, met: 1, unknown: 0 }],
    ['what is not kept: it says so', on('header:List-Id', 'notNull', null), { counted: 3, met: 0, unknown: 3 }],
    [
      'what is not kept, where something else decides',
      { combinator: 'and', rules: [...on('subject', 'contains', 'lamp').rules, ...on('header:X-Spam', 'notNull', null).rules] },
      { counted: 3, met: 0, unknown: 1 },
    ],
  ])('and the last emails are counted by %s', async (_, conditions, count) => {
    expect((await tryIt({ conditions })).counted).toMatchObject({ ...count, isCutShort: false });
  });

  test('emails of other folders are not counted', async () => {
    expect((await tryIt({ folders: ['Archive'], conditions: on('subject', 'contains', 'invoice') })).counted.met).toBe(0);
  });

  test('where sources are kept, all of an email counts', async () => {
    await desk.app.api('PUT', '/settings', { keepSources: 'all' });
    await desk.arrives(mail({ subject: 'Offer', headers: { 'List-Id': 'Offers <offers.shop.test>' } }));
    expect((await tryIt({ conditions: on('header:List-Id', 'contains', 'offers') })).counted).toMatchObject({
      counted: 4,
      met: 1,
      unknown: 3,
    });
  });
});

describe('rules are copied and imported', () => {
  const importing = (rules: unknown[], format = 'mail-scanner-rules') =>
    desk.app.request('POST', `/scanners/${desk.scanner.documentId}/rules/import`, { format, rules });
  const rulesNow = () => desk.app.api('GET', `/scanners/${desk.scanner.documentId}/rules`) as Promise<any[]>;
  const remove = async (rules: any[]) => {
    for (const { documentId } of rules) await desk.app.api('DELETE', `/rules/${documentId}`);
  };

  test('switched off, behind the others, and what they name that is not there is said', async () => {
    const actions = [
      { type: 'assign', config: { people: [987654] } },
      { type: 'setTags', config: { tags: ['gone'] } },
    ];
    const [first] = await rulesNow();
    const { status, body } = await importing([
      { ...first, name: 'Copy' },
      { name: 'Odd', active: true, folders: ['INBOX', 'Nowhere'], actions },
    ]);
    expect(status).toBe(201);
    expect(body.data.notes).toEqual([
      'The mailbox has no folder Nowhere. Choose other folders in these rules, or create it.',
      'The imported actions name tags that are not there. Choose others.',
      'The imported actions name people who are not here. Choose others.',
    ]);
    const added = (await rulesNow()).slice(1);
    expect(added.map(({ name, active }) => [name, active])).toEqual([
      ['Copy', false],
      ['Odd', false],
    ]);
    expect(added[0].actions).toEqual(first.actions);
    await remove(added);
  });

  test('all of them or none: each that is wrong is named', async () => {
    const { status, body } = await importing([{ name: 'Good' }, { name: '', actions: [{ type: 'noSuch' }] }]);
    expect(status).toBe(400);
    expect(body.error.details.errors.map(({ path }: any) => path.join('.'))).toEqual(['rules.1.name', 'rules.1.actions.0.type']);
    expect(await rulesNow()).toHaveLength(1);
  });

  test('no other file is taken for one of rules', async () => {
    expect((await importing([{ name: 'Good' }], 'something-else')).status).toBe(400);
    expect(await rulesNow()).toHaveLength(1);
  });
});

test('a scanner is duplicated with its rules, inactive and without a password', async () => {
  const source = await desk.app.api('GET', `/scanners/${desk.scanner.documentId}`);
  const rulesOf = async (documentId: string) =>
    (await desk.app.api('GET', `/scanners/${documentId}/rules`)).map(
      ({ documentId: _id, createdAt: _made, updatedAt: _changed, ...rule }: any) => rule,
    );
  const wanted = { ...source, name: 'Sales', active: undefined, username: 'sales', rulesFrom: source.documentId };
  const refused = await desk.app.request('POST', '/scanners', wanted);
  expect(refused.body.error.details.errors.map(({ path }: any) => path)).toEqual([['password']]);
  const { documentId } = await desk.app.api('POST', '/scanners', { ...wanted, password: 'secret' });
  expect(await desk.app.api('GET', `/scanners/${documentId}`)).toMatchObject({
    name: 'Sales',
    active: false,
    host: source.host,
    lastScanAt: null,
  });
  expect(await rulesOf(documentId)).toEqual(await rulesOf(source.documentId));
  const unknown = await desk.app.request('POST', '/scanners', { ...wanted, password: 'secret', rulesFrom: 'gone' });
  expect([unknown.status, unknown.body.error.details.errors[0].path]).toEqual([400, ['rulesFrom']]);
  expect((await desk.app.api('GET', '/scanners')).filter(({ name }: any) => name === 'Sales')).toHaveLength(1);
  await desk.app.api('DELETE', `/scanners/${documentId}`);
});

test('a rule begins with an email of the scan log, or with a message of a ticket', async () => {
  const { documentId, ticket } = (await logged()).find(({ subject }) => subject === 'Broken lamp');
  const proposal = await desk.app.api('GET', `/rule-proposal?message=${documentId}`);
  expect(proposal).toMatchObject({ scanner: desk.scanner.documentId, folders: ['INBOX'], name: 'news.shop.test' });
  expect(proposal.conditions.rules).toEqual([
    { field: 'header:List-Id', operator: 'contains', value: 'news.shop.test' },
    { field: 'fromAddress', operator: '=', value: 'jane@customer.test' },
    { field: 'subject', operator: 'contains', value: 'broken lamp' },
  ]);
  const [comment] = (await desk.app.api('GET', `/tickets/${ticket.documentId}`)).comments;
  expect(await desk.app.api('GET', `/rule-proposal?comment=${comment.documentId}`)).toEqual(proposal);
  expect((await desk.app.request('GET', '/rule-proposal?message=gone')).status).toBe(404);
});
