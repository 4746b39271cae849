import { expect, test } from 'vitest';
import { readReport } from '../../server/services/message/reading/bounces/bounce';
import { parseMime } from '../../server/services/message/mime/mime';
import { defaultLimits } from '../../server/services/message/limits';

/** A delivery report is a stranger's, as every email is: what it costs to read does not grow with what it holds. */

function report(text: string, headers: Record<string, string> = {}, body = text) {
  const from = { from: 'Mail Delivery System <mailer-daemon@mx.dead.test>', subject: 'Undelivered Mail Returned to Sender', ...headers };
  const head = Object.entries(from).map(([name, value]) => `${name}: ${value}\r\n`);
  const root = parseMime(Buffer.from(`${head.join('')}\r\n${body}`), defaultLimits, []);
  const started = performance.now();
  const found = readReport({ root, headers: Object.fromEntries(Object.entries(from).map(([name, value]) => [name, [value]])), text });
  return { recipients: found?.bounce.recipients ?? [], ms: performance.now() - started };
}

const people = (count: number) => Array.from({ length: count }, (_, index) => `person${index}@customer.test`);

test('with hundreds of recipients and megabytes of words is read in bounded time', () => {
  const line = (address: string) => `<${address}>: 550 5.1.1 User unknown\nIt could not be delivered.\n`;
  const text = `This is the mail system.\nYour message could not be delivered.\n\n${people(300).map(line).join('')}${'All of this is said at length.\n'.repeat(400_000)}`;
  const { recipients, ms } = report(text);
  expect([recipients.length, recipients[0]]).toEqual([100, expect.objectContaining({ address: 'person0@customer.test', status: '5.1.1' })]);
  expect(ms).toBeLessThan(5_000);
});

test('that names its recipients on every line is read in bounded time', () => {
  const names = people(100);
  const text = `Your message could not be delivered.\n${Array.from({ length: 30_000 }, (_, index) => `${names[index % 100]} 550 no\n`).join('')}`;
  expect(report(text, { 'x-failed-recipients': names.join(', ') }).ms).toBeLessThan(5_000);
});

test('as a part (RFC 3464) with thousands of recipients gives the first hundred', () => {
  const status = people(5_000).map((address) => `Final-Recipient: rfc822; ${address}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n`);
  const parts = `--x\r\nContent-Type: text/plain\r\n\r\nIt failed.\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n${status.join('')}\r\n--x--`;
  const { recipients, ms } = report('It failed.', { 'content-type': 'multipart/report; report-type=delivery-status; boundary=x' }, parts);
  expect(recipients).toHaveLength(100);
  expect(ms).toBeLessThan(5_000);
});
