import { describe, expect, test } from 'vitest';
import { ConditionError } from '../../server/services/rule/evaluate';
import { FIELDS, OPERATORS_OF_TYPE } from '../../server/services/rule/fields';
import { OPERATORS } from '../../server/services/rule/operators';
import type { Condition, ConditionGroup, Trace } from '../../server/services/rule/types';
import { evaluateOn, holds, subjectOf } from './subject';

const yes: Condition = { field: 'subject', operator: 'contains', value: 'invoice' };
const no: Condition = { field: 'subject', operator: 'contains', value: 'holiday' };

describe('groups', () => {
  test('without conditions everything matches', () => {
    expect(evaluateOn({ combinator: 'and', rules: [] }).matched).toBe(true);
    expect(evaluateOn({ combinator: 'or', rules: [] }).matched).toBe(true);
  });

  test.each<[string, ConditionGroup, boolean]>([
    ['all of an "and" group must hold', { combinator: 'and', rules: [yes, no] }, false],
    ['all of an "and" group hold', { combinator: 'and', rules: [yes, yes] }, true],
    ['one of an "or" group is enough', { combinator: 'or', rules: [no, yes] }, true],
    ['none of an "or" group holds', { combinator: 'or', rules: [no, no] }, false],
    ['"not" turns a group round', { combinator: 'and', not: true, rules: [yes, no] }, true],
    ['groups nest', { combinator: 'and', rules: [yes, { combinator: 'or', not: true, rules: [no, no] }] }, true],
  ])('%s', (_, conditions, matched) => {
    expect(evaluateOn(conditions).matched).toBe(matched);
  });

  test('the trace tells every condition, also after the first that decided', () => {
    const { trace } = evaluateOn({ combinator: 'and', rules: [no, { combinator: 'or', not: true, rules: [yes, no] }] });
    const saw = 'Invoice 4711 is missing';
    expect(trace).toEqual<Trace>({
      combinator: 'and',
      not: false,
      result: false,
      rules: [
        { ...no, saw, result: false },
        {
          combinator: 'or',
          not: true,
          result: false,
          rules: [
            { ...yes, saw, result: true },
            { ...no, saw, result: false },
          ],
        },
      ],
    });
  });
});

describe('text operators', () => {
  test.each<[string, string, boolean]>([
    ['=', 'invoice 4711 IS missing', true],
    ['=', 'invoice', false],
    ['contains', '4711 Is', true],
    ['contains', '4712', false],
    ['beginsWith', 'INVOICE', true],
    ['beginsWith', 'missing', false],
    ['endsWith', 'Missing', true],
    ['endsWith', 'Invoice', false],
    ['matches', '^inv.*\\d{4}', true],
    ['matches', '^\\d', false],
  ])('the subject %s "%s": %s, and its opposite says the opposite', (operator, value, expected) => {
    const opposite: Record<string, string> = {
      '=': '!=',
      contains: 'doesNotContain',
      beginsWith: 'doesNotBeginWith',
      endsWith: 'doesNotEndWith',
      matches: 'doesNotMatch',
    };
    expect(holds('subject', operator, value)).toBe(expected);
    expect(holds('subject', opposite[operator], value)).toBe(!expected);
  });

  test('a list may be an array or a text with commas', () => {
    expect(holds('folder', 'in', ['Archive', 'inbox'])).toBe(true);
    expect(holds('folder', 'in', 'Archive, inbox')).toBe(true);
    expect(holds('folder', 'notIn', 'Archive, inbox')).toBe(false);
    expect(holds('folder', 'notIn', ['Archive'])).toBe(true);
  });

  test('ticket numbers are found by the pattern of the scanner', () => {
    expect(holds('subject', 'hasTicketNumber', null, { subject: 'Re: [tt1001] x' })).toBe(true);
    expect(holds('subject', 'doesNotHaveTicketNumber', null, { subject: 'Re: [tt1001] x' })).toBe(false);
    expect(holds('subject', 'hasTicketNumber', null)).toBe(false);
    expect(holds('subject', 'doesNotHaveTicketNumber', null)).toBe(true);
  });

  test.each([
    ['full-width letters', 'ＡＢＣ１２', 'abc12'],
    ['letters with their accents apart', 'Cafe\u0301', 'CAFÉ'],
    ['the German sharp s', 'STRASSE', 'straße'],
    ['the capital German sharp s', 'STRAẞE', 'strasse'],
    ['both small sigmas', 'ΟΔΟΣ', 'οδοσ'],
    ['Cyrillic', 'СЧЁТ', 'счёт'],
    ['half-width katakana', 'ｶﾞｲﾄﾞ', 'ガイド'],
    ['ligatures', 'ﬁnance', 'FINANCE'],
    ['invisible characters', 'in\u200bvo\u00adice', 'invoice'],
    ['a line that the client broke', 'where is the\r\n  invoice', 'the invoice'],
    ['blanks that do not break', 'a\u00a0b', 'a b'],
  ])('%s compare as people read them', (_, subject, value) => {
    expect(holds('subject', 'contains', value, { subject })).toBe(true);
  });
});

