import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { privateFolder } from '../../server/services/storage/private-folder';
import { readPrivateFile } from '../../server/services/storage/files';
import { startDesk, type Desk } from '../support/desk';
import { mail, type MailInput } from '../support/helpdesk';

/** What real mail brings into a helpdesk besides words: failures, robots, forms, logos, and doubts about its sender. */

let { app, server, sink, scanner, arrives, stop } = {} as Desk;

beforeAll(async () => {
  ({ app, server, sink, scanner, arrives, stop } = await startDesk());
});

afterAll(() => stop?.());

async function ticketBy(title: string): Promise<any> {
  const found = (await app.api('GET', `/tickets?search=${encodeURIComponent(title)}`)).find((ticket: any) => ticket.title === title);
  return found && app.api('GET', `/tickets/${found.documentId}`);
}

/** A ticket that we have answered: itself, and the Message-ID of our email. */
async function answeredTicket(input: MailInput, status = 'Wait For Response'): Promise<{ id: string; messageId: string }> {
  await arrives(mail(input));
  const { documentId } = await ticketBy(input.subject!);
  await app.api('POST', `/tickets/${documentId}/comments`, { text: 'Please try again.', isPublic: true, ticketStatus: status });
  await app.strapi.plugin('mail-scanner').service('outbox').deliver();
  return { id: documentId, messageId: sink.mails.at(-1)!.parsed.messageId! };
}

const now = (): string => new Date().toUTCString();

