import { describe, expect, test } from 'vitest';
import { MAX_CONDITIONS, MAX_DEPTH, validateConditions, type ConditionIssue } from '../../server/services/rule/validate';

const good = { field: 'subject', operator: 'contains', value: 'invoice' };
const group = (...rules: unknown[]) => ({ combinator: 'and', rules });

/** What the API told before it told codes: where, and in which English words. */
const inWords = (issues: ConditionIssue[]) =>
  issues.map(({ path, message, position }) => ({ path, message, ...(position === undefined ? {} : { position }) }));

function errorsOf(input: unknown) {
  const result = validateConditions(input);
  return result.ok ? [] : inWords(result.errors);
}

function nested(depth: number): unknown {
  return depth === 1 ? group(good) : group(nested(depth - 1));
}

test('what the editor adds is left out, what counts is kept', () => {
  const input = {
    id: '1',
    combinator: 'or',
    not: true,
    rules: [
      { id: '2', path: [0], ...good, valueSource: 'value' },
      { id: '3', combinator: 'and', not: false, rules: [{ field: 'isAutomatic', operator: '=', value: false }] },
      { field: 'subject', operator: 'null' },
    ],
  };
  expect(validateConditions(input)).toEqual({
    ok: true,
    warnings: [],
    conditions: {
      combinator: 'or',
      not: true,
      rules: [
        good,
        { combinator: 'and', rules: [{ field: 'isAutomatic', operator: '=', value: false }] },
        { field: 'subject', operator: 'null', value: null },
      ],
    },
  });
});

test('a rule without conditions is allowed, an empty group inside is not', () => {
  expect(errorsOf(group())).toEqual([]);
  expect(errorsOf(group(good, group()))).toEqual([{ path: ['rules', 1], message: expect.stringMatching(/empty/) }]);
});

describe('every error is told with its place', () => {
  test.each<[string, unknown, (string | number)[], RegExp]>([
    ['nothing', null, [], /needed here/],
    ['a list', [], [], /needed here/],
    ['an unknown combinator', { combinator: 'xor', rules: [] }, ['combinator'], /"and" or "or"/],
    ['no list of conditions', { combinator: 'and' }, ['rules'], /list/],
    ['a "not" that is no boolean', { combinator: 'and', not: 'yes', rules: [] }, ['not'], /true or false/],
    ['a group inside without combinator', group({ rules: [good] }), ['rules', 0, 'combinator'], /"and" or "or"/],
    ['a group inside without conditions', group({ combinator: 'or' }), ['rules', 0, 'rules'], /list/],
    ['a condition that is a text', group('subject'), ['rules', 0], /needed here/],
    ['a condition without operator', group({ field: 'subject' }), ['rules', 0, 'operator'], /operator/],
    ['an unknown field', group({ ...good, field: 'mood' }), ['rules', 0, 'field'], /"mood"/],
    ['a field named like an inherited property', group({ ...good, field: 'constructor' }), ['rules', 0, 'field'], /constructor/],
    ['a header without name', group({ ...good, field: 'header:' }), ['rules', 0, 'field'], /"header:"/],
    ['a header name with a colon', group({ ...good, field: 'header:a:b' }), ['rules', 0, 'field'], /a:b/],
    ['an unknown operator', group({ ...good, operator: 'smells' }), ['rules', 0, 'operator'], /"smells"/],
    ['an operator for other fields', group({ ...good, operator: '<' }), ['rules', 0, 'operator'], /cannot be asked/],
    ['"contains" for a number', group({ field: 'size', operator: 'contains', value: '1' }), ['rules', 0, 'operator'], /cannot/],
    ['an order of booleans', group({ field: 'verified', operator: '<', value: true }), ['rules', 0, 'operator'], /cannot/],
    ['no text', group({ ...good, value: '' }), ['rules', 0, 'value'], /text is needed/],
    ['blanks', group({ ...good, value: '  ' }), ['rules', 0, 'value'], /text is needed/],
    ['a number for a text', group({ ...good, value: 5 }), ['rules', 0, 'value'], /text is needed/],
    ['no number', group({ field: 'size', operator: '>', value: 'big' }), ['rules', 0, 'value'], /number/],
    ['a blank number', group({ field: 'size', operator: '>', value: ' ' }), ['rules', 0, 'value'], /number/],
    ['an empty number', group({ field: 'size', operator: '>', value: '' }), ['rules', 0, 'value'], /number/],
    ['an endless number', group({ field: 'size', operator: '>', value: Infinity }), ['rules', 0, 'value'], /number/],
    ['no boolean', group({ field: 'verified', operator: '=', value: 'maybe' }), ['rules', 0, 'value'], /True or false/],
    ['no date', group({ field: 'date', operator: '>', value: 'yesterday' }), ['rules', 0, 'value'], /date/],
    ['a day that does not exist', group({ field: 'date', operator: '>', value: '2026-02-30' }), ['rules', 0, 'value'], /date/],
    ['an empty list', group({ ...good, operator: 'in', value: [] }), ['rules', 0, 'value'], /At least one/],
    ['a list with a gap', group({ ...good, operator: 'in', value: 'a,,b' }), ['rules', 0, 'value'], /text is needed/],
    ['half a pair', group({ field: 'size', operator: 'between', value: [1] }), ['rules', 0, 'value'], /Two values/],
    ['a pair the wrong way round', group({ field: 'size', operator: 'between', value: [2, 1] }), ['rules', 0, 'value'], /above/],
    ['a regular expression that is none', group({ ...good, operator: 'matches', value: null }), ['rules', 0, 'value'], /regular/],
  ])('%s', (_, input, path, words) => {
    expect(errorsOf(input)).toEqual([{ path, message: expect.stringMatching(words) }]);
  });

  test('a regular expression with the position of its error', () => {
    expect(errorsOf(group(good, group({ ...good, operator: 'matches', value: 'TT(\\d+' })))).toEqual([
      { path: ['rules', 1, 'rules', 0, 'value'], message: expect.stringMatching(/closing/), position: 2 },
    ]);
  });

  test('all of them at once', () => {
    expect(errorsOf(group({ ...good, field: 'mood' }, { ...good, value: '' }, group()))).toHaveLength(3);
  });
});

