import { describe, expect, test } from 'vitest';
import { isAddress, isMailDomain, pastedAddress } from '../../shared/address';

/** What is an address, for the panel and the server alike. */

describe('an address', () => {
  test.each([
    'jane@example.com',
    'Jane.Doe+news@mail.example.com',
    "o'hara@example.com",
    "'t.veer@example.nl",
    'a?b=c`d/e@example.com',
    '..jane..@example.com',
    'jane@localhost',
    'jane@my_host.example.com',
    'jane@xn--bcher-kva.example',
    'jürgen@bücher.example',
    '用户@例子.广告',
    'jane@ドメイン・例.jp',
    'jane@पोर्टल.भारत',
    'jane@☃.example',
    'jane@123.example',
    `${'a'.repeat(80)}@reply.example.com`,
  ])('is %s', (text) => expect(isAddress(text)).toBe(true));

  test.each([
    ['nothing', ''],
    ['no domain', 'jane'],
    ['an empty domain', 'jane@'],
    ['an empty local part', '@example.com'],
    ['two of them', 'jane@example.com@example.org'],
    ['two of them with a blank between', 'jane@example.com bob@example.com'],
    ['the rest of a link', 'jane@example.com?subject=Hello'],
    ['a path', 'jane@example.com/inbox'],
    ['an anchor', 'jane@example.com#top'],
    ['a port', 'jane@example.com:25'],
    ['the point of a sentence', 'jane@example.com.'],
    ['a point at the beginning', 'jane@.example.com'],
    ['two points', 'jane@example..com'],
    ['backticks', '`jane@example.com`'],
    ['an apostrophe behind it', "jane@example.com'"],
    ['a quotation mark behind it', 'jane@example.com”'],
    ['an exclamation mark', 'jane@example.com!'],
    ['an asterisk', 'jane@*.example.com'],
    ['a pipe', 'jane@example.com|bob'],
    ['a hyphen at an end of a label', 'jane@-example.com'],
    ['a hyphen at the other end', 'jane@example-.com'],
    ['a label that no DNS takes', `jane@${'a'.repeat(64)}.example`],
    ['a blank without width', 'jane@exam\u200bple.com'],
    ['one in the local part', 'ja\u200bne@example.com'],
    ['a control', 'ja\u0000ne@example.com'],
    ['a line break', 'jane@example.com\nBcc: bob@example.com'],
    ['an address of a host', 'jane@[127.0.0.1]'],
    ['a name', 'Jane <jane@example.com>'],
    ['more than SMTP takes', `${'a'.repeat(250)}@example.com`],
  ])('is not what has %s', (_, text) => expect(isAddress(text)).toBe(false));

  test('has a domain of at most 253 characters', () => {
    const label = 'a'.repeat(49);
    expect(isMailDomain([label, label, label, label, label].join('.'))).toBe(true);
    expect(isMailDomain([label, label, label, label, label, 'aaaa'].join('.'))).toBe(false);
  });
});

test.each([
  ['mailto:jane@example.com?subject=Hello%20you&body=x', 'jane@example.com'],
  ['<MAILTO:jane@example.com>', 'jane@example.com'],
  ['mailto:jane%2Bnews@example.com', 'jane+news@example.com'],
  ['mailto:100%@example.com', '100%@example.com'],
  ['`jane@example.com`', 'jane@example.com'],
  ['(jane@example.com).', 'jane@example.com'],
  ['jane@example.com.', 'jane@example.com'],
  ["'jane@example.com'", 'jane@example.com'],
  ["'t.veer@example.nl", "'t.veer@example.nl"],
  ['jane@example.com?subject=x', 'jane@example.com?subject=x'],
])('what is pasted as %s is %s', (text, address) => expect(pastedAddress(text)).toBe(address));
