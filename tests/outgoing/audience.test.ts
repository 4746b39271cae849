import JSZip from 'jszip';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startDesk, type Desk } from '../support/desk';
import { bounceOf, mail } from '../support/helpdesk';

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

describe('who is in blind copy', () => {
  const exportOf = async ({ documentId }: any): Promise<string> => {
    const { body } = await app.request('POST', '/admin/login', { email: 'admin@example.com', password: 'Passw0rd!test' }, null);
    const headers = { authorization: `Bearer ${body.data.token}` };
    const response = await fetch(`${app.base}/mail-scanner/contacts/${documentId}/export`, { headers });
    return (await JSZip.loadAsync(await response.arrayBuffer())).file('contact.json')!.async('string');
  };
  const headersOf = (raw: string) => raw.split('\r\n\r\n')[0];

  test('gets the email, stands in no header, and takes no part by it', async () => {
    const ticket = await newTicket();
    const boss = `boss${number}@elsewhere.test`;
    await answer(ticket, 'We are on it.', { bcc: [{ address: boss, name: 'The Boss' }, { address: ticket.contact.email }] });
    const sent = await lastMailTo(boss);
    expect(sent.to.toSorted()).toEqual([boss, ticket.contact.email].toSorted());
    expect(sent.raw).not.toMatch(/boss|^bcc/im);
    expect(headersOf(sent.raw)).toContain(ticket.contact.email);
    const shown = await app.api('GET', `/tickets/${ticket.documentId}`);
    expect(shown.participants ?? []).toEqual([]);
    expect(shown.comments.at(-1).delivery).toMatchObject({ to: [{ address: ticket.contact.email }], bcc: [{ address: boss }] });
    const listed = await app.api('GET', `/deliveries?ticket=${ticket.documentId}`);
    expect(listed[0].bcc).toEqual([{ name: 'The Boss', address: boss }]);
  });

  test('answers to the team alone: neither the customer nor anybody who is written to later learns of it', async () => {
    const ticket = await newTicket();
    const boss = `boss${number}@elsewhere.test`;
    await answer(ticket, 'We are on it.', { bcc: [{ address: boss }] });
    const { parsed } = await lastMailTo(boss);
    const reply = { subject: `Re: ${parsed.subject}`, headers: { 'In-Reply-To': parsed.messageId! } };
    await arrives({ ...reply, from: boss, text: 'Between us: refund them.' });
    // The same email, read at an address that it was forwarded to.
    await arrives({ ...reply, from: `private${number}@elsewhere.test`, text: 'Mine, too.' });
    const shown = await app.api('GET', `/tickets/${ticket.documentId}`);
    expect(shown.participants ?? []).toEqual([]);
    expect(shown.comments.map(({ isPublic }: any) => isPublic)).toEqual([true, true, false, false]);
    expect(shown.ticketStatus).toBe('Open');
    expect(JSON.stringify(shown.replyTo)).not.toContain('elsewhere.test');
    await answer(ticket, 'You get your money back.');
    const told = await lastMailTo(ticket.contact.email);
    expect(told.to).toEqual([ticket.contact.email]);
    expect(told.raw).not.toMatch(/Between us|Mine, too|elsewhere/);
    const copy = await exportOf(ticket.contact);
    expect(copy).toContain('You get your money back.');
    expect(copy).not.toMatch(/Between us|elsewhere/);
  });

  test('is shown when the email comes back from there, and the customer has it all the same', async () => {
    const ticket = await newTicket();
    const gone = `gone${number}@elsewhere.test`;
    await answer(ticket, 'We are on it.', { bcc: [{ address: gone }] });
    const { parsed } = await lastMailTo(gone);
    await server.append('INBOX', bounceOf(parsed.messageId!, gone));
    await app.api('POST', `/scanners/${scanner.documentId}/run`);
    const [delivery] = await app.api('GET', `/deliveries?ticket=${ticket.documentId}`);
    expect(delivery).toMatchObject({ state: 'sent', bouncedAt: null, lastError: expect.stringContaining(gone) });
  });

  test('gets the first email of a ticket that one of us opens, beside who is in copy', async () => {
    const contactEmail = 'first@customer.test';
    const comment = {
      text: 'Good morning.',
      isPublic: true,
      cc: [{ address: 'copy@customer.test' }],
      bcc: [{ address: 'unseen@elsewhere.test' }],
    };
    const ticket = await app.api('POST', '/tickets', { title: 'Hello', contactEmail, comment });
    const sent = await lastMailTo('unseen@elsewhere.test');
    expect(sent.to.toSorted()).toEqual(['copy@customer.test', contactEmail, 'unseen@elsewhere.test']);
    expect(sent.raw).not.toContain('unseen');
    expect(ticket.participants).toEqual(['copy@customer.test']);
    const refused = await app.request('POST', '/tickets', {
      title: 'Hello',
      contactEmail,
      comment: { ...comment, bcc: [{ address: 'nobody' }] },
    });
    expect([refused.status, refused.body.error.details.errors[0].path]).toEqual([400, ['comment', 'bcc', '0']]);
  });

  test('is kept when the answer waits for its time, and when it is taken back', async () => {
    const ticket = await newTicket();
    const bcc = [{ address: `later${number}@elsewhere.test`, name: '' }];
    const comment = await answer(ticket, 'Tomorrow.', { bcc, sendAt: new Date(Date.now() + 3_600_000).toISOString() });
    await app.api('POST', `/deliveries/${comment.delivery.documentId}/retry`);
    expect((await lastMailTo(bcc[0].address)).to).toContain(ticket.contact.email);
    expect((await app.api('GET', `/tickets/${ticket.documentId}`)).participants ?? []).toEqual([]);
    const regretted = await answer(ticket, 'No.', { bcc, undoable: true });
    expect((await app.api('POST', `/comments/${regretted.documentId}/undo`)).bcc).toEqual(bcc);
  });
});