describe('a field with several values', () => {
  const to = [
    { name: 'Sales', address: 'sales@demo.example' },
    { name: '', address: 'boss@acme.example' },
  ];

  test('satisfies an operator by any of them', () => {
    expect(holds('to', '=', 'boss@acme.example', { to })).toBe(true);
    expect(holds('to', 'beginsWith', 'sales', { to })).toBe(true);
  });

  test('satisfies a negative operator when none of them says otherwise', () => {
    expect(holds('to', '!=', 'boss@acme.example', { to })).toBe(false);
    expect(holds('to', '!=', 'other@acme.example', { to })).toBe(true);
    expect(holds('to', 'doesNotEndWith', '@acme.example', { to })).toBe(false);
    expect(holds('to', 'notIn', ['x', 'Sales'], { to })).toBe(false);
  });
});

describe('an absent field', () => {
  const absent = { from: null, subject: '', date: null, cc: [] };
  const values: Record<string, unknown> = { between: [1, 2], notBetween: ['2020-01-01', '2020-01-02'], in: ['x'], notIn: ['x'] };

  test.each(OPERATORS_OF_TYPE.text.flatMap((operator) => ['subject', 'from', 'cc', 'header:X-None'].map((field) => [field, operator])))(
    '%s %s: only negative operators hold',
    (field, operator) => {
      const negative = OPERATORS.find(({ name }) => name === operator)?.negative;
      expect(holds(field, operator, values[operator] ?? 'x', absent)).toBe(negative);
    },
  );

  test('a date that cannot be read is absent', () => {
    expect(holds('date', '<', '2030-01-01', { date: 'yesterday' })).toBe(false);
    expect(holds('date', 'null', null, { date: null })).toBe(true);
    expect(holds('date', 'notBetween', values.notBetween, { date: null })).toBe(true);
  });

  test('a field that is there is not empty', () => {
    for (const field of ['subject', 'from', 'date', 'header:received']) {
      expect(holds(field, 'notNull', null), field).toBe(true);
      expect(holds(field, 'null', null), field).toBe(false);
    }
  });

  test('a blank text is as good as none', () => {
    expect(holds('subject', 'null', null, { subject: ' \t' })).toBe(true);
    expect(holds('subject', 'notNull', null, { subject: ' \t' })).toBe(false);
  });
});

describe('fields', () => {
  const person = { name: 'Zoë', address: 'zoe@acme.example' };

  test.each<[string, string, Parameters<typeof subjectOf>[0]]>([
    ['from', 'zoë', { from: person }],
    ['from', 'zoe@acme.example', { from: person }],
    ['fromAddress', 'zoe@acme.example', { from: person }],
    ['fromName', 'zoë', { from: person }],
    ['to', 'zoë', { to: [person] }],
    ['cc', 'zoë', { cc: [person] }],
    ['bcc', 'zoë', { bcc: [person] }],
    ['recipients', 'zoë', { to: [person] }],
    ['recipients', 'zoë', { cc: [person] }],
    ['recipients', 'zoë', { bcc: [person] }],
    ['replyTo', 'zoë', { replyTo: [person] }],
    ['subject', 'zoë', { subject: 'zoë' }],
    ['text', 'zoë', { text: 'zoë' }],
    ['source', 'zoë', { source: () => 'zoë' }],
    ['header:x-who', 'zoë', { headers: { 'x-who': ['a', 'zoë'] } }],
    ['header:X-Who', 'zoë', { headers: { 'x-who': ['zoë'] } }],
    ['header: X-Who ', 'zoë', { headers: { 'x-who': ['zoë'] } }],
    ['attachmentName', 'zoë', { attachmentNames: ['a.pdf', 'Zoë'] }],
    ['folder', 'zoë', { folder: 'Zoë' }],
  ])('%s finds %s', (field, value, parts) => {
    expect(holds(field, '=', value, parts)).toBe(true);
    expect(holds(field, '=', `${value}!`, parts)).toBe(false);
  });

  test('an address in a display name is not the sender address', () => {
    const from = { name: 'boss@demo.example', address: 'thief@evil.example' };
    expect(holds('fromAddress', '=', 'boss@demo.example', { from })).toBe(false);
  });

  test('the names of inherited properties are no headers', () => {
    expect(holds('header:constructor', 'notNull', null)).toBe(false);
  });

  test('numbers, dates and booleans', () => {
    expect(holds('attachmentCount', '>', 0, { attachmentNames: ['a'] })).toBe(true);
    expect(holds('attachmentCount', '=', '0')).toBe(true);
    expect(holds('isAutomatic', '=', true, { isAutomatic: true })).toBe(true);
    expect(holds('isAutomatic', '!=', 'true')).toBe(true);
    expect(holds('verified', '=', false, { verified: false })).toBe(true);
    expect(holds('verified', '=', 'false', { verified: false })).toBe(true);
    expect(holds('verified', '=', 'false')).toBe(false);
  });

  test('the source is decoded only when a condition asks for it, and once', () => {
    let decoded = 0;
    const subject = subjectOf({ source: () => `source ${(decoded += 1)}` });
    evaluateOn({ combinator: 'and', rules: [yes] }, subject);
    expect(decoded).toBe(0);
    const bySource = { field: 'source', operator: 'contains', value: 'source' };
    evaluateOn({ combinator: 'and', rules: [bySource, bySource] }, subject);
    evaluateOn({ combinator: 'and', rules: [bySource] }, subject);
    expect(decoded).toBe(1);
  });
});

