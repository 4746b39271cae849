import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buffer } from 'node:stream/consumers';
import JSZip from 'jszip';
import { contactWithAddresses } from '../../server/services/privacy/belongings';
import { exportArchive } from '../../server/services/privacy/export';
import { spreadNews } from '../../server/services/telling/spread';
import { measureTimes } from '../../server/services/times/measure';
import { startDesk, type Desk } from '../support/desk';
import { bounceOf, mail } from '../support/helpdesk';

/** Messages go to somebody outside, and what comes back is for the team alone. */

let { app, sink, arrives, stop } = {} as Desk;
let number = 0;
let supplier = '';

beforeAll(async () => {
  ({ app, sink, arrives, stop } = await startDesk());
});

afterAll(() => stop?.());

beforeEach(() => void (sink.mails.length = 0));

const query = (name: string) => app.strapi.db.query(`plugin::mail-scanner.${name}` as never) as any;
const outbox = () => app.strapi.plugin('mail-scanner').service('outbox').deliver();
const read = ({ documentId }: any): Promise<any> => app.api('GET', `/tickets/${documentId}`);
const customer = () => `customer${number}@customer.test`;

/** A question with a file and a picture in its text, which is the newest ticket. */
async function newTicket(): Promise<any> {
  number += 1;
  supplier = `supplier${number}@parts.test`;
  const html = `<p>The pump <b>leaks</b>.</p><img src="cid:pump${number}@customer.test"><p><img src="https://tracker.test/open.gif"></p>`;
  const picture = Buffer.concat([Buffer.from('iVBORw0KGgo=', 'base64'), Buffer.from(`pump ${number}`)]).toString('base64');
  const parts = [
    'Content-Type: multipart/related; boundary=r\r\n\r\n' +
      `--r\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}\r\n` +
      `--r\r\nContent-Type: image/png\r\nContent-ID: <pump${number}@customer.test>\r\nContent-Disposition: inline; filename=pump.png\r\nContent-Transfer-Encoding: base64\r\n\r\n${picture}\r\n--r--`,
    `Content-Type: text/csv\r\nContent-Disposition: attachment; filename=serials.csv\r\n\r\nserial,${number}`,
  ];
  const text = `${parts.map((part) => `--m\r\n${part}\r\n`).join('')}--m--`;
  const headers = { 'Content-Type': 'multipart/mixed; boundary=m' };
  await arrives(
    mail({ from: `Carla <${customer()}>`, subject: `Pump ${number}`, messageId: `<pump-${number}@customer.test>`, text, headers }),
  );
  const [ticket] = await app.api('GET', `/tickets?search=${encodeURIComponent(customer())}`);
  return read(ticket);
}

const answer = (ticket: any, text: string, more: object = {}) =>
  app.api('POST', `/tickets/${ticket.documentId}/comments`, { text, isPublic: true, ...more });

const forward = (ticket: any, more: object = {}): Promise<any> =>
  app.api('POST', `/tickets/${ticket.documentId}/forward`, {
    to: [{ address: supplier }],
    comments: [ticket.comments[0].documentId],
    text: 'Do you know this fault?',
    ...more,
  });

async function mailTo(address: string) {
  await outbox();
  return sink.mails.findLast(({ to }) => to.includes(address))!;
}

/** A ticket whose first message the supplier has. */
async function forwarded(): Promise<{ ticket: any; sent: Awaited<ReturnType<typeof mailTo>> }> {
  const ticket = await newTicket();
  await forward(ticket);
  return { ticket, sent: await mailTo(supplier) };
}

const replyTo = ({ parsed }: { parsed: any }, input: Parameters<typeof mail>[0] = {}) =>
  mail({
    from: `Sam <${supplier}>`,
    subject: `Re: ${parsed.subject}`,
    text: 'Seal 12, three euros.\n\nOn Monday, Support Desk <support@example.com> wrote:\n> Do you know this fault?',
    ...input,
    headers: { 'In-Reply-To': parsed.messageId, References: parsed.messageId, ...input.headers },
  });

