import { execFile } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startFakeGraph, type FakeGraph } from '../support/fake-graph';
import { startFakeMicrosoft, type FakeMicrosoft } from '../support/fake-microsoft';

/** `npm run graph:check`, on the stand-ins. */

const DESK = 'desk@contoso.test';
const CLIENT = 'client-1';
const SECRET = 'client-secret-of-the-app';

let microsoft: FakeMicrosoft;
let graph: FakeGraph;

beforeAll(async () => {
  const roles = ['Mail.ReadWrite', 'Mail.Send'];
  microsoft = await startFakeMicrosoft({
    users: { [DESK]: { oid: 'oid-desk', mailboxes: [DESK] } },
    clients: { [CLIENT]: { secret: SECRET, redirectUris: [], mailboxes: [DESK], roles } },
  });
  graph = await startFakeGraph({ tokenOf: (token) => microsoft.tokenOf(token), mailboxes: { [DESK]: {} } });
  graph.ways.deliversHere = true;
});
afterAll(async () => {
  await graph?.stop();
  await microsoft?.stop();
});
afterEach(() => {
  graph.faults.clear();
  microsoft.deviceUser = null;
});

function check(secret: string | null = SECRET, mailbox = DESK): Promise<{ code: number; output: string }> {
  const env = {
    ...process.env,
    GRAPH_CHECK_LOGIN: microsoft.base,
    GRAPH_CHECK_GRAPH: graph.base,
    ...(secret ? { GRAPH_CHECK_SECRET: secret } : {}),
  };
  const args = ['scripts/graph-check.mjs', '--tenant', 'contoso.test', '--client', CLIENT, '--mailbox', mailbox];
  return new Promise((resolve) =>
    execFile(process.execPath, args, { env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    ),
  );
}

describe('the check of a tenant', () => {
  test.each([
    ['as the application', SECRET],
    ['with a code', null],
  ])('sends one email to itself, says what became of it, and leaves nothing behind (%s)', async (how, secret) => {
    microsoft.deviceUser = DESK;
    const { code, output } = await check(secret);
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining(how) });
    expect(output).toMatch(/Message-ID, as it arrived: +kept/);
    expect(output).toMatch(/Auto-Submitted: +dropped/);
    expect(output).toMatch(/Date: +replaced by/);
    expect(output).toMatch(/A delta with a filter: +taken/);
    expect(output).toMatch(/A folder that is there already: +409 ErrorFolderExists/);
    expect(output).toMatch(/What the check has made: +is taken away/);
    const { messages, folders } = graph.mailboxes.get(DESK)!;
    expect([messages, folders.filter(({ displayName }) => displayName.startsWith('graph-check'))]).toEqual([[], []]);
    expect(output).not.toContain(SECRET);
    expect(output).not.toMatch(/EwB|Bearer/);
  });

  test('waits where Microsoft asks for a pause, and says so', async () => {
    graph.faults.next('throttledStuck', { on: 'POST messages' });
    const { code, output } = await check();
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('429 Retry-After: 1') });
  });

  test.each([
    ['a secret that is wrong', 'wrong', DESK, null, 'The client secret is wrong'],
    ['a consent that is missing', null, DESK, 'nobody', 'Nobody has consented yet'],
    ['a mailbox that is not there', SECRET, 'nobody@contoso.test', null, 'no mailbox of that address'],
    ['a right that is missing', SECRET, DESK, 'forbidden', 'has no Full Access'],
  ] as const)('names %s', async (_, secret, mailbox, fault, words) => {
    if (fault === 'nobody') microsoft.deviceUser = '';
    if (fault === 'forbidden') graph.faults.next('forbidden');
    const { code, output } = await check(secret, mailbox);
    expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining(words) });
  });
});