describe('numbers and dates', () => {
  test.each<[string, unknown, boolean]>([
    ['=', 2048, true],
    ['!=', 2048, false],
    ['<', 2048, false],
    ['<', 2049, true],
    ['<=', 2048, true],
    ['>', 2048, false],
    ['>', '2047', true],
    ['>=', 2048, true],
    ['>=', 2049, false],
    ['between', [2048, 3000], true],
    ['between', '1000,2048', true],
    ['between', [1, 2047], false],
    ['notBetween', [1, 2047], true],
    ['in', '1,2048', true],
    ['notIn', [1, 2], true],
  ])('size 2048 %s %j: %s', (operator, value, expected) => {
    expect(holds('size', operator, value)).toBe(expected);
  });

  test.each<[string, unknown, boolean]>([
    ['=', '2026-11-24', true],
    ['=', '2026-11-24T09:30', true],
    ['=', '2026-11-24T10:30:00+01:00', true],
    ['=', ' 2026-11-24 ', true],
    ['=', '2026-11-24T09:30:00.001', false],
    ['=', '2026-11-23', false],
    ['<', '2026-11-24', false],
    ['<=', '2026-11-24', true],
    ['>', '2026-11-24', false],
    ['>', '2026-11-23', true],
    ['>=', '2026-11-24', true],
    ['between', ['2026-11-23', '2026-11-24'], true],
    ['notBetween', ['2026-11-25', '2026-11-26'], true],
  ])('24 November, 9:30 UTC, %s %j: %s', (operator, value, expected) => {
    expect(holds('date', operator, value)).toBe(expected);
  });
});

