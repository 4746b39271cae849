import { describe, expect, test } from 'vitest';
import { defaultBody, DEFAULT_SUBJECT } from '../../server/services/outgoing/change-comments';
import { EMAIL_WORDS } from '../../server/services/outgoing/speech';
import { ENGLISH } from '../../server/services/settings/speech';
import { compose, createMessageId, type ComposeInput } from '../../server/services/outgoing/compose';

function inputOf(parts: Partial<ComposeInput> = {}): ComposeInput {
  return {
    ticket: {
      ticketNumber: 'TT1001',
      title: 'Printer on fire',
      threadToken: 'tok3n',
      subjectKey: 'key',
      participants: ['cc@acme.example'],
    },
    contact: { email: 'erika@acme.example', firstName: 'Erika', lastName: 'Muster' },
    account: { name: 'Acme', email: 'office@acme.example' },
    comments: [
      { isPublic: true, authorName: 'Ann', createdAt: '2026-11-24T09:30:00Z', text: 'Use <water>.', html: null, visibleText: null },
      {
        isPublic: false,
        authorName: 'Bob',
        createdAt: '2026-11-24T09:40:00Z',
        text: 'INTERNAL',
        html: '<p>INTERNAL</p>',
        visibleText: null,
      },
    ],
    template: { subject: DEFAULT_SUBJECT, body: defaultBody('en'), sendTo: ['contactEmail'] },
    sender: { name: 'Support', address: 'support@demo.example' },
    speech: ENGLISH,
    thread: { messageIds: ['first@acme.example'], inReplyTo: 'first@acme.example' },
    ...parts,
  };
}

describe('the mail about a comment', () => {
  const mail = compose(inputOf());

  test('goes from the sender to the contact alone', () => {
    expect(mail.from).toEqual({ name: 'Support', address: 'support@demo.example' });
    expect(mail.to).toEqual([{ name: 'Erika Muster', address: 'erika@acme.example' }]);
    expect(mail.cc).toEqual([]);
  });

  test('names the ticket in its subject', () => {
    expect(mail.subject).toBe('Re: Printer on fire [TT1001]');
    expect(mail.unknownTags).toEqual([]);
  });

  test('begins with the reply line, in HTML and in text', () => {
    expect(mail.text.split('\n')[0]).toBe(EMAIL_WORDS.en.replyMarker);
    expect(mail.html.indexOf(EMAIL_WORDS.en.replyMarker)).toBeLessThan(mail.html.indexOf('Hello'));
  });

  test('has the comment in both parts', () => {
    expect(mail.html).toContain('Hello Erika,');
    expect(mail.html).toContain('Use &lt;water&gt;.');
    expect(mail.text).toContain('Hello Erika,');
    expect(mail.text).toContain('Use <water>.');
    expect(mail.text).toContain('Ticket number: TT1001');
    expect(mail.text).not.toMatch(/<\/?(p|div|strong)/);
  });

  test('holds nothing internal', () => {
    expect(JSON.stringify(mail)).not.toContain('INTERNAL');
  });

  test('puts no block into a paragraph', () => {
    expect(mail.html).not.toMatch(/<p[^>]*>\s*<div/);
  });

  test('is written by a person: other robots stay silent, out-of-office notices and bounces do not', () => {
    expect(mail.headers).toMatchObject({ 'X-Auto-Response-Suppress': 'AutoReply', 'X-Mail-Scanner': 'tok3n' });
    expect(mail.headers).not.toHaveProperty('Auto-Submitted');
    expect(mail.headers).not.toHaveProperty('Precedence');
  });
});

