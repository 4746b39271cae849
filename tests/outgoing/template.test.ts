import { describe, expect, test } from 'vitest';
import { renderSubject, renderTemplate, tagsOf, TrustedHtml } from '../../server/services/outgoing/template';

const values = {
  helpdesk: {
    ticketNumber: 'TT1001',
    title: 'Tom & "Jerry" <b>',
    description: 'one\r\ntwo',
    created_by: 'x',
    comments: new TrustedHtml('<p>ok</p>', 'ok'),
    urgent: true,
    count: 0,
    tags: ['a', null, 'b'],
    assignee: { id: 1, firstname: 'Ann', lastname: 'Lee', password: 'hash' },
    lastActivityAt: '2026-11-24T09:30:00.000Z',
    json: { html: '<script>' },
    nothing: null,
  },
  contacts: { firstName: '$helpdesk-ticketNumber$', email: 'e@x.example' },
};

const text = (template: string) => renderTemplate(template, values, { html: false }).text;
const html = (template: string) => renderTemplate(template, values, { html: true }).text;

test('a tag becomes the value of its attribute', () => {
  expect(text('[$helpdesk-ticketNumber$] for $contacts-email$')).toBe('[TT1001] for e@x.example');
});

test.each(['ticket_no', 'ticketNumber', 'ticket_number', 'ticketnumber', 'TICKET_NO'])('%s is the ticket number', (name) => {
  expect(text(`$helpdesk-${name}$`)).toBe('TT1001');
});

test('an attribute that is written with underscores is found by both spellings', () => {
  expect(text('$helpdesk-created_by$ $helpdesk-createdBy$')).toBe('x x');
});

test('values are escaped in HTML and keep their lines; only HTML of our own making goes in as it is', () => {
  expect(html('$helpdesk-title$')).toBe('Tom &amp; &quot;Jerry&quot; &lt;b&gt;');
  expect(html('$helpdesk-description$')).toBe('one<br>\ntwo');
  expect(html('$helpdesk-comments$')).toBe('<p>ok</p>');
  expect(text('$helpdesk-comments$')).toBe('ok');
  expect(html('$helpdesk-json$')).toBe('');
});

describe('a link whose address is a tag', () => {
  const linked = (address: string) => renderTemplate('<a href="$helpdesk-x$">it</a>', { helpdesk: { x: address } }, { html: true }).text;

  test.each(['https://shop.example/?a=1&b=2', 'mailto:ann@x.example'])('leads to %s', (address) => {
    expect(linked(address)).toBe(`<a href="${address.replace('&', '&amp;')}">it</a>`);
  });

  test.each(['javascript:void(0)', 'http:/admin', 'https:admin', '/admin', ''])('does not lead to "%s"', (address) => {
    expect(linked(address)).toBe('<a >it</a>');
  });

  test('gets no further attribute from a value, also without quotes', () => {
    const { text: link } = renderTemplate('<a href=$helpdesk-x$>it</a>', { helpdesk: { x: 'https://x.example/ id=y' } }, { html: true });
    expect(link).toBe('<a href="https://x.example/ id=y">it</a>');
  });

  test('may have a fixed beginning', () => {
    const { text: link, unknownTags } = renderTemplate(
      "<a href='https://x.example/$helpdesk-n$/$helpdesk-z$'>it</a>",
      { helpdesk: { n: 7 } },
      { html: true },
    );
    expect([link, unknownTags]).toEqual(['<a href="https://x.example/7/">it</a>', ['$helpdesk-z$']]);
  });
});

test('a value that looks like a tag is not expanded', () => {
  expect(text('$contacts-firstName$ $contacts-email$')).toBe('$helpdesk-ticketNumber$ e@x.example');
});

test('values of all kinds read as people write them', () => {
  expect(text('$helpdesk-urgent$, $helpdesk-count$, $helpdesk-tags$')).toBe('Yes, 0, a, b');
  expect(text('$helpdesk-lastActivityAt$')).toBe('24 November 2026, 09:30 UTC');
});

test('of a related record only its name is told', () => {
  expect(text('$helpdesk-assignee$')).toBe('Ann Lee');
  const nameOf = (record: object) => renderTemplate('$helpdesk-x$', { helpdesk: { x: record } }, { html: false }).text;
  expect(nameOf({ id: 1, firstName: 'Ann', lastName: null })).toBe('Ann');
  expect(nameOf({ id: 1, name: 'Acme', domain: 'acme.example' })).toBe('Acme');
  expect(nameOf({ id: 1, name: '', title: 'Printer', secret: 's' })).toBe('Printer');
  expect(nameOf({ id: 1, email: 'ann@x.example', password: 'hash' })).toBe('ann@x.example');
  expect(nameOf({ id: 1, password: 'hash' })).toBe('');
});

test('an attribute of just that name goes before one in another spelling', () => {
  const both = { helpdesk: { serialNo: 'camel', serial_no: 'snake' } };
  expect(renderTemplate('$helpdesk-serial_no$ $helpdesk-serialNo$', both, { html: false }).text).toBe('snake camel');
});

test('an unknown tag is rendered as nothing and reported once, as it is written', () => {
  expect(renderTemplate('a$helpdesk-mood$b$helpdesk-mood$c$boss-name$', values, { html: false })).toEqual({
    text: 'abc',
    unknownTags: ['$helpdesk-mood$', '$boss-name$'],
  });
  expect(renderTemplate('$helpdesk-constructor$ $constructor-name$', values, { html: false }).unknownTags).toHaveLength(2);
});

test('a tag may say what to write when its value is empty', () => {
  expect(text('Hello $helpdesk-nothing|there$, $contacts-email|nobody$')).toBe('Hello there, e@x.example');
});

test.each(['$5-10$', 'US$ and EUR-$', 'costs $5 - or $6 -$', '$-$', '$a-$', '$helpdesk-title'])('"%s" is no tag', (ordinary) => {
  expect(renderTemplate(ordinary, values, { html: false })).toEqual({ text: ordinary, unknownTags: [] });
});

test('text with thousands of dollars is rendered at once', () => {
  const started = performance.now();
  renderTemplate('$a-'.repeat(50_000), values, { html: true });
  renderTemplate('$'.repeat(200_000), values, { html: true });
  expect(performance.now() - started).toBeLessThan(1000);
});

test('the tags of a text are listed once each', () => {
  expect(tagsOf('$helpdesk-title$ $Contacts-first_name|you$ $helpdesk-title$')).toEqual([
    { tag: '$helpdesk-title$', entity: 'helpdesk', attribute: 'title', fallback: '' },
    { tag: '$Contacts-first_name|you$', entity: 'contacts', attribute: 'first_name', fallback: 'you' },
  ]);
});

describe('a subject', () => {
  test.each(['a\r\nBcc: x@y.example', 'a\nBcc: x@y.example', 'a\u2028Bcc: x@y.example', 'a\u0000\u0085 Bcc: x@y.example'])(
    'is one line whatever its values hold: %j',
    (title) => {
      expect(renderSubject('Re: $helpdesk-title$', { helpdesk: { title } }).text).toBe('Re: a Bcc: x@y.example');
    },
  );

  test('keeps the characters of its values as they are', () => {
    expect(renderSubject('Re: $helpdesk-title$', values).text).toBe('Re: Tom & "Jerry" <b>');
  });
});
