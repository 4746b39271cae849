import { expect, test } from 'vitest';
import { describeConditions } from '../../server/services/rule/describe';
import { conditionSchema } from '../../server/services/rule/schema';
import { foldText } from '../../server/services/rule/text';
import type { Condition, ConditionGroup, RuleSubject } from '../../server/services/rule/types';
import { MAX_DEPTH, validateConditions } from '../../server/services/rule/validate';
import fc from '../support/properties';
import { evaluateOn, subjectOf } from './subject';

const { fields, operators } = conditionSchema();
const word = fc.constantFrom('invoice', 'Straße', 'a', 'ﬁ', ' x ', '4711', 'İ', 'ς');

/** Values as an editor makes them for a field. */
const valueOf: Record<string, fc.Arbitrary<unknown>> = {
  text: word,
  number: fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 5000 }).map(String)),
  date: fc.constantFrom('2026-11-24', '2026-11-24T09:30', '2020-01-01T00:00:00Z', '2030-12-31T23:59:59.999+05:30'),
  boolean: fc.boolean(),
};

const condition: fc.Arbitrary<Condition> = fc
  .constantFrom(...fields.flatMap((field) => field.operators.map((operator) => ({ field, operator }))))
  .chain(({ field, operator }) => {
    const kind = operators.find(({ name }) => name === operator)?.type;
    const one = valueOf[field.type];
    const value: fc.Arbitrary<unknown> =
      kind === 'pair' ? one.map((same) => [same, same]) : kind === 'list' ? fc.array(one, { minLength: 1, maxLength: 3 }) : one;
    return value.map((given) => ({ field: field.name, operator, value: given }));
  });

const { group } = fc.letrec<{ group: ConditionGroup; node: Condition | ConditionGroup }>((tie) => ({
  node: fc.oneof({ maxDepth: MAX_DEPTH - 3, withCrossShrink: true }, condition, tie('group')),
  group: fc.record({
    combinator: fc.constantFrom('and' as const, 'or' as const),
    not: fc.boolean(),
    rules: fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
  }),
}));

const text = fc.oneof(word, fc.string({ unit: 'grapheme' }), fc.constant(''));
const subject: fc.Arbitrary<RuleSubject> = fc
  .record({
    subject: text,
    text,
    folder: text,
    attachmentNames: fc.array(text, { maxLength: 2 }),
    size: fc.nat(5000),
    isAutomatic: fc.boolean(),
    date: fc.constantFrom('2026-11-24T09:30:00.000Z', null),
  })
  .map(subjectOf);

test('whatever is saved can be evaluated and described', () => {
  fc.assert(
    fc.property(group, subject, (conditions, message) => {
      const validated = validateConditions(conditions);
      if (!validated.ok) throw new Error(JSON.stringify(validated.errors));
      const { matched, trace } = evaluateOn(validated.conditions, message);
      expect(trace.result).toBe(matched);
      expect(describeConditions(validated.conditions)).not.toBe('');
    }),
  );
});

test('"not" turns every answer round', () => {
  fc.assert(
    fc.property(group, subject, (conditions, message) => {
      const turned = { ...conditions, not: !conditions.not };
      expect(evaluateOn(turned, message).matched).toBe(!evaluateOn(conditions, message).matched);
    }),
  );
});

test('"none of these" is the same as "not this, and not that" (De Morgan)', () => {
  fc.assert(
    fc.property(fc.array(condition, { minLength: 1, maxLength: 4 }), subject, (rules, message) => {
      const noneOf = evaluateOn({ combinator: 'or', not: true, rules }, message).matched;
      const each = rules.map((rule): ConditionGroup => ({ combinator: 'and', not: true, rules: [rule] }));
      expect(evaluateOn({ combinator: 'and', rules: each }, message).matched).toBe(noneOf);
    }),
  );
});

test('folding twice changes nothing more, and ignores case', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (given) => {
      expect(foldText(foldText(given))).toBe(foldText(given));
      // Composed first: an iota written under a letter becomes a letter of its own, and would take the accents that follow.
      expect(foldText(given.normalize('NFKC').toUpperCase())).toBe(foldText(given));
    }),
    { numRuns: 2000 },
  );
});

test('validation never throws, whatever comes', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (rules, value) => {
      expect(validateConditions(rules)).toHaveProperty('ok');
      expect(validateConditions({ combinator: 'and', rules: [value, { field: 'size', operator: 'in', value }] })).toHaveProperty('ok');
      for (const operator of ['matches', '=', 'in']) {
        expect(validateConditions({ combinator: 'and', rules: [{ field: 'subject', operator, value }] })).toHaveProperty('ok');
      }
    }),
  );
});

test('any text is a pattern or is refused with a place inside of it', () => {
  const pattern = fc
    .array(
      fc.constantFrom(
        '(',
        ')',
        '[',
        ']',
        '*',
        '+',
        '?',
        '{2}',
        '{2,1}',
        '\\',
        '|',
        'a',
        '^',
        '(?',
        '(?<n>',
        '(?P',
        '\\1',
        '\\Q',
        '-',
        ':',
        '=',
        '!',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(pattern, (value) => {
      const result = validateConditions({ combinator: 'and', rules: [{ field: 'subject', operator: 'matches', value }] });
      if (result.ok) return;
      const [{ position }] = result.errors;
      expect(position).toBeGreaterThanOrEqual(0);
      expect(position).toBeLessThanOrEqual(Math.max(0, value.length - 1));
    }),
    { numRuns: 5000 },
  );
});
