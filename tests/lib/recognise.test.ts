import { describe, expect, test } from 'vitest';
import { recognise } from '../../server/services/lib/recognise';
import { SENTENCES, type SentenceCode } from '../../shared/sentences/catalogue';

describe('what an earlier release kept in English is recognised', () => {
  test('a sentence with values', () => {
    expect(recognise('There is no folder "Alt. Rechnungen" in this mailbox.')).toEqual({
      code: 'mailbox.noFolderHere',
      values: { folder: 'Alt. Rechnungen' },
    });
  });

  test('several sentences, and sentences in a sentence', () => {
    const text =
      'Couldn\'t connect to imap server imap.gmail.com:993: it refused the sign-in of "a@gmail.com". iCloud needs an app-specific password (account.apple.com → Sign-In and Security). The server says: "Invalid credentials (Failure)".';
    expect(recognise(text)).toEqual([
      {
        code: 'mailbox.connect',
        values: {
          protocol: 'imap',
          host: 'imap.gmail.com',
          port: '993',
          what: { code: 'mailbox.refusedSignIn', values: { user: 'a@gmail.com' } },
        },
      },
      { code: 'mailbox.hintICloud' },
      { code: 'mailbox.says', values: { words: 'Invalid credentials (Failure)' } },
    ]);
  });

  test('of two entries that fit, the one that explains more', () => {
    expect(recognise('There is no folder "Old" in this mailbox. Choose another one, or create it again.')).toEqual({
      code: 'mailbox.noFolder',
      values: { folder: 'Old' },
    });
  });

  test('what nobody knows stays as it is, between sentences that are known', () => {
    expect(recognise('Ticket opened. Told the pager: 3 people. They came. No rule matched.')).toEqual([
      { code: 'log.opened' },
      'Told the pager: 3 people. They came.',
      { code: 'log.noMatch' },
    ]);
  });

  test('a text of which nothing is known, an empty and a very long one have no codes', () => {
    expect(recognise('Told the pager: 3 people.')).toBeNull();
    expect(recognise('')).toBeNull();
    expect(recognise('Ticket opened. '.repeat(500))).toBeNull();
  });

  test('a mail server that talks a lot keeps nobody waiting', () => {
    const started = performance.now();
    recognise(`The mail server refused to delete the message: ${'Well. "no" (at 5:3) server: '.repeat(100)}`);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test.each(Object.keys(SENTENCES) as SentenceCode[])('%s is recognised, whatever is filled in', (code) => {
    const text = SENTENCES[code].replace(/(?<!')\{(\w+)\}(?!')/g, '[$1]').replace(/'([{}<>]+)'/g, '$1');
    const values = [...SENTENCES[code].matchAll(/(?<!')\{(\w+)\}(?!')/g)].map(([, name]) => [name, `[${name}]`]);
    expect(recognise(text)).toEqual(values.length > 0 ? { code, values: Object.fromEntries(values) } : { code });
  });
});
