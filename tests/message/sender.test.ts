import { describe, expect, test } from 'vitest';
import { parseMessage } from '../../server/services/message/parse';

/** Whom a DMARC result is about (RFC 7489 §6.6, RFC 8601), and which From can be believed at all. */

const MX = 'mx.desk.example';

async function check(from: string | string[], results: string | string[] = [], options: object = {}) {
  const head = [...[results].flat().map((value) => `Authentication-Results: ${value}`), ...[from].flat().map((value) => `From: ${value}`)];
  const source = Buffer.from(`${head.join('\r\n')}\r\nTo: desk@desk.example\r\n\r\nHello`);
  const { identity, authenticity, from: read } = await parseMessage(source, { trustedAuthservIds: [MX], ...options });
  return { identity, dmarc: authenticity.dmarc, address: read?.address };
}

describe('a DMARC result', () => {
  test.each([
    ['pass', 'proven'],
    ['fail', 'doubtful'],
    ['permerror', 'doubtful'],
    ['temperror', 'unknown'],
    ['none', 'unknown'],
    ['bestguesspass', 'unknown'],
  ])('%s makes the sender %s', async (result, identity) => {
    expect(await check('jane@shop.example', `${MX}; dmarc=${result} header.from=shop.example`)).toMatchObject({ identity });
  });

  test.each(['Shop.Example', '"shop.example"', 'shop.example.', 'jane@shop.example'])(
    'is about From when its header.from is %s',
    async (named) => {
      expect(await check('jane@shop.example', `${MX}; dmarc=pass header.from=${named}`)).toMatchObject({
        identity: 'proven',
        dmarc: 'pass',
      });
    },
  );

  test('is about From when it names nobody: there is one From alone', async () => {
    expect(await check('jane@shop.example', `${MX}; dmarc=pass action=none`)).toMatchObject({ identity: 'proven' });
  });

  test.each(['evil.test', 'example', 'my-shop.example', 'mail.shop.example', 'shop.example.evil.test'])(
    'about %s says nothing for somebody at shop.example',
    async (named) => {
      expect(await check('jane@shop.example', `${MX}; dmarc=pass header.from=${named}`)).toMatchObject({
        identity: 'doubtful',
        dmarc: 'none',
      });
    },
  );

  test('of several the one about From counts, and of several about it the worst', async () => {
    const both = `${MX}; dmarc=pass header.from=evil.test; dmarc=fail header.from=shop.example`;
    expect(await check('jane@shop.example', both)).toMatchObject({ identity: 'doubtful', dmarc: 'fail' });
    expect(await check('eve@evil.test', both)).toMatchObject({ identity: 'proven' });
    const twice = `${MX}; dmarc=pass header.from=shop.example; dmarc=temperror header.from=shop.example`;
    expect(await check('jane@shop.example', twice)).toMatchObject({ identity: 'unknown', dmarc: 'temperror' });
  });

  test('reads a domain that is not ASCII in both of its forms', async () => {
    const results = `${MX}; dmarc=pass header.from=xn--e1afmkfd.example`;
    expect(await check('анна@пример.example', results)).toMatchObject({ identity: 'proven' });
  });

  test('none proves nothing, and where another domain passed it casts a doubt', async () => {
    const none = (passed: string) => check('jane@shop.example', `${MX}; dmarc=none header.from=shop.example; ${passed}`);
    expect(await none('spf=pass smtp.mailfrom=bounce@mail.shop.example')).toMatchObject({ identity: 'unknown' });
    expect(await none('spf=pass smtp.mailfrom=evil.test; dkim=pass header.d=shop.example')).toMatchObject({ identity: 'unknown' });
    expect(await none('spf=softfail smtp.mailfrom=evil.test; dkim=none')).toMatchObject({ identity: 'unknown' });
    expect(await none('spf=pass smtp.mailfrom=evil.test')).toMatchObject({ identity: 'doubtful' });
    expect(await none('dkim=pass header.i=@evil.test; spf=none smtp.mailfrom=shop.example')).toMatchObject({ identity: 'doubtful' });
  });

  test('proves nothing while it is learnt whom to believe, but can deny', async () => {
    const learning = { trustedAuthservIds: [], isLearningAuthserv: true };
    expect(await check('jane@shop.example', `${MX}; dmarc=pass header.from=shop.example`, learning)).toMatchObject({
      identity: 'unknown',
      dmarc: 'none',
    });
    expect(await check('jane@shop.example', `${MX}; dmarc=fail header.from=shop.example`, learning)).toMatchObject({
      identity: 'doubtful',
    });
  });
});

