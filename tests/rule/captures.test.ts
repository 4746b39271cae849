import { expect, test } from 'vitest';
import { capturesOf, fillIn, groupsOf, referencesIn } from '../../server/services/rule/captures';
import { compilePattern } from '../../server/services/rule/pattern';
import type { ConditionGroup } from '../../server/services/rule/types';
import { subjectOf } from './subject';

const pattern = (value: string, field = 'subject', operator = 'matches') => ({ field, operator, value });
const all = (...rules: ConditionGroup['rules']): ConditionGroup => ({ combinator: 'and', rules });
const options = { ticketNumberPattern: compilePattern('TT\\d+') };
const filled = (text: string, conditions: ConditionGroup, title = 'Order A-17 for Ann') =>
  fillIn(text, capturesOf(conditions, subjectOf({ subject: title }), options));

test.each([
  ['numbers and names', '$1: $who', all(pattern('order (\\S+) for (?<who>\\w+)')), 'A-17: Ann'],
  ['a name in braces beside letters', '${who}s', all(pattern('for (?<who>\\w+)')), 'Anns'],
  ['names of several patterns', '$no, $who', all(pattern('order (?<no>\\S+)'), pattern('for (?<who>\\w+)')), 'A-17, Ann'],
  ['the numbers of the first pattern that has groups', '$1', all(pattern('order'), pattern('order (\\S+)'), pattern('for (\\w+)')), 'A-17'],
  ['nothing for a group that took no part', '[$2]', all(pattern('order (\\S+)( urgent)?')), '[]'],
  ['a dollar sign', '$$1 and $$', all(pattern('order (\\S+)')), '$1 and $'],
  ['what names no group as it is written', '$9, $100 and US$', all(pattern('order (\\S+)')), '$9, $100 and US$'],
])('%s', (_, text, conditions, result) => {
  expect(filled(text, conditions)).toBe(result);
});

test('a pattern that does not match, or must not, catches nothing', () => {
  const either = { combinator: 'or' as const, rules: [pattern('invoice (?<no>\\d+)'), pattern('order (?<no>\\S+)')] };
  expect(filled('$no', either)).toBe('A-17');
  expect(groupsOf(all(pattern('(?<x>a)', 'subject', 'doesNotMatch'), { ...all(pattern('(?<y>a)')), not: true })).named).toEqual({});
});

test('what was caught is not looked through for more groups', () => {
  expect(filled('$1', all(pattern('^(.*)$')), 'costs $1 and $who')).toBe('costs $1 and $who');
});

test('a text tells which groups it names', () => {
  expect(referencesIn('$1 $who ${who} $$2 $100 US$')).toEqual(['1', 'who']);
});
