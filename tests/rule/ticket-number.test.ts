import { expect, test } from 'vitest';
import { compilePattern } from '../../server/services/rule/pattern';
import { defaultTicketNumberPattern, findTicketNumber } from '../../server/services/rule/ticket-number';

const find = (source: string, text: string) => findTicketNumber(compilePattern(source), text);

test('without a group the whole match is the ticket number', () => {
  expect(find('\\bTT\\d+\\b', 'Re: broken [TT1001]')).toBe('TT1001');
});

test('the last group is the ticket number', () => {
  expect(find('(Ticket) Id: (\\d+)', 'Ticket Id: 345')).toBe('345');
});

test('a group named ticket is the ticket number, wherever it stands', () => {
  expect(find('(?<ticket>TT\\d+) \\((\\w+)\\)', 'TT7 (open)')).toBe('TT7');
  expect(find('(?P<ticket>TT\\d+) \\((\\w+)\\)', 'TT7 (open)')).toBe('TT7');
});

test('a group that caught nothing is no ticket number', () => {
  expect(find('Ticket(?<ticket> \\d+)?', 'Ticket please')).toBeNull();
  expect(find('TT(\\d*)', 'TT')).toBeNull();
  expect(find('TT\\d+', 'nothing here')).toBeNull();
});

test('the pattern of a prefix finds whole numbers only', () => {
  const pattern = defaultTicketNumberPattern('TT');
  expect(findTicketNumber(pattern, 'see tt1001.')).toBe('tt1001');
  expect(findTicketNumber(pattern, 'WATT1001')).toBeNull();
  expect(findTicketNumber(pattern, 'TT1001x')).toBeNull();
});

test('a prefix of punctuation is taken literally', () => {
  expect(findTicketNumber(defaultTicketNumberPattern('#'), 'Re: [#12]')).toBe('#12');
  expect(findTicketNumber(defaultTicketNumberPattern('A.B-'), 'AxB-12 A.B-13')).toBe('A.B-13');
  expect(findTicketNumber(defaultTicketNumberPattern(''), 'a1 22')).toBe('22');
});