describe('results are read as RFC 8601 writes them', () => {
  const proven = (...results: string[]) => check('jane@shop.example', results).then(({ identity }) => identity === 'proven');

  test.each([
    `${MX} 1; dmarc=pass header.from=shop.example`,
    `"${MX}"; dmarc = pass (p=none; sp=none) header . from = shop.example`,
    `(a (nested) comment; dmarc=fail) ${MX} ; spf=pass smtp.mailfrom="a;b"@shop.example ; dmarc/1=pass header.from=shop.example`,
    `${MX}; dmarc=pass reason="a \\"quoted\\"; dmarc=fail" header.from=shop.example policy.dmarc=none`,
    `${MX};\r\n\tspf=pass smtp.mailfrom=shop.example;\r\n\tDMARC=Pass (p=REJECT\r\n\t dis=NONE) header.from=shop.example`,
  ])('%j', async (results) => {
    expect(await proven(results)).toBe(true);
  });

  test.each([
    `${MX}; none`,
    `${MX} 2; dmarc=pass header.from=shop.example`,
    `${MX}; dmarc/2=pass header.from=shop.example`,
    `${MX}; (dmarc=pass header.from=shop.example)`,
    `${MX}; spf=pass reason="; dmarc=pass header.from=shop.example"`,
    `${MX}; spf=pass smtp.mailfrom="x; dmarc=pass header.from=shop.example"@evil.test`,
    `${MX}; x-dmarc=pass header.from=shop.example`,
    `${MX}; spf=pass dmarc=pass header.from=shop.example`,
    // Decoded, the local part would hold a result of its sender's making.
    `${MX}; spf=fail smtp.mailfrom==?utf-8?q?x;_dmarc=3Dpass_header.from=3Dshop.example?=@evil.test`,
  ])('%j is no pass', async (results) => {
    expect(await proven(results)).toBe(false);
  });

  test('those of the trusted server count, the topmost first, and what a sender put below its own proves nothing', async () => {
    expect(await proven('mx.evil.test; dmarc=fail header.from=shop.example', `${MX}; dmarc=pass header.from=shop.example`)).toBe(true);
    expect(await proven(`${MX}; dmarc=pass header.from=shop.example`, `${MX}; spf=pass smtp.mailfrom=shop.example`)).toBe(true);
    expect(await proven(`${MX}; dmarc=fail header.from=shop.example`, `${MX}; dmarc=pass header.from=shop.example`)).toBe(false);
    expect(await proven(`${MX}; spf=pass smtp.mailfrom=shop.example`, `${MX}; dmarc=pass header.from=shop.example`)).toBe(false);
  });

  test('a long field is read in time', async () => {
    const started = performance.now();
    await check('jane@shop.example', [`${MX}; ${'a.'.repeat(9_000)}`, `${MX}; ${' '.repeat(9_000)}x`, `${MX}; ${'a="'.repeat(6_000)}`]);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('a From that can be read in several ways proves nothing, whatever the results say', () => {
  const PASS = [`${MX}; dmarc=pass header.from=shop.example`];

  test.each([
    ['two fields', ['jane@shop.example', 'eve@evil.test']],
    ['two fields that agree', ['jane@shop.example', 'jane@shop.example']],
    ['two addresses', 'jane@shop.example, eve@shop.example'],
    ['two addresses in brackets', '<jane@shop.example> <eve@shop.example>'],
    ['an address as an unquoted name', 'eve@evil.test <jane@shop.example>'],
    ['an encoded word in the address', '<=?utf-8?q?jane?=@shop.example>'],
    ['an encoded address', 'Jane <=?utf-8?b?amFuZUBzaG9wLmV4YW1wbGU=?=>'],
    ['a control character in the address', '<ja\x01ne@shop.example>'],
    ['a blank in the address', '<ja ne@shop.example>'],
    ['full-width letters', '<ｊane@shop.example>'],
    ['the Kelvin sign', '<mi\u212ae@shop.example>'],
    ['an accent that a database ignores', '<jané@shop.example>'],
    ['a Cyrillic letter among Latin ones', '<jаne@shop.example>'],
    ['Cyrillic letters alone', '<асе@shop.example>'],
    ['an invisible letter', '<ja\u200bne@shop.example>'],
    ['a comment in the address', '<jane(x)@shop.example>'],
    ['nobody', ''],
  ])('%s', async (_, from) => {
    expect(await check(from, PASS)).toMatchObject({ identity: 'doubtful', dmarc: 'none' });
  });

  test.each([
    'jane@shop.example',
    'JANE@Shop.Example',
    'Jane Doe <jane@shop.example>',
    '"Doe, Jane (Sales)" <jane@shop.example>',
    'Doe, Jane <jane@shop.example>',
    '"jane@private.test" <jane@shop.example>',
    'jane@shop.example <jane@shop.example>',
    'Jane @ Shop <jane@shop.example>',
    '=?utf-8?q?Jane_=40_Shop?= <jane@shop.example>',
    '=?utf-8?q?Jane_jane@private.test?= <jane@shop.example>',
    'jane@shop.example (Jane, of old times: jane@private.test)',
  ])('%s is clear', async (from) => {
    expect(await check(from, PASS)).toMatchObject({ identity: 'proven', address: 'jane@shop.example' });
  });
});
