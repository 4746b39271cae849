// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { readAddresses, withoutRepeats } from '../../admin/src/inbox/composer/addresses';
import { isEmptyHtml, plainTextOf, showsPicture, textToHtml } from '../../admin/src/inbox/composer/html';
import { slashIn } from '../../admin/src/inbox/composer/slash';
import { cleanPastedHtml } from '../../admin/src/inbox/composer/pastedHtml';

describe('a slash', () => {
  test('opens at the beginning of a line and behind a blank, with what is typed behind it', () => {
    expect(slashIn('/')).toEqual({ search: '', length: 1 });
    expect(slashIn('Please read /how to re')).toEqual({ search: 'how to re', length: 10 });
    expect(slashIn('(see /returns')).toMatchObject({ search: 'returns' });
  });

  test.each([
    'and/or',
    '1/2',
    'https://',
    'https://example.com/a',
    'cd /etc/hosts',
    './a',
    '//',
    'this / that',
    'a /',
    `/${'a'.repeat(41)}`,
  ])('in or before "%s" it is what it is', (text) => expect(slashIn(text === 'a /' ? `${text} ` : text)).toBeNull());
});

describe('what is pasted', () => {
  const item = (mark: string, text: string) =>
    `<p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><!--[if !supportLists]--><span style="mso-list:Ignore">${mark}<span>&nbsp;&nbsp; </span></span><!--[endif]-->${text}</p>`;
  const lists = (html: string) =>
    cleanPastedHtml(html)
      .replaceAll(' data-pasted=""', '')
      .replace(/<\/?span[^>]*>/g, '');

  test('from Word: its lists are lists, its styles and comments are gone', () => {
    expect(
      lists(
        `<style>p{color:red}</style><p>Do</p>${item('·', 'one')}${item('·', 'two')}<p>then</p>${item('1.', 'first')}${item('2.', 'second')}`,
      ),
    ).toBe('<p>Do</p><ul><li>one</li><li>two</li></ul><p>then</p><ol><li>first</li><li>second</li></ol>');
  });

  test('a paragraph that begins with a dash is no list, and its text stays', () => {
    expect(cleanPastedHtml('<p>- 5 degrees</p>')).toBe('<p>- 5 degrees</p>');
  });

  test('a table becomes a line a row, a heading a bold line', () => {
    expect(cleanPastedHtml('<h1>Prices</h1><table><tr><th>Ink</th><td> 5 \n €</td></tr><tr><td>Paper</td><td>3 €</td></tr></table>')).toBe(
      '<p><strong>Prices</strong></p><p>Ink | 5 €</p><p>Paper | 3 €</p>',
    );
  });

  test('nothing of it runs while it is read', () => {
    expect(cleanPastedHtml('<script>window.hacked = 1</script><p>ok</p>')).toBe('<p>ok</p>');
    expect((window as { hacked?: number }).hacked).toBeUndefined();
  });
});

describe('addresses as they are typed', () => {
  test.each([
    ['jane@customer.test', [['', 'jane@customer.test']], ''],
    ['Jane Doe <jane@customer.test>; "Boss, The" <x', [['Jane Doe', 'jane@customer.test']], '"Boss, The" <x'],
    [
      'a@b.test, nobody, c@d.test',
      [
        ['', 'a@b.test'],
        ['', 'c@d.test'],
      ],
      'nobody',
    ],
    ['a@b.test c@d.test', [], 'a@b.test c@d.test'],
    ['  ', [], ''],
  ])('%s', (text, people, rest) => {
    const read = readAddresses(text);
    expect(read.people.map(({ name, address }) => [name, address])).toEqual(people);
    expect(read.rest).toBe(rest);
  });

  test('everybody is written to once', () => {
    expect(
      withoutRepeats([
        { name: 'A', address: 'A@b.test' },
        { name: '', address: 'a@B.test' },
      ]),
    ).toEqual([{ name: 'A', address: 'A@b.test' }]);
  });
});

test('an empty editor says nothing, a picture does', () => {
  expect(['', '<p></p>', '<p>&nbsp; <br></p>'].map(isEmptyHtml)).toEqual([true, true, true]);
  expect(['<p>a</p>', '<img src="cid:a@inline">'].map(isEmptyHtml)).toEqual([false, false]);
  expect(showsPicture('<img alt="" src="cid:a@inline">', 'a@inline')).toBe(true);
  expect(showsPicture('<img src="cid:ab@inline">', 'b@inline')).toBe(false);
});

test('a plain draft of an earlier version becomes paragraphs, and no HTML', () => {
  expect(textToHtml('Hello <b>,\nyou\n\nBye & out')).toBe('<p>Hello &lt;b&gt;,<br>you</p><p>Bye &amp; out</p>');
});

test('what has no formatting is sent as plain text, with its paragraphs and lines', () => {
  expect(plainTextOf('<p>Hello &lt;b&gt; &amp; you,</p><p></p><p>one<br>two</p>')).toBe('Hello <b> & you,\n\none\ntwo');
  expect(plainTextOf(textToHtml('Hello\n\nyou <i>'))).toBe('Hello\n\nyou <i>');
  expect(['<p><strong>a</strong></p>', '<ul><li>a</li></ul>', '<p>a</p><img src="cid:a">', ''].map(plainTextOf)).toEqual([
    null,
    null,
    null,
    null,
  ]);
});
