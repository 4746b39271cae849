import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDesk, type Desk } from '../support/desk';
import { mail, type MailInput } from '../support/helpdesk';

/** Who the customer is, and who takes part, where groups, rules and servers carried an email and changed it on the way. */

let { app, arrives, sink, stop } = {} as Desk;

beforeAll(async () => {
  ({ app, arrives, sink, stop } = await startDesk());
});

afterAll(() => stop?.());

async function ticketsBy(title: string): Promise<any[]> {
  const found = (await app.api('GET', '/tickets?pageSize=100')).filter((ticket: any) => ticket.title === title);
  return Promise.all(found.map(({ documentId }: any) => app.api('GET', `/tickets/${documentId}`)));
}

const list = { 'List-Id': '<help.lists.example.com>', 'List-Post': '<mailto:help@lists.example.com>' };

test.each<[string, string, Record<string, string>]>([
  [
    'a group of Google in German',
    "'Sam Bo' =?utf-8?Q?=C3=BCber?= Help <help@lists.example.com>",
    { ...list, 'X-Original-Sender': 'sam@bank.test', 'Reply-To': 'Sam Bo <sam@bank.test>' },
  ],
  [
    'Mailman, where the list takes the answers',
    'Sam Bo via Help <help@lists.example.com>',
    { ...list, 'Reply-To': 'help@lists.example.com', Cc: 'Sam Bo <sam@bank.test>' },
  ],
  [
    'LISTSERV',
    'Sam Bo <0000ab12-dmarc-request@listserv.test>',
    { 'Reply-To': 'Sam Bo <sam@bank.test>', Sender: 'Help <help@lists.example.com>' },
  ],
  [
    'groups.io',
    'Sam Bo via groups.io <sam=bank.test@groups.io>',
    { 'List-Id': '<help.lists.example.com>', 'Reply-To': 'help@lists.example.com' },
  ],
  ['a service that forwards', 'Sam Bo at bank.test <forward@relay.test>', { 'X-Original-From': 'Sam Bo <sam@bank.test>' }],
  ['a server that rewrites senders', 'Sam Bo <SRS0=h4sh=4T=bank.test=sam@relay.test>', {}],
  ['two servers that rewrite senders', 'Sam Bo <SRS1=x1=relay.test==h4sh=4T=bank.test=sam@other.test>', {}],
  ['a server that signs senders', 'Sam Bo <prvs=1234abcd56=sam@bank.test>', {}],
])('the customer is the author where %s is in From, and neither takes part', async (name, from, headers) => {
  const subject = `Carried by ${name}`;
  await arrives(mail({ from, to: 'help@lists.example.com', subject, headers }));
  expect(await ticketsBy(subject)).toMatchObject([
    { contact: { email: 'sam@bank.test', firstName: 'Sam', lastName: 'Bo' }, comments: [{ verified: false }] },
  ]);
  expect((await ticketsBy(subject))[0].participants).not.toContain('sam@bank.test');
  if (Object.keys(headers).length > 1) expect((await ticketsBy(subject))[0].participants).toEqual([]);
});

test.each<[string, string, Record<string, string>]>([
  ['Gmail forwards', 'desk@other.test', { 'X-Forwarded-For': 'desk@other.test support@example.com' }],
  ['Sieve redirects', 'desk@other.test', { 'X-Sieve-Redirected-From': 'desk@other.test' }],
  ['an alias of Postfix leads', 'desk@other.test', { 'X-Original-To': 'desk@other.test' }],
  ['a rule of Exchange redirects', 'desk@other.test', { 'X-MS-Exchange-Inbox-Rules-Loop': 'desk@other.test' }],
  ['an alias of our domain leads, and no header says so,', 'all@example.com', {}],
])('an address from which %s to us takes no part', async (name, to, headers) => {
  await arrives(mail({ to: `${to}, friend@customer.test`, subject: `Way: ${name}`, headers }));
  expect(await ticketsBy(`Way: ${name}`)).toMatchObject([{ participants: ['friend@customer.test'] }]);
});

