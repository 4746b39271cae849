import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startDesk, type Desk } from '../support/desk';
import { mail } from '../support/helpdesk';

/** What an email repeats of the conversation, and to whom. */

let { app, server, sink, scanner, stop } = {} as Desk;
let number = 0;

beforeAll(async () => {
  ({ app, server, sink, scanner, stop } = await startDesk());
  await app.api('PUT', '/settings', { staffDomains: ['ours.example'] });
});

afterAll(() => stop?.());

afterEach(() => void (sink.mails.length = 0));

const outbox = () => app.strapi.plugin('mail-scanner').service('outbox').deliver();

async function arrives(input: Parameters<typeof mail>[0]): Promise<any> {
  await server.append('INBOX', mail(input));
  await app.api('POST', `/scanners/${scanner.documentId}/run`);
  const [{ documentId }] = await app.api('GET', '/tickets?sort=createdAt:desc');
  return app.api('GET', `/tickets/${documentId}`);
}

async function newTicket(): Promise<any> {
  number += 1;
  return arrives({ from: `customer${number}@customer.test`, subject: `Request ${number}`, text: 'The question.' });
}

const answer = (ticket: any, text: string, more: object = {}) =>
  app.api('POST', `/tickets/${ticket.documentId}/comments`, { text, isPublic: true, ...more });

/** The last email to that address, as a whole. */
async function lastMailTo(address: string) {
  await outbox();
  await new Promise((resolve) => setTimeout(resolve, 100));
  await outbox();
  return sink.mails.filter(({ to }) => to.includes(address)).at(-1)!;
}

describe('the history in an email', () => {
  test('tells the customer nothing of what an agent asked a supplier, and of what the supplier answered', async () => {
    const ticket = await newTicket();
    const supplier = `supplier${number}@supplier.test`;
    await answer(ticket, 'What do we pay you for it?', { to: [{ address: supplier }] });
    const asked = await lastMailTo(supplier);
    expect(asked.to).toEqual([supplier]);
    // Who is asked has to know what about.
    expect(asked.parsed.text).toContain('The question.');
    await arrives({
      from: supplier,
      subject: `Re: ${asked.parsed.subject}`,
      text: 'For you one euro, as ever.',
      headers: { References: asked.parsed.messageId! },
    });
    await answer(ticket, 'It is a hundred euros.');
    const told = await lastMailTo(ticket.contact.email);
    expect(told.parsed.text).toContain('It is a hundred euros.');
    expect(told.parsed.text).toContain('The question.');
    expect(told.raw).not.toMatch(/What do we pay|one euro/);
    // The supplier goes on where the two of them were.
    await answer(ticket, 'Then send one.', { to: [{ address: supplier }] });
    expect((await lastMailTo(supplier)).parsed.text).toMatch(/Then send one\.[^]*one euro[^]*What do we pay/);
  });

  test('tells the customer nothing of what a colleague wrote to the desk alone', async () => {
    const ticket = await newTicket();
    await answer(ticket, 'We look into it.', { to: [{ address: ticket.contact.email }], cc: [{ address: 'boss@ours.example' }] });
    const sent = await lastMailTo(ticket.contact.email);
    const fromBoss = {
      from: 'The Boss <boss@ours.example>',
      subject: `Re: ${sent.parsed.subject}`,
      headers: { References: sent.parsed.messageId! },
    };
    await arrives({ ...fromBoss, text: 'Never refund this one.' });
    await arrives({ ...fromBoss, to: `support@example.com, ${ticket.contact.email}`, text: 'We shall refund it.' });
    await answer(ticket, 'Done.');
    const told = await lastMailTo(ticket.contact.email);
    expect(told.parsed.text).toContain('We shall refund it.');
    expect(told.raw).not.toContain('Never refund this one.');
  });

  test('tells the customer nothing of the note above what a colleague forwarded', async () => {
    number += 1;
    const customer = `customer${number}@customer.test`;
    const text = `Careful, this one always complains.\n\n---------- Forwarded message ---------\nFrom: Carla <${customer}>\nDate: Mon, 5 Jan 2026 at 10:00\nSubject: My bill\nTo: <tom@ours.example>\n\nIt is too high.\n`;
    const ticket = await arrives({ from: 'tom@ours.example', subject: 'Fwd: My bill', text });
    expect(ticket.contact.email).toBe(customer);
    await answer(ticket, 'We look into it.');
    expect((await lastMailTo(customer)).raw).not.toContain('always complains');
  });

  test('tells nobody what an agent kept from leaving', async () => {
    const ticket = await newTicket();
    const regretted = await answer(ticket, 'You should have read the manual.', { undoable: true });
    await app.api('POST', `/deliveries/${regretted.delivery.documentId}/cancel`);
    await answer(ticket, 'Please press the green button.');
    const told = await lastMailTo(ticket.contact.email);
    expect(told.parsed.text).toContain('green button');
    expect(told.raw).not.toContain('the manual');
  });

  test('is whole for who was added to the conversation, and for a colleague of the customer', async () => {
    const ticket = await newTicket();
    await answer(ticket, 'The first answer.');
    const sent = await lastMailTo(ticket.contact.email);
    await arrives({
      from: `colleague${number}@customer.test`,
      subject: `Re: ${sent.parsed.subject}`,
      text: 'My two cents.',
      headers: { References: sent.parsed.messageId! },
    });
    await answer(ticket, 'The second answer.', { to: [{ address: ticket.contact.email }], cc: [{ address: 'new@elsewhere.test' }] });
    expect((await lastMailTo('new@elsewhere.test')).parsed.text).toMatch(
      /The second answer[^]*My two cents[^]*The first answer[^]*The question/,
    );
  });
});