describe('an email of ours that does not arrive', () => {
  const report = (messageId: string, recipient: string, action: string, status: string): string =>
    [
      'From: Mail Delivery System <MAILER-DAEMON@mx.example>',
      'To: support@example.com',
      'Subject: Mail delivery report',
      `Date: ${now()}`,
      `Message-ID: <report-${Math.random().toString(36).slice(2)}@mx.example>`,
      'Return-Path: <>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'This is the mail system.',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example',
      '',
      `Final-Recipient: rfc822; ${recipient}`,
      `Action: ${action}`,
      `Status: ${status}`,
      `Diagnostic-Code: smtp; ${status.startsWith('5') ? 550 : 451} ${status} because of the test`,
      '',
      '--b',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: ${messageId}`,
      '--b--',
      '',
    ].join('\r\n');

  const contactOf = (email: string) => app.strapi.db.query('plugin::mail-scanner.contact').findOne({ where: { email } });
  const deliveryOf = (ticket: any) => ticket.comments.find(({ delivery }: any) => delivery).delivery;

  test('opens its ticket again, says so on the delivery, and marks the dead address until somebody writes from it', async () => {
    const { id, messageId } = await answeredTicket({ from: 'gone@customer.test', subject: 'I am gone' }, 'Closed');
    await arrives(report(messageId, 'gone@customer.test', 'failed', '5.1.1'));
    const ticket = await app.api('GET', `/tickets/${id}`);
    expect(ticket.ticketStatus).toBe('Open');
    expect(deliveryOf(ticket)).toMatchObject({
      state: 'failed',
      bouncedAt: expect.any(String),
      lastError: expect.stringContaining('5.1.1'),
    });
    expect(ticket.comments.at(-1)).toMatchObject({ matchedBy: 'bounce', isPublic: false, isAutomatic: true });
    expect(await contactOf('gone@customer.test')).toMatchObject({ undeliverable: true });

    await arrives(mail({ from: 'gone@customer.test', subject: 'I am back', headers: { Date: now() } }));
    expect(await contactOf('gone@customer.test')).toMatchObject({ undeliverable: false });
  });

  test('that is only delayed stays sent, the ticket as it was, the contact reachable; a server that gave up after days is a failure', async () => {
    const { id, messageId } = await answeredTicket({ from: 'slow@customer.test', subject: 'I am slow' });
    await arrives(report(messageId, 'slow@customer.test', 'delayed', '4.4.1'));
    const delayed = await app.api('GET', `/tickets/${id}`);
    expect(delayed.ticketStatus).toBe('Wait For Response');
    expect(deliveryOf(delayed)).toMatchObject({ state: 'sent', bouncedAt: null, lastError: expect.stringMatching(/^Delayed\. .*4\.4\.1/) });

    await arrives(report(messageId, 'slow@customer.test', 'failed', '4.4.7'));
    await arrives(report(messageId, 'slow@customer.test', 'delayed', '4.4.1'));
    const failed = await app.api('GET', `/tickets/${id}`);
    expect(failed.ticketStatus).toBe('Open');
    expect(deliveryOf(failed)).toMatchObject({
      state: 'failed',
      bouncedAt: expect.any(String),
      lastError: expect.stringContaining('4.4.7'),
    });
    expect(await contactOf('slow@customer.test')).toMatchObject({ undeliverable: false });
  });

  test('for somebody in copy only says so, and the customer has it', async () => {
    const { id, messageId } = await answeredTicket({
      from: 'main@customer.test',
      subject: 'With a copy',
      headers: { Cc: 'copy@customer.test' },
    });
    const { delivery } = (await app.api('GET', `/tickets/${id}`)).comments.find((comment: any) => comment.delivery);
    await app.strapi.db
      .query('plugin::mail-scanner.delivery')
      .update({ where: { documentId: delivery.documentId }, data: { cc: [{ address: 'Copy@customer.test', name: '' }] } as never });
    await arrives(report(messageId, 'copy@customer.test', 'failed', '5.1.1'));
    const ticket = await app.api('GET', `/tickets/${id}`);
    expect(ticket.ticketStatus).toBe('Wait For Response');
    expect(deliveryOf(ticket)).toMatchObject({ state: 'sent', bouncedAt: null, lastError: expect.stringContaining('copy@customer.test') });
  });

  test('behind a forwarding address fails the delivery, but marks no contact whom we never wrote to', async () => {
    await arrives(mail({ from: 'other@elsewhere.test', subject: 'Somebody else' }));
    const { id, messageId } = await answeredTicket({ from: 'alias@customer.test', subject: 'I forward' });
    await arrives(report(messageId, 'other@elsewhere.test', 'failed', '5.1.1'));
    expect(deliveryOf(await app.api('GET', `/tickets/${id}`))).toMatchObject({ state: 'failed', bouncedAt: expect.any(String) });
    expect(await contactOf('other@elsewhere.test')).toMatchObject({ undeliverable: false });
  });
});

describe('two machines that answer each other', () => {
  test('fill a ticket, but do not open it again and again; the ticket says why', async () => {
    const { id, messageId } = await answeredTicket({
      from: 'robot@helpdesk.test',
      subject: 'We have received your request',
      headers: { Date: now() },
    });
    const answer = (n: number) =>
      mail({
        from: 'robot@helpdesk.test',
        subject: `Re: We have received your request (${n})`,
        headers: { Date: now(), 'In-Reply-To': messageId },
      });
    await arrives(...Array.from({ length: 12 }, (_, n) => answer(n)));
    await arrives(...Array.from({ length: 9 }, (_, n) => answer(12 + n)));
    await app.api('PUT', `/tickets/${id}`, { ticketStatus: 'Wait For Response' });
    await arrives(answer(21), answer(22));
    const ticket = await app.api('GET', `/tickets/${id}`);
    expect(ticket.ticketStatus).toBe('Wait For Response');
    expect(ticket.comments.filter(({ source }: any) => source === 'email')).toHaveLength(24);
    expect(ticket.comments.filter(({ authorName }: any) => authorName === 'Mail Scanner')).toMatchObject([
      { isPublic: false, text: expect.stringContaining('robot@helpdesk.test') },
    ]);
  });

  test('what an old mailbox holds is no flood, however fast it is read', async () => {
    const { id, messageId } = await answeredTicket({ from: 'patient@customer.test', subject: 'A long story' });
    const old = Array.from({ length: 25 }, (_, n) =>
      mail({ from: 'patient@customer.test', subject: `Re: A long story (${n})`, headers: { 'In-Reply-To': messageId } }),
    );
    for (const source of old) await server.append('INBOX', source, { date: new Date(Date.UTC(2026, 0, 2)) });
    await app.api('POST', `/scanners/${scanner.documentId}/run`);
    const ticket = await app.api('GET', `/tickets/${id}`);
    expect(ticket.comments.filter(({ authorName }: any) => authorName === 'Mail Scanner')).toEqual([]);
    expect(ticket.ticketStatus).toBe('Open');
  });

  test('cannot make a program of the site send for ever; people may still write', async () => {
    await arrives(mail({ from: 'looped@helpdesk.test', subject: 'Automatic greeting' }));
    const { documentId, id } = await ticketBy('Automatic greeting');
    for (let n = 0; n < 12; n += 1) {
      await app.strapi
        .documents('plugin::mail-scanner.comment')
        .create({ data: { ticket: id, text: `We have received your email ${n}.`, isPublic: true, source: 'api' } as never });
    }
    await app.api('POST', `/tickets/${documentId}/comments`, { text: 'A person writes.', isPublic: true });
    const deliveries = (await app.api('GET', `/tickets/${documentId}`)).comments.flatMap(({ delivery }: any) => delivery ?? []);
    expect(deliveries.map(({ state }: any) => (state === 'failed' ? 'held' : 'sent'))).toEqual([
      ...Array(10).fill('sent'),
      'held',
      'held',
      'sent',
    ]);
    expect(deliveries[10].lastError).toMatch(/^Held back/);
  });
});

describe('a web form', () => {
  const form = (subject: string, replyTo: string) =>
    mail({ from: 'Website <website@example.net>', subject, headers: { 'Reply-To': replyTo } });

  test('is the customer itself, unless the scanner takes Reply-To for the customer', async () => {
    await arrives(form('Form, plain', 'Carla <carla@customer.test>'));
    expect(await ticketBy('Form, plain')).toMatchObject({ contact: { email: 'website@example.net' } });

    await app.api('PUT', `/scanners/${scanner.documentId}`, { useReplyTo: true });
    await arrives(form('Form, honoured', 'Carla Customer <carla@customer.test>'), form('Form, to ourselves', 'support@example.com'));
    const ticket = await ticketBy('Form, honoured');
    expect(ticket).toMatchObject({ contact: { email: 'carla@customer.test', firstName: 'Carla', lastName: 'Customer' }, participants: [] });
    expect(ticket.replyTo.to).toMatchObject([{ address: 'carla@customer.test' }]);
    expect(ticket.comments[0]).toMatchObject({ authorAddress: 'website@example.net' });
    expect(await ticketBy('Form, to ourselves')).toMatchObject({ contact: { email: 'website@example.net' } });
  });

  test('that names somebody does not get into their tickets by a number', async () => {
    const { ticketNumber } = await ticketBy('Form, honoured');
    await arrives(
      mail({ from: 'mallory@evil.test', subject: `Re: [${ticketNumber}] I am Carla`, headers: { 'Reply-To': 'carla@customer.test' } }),
    );
    expect((await ticketBy('Form, honoured')).comments).toHaveLength(1);
    expect(await ticketBy(`Re: [${ticketNumber}] I am Carla`)).toMatchObject({ related: { ticketNumber } });
    await app.api('PUT', `/scanners/${scanner.documentId}`, { useReplyTo: false });
  });
});

describe('the logo of a signature', () => {
  const picture = (fill: number, size = 400): string =>
    Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(size, fill)]).toString('base64');
  const withLogo = (subject: string, from: string, logo: string): string =>
    mail({
      from,
      subject,
      headers: { 'Content-Type': 'multipart/related; boundary=b' },
      text: `--b\nContent-Type: text/html; charset=utf-8\n\n<p>Hello.</p><p>Jane<br><img src="cid:logo@x"></p>\n--b\nContent-Type: image/png; name=logo.png\nContent-ID: <logo@x>\nContent-Transfer-Encoding: base64\n\n${logo}\n--b--`,
    });
  /** Without the journal of what has left, which comes and goes by itself. */
  const filesOnDisk = () =>
    readdirSync(privateFolder(app.strapi), { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && !entry.name.endsWith('.jsonl'),
    ).length;
  const attachmentsOf = async (subject: string) => (await ticketBy(subject)).comments[0].attachments;

  test('is an attachment the first time; later it is kept once, and marked, and still shown in the HTML', async () => {
    await arrives(withLogo('Logo one', 'jane@logo.test', picture(1)));
    const before = filesOnDisk();
    await arrives(withLogo('Logo two', 'jane@logo.test', picture(1)), withLogo('Logo three', 'jane@logo.test', picture(1)));
    expect(filesOnDisk()).toBe(before);
    expect(await attachmentsOf('Logo one')).toMatchObject([{ name: 'logo.png', repeated: false }]);
    const [third] = await attachmentsOf('Logo three');
    expect(third).toMatchObject({ name: 'logo.png', repeated: true, contentId: 'logo@x', inline: true });
    const row = await app.strapi.db.query('plugin::mail-scanner.attachment').findOne({ where: { documentId: third.documentId } });
    expect(await readPrivateFile(app.strapi, row.key)).toHaveLength(408);

    // The one file stays as long as one of the tickets does.
    const [first, second] = [await ticketBy('Logo one'), await ticketBy('Logo two')];
    for (const { documentId } of [first, second]) await app.api('DELETE', `/tickets/${documentId}`);
    expect(await readPrivateFile(app.strapi, row.key)).toHaveLength(408);
  });

  test('of somebody else, another picture, and a large one are not marked', async () => {
    await arrives(withLogo('Logo of another', 'john@other.test', picture(1)), withLogo('New logo', 'jane@logo.test', picture(2)));
    await arrives(withLogo('Photo', 'jane@logo.test', picture(3, 200_000)));
    await arrives(withLogo('Photo again', 'jane@logo.test', picture(3, 200_000)));
    for (const subject of ['Logo of another', 'New logo', 'Photo again'])
      expect(await attachmentsOf(subject)).toMatchObject([{ repeated: false }]);
  });
});

describe('who vouches for a sender', () => {
  const checked = (n: number, results: string | null) =>
    mail({
      from: `somebody@domain${n % 4}.test`,
      subject: `Checked ${n} ${results}`,
      headers: results === null ? {} : { 'Authentication-Results': results },
    });
  const authserv = async () => (await app.api('GET', `/scanners/${scanner.documentId}`)).authserv;

  test('is learnt from what stands topmost in nearly all mail; then nobody else is believed', async () => {
    await app.strapi.db.query('plugin::mail-scanner.scanner').updateMany({ where: {}, data: { authservSeen: null } as never });
    expect(await authserv()).toEqual({ id: null, source: 'learning' });
    await arrives(...Array.from({ length: 25 }, (_, n) => checked(n, `mx.example.com; dmarc=pass header.from=domain${n % 4}.test`)));
    expect(await authserv()).toEqual({ id: 'mx.example.com', source: 'learnt' });

    await arrives(checked(100, 'mx.evil.test; dmarc=pass'), checked(101, 'mx.example.com; dmarc=pass'));
    expect((await ticketBy('Checked 100 mx.evil.test; dmarc=pass')).comments[0].verified).toBe(false);
    expect((await ticketBy('Checked 101 mx.example.com; dmarc=pass')).comments[0].verified).toBe(true);
  });

  test('is nobody where the server adds no results, so that what a sender writes is not believed', async () => {
    await app.strapi.db.query('plugin::mail-scanner.scanner').updateMany({ where: {}, data: { authservSeen: null } as never });
    await arrives(...Array.from({ length: 21 }, (_, n) => checked(200 + n, null)));
    expect(await authserv()).toEqual({ id: null, source: 'none' });
    await arrives(checked(300, 'mx.example.com; dmarc=pass'));
    expect((await ticketBy('Checked 300 mx.example.com; dmarc=pass')).comments[0].verified).toBe(false);
  });

  test('may be set by hand', async () => {
    await app.api('PUT', `/scanners/${scanner.documentId}`, { authservId: ' MX2.Example.com ' });
    expect(await authserv()).toEqual({ id: 'mx2.example.com', source: 'set' });
    await arrives(checked(400, 'mx2.example.com 1; spf=pass; dmarc=fail'), checked(401, 'mx2.example.com; dmarc=pass'));
    expect((await ticketBy('Checked 401 mx2.example.com; dmarc=pass')).comments[0].verified).toBe(true);
  });

  test('decides that a reply whose DMARC fails does not join a ticket on a number alone', async () => {
    await arrives(mail({ from: 'dora@strict.test', subject: 'My contract' }));
    const { ticketNumber } = await ticketBy('My contract');
    const forged = (results: string) =>
      mail({ from: 'dora@strict.test', subject: `Re: [${ticketNumber}] My contract`, headers: { 'Authentication-Results': results } });
    await arrives(forged('mx2.example.com; dmarc=fail'));
    expect((await ticketBy('My contract')).comments).toHaveLength(1);
    await arrives(forged('mx2.example.com; dmarc=pass'));
    expect((await ticketBy('My contract')).comments).toHaveLength(2);
  });
});
