import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { addressesFor, type ReachPolicy } from './reach';

/** The only way by which this server speaks HTTP to others: where the policy allows, at the address that was checked, within bounds. */

interface RequestOptions {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  policy: ReachPolicy;
  /** Ends the request and the reading of its answer. */
  signal: AbortSignal;
  /** Of `connectionsTo`; left out: a connection of its own. */
  agent?: http.Agent;
}

/** Sends a request and resolves with the answer's head; follows no redirection. Throws HostRefused, and what the connection throws. */
export async function sendRequest(
  url: URL,
  { method, headers, body, policy, signal, agent }: RequestOptions,
): Promise<http.IncomingMessage> {
  const addresses = await addressesFor(url.hostname.replace(/^\[|\]$/g, ''), policy);
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    // Else a socket of its own: one that is kept open for long may lead to an address that is not allowed any more.
    const outgoing = request(url, { method, headers, signal, agent: agent ?? false, lookup: lookupOf(addresses) });
    outgoing.once('error', reject);
    outgoing.once('response', resolve);
    outgoing.end(body);
  });
}

/**
 * Connections to one server that serve request after request, which spares each of them the handshakes. They lead to an address that was
 * checked when they were opened, so they are for one piece of work, and `destroy` closes them when it has ended.
 */
export function connectionsTo(url: URL, most: number): http.Agent {
  const { Agent } = url.protocol === 'https:' ? https : http;
  return new Agent({ keepAlive: true, maxSockets: most });
}

/** Gives the addresses that were checked, whatever the name's next look-up would say. */
function lookupOf(addresses: readonly string[]): LookupFunction {
  return (host, options, done) => {
    const found = addresses.map((address) => ({ address, family: isIP(address) }));
    const fitting = found.filter(({ family }) => !options.family || options.family === family || options.family === `IPv${family}`);
    if (fitting.length === 0) done(Object.assign(new Error(`${host} cannot be looked up`), { code: 'ENOTFOUND' }), '', 0);
    else if (options.all) done(null, fitting);
    else done(null, fitting[0].address, fitting[0].family);
  };
}

/** An answer in clear: some servers compress what nobody asked them to. Ends with the answer, and takes it along when it is destroyed. */
export function decoded(answer: http.IncomingMessage): Readable {
  if (!/\bgzip\b/i.test(answer.headers['content-encoding'] ?? '')) return answer;
  return pipeline(answer, createGunzip(), () => {});
}

/** Reads an answer as far as that many bytes, and hangs up where there are more. Throws what the connection throws. */
export async function readBeginning(answer: Readable, bytes: number): Promise<{ body: Buffer; isWhole: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > bytes) {
      answer.destroy();
      return { body: Buffer.concat(chunks).subarray(0, bytes), isWhole: false };
    }
  }
  return { body: Buffer.concat(chunks), isWhole: true };
}

/** The other side sends more than it may. */
export class AnswerTooLarge extends Error {
  constructor(readonly maxBytes: number) {
    super(`more than ${maxBytes} bytes`);
    this.name = 'AnswerTooLarge';
  }
}

/** Reads an answer to its end. Throws AnswerTooLarge, having hung up, and what the connection throws. */
export async function readAnswer(answer: Readable, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      answer.destroy();
      throw new AnswerTooLarge(maxBytes);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