test('groups nest ten deep and no deeper, however deep somebody goes', () => {
  expect(errorsOf(nested(MAX_DEPTH))).toEqual([]);
  expect(errorsOf(nested(MAX_DEPTH + 1))).toEqual([
    { path: Array(MAX_DEPTH).fill(['rules', 0]).flat(), message: expect.stringMatching(/deep/) },
  ]);
  expect(errorsOf(nested(5000))).toHaveLength(1);
});

test('a rule holds 200 conditions and no more', () => {
  const many = (count: number) => group(group(...Array<unknown>(count - 1).fill(good)), good);
  expect(errorsOf(many(MAX_CONDITIONS))).toEqual([]);
  expect(errorsOf(many(MAX_CONDITIONS + 1))).toEqual([{ path: [], message: expect.stringMatching(/at most 200/) }]);
});

test('a regular expression on the whole source is allowed with a warning', () => {
  const result = validateConditions(group({ field: 'source', operator: 'doesNotMatch', value: 'x' }));
  expect(result).toMatchObject({ ok: true, warnings: [{ path: ['rules', 0, 'value'], message: expect.stringMatching(/slow/) }] });
  for (const condition of [
    { field: 'source', operator: 'contains', value: 'x' },
    { field: 'text', operator: 'matches', value: 'x' },
  ]) {
    expect(validateConditions(group(condition))).toMatchObject({ ok: true, warnings: [] });
  }
});

describe('a pattern in which \b or \w meets letters beyond a to z gets a warning', () => {
  const warnings = (value: string) => {
    const result = validateConditions(group({ field: 'subject', operator: 'matches', value }));
    return result.ok ? inWords(result.warnings) : null;
  };
  test.each(['\\bÜbung', 'Café\\b', '\\b(?:uhr|ärger)\\b', 'größe \\w+', '\\b[ÄÖÜ]', 'заказ\\b', '\\b\\x{c4}rger'])('%s', (value) => {
    expect(warnings(value)).toEqual([{ path: ['rules', 0, 'value'], message: expect.stringMatching(/only a to z are letters/) }]);
  });
  test.each(['\\border\\b', 'größe \\bnr\\b', 'Übung', '\\bpreis: 5 €', 'größe \\d+'])('%s gets none', (value) => {
    expect(warnings(value)).toEqual([]);
  });
});

test('an error carries the code that the panel words, beside the English message', () => {
  const result = validateConditions(group({ ...good, field: 'mood' }));
  expect(result.ok ? [] : result.errors).toEqual([
    expect.objectContaining({ said: { code: 'rule.noField', values: { field: 'mood' } }, message: expect.stringContaining('"mood"') }),
  ]);
});
