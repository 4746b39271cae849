import { expect, test } from 'vitest';
import { inBatches, lookAhead } from '../../server/services/scanner/look-ahead';

async function* numbers(count: number, onNext: (number: number) => void = () => {}, failAt = Infinity): AsyncGenerator<number> {
  for (let number = 0; number < count; number += 1) {
    if (number === failAt) throw new Error('the source broke');
    onNext(number);
    yield number;
  }
}

const one = () => 1;
const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

test('everything comes in order', async () => {
  expect(await all(lookAhead(numbers(100), { items: 7, bytes: 1000 }, one))).toEqual(Array.from({ length: 100 }, (_, index) => index));
});

test('no more is held than the bounds allow', async () => {
  let read = 0;
  const ahead = lookAhead(
    numbers(100, () => (read += 1)),
    { items: 10, bytes: 1000 },
    one,
  );
  await ahead.next();
  await soon();
  expect(read).toBeLessThanOrEqual(12);
  await ahead.return(undefined);
});

test('an item larger than all bounds comes alone', async () => {
  expect(await all(lookAhead(numbers(3), { items: 10, bytes: 1 }, () => 500))).toEqual([0, 1, 2]);
});

test('beside one that is larger than all bounds, nothing is read', async () => {
  let read = 0;
  const ahead = lookAhead(
    numbers(3, () => (read += 1)),
    { items: 10, bytes: 100 },
    () => 500,
  );
  for (const number of [0, 1, 2]) {
    expect((await ahead.next()).value).toBe(number);
    await soon();
    expect(read).toBe(number + 1);
  }
  await ahead.return(undefined);
});

test('an error comes after the items before it', async () => {
  const got: number[] = [];
  const reading = (async () => {
    for await (const number of lookAhead(numbers(10, undefined, 4), { items: 3, bytes: 1000 }, one)) got.push(number);
  })();
  await expect(reading).rejects.toThrow('the source broke');
  expect(got).toEqual([0, 1, 2, 3]);
});

test('ending early ends the source', async () => {
  let ended = false;
  async function* source() {
    try {
      for (;;) yield 1;
    } finally {
      ended = true;
    }
  }
  for await (const _ of lookAhead(source(), { items: 2, bytes: 1000 }, one)) break;
  expect(ended).toBe(true);
});

test('batches are full while there is enough, and the last one is what is left', async () => {
  const batches = await all(inBatches(numbers(25), { items: 10, bytes: 1000, waitMs: 1000 }, one, () => false));
  expect(batches.map((batch) => batch.length)).toEqual([10, 10, 5]);
});

test('a batch does not wait long for more', async () => {
  async function* slow() {
    yield 1;
    await new Promise((resolve) => setTimeout(resolve, 200));
    yield 2;
  }
  const batches = inBatches(slow(), { items: 10, bytes: 1000, waitMs: 10 }, one, () => false);
  const started = Date.now();
  expect((await batches.next()).value).toEqual([1]);
  expect(Date.now() - started).toBeLessThan(150);
  expect((await batches.next()).value).toEqual([2]);
  expect((await batches.next()).done).toBe(true);
});

test('an item that closes its batch is the last of it', async () => {
  const batches = await all(inBatches(numbers(6), { items: 10, bytes: 1000, waitMs: 100 }, one, (number) => number === 1));
  expect(batches).toEqual([
    [0, 1],
    [2, 3, 4, 5],
  ]);
});
