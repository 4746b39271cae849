import { describe, expect, test } from 'vitest';

import { parseAddresses } from '../../server/services/message/mime/header';
import { parseMessage } from '../../server/services/message/parse';
import { mail } from './support';

/** Names that no program ought to write without quotes, and that many do. */

const read = (header: string): string[] => parseAddresses(header).map(({ name, address }) => `${name} <${address}>`);

describe('a colon in a name is no group', () => {
  test.each([
    ['Invoices: Lamps & Co <a@shop.example>', 'Invoices: Lamps & Co'],
    ['=?utf-8?Q?Invoices:_Gl=C3=BChlampen?= <a@shop.example>', 'Invoices: Glühlampen'],
    [': Lamps <a@shop.example>', 'Lamps'],
    ['Lamps: <a@shop.example>', 'Lamps'],
  ])('%s', (header, name) => {
    expect(read(header)).toEqual([`${name} <a@shop.example>`]);
  });

  test('which ends with a semicolon', () => {
    expect(read('Team: Ann <ann@shop.example>, Ben <ben@shop.example>;')).toEqual(['Ann <ann@shop.example>', 'Ben <ben@shop.example>']);
    expect(read('undisclosed-recipients:;')).toEqual([]);
  });
});

test.each([
  ['ann@shop.example ben@shop.example', ['ann', 'ben']],
  ['Team:  ann@shop.example ben@shop.example', ['ann', 'ben']],
  ['Team: ann@shop.example ben@shop.example;, cat@shop.example', ['ann', 'ben', 'cat']],
  ['Cat <cat@shop.example>, ann@shop.example  ben@shop.example', ['cat', 'ann', 'ben']],
  ['ann@shop.example ann@shop.example', ['ann']],
  ['ann@shop.example <ben@shop.example>', ['ben']],
])('addresses with a blank between them are those of several people: %s', (header, names) => {
  expect(parseAddresses(header).map(({ address }) => address)).toEqual(names.map((name) => `${name}@shop.example`));
});

describe('a quotation mark without its second swallows no address', () => {
  test.each([
    ['"Lamps & Co <a@shop.example>', ['Lamps & Co <a@shop.example>']],
    ['"Lamps & Co"" <a@shop.example>', ['Lamps & Co <a@shop.example>']],
    ['Lamps 5" <a@shop.example>', ['Lamps 5 <a@shop.example>']],
    ['"Ann" <ann@shop.example>, "Ben <ben@shop.example>', ['Ann <ann@shop.example>', 'Ben <ben@shop.example>']],
    ['"Ann <ann@shop.example>, "Ben" <ben@shop.example>', ['Ann <ann@shop.example>', 'Ben <ben@shop.example>']],
  ])('%s', (header, people) => {
    expect(read(header)).toEqual(people);
  });

  test('an address in whole quotes stays part of the name', () => {
    expect(read('"Ann <ann@shop.example>" <ben@shop.example>')).toEqual(['Ann <ann@shop.example> <ben@shop.example>']);
  });
});

describe('an address in other brackets is one where no other is', () => {
  test.each(['Ann (ann@shop.example)', '"Ann" (ann@shop.example)', 'Ann [mailto:ann@shop.example]', 'Ann {ann@shop.example}'])(
    '%s',
    async (From) => {
      const { from, identity } = await parseMessage(mail({ From, 'Authentication-Results': 'mx.desk.example; dmarc=pass' }));
      expect(from).toEqual({ name: 'Ann', address: 'ann@shop.example' });
      expect(identity).toBe('doubtful');
    },
  );

  test('and a comment beside an address is none', () => {
    expect(read('ann@shop.example (ben@shop.example)')).toEqual(['ben@shop.example <ann@shop.example>']);
    expect(read('Ann <ann@shop.example> (ben@shop.example)')).toEqual(['Ann <ann@shop.example>']);
  });
});

test.each([
  ['Lamps! , <a@shop.example>', 'Lamps!'],
  ['Lamps, Lamps, <a@shop.example>', 'Lamps'],
  ['Lamps, Wires, and more; <a@shop.example>', 'Lamps, Wires, and more'],
])('the author is who has the address: %s', async (From, name) => {
  expect((await parseMessage(mail({ From }))).from).toEqual({ name, address: 'a@shop.example' });
});
