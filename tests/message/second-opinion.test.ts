import { expect, test } from 'vitest';

import { parseMessage } from '../../server/services/message/parse';
import { readWithSecondOpinion } from '../../server/services/message/second-opinion';
import { mail } from './support';

const lines = (...all: string[]): Buffer => Buffer.from(all.join('\r\n'));
const parts = (count: number): string => Array.from({ length: count }, (_, i) => `--b\n\nPiece ${i}.\n`).join('');

test('what our reader refuses is read by mailparser, and the message says so', async () => {
  const source = mail({ 'Content-Type': 'multipart/mixed; boundary=b', Date: 'Mon, 2 Mar 2026 10:00:00 +0000' }, `${parts(4)}--b--\n`);
  await expect(parseMessage(source, { maxParts: 3 })).rejects.toThrow('more than 3 MIME parts');
  const message = await readWithSecondOpinion(source, { maxParts: 3 });
  expect(message).toMatchObject({ from: { address: 'maria@customer.example' }, subject: 'Printer', date: '2026-03-02T10:00:00.000Z' });
  expect(message.text).toContain('Piece 3.');
  expect(message.size).toBe(source.byteLength);
  expect(message.warnings).toContain('Our reader refused this message; mailparser read it.');
});

test('a message that both refuse fails with the reason of our reader', async () => {
  const source = lines('Subject: Nobody', 'Content-Type: multipart/mixed; boundary=b', '', parts(4));
  await expect(readWithSecondOpinion(source, { maxParts: 3 })).rejects.toThrow(
    'The message has more than 3 MIME parts. mailparser could not make sense of it either.',
  );
});

test('a sender whom our reader misses is read by mailparser', async () => {
  const source = lines(' From: Ana <ana@a.example>', 'Subject: Lamp', '', 'It broke.');
  expect((await parseMessage(source)).from).toBeNull();
  expect(await readWithSecondOpinion(source)).toMatchObject({
    from: { name: 'Ana', address: 'ana@a.example' },
    subject: 'Lamp',
    text: 'It broke.',
    warnings: ['Our reader found no sender; mailparser read this message.'],
  });
});

test.each([
  ['is whole', mail({}, 'Hello')],
  ['has no end, and of which both read the same', mail({ 'Content-Type': 'multipart/mixed; boundary=b' }, '--b\n\nHello')],
  ['has a picture alone', mail({ 'Content-Type': 'image/png' }, 'x')],
])('a message that %s is read by our reader', async (_, source) => {
  expect(await readWithSecondOpinion(source)).toEqual(await parseMessage(source));
});

test('mailparser is told of before it begins, and not asked when it was too much once', async () => {
  const source = mail({ From: '' }, 'Hello');
  const told: string[] = [];
  await readWithSecondOpinion(source, {}, { onSecond: () => told.push('begun') });
  await readWithSecondOpinion(source, {}, { onSecond: () => told.push('again'), isFirstOnly: true });
  expect(told).toEqual(['begun']);
});
