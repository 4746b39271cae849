import { expect, test } from 'vitest';
import { availableTags, tagValues } from '../../server/services/outgoing/tags';
import { renderTemplate } from '../../server/services/outgoing/template';

const attributes = {
  helpdesk: ['ticketNumber', 'title', 'lastActivityAt', 'threadToken', 'subjectKey', 'serial_no'],
  contacts: ['email', 'firstName', 'notes', 'notesBy', 'notesAt', 'furtherAddresses'],
  accounts: ['name'],
};

test('an editor is offered the special tags and every attribute of the site, but neither the keys of a thread nor what the team notes', () => {
  expect(availableTags(attributes)).toEqual([
    { tag: '$helpdesk-replyabove$', label: expect.any(String) },
    { tag: '$helpdesk-comments$', label: expect.any(String) },
    { tag: '$helpdesk-ticket_no$', label: 'Ticket number' },
    { tag: '$agent-signature$', label: expect.any(String) },
    { tag: '$helpdesk-rating$', label: expect.any(String) },
    { tag: '$helpdesk-ticket_link$', label: expect.any(String) },
    { tag: '$helpdesk-words$', label: expect.any(String) },
    { tag: '$helpdesk-forwarded$', label: expect.any(String) },
    { tag: '$helpdesk-ticketNumber$', label: 'Ticket: ticket number' },
    { tag: '$helpdesk-title$', label: 'Ticket: title' },
    { tag: '$helpdesk-lastActivityAt$', label: 'Ticket: last activity at' },
    { tag: '$helpdesk-serial_no$', label: 'Ticket: serial no' },
    { tag: '$contacts-email$', label: 'Contact: email' },
    { tag: '$contacts-firstName$', label: 'Contact: first name' },
    { tag: '$accounts-name$', label: 'Account: name' },
  ]);
});

test('every tag that is offered has a value', () => {
  const record = (names: string[]) => Object.fromEntries(names.map((name) => [name, 'x']));
  const values = tagValues({
    ticket: record(attributes.helpdesk),
    contact: record(attributes.contacts),
    account: record(attributes.accounts),
    comments: [],
  });
  const template = availableTags(attributes)
    .map(({ tag }) => tag)
    .join('');
  expect(renderTemplate(template, values, { html: false }).unknownTags).toEqual([]);
});

test('what the team notes of a contact is told by no tag', () => {
  const values = tagValues({ ticket: {}, contact: { notes: 'Difficult', notesBy: 'Ada' }, account: null, comments: [] });
  const { text } = renderTemplate('[$contacts-notes|$$contacts-notesBy|$]', values, { html: true });
  expect(text).not.toMatch(/Difficult|Ada/);
});

test('a ticket without contact and account leaves their tags empty', () => {
  const values = tagValues({ ticket: {}, contact: null, account: null, comments: [] });
  const { text, unknownTags } = renderTemplate('[$contacts-phone$$contacts-email$$accounts-domain$]', values, { html: true });
  expect([text, unknownTags]).toEqual(['[]', []]);
});
