import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import Koa from 'koa';
import { afterEach, expect, test } from 'vitest';
import { sendStream } from '../../server/controllers/stream-body';

const stops: (() => void)[] = [];

afterEach(() => stops.splice(0).forEach((stop) => stop()));

/** Asks a Koa that answers with this stream. */
async function answerOf(stream: Readable): Promise<Response> {
  const app = new Koa();
  app.silent = true;
  app.use((ctx) => sendStream(ctx, stream));
  const server = app.listen(0, '127.0.0.1');
  stops.push(() => server.close().closeAllConnections());
  await new Promise((listening) => server.once('listening', listening));
  return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

test('a stream that fails in the middle ends the answer as a broken one', async () => {
  const broken = new Readable({ read() {} });
  broken.push('the beginning');
  const answer = await answerOf(broken);
  setTimeout(() => broken.destroy(new Error('the disk is gone')), 20);
  await expect(answer.text()).rejects.toThrow();
});

test('a stream that fails at once is answered with a 500', async () => {
  const broken = new Readable({ read: () => void broken.destroy(new Error('the disk is gone')) });
  expect((await answerOf(broken)).status).toBe(500);
});