test.each<[string, string, Record<string, string>, string[]]>([
  ['an administrator', 'friend@door.test, admin@example.com', {}, ['friend@door.test', 'admin@example.com']],
  ['who is in copy', 'friend@door.test', { Cc: 'ida.berg@example.com' }, ['friend@door.test', 'ida.berg@example.com']],
  ['who alone got it, and has it forwarded to us,', 'admin@example.com', {}, []],
])('a colleague of our domain (%s) takes part where we are not named', async (name, to, headers, participants) => {
  const [id] = (await app.strapi.db.query('admin::user').findMany({ select: ['id'] })).map((user: any) => user.id);
  await app.strapi.db.query('admin::user').update({ where: { id }, data: { email: 'admin@example.com' } });
  await arrives(mail({ to, subject: `Blind copy: ${name}`, headers }));
  expect(await ticketsBy(`Blind copy: ${name}`)).toMatchObject([{ participants }]);
});

describe('the rule of a mailbox', () => {
  const rule = { 'X-MS-Exchange-Generated-Message-Source': 'Mailbox Rules Agent', 'Auto-Submitted': 'auto-generated' };

  test.each([
    ['Quote for a door', {}],
    ['Re: Quote for a door', { 'In-Reply-To': '<elsewhere@door.test>' }],
    ['Out of office', {}],
  ])('of another mailbox than the author’s makes no machine’s of "%s"', async (subject, headers) => {
    const from = `cam-${subject.length}@door.test`;
    await arrives(mail({ from, subject, headers: { ...rule, 'X-MS-Exchange-Inbox-Rules-Loop': 'info@example.com', ...headers } }));
    expect(await ticketsBy(subject)).toMatchObject([{ contact: { email: from }, comments: [{ isAutomatic: false }] }]);
  });

  test('of the author’s own mailbox writes absence notes, also where another one hands them on', async () => {
    const headers = { ...rule, 'X-MS-Exchange-Inbox-Rules-Loop': 'pam@door.test' };
    await arrives(mail({ from: 'pam@door.test', subject: 'Absent', headers: { ...headers, 'In-Reply-To': '<a@b.test>' } }));
    const both = { ...headers, 'X-MS-Exchange-Inbox-Rules-Loop': 'pam@door.test, info@example.com', 'X-Auto-Response-Suppress': 'All' };
    await arrives(mail({ from: 'pam@door.test', subject: 'Abwesend', headers: { ...both, 'In-Reply-To': '<a@b.test>' } }));
    expect([...(await ticketsBy('Absent')), ...(await ticketsBy('Abwesend'))]).toEqual([]);
  });

  test('of another mailbox of our domain that forwards: the customer is whose email it is', async () => {
    const text =
      'From: Abe Bo <abe@door.test>\nSent: Monday, November 2, 2026 9:03 AM\nTo: Info <info@example.com>\nSubject: A lock\n\nIt is stuck.';
    const headers = { ...rule, 'X-MS-Exchange-Inbox-Rules-Loop': 'info@example.com' };
    await arrives(mail({ from: 'Info <info@example.com>', subject: 'FW: A lock', text, headers }));
    expect(await ticketsBy('A lock')).toMatchObject([{ contact: { email: 'abe@door.test' }, participants: [] }]);
    await arrives(mail({ from: 'Info <info@elsewhere.test>', subject: 'FW: A bolt', text, headers }));
    expect(await ticketsBy('FW: A bolt')).toMatchObject([{ contact: { email: 'info@elsewhere.test' } }]);
  });
});

test.each([
  ['a distribution group', { 'Return-Path': '<>', 'X-Auto-Response-Suppress': 'DR, RN, NRN, OOF, AutoReply' }],
  ['a group that is bulk', { ...list, Precedence: 'bulk' }],
])('a subject about absence by way of %s is a person’s', async (name, headers) => {
  await arrives(
    mail({ from: 'flo@family.test', subject: `Absence: ${name}`, headers: { 'In-Reply-To': '<old@family.test>', ...headers } }),
  );
  expect(await ticketsBy(`Absence: ${name}`)).toMatchObject([{ comments: [{ isAutomatic: false }] }]);
});

