import { readFileSync } from 'node:fs';
import path from 'node:path';
import IntlMessageFormat from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import actions from '../../server/services/action/registry';
import { FIELDS } from '../../server/services/rule/fields';
import { LANGUAGES } from '../../shared/vocabulary';

const LOCALES = LANGUAGES.filter((language) => language !== 'en');
const textsOf = (locale: string): Record<string, string> =>
  JSON.parse(readFileSync(path.resolve('admin/src/translations', `${locale}.json`), 'utf8'));
const english = textsOf('en');

/** The names in `{name}` and `{count, plural, …}`, whatever the words around them. */
function argumentsOf(text: string): string[] {
  const names = new Set<string>();
  const visit = (parts: any[]): void => {
    for (const part of parts) {
      if (part.type !== 0 && part.type !== 7) names.add(part.value);
      for (const option of Object.values(part.options ?? {}) as { value: any[] }[]) visit(option.value);
    }
  };
  visit(new IntlMessageFormat(text, 'en').getAst());
  return [...names].sort();
}

test('the panel has a label for each built-in action and each field of conditions', () => {
  // Without one it shows the label of the server, which is English whatever the language.
  const keys = [
    ...actions({} as Parameters<typeof actions>[0])
      .all()
      .map(({ type }) => `action.${type}`),
    ...FIELDS.map(({ key }) => `field.${key}`),
  ];
  expect(keys.filter((key) => !(key in english))).toEqual([]);
});

describe.each(LOCALES)('the panel in %s', (locale) => {
  const texts = textsOf(locale);

  test('has a text for each English one and none besides', () => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
  });

  test('fills the same values into its texts', () => {
    const differing = Object.keys(english).filter((key) => String(argumentsOf(texts[key])) !== String(argumentsOf(english[key])));
    expect(differing).toEqual([]);
  });

  test('is translated, apart from names', () => {
    const words = (text: string) => text.replace(/\{\w+\}|→/g, '').match(/\S+/g) ?? [];
    const same = Object.keys(english).filter((key) => texts[key] === english[key] && words(english[key]).length > 2);
    expect(same).toEqual([]);
  });
});
