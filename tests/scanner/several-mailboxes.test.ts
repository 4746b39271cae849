import { afterAll, beforeAll, expect, test } from 'vitest';
import { addScanner, CREATE_TICKET, mail, setUpOutgoing } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { TestMailServer } from '../support/mail-server';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** One email in several of our mailboxes, and in one mailbox in several forms. */

let app: TestStrapi;
let server: TestMailServer;
let sink: SmtpSink;
const scanners = {} as Record<'support' | 'sales', { documentId: string }>;
const DONE = [...CREATE_TICKET, { type: 'moveToFolder', config: { folder: 'Done' } }];

beforeAll(async () => {
  server = await startHoodiecrow();
  sink = await startSmtpSink();
  app = await startStrapi();
  await setUpOutgoing(app, sink);
  for (const name of ['Sales', 'Done']) await server.createFolder(name);
  scanners.support = await addScanner(app, server, [{ folders: ['INBOX'], actions: DONE }], { fromAddress: 'support@example.com' });
  const sales = { name: 'Sales', fromAddress: 'sales@example.com' };
  scanners.sales = await addScanner(app, server, [{ folders: ['Sales'], actions: DONE }], sales);
});

afterAll(async () => {
  await app?.stop();
  await sink?.stop();
  await server?.stop();
  if (app) removeFolder(app.folder);
});

const run = (name: 'support' | 'sales') => app.api('POST', `/scanners/${scanners[name].documentId}/run`);

async function deliver(name: 'support' | 'sales', ...sources: string[]) {
  await server.appendAll(name === 'support' ? 'INBOX' : 'Sales', sources);
  expect(await run(name)).toMatchObject({ scanned: sources.length, failed: [], error: null });
}

/** The tickets of a customer, each with its comments, by the scanner of their mailbox. */
async function ticketsOf(email: string): Promise<any[]> {
  const tickets = (await app.api('GET', '/tickets?pageSize=100&sort=createdAt:asc')).filter((row: any) => row.contact?.email === email);
  return Promise.all(tickets.map(({ documentId }: any) => app.api('GET', `/tickets/${documentId}`)));
}

const textsOf = (ticket: any): string[] => ticket.comments.map(({ text }: any) => text.trim());

async function answered({ documentId }: { documentId: string }) {
  await app.api('POST', `/tickets/${documentId}/comments`, { text: 'We look into it.', isPublic: true });
  await app.strapi.plugin('mail-scanner').service('outbox').deliver();
  return sink.mails.at(-1)!.parsed.messageId!;
}

test('an answer with our other mailbox in copy stands once in its ticket, and both copies are moved as their rules say', async () => {
  await deliver('support', mail({ from: 'udo@quarry.test', text: 'The scale is dark.' }));
  const References = await answered((await ticketsOf('udo@quarry.test'))[0]);
  const answer = mail({ from: 'udo@quarry.test', text: 'Still dark.', headers: { Cc: 'sales@example.com', References } });
  const before = (await server.messages('Done')).length;
  await deliver('support', answer);
  await deliver('sales', answer);
  const [ticket, ...others] = await ticketsOf('udo@quarry.test');
  expect([textsOf(ticket), others]).toEqual([['The scale is dark.', 'We look into it.', 'Still dark.'], []]);
  expect((await server.messages('Done')).length).toBe(before + 2);
  const rows = await app.api('GET', `/messages?ticket=${ticket.documentId}`);
  expect(rows.map(({ reason }: any) => reason)).toContain(`Ticket ${ticket.ticketNumber} holds this email already.`);
});

test('of an addition to an email that went to both mailboxes, each ticket gets its own mailbox’s copy, in whatever order they come', async () => {
  for (const order of [['support', 'sales'] as const, ['sales', 'support'] as const]) {
    const from = `tessa@${order[0]}.test`;
    const first = mail({
      from,
      to: 'support@example.com, sales@example.com',
      text: 'We open on the 9th.',
      messageId: `<open@${order[0]}>`,
    });
    const References = `<open@${order[0]}>`;
    const second = mail({ from, to: 'support@example.com, sales@example.com', text: 'On the 19th!', headers: { References } });
    for (const name of order) await deliver(name, first);
    for (const name of order) await deliver(name, second);
    const tickets = await ticketsOf(from);
    expect(tickets.map(textsOf)).toEqual([
      ['We open on the 9th.', 'On the 19th!'],
      ['We open on the 9th.', 'On the 19th!'],
    ]);
    // And an answer to what one of them wrote: each of the two is told.
    const answer = { References: `${References} ${await answered(tickets[0])}`, Cc: 'sales@example.com' };
    const third = mail({ from, text: 'And at nine.', headers: answer });
    for (const name of order) await deliver(name, third);
    expect((await ticketsOf(from)).map((ticket) => textsOf(ticket).filter((text) => text === 'And at nine.'))).toEqual([
      ['And at nine.'],
      ['And at nine.'],
    ]);
  }
});

