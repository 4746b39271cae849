import { expect, test } from 'vitest';
import { languageOf, languageOfText } from '../../server/services/message/reading/language';

const WRITTEN = {
  en: 'Hello, I have ordered a lamp from you two weeks ago and it does not arrive. When could I have it, please?',
  de: 'Guten Tag, ich habe vor zwei Wochen eine Lampe bei Ihnen bestellt und sie ist noch nicht da. Wann kann ich mit ihr rechnen?',
  es: 'Hola, pedí una lámpara hace dos semanas y todavía no la tengo. ¿Cuándo puedo contar con ella? Muchas gracias por su ayuda.',
  fi: 'Hei, tilasin teiltä lampun kaksi viikkoa sitten, mutta se ei ole vielä tullut. Voitteko kertoa, milloin se on perillä? Kiitos.',
  fr: 'Bonjour, je vous ai commandé une lampe il y a deux semaines et elle n’est pas arrivée. Quand est-ce que je pourrai l’avoir ? Merci.',
  sv: 'Hej, jag har beställt en lampa av er för två veckor sedan och den har inte kommit. När kan jag räkna med att få den? Tack.',
};

test.each(Object.entries(WRITTEN))('a sentence or two in %s are known', (language, text) => {
  expect(languageOfText(text)).toBe(language);
});

test.each([
  ['Danish', 'Hej, jeg har bestilt en lampe for to uger siden, og den er ikke kommet. Hvornår kan jeg regne med at få den? Mange tak.'],
  ['Norwegian', 'Hei, jeg har bestilt en lampe fra dere for to uker siden, og den har ikke kommet. Når kan jeg regne med å få den? Takk.'],
  ['Dutch', 'Goedendag, ik heb twee weken geleden een lamp besteld en die is nog niet gekomen. Wanneer kan ik hem van u krijgen?'],
  ['Portuguese', 'Bom dia, pedi um candeeiro há duas semanas e ainda não o tenho. Quando é que posso contar com ele? Muito obrigado.'],
  [
    'Italian',
    'Buongiorno, ho ordinato una lampada due settimane fa e non è ancora arrivata. Quando posso contare di averla? Grazie mille.',
  ],
  [
    'Estonian',
    'Tere, ma tellisin teilt kaks nädalat tagasi lambi, aga see ei ole veel tulnud. Kas te võite öelda, kui kaua see läheb? Aitäh.',
  ],
])('a neighbour is not taken for one of them: %s', (_language, text) => {
  expect(languageOfText(text)).toBeNull();
});

test('a few words, a list of things or two languages at once tell nothing', () => {
  expect(languageOfText('Lamp XR-200, order 4711. Thanks!')).toBeNull();
  expect(languageOfText('')).toBeNull();
  expect(languageOfText(`${WRITTEN.de} ${WRITTEN.en}`)).toBeNull();
});

test('the language that the mail program names counts for a short text alone, and only a single one', () => {
  const named = (visibleText: string, ...languages: string[]) => languageOf({ visibleText, headers: { 'content-language': languages } });
  expect(named('Danke!', 'de-AT')).toBe('de');
  expect(named('Merci', 'fr, en')).toBeNull();
  expect(named('Dank u', 'nl')).toBeNull();
  expect(named(WRITTEN.sv, 'en-US')).toBe('sv');
  expect(
    named(
      'Goedendag, ik heb twee weken geleden een lamp besteld en die is nog niet gekomen. Wanneer kan ik hem van u krijgen, en wat kost dat dan?',
      'en-US',
    ),
  ).toBeNull();
});
