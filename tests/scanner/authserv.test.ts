import { expect, test } from 'vitest';
import type { ParsedMessage } from '../../server/services/message/types';
import { asParseOptions, authservOf, withMessages } from '../../server/services/scanner/authserv';

const message = (domain: string, id: string | null) =>
  ({
    from: { name: '', address: `somebody@${domain}` },
    headers: id === null ? {} : { 'authentication-results': [`${id}; dmarc=pass header.from=${domain}`] },
  }) as unknown as ParsedMessage;
const fromMany = (count: number, id: string | null, name = 'shop') =>
  Array.from({ length: count }, (_, index) => message(`${name}${index}.test`, id));
const learnt = (...batches: ParsedMessage[][]) => {
  const seen = batches.reduce<unknown>((before, batch) => withMessages(before, batch, new Set()), null);
  return authservOf({ authservSeen: JSON.parse(JSON.stringify(seen)) });
};

test('a server that is topmost in the mail of nearly all domains is learnt, and then alone believed', () => {
  const known = learnt(fromMany(19, 'mx.desk.example'), fromMany(2, 'mx.evil.test', 'evil'));
  expect(known).toEqual({ id: 'mx.desk.example', source: 'learnt' });
  expect(asParseOptions(known)).toEqual({ trustedAuthservIds: ['mx.desk.example'] });
});

test('a flood from few domains teaches nothing where the server adds no results, however large it is', () => {
  const flood = Array.from({ length: 2_000 }, (_, index) => message(`evil${index % 3}.test`, 'mx.evil.test'));
  expect(learnt(fromMany(10, null), flood)).toEqual({ id: null, source: 'none' });
  expect(learnt(flood, fromMany(10, null))).toEqual({ id: null, source: 'none' });
  expect(learnt(fromMany(10, null), flood, fromMany(10, null))).toEqual({ id: null, source: 'none' });
});

test('a flood from few domains does not unteach what is known', () => {
  const flood = Array.from({ length: 2_000 }, (_, index) => message(`evil${index % 2}.test`, 'mx.evil.test'));
  expect(learnt(fromMany(20, 'mx.desk.example'), flood)).toEqual({ id: 'mx.desk.example', source: 'learnt' });
});

test('until a server is known nobody is believed to prove anything, however much mail there is of one domain', () => {
  const learning = learnt(Array.from({ length: 500 }, () => message('evil.test', 'mx.evil.test')));
  expect(learning).toEqual({ id: null, source: 'learning' });
  expect(asParseOptions(learning)).toEqual({ trustedAuthservIds: [], isLearningAuthserv: true });
  expect(asParseOptions(authservOf({ authservSeen: null }))).toMatchObject({ isLearningAuthserv: true });
});

test('a mailbox that moves to another provider learns again', () => {
  expect(learnt(fromMany(50, 'mx.old.example'), fromMany(50, 'mx.new.example'))).toEqual({ id: 'mx.new.example', source: 'learnt' });
});

test('what is remembered stays small', () => {
  const seen = withMessages(null, fromMany(5_000, 'mx.desk.example'), new Set());
  expect(JSON.stringify(seen).length).toBeLessThan(20_000);
});

test('what an earlier version learnt still counts', () => {
  const authservSeen = { messages: 200, ids: { 'mx.desk.example': { messages: 190, domains: ['a.test', 'b.test', 'c.test'] } } };
  expect(authservOf({ authservSeen })).toEqual({ id: 'mx.desk.example', source: 'learnt' });
});