describe('Reply-To names the customer', () => {
  const replyTo = { 'Reply-To': 'support@example.com, Wim Fox <wim@customer.test>' };

  test.each([
    ['in the name of our mailbox', 'Website <support@example.com>', 'wim@customer.test'],
    ['in the name of a server of our domain', 'Website <site@example.com>', 'wim@customer.test'],
    ['as WordPress does', 'WordPress <wordpress@blog.test>', 'wim@customer.test'],
    ['in that of an address that nobody reads', 'Shop <noreply@shop.test>', 'wim@customer.test'],
    ['in that of an address that somebody may read', 'Shop <orders@shop.test>', 'orders@shop.test'],
  ])('where a form writes %s', async (name, from, customer) => {
    await arrives(mail({ from, subject: `Form ${name}`, headers: replyTo }));
    expect(await ticketsBy(`Form ${name}`)).toMatchObject([{ contact: { email: customer } }]);
  });

  test.each(['form-submission', 'submissions', 'formresponses', 'notifications', 'kontaktformular'])(
    'where a service for forms writes as %s, and not where that is of its own',
    async (name) => {
      const from = `Forms <${name}@forms.test>`;
      await arrives(
        mail({ from, subject: `${name} of a customer`, headers: { 'Reply-To': 'Wim Fox <wim@customer.test>' } }),
        mail({ from, subject: `${name} of the service`, headers: { 'Reply-To': 'reply+7@reply.forms.test' } }),
      );
      expect(await ticketsBy(`${name} of a customer`)).toMatchObject([{ contact: { email: 'wim@customer.test' } }]);
      expect(await ticketsBy(`${name} of the service`)).toMatchObject([{ contact: { email: `${name}@forms.test` } }]);
    },
  );

  test('and so does the From that Gmail has replaced by the account that sent it, unless that is ours', async () => {
    const original = (address: string) => ({ 'X-Google-Original-From': `Lea Ott <${address}>` });
    await arrives(
      mail({ from: 'Lea Ott <support@example.com>', subject: 'By our account', headers: original('lea@customer.test') }),
      mail({ from: 'support@example.com', to: 'ann@customer.test', subject: 'As another', headers: original('sales@example.com') }),
    );
    expect(await ticketsBy('By our account')).toMatchObject([
      { contact: { email: 'lea@customer.test' }, comments: [{ isByColleague: false }] },
    ]);
    expect(await ticketsBy('As another')).toMatchObject([{ contact: { email: 'ann@customer.test' } }]);
  });

  test('unless one of us writes to a customer', async () => {
    await arrives(
      mail({ from: 'support@example.com', to: 'ann@customer.test', subject: 'Our offer', headers: { 'Reply-To': 'kim@example.com' } }),
    );
    expect((await ticketsBy('Our offer')).map(({ contact }) => contact?.email)).not.toContain('kim@example.com');
  });
});

test('without From, who sent it is the customer', async () => {
  await arrives(mail({ subject: 'Unsigned', headers: { Sender: 'sue@customer.test' } }).replace(/From: .*\r\n/, ''));
  expect(await ticketsBy('Unsigned')).toMatchObject([{ contact: { email: 'sue@customer.test' } }]);
});