describe('what is forwarded', () => {
  test('goes out as an email of its own with its text, its picture and its file, and stands in the ticket as an internal note', async () => {
    const ticket = await newTicket();
    await answer(ticket, 'A note about the customer.', { isPublic: false });
    const [question] = ticket.comments;
    const file = question.attachments.find(({ name }: any) => name === 'serials.csv');
    const cc = [{ address: `boss${number}@parts.test` }];
    const note = await forward(ticket, {
      cc,
      attachments: [file.documentId],
      html: '<p>Do you <em>know</em> this fault?</p>',
      text: undefined,
    });
    expect(note).toMatchObject({ isPublic: false, visibleText: 'Do you know this fault?', forward: { to: [{ address: supplier }], cc } });
    expect(note.html).toContain('The pump <b>leaks</b>.');
    expect(note).not.toHaveProperty('forwardToken');

    const sent = await mailTo(supplier);
    expect(sent.to).toEqual([supplier, cc[0].address]);
    const { subject, html, text, attachments } = sent.parsed;
    expect(subject).toBe(`Fwd: Pump ${number} [${ticket.ticketNumber}]`);
    expect(html).toMatch(/Do you <em>know<\/em> this fault\?[^]*The pump <b>leaks<\/b>\./);
    expect(text).toContain(`From: Carla <${customer()}>`);
    expect(text).toMatch(/Date: 1 January 2026, \d\d:\d\d UTC/);
    expect(attachments.map(({ filename, related }) => [filename, Boolean(related)])).toEqual([
      ['pump.png', true],
      ['serials.csv', false],
    ]);
    // Nothing that speaks to a customer, leads to their page, counts who reads, or was not chosen.
    expect(sent.raw).not.toMatch(/##-|\/customer|tracker\.test|A note about/);
    expect((await read(ticket)).comments.at(-1)).toMatchObject({ documentId: note.documentId, delivery: { state: 'sent' } });
    const [logged] = await app.api('GET', `/tickets/${ticket.documentId}/activities`);
    expect(logged).toMatchObject({ kind: 'mailSent', detail: { template: 'forward', to: [supplier, cc[0].address] } });
  });

  test('has nothing of the customer’s thread in its headers, and the customer’s next email nothing of it', async () => {
    const { ticket, sent } = await forwarded();
    await arrives(replyTo(sent, { messageId: `<seal-${number}@parts.test>` }));
    await answer(ticket, 'It is the seal.');
    const told = await mailTo(customer());
    expect(told.to).toEqual([customer()]);
    expect(told.parsed.text).toContain('It is the seal.');
    expect(told.raw).not.toMatch(/three euros|Do you know|parts\.test/);
    expect([told.parsed.references].flat()).not.toContain(sent.parsed.messageId);
    expect(told.parsed.inReplyTo).toBe(`<pump-${number}@customer.test>`);
    const { threadToken } = await query('ticket').findOne({ where: { documentId: ticket.documentId } });
    expect(sent.raw).not.toContain(threadToken);
    const { replyTo: people, participants } = await read(ticket);
    expect(JSON.stringify([people, participants])).not.toContain('parts.test');
  });

  test('is no answer to the customer: who waits, waits on', async () => {
    const { ticket } = await forwarded();
    const [listed] = await app.api('GET', `/tickets?search=${encodeURIComponent(customer())}`);
    expect(listed.conversation).toMatchObject({ waitingSince: expect.any(String) });
    await measureTimes(app.strapi);
    expect((await read(ticket)).rounds).toMatchObject([{ answeredAt: null }]);
    await answer(ticket, 'It is the seal.');
    await measureTimes(app.strapi);
    expect((await read(ticket)).rounds).toMatchObject([{ answeredAt: expect.any(String) }]);
  });

  test('leaves by the words of the template, in which its tags stand', async () => {
    const ticket = await newTicket();
    const template = await app.api('GET', '/email-templates/forward');
    expect(template).toMatchObject({ sendTo: [], warnings: [] });
    await app.api('PUT', '/email-templates/forward', {
      subject: 'For you: $helpdesk-title$',
      body: '<p>Asked by us:</p><p>$helpdesk-words$</p>',
    });
    await forward(ticket, { html: '<p>Costs $contacts-email$?</p>', text: undefined });
    const { parsed } = await mailTo(supplier);
    expect(parsed.subject).toBe(`For you: Pump ${number}`);
    expect(parsed.text).toMatch(/Asked by us:\s+Costs \$contacts-email\$\?/);
    expect(parsed.text).not.toContain('leaks');
    await app.api('PUT', '/email-templates/forward', { active: false });
    await expect(forward(ticket)).rejects.toThrow('Forwarding is switched off');
    await app.api('POST', '/email-templates/forward/reset');
  });

  test('has the subject that its author writes', async () => {
    const ticket = await newTicket();
    await forward(ticket, { subject: 'A seal for you?' });
    expect((await mailTo(supplier)).parsed.subject).toBe('A seal for you?');
  });

  test('can be taken back as long as its email waits, with what was chosen', async () => {
    const ticket = await newTicket();
    const file = ticket.comments[0].attachments.find(({ name }: any) => name === 'serials.csv');
    const note = await forward(ticket, { attachments: [file.documentId], undoable: true });
    expect(note.delivery.undoSeconds).toBeGreaterThan(0);
    const undone = await app.api('POST', `/comments/${note.documentId}/undo`);
    expect(undone).toMatchObject({
      text: 'Do you know this fault?',
      html: null,
      to: [{ address: supplier }],
      attachments: [],
      forward: { comments: [ticket.comments[0].documentId], attachments: [file.documentId] },
    });
    expect(await mailTo(supplier)).toBeUndefined();
    expect((await read(ticket)).comments).toHaveLength(1);
    // The files stay where they came from.
    expect((await app.request('GET', `/attachments/${file.documentId}`)).status).toBe(200);
  });

  test('is refused with a reason, and nothing is written', async () => {
    const ticket = await newTicket();
    const refused: [more: object, reason: string][] = [
      [{ to: [{ address: customer().toUpperCase() }] }, 'is the customer of this ticket'],
      [{ cc: [{ address: 'support@example.com' }] }, 'is an address of this helpdesk'],
      [{ to: [] }, 'Say who gets'],
      [{ comments: [], text: ' ' }, 'Choose what is to be forwarded'],
      [{ comments: ['elsewhere'] }, 'not in this ticket any more'],
      [{ attachments: ['elsewhere'] }, 'not there any more'],
      [{ answers: ticket.comments[0].documentId }, 'not in this ticket any more'],
    ];
    for (const [more, reason] of refused) await expect(forward(ticket, more)).rejects.toThrow(reason);
    const { documentId } = ticket.comments[0].attachments.find(({ name }: any) => name === 'serials.csv');
    await query('attachment').updateMany({ where: { documentId }, data: { size: 18_000_001 } });
    await expect(forward(ticket, { attachments: [documentId] })).rejects.toThrow('more than 18 MB');
    expect((await read(ticket)).comments).toHaveLength(1);
    expect(await query('delivery').count({ where: { ticket: { documentId: ticket.documentId } } })).toBe(0);
  });
});

describe('what comes back', () => {
  test('is an internal note with what stands above the quotation, opens the ticket again and is told its assignee', async () => {
    const { ticket, sent } = await forwarded();
    // That it was opened is told by itself, not with what follows: of several news of a ticket at one moment, people are told one.
    await spreadNews(app.strapi);
    const me = await app.strapi.db.query('admin::user').findOne({});
    await app.api('PUT', `/tickets/${ticket.documentId}`, { assignee: me!.id, ticketStatus: 'Wait For Response' });
    const text = `--m\r\nContent-Type: text/plain\r\n\r\nSeal 12.\r\n\r\nOn Monday, Support Desk <support@example.com> wrote:\r\n> The pump\r\n--m\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=prices.csv\r\n\r\n12,3\r\n--m--`;
    await arrives(replyTo(sent, { text, headers: { 'Content-Type': 'multipart/mixed; boundary=m' } }));
    const now = await read(ticket);
    expect(now).toMatchObject({ ticketStatus: 'Open', participants: ticket.participants });
    expect(now.comments.at(-1)).toMatchObject({
      isPublic: false,
      visibleText: 'Seal 12.',
      authorName: 'Sam',
      authorAddress: supplier,
      contact: null,
      attachments: [{ name: 'prices.csv' }],
      forward: { to: [{ address: supplier, name: 'Sam' }], cc: [] },
    });
    expect(await app.api('GET', `/contacts?search=${encodeURIComponent(supplier)}`)).toEqual([]);
    await spreadNews(app.strapi);
    const [told] = await app.api('GET', '/notices');
    expect(told).toMatchObject({ kind: 'answer', ticket: { documentId: ticket.documentId } });
  });

  test('is internal, by whatever program and whoever there has got it', async () => {
    const { ticket, sent } = await forwarded();
    const { parsed, raw } = sent;
    const [first] = [parsed.references].flat();
    await arrives(
      replyTo(sent, { text: 'To all.', to: `support@example.com, ${customer()}` }),
      replyTo(sent, { text: 'By a colleague of theirs.', from: 'third@parts.test' }),
      mail({ from: supplier, subject: 'Seal', text: 'Naming the first email of a thread alone.', headers: { References: String(first) } }),
      mail({ from: supplier, subject: 'Seal', text: `Naming none, but quoting.\n\n> ${/\[ref:[^\]]+\]/.exec(parsed.html || raw)![0]}` }),
      mail({ from: supplier, subject: parsed.subject, text: 'By its number.' }),
    );
    const { comments, participants } = await read(ticket);
    expect(
      comments.slice(2).map(({ isPublic, isAutomatic, visibleText }: any) => [isPublic, isAutomatic, visibleText.split('\n')[0]]),
    ).toEqual([
      [false, false, 'To all.'],
      [false, false, 'By a colleague of theirs.'],
      [false, false, 'Naming the first email of a thread alone.'],
      [false, false, 'Naming none, but quoting.'],
      [false, false, 'By its number.'],
    ]);
    expect(JSON.stringify([participants, comments[2].forward])).not.toMatch(new RegExp(`third@|${customer()}`));
    expect(participants).toEqual(ticket.participants);

    // A stranger who knows but the number opens a ticket of their own.
    await arrives(mail({ from: 'stranger@elsewhere.test', subject: parsed.subject, text: 'Let me in.' }));
    expect((await read(ticket)).comments).toHaveLength(comments.length);
    expect(await app.api('GET', '/tickets?search=stranger@elsewhere.test')).toHaveLength(1);
  });

  test('of the customer stays the customer’s, even where the supplier wrote to them', async () => {
    const { ticket, sent } = await forwarded();
    const theirs = { from: customer(), subject: `Re: Pump ${number}`, text: 'Any news?' };
    await arrives(mail({ ...theirs, headers: { References: `<pump-${number}@customer.test>` } }));
    await arrives(replyTo(sent, { ...theirs, text: 'The supplier wrote to me.' }));
    expect((await read(ticket)).comments.slice(-2)).toMatchObject([
      { isPublic: true, visibleText: 'Any news?', forward: null },
      { isPublic: true, visibleText: 'The supplier wrote to me.', forward: null },
    ]);
  });

  test('by a machine is told as such and opens nothing: an absence, and a failure of the email', async () => {
    const { ticket, sent } = await forwarded();
    await app.api('PUT', `/tickets/${ticket.documentId}`, { ticketStatus: 'Wait For Response' });
    await arrives(replyTo(sent, { subject: 'Out of office', text: 'Back on Monday.', headers: { 'Auto-Submitted': 'auto-replied' } }));
    expect(await read(ticket)).toMatchObject({ ticketStatus: 'Wait For Response' });
    expect(await arrives(bounceOf(sent.parsed.messageId!, supplier))).toEqual({ bounce: 1 });
    const { ticketStatus, comments } = await read(ticket);
    expect(ticketStatus).toBe('Open');
    expect(comments.slice(-2)).toMatchObject([
      { isPublic: false, isAutomatic: true, text: expect.stringContaining('Back on Monday') },
      { isPublic: false, isAutomatic: true },
    ]);
    expect(comments[1].delivery).toMatchObject({ state: 'failed', bouncedAt: expect.any(String) });
    await answer(ticket, 'We look into it.');
    expect((await mailTo(customer())).raw).not.toMatch(/Back on Monday|User unknown/);
  });

  test('is answered in the same conversation, beside the customer’s', async () => {
    const { ticket, sent } = await forwarded();
    const messageId = `<first-${number}@parts.test>`;
    await arrives(replyTo(sent, { messageId }));
    const answered = (await read(ticket)).comments.at(-1);
    await forward(ticket, { ...answered.forward, answers: answered.documentId, comments: [], text: 'Send two.' });
    const again = await mailTo(supplier);
    expect(again.parsed).toMatchObject({ inReplyTo: messageId, subject: `Re: Pump ${number} [${ticket.ticketNumber}]` });
    expect([again.parsed.references].flat()).toEqual(expect.arrayContaining([sent.parsed.messageId, messageId]));
    await arrives(replyTo(again, { text: 'On their way.' }));
    const { comments } = await read(ticket);
    expect(comments.slice(1).map(({ isPublic, visibleText }: any) => [isPublic, visibleText])).toEqual([
      [false, 'Do you know this fault?'],
      [false, expect.stringContaining('Seal 12')],
      [false, 'Send two.'],
      [false, 'On their way.'],
    ]);
    expect(sink.mails.filter(({ to }) => to.includes(customer()))).toEqual([]);
  });

  test('goes along when tickets are merged, and so does what comes later', async () => {
    const { ticket, sent } = await forwarded();
    const reply = replyTo(sent);
    const other = await newTicket();
    await app.api('POST', `/tickets/${ticket.documentId}/merge`, { into: other.documentId });
    await arrives(reply);
    expect((await read(other)).comments.at(-1)).toMatchObject({
      isPublic: false,
      forward: { to: [{ address: `supplier${number - 1}@parts.test` }] },
    });
  });
});

describe('what a contact may ask for', () => {
  test('the export names who got their words, and their erasure takes the forward along, whoever answered it', async () => {
    const { ticket, sent } = await forwarded();
    await arrives(replyTo(sent));
    const { contact } = await read(ticket);
    const row = (await contactWithAddresses(app.strapi, contact.documentId))!;
    const archive = await JSZip.loadAsync(await buffer(exportArchive(app.strapi, row, { internal: false })));
    const { tickets } = JSON.parse(await archive.file('contact.json')!.async('string'));
    expect(tickets).toMatchObject([{ forwardedTo: [{ people: [supplier], sentAt: expect.any(String) }], comments: [{ isPublic: true }] }]);
    expect(await app.api('GET', `/contacts/${contact.documentId}/erasure`)).toMatchObject({
      deleted: { tickets: 1, comments: 3 },
      anonymised: { tickets: 0 },
    });
    await app.api('DELETE', `/contacts/${contact.documentId}`);
    expect((await app.request('GET', `/tickets/${ticket.documentId}`)).status).toBe(404);
    expect(await query('comment').count({ where: { authorAddress: supplier } })).toBe(0);
  });

  test('where others have written, too, what they wrote goes out of the forward and our words stay', async () => {
    const { ticket } = await forwarded();
    await arrives(
      mail({
        from: 'other@customer.test',
        subject: `Re: Pump ${number}`,
        text: 'Mine, too.',
        headers: { References: (await answered(ticket))! },
      }),
    );
    await app.api('DELETE', `/contacts/${ticket.contact.documentId}`);
    const { comments } = await read(ticket);
    expect(comments[1]).toMatchObject({ text: 'Do you know this fault?', html: null, attachments: [] });
    expect(JSON.stringify(comments)).not.toMatch(/leaks|pump\.png/);
  });
});

/** The Message-ID of an answer to the customer. */
async function answered(ticket: any): Promise<string | undefined> {
  await answer(ticket, 'We ask.');
  return (await mailTo(customer())).parsed.messageId;
}

describe('what comes back is shown to the customer', () => {
  const PRICES = `--m\r\nContent-Type: text/plain\r\n\r\nSeal 12, three euros.\r\n--m\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=prices.csv\r\n\r\n12,3\r\n--m--`;

  /** What the supplier sent back, with a file. */
  async function fromSupplier(): Promise<{ ticket: any; outside: any; file: any }> {
    const { ticket, sent } = await forwarded();
    await arrives(replyTo(sent, { text: PRICES, headers: { 'Content-Type': 'multipart/mixed; boundary=m' } }));
    const outside = (await read(ticket)).comments.at(-1);
    return { ticket, outside, file: outside.attachments[0] };
  }

  const shownIn = async (ticket: any) =>
    (await app.api('GET', `/tickets/${ticket.documentId}/activities`)).filter(({ kind }: any) => kind === 'shown');

  test('as an answer of the agent with copies of its files, and the log says whose words these were', async () => {
    const { ticket, outside, file } = await fromSupplier();
    const [copy] = await app.api('POST', `/comments/${outside.documentId}/attachments`, { files: [file.documentId] });
    expect(copy).toMatchObject({ name: 'prices.csv', size: file.size });
    await answer(ticket, 'Seal 12, three euros.', { attachments: [copy.documentId], shows: outside.documentId });
    const told = await mailTo(customer());
    expect(told.to).toEqual([customer()]);
    expect(told.parsed.text).toContain('Seal 12, three euros.');
    expect(told.parsed.attachments.map(({ filename, content }) => [filename, content.toString()])).toEqual([['prices.csv', '12,3']]);
    // Neither the supplier's address nor what they were asked goes along by itself.
    expect(told.raw).not.toMatch(/parts\.test|Do you know this fault/);
    const { comments } = await read(ticket);
    expect(comments.at(-2)).toMatchObject({
      documentId: outside.documentId,
      isPublic: false,
      attachments: [{ documentId: file.documentId }],
    });
    expect(comments.at(-1)).toMatchObject({ isPublic: true, attachments: [{ name: 'prices.csv' }] });
    expect(await shownIn(ticket)).toMatchObject([{ detail: { author: supplier } }]);
  });

  test('can be taken back, with the message that it showed, and the log says that as well', async () => {
    const { ticket, outside } = await fromSupplier();
    const sent = await answer(ticket, 'Seal 12.', { shows: outside.documentId, undoable: true });
    expect(await app.api('POST', `/comments/${sent.documentId}/undo`)).toMatchObject({ text: 'Seal 12.', shows: outside.documentId });
    expect(await mailTo(customer())).toBeUndefined();
    expect(await shownIn(ticket)).toMatchObject([{ detail: { author: supplier, isTakenBack: true } }, { detail: { author: supplier } }]);
  });

  test('later, and the log says so when it has left', async () => {
    const { ticket, outside } = await fromSupplier();
    const sendAt = new Date(Date.now() + 3_600_000).toISOString();
    const later = await answer(ticket, 'Seal 12.', { shows: outside.documentId, sendAt });
    expect(await shownIn(ticket)).toEqual([]);
    await app.api('POST', `/deliveries/${later.delivery.documentId}/retry`);
    expect(await shownIn(ticket)).toMatchObject([{ detail: { author: supplier } }]);
  });

  test('nothing else is shown: no note, no message of another ticket, no file of another message', async () => {
    const { ticket, outside, file } = await fromSupplier();
    const note = await answer(ticket, 'For us.', { isPublic: false });
    const { outside: elsewhere } = await fromSupplier();
    for (const { documentId } of [note, ticket.comments[0], elsewhere, { documentId: 'gone' }])
      await expect(answer(ticket, 'Seal 12.', { shows: documentId })).rejects.toThrow('Only what people outside answered');
    await expect(app.api('POST', `/comments/${note.documentId}/attachments`, { files: [file.documentId] })).rejects.toThrow(
      'not there any more',
    );
    await expect(app.api('POST', '/comments/gone/attachments', { files: [file.documentId] })).rejects.toThrow();
    await query('attachment').updateMany({ where: { documentId: file.documentId }, data: { size: 18_000_001 } });
    await expect(app.api('POST', `/comments/${outside.documentId}/attachments`, { files: [file.documentId] })).rejects.toThrow(
      'more than 18 MB',
    );
    expect((await read(ticket)).comments).toHaveLength(4);
  });
});
