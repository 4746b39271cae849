import { LANGUAGES, type Language } from '../../../../shared/vocabulary';
import type { ParsedMessage } from '../types';

/** In which language a person writes, where that is sure; nobody is served by a guess. */

/** Words that carry a sentence and no topic. One that several languages share counts for each of them. */
const FREQUENT_WORDS: Record<Language, string> = {
  en: 'the and you your that with this are not please would have has been my from what when could was but they there does is it to of for',
  de: 'der die das und ist nicht ich sie mit für habe haben bitte wir eine einen auch auf dass mein meine ihre noch wie kann zu von den dem es im am',
  es: 'el los las una está pero usted gracias muy tengo puedo hola también mi con del y es que para por no lo se su como cuando ustedes buenos',
  fi: 'ei että mutta minä ole olen kun niin tämä voi kiitos myös mitä oli joka vielä kanssa onko voitteko meillä minulla hei ja on se sitä kuinka miten',
  fr: 'le les est et je vous pas une pour dans nous sur avec bonjour merci mon votre ne ce que qui mais des du la au il plus être suis',
  sv: 'och att är jag inte för till hej tack mycket skulle ni från mig det har kan vi min den som på med av om var ett en men så finns',
};

/** Neighbours that share words with these and in which the site does not write: their mail must not be taken for one of them. */
const OTHERS = [
  // Danish and Norwegian
  'og at er jeg ikke for til hei hej tak takk noget noe fra mig meg det har kan vi min den som på med av af om var et en men så vil skulle meget',
  // Dutch
  'het een niet ik van en dat voor met zijn op aan u je bedankt mijn wij maar ook graag heb is de die te er naar kunt hebben wat kan',
  // Portuguese
  'não uma você com para os obrigado obrigada muito está meu minha por em mas um são de que do da as no na eu se como quando olá bom',
  // Italian
  'il che non una per sono grazie buongiorno della con mi questo ho gli è di la le un del lo si ma come quando vorrei in da',
  // Catalan
  'el els les una està però gràcies molt amb del és que per no em he meu meva com quan bon dia i la de us',
  // Estonian
  'ei et aga mina ole olen kui nii see võib aitäh ka mis oli kes veel koos tere ja on seda kuidas palun ma',
];

/** Which of these languages have that word, by their places: ours first, then the others. So a text is gone through once. */
const PLACES_OF_WORD = new Map<string, number[]>();
for (const [place, words] of [...LANGUAGES.map((language) => FREQUENT_WORDS[language]), ...OTHERS].entries())
  for (const word of new Set(words.split(' '))) PLACES_OF_WORD.set(word, [...(PLACES_OF_WORD.get(word) ?? []), place]);

/** This much of a text is looked at. */
const MOST_LETTERS = 4_000;
/** This many different words a language has to show, and this much more often than any other one. */
const SURE = { words: 5, times: 1.5 };

const wordsOf = (text: string): string[] => text.match(/\p{L}+/gu) ?? [];

/** The language of a text; null when too few words tell, or when another one is as likely. */
export function languageOfText(text: string): Language | null {
  return languageOfWords(wordsOf(text.slice(0, MOST_LETTERS).toLowerCase()));
}

function languageOfWords(words: string[]): Language | null {
  const tally = Array.from({ length: LANGUAGES.length + OTHERS.length }, () => ({ said: 0, shown: new Set<string>() }));
  for (const word of words)
    for (const place of PLACES_OF_WORD.get(word) ?? []) {
      tally[place].said += 1;
      tally[place].shown.add(word);
    }
  const scores = LANGUAGES.map((language, place) => ({ language, ...tally[place] })).sort((one, other) => other.said - one.said);
  const [best, second] = scores;
  const others = tally.slice(LANGUAGES.length).map(({ said }) => said);
  const isSure = best.shown.size >= SURE.words && best.said >= SURE.times * Math.max(second.said, 1) && best.said > Math.max(...others);
  return isSure ? best.language : null;
}

/**
 * The language of what somebody wrote. `Content-Language` (RFC 3282) names the language of the mail program, so it counts only for a text
 * that is too short to tell, and only where it names a single one.
 */
export function languageOf({ visibleText, headers }: Pick<ParsedMessage, 'visibleText' | 'headers'>): Language | null {
  const words = wordsOf(visibleText.slice(0, MOST_LETTERS).toLowerCase());
  const byWords = languageOfWords(words);
  if (byWords || words.length >= LONG_ENOUGH) return byWords;
  const [named, ...more] = (headers['content-language'] ?? []).join(',').split(',');
  const language = /^\s*([a-z]{2})(?:-[a-z0-9-]+)?\s*$/i.exec(named ?? '')?.[1].toLowerCase();
  return more.length === 0 ? (LANGUAGES.find((each) => each === language) ?? null) : null;
}

/** A text of this many words has a language of its own. */
const LONG_ENOUGH = 25;
