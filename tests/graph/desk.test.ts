import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startGraphDesk } from '../support/graph-desk';
import { addScanner, eventually, mail } from '../support/helpdesk';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** What a team does day by day, on a mailbox that is read and sent from by Microsoft Graph alone: forwarding to people outside, and spam. */

const DESK = 'desk@contoso.test';
const SUPPLIER = 'sam@parts.test';

let app: TestStrapi;
let desk: Awaited<ReturnType<typeof startGraphDesk>>;
let scanner: { documentId: string };

beforeAll(async () => {
  desk = await startGraphDesk(DESK);
  app = await startStrapi({ env: desk.env });
  await desk.setUpOutgoing(app);
  scanner = await addScanner(app, desk.box, [{}]);
  await app.api('PUT', `/scanners/${scanner.documentId}`, { scanFrom: '2020-01-01T00:00:00.000Z' });
}, 120_000);

afterAll(async () => {
  await app?.stop();
  await desk?.stop();
  if (app) removeFolder(app.folder);
});

async function arrives(...mails: Parameters<typeof mail>[0][]): Promise<Record<string, number>> {
  for (const input of mails) await desk.box.append('INBOX', mail(input));
  return (await app.api('POST', `/scanners/${scanner.documentId}/run`)).byOutcome;
}
const ticketOf = async (search: string): Promise<any> => {
  const [{ documentId }] = await app.api('GET', `/tickets?view=all&search=${encodeURIComponent(search)}`);
  return app.api('GET', `/tickets/${documentId}`);
};
const deliver = () => app.strapi.plugin('mail-scanner').service('outbox').deliver();
const forwardOf = ({ documentId }: { documentId: string }): Promise<any> =>
  app.strapi.db.query('plugin::mail-scanner.delivery').findOne({ where: { ticket: { documentId }, template: 'forward' } });
/** The newest email that has left for this address. */
async function mailTo(address: string) {
  await deliver();
  const { mime, recipients } = desk.graph.delivered.findLast((sent) => sent.recipients.includes(address))!;
  return { recipients, parsed: await simpleParser(mime) };
}

test.each([
  ['keeps', null],
  ['replaces on its way', (id: string) => `<replaced-${id.slice(1)}`],
])('a forward leaves from the mailbox, and an answer to it is internal, where Exchange %s its Message-ID', async (name, replaced) => {
  desk.graph.ways.replaceOnTheWay = replaced;
  const customer = `${name.split(' ')[0]}@customer.test`;
  const text =
    `--parts-of-it\r\nContent-Type: text/plain\r\n\r\nThe pump leaks.\r\n` +
    `--parts-of-it\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=serials.csv\r\n\r\nserial,1\r\n--parts-of-it--`;
  await arrives({
    from: customer,
    subject: `Pump that ${name}`,
    text,
    headers: { 'Content-Type': 'multipart/mixed; boundary=parts-of-it' },
  });
  const ticket = await ticketOf(customer);
  const [question] = ticket.comments;
  await app.api('POST', `/tickets/${ticket.documentId}/forward`, {
    to: [{ address: SUPPLIER }],
    comments: [question.documentId],
    attachments: [question.attachments[0].documentId],
    text: 'Do you know this fault?',
  });
  const { recipients, parsed } = await mailTo(SUPPLIER);
  expect(recipients).toEqual([SUPPLIER]);
  expect(parsed.subject).toBe(`Fwd: Pump that ${name} [${ticket.ticketNumber}]`);
  expect(parsed.text).toMatch(/Do you know this fault\?[^]*The pump leaks\./);
  expect(parsed.attachments.map(({ filename }) => filename)).toEqual(['serials.csv']);

  // Exchange tells what it made of it when the copy is in Sent Items.
  if (replaced) await eventually(async () => `<${(await forwardOf(ticket)).sentMessageId}>` === parsed.messageId, 20_000);
  const headers = { 'In-Reply-To': parsed.messageId!, References: parsed.messageId! };
  await arrives({ from: `Sam <${SUPPLIER}>`, subject: 'Another subject', text: 'Seal 12.', headers });
  const outside = (await ticketOf(customer)).comments.at(-1);
  expect(outside).toMatchObject({ isPublic: false, visibleText: 'Seal 12.', forward: { to: [{ address: SUPPLIER }] } });
  await app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'Seal 12.', isPublic: true, shows: outside.documentId });
  const told = await mailTo(customer);
  expect([told.recipients, told.parsed.text]).toEqual([[customer], expect.stringContaining('Seal 12.')]);
  expect(told.parsed.text).not.toMatch(/parts\.test|Do you know/);
  desk.graph.ways.replaceOnTheWay = null;
});

test('mail of blocked senders goes to the folder that Outlook has for junk, whatever its language calls it, and the rest stays', async () => {
  await app.api('PUT', '/block-list', { toJunk: true });
  await app.api('POST', '/block-list', { targets: ['@cheap.test'] });
  const inbox = (await desk.box.messages('INBOX')).length;
  expect(await arrives({ from: 'a@cheap.test', subject: 'Cheap' }, { from: 'b@fair.test', subject: 'Fair' })).toEqual({
    blocked: 1,
    processed: 1,
  });
  expect((await desk.box.messages('Junk-E-Mail')).map(({ source }) => /^Subject: (.*)$/m.exec(source)![1].trim())).toEqual(['Cheap']);
  expect(await desk.box.messages('INBOX')).toHaveLength(inbox + 1);
  // A folder of that name which somebody has made is none for junk.
  expect(desk.graph.requests.some(({ operation }) => operation === 'POST mailFolders')).toBe(false);
});

test('a ticket is spam by one click, and what waits for it never becomes a draft', async () => {
  await arrives({ from: 'offers@shop.test', subject: 'Offers' });
  const ticket = await ticketOf('offers@shop.test');
  await app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'Hello.', isPublic: true, undoable: true });
  expect(await app.api('PUT', '/tickets/spam', { ids: [ticket.documentId], isSpam: true })).toMatchObject({
    targets: ['offers@shop.test'],
    withdrawn: 1,
  });
  const sent = desk.graph.delivered.length;
  await deliver();
  expect(desk.graph.delivered).toHaveLength(sent);
  expect(await desk.box.messages('Entwürfe')).toEqual([]);
  expect(await arrives({ from: 'offers@shop.test', subject: 'More offers' })).toEqual({ blocked: 1 });
});
