import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDesk, type Desk } from '../support/desk';
import { setUpOutgoing } from '../support/helpdesk';

/** Customers answer to the sender's address: who sets the site up is told when nobody reads it, and which step is missing. */

let desk: Desk;

beforeAll(async () => {
  desk = await startDesk();
});

afterAll(() => desk?.stop());

const warnings = async (fromAddress: string) => (await setUpOutgoing(desk.app, desk.sink, { fromAddress })).warnings;
const activate = (active: boolean) => desk.app.api('PUT', `/scanners/${desk.scanner.documentId}`, { active });

test('the address of a scanner that is not active yet is no wrong address', async () => {
  await activate(false);
  expect(await warnings('support@example.com')).toEqual([expect.stringContaining('support@example.com is not active yet')]);
  await activate(true);
  expect(await warnings('Support@Example.com')).toEqual([]);
});

test('an address that no scanner has is', async () => {
  expect(await warnings('nobody@example.com')).toEqual([expect.stringContaining('No active scanner reads nobody@example.com')]);
});