describe('the thread', () => {
  const headersFor = (messageIds: string[], inReplyTo: string | null) => compose(inputOf({ thread: { messageIds, inReplyTo } })).headers;

  test('the Message-ID names the ticket, the sender domain, and 128 bits that nobody can guess', () => {
    const ids = [1, 2].map(() => compose(inputOf()).messageId);
    expect(ids[0]).toMatch(/^tok3n\.[0-9a-f]{32}@demo\.example$/);
    expect(ids[0]).not.toBe(ids[1]);
    expect(createMessageId('t', 'x.example')).toMatch(/^t\.[0-9a-f]{32}@x\.example$/);
  });

  test('In-Reply-To names the newest mail of the customer, and References end with it', () => {
    const headers = headersFor(['a@x', 'b@x', 'ours@demo.example'], 'b@x');
    expect(headers['In-Reply-To']).toBe('<b@x>');
    expect(headers.References).toBe('<tok3n@demo.example> <a@x> <ours@demo.example> <b@x>');
  });

  test('of a long thread the ticket, the first and the last ten are named', () => {
    const ids = Array.from({ length: 40 }, (_, index) => `m${index}@x`);
    const references = headersFor(ids, 'm39@x').References.split(' ');
    expect(references).toEqual(['<tok3n@demo.example>', '<m0@x>', ...ids.slice(-10).map((id) => `<${id}>`)]);
  });

  test('a thread of eleven is named whole, one of twelve is not', () => {
    const ids = Array.from({ length: 12 }, (_, index) => `m${index}@x`);
    expect(headersFor(ids.slice(0, 11), 'm10@x').References).toContain('<m0@x> <m1@x> <m2@x>');
    expect(headersFor(ids, 'm11@x').References).toContain('<m0@x> <m2@x>');
  });

  test('of a ticket without any mail only its own id', () => {
    const headers = headersFor([], null);
    expect(headers.References).toBe('<tok3n@demo.example>');
    expect(headers).not.toHaveProperty('In-Reply-To');
  });

  test('ids that would break the header are left out', () => {
    const headers = headersFor(['a@x\r\nBcc: evil@x', 'b <c@x>', '', 'ä@x', `${'l'.repeat(300)}@x`, 'good@x'], 'bad id@x');
    expect(headers.References).toBe('<tok3n@demo.example> <good@x>');
    expect(headers).not.toHaveProperty('In-Reply-To');
  });

  test('a domain with umlauts is written in ASCII', () => {
    const mail = compose(inputOf({ sender: { name: '', address: 'hilfe@müller.example' } }));
    expect(mail.messageId).toMatch(/@xn--mller-kva\.example$/);
  });

  test('a sender without domain is refused with what to do', () => {
    expect(() => compose(inputOf({ sender: { name: '', address: 'support' } }))).toThrow(/outgoing mail settings/);
  });
});

describe('the subject', () => {
  const subjectFor = (title: string, subject = DEFAULT_SUBJECT) =>
    compose(inputOf({ ticket: { ...inputOf().ticket, title }, template: { subject, body: '' } })).subject;

  test.each(['Printer', 'Re: Printer', 'RE: re: Printer', 'AW: Re[2]: Printer', 'SV:Printer', '回复：Printer'])(
    '"%s" gets one "Re:"',
    (title) => {
      expect(subjectFor(title)).toBe('Re: Printer [TT1001]');
    },
  );

  test('without "Re:" in the template there is none', () => {
    expect(subjectFor('Report', '[$helpdesk-ticket_no$] $helpdesk-title$')).toBe('[TT1001] Report');
  });

  test('of more than 255 characters loses the end of the title, not the ticket number', () => {
    const subject = subjectFor('x'.repeat(400));
    expect(subject).toHaveLength(255);
    expect(subject).toMatch(/^Re: x+… \[TT1001\]$/);
    expect(subjectFor('short', 'y'.repeat(400))).toBe(`${'y'.repeat(254)}…`);
    expect(subjectFor('x'.repeat(242))).toBe(`Re: ${'x'.repeat(242)} [TT1001]`);
  });

  test('is never cut within a character', () => {
    expect(subjectFor('🔥'.repeat(200))).not.toMatch(/\p{Surrogate}/u);
    expect(subjectFor(`x${'🔥'.repeat(200)}`)).not.toMatch(/\p{Surrogate}/u);
  });

  test('cannot add a header', () => {
    expect(subjectFor('a\r\nBcc: evil@x.example')).toBe('Re: a Bcc: evil@x.example [TT1001]');
  });
});