describe('what the trace saw', () => {
  function sawOf(field: string, operator: string, value: unknown, parts: Parameters<typeof subjectOf>[0]): string {
    const { trace } = evaluateOn({ combinator: 'and', rules: [{ field, operator, value }] }, subjectOf(parts));
    const [condition] = 'rules' in trace ? trace.rules : [];
    return 'saw' in condition ? condition.saw : '';
  }

  test('is at most 200 characters, on one line, around the place that matched', () => {
    const text = `${'before '.repeat(500)}the\nneedle${' after'.repeat(500)}`;
    for (const saw of [sawOf('text', 'matches', 'needle', { text }), sawOf('text', 'contains', 'needle', { text })]) {
      expect(saw.length).toBeLessThanOrEqual(200);
      expect(saw).toContain('the needle after');
      expect(saw).not.toContain('\n');
    }
    expect(sawOf('text', 'contains', 'absent', { text })).toMatch(/^.{199}…$/);
    expect(sawOf('subject', 'contains', 'x', { subject: 'x'.repeat(200) })).toBe('x'.repeat(200));
    expect(sawOf('subject', 'contains', 'x', { subject: 'x'.repeat(201) })).toBe(`${'x'.repeat(199)}…`);
    expect(sawOf('subject', 'contains', 'y', { subject: 'x'.repeat(201) })).toBe(`${'x'.repeat(199)}…`);
  });

  test('has no half characters at its ends, which PostgreSQL refuses in JSON', () => {
    for (const start of ['', 'x']) {
      const subject = `${start}${'😀'.repeat(200)}needle${'😀'.repeat(200)}`;
      for (const saw of [sawOf('subject', 'contains', 'needle', { subject }), sawOf('subject', 'contains', 'absent', { subject })])
        expect(saw).not.toMatch(/\p{Cs}/u);
    }
  });

  test('is the value that decided', () => {
    const to = [1, 2, 3].map((number) => ({ name: '', address: `a${number}@x.example` }));
    expect(sawOf('to', '=', 'a2@x.example', { to })).toBe('a2@x.example');
    expect(sawOf('to', '=', 'a1@x.example', { to })).toBe('a1@x.example');
    expect(sawOf('to', '=', 'a4@x.example', { to })).toBe('a1@x.example, a2@x.example, a3@x.example');
    expect(sawOf('cc', 'null', null, {})).toBe('');
    expect(sawOf('size', '>', 1, {})).toBe('2048');
    expect(sawOf('date', 'notNull', null, {})).toBe('2026-11-24T09:30:00.000Z');
    expect(sawOf('verified', '=', true, {})).toBe('true');
  });

  test('holds nothing of the whole source or of a header that carries a key', () => {
    expect(sawOf('source', 'contains', 'hush', { source: () => 'password: hush' })).toBe('(14 characters)');
    expect(sawOf('header:Authorization', 'contains', 'hush', { headers: { authorization: ['hush'] } })).toBe('(4 characters)');
    expect(sawOf('header:X-Api-Key', 'notNull', null, { headers: { 'x-api-key': ['hush'] } })).toBe('(4 characters)');
  });
});

describe('conditions that nobody validated', () => {
  test.each([
    ['sender', 'contains', 'x', /field "sender"/],
    ['subject', 'sounds', 'x', /operator "sounds"/],
    ['subject', '<', 1, /does not fit/],
    ['subject', 'contains', '', /text is needed/],
    ['subject', 'matches', '(', /closing/],
  ])('%s %s %j is neither true nor false', (field, operator, value, words) => {
    expect(() => holds(field, operator, value)).toThrow(ConditionError);
    expect(() => holds(field, operator, value)).toThrow(words);
  });
});

test('every field has operators, and every operator is of use somewhere', () => {
  const used = new Set(FIELDS.flatMap(({ type }) => OPERATORS_OF_TYPE[type]));
  expect([...used].sort()).toEqual(OPERATORS.map(({ name }) => name).sort());
  for (const { type } of FIELDS) {
    for (const name of OPERATORS_OF_TYPE[type]) {
      const operator = OPERATORS.find((candidate) => candidate.name === name);
      expect(type === 'text' ? operator?.text : operator?.ordered, `${type} ${name}`).toBeTypeOf('function');
    }
  }
});

describe('a pattern sees what people see', () => {
  test.each([
    ['a no-break space', 'order 4711', { subject: 'Your order\u00a04711' }],
    ['a letter with a separate accent', '^Año$', { subject: 'An\u0303o' }],
    ['the same in the pattern', '^An\u0303o$', { subject: 'Año' }],
    ['a soft hyphen', 'Rechnungsnummer', { subject: 'Rechnungs\u00adnummer' }],
    ['a blank of no width', 'invoice', { subject: 'in\u200bvoice' }],
    ['letters of double width, also in the pattern', '^ＡＢＣ\\d（$', { subject: 'abc1(' }],
    ['the Turkish capital İ', '^iade İste', { subject: 'İADE iste' }],
  ])('%s', (_, pattern, parts) => {
    expect(holds('subject', 'matches', pattern, parts)).toBe(true);
    expect(holds('subject', 'doesNotMatch', pattern, parts)).toBe(false);
  });

  test('lines stay lines, and case stays for a pattern that asks for it', () => {
    expect(holds('text', 'matches', '(?m)^Größe:', { text: 'Hallo\nGröße: 3' })).toBe(true);
    expect(holds('subject', 'matches', '(?-i)Größe', { subject: 'GRÖSSE größe' })).toBe(false);
  });
});

test('the Turkish capital İ is an i in every comparison', () => {
  for (const subject of ['İade talebi', 'I\u0307ade talebi', 'iade TALEBİ'])
    expect(holds('subject', '=', 'iade talebi', { subject })).toBe(true);
});
