import { africanAndOthers } from './languages/african-and-others';
import { eastAsian } from './languages/east-asian';
import { germanic } from './languages/germanic';
import { otherEuropean } from './languages/other-european';
import { romance } from './languages/romance';
import { slavic } from './languages/slavic';
import { southAsian } from './languages/south-asian';
import { westAndCentralAsian } from './languages/west-and-central-asian';
import type { QuoteWords } from './quote-words';

const quoteWords = [
  ...germanic,
  ...romance,
  ...slavic,
  ...otherEuropean,
  ...westAndCentralAsian,
  ...southAsian,
  ...eastAsian,
  ...africanAndOthers,
];

/** The words of all languages for one thing, as one alternation of a regular expression. */
export function allWords(key: Exclude<keyof QuoteWords, 'language'>): string {
  return [...new Set(quoteWords.map((words) => words[key]).filter((words) => words !== ''))].join('|');
}

/** The same as plain words: `A ?B` as two of them, and without the signs of regular expressions. */
export function wordList(key: Exclude<keyof QuoteWords, 'language'>): string[] {
  return allWords(key)
    .split('|')
    .flatMap((word) => {
      const optional = /(\\?.)\?/u;
      return optional.test(word) ? [word.replace(optional, ''), word.replace(optional, '$1')] : [word];
    })
    .map((word) => word.replaceAll('\\', ''));
}