describe('recipients', () => {
  test('the template says who gets the mail, everybody once', () => {
    const ticket = {
      ...inputOf().ticket,
      assignee: { firstname: 'Ann', lastname: 'Lee', email: 'ann@demo.example', password: 'HASH' },
      participants: ['office@acme.example', { name: 'Max', address: 'Max@acme.example' }, 'max@acme.example', 7, null],
    };
    const mail = compose(
      inputOf({
        ticket,
        template: {
          subject: '',
          body: '$helpdesk-assignee$',
          sendTo: ['contactEmail', 'accountEmail', 'assignee', 'participants', 'toString'],
        },
      }),
    );
    expect(mail.to).toEqual([
      { name: 'Erika Muster', address: 'erika@acme.example' },
      { name: 'Acme', address: 'office@acme.example' },
      { name: 'Ann Lee', address: 'ann@demo.example' },
    ]);
    expect(mail.cc).toEqual([{ name: 'Max', address: 'Max@acme.example' }]);
    expect(JSON.stringify(mail)).not.toContain('HASH');
  });

  test('nothing goes to an address that we read ourselves, or to what is no address', () => {
    const ticket = {
      ...inputOf().ticket,
      participants: ['SUPPORT@demo.example', 'Sales@demo.example', 'no address', 'a@b, c@d', 'ok@x.example'],
    };
    const template = { subject: '', body: '', sendTo: ['contactEmail', 'participants'] };
    const mail = compose(inputOf({ ticket, template, ownAddresses: ['sales@demo.example'] }));
    expect(mail.cc).toEqual([{ name: '', address: 'ok@x.example' }]);
  });

  test('people in copy get it only when the template says so', () => {
    expect(compose(inputOf()).cc).toEqual([]);
  });

  test('a ticket without contact has nobody to write to', () => {
    const mail = compose(inputOf({ contact: null, ticket: { ...inputOf().ticket, participants: null } }));
    expect(mail.to).toEqual([]);
  });

  test('names cannot add headers', () => {
    const mail = compose(inputOf({ contact: { email: 'e@x.example', firstName: 'A\r\nBcc: b@x', lastName: '' } }));
    expect(mail.to[0].name).toBe('A Bcc: b@x');
    expect(compose(inputOf({ contact: { email: 'e@x.example', firstName: null, lastName: 'Muster' } })).to[0].name).toBe('Muster');
  });
});

test('the text part has the addresses of links, and pictures leave no trace in it', () => {
  const body =
    '<h1>News</h1><p>See <a href="https://x.example/help">the help</a> <a href="https://x.example">https://x.example</a><img src="data:image/png;base64,AA" alt="pic"></p>';
  const expected = 'News\n\nSee the help [https://x.example/help] https://x.example\n';
  expect(compose(inputOf({ template: { subject: 's', body } })).text).toBe(expected);
});

test('the keys of the thread are no tags', () => {
  const mail = compose(inputOf({ template: { subject: 's', body: '$helpdesk-threadToken$$helpdesk-thread_token$$helpdesk-subjectKey$' } }));
  expect(mail.unknownTags).toHaveLength(3);
  expect(mail.html + mail.text).not.toMatch(/tok3n|key/);
});

test('attributes that a site added to its types are tags', () => {
  const mail = compose(
    inputOf({ account: { name: 'Acme', vatNumber: 'DE1 & 2' }, template: { subject: 's', body: '$accounts-vat_number$' } }),
  );
  expect(mail.html).toContain('DE1 &amp; 2');
});

test('a ticket without account leaves account tags empty and reports none', () => {
  const mail = compose(
    inputOf({ account: null, contact: null, template: { subject: 's', body: '[$accounts-name$][$contacts-firstName$]' } }),
  );
  expect(mail.html).toContain('[][]');
  expect(mail.unknownTags).toEqual([]);
});

describe('the text part of', () => {
  const textOf = (body: string) => compose(inputOf({ template: { subject: 's', body } })).text;

  test('a table has a line a row and a separator a cell', () => {
    const rows =
      '<tr><th>Ticket</th><th>Status</th></tr><tr><td>TT1001</td><td><p>Open</p></td></tr><tr><td>Paid</td><td></td><td>5</td></tr>';
    expect(textOf(`<p>See:</p><table><tbody>${rows}</tbody></table><p>Bye</p>`)).toBe(
      'See:\n\nTicket | Status\nTT1001 | Open\nPaid | | 5\n\nBye\n',
    );
  });

  test('a table that only places its content has that content', () => {
    expect(textOf('<table><tr><td><p>Hello</p><p>World</p></td></tr></table>')).toBe('Hello\nWorld\n');
  });

  test('a heading keeps its case, whatever its rank', () => {
    for (const rank of [1, 2, 3, 4, 5, 6]) expect(textOf(`<h${rank}>Your Ticket</h${rank}>`)).toBe('Your Ticket\n');
  });
});
