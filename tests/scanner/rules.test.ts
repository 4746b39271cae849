import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addScanner, bounceOf, CREATE_TICKET, mail, setUpOutgoing, type RuleInput } from '../support/helpdesk';
import type { TestMailbox } from '../support/mail-server';
import { MAILBOXES } from '../support/mailboxes';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

const subjectContains = (value: string) => ({ combinator: 'and', rules: [{ field: 'subject', operator: 'contains', value }] });
const ticketAction = (config: Record<string, unknown>) => [CREATE_TICKET[0], { type: 'createOrUpdateTicket', config }];

describe.each(MAILBOXES)('rules on real mail ($name)', ({ name, start }) => {
  let app: TestStrapi;
  let server: TestMailbox;
  let sink: SmtpSink;

  beforeAll(async () => {
    server = await start();
    sink = await startSmtpSink();
    app = await startStrapi();
    await setUpOutgoing(app, sink);
  });

  afterAll(async () => {
    await app?.stop();
    await sink?.stop();
    await server?.stop();
    if (app) removeFolder(app.folder);
  });

  // ---- Shorthands

  const count = (type: string, where: object = {}) =>
    app.strapi.db.query(`plugin::mail-scanner.${type}` as never).count({ where: where as never });
  const run = (scanner: { documentId: string }) => app.api('POST', `/scanners/${scanner.documentId}/run`);

  /** A scanner with a folder of its own, so that the tests do not see each other's mail. */
  async function scannerOn(folder: string, rules: RuleInput[] = [{}], settings: Record<string, unknown> = {}) {
    await server.createFolder(folder);
    return addScanner(
      app,
      server,
      rules.map((rule) => ({ folders: [folder], ...rule })),
      { name: folder, ...settings },
    );
  }

  async function ticketBy(title: string): Promise<any> {
    const tickets: any[] = await app.api('GET', `/tickets?search=${encodeURIComponent(title)}`);
    const found = tickets.find((ticket) => ticket.title === title);
    if (!found) throw new Error(`There is no ticket "${title}".`);
    return app.api('GET', `/tickets/${found.documentId}`);
  }

  /** The newest row of the scan log with that subject, with its trace. */
  async function rowOf(subject: string): Promise<any> {
    const rows: any[] = await app.api('GET', `/messages?search=${encodeURIComponent(subject)}`);
    return app.api('GET', `/messages/${rows.find((row) => row.subject === subject).documentId}`);
  }

  async function scanned(scanner: { documentId: string }, folder: string, ...sources: string[]): Promise<any> {
    await server.appendAll(folder, sources);
    const result = await run(scanner);
    expect(result).toMatchObject({ scanned: sources.length, error: null });
    return result;
  }

  // ---- Which rule

  test('several folders, the first match wins, and the trace says what each rule said', async () => {
    const scanner = await scannerOn('First', [
      {
        name: 'Invoices',
        conditions: {
          combinator: 'and',
          rules: [
            { field: 'subject', operator: 'contains', value: 'INVOICE' },
            { combinator: 'or', not: true, rules: [{ field: 'fromAddress', operator: 'endsWith', value: '@spam.test' }] },
          ],
        },
        actions: ticketAction({ onCreate: { priority: 'High' } }),
      },
      { name: 'Elsewhere', folders: ['Second'], actions: ticketAction({ onCreate: { priority: 'Low' } }) },
      {
        name: 'Rest',
        folders: ['First', 'Second'],
        conditions: subjectContains('invoice'),
        actions: ticketAction({ onCreate: { priority: 'Urgent' } }),
      },
    ]);
    await server.createFolder('Second');
    await server.append('Second', mail({ subject: 'In the second folder' }));
    await server.appendAll('First', [
      mail({ subject: 'Invoice 17' }),
      mail({ subject: 'Invoice 18', from: 'x@spam.test' }),
      mail({ subject: 'Hello' }),
    ]);
    expect(await run(scanner)).toMatchObject({ scanned: 4, byOutcome: { processed: 3, noMatch: 1 }, error: null });

    expect(await ticketBy('Invoice 17')).toMatchObject({ priority: 'High' });
    expect(await ticketBy('Invoice 18')).toMatchObject({ priority: 'Urgent' });
    expect(await ticketBy('In the second folder')).toMatchObject({ priority: 'Low' });
    const { rule, trace } = await rowOf('Invoice 18');
    expect(rule.name).toBe('Rest');
    expect(trace).toMatchObject([
      {
        rule: { name: 'Invoices' },
        matched: false,
        skipped: null,
        conditions: {
          combinator: 'and',
          result: false,
          rules: [
            { field: 'subject', operator: 'contains', value: 'INVOICE', result: true },
            { combinator: 'or', not: true, result: false, rules: [{ field: 'fromAddress', result: true }] },
          ],
        },
      },
      { rule: { name: 'Elsewhere' }, matched: false, skipped: 'folder', conditions: null },
      { rule: { name: 'Rest' }, matched: true, conditions: { result: true } },
    ]);
    expect(JSON.stringify(trace[0].conditions.rules[1].rules[0].saw)).toContain('x@spam.test');
    // A match that does not continue hides the rules behind it.
    expect((await rowOf('Invoice 17')).trace).toHaveLength(1);
    expect(await rowOf('Hello')).toMatchObject({ outcome: 'noMatch', rule: null, ticket: null });
    expect((await server.messages('First')).every(({ flags }) => flags.includes('\\Seen'))).toBe(true);
  });

  test('a rule that continues lets the next one act on the same message, once', async () => {
    const scanner = await scannerOn('Continued', [
      { name: 'Everything', actions: CREATE_TICKET, continueAfterMatch: true },
      {
        name: 'Never',
        conditions: subjectContains('not there'),
        actions: [{ type: 'deleteMessage', config: {} }],
        continueAfterMatch: true,
      },
      {
        name: 'Urgent ones',
        conditions: subjectContains('!'),
        actions: [
          { type: 'raisePriority', config: { words: ['help'] } },
          { type: 'moveToFolder', config: { folder: 'Continued-done' } },
        ],
      },
      { name: 'Too late', actions: [{ type: 'deleteMessage', config: {} }] },
    ]);
    await scanned(scanner, 'Continued', mail({ subject: 'Help me!' }));
    // `raisePriority` is an action of the playground, registered from the outside.
    expect(await ticketBy('Help me!')).toMatchObject({ priority: 'Urgent' });
    expect(await server.messages('Continued')).toHaveLength(0);
    expect(await server.messages('Continued-done')).toHaveLength(1);
    const { trace, reason } = await rowOf('Help me!');
    expect(trace.map(({ matched }: { matched: boolean }) => matched)).toEqual([true, false, true]);
    expect(reason).toContain('Marked as urgent.');
  });

  test('rules run in the order that was given to them, and an inactive one not at all', async () => {
    const scanner = await scannerOn('Ordered', [
      { name: 'One', actions: ticketAction({ onCreate: { priority: 'Low' } }) },
      { name: 'Two', actions: ticketAction({ onCreate: { priority: 'High' } }) },
    ]);
    const rules: any[] = await app.api('GET', `/scanners/${scanner.documentId}/rules`);
    await app.api('PUT', `/scanners/${scanner.documentId}/rules/order`, { order: rules.map(({ documentId }) => documentId).reverse() });
    await scanned(scanner, 'Ordered', mail({ subject: 'After reordering' }));
    expect(await ticketBy('After reordering')).toMatchObject({ priority: 'High' });
    await app.api('PUT', `/rules/${rules[1].documentId}`, { active: false });
    await scanned(scanner, 'Ordered', mail({ subject: 'After switching off' }));
    expect(await ticketBy('After switching off')).toMatchObject({ priority: 'Low' });
  });

  // ---- Which ticket

  test('a regular expression with a group named ticket finds the number, where it is told to look', async () => {
    const scanner = await scannerOn('Numbers', [
      { conditions: subjectContains('[subject]'), actions: ticketAction({ regex: '(?<kind>case|ref) #(?<ticket>TT\\d+)' }) },
      { conditions: subjectContains('[text]'), actions: ticketAction({ searchIn: 'subjectAndText' }) },
      { conditions: subjectContains('[source]'), actions: ticketAction({ searchIn: 'source' }) },
      {},
    ]);
    await scanned(scanner, 'Numbers', mail({ subject: 'The one to be found', from: 'num@customer.test' }));
    const { ticketNumber, documentId } = await ticketBy('The one to be found');
    const from = 'num@customer.test';
    const answers = [
      mail({ from, subject: `[subject] about case #${ticketNumber}` }),
      mail({ from, subject: '[text] in the body', text: `It is about ${ticketNumber}.` }),
      mail({ from, subject: '[source] in a header', headers: { 'X-Ticket': ticketNumber } }),
      mail({ from, subject: '[subject] the number is in the text alone', text: `ref #${ticketNumber}` }),
      mail({ from, subject: '[text] the number is in a header alone', headers: { 'X-Ticket': ticketNumber } }),
    ];
    await scanned(scanner, 'Numbers', ...answers);
    const { comments } = await app.api('GET', `/tickets/${documentId}`);
    expect(comments.slice(1).map(({ matchedBy }: any) => matchedBy)).toEqual(['ticketNumber', 'ticketNumber', 'ticketNumber']);
    expect(await ticketBy('[subject] the number is in the text alone')).toMatchObject({ related: null });
    expect(await ticketBy('[text] the number is in a header alone')).toMatchObject({ related: null });
  });

  test('the same subject from the same contact belongs to the last ticket, if the rule says so', async () => {
    const scanner = await scannerOn('Same', [
      { conditions: subjectContains('rain'), actions: ticketAction({ matchSameSubject: true }) },
      {},
    ]);
    const from = 'same@customer.test';
    await scanned(
      scanner,
      'Same',
      mail({ from, subject: 'It will rain' }),
      mail({ from, subject: 'Re: AW: It will rain' }),
      mail({ from: 'other@customer.test', subject: 'Re: It will rain' }),
      mail({ from, subject: 'Sunny' }),
      mail({ from, subject: 'Re: Sunny' }),
    );
    const { comments } = await ticketBy('It will rain');
    expect(comments.map(({ matchedBy, authorAddress }: any) => [matchedBy, authorAddress])).toEqual([
      ['new', from],
      ['sameSubject', from],
    ]);
    expect((await ticketBy('Re: It will rain')).comments).toHaveLength(1);
    expect((await ticketBy('Re: Sunny')).comments).toHaveLength(1);
  });

  test('a subject that is too long for a ticket’s row is the same one in the next email', async () => {
    const scanner = await scannerOn('Long', [{ actions: ticketAction({ matchSameSubject: true }) }]);
    const subject = `It rains ${'and rains '.repeat(30)}`.trim();
    await scanned(
      scanner,
      'Long',
      mail({ from: 'wet@customer.test', subject }),
      mail({ from: 'wet@customer.test', subject: `Re: ${subject}` }),
    );
    const [ticket, ...others] = await app.api('GET', '/tickets?search=rains');
    expect(others).toEqual([]);
    expect((await app.api('GET', `/tickets/${ticket.documentId}`)).comments).toHaveLength(2);
  });

  test('a ticket number opens no conversation to strangers, but to colleagues of the account and people in copy', async () => {
    await app.strapi.documents('plugin::mail-scanner.account').create({ data: { name: 'Acme', domain: 'acme.test' } as never });
    const scanner = await scannerOn('Strangers');
    await scanned(
      scanner,
      'Strangers',
      mail({ from: 'boss@acme.test', subject: 'Confidential', headers: { Cc: 'helper@freelance.test' } }),
    );
    const { ticketNumber, documentId, account } = await ticketBy('Confidential');
    expect(account).toMatchObject({ name: 'Acme' });
    await scanned(
      scanner,
      'Strangers',
      mail({ from: 'mallory@evil.test', subject: `Me too ${ticketNumber}` }),
      mail({ from: 'colleague@acme.test', subject: `From a colleague ${ticketNumber}` }),
      mail({ from: 'helper@freelance.test', subject: `From the one in copy ${ticketNumber}` }),
    );
    const ticket = await app.api('GET', `/tickets/${documentId}`);
    expect(ticket.comments.map(({ authorAddress, matchedBy }: any) => [authorAddress, matchedBy])).toEqual([
      ['boss@acme.test', 'new'],
      ['colleague@acme.test', 'ticketNumber'],
      ['helper@freelance.test', 'ticketNumber'],
    ]);
    expect(ticket.participants).not.toContain('mallory@evil.test');
    const own = await ticketBy(`Me too ${ticketNumber}`);
    expect(own.related).toMatchObject({ ticketNumber });
    expect(own.contact.email).toBe('mallory@evil.test');
  });

  test('the actual sender is the author, and a forged From that fails DMARC cannot use a number', async () => {
    const scanner = await scannerOn('Forged');
    await scanned(scanner, 'Forged', mail({ from: 'victim@bank.test', subject: 'My account' }));
    const { ticketNumber, comments } = await ticketBy('My account');
    expect(comments[0].authorAddress).toBe('victim@bank.test');
    await scanned(
      scanner,
      'Forged',
      mail({
        from: 'victim@bank.test',
        subject: `Tell me all ${ticketNumber}`,
        headers: { 'Authentication-Results': 'mx.example.com; dmarc=fail header.from=bank.test' },
      }),
    );
    const mx = await rowOf(`Tell me all ${ticketNumber}`);
    expect(mx.reason).toContain('no part');
    expect((await ticketBy('My account')).comments).toHaveLength(1);
  });

  // ---- What is written

  test('fields on create and on update, with an assignee and a relation by documentId', async () => {
    const role = await app.strapi.service('admin::role')!.getSuperAdmin();
    const agent = await app.strapi.service('admin::user')!.create({
      email: `agent-${name.replaceAll(' ', '-')}@example.com`,
      firstname: 'Alva',
      lastname: 'Agent',
      isActive: true,
      password: 'Passw0rd!agent',
      registrationToken: null,
      roles: [role.id],
    });
    const account = await app.strapi.documents('plugin::mail-scanner.account').create({ data: { name: 'By its documentId' } as never });
    const fields = {
      onCreate: { assignee: agent.id, account: account.documentId, ticketStatus: 'In Progress', priority: 'High' },
      onUpdate: { priority: 'Low' },
    };
    const scanner = await scannerOn('Fields', [{ actions: ticketAction(fields) }]);
    await scanned(scanner, 'Fields', mail({ subject: 'With fields', messageId: '<fields@customer.test>' }));
    expect(await ticketBy('With fields')).toMatchObject({
      priority: 'High',
      ticketStatus: 'In Progress',
      assignee: { firstname: 'Alva' },
      account: { name: 'By its documentId' },
    });
    expect(JSON.stringify(await ticketBy('With fields'))).not.toMatch(/"password"|resetPasswordToken/);
    await scanned(scanner, 'Fields', mail({ subject: 'Re: With fields', headers: { 'In-Reply-To': '<fields@customer.test>' } }));
    expect(await ticketBy('With fields')).toMatchObject({ priority: 'Low', ticketStatus: 'In Progress', assignee: { firstname: 'Alva' } });
  });

  test('an answer opens a closed ticket again; an answering machine does not, and opens none', async () => {
    const scanner = await scannerOn('Closed');
    await scanned(scanner, 'Closed', mail({ subject: 'To be closed', messageId: '<closed@customer.test>' }));
    const { documentId } = await ticketBy('To be closed');
    await app.api('PUT', `/tickets/${documentId}`, { ticketStatus: 'Closed' });
    const thread = { 'In-Reply-To': '<closed@customer.test>' };
    await scanned(
      scanner,
      'Closed',
      mail({ subject: 'Out of office: To be closed', headers: { ...thread, 'Auto-Submitted': 'auto-replied' } }),
    );
    expect(await app.api('GET', `/tickets/${documentId}`)).toMatchObject({
      ticketStatus: 'Closed',
      comments: [{ isAutomatic: false }, { isAutomatic: true }],
    });
    await scanned(scanner, 'Closed', mail({ subject: 'Re: To be closed', headers: thread }));
    expect(await app.api('GET', `/tickets/${documentId}`)).toMatchObject({ ticketStatus: 'Open' });

    const before = await count('ticket');
    await scanned(
      scanner,
      'Closed',
      mail({ from: 'machine@nowhere.test', subject: 'Out of office: something else', headers: { 'Auto-Submitted': 'auto-replied' } }),
    );
    expect(await count('ticket')).toBe(before);
    expect(await count('contact', { email: 'machine@nowhere.test' })).toBe(0);
    expect((await rowOf('Out of office: something else')).reason).toContain('a machine wrote this');
    expect(sink.mails).toHaveLength(0);
  });

  test('a bounce is written on its delivery and its contact; our own mail is ignored', async () => {
    const scanner = await scannerOn('Bounced');
    await scanned(scanner, 'Bounced', mail({ from: 'gone@dead.test', subject: 'Before I go' }));
    const { documentId } = await ticketBy('Before I go');
    await app.api('POST', `/tickets/${documentId}/comments`, { text: 'Are you there?', isPublic: true });
    const sent = (await sink.received(1)).at(-1)!;
    const ourId = sent.parsed.messageId!;
    await scanned(scanner, 'Bounced', bounceOf(ourId, 'gone@dead.test'));
    const { comments, contact } = await app.api('GET', `/tickets/${documentId}`);
    expect(comments[1].delivery).toMatchObject({ state: 'failed', lastError: expect.stringContaining('User unknown') });
    expect(comments[1].delivery.bouncedAt).not.toBeNull();
    expect(contact.undeliverable).toBe(true);
    expect(comments[2]).toMatchObject({ isPublic: false, isAutomatic: true, matchedBy: 'bounce' });
    expect(await rowOf('Undelivered Mail Returned to Sender')).toMatchObject({ outcome: 'bounce' });

    const before = await count('comment');
    await scanned(scanner, 'Bounced', sent.raw);
    expect(await count('comment')).toBe(before);
    expect(await rowOf(sent.parsed.subject!)).toMatchObject({ outcome: 'noMatch', reason: 'An email that we sent ourselves.' });
    sink.mails.length = 0;
  });

  test('a bounce about an email that is not ours marks nobody', async () => {
    const scanner = await scannerOn('Forged-bounce');
    await scanned(scanner, 'Forged-bounce', mail({ from: 'alive@customer.test', subject: 'I am alive' }));
    await scanned(scanner, 'Forged-bounce', bounceOf('<never-sent@example.com>', 'alive@customer.test'));
    expect((await ticketBy('I am alive')).contact.undeliverable).toBe(false);
  });

  // ---- Once

  test('the same email in two folders counts once', async () => {
    const scanner = await scannerOn('Twin-a', [{ folders: ['Twin-a', 'Twin-b'] }]);
    await server.createFolder('Twin-b');
    const source = mail({ subject: 'Twins' });
    await server.append('Twin-a', source);
    await server.append('Twin-b', source);
    expect(await run(scanner)).toMatchObject({ scanned: 2, byOutcome: { processed: 1, duplicate: 1 } });
    expect((await ticketBy('Twins')).comments).toHaveLength(1);
    expect(await count('ticket', { title: 'Twins' })).toBe(1);
    // Two that only share their Message-ID are two.
    await scanned(
      scanner,
      'Twin-a',
      mail({ subject: 'Reused one', messageId: '<reused@customer.test>' }),
      mail({ subject: 'Reused two', messageId: '<reused@customer.test>' }),
    );
    expect(await count('message', { messageId: { $contains: 'reused@customer.test' }, outcome: 'processed' })).toBe(2);
  });

  // hoodiecrow keeps a folder's UIDVALIDITY when it is made again.
  const testWhereItIs = name.includes('hoodiecrow') ? () => {} : test;
  testWhereItIs('when the server numbers a folder again, nothing counts twice and nothing new is missed', async () => {
    const scanner = await scannerOn('Renumbered', [{}], { scanType: 'sinceLastScan', scanFrom: '2000-01-01T00:00:00Z' });
    const old = [mail({ subject: 'Renumbered one' }), mail({ subject: 'Renumbered two' })];
    await scanned(scanner, 'Renumbered', ...old);
    await server.removeFolder('Renumbered');
    await new Promise((resolve) => setTimeout(resolve, 1100)); // UIDVALIDITY is made of seconds.
    await server.createFolder('Renumbered');
    await server.appendAll('Renumbered', [mail({ subject: 'Renumbered new' }), ...old]);
    expect(await run(scanner)).toMatchObject({ scanned: 3, byOutcome: { processed: 1, duplicate: 2 }, error: null });
    for (const title of ['Renumbered one', 'Renumbered two', 'Renumbered new']) expect(await count('ticket', { title })).toBe(1);
    expect(await run(scanner)).toMatchObject({ scanned: 0 });
  });

  // ---- Attachments

  test('attachments are private: by the authenticated route alone, and never below /uploads', async () => {
    const scanner = await scannerOn('Files');
    await scanned(scanner, 'Files', withFiles('With files'));
    const { comments } = await ticketBy('With files');
    expect(comments[0].attachments.map(({ name, inline }: any) => [name, inline])).toEqual([
      ['logo.png', true],
      ['secret.html', false],
    ]);
    expect(comments[0].html).toContain('cid:');
    const { documentId } = comments[0].attachments[1];
    const answer = await fetch(`${app.base}/mail-scanner/attachments/${documentId}`);
    expect(answer.status).toBe(401);
    expect((await app.request('GET', `/attachments/${documentId}`)).body).toBe('<script>alert(1)</script>');
    const { key } = await app.strapi.db.query('plugin::mail-scanner.attachment').findOne({ where: { documentId } });
    for (const url of [
      `/uploads/${key}`,
      `/uploads/secret.html`,
      `/${key}`,
      `/private/${key.slice(0, 2)}/${key}`,
      `/mail-scanner/attachments/${key}`,
    ]) {
      expect((await fetch(`${app.base}${url}`)).status, url).toBeGreaterThanOrEqual(400);
    }
    expect(await app.strapi.db.query('plugin::upload.file').count()).toBe(0);
  });

  // ---- Where a scan begins

  test('since last scan: what lay there before the activation does not flood in, unless a date asks for it', async () => {
    const settings = { scanType: 'sinceLastScan', active: false };
    const scanner = await scannerOn('Old', [{}], settings);
    await server.append('Old', mail({ subject: 'An old one' }), { date: new Date('2020-05-05T12:00:00Z') });
    await app.api('PUT', `/scanners/${scanner.documentId}`, { active: true });
    expect(await run(scanner)).toMatchObject({ scanned: 0, error: null });
    // A message with an old date that arrives now is new all the same: positions are UIDs, never dates.
    await server.append('Old', mail({ subject: 'A late one' }), { date: new Date('2020-06-06T12:00:00Z') });
    await server.append('Old', mail({ subject: 'A read one' }), { flags: ['\\Seen'] });
    expect(await run(scanner)).toMatchObject({ scanned: 2, byOutcome: { processed: 2 } });
    expect(await count('ticket', { title: 'An old one' })).toBe(0);

    const earlier = await scannerOn('Earlier', [{}], { ...settings, scanFrom: '2020-01-01T00:00:00Z' });
    await server.append('Earlier', mail({ subject: 'Older than asked' }), { date: new Date('2019-05-05T12:00:00Z') });
    await server.append('Earlier', mail({ subject: 'As old as asked' }), { date: new Date('2020-05-05T12:00:00Z') });
    await app.api('PUT', `/scanners/${earlier.documentId}`, { active: true });
    expect(await run(earlier)).toMatchObject({ scanned: 1 });
    expect(await count('ticket', { title: 'As old as asked' })).toBe(1);
  });

  test('unread: what a person marks as unread again is left alone', async () => {
    const scanner = await scannerOn('Unread');
    await server.append('Unread', mail({ subject: 'Read already' }), { flags: ['\\Seen'] });
    await scanned(scanner, 'Unread', mail({ subject: 'Unread again' }));
    await server.markAllUnread('Unread');
    const result = await run(scanner);
    expect(result.byOutcome.duplicate).toBeUndefined();
    expect((await ticketBy('Unread again')).comments).toHaveLength(1);
    const again = (await server.messages('Unread')).find(({ source }) => source.includes('Unread again'));
    expect(again?.flags).not.toContain('\\Seen');
  });

  // ---- Preview

  test('emails that no rule took are decided about once more with the rules of today, and each counts once', async () => {
    const scanner = await scannerOn('Untaken', [{ conditions: subjectContains('invoice') }]);
    await scanned(
      scanner,
      'Untaken',
      mail({ subject: 'A lamp for the hall' }),
      mail({ subject: 'A lamp for the stairs' }),
      mail({ subject: 'Hello' }),
    );
    const { documentId, outcome } = await rowOf('A lamp for the hall');
    expect(outcome).toBe('noMatch');
    expect(await app.api('POST', `/messages/${documentId}/retry`)).toMatchObject({ tried: 1, succeeded: 0, failed: [] });
    const moves = [...CREATE_TICKET, { type: 'moveToFolder', config: { folder: 'Lamps' } }];
    await server.createFolder('Lamps');
    await app.api('POST', `/scanners/${scanner.documentId}/rules`, {
      name: 'Lamps',
      folders: ['Untaken'],
      conditions: subjectContains('lamp'),
      actions: moves,
    });
    expect(await app.api('POST', `/messages/${documentId}/retry`)).toMatchObject({ tried: 1, succeeded: 1, failed: [] });
    const all = { scanner: scanner.documentId, outcome: 'noMatch' };
    expect(await app.api('POST', '/messages/retry', all)).toMatchObject({ tried: 2, succeeded: 1, failed: [] });
    expect(await app.api('POST', '/messages/retry', all)).toMatchObject({ tried: 1, succeeded: 0, failed: [] });
    expect(await run(scanner)).toMatchObject({ scanned: 0 });
    expect((await server.messages('Lamps')).length).toBe(2);
    expect(await count('ticket', { title: { $startsWith: 'A lamp for the' } })).toBe(2);
    expect(await count('message', { scanner: { documentId: scanner.documentId } })).toBe(3);
  });

  test('a preview changes nothing, sends nothing, announces nothing, and equals the scan that follows', async () => {
    const scanner = await scannerOn('Previewed', [
      { name: 'Delete', conditions: subjectContains('[delete]'), actions: [...CREATE_TICKET, { type: 'deleteMessage', config: {} }] },
      {
        name: 'Move',
        conditions: subjectContains('[move]'),
        actions: [...CREATE_TICKET, { type: 'moveToFolder', config: { folder: 'Preview-target' } }],
      },
      {
        name: 'Fails',
        conditions: { combinator: 'and', rules: [{ field: 'text', operator: 'contains', value: '[fails]' }] },
        actions: [CREATE_TICKET[0]],
      },
      { name: 'Keep', conditions: subjectContains('[keep]'), actions: CREATE_TICKET },
    ]);
    const subjects = ['[delete] one', '[move] two', '[keep] three', '[other] four'];
    await server.appendAll('Previewed', [
      ...subjects.map((subject) => mail({ subject, from: `${subject.slice(1, 4)}@preview.test` })),
      withFiles('[keep] with files'),
      '\r\nWhat [fails] has no header.\r\n',
    ]);
    const events: string[] = [];
    const unsubscribe = app.strapi.eventHub.subscribe(async (event: string) => void events.push(event));
    const rowsBefore = await rowCounts();
    const mailsBefore = await server.messages('Previewed');

    const previewed: any[] = await app.api('POST', `/scanners/${scanner.documentId}/preview`, { limit: 20 });

    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await rowCounts()).toEqual(rowsBefore);
    expect(await server.messages('Previewed')).toEqual(mailsBefore);
    expect(await server.folders()).not.toContain('Preview-target');
    expect(events).toEqual([]);
    expect(sink.mails).toHaveLength(0);

    const result = await run(scanner);
    unsubscribe();
    expect(result).toMatchObject({ scanned: 6, byOutcome: { processed: 4, noMatch: 1, failed: 1 } });
    const told = previewed.map(({ subject, outcome, rule, ticket }) => [subject, outcome, rule?.name ?? null, ticket?.isNew ?? false]);
    const done = await Promise.all(
      previewed.map(async ({ subject }) => {
        const row = await rowOf(subject);
        return [subject, row.outcome, row.rule?.name ?? null, row.ticket !== null];
      }),
    );
    expect(told).toEqual(done);
    expect(previewed.find(({ subject }) => subject === '[move] two').effects).toEqual([
      { type: 'seen' },
      { type: 'move', folder: 'Preview-target' },
    ]);
    // The numbers that the preview took were given back.
    expect(events.filter((event) => event === 'entry.create').length).toBeGreaterThan(0);
  });

  test('a preview of a message that is too large says so, as the scan does', async () => {
    const scanner = await scannerOn('Preview-large');
    await app.api('PUT', '/settings', { maxMessageMegabytes: 1 });
    await server.append('Preview-large', mail({ subject: 'Preview too large', text: `${'x'.repeat(74)}\r\n`.repeat(28_000) }));
    const [previewed] = await app.api('POST', `/scanners/${scanner.documentId}/preview`, {});
    await run(scanner);
    await app.api('PUT', '/settings', { maxMessageMegabytes: 50 });
    const { outcome, reason } = await rowOf('Preview too large');
    expect(previewed).toMatchObject({ outcome, reason, ticket: null });
  });

  async function rowCounts(): Promise<Record<string, number>> {
    const types = ['scanner', 'rule', 'message', 'ticket', 'comment', 'contact', 'account', 'delivery', 'attachment', 'folder-state'];
    return Object.fromEntries(await Promise.all(types.map(async (type) => [type, await count(type)])));
  }
});

/** An HTML mail with a picture in its text and a file that a browser must not run. */
function withFiles(subject: string): string {
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  const text = [
    '--outer',
    'Content-Type: multipart/related; boundary=inner',
    '',
    '--inner',
    'Content-Type: text/html',
    '',
    '<p>Look: <img src="cid:logo@customer.test" alt="Logo"></p>',
    '--inner',
    'Content-Type: image/png; name=logo.png',
    'Content-ID: <logo@customer.test>',
    'Content-Disposition: inline; filename=logo.png',
    'Content-Transfer-Encoding: base64',
    '',
    png,
    '--inner--',
    '--outer',
    'Content-Type: text/html',
    'Content-Disposition: attachment; filename="../../secret.html"',
    '',
    '<script>alert(1)</script>',
    '--outer--',
  ].join('\r\n');
  return mail({ subject, text, headers: { 'Content-Type': 'multipart/mixed; boundary=outer' } });
}
