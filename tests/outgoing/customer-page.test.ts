import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { forgetPageAnswers } from '../../server/services/operations/page-answers';
import { linkToken } from '../../server/services/settings/customer-links';
import { startDesk, type Desk } from '../support/desk';
import { eventually, mail } from '../support/helpdesk';

/** The page on which a customer reads and answers their ticket by the link of an email. */

let desk: Desk;
let app: Desk['app'];

const LINE = '<p>$helpdesk-ticket_link$</p>';
const BODY = `<p>$helpdesk-replyabove$</p>${LINE}$helpdesk-comments$`;

beforeAll(async () => {
  desk = await startDesk();
  app = desk.app;
  await app.api('PUT', '/settings', { publicUrl: app.base, staffDomains: ['ours.test'], emailLanguages: ['de'] });
  await app.api('PUT', '/email-templates/change-comments', {
    subject: 'Re: $helpdesk-title$ [$helpdesk-ticket_no$] $helpdesk-ticket_link$',
    body: BODY,
  });
});

afterAll(() => desk?.stop());

beforeEach(() => {
  desk.sink.mails.length = 0;
});

const query = (type: string): any => app.strapi.db.query(`plugin::mail-scanner.${type}` as never);
const deliver = () => app.strapi.plugin('mail-scanner').service('outbox').deliver();
const ticketOf = (email: string): Promise<any> => query('ticket').findOne({ where: { contact: { email } }, orderBy: { id: 'desc' } });
const mailsTo = (address: string) => desk.sink.mails.filter(({ to }) => to.includes(address)).map(({ parsed }) => parsed);
const LINK = /http[^"\s]+\/api\/mail-scanner\/customer#([\w.-]+)/;
const tokenIn = ({ html }: { html?: string | false }): string | undefined => LINK.exec(String(html))?.[1];

let count = 0;
/** A customer's ticket that was answered, with the token in the email that they got. */
async function answered(more: object = {}): Promise<{ email: string; ticket: any; token: string }> {
  const email = `jane${(count += 1)}@customer.test`;
  await desk.arrives(
    mail({ from: `Jane Doe <${email}>`, subject: 'A lamp', text: 'It is dark.', messageId: `<dark${count}@customer.test>` }),
  );
  const { documentId } = await ticketOf(email);
  await app.api('POST', `/tickets/${documentId}/comments`, { html: '<p>Is it <b>on</b>?</p>', isPublic: true, ...more });
  await deliver();
  return { email, ticket: await ticketOf(email), token: tokenIn(mailsTo(email)[0])! };
}

async function call(token: string, method: string, path: string, body?: FormData | object) {
  const isForm = body instanceof FormData;
  const response = await fetch(`${app.base}/api/mail-scanner/customer/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && !isForm ? { 'content-type': 'application/json' } : {}) },
    body: body && !isForm ? JSON.stringify(body) : body,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: text.startsWith('{') ? JSON.parse(text) : null };
}
const read = async (token: string) => (await call(token, 'GET', 'ticket')).body?.data;
const textsOf = ({ comments }: any): string[] => comments.map(({ text }: any) => text);

test('the link stands in an email to the customer alone; where anybody else gets it, the line is left out', async () => {
  const { email, ticket, token } = await answered();
  expect(token).toBeTruthy();
  const [{ html, subject, text }] = mailsTo(email);
  expect(html).toMatch(/<a href="[^"]+#[^"]+">See and answer your request online<\/a>/);
  expect(text).toContain('/api/mail-scanner/customer#');
  expect(subject).toBe(`Re: A lamp [${ticket.ticketNumber}]`);
  const comment = { text: 'And now?', isPublic: true };
  const others = [
    { to: [{ address: email }], cc: [{ address: 'boss@customer.test' }] },
    { to: [{ address: email }], bcc: [{ address: 'hidden@customer.test' }] },
    { to: [{ address: 'supplier@other.test' }] },
  ];
  for (const people of others) await app.api('POST', `/tickets/${ticket.documentId}/comments`, { ...comment, ...people });
  await deliver();
  const more = desk.sink.mails.slice(1);
  expect(more).toHaveLength(3);
  for (const { parsed } of more) {
    expect(tokenIn(parsed)).toBeUndefined();
    expect(parsed.html).not.toContain('See and answer');
  }
  await app.api('PUT', '/settings', { ticketLinkUrl: 'https://shop.test/my-request' });
  desk.sink.mails.length = 0;
  await app.api('POST', `/tickets/${ticket.documentId}/comments`, { ...comment, to: [{ address: email }], cc: [] });
  await deliver();
  await app.api('PUT', '/settings', { ticketLinkUrl: '' });
  expect(mailsTo(email)[0].html).toMatch(/href="https:\/\/shop\.test\/my-request#[\w.-]+"/);
});

test('shows what an email to the customer would repeat: nothing internal, nothing asked aside, no address of ours', async () => {
  const { email, ticket, token } = await answered();
  const { documentId } = ticket;
  await app.api('POST', `/tickets/${documentId}/comments`, { text: 'Difficult customer.', isPublic: false });
  await app.api('POST', `/tickets/${documentId}/comments`, {
    text: 'Have you a bulb?',
    isPublic: true,
    to: [{ address: 'bulb@supplier.test' }],
  });
  await app.api('POST', `/tickets/${documentId}/comments`, { text: 'Taken back, perhaps.', isPublic: true, undoable: true });
  await app.api('POST', `/tickets/${documentId}/comments`, {
    text: 'Next year.',
    isPublic: true,
    sendAt: new Date(Date.now() + 9_000_000).toISOString(),
  });
  await deliver();
  const [toSupplier] = mailsTo('bulb@supplier.test');
  await desk.arrives(
    mail({ from: 'bulb@supplier.test', subject: 'Re: bulb', text: 'Yes, cheap.', headers: { 'In-Reply-To': toSupplier.messageId! } }),
    mail({
      from: 'ada@ours.test',
      to: `${email}, support@example.com`,
      text: 'From my phone.',
      headers: { References: mailsTo(email)[0].messageId! },
    }),
  );
  const seen = await read(token);
  expect(seen).toMatchObject({ ticketNumber: ticket.ticketNumber, title: 'A lamp', language: 'en', before: null });
  expect(textsOf(seen)).toEqual(['It is dark.', expect.stringContaining('Is it on?'), 'From my phone.']);
  expect(seen.comments.map(({ by, author }: any) => [by, author])).toEqual([
    ['customer', 'Jane Doe'],
    ['support', expect.any(String)],
    ['support', null],
  ]);
  expect(seen.comments[1].html).toContain('<b>on</b>');
  expect(JSON.stringify(seen)).not.toMatch(/ours\.test|supplier|bulb|admin@/);
});

test('a link that is forged, over, of another kind or of another ticket opens nothing, and nothing tells why', async () => {
  const { ticket, token } = await answered();
  const { token: others } = await answered();
  const parts = token.split('.');
  const { id, messageId } = await query('delivery').findOne({ where: { ticket: { id: ticket.id } } });
  const expiresAt = new Date(Date.now() + 60_000);
  const forged = [
    '',
    'nothing',
    [others.split('.')[0], ...parts.slice(1)].join('.'),
    [parts[0], 'zzzzzz', ...parts.slice(2)].join('.'),
    `${parts.slice(0, 3).join('.')}.${'A'.repeat(43)}`,
    linkToken(app.strapi, 'rating', { delivery: id, messageId, expiresAt })!,
    linkToken(app.strapi, 'ticket', { delivery: id, messageId: `${messageId} other@customer.test`, expiresAt })!,
    linkToken(app.strapi, 'ticket', { delivery: 99_999_999, messageId, expiresAt })!,
  ];
  const answers = [];
  for (const each of forged)
    for (const [method, path] of [
      ['GET', 'ticket'],
      ['POST', 'comments'],
      ['POST', 'close'],
    ])
      answers.push(await call(each, method, path, method === 'POST' ? { text: 'Let me in.' } : undefined));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(answers[0]).toMatchObject({ status: 404, body: { error: { name: 'gone', message: expect.stringContaining('not valid') } } });
  expect(textsOf(await read(token))).not.toContain('Let me in.');
  expect((await call(others, 'GET', 'files/abc')).status).toBe(404);
});

test('programs that follow the link change nothing, and nothing of it is kept on the way', async () => {
  const { ticket, token } = await answered();
  const before = await query('ticket').findOne({ where: { id: ticket.id } });
  const page = await fetch(`${app.base}/api/mail-scanner/customer`);
  const html = await page.text();
  expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'.*script-src 'sha256-.*connect-src 'self'/);
  expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
  expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  expect(html).not.toMatch(/ on\w+="|<script src|<link/);
  for (const method of ['GET', 'HEAD']) {
    const { status, headers } = await call(token, method, 'ticket');
    expect([status, headers.get('cache-control')]).toEqual([200, 'private, no-store']);
  }
  expect((await call(token, 'GET', 'close')).status).toBe(404);
  expect(await query('ticket').findOne({ where: { id: ticket.id } })).toEqual(before);
});

test('an answer becomes a comment of the customer: the ticket opens again, the team is told, no email goes, and ours goes on by email', async () => {
  const { email, ticket, token } = await answered({ ticketStatus: 'Wait For Response' });
  desk.sink.mails.length = 0;
  await app.api('PUT', `/tickets/${ticket.documentId}`, {
    ticketStatus: 'Closed',
    assignee: (await app.strapi.db.query('admin::user').findOne({}))!.id,
  });
  const form = new FormData();
  form.set('text', '  It is on.\nStill dark <b>!</b>  ');
  form.append('files', new Blob(['a picture']), 'lamp.png');
  form.append('files', new Blob(['']), '');
  expect(await call(token, 'POST', 'comments', form)).toMatchObject({ status: 201 });
  await deliver();
  expect(desk.sink.mails).toEqual([]);
  const after = await app.api('GET', `/tickets/${ticket.documentId}`);
  expect(after).toMatchObject({ ticketStatus: 'Open' });
  const comment = after.comments.at(-1);
  expect(comment).toMatchObject({
    text: 'It is on.\nStill dark <b>!</b>',
    source: 'page',
    isPublic: true,
    authorName: 'Jane Doe',
    contact: { email },
    attachments: [{ name: 'lamp.png', size: 9 }],
  });
  await eventually(async () =>
    (await app.api('GET', '/notices')).some(({ kind, ticket: of }: any) => kind === 'answer' && of.documentId === ticket.documentId),
  );
  const activities = await app.api('GET', `/tickets/${ticket.documentId}/activities`);
  expect(activities).toContainEqual(
    expect.objectContaining({ kind: 'status', actorKind: 'customer', detail: { from: 'Closed', to: 'Open' } }),
  );

  const seen = await read(token);
  expect(seen.comments.at(-1)).toMatchObject({
    by: 'customer',
    html: expect.stringContaining('Still dark &lt;b&gt;!&lt;/b&gt;'),
    files: [{ name: 'lamp.png' }],
  });
  const file = await call(token, 'GET', `files/${seen.comments.at(-1).files[0].id}`);
  expect([file.status, file.text, file.headers.get('content-disposition')]).toEqual([
    200,
    'a picture',
    expect.stringContaining('attachment'),
  ]);
  const { token: strangers } = await answered();
  expect((await call(strangers, 'GET', `files/${seen.comments.at(-1).files[0].id}`)).status).toBe(404);

  desk.sink.mails.length = 0;
  await app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'Try another bulb.', isPublic: true });
  await deliver();
  const [ours] = mailsTo(email);
  expect(ours.inReplyTo).toBe(`<dark${email.replace(/\D/g, '')}@customer.test>`);
  expect(ours.text).toContain('Still dark');
  await desk.arrives(mail({ from: email, subject: 'Other words', text: 'Thanks!', headers: { 'In-Reply-To': ours.messageId! } }));
  expect(textsOf(await read(tokenIn(ours)!)).slice(-2)).toEqual(['Try another bulb.', 'Thanks!']);
});

test('what is sent again because no answer came is one comment, also at the same moment, and files come once', async () => {
  const { ticket, token } = await answered();
  const send = (text: string, key: string) => {
    const form = new FormData();
    form.set('text', text);
    form.set('key', key);
    form.append('files', new Blob(['a picture']), 'lamp.png');
    return call(token, 'POST', 'comments', form);
  };
  const key = 'a'.repeat(32);
  const files = () =>
    (readdirSync(path.join(app.folder, 'private'), { recursive: true }) as string[]).filter((name) => /[0-9a-f]{48}$/.test(name)).length;
  const both = await Promise.all([send('Once', key), send('Once', key)]);
  const kept = files();
  expect([...both, await send('Once', key)].map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(files()).toBe(kept);
  await send('Twice', 'b'.repeat(32));
  await send('No key', '<b>');
  const { comments } = await app.api('GET', `/tickets/${ticket.documentId}`);
  expect(comments.slice(2).map(({ text, attachments }: any) => [text, attachments.length])).toEqual([
    ['Once', 1],
    ['Twice', 1],
    ['No key', 1],
  ]);
  const rows = () => app.strapi.db.connection('mail_scanner_page_answers').where({ ticket_id: ticket.id });
  await rows().where({ answer_key: key }).update({ at: 1 });
  await forgetPageAnswers(app.strapi);
  expect((await rows()).map(({ answer_key: left }: any) => left)).toEqual(['b'.repeat(32)]);
});

test('what somebody writes on the page is checked and limited, in their language', async () => {
  const { email, token, ticket } = await answered();
  await query('contact').updateMany({ where: { email }, data: { language: 'de' } });
  const empty = await call(token, 'POST', 'comments', { text: '   ' });
  expect(empty).toMatchObject({ status: 400, body: { error: { name: 'empty', message: expect.stringContaining('Bitte schreiben') } } });
  const large = new FormData();
  large.append('files', new Blob([new Uint8Array(10_000_001)]), 'large.bin');
  expect(await call(token, 'POST', 'comments', large)).toMatchObject({ status: 413, body: { error: { name: 'tooLarge' } } });
  const many = await Promise.all(Array.from({ length: 21 }, (_, number) => call(token, 'POST', 'comments', { text: `${number}` })));
  expect(many.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 20 }, () => 201), 429]);
  expect(many.find(({ status }) => status === 429)!.body.error.name).toBe('often');
  expect(await query('comment').count({ where: { ticket: { id: ticket.id } } })).toBe(22);
});

test('the customer closes their ticket, and no email tells them that they did', async () => {
  await app.api('PUT', '/email-templates/ticket-closed', { active: true });
  const { email, ticket, token } = await answered();
  desk.sink.mails.length = 0;
  expect((await call(token, 'POST', 'close')).status).toBe(200);
  expect((await call(token, 'POST', 'close')).status).toBe(200);
  await query('delivery').updateMany({ where: { state: 'queued' }, data: { nextAttemptAt: new Date() } });
  await deliver();
  await app.api('PUT', '/email-templates/ticket-closed', { active: false });
  expect(mailsTo(email)).toEqual([]);
  expect((await read(token)).ticketStatus).toBe('Closed');
  const [entry] = await app.api('GET', `/tickets/${ticket.documentId}/activities`);
  expect(entry).toMatchObject({ kind: 'status', actorKind: 'customer', detail: { to: 'Closed' } });
});

test('a link ends with the address, the contact and the ticket that it was made for, and when links are switched off', async () => {
  const gone = async (token: string) => (await call(token, 'GET', 'ticket')).status === 404;
  const moved = await answered();
  await app.api('PUT', '/settings', { ticketLinkDays: 0 });
  expect(await gone(moved.token)).toBe(true);
  await app.api('PUT', '/settings', { ticketLinkDays: 60 });
  expect(await gone(moved.token)).toBe(false);
  const contact = await query('contact').findOne({ where: { email: moved.email } });
  await query('contact').update({ where: { id: contact.id }, data: { email: 'new@customer.test' } });
  expect(await gone(moved.token)).toBe(true);

  const merged = await answered();
  const other = await answered();
  await app.api('POST', `/tickets/${merged.ticket.documentId}/merge`, { into: other.ticket.documentId });
  expect(await gone(merged.token)).toBe(true);
  expect(textsOf(await read(other.token))).toHaveLength(2);

  const erased = await answered();
  const { documentId } = await query('contact').findOne({ where: { email: erased.email } });
  await app.api('DELETE', `/contacts/${documentId}`);
  expect(await gone(erased.token)).toBe(true);
  const deleted = await answered();
  await app.api('DELETE', `/tickets/${deleted.ticket.documentId}`);
  expect(await gone(deleted.token)).toBe(true);
});

test('an answer that quotes the link hands it to nobody who gets the next email', async () => {
  const { email, ticket, token } = await answered();
  await desk.arrives(
    mail({
      from: email,
      subject: 'Re: A lamp',
      text: `See ${app.base}/api/mail-scanner/customer#${token} please.`,
      headers: { 'In-Reply-To': mailsTo(email)[0].messageId! },
    }),
  );
  desk.sink.mails.length = 0;
  await app.api('POST', `/tickets/${ticket.documentId}/comments`, {
    text: 'Yes.',
    isPublic: true,
    to: [{ address: email }],
    cc: [{ address: 'boss@customer.test' }],
  });
  await deliver();
  const [{ raw, parsed }] = desk.sink.mails;
  expect(parsed.text).toContain('please.');
  expect(raw.replace(/=\r?\n/g, '')).not.toContain(token.split('.')[3]);
});
