import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import IntlMessageFormat from 'intl-messageformat';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { translateSentences, type Say } from '../../admin/src/shared/utils/serverSentences';

const catalogue = (locale: string): Record<string, string> =>
  JSON.parse(readFileSync(path.resolve('admin/src/translations/server', `${locale}.json`), 'utf8'));
const english = catalogue('en');
const german = catalogue('de');

const sayIn =
  (texts: Record<string, string>): Say =>
  (name, values) =>
    Object.entries(values).reduce((said, [key, value]) => said.replaceAll(`{${key}}`, value), texts[name]);
const inGerman = (text: string) => translateSentences(text, sayIn(german));

describe('what the server says is said in the language of the panel', () => {
  test('a sentence with values', () => {
    expect(inGerman('There is no folder "Alt. Rechnungen" in this mailbox.')).toBe(
      'Einen Ordner „Alt. Rechnungen“ gibt es in diesem Postfach nicht.',
    );
  });

  test('several sentences, and sentences in a sentence', () => {
    const text =
      'Couldn\'t connect to imap server imap.gmail.com:993: it refused the sign-in of "a@gmail.com". iCloud needs an app-specific password (account.apple.com → Sign-In and Security). The server says: "Invalid credentials (Failure)".';
    expect(inGerman(text)).toBe(
      'Keine Verbindung zum imap-Server imap.gmail.com:993: Er hat die Anmeldung von „a@gmail.com“ abgelehnt. iCloud braucht ein anwendungsspezifisches Passwort (account.apple.com → Anmeldung und Sicherheit). Der Server sagt: „Invalid credentials (Failure)“.',
    );
  });

  test('whoever says something is named, and their words stay as they are', () => {
    expect(
      inGerman(
        'The client secret is wrong. Enter the secret’s value, not its id, in the settings of the provider. Google says: "Bad. Really."',
      ),
    ).toMatch(/ID\. Google sagt: „Bad\. Really\.“$/);
  });

  test('of two entries that fit, the one that explains more', () => {
    expect(inGerman('There is no folder "Old" in this mailbox. Choose another one, or create it again.')).toContain(
      'legen Sie ihn wieder an',
    );
  });

  test('what nobody knows stays as it is, between sentences that are known', () => {
    expect(inGerman('Ticket opened. Told the pager: 3 people. No rule matched.')).toBe(
      'Ticket eröffnet. Told the pager: 3 people. Keine Regel passte.',
    );
    expect(inGerman('')).toBe('');
    expect(inGerman('x '.repeat(5000))).toHaveLength(10_000);
  });

  test('a mail server that talks a lot keeps nobody waiting', () => {
    const started = performance.now();
    inGerman(`The mail server refused to delete the message: ${'Well. "no" (at 5:3) server: '.repeat(100)}`);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test.each(Object.keys(english))('%s is recognised, whatever is filled in', (name) => {
    const text = english[name].replace(/\{(\w+)\}/g, '[$1]').replace(/'([{}<>]+)'/g, '$1');
    const said = translateSentences(text, (found, values) => `${found} ${Object.entries(values).map(([key, value]) => `${key}=${value}`)}`);
    const values = [...english[name].matchAll(/(?<!')\{(\w+)\}(?!')/g)].map(([, key]) => `${key}=[${key}]`);
    expect(said.replace(/\.$/, '')).toBe(`${name} ${values}`);
  });
});

describe.each(['de', 'es', 'fi', 'fr', 'sv'])('in %s', (locale) => {
  const texts = catalogue(locale);
  const valuesOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([value]) => value).sort();

  test('each sentence has a translation with the same values, and none is left over', () => {
    expect(Object.keys(texts)).toEqual(Object.keys(english));
    expect(Object.keys(english).filter((name) => String(valuesOf(texts[name])) !== String(valuesOf(english[name])))).toEqual([]);
  });

  test('is translated, and can be said', () => {
    expect(Object.keys(english).filter((name) => texts[name] === english[name])).toEqual([]);
    const spoken = Object.entries(texts).map(([, text]) =>
      new IntlMessageFormat(text, locale).format(Object.fromEntries(valuesOf(text).map((value) => [value.slice(1, -1), 'x']))),
    );
    expect(spoken.filter((text) => typeof text !== 'string' || /'[{}<>]/.test(text))).toEqual([]);
  });
});

/**
 * Sentences of the server that nobody reads in the panel: what a site's developer gets at the start, what only a script that
 * calls the API by hand can meet, names that the panel has texts of its own for, and what goes to customers.
 */
const NOT_IN_THE_PANEL: (string | RegExp)[] = [
  /^server\/(permissions|content-types\/|services\/operations\/|controllers\/monitoring)/,
  /^server\/services\/(settings\/config|settings\/oauth-config|rule\/fields|rule\/operators|outgoing\/tags|outgoing\/speech|outgoing\/change-comments|storage\/(insert|lease|text-index))\.ts/,
  /^server\/services\/message\/(bounce|bounce-text|calendar|html-marks|rtf-\w+|sanitize|subject-key|forward\/phrases|reply\/phrases\/[\w/-]+)\.ts/,
  // The panel warns of these in words of its own, while they are typed.
  /^server\/services\/outgoing\/email-templates\.ts: .*\$helpdesk-/,
  // Who we are to a mail server.
  'Mail Scanner for Strapi',
  // Labels and summaries of rules, which the panel has of its own; the rest of a sentence that is in the list.
  /^server\/services\/action\/\w[\w-]+\.ts: ([cC]reate|delete the message from|Move to folder|There is already)/,
  /^server\/controllers\/rule\.ts: (an action|mark as read)/,
  /: (Wait For Response|Couldn't connect to \[0\]|\(allowPrivateAddresses of .*)$/,
  '[0] is at an address that this site does not connect to[1].',
  'An email of ours [0]: [1]',
  // Caught: what was being written is tried again.
  'A ticket was merged a moment ago.',
  // What a customer and an agent could have written: shown in the preview of an email.
  /^server\/services\/outgoing\/made-up-ticket\.ts: /,
  // For the log, at the start on a Strapi that does not fit.
  /^server\/services\/platform\/self-check\.ts: /,
  // What a site's developer meets who registers a step.
  /^server\/services\/scanner\/(decide|steps\/registry)\.ts: (There (is|are)|No step decided|, )/,
  // A choice between two lines for the log.
  /^server\/services\/outgoing\/outbox\.ts: An email could not be sent/,
  // The panel says the same with a button.
  /^server\/services\/scanner\/scan-result\.ts: .*left alone/,
  // What RE2 calls an error, to find words for it.
  /^server\/services\/rule\/pattern\.ts: [a-z]/,
  // Only a script that calls the API by hand gets these wrong.
  /^server\/services\/rule\/validate\.ts: (The combinator|"not" must|A group needs|A condition needs|"\[0\]" cannot be asked)/,
  'The return path must be a page of the plugin’s settings, such as /settings/mail-scanner/scanners.',
  'There is no provider "[0]". There are [1].',
  'Give the id of an administrator, or "none".',
  /^server\/controllers\/scanner\.ts: Leave out "unread"/,
  'Say whether the comment is public.',
  'Give up to 60 moments, oldest first, with commas between them.',
  'Send one file in the field "files" of a form.',
];

/** Three words and more, and an end: a full stop, or a colon before what is filled in. */
const isSentence = (text: string) =>
  /([.!?]["”)]?|: \[\d+\])( \[\d+\])?$/.test(text) &&
  text.split(/\s+/).filter((word) => /^["“(]?[A-Za-z’']{2,}[.,:;)"”]*$/.test(word)).length >= 3;

/** Every text in a file of the server, with a bracket where a value is filled in; without what goes to the log or is for developers. */
function textsIn(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isCallExpression(node) && /(^|\.)log(\.\w+)?$/.test(node.expression.getText())) return;
    if (ts.isNewExpression(node) && node.expression.getText() === 'Error') return;
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

test('every sentence that the server writes for people is in the list', () => {
  const files = readdirSync('server', { recursive: true, encoding: 'utf8' })
    .map((name) => path.join('server', name))
    .filter((name) => name.endsWith('.ts'));
  const missing = files.flatMap((file) =>
    textsIn(file)
      .filter((text) => isSentence(translateSentences(text, (_, values) => Object.values(values).join(' '))))
      .map((text) => `${file}: ${text}`),
  );
  expect(
    missing.filter((entry) => !NOT_IN_THE_PANEL.some((known) => (typeof known === 'string' ? entry.endsWith(known) : known.test(entry)))),
  ).toEqual([]);
});