describe('an email that names no sender', () => {
  const nameless = (input: MailInput, from = '') => mail(input).replace(/From: .*\r\n/, from);

  test('is of whom the server has noted, unless that is an address for one email', async () => {
    await arrives(
      nameless({ subject: 'Noted', headers: { 'Return-Path': '<tom@customer.test>' } }, 'From: Tom Lee <>\r\n'),
      nameless({ subject: 'Of a program', headers: { 'Return-Path': '<bounce-1=support=example.com@news.test>' } }),
    );
    expect(await ticketsBy('Noted')).toMatchObject([
      {
        contact: { email: 'tom@customer.test', lastName: 'Lee' },
        comments: [{ authorName: 'Tom Lee', authorAddress: 'tom@customer.test' }],
      },
    ]);
    expect(await ticketsBy('Of a program')).toMatchObject([{ contact: null }]);
  });

  test('opens a ticket that answers to nobody, and joins one by its thread', async () => {
    await arrives(nameless({ subject: 'Scan of floor 3' }, 'From: Copier\r\n'), mail({ from: 'zoe@customer.test', subject: 'Dark' }));
    expect(await ticketsBy('Scan of floor 3')).toMatchObject([{ contact: null, comments: [{ authorAddress: '' }] }]);
    const [{ documentId }] = await ticketsBy('Dark');
    await app.api('POST', `/tickets/${documentId}/comments`, { text: 'Try again.', isPublic: true });
    await app.strapi.plugin('mail-scanner').service('outbox').deliver();
    await arrives(nameless({ subject: 'Re: Dark', headers: { 'In-Reply-To': sink.mails.at(-1)!.parsed.messageId! } }));
    expect(await ticketsBy('Dark')).toMatchObject([{ comments: [{}, {}, { matchedBy: 'thread' }] }]);
  });

  test('does not get into a ticket by its number', async () => {
    const [{ ticketNumber }] = await ticketsBy('Dark');
    await arrives(nameless({ subject: `About ${ticketNumber}`, headers: { 'Return-Path': '<zoe@customer.test>' } }));
    expect(await ticketsBy(`About ${ticketNumber}`)).toMatchObject([{ contact: { email: 'zoe@customer.test' } }]);
  });
});

test('a fax that a machine marks as bulk and without a sender opens a ticket', async () => {
  const headers = { 'Return-Path': '<>', Precedence: 'bulk', 'Auto-Submitted': 'auto-generated' };
  await arrives(mail({ from: 'Fax <fax@pbx.test>', subject: 'Fax received', headers }));
  expect(await ticketsBy('Fax received')).toMatchObject([{ comments: [{ isAutomatic: true }] }]);
});

describe('one email', () => {
  const copy = { messageId: '<twice@customer.test>', from: 'dup@customer.test', headers: { Date: 'Mon, 2 Nov 2026 08:00:00 +0000' } };
  const banner = 'CAUTION: from outside.\n\nThe lamp is dark.';

  test('that comes once more with a gateway’s banner counts once; at another moment it is another one', async () => {
    await arrives(mail({ ...copy, subject: 'Lamp', text: 'The lamp is dark.' }), mail({ ...copy, subject: '[EXT] Lamp', text: banner }));
    expect([(await ticketsBy('Lamp')).length, (await ticketsBy('[EXT] Lamp')).length]).toEqual([1, 0]);
    const headers = { Date: 'Tue, 3 Nov 2026 08:00:00 +0000' };
    await arrives(mail({ ...copy, subject: 'Lamp, later', text: banner, headers }));
    expect(await ticketsBy('Lamp, later')).toHaveLength(1);
  });

  test('of a program that repeats all but a number is another one', async () => {
    const scan = { ...copy, messageId: '<scan@customer.test>', subject: 'Scan' };
    await arrives(mail({ ...scan, text: 'Scan 1' }), mail({ ...scan, text: 'Scan 12' }));
    expect(await ticketsBy('Scan')).toHaveLength(2);
  });
});

test('an answer whose only words stand in the subject shows them once, and the subject of the ticket is none', async () => {
  await arrives(mail({ from: 'vic@customer.test', subject: 'Which colour', messageId: '<vic-1@customer.test>' }));
  const headers = { References: '<vic-1@customer.test>' };
  const vote = mail({ from: 'vic@customer.test', subject: 'Approve: Which colour', text: '', messageId: '<vic-2@customer.test>', headers });
  await arrives(vote, vote.replace('MIME-Version', 'X-Copy: 1\r\nMIME-Version'));
  await arrives(mail({ from: 'vic@customer.test', subject: 'Re: Which colour', text: '', headers }));
  const [{ comments }] = await ticketsBy('Which colour');
  expect(comments.map(({ visibleText }: any) => visibleText)).toEqual(['It does not print.', 'Approve: Which colour', '']);
});

test('an absence before an answer’s subject is a program’s', async () => {
  await arrives(mail({ from: 'wes@customer.test', subject: 'Out of office: Re: Offer', headers: { 'In-Reply-To': '<old@family.test>' } }));
  expect(await ticketsBy('Out of office: Re: Offer')).toEqual([]);
});

