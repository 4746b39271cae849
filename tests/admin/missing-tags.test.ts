import { expect, test } from 'vitest';
import { missingInForward, missingTags } from '../../admin/src/outgoing/templates/missingTags';

const subject = 'Re: $helpdesk-title$ [$helpdesk-ticket_no$]';
const body = '<p>$helpdesk-replyabove$</p><p>$helpdesk-comments$</p>';

test('a template with the three important tags has nothing to warn of', () => {
  expect(missingTags({ subject, body })).toEqual([]);
  expect(missingTags({ subject: '$helpdesk-ticketNumber$', body })).toEqual([]);
});

test('each of the three is missed', () => {
  expect(missingTags({ subject: 'News', body })).toEqual(['template.missingNumber']);
  expect(missingTags({ subject, body: '<p>$helpdesk-replyabove$</p>' })).toEqual(['template.missingComments']);
  expect(missingTags({ subject, body: '<p>$helpdesk-comments$</p>' })).toEqual(['template.missingReplyAbove']);
});

test('the one that asks how content a customer is has something to click on', () => {
  const asking = '<p>$helpdesk-replyabove$</p><p>How was it?</p>';
  expect(missingTags({ subject, body: asking }, false, true)).toEqual(['template.missingRating']);
  expect(missingTags({ subject, body: `${asking}$helpdesk-rating$` }, false, true)).toEqual([]);
});

test('the one that forwards has to hold what is forwarded, and nothing of the customer’s emails', () => {
  expect(missingInForward({ body: '<p>$helpdesk-words$</p>$helpdesk-forwarded$' })).toEqual([]);
  expect(missingInForward({ body })).toEqual(['template.missingForwarded']);
});

test('text above the reply line would be taken for the answer', () => {
  expect(missingTags({ subject, body: `<p>Hello</p>${body}` })).toEqual(['template.replyAboveNotFirst']);
});
