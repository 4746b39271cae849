import { describe, expect, test } from 'vitest';

import { MessageLimitError, parseMessage } from '../../server/services/message/parse';

import { refused, strange } from './bombs';

/** Each must end within this time of the processor, whatever it is made of; the machine of the test may be busy. */
const boundedMs = 1500;

async function timed(source: Uint8Array): Promise<{ result: Awaited<ReturnType<typeof parseMessage>> | MessageLimitError; ms: number }> {
  const before = process.cpuUsage();
  const result = await parseMessage(source).catch((error: unknown) => {
    if (error instanceof MessageLimitError) return error;
    throw error;
  });
  const { user, system } = process.cpuUsage(before);
  return { result, ms: (user + system) / 1000 };
}

describe('a bomb is refused with the limit that it breaks, in bounded time', () => {
  test.each(refused)('%s', async (_, limit, source) => {
    const { result, ms } = await timed(source());
    expect(result).toBeInstanceOf(MessageLimitError);
    expect((result as MessageLimitError).limit).toBe(limit);
    expect(ms).toBeLessThan(boundedMs);
  });
});

describe('a strange mail is read in bounded time', () => {
  test.each(strange)('%s', async (_, source) => {
    const { result, ms } = await timed(source());
    expect(result).not.toBeInstanceOf(Error);
    expect(ms).toBeLessThan(boundedMs);
  });
});
