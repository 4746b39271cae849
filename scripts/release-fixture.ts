import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { addScanner, mail, setUpOutgoing } from '../tests/support/helpdesk';
import { startHoodiecrow } from '../tests/support/hoodiecrow';
import { startSmtpSink } from '../tests/support/smtp-sink';
import { dumpDatabase } from '../tests/support/sqlite';
import { startStrapi } from '../tests/support/strapi';

/**
 * `node scripts/run-ts.mjs scripts/release-fixture.ts 0.1.0`: a database as that release leaves it, for the test of upgrades
 * (tests/upgrade). To be run on the commit of the release, once; afterwards the files never change. What it makes is small and of
 * every kind: a scanner with rules, a scan log with failures and duplicates, conversations with a file, mail sent and failed, settings.
 */

const [release] = process.argv.slice(2);
if (!/^\d+\.\d+\.\d+$/.test(release ?? '')) throw new Error('Say which release it is: 0.1.0');
const target = path.resolve(`tests/fixtures/release-${release}`);

const INVOICE = [
  '--part',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'The sum on the invoice is wrong.',
  '--part',
  'Content-Type: text/csv; name="orders.csv"',
  'Content-Disposition: attachment; filename="orders.csv"',
  '',
  'order;sum',
  '--part--',
].join('\n');

const failAction = {
  type: 'failOnce',
  label: 'Fail',
  config: { parse: (value: unknown) => value, safeParse: (value: unknown) => ({ success: true, data: value }) },
  describe: () => 'fail',
  run: async ({ message }: { message: { subject: string } }) => {
    if (message.subject === 'Cannot be handled') throw new Error('This release could not handle it.');
    return [];
  },
};

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'release-'));
  const server = await startHoodiecrow();
  const sink = await startSmtpSink();
  const app = await startStrapi({ folder });
  app.strapi.plugin('mail-scanner').service('actions').register(failAction);
  await setUpOutgoing(app, sink, { username: '', fromName: 'Support Desk' });
  await app.api('PUT', '/settings', { ticketPrefix: 'RE', ticketStart: 501, keepSources: 'all', staffDomains: ['staff.example'] });
  await app.api('PUT', '/email-templates/change-comments', { subject: 'News on $helpdesk-ticket_no$' });
  const scanner = await addScanner(app, server, [
    {
      name: 'Everything',
      actions: [
        { type: 'createContact', config: {} },
        { type: 'createOrUpdateTicket', config: {} },
        { type: 'failOnce', config: {} },
      ],
    },
  ]);
  await server.appendAll('INBOX', messages());
  await app.api('POST', `/scanners/${scanner.documentId}/run`);
  const tickets = await app.api('GET', '/tickets?sort=ticketNumber:asc');
  await app.api('POST', `/tickets/${tickets[0].documentId}/comments`, { text: 'Have you tried another cable?', isPublic: true });
  await app.api('POST', `/tickets/${tickets[0].documentId}/comments`, { text: 'She has a service contract.', isPublic: false });
  await sink.received(1);
  sink.failWith(() => ({ at: 'to', code: 550 }));
  await app.api('POST', `/tickets/${tickets[1].documentId}/comments`, {
    text: 'We shall look into it.',
    isPublic: true,
    ticketStatus: 'Wait For Response',
  });
  await app.strapi.plugin('mail-scanner').service('outbox').deliver();
  await app.stop();
  await server.stop();
  await sink.stop();

  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  writeFileSync(path.join(target, 'database.sql'), dumpDatabase(path.join(folder, 'test.db'), ['strapi_sessions', 'strapi_api_tokens']));
  writeFileSync(path.join(target, 'mailbox.json'), `${JSON.stringify(messages(), null, 1)}\n`);
  cpSync(path.join(folder, 'private'), path.join(target, 'private'), { recursive: true });
  rmSync(folder, { recursive: true });
}

/** The mailbox, so that the upgrade's test can lay the same messages before a scanner again. */
function messages(): string[] {
  const fixed = (index: number) => ({
    messageId: `<release-${index}@customer.test>`,
    headers: { Date: `Mon, 05 Jan 2026 09:0${index}:00 +0000` },
  });
  const printer = mail({ ...fixed(1), text: 'It does not print.' });
  const invoice = mail({
    from: 'Tom Baker <tom@northwind.test>',
    subject: 'Invoice',
    text: INVOICE,
    ...fixed(2),
    headers: { ...fixed(2).headers, 'Content-Type': 'multipart/mixed; boundary=part' },
  });
  const broken = mail({ from: 'Ann <ann@customer.test>', subject: 'Cannot be handled', ...fixed(3) });
  return [printer, invoice, broken, printer];
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
