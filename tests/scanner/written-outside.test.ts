import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDesk, type Desk } from '../support/desk';
import { addScanner, CREATE_TICKET, mail } from '../support/helpdesk';

/** What one of us writes from the mailbox itself, in a mail program: it is an answer of ours, not a customer's. */

let { app, server, sink, arrives, scanner, stop } = {} as Desk;

beforeAll(async () => {
  ({ app, server, sink, arrives, scanner, stop } = await startDesk());
});

afterAll(() => stop?.());

const ours = 'Support Desk <support@example.com>';

async function ticketsBy(title: string): Promise<any[]> {
  const found = (await app.api('GET', '/tickets?pageSize=100&sort=createdAt:asc')).filter((ticket: any) => ticket.title === title);
  return Promise.all(found.map(({ documentId }: any) => app.api('GET', `/tickets/${documentId}`)));
}

const contacts = async () => (await app.api('GET', '/contacts?pageSize=100')).map(({ email }: any) => email);

test('an answer from the mailbox itself is ours, and the customer’s answer to it joins the ticket', async () => {
  await arrives(mail({ from: 'alma@clinic.test', subject: 'Cold room', messageId: '<alma-1@clinic.test>' }));
  const References = '<alma-1@clinic.test>';
  await arrives(
    mail({
      from: ours,
      to: 'Alma <alma@clinic.test>',
      subject: 'Re: Cold room',
      text: 'We come on Thursday.',
      messageId: '<outlook-55@example.com>',
      headers: { Cc: 'support@example.com', References },
    }),
  );
  const [answered, ...others] = await ticketsBy('Cold room');
  expect(others).toEqual([]);
  expect(answered).toMatchObject({ ticketStatus: 'Wait For Response', participants: [] });
  expect(answered.comments[1]).toMatchObject({
    isPublic: true,
    isOutgoing: true,
    contact: null,
    delivery: null,
    authorAddress: 'support@example.com',
  });
  await arrives(
    mail({
      from: 'alma@clinic.test',
      subject: 'Re: Cold room',
      text: 'Fine.',
      headers: { References: '<alma-1@clinic.test> <outlook-55@example.com>' },
    }),
  );
  const [ticket] = await ticketsBy('Cold room');
  expect(ticket).toMatchObject({ ticketStatus: 'Open', comments: [{}, {}, { isOutgoing: false, contact: { email: 'alma@clinic.test' } }] });
  expect(await contacts()).not.toContain('support@example.com');
  await app.strapi.plugin('mail-scanner').service('outbox').deliver();
  expect(sink.mails).toEqual([]);
});

test('by its number it is found as well, and what went to a supplier is an internal note that makes nobody a participant', async () => {
  await arrives(mail({ from: 'bo@farm.test', subject: 'Feeder' }));
  const [{ ticketNumber }] = await ticketsBy('Feeder');
  await arrives(mail({ from: ours, to: 'parts@supplier.test', subject: `Which part? [${ticketNumber}]`, text: 'For the feeder of Bo.' }));
  const [ticket] = await ticketsBy('Feeder');
  expect(ticket).toMatchObject({ ticketStatus: 'Open', participants: [] });
  expect(ticket.comments[1]).toMatchObject({ isPublic: false, isOutgoing: true, matchedBy: 'ticketNumber' });
});

test('a sender that the mailbox’s server does not vouch for does not speak for us', async () => {
  const [{ ticketNumber }] = await ticketsBy('Feeder');
  const forged = (result: string, subject: string) =>
    mail({
      from: ours,
      to: 'bo@farm.test',
      subject: `${subject} [${ticketNumber}]`,
      headers: { 'Authentication-Results': `mx.example.com; spf=none; dmarc=${result}` },
    });
  await arrives(forged('fail', 'Pay here'), forged('none', 'Pay there'));
  expect((await ticketsBy('Feeder'))[0].comments).toHaveLength(2);
});

test('a scanned Sent folder brings answers and new conversations, and an older answer does not hide a newer question', async () => {
  const sent = await addScanner(app, server, [{ folders: ['Sent'], actions: CREATE_TICKET }], {
    name: 'Sent',
    scanType: 'unread',
    scanFrom: '2020-01-01T00:00:00Z',
  });
  await server.createFolder('Sent').catch(() => {});
  await arrives(mail({ from: 'cleo@shop.test', subject: 'Till', messageId: '<cleo-1@shop.test>' }));
  const before = mail({
    from: ours,
    to: 'cleo@shop.test',
    subject: 'Re: Till',
    headers: { References: '<cleo-1@shop.test>' },
  });
  await server.append('Sent', before, { date: new Date(Date.now() - 3_600_000) });
  await server.appendAll('Sent', [mail({ from: ours, to: 'Dan <dan@new.test>', subject: 'Your appointment', text: 'See you on Monday.' })]);
  expect(await app.api('POST', `/scanners/${sent.documentId}/run`)).toMatchObject({ byOutcome: { processed: 2 }, failed: [] });
  expect((await ticketsBy('Till'))[0]).toMatchObject({ ticketStatus: 'Open', comments: [{}, { isOutgoing: true }] });
  expect((await ticketsBy('Your appointment'))[0]).toMatchObject({
    contact: { email: 'dan@new.test' },
    ticketStatus: 'Wait For Response',
    comments: [{ isOutgoing: true, isPublic: true, contact: null }],
  });
});

test('a web form that writes in our name opens a ticket of its own', async () => {
  const [{ ticketNumber }] = await ticketsBy('Feeder');
  await arrives(mail({ from: 'Website <support@example.com>', subject: `About ${ticketNumber}`, text: 'Sent by the form.' }));
  expect((await ticketsBy(`About ${ticketNumber}`))[0]).toMatchObject({ contact: null, comments: [{ isOutgoing: false }] });
  expect(await contacts()).not.toContain('support@example.com');
  expect(scanner).toBeTruthy();
});