test('the copy that a list sends is no second ticket, with its mark in the subject and its footer below', async () => {
  const direct = { from: 'vera@list.test', subject: 'Two ways', text: 'It came twice.', messageId: '<two-ways@list.test>' };
  const footer = '\n\n_______________________________________________\nDesk mailing list\nhttps://lists.example.com/desk';
  const listed = { ...direct, subject: '[desk] Two ways', text: `It came twice.${footer}`, headers: { 'List-Id': '<desk.example.com>' } };
  await deliver('support', mail(direct), mail(listed));
  const [ticket, ...others] = await ticketsOf('vera@list.test');
  expect([textsOf(ticket), others]).toEqual([['It came twice.'], []]);
});

test('a program that repeats its Message-ID for another text is heard each time', async () => {
  const same = { from: 'robot@plant.test', messageId: '<always@plant.test>' };
  await deliver('support', mail({ ...same, text: 'Tank 1 is empty.' }), mail({ ...same, text: 'Tank 1 is empty. Tank 2 is empty.' }));
  await deliver('support', mail({ ...same, text: 'Tank 3 is empty.' }));
  expect((await ticketsOf('robot@plant.test')).flatMap(textsOf).sort()).toEqual([
    'Tank 1 is empty.',
    'Tank 1 is empty. Tank 2 is empty.',
    'Tank 3 is empty.',
  ]);
});

test('two scanners that meet the two copies at the same moment add one', async () => {
  await deliver('support', mail({ from: 'race@quarry.test', text: 'Ready?' }));
  const [{ documentId }] = await ticketsOf('race@quarry.test');
  const References = await answered({ documentId });
  for (let round = 1; round <= 5; round += 1) {
    const answer = mail({ from: 'race@quarry.test', text: `Go ${round}.`, headers: { Cc: 'sales@example.com', References } });
    await server.append('INBOX', answer);
    await server.append('Sales', answer);
    await Promise.all([run('support'), run('sales')]);
  }
  const [ticket, ...others] = await ticketsOf('race@quarry.test');
  expect([textsOf(ticket).slice(2), others]).toEqual([['Go 1.', 'Go 2.', 'Go 3.', 'Go 4.', 'Go 5.'], []]);
});

test('a thread in which a stranger got a ticket of their own comes back to the ticket of who began it, also within one batch', async () => {
  for (const isOneBatch of [false, true]) {
    const host = isOneBatch ? 'batch.test' : 'steps.test';
    const first = mail({ from: `anke@${host}`, subject: 'The pump', text: 'It leaks.', messageId: `<anke-1@${host}>` });
    const colleague = mail({
      from: `ben@office-${host}`,
      subject: 'Re: The pump',
      text: 'I saw it too.',
      messageId: `<ben-1@${host}>`,
      headers: { References: `<anke-1@${host}>` },
    });
    const again = mail({
      from: `anke@${host}`,
      to: `support@example.com, ben@office-${host}`,
      subject: 'Re: The pump',
      text: 'Both of us did.',
      headers: { References: `<anke-1@${host}> <ben-1@${host}>` },
    });
    if (isOneBatch) await deliver('support', first, colleague, again);
    else for (const source of [first, colleague, again]) await deliver('support', source);
    const [hers, ...others] = await ticketsOf(`anke@${host}`);
    expect([textsOf(hers), others]).toEqual([['It leaks.', 'Both of us did.'], []]);
    const [his] = await ticketsOf(`ben@office-${host}`);
    expect(his.related).toMatchObject({ ticketNumber: hers.ticketNumber });
    const [{ reason }] = await app.api('GET', `/messages?ticket=${his.documentId}`);
    expect(reason).toContain(`it refers to ${hers.ticketNumber}, but its sender has no part in that one`);
  }
});

test('two scanners that read the same folder, since somebody made one twice, open one ticket of an email', async () => {
  await server.createFolder('Doubled');
  const make = (name: string) => addScanner(app, server, [{ folders: ['Doubled'] }], { name, scanType: 'sinceLastScan' });
  const twins = [await make('Old'), await make('New')];
  const run = ({ documentId }: { documentId: string }) => app.api('POST', `/scanners/${documentId}/run`);
  const emails = (round: string) =>
    Array.from({ length: 5 }, (_, index) => mail({ from: `twin${index}@quarry.test`, subject: `${round} ${index}` }));
  await server.appendAll('Doubled', emails('At once'));
  for (const result of await Promise.all(twins.map(run))) expect(result).toMatchObject({ scanned: 5, failed: [], error: null });
  await server.appendAll('Doubled', emails('After another'));
  for (const twin of twins) expect(await run(twin)).toMatchObject({ scanned: 5, failed: [], error: null });
  for (let index = 0; index < 5; index += 1) {
    const titles = (await ticketsOf(`twin${index}@quarry.test`)).map(({ title }) => title);
    expect(titles.sort()).toEqual([`After another ${index}`, `At once ${index}`]);
  }
});
