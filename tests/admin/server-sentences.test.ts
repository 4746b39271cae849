import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import IntlMessageFormat from 'intl-messageformat';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { SENTENCES, type SentenceCode } from '../../shared/sentences/catalogue';
import { LANGUAGES } from '../../shared/vocabulary';
import { inEnglish, say, wordsIn, type Words } from '../../shared/sentences/words';

const translations = (locale: string): Record<string, string> =>
  JSON.parse(readFileSync(path.resolve('admin/src/translations/server', `${locale}.json`), 'utf8'));
const english: Record<string, string> = SENTENCES;
const codes = Object.keys(SENTENCES) as SentenceCode[];
const valuesOf = (text: string) => [...text.matchAll(/(?<!')\{(\w+)\}/g)].map(([, name]) => name).sort();

describe('what the server says in codes is worded in the language of the panel', () => {
  const german = translations('de');
  const inGerman = (words: Words) =>
    wordsIn(words, (code, values) => (code in german ? String(new IntlMessageFormat(german[code], 'de').format(values)) : null));

  test('a sentence with values', () => {
    const words = say('mailbox.noFolderHere', { folder: 'Alt. Rechnungen' });
    expect(inGerman(words)).toBe('Einen Ordner „Alt. Rechnungen“ gibt es in diesem Postfach nicht.');
    expect(inEnglish(words)).toBe('There is no folder "Alt. Rechnungen" in this mailbox.');
  });

  test('several sentences, a sentence in a sentence, and the words of a mail server as they are', () => {
    const what = [
      say('mailbox.refusedSignIn', { user: 'a@gmail.com' }),
      say('mailbox.hintICloud'),
      say('mailbox.says', { words: 'Invalid credentials (Failure)' }),
    ];
    const words = say('mailbox.connect', { protocol: 'IMAP', host: 'imap.gmail.com', port: 993, what });
    expect(inGerman(words)).toBe(
      'Keine Verbindung zum IMAP-Server imap.gmail.com:993: Er hat die Anmeldung von „a@gmail.com“ abgelehnt. iCloud braucht ein anwendungsspezifisches Passwort (account.apple.com → Anmeldung und Sicherheit). Der Server sagt: „Invalid credentials (Failure)“.',
    );
    expect(inEnglish(words)).toBe(
      'Couldn\'t connect to IMAP server imap.gmail.com:993: it refused the sign-in of "a@gmail.com". iCloud needs an app-specific password (account.apple.com → Sign-In and Security). The server says: "Invalid credentials (Failure)".',
    );
  });

  test('a code that the panel does not know, of a newer release perhaps, leaves the English text beside it', () => {
    expect(inGerman([say('log.noMatch'), { code: 'log.ofTomorrow' as SentenceCode }])).toBeNull();
  });

  test('text of others that looks like a value is no value', () => {
    expect(inEnglish(say('mailbox.says', { words: 'use {user} $& $1' }))).toBe('The server says: "use {user} $& $1".');
  });
});

test('each English sentence says the same by the rules of ICU, which the translations follow', () => {
  const different = codes.filter((code) => {
    const values = Object.fromEntries(valuesOf(english[code]).map((name) => [name, `<${name}>`]));
    return inEnglish({ code, values }) !== new IntlMessageFormat(english[code], 'en').format(values);
  });
  expect(different).toEqual([]);
});

describe.each(LANGUAGES.filter((language) => language !== 'en'))('in %s', (locale) => {
  const texts = translations(locale);

  test('each sentence has a translation with the same values, and none is left over', () => {
    expect(Object.keys(texts).sort()).toEqual([...codes].sort());
    expect(codes.filter((code) => String(valuesOf(texts[code])) !== String(valuesOf(english[code])))).toEqual([]);
  });

  test('each sentence is translated, and can be said', () => {
    expect(codes.filter((code) => texts[code] === english[code])).toEqual([]);
    const spoken = Object.entries(texts).map(([, text]) =>
      new IntlMessageFormat(text, locale).format(Object.fromEntries(valuesOf(text).map((value) => [value, 'x']))),
    );
    expect(spoken.filter((text) => typeof text !== 'string' || /'[{}<>]/.test(text))).toEqual([]);
  });
});

const sources = readdirSync('server', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => path.join('server', name));

test('each code of the catalogue is used', () => {
  const code = sources.map((file) => readFileSync(file, 'utf8')).join('\n');
  expect(codes.filter((name) => !code.includes(`'${name}'`))).toEqual([]);
});

/** Sentences that need no code, because nobody reads them in the panel in an administrator's language. */
const WITHOUT_CODE: Record<string, RegExp[]> = {
  'for customers': [/^server\/services\/outgoing\/(speech|rating-words|customer-page-words|made-up-ticket)\.ts: /],
  'alerts and metrics, which are in English': [
    /^server\/services\/operations\/(alert-words|metrics)\.ts: /,
    /^server\/controllers\/monitoring\.ts: /,
  ],
  'what the developer of a site meets': [
    /^server\/services\/settings\/(config|oauth-config)\.ts: /,
    /^server\/services\/(due-work|index|engine\/(current|pg-boss|pg-boss-package)|platform\/(self-check|strapi-utils)|storage\/own-types)\.ts: /,
    /^server\/services\/(action\/registry|scanner\/steps\/registry)\.ts: There (is|are) /,
  ],
  'what only a mistake in our own code brings about': [
    /^server\/services\/mailbox\/(imap|imap-connection|pop3|pop3-connection)\.ts: (No (other command|effect) may be|Messages are already being|Open a folder first|A POP3 command is)/,
    /^server\/services\/storage\/(files|insert|lease)\.ts: /,
    /^server\/services\/scanner\/(decide|parser)\.ts: (No step decided|The parser was closed)/,
    /^server\/services\/outgoing\/email-templates\.ts: There is no email template/,
  ],
  'what only a script that calls the API by hand can meet': [
    /^server\/services\/rule\/validate\.ts: (The combinator|"not" must|A group needs|A condition needs|"\[0\]" cannot be asked)/,
    /^server\/services\/scanner\/scan-result\.ts: \[0\] left alone/,
    /^server\/controllers\/answer\.ts: Say whether the comment is public/,
    /^server\/controllers\/authorization\.ts: (The return path must|There is no provider)/,
    /^server\/controllers\/scanner\.ts: Leave out "unread"/,
    /^server\/controllers\/ticket-shapes\.ts: Give (the id|up to)/,
    /^server\/controllers\/upload\.ts: Send one file/,
  ],
  'what the panel warns of in words of its own': [/^server\/services\/outgoing\/email-templates\.ts: .*\$helpdesk-/],
  'no sentence but SQL': [/^server\/services\/storage\/text-index\/(sqlite(-terms)?|postgres|mysql|newest)\.ts: /],
};

/** Three words and more, and an end: a full stop, or a colon before what is filled in. */
const isSentence = (text: string) =>
  /([.!?]["”)]?|: \[\d+\])( \[\d+\])?$/.test(text) &&
  text.split(/\s+/).filter((word) => /^["“(]?([A-Za-z’']{2,}|a)[.,:;)"”]*$/.test(word)).length >= 3;

/** Every text in a file of the server, with a bracket where a value is filled in; without what goes to the log. */
function textsIn(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isCallExpression(node) && /(^|\.)log(\.\w+)?$/.test(node.expression.getText())) return;
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) texts.push(node.text);
    else if (ts.isTemplateExpression(node)) {
      const filled = node.templateSpans.map(({ literal }, index) => `[${index}]${literal.text}`).join('');
      texts.push((node.head.text + filled).replace(/([.!?])(\[\d+\])$/, '$1 $2'));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts.map((text) => text.trim()).filter(isSentence);
}

describe('no sentence for people stands in the code of the server', () => {
  const found = sources.flatMap((file) => textsIn(file).map((text) => `${file}: ${text}`));
  const exceptions = Object.values(WITHOUT_CODE).flat();

  test('each sentence has a code in the catalogue', () => {
    expect(found.filter((entry) => !exceptions.some((known) => known.test(entry)))).toEqual([]);
  });

  test('each exception is still needed', () => {
    expect(exceptions.filter((known) => !found.some((entry) => known.test(entry)))).toEqual([]);
  });
});
