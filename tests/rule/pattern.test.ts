import { describe, expect, test } from 'vitest';
import { compilePattern, MAX_SEARCHED_LENGTH, PatternError } from '../../server/services/rule/pattern';

function errorOf(source: string): PatternError {
  try {
    compilePattern(source);
  } catch (error) {
    if (error instanceof PatternError) return error;
    throw error;
  }
  throw new Error(`${source} was accepted`);
}

describe('a pattern that RE2 cannot read is refused with the place of the error', () => {
  test.each([
    // pattern, position, words
    ['abc(?=def)', 3, /Look-ahead/],
    ['abc(?!def)', 3, /Look-ahead/],
    ['abc(?<=def)g', 3, /look-behind/],
    ['abc(?<!def)g', 3, /look-behind/],
    ['(a)-\\1', 4, /Back-references/],
    ['\\\\1(a)\\1', 6, /Back-references/],
    ['(?<n>a)\\k<n>', 7, /Back-references/],
    ['(?P<n>a)(?P=n)', 8, /Back-references/],
    ['ab[cd', 2, /closing "\]"/],
    ['a(b(c', 3, /closing "\)"/],
    ['a(b)(c', 4, /closing "\)"/],
    ['(a[)]\\)', 0, /closing "\)"/],
    ['(\\Q)\\E', 0, /closing "\)"/],
    ['ab)c)', 2, /closes no group/],
    ['[)]a)', 4, /closes no group/],
    ['a*|*', 3, /nothing before "\*"/],
    ['[*]|*', 4, /nothing before "\*"/],
    ['a**', 1, /repeats a repetition/],
    ['ab++', 2, /Possessive/],
    ['a(?>b)', 1, /Atomic/],
    ['a{2}b{1001}', 5, /repeat count/],
    ['x{2,1}', 1, /repeat count/],
    ['abc\\', 3, /single "\\"/],
    ['(?<t>a)(?<t>b)', 10, /Two groups are named "t"/],
    ['a(?<n', 1, /named group/],
    ['a[z-a]', 2, /no range/],
    ['\\B[\\B]', 3, /has no meaning/],
    ['a\\q', 1, /"\\q" has no meaning/],
    ['\\u20AC', 0, /\\x\{20AC\}/],
    ['a\\p{Foo}', 1, /no class/],
    ['a(?x)b', 1, /not supported/],
    ['', 0, /empty/],
  ])('%s', (source, position, words) => {
    const error = errorOf(source);
    expect(error.message).toMatch(words);
    expect(error.position).toBe(position);
  });

  test('of more than 1000 characters', () => {
    expect(errorOf('a'.repeat(1001))).toMatchObject({ position: 1000, message: expect.stringContaining('1000') });
    expect(() => compilePattern('a'.repeat(1000))).not.toThrow();
  });

  test('of a size that would need too much memory', () => {
    expect(errorOf('[a-z]{1000}'.repeat(20)).message).toMatch(/too complex/);
  });
});

test('the message itself says where, for places that show nothing else', () => {
  expect(errorOf('TT(\\d+').message).toBe('This group has no closing ")". (At character 3 of the pattern.)');
});

test('a pattern ignores case unless it is told otherwise', () => {
  expect(compilePattern('straße').test('STRAßE')).toBe(true);
  expect(compilePattern('abc', []).test('ABC')).toBe(false);
});

test('the same pattern is compiled once, and other flags are another pattern', () => {
  expect(compilePattern('once \\d')).toBe(compilePattern('once \\d'));
  expect(compilePattern('once \\d')).not.toBe(compilePattern('once \\d', ['i', 's']));
});

test('patterns that were not used for long are forgotten, so that memory does not grow with what people try', () => {
  const first = compilePattern('pattern 0');
  const used = compilePattern('pattern 1');
  for (let number = 2; number <= 501; number += 1) {
    compilePattern(`pattern ${number}`);
    expect(compilePattern('pattern 1')).toBe(used);
  }
  expect(compilePattern('pattern 0')).not.toBe(first);
});

test('only the first 200 kB of a text are searched', () => {
  const pattern = compilePattern('needle');
  expect(pattern.test(`${'x'.repeat(MAX_SEARCHED_LENGTH - 6)}needle`)).toBe(true);
  expect(pattern.test(`${'x'.repeat(MAX_SEARCHED_LENGTH - 5)}needle`)).toBe(false);
});

test('a pattern that hangs backtracking engines answers at once', () => {
  const started = performance.now();
  expect(compilePattern('(a+)+$').test(`${'a'.repeat(100_000)}!`)).toBe(false);
  expect(performance.now() - started).toBeLessThan(2000);
});

test('a match tells its text, its place and its groups', () => {
  expect(compilePattern('(?<day>\\d+)\\. (Mai)|(x)').find('am 3. Mai')).toEqual({
    text: '3. Mai',
    index: 3,
    groups: ['3', 'Mai', null],
    namedGroups: { day: '3' },
  });
  expect(compilePattern('x').find('abc')).toBeNull();
});
