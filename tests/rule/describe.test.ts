import { expect, test } from 'vitest';
import { describeConditions } from '../../server/services/rule/describe';

test('conditions read as an English sentence', () => {
  expect(
    describeConditions({
      combinator: 'and',
      rules: [
        { field: 'subject', operator: 'contains', value: 'invoice' },
        {
          combinator: 'or',
          rules: [
            { field: 'fromAddress', operator: 'endsWith', value: '@acme.example' },
            { field: 'size', operator: '>', value: '1000' },
          ],
        },
      ],
    }),
  ).toBe('Subject contains "invoice" and (From address ends with "@acme.example" or Size (bytes) is more than 1000)');
});

test('lists, pairs, patterns, headers and negations', () => {
  const sentence = (field: string, operator: string, value: unknown = null, not = false) =>
    describeConditions({ combinator: 'and', not, rules: [{ field, operator, value }] });
  expect(sentence('folder', 'in', 'INBOX, Sales')).toBe('Folder is one of "INBOX", "Sales"');
  expect(sentence('size', 'between', [1, 2])).toBe('Size (bytes) is between 1 and 2');
  expect(sentence('header:X-Spam', 'matches', '^yes')).toBe('Header X-Spam matches /^yes/');
  expect(sentence('subject', 'hasTicketNumber', 'ignored', true)).toBe('not (Subject has a ticket number)');
  expect(sentence('mood', 'smells', 'x')).toBe('mood smells "x"');
});

test('no conditions mean every message', () => {
  expect(describeConditions({ combinator: 'and', rules: [] })).toBe('every message');
  expect(describeConditions({ combinator: 'or', not: true, rules: [] })).toBe('no message');
});

test('a group in a group that holds nothing else needs no brackets', () => {
  const inner = { combinator: 'or' as const, rules: [1, 2].map((size) => ({ field: 'size', operator: '=', value: size })) };
  expect(describeConditions({ combinator: 'and', rules: [inner] })).toBe('Size (bytes) is 1 or Size (bytes) is 2');
});
