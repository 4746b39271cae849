import dns from 'node:dns';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { postJson } from '../../server/services/network/post-json';
import { AnswerTooLarge, readAnswer, sendRequest } from '../../server/services/network/request';

/** A name that changes its address between the check and the connection, and answers without an end. */

const lookups = vi.hoisted(() => ({ addresses: [] as string[] }));
vi.mock('node:dns/promises', () => ({
  lookup: async () => lookups.addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
}));

let server: Server;
let answer: RequestListener;
let secondLookUps: string[];

beforeEach(async () => {
  answer = (_, response) => response.end('ok');
  server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  secondLookUps = [];
  vi.spyOn(dns, 'lookup').mockImplementation(((host: string, ...rest: unknown[]) => {
    secondLookUps.push(host);
    (rest.at(-1) as (error: Error) => void)(Object.assign(new Error('rebound'), { code: 'EREBOUND' }));
  }) as never);
});

afterEach(() => {
  vi.restoreAllMocks();
  server.closeAllConnections();
  server.close();
});

const url = () => `http://rebinding.test:${(server.address() as AddressInfo).port}/`;
const policy = { allowedHosts: null, allowPrivateAddresses: true };
const signal = () => AbortSignal.timeout(10_000);

test('a request goes to the address that was checked, and the name is not looked up again', async () => {
  lookups.addresses = ['127.0.0.1'];
  const response = await sendRequest(new URL(url()), { policy, signal: signal() });
  expect((await readAnswer(response, 100)).toString()).toBe('ok');
  await postJson(url(), {}, policy);
  expect(secondLookUps).toEqual([]);
});

test('of several addresses those are tried that may be, and none where none may', async () => {
  lookups.addresses = ['169.254.169.254', '127.0.0.1'];
  expect((await sendRequest(new URL(url()), { policy, signal: signal() })).statusCode).toBe(200);
  await expect(sendRequest(new URL(url()), { policy: { ...policy, allowPrivateAddresses: false }, signal: signal() })).rejects.toThrow(
    'allowPrivateAddresses',
  );
  lookups.addresses = [];
  await expect(sendRequest(new URL(url()), { policy, signal: signal() })).rejects.toMatchObject({ code: 'ENOTFOUND' });
});

test('an answer is read up to its limit, and then hung up on', async () => {
  lookups.addresses = ['127.0.0.1'];
  let sent = 0;
  const closed = new Promise<void>((resolve) => {
    answer = async (_, response) => {
      response.setMaxListeners(0).once('close', resolve);
      while (sent < 20_000_000 && !response.destroyed) {
        sent += 65_536;
        if (!response.write(Buffer.alloc(65_536))) await new Promise((go) => response.once('drain', go).once('close', go));
      }
      response.end();
    };
  });
  const response = await sendRequest(new URL(url()), { policy, signal: signal() });
  await expect(readAnswer(response, 1_000)).rejects.toThrow(AnswerTooLarge);
  await closed;
  expect(sent).toBeLessThan(10_000_000);
});
