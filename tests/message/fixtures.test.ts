import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { parseMessage } from '../../server/services/message/parse';
import { isWrittenByMachine } from '../../server/services/message/reading/machines/written-by-machine';

/** Mails written for these tests, one odd thing each; what must come out stands in expected.json beside them. */
const folder = (kind: string): string => join(import.meta.dirname, 'fixtures', kind);
const cases = <T>(kind: string): [string, T][] =>
  Object.entries(JSON.parse(readFileSync(join(folder(kind), 'expected.json'), 'utf8')) as Record<string, T>);
const parse = (kind: string, file: string) => parseMessage(readFileSync(join(folder(kind), file)));

/** Compared as people read: white space does not count. */
const words = (text: string): string => text.replace(/\s+/g, ' ').trim();

describe('a reply shows what is new in it', () => {
  test.each(cases<{ visible: string }>('replies'))('%s', async (file, { visible }) => {
    const message = await parse('replies', file);
    expect(words(message.visibleText)).toBe(words(visible));
  });
});

interface MachineExpectation {
  automatic: string | null;
  writtenByMachine?: boolean;
  recipients?: [string, string | null, string | null, boolean][] | null;
  originalMessageIds?: string[];
}

describe('a machine is told from a person', () => {
  test.each(cases<MachineExpectation>('machines'))('%s', async (file, expected) => {
    const message = await parse('machines', file);
    expect(message.automatic?.kind ?? null).toBe(expected.automatic);
    if (expected.writtenByMachine !== undefined) expect(isWrittenByMachine(message)).toBe(expected.writtenByMachine);
    if (expected.recipients !== undefined) {
      const recipients =
        message.bounce?.recipients.map(({ address, status, replyCode, permanent }) => [address, status, replyCode, permanent]) ?? null;
      expect(recipients).toEqual(expected.recipients);
    }
    if (expected.originalMessageIds !== undefined) expect(message.bounce?.originalMessageIds).toEqual(expected.originalMessageIds);
  });
});

describe('a forward names the original sender', () => {
  test.each(cases<{ from: string; subject: string } | null>('forwards'))('%s', async (file, expected) => {
    const { forwarded } = await parse('forwards', file);
    expect(forwarded === null ? null : { from: forwarded.from.address, subject: forwarded.subject }).toEqual(expected);
  });
});

interface ContentExpectation {
  text: string;
  html?: string;
  attachments?: [name: string, mime: string, inline: boolean][];
  warning?: string;
}

describe('content is readable whatever it comes in', () => {
  test.each(cases<ContentExpectation>('content'))('%s', async (file, expected) => {
    const message = await parse('content', file);
    expect(message.text).toBe(expected.text);
    if (expected.html !== undefined) expect(message.html?.trim()).toBe(expected.html);
    if (expected.attachments !== undefined)
      expect(message.attachments.map(({ name, mime, inline }) => [name, mime, inline])).toEqual(expected.attachments);
    if (expected.warning !== undefined) expect(message.warnings.join(' ')).toContain(expected.warning);
  });
});
