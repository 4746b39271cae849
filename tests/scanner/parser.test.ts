import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, expect, test } from 'vitest';
import { createParser, UnparsableMessage, type Parser } from '../../server/services/scanner/parser';
import { refused, strange } from '../message/bombs';
import { mail } from '../support/helpdesk';

const built = path.resolve(__dirname, '../../dist/server/parse.worker.js');
const folder = mkdtempSync(path.join(tmpdir(), 'parser-'));
let parser: Parser;

afterEach(() => parser.close());
afterAll(() => rmSync(folder, { recursive: true }));

/** A thread that behaves badly when a source says so. */
function badWorker(): string {
  const file = path.join(folder, 'bad.cjs');
  writeFileSync(
    file,
    `const { parentPort } = require('node:worker_threads');
     parentPort.on('message', ({ id, source }) => {
       const text = Buffer.from(source).toString();
       if (text === 'die') process.exit(1);
       if (text === 'eat') { const all = []; for (;;) all.push(new Array(1e6).fill(all.length)); }
       parentPort.postMessage({ id, message: { text } });
     });`,
  );
  return file;
}

test('a message is parsed in a thread, attachments and all', async () => {
  parser = createParser(1, { file: built });
  const body = `--b\r\nContent-Type: text/plain\r\n\r\nSee the file.\r\n--b\r\nContent-Type: application/octet-stream; name=a.bin\r\nContent-Disposition: attachment; filename=a.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.alloc(200_000, 7).toString('base64')}\r\n--b--`;
  const message = await parser.parse(Buffer.from(mail({ text: body, headers: { 'Content-Type': 'multipart/mixed; boundary=b' } })));
  expect(message.text).toContain('See the file.');
  expect(message.attachments[0]).toMatchObject({ name: 'a.bin', size: 200_000 });
  expect(Buffer.from(message.attachments[0].content).equals(Buffer.alloc(200_000, 7))).toBe(true);
});

test('a message that ends the thread is the only one that is lost', async () => {
  parser = createParser(1, { file: badWorker() });
  const results = await Promise.allSettled(['one', 'die', 'two', 'three'].map((text) => parser.parse(Buffer.from(text))));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  expect((results[1] as PromiseRejectedResult).reason).toBeInstanceOf(UnparsableMessage);
});

test('a message that eats all memory ends its thread, not the process', async () => {
  parser = createParser(1, { file: badWorker() });
  await expect(parser.parse(Buffer.from('eat'))).rejects.toThrow('takes the parser down');
  expect((await parser.parse(Buffer.from('next'))).text).toBe('next');
});

test('what the second reader does not survive is read by the first', async () => {
  const file = path.join(folder, 'second.cjs');
  writeFileSync(
    file,
    `const { parentPort, workerData } = require('node:worker_threads');
     parentPort.on('message', ({ id, source, isFirstOnly }) => {
       const text = Buffer.from(source).toString();
       if (text === 'odd' && !isFirstOnly) { Atomics.store(workerData.atSecond, 0, id); process.exit(1); }
       parentPort.postMessage({ id, message: { text } });
     });`,
  );
  parser = createParser(1, { file });
  const [odd, next] = await Promise.all(['odd', 'next'].map((text) => parser.parse(Buffer.from(text))));
  expect([odd.text, next.text]).toEqual(['odd', 'next']);
});

test('what our reader refuses is read by mailparser in the same thread, or fails with both', async () => {
  parser = createParser(1, { file: built });
  const nested = (depth: number) =>
    Array.from({ length: depth }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}x\r\n\r\n--b${i}x\r\n`).join('');
  const read = await parser.parse(Buffer.from(`From: ana@a.example\r\n${nested(60)}\r\nHello`));
  expect(read).toMatchObject({ text: 'Hello', warnings: ['Our reader refused this message; mailparser read it.'] });
  await expect(parser.parse(Buffer.from(`Subject: Nobody\r\n${nested(60)}`))).rejects.toThrow(
    /nests multiparts more than 50 deep\. mailparser could not make sense of it either\./,
  );
});

test('whoever waits when the parser is closed is told', async () => {
  parser = createParser(1, { file: badWorker() });
  const waiting = parser.parse(Buffer.from('one'));
  await parser.close();
  await expect(waiting).rejects.toThrow('closed');
});

test('no bomb needs more memory than a thread of 192 MB has, and the thread serves on', async () => {
  const worker = new Worker(built, { resourceLimits: { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 32 } });
  const parse = (id: number, source: Uint8Array) =>
    new Promise<{ message?: unknown; error?: { message: string } }>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.postMessage({ id, source, options: {} });
    });
  try {
    const bombs = [...refused.map(([, , source]) => source), ...strange.map(([, source]) => source)];
    for (const [id, source] of bombs.entries()) await parse(id, source());
    expect((await parse(bombs.length, Buffer.from(mail({ text: 'Still here.' })))).message).toMatchObject({ text: 'Still here.' });
  } finally {
    await worker.terminate();
  }
}, 60_000);