test.each<[string, (id: string) => string]>([
  ['in the second of two headers', (id) => `<other@x.test>\r\nIn-Reply-To: ${id}`],
  ['in a header that was cut', (id) => id.slice(0, -8)],
  ['as a link', (id) => id.replace('<', '<mailto:')],
  ['within an id of its own', (id) => id.replace('<', '<reply-')],
  ['with the brackets of a web page', (id) => id.replace('<', '&lt;').replace('>', '&gt;')],
])('an answer that names our email %s joins', async (name, inReplyTo) => {
  const from = `${name.replace(/\W/g, '-')}@customer.test`;
  await arrives(mail({ from, subject: `Thread ${name}` }));
  const [{ documentId }] = await ticketsBy(`Thread ${name}`);
  await app.api('POST', `/tickets/${documentId}/comments`, { text: 'Try again.', isPublic: true });
  await app.strapi.plugin('mail-scanner').service('outbox').deliver();
  await arrives(mail({ from, subject: 'Done', headers: { 'In-Reply-To': inReplyTo(sink.mails.at(-1)!.parsed.messageId!) } }));
  expect((await ticketsBy(`Thread ${name}`))[0].comments).toHaveLength(3);
});

test('a report without a Message-ID of ours is placed by the number that it repeats and the recipient, and marks no address as dead', async () => {
  await arrives(mail({ from: 'gone@customer.test', subject: 'Gone' }));
  const [{ documentId, ticketNumber }] = await ticketsBy('Gone');
  const words = (address: string) =>
    `Your message\n\n  Subject: Re: Gone [${ticketNumber}]\n\nwas not delivered to:\n\n  ${address}\n\nbecause: 550 5.1.1 User unknown\n`;
  const report = (address: string) =>
    mail({
      from: 'Postmaster <postmaster@domino.test>',
      subject: 'DELIVERY FAILURE: User unknown',
      text: words(address),
      headers: { 'Return-Path': '<>' },
    });
  await arrives(report('gone@customer.test'));
  expect((await ticketsBy('Gone'))[0].comments).toHaveLength(1);
  await app.api('POST', `/tickets/${documentId}/comments`, { text: 'Try again.', isPublic: true, ticketStatus: 'Wait For Response' });
  await app.strapi.plugin('mail-scanner').service('outbox').deliver();
  await arrives(report('somebody@else.test'));
  expect((await ticketsBy('Gone'))[0]).toMatchObject({ ticketStatus: 'Wait For Response' });
  // Who knows no more than the next number and an address writes such a report as well.
  await arrives(report('gone@customer.test').replace('Re: Gone [', 'Your ticket ['));
  expect((await ticketsBy('Gone'))[0]).toMatchObject({ ticketStatus: 'Wait For Response' });
  await arrives(report('gone@customer.test'));
  const [ticket] = await ticketsBy('Gone');
  expect(ticket).toMatchObject({
    ticketStatus: 'Open',
    comments: [{}, { delivery: { state: 'failed' } }, { isPublic: false, isAutomatic: true }],
  });
  expect(ticket.contact.undeliverable).not.toBe(true);
});

test('a domain with an umlaut is that in xn--, of a contact and of an account', async () => {
  const account = await app.api('POST', '/accounts', { name: 'Books', domain: 'bücher.test' });
  await arrives(mail({ from: 'Ute <ute@bücher.test>', subject: 'In letters' }));
  const [{ ticketNumber }] = await ticketsBy('In letters');
  await arrives(mail({ from: 'Ute <ute@xn--bcher-kva.test>', subject: `About ${ticketNumber}` }));
  await arrives(mail({ from: 'Uwe <uwe@xn--bcher-kva.test>', subject: 'In xn--' }));
  expect(await ticketsBy('In letters')).toMatchObject([{ participants: [], comments: [{}, { matchedBy: 'ticketNumber' }] }]);
  expect(await ticketsBy('In xn--')).toMatchObject([{ account: { documentId: account.documentId } }]);
});
