import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { addressOf } from '../../server/services/inbox/content-entries';
import { startSite, type Site } from '../support/desk';
import { addScanner, eventually, setUpOutgoing } from '../support/helpdesk';

const COMMENT = 'plugin::mail-scanner.comment';
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mP8z8BQz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC',
  'base64',
);

let { app, server, sink, stop } = {} as Site;
let other: string;
let number = 0;

beforeAll(async () => {
  ({ app, server, sink, stop } = await startSite());
  await setUpOutgoing(app, sink);
  await addScanner(app, server, [{}], { fromAddress: 'desk@example.com' });
  other = await addUser('Other');
});

afterAll(() => stop?.());

afterEach(() => {
  sink.mails.length = 0;
  sink.failWith(undefined);
});

async function addUser(name: string): Promise<string> {
  const role = await app.strapi.service('admin::role')!.create({ name, description: name });
  const granted = ['read-tickets', 'reply-to-tickets'].map((uid) => ({
    action: `plugin::mail-scanner.${uid}`,
    subject: null,
    properties: {},
    conditions: [],
  }));
  await app.strapi.service('admin::role')!.assignPermissions(role.id, granted);
  const email = `${name.toLowerCase()}@example.com`;
  await app.strapi.service('admin::user')!.create({
    email,
    password: 'Passw0rd!test',
    firstname: name,
    lastname: 'Agent',
    isActive: true,
    registrationToken: null,
    roles: [role.id],
  });
  const { body } = await app.request('POST', '/admin/login', { email, password: 'Passw0rd!test' }, null);
  return body.data.token ?? body.data.accessToken;
}

const query = (type: string) => app.strapi.db.query(`plugin::mail-scanner.${type}` as never) as any;
const outbox = () => app.strapi.plugin('mail-scanner').service('outbox').deliver();
const privateFiles = (): string[] =>
  existsSync(path.join(app.folder, 'private'))
    ? (readdirSync(path.join(app.folder, 'private'), { recursive: true }) as string[]).filter((name) => /[0-9a-f]{48}$/.test(name))
    : [];

async function newTicket(data: Record<string, unknown> = {}): Promise<any> {
  number += 1;
  const email = `customer${number}@customer.test`;
  const contact = await app.strapi
    .documents('plugin::mail-scanner.contact')
    .create({ data: { email, firstName: 'Cus', lastName: 'Tomer' } as never });
  const ticket = await app.strapi
    .documents('plugin::mail-scanner.ticket')
    .create({ data: { title: `Request ${number}`, contact: contact.id, ...data } as never });
  return { ...ticket, contact, email };
}

const post = (ticket: any, body: object, token?: string) =>
  app.request('POST', `/tickets/${ticket.documentId}/comments`, { isPublic: true, ...body }, token);
const answer = (ticket: any, body: object) => app.api('POST', `/tickets/${ticket.documentId}/comments`, { isPublic: true, ...body });
const undo = (comment: any, token?: string) => app.request('POST', `/comments/${comment.documentId}/undo`, {}, token);

async function upload(
  name: string,
  content: Uint8Array,
  { mime = 'application/octet-stream', inline = false, token = '' } = {},
): Promise<{ status: number; body: any }> {
  const form = new FormData();
  form.append('inline', String(inline));
  form.append('files', new Blob([content as never], { type: mime }), name);
  const response = await fetch(`${app.base}/mail-scanner/attachments`, {
    method: 'POST',
    body: form,
    headers: { authorization: `Bearer ${token || (await superToken())}` },
  });
  return { status: response.status, body: await response.json() };
}

const uploaded = async (...args: Parameters<typeof upload>): Promise<any> => {
  const { status, body } = await upload(...args);
  expect(status, JSON.stringify(body)).toBe(201);
  return body.data;
};

let token: string | undefined;
const superToken = async (): Promise<string> =>
  (token ??= await app
    .request('POST', '/admin/login', { email: 'admin@example.com', password: 'Passw0rd!test' }, null)
    .then(({ body }) => body.data.token ?? body.data.accessToken));

describe('an answer with files', () => {
  test('leaves with them as parts of the email, pictures in the text where they stand, and shows them in the conversation', async () => {
    const ticket = await newTicket();
    const file = await uploaded('Müller – Angebot.pdf', Buffer.from('%PDF-1.4 not really'), { mime: 'application/pdf' });
    const picture = await uploaded('screen.png', PNG, { mime: 'image/png', inline: true });
    expect(picture).toMatchObject({ inline: true, mime: 'image/png', size: PNG.length });
    const html = `<p>Press <strong>here</strong>:</p><p><img src="cid:${picture.contentId}" alt="screen" onerror="steal()"></p><blockquote><p>It does not work.</p></blockquote><script>steal()</script>`;
    const comment = await answer(ticket, { html, attachments: [file.documentId, picture.documentId] });
    expect(comment.html).not.toMatch(/script|onerror/);
    expect(comment.text).toContain('Press here:');
    expect(comment.attachments.map(({ name, inline }: any) => [name, inline])).toEqual([
      ['Müller – Angebot.pdf', false],
      ['screen.png', true],
    ]);

    const [{ parsed, raw }] = await sink.received(1);
    expect(parsed.attachments.map(({ filename, contentType, size }) => [filename, contentType, size])).toEqual([
      ['screen.png', 'image/png', PNG.length],
      ['Müller – Angebot.pdf', 'application/pdf', 19],
    ]);
    expect(parsed.attachments[0]).toMatchObject({ related: true, contentDisposition: 'inline', cid: picture.contentId });
    expect(parsed.attachments[0].content.equals(PNG)).toBe(true);
    expect(parsed.attachments[1].content.toString()).toBe('%PDF-1.4 not really');
    // mixed ( alternative ( plain, related ( html, png ) ), pdf ), as every mail program wants it.
    expect([...raw.matchAll(/^Content-Type: (multipart\/\w+|text\/\w+|image\/\w+|application\/\w+)/gm)].map(([, type]) => type)).toEqual([
      'multipart/mixed',
      'multipart/alternative',
      'text/plain',
      'multipart/related',
      'text/html',
      'image/png',
      'application/pdf',
    ]);
    const source = raw.replace(/=\r\n/g, '');
    expect(source).toContain(`src=3D"cid:${picture.contentId}"`);
    expect(source).toContain('<blockquote style=3D"margin:0 0 0 8px');
    expect(parsed.text).toContain('Press here:');
  });

  test('is retried with the same files, and brings those of no earlier answer along', async () => {
    const ticket = await newTicket();
    const first = await uploaded('first.txt', Buffer.from('first'));
    const picture = await uploaded('p.png', PNG, { mime: 'image/png', inline: true });
    await answer(ticket, {
      html: `<p>One</p><img src="cid:${picture.contentId}" alt="drawing">`,
      attachments: [first.documentId, picture.documentId],
    });
    await sink.received(1);
    const second = await uploaded('second.bin', Buffer.alloc(2_000_000, 7));
    sink.failWith(() => ({ at: 'data', code: 451 }));
    await answer(ticket, { html: '<p>Two</p>', attachments: [second.documentId] });
    await eventually(() => query('delivery').findOne({ where: { ticket: { id: ticket.id }, attempts: 1, state: 'queued' } }));
    sink.failWith(undefined);
    await query('delivery').updateMany({ where: { state: 'queued' }, data: { nextAttemptAt: new Date() } });
    await outbox();
    const [, { parsed }] = await sink.received(2);
    expect(parsed.attachments.map(({ filename, size }) => [filename, size])).toEqual([['second.bin', 2_000_000]]);
    expect(parsed.html).toContain('[drawing]');
  });

  test('does not leave without them: a file that is gone is named on the delivery', async () => {
    const ticket = await newTicket();
    const file = await uploaded('contract.pdf', Buffer.from('pdf'), { mime: 'application/pdf' });
    const { key } = await query('attachment').findOne({ where: { documentId: file.documentId } });
    rmSync(path.join(app.folder, 'private', key.slice(0, 2), key));
    const comment = await answer(ticket, { text: 'See attached.', attachments: [file.documentId] });
    await outbox();
    expect(await query('delivery').findOne({ where: { comment: { id: comment.id } } })).toMatchObject({
      state: 'failed',
      lastError: expect.stringContaining('"contract.pdf" is not in the private folder'),
    });
    expect(sink.mails).toEqual([]);
  });

  test('takes no files of somebody else, none twice and none that is gone', async () => {
    const ticket = await newTicket();
    const foreign = await uploaded('theirs.txt', Buffer.from('x'), { token: other });
    const own = await uploaded('mine.txt', Buffer.from('y'));
    await answer(ticket, { text: 'First', isPublic: false, attachments: [own.documentId] });
    for (const documentId of [foreign.documentId, own.documentId, 'nothing']) {
      const refused = await post(ticket, { text: 'No', isPublic: false, attachments: [documentId] });
      expect(refused.status).toBe(400);
      expect(refused.body.error.message).toContain('not there any more');
    }
    expect(await query('comment').count({ where: { ticket: { id: ticket.id } } })).toBe(1);
    // What was sent cannot be discarded, nor what is somebody else's.
    await app.api('DELETE', `/attachments/${own.documentId}`);
    await app.api('DELETE', `/attachments/${foreign.documentId}`);
    expect(await query('attachment').count({ where: { documentId: { $in: [own.documentId, foreign.documentId] } } })).toBe(2);
  });

  test('has limits: a file, all files together, no empty file, something to say', async () => {
    const ticket = await newTicket();
    expect((await upload('empty.txt', Buffer.alloc(0))).status).toBe(400);
    const large = await upload('film.mp4', Buffer.alloc(10_000_001));
    expect([large.status, large.body.error.message]).toEqual([413, expect.stringContaining('10 MB')]);
    const two = [await uploaded('a.bin', Buffer.alloc(9_500_000)), await uploaded('b.bin', Buffer.alloc(9_500_000))];
    const refused = await post(ticket, { text: 'Both', attachments: two.map(({ documentId }) => documentId) });
    expect([refused.status, refused.body.error.message]).toEqual([400, expect.stringContaining('18 MB')]);
    expect((await post(ticket, { html: '<p> </p>' })).status).toBe(400);
    expect((await post(ticket, { html: '<p></p>', isPublic: false, attachments: [two[0].documentId] })).status).toBe(201);
    expect((await app.request('POST', '/attachments', {})).status).toBe(400);
  });

  test('what is never sent is swept up after a week, with its bytes; what was sent stays', async () => {
    const { sweepUploads } = await import('../../server/services/inbox/uploads');
    const ticket = await newTicket();
    const [sent, waiting, forgotten] = [
      await uploaded('sent.txt', Buffer.from('1')),
      await uploaded('waiting.txt', Buffer.from('2')),
      await uploaded('forgotten.txt', Buffer.from('3')),
    ];
    await answer(ticket, { text: 'With a file', isPublic: false, attachments: [sent.documentId] });
    const old = new Date(Date.now() - 8 * 24 * 3_600_000);
    await app.strapi.db
      .connection('mail_scanner_attachments')
      .whereIn('document_id', [sent.documentId, forgotten.documentId])
      .update({ updated_at: old });
    const before = privateFiles().length;
    await sweepUploads(app.strapi);
    expect(
      (
        await query('attachment').findMany({
          where: { documentId: { $in: [sent.documentId, waiting.documentId, forgotten.documentId] } },
          orderBy: { id: 'asc' },
        })
      ).map(({ name }: any) => name),
    ).toEqual(['sent.txt', 'waiting.txt']);
    expect(privateFiles().length).toBe(before - 1);
    await app.api('DELETE', `/attachments/${waiting.documentId}`);
    expect(privateFiles().length).toBe(before - 2);
  });
});

describe('ten seconds to take an answer back', () => {
  test('nothing leaves before, all comes back, and the outbox wakes by itself when they are over', async () => {
    const ticket = await newTicket({ ticketStatus: 'Open', participants: ['old@customer.test'] });
    const file = await uploaded('offer.txt', Buffer.from('offer'));
    const body = {
      html: '<p>Too fast</p>',
      attachments: [file.documentId],
      to: [{ address: ticket.email }],
      cc: [{ address: 'Boss@customer.test', name: 'Boss' }],
      ticketStatus: 'Closed',
      undoable: true,
    };
    const comment = await answer(ticket, body);
    expect(comment.delivery.undoSeconds).toBeGreaterThan(8);
    await outbox();
    expect(sink.mails).toEqual([]);
    expect((await app.api('GET', `/tickets/${ticket.documentId}`)).participants).toEqual(['old@customer.test', 'boss@customer.test']);
    expect((await undo(comment, other)).status).toBe(409);

    const { status, body: taken } = await undo(comment);
    expect(status).toBe(200);
    expect(taken.data).toMatchObject({
      html: '<p>Too fast</p>',
      ticketStatus: 'Closed',
      cc: [{ address: 'Boss@customer.test', name: 'Boss' }],
      attachments: [{ documentId: file.documentId, name: 'offer.txt' }],
    });
    const after = await app.api('GET', `/tickets/${ticket.documentId}`);
    expect(after).toMatchObject({ ticketStatus: 'Open', participants: ['old@customer.test'], comments: [] });
    expect(await query('delivery').count({ where: { ticket: { id: ticket.id } } })).toBe(0);
    expect((await undo(comment)).status).toBe(409);

    const started = Date.now();
    await answer(ticket, { ...body, html: '<p>Right</p>' });
    const [{ parsed, to }] = await sink.received(1, 15_000);
    expect(Date.now() - started).toBeGreaterThan(9_500);
    expect(parsed.text).not.toContain('Too fast');
    expect(parsed.attachments.map(({ filename }) => filename)).toEqual(['offer.txt']);
    expect(to.sort()).toEqual(['Boss@customer.test', ticket.email].sort());
  });

  test('either it is taken back or it leaves, never both and never neither', async () => {
    for (let round = 0; round < 12; round += 1) {
      const ticket = await newTicket();
      const comment = await answer(ticket, { text: `Round ${round}`, undoable: true });
      await query('delivery').updateMany({ where: { state: 'queued' }, data: { nextAttemptAt: new Date() } });
      const delivering = outbox();
      await new Promise((resolve) => setTimeout(resolve, round * 4));
      const [{ status }] = await Promise.all([undo(comment), delivering]);
      await outbox();
      expect([200, 409]).toContain(status);
      expect(sink.mails.filter(({ to }) => to.includes(ticket.email)).length).toBe(status === 200 ? 0 : 1);
      expect(await query('comment').count({ where: { documentId: comment.documentId } })).toBe(status === 200 ? 0 : 1);
    }
  });

  test('what can still be taken back is not told by another email in the meantime', async () => {
    const ticket = await newTicket();
    await answer(ticket, { text: 'I may regret this.', undoable: true });
    await app.strapi
      .documents(COMMENT)
      .create({ data: { text: 'By another door.', isPublic: true, source: 'api', ticket: ticket.id } as never });
    const [{ parsed }] = await sink.received(1);
    expect(parsed.text).toContain('By another door.');
    expect(parsed.text).not.toContain('regret');
  });

  test('an answer that nobody asked to hold back cannot be taken back', async () => {
    const ticket = await newTicket();
    const comment = await answer(ticket, { text: 'Now.' });
    expect(comment.delivery.undoSeconds).toBe(0);
    expect((await undo(comment)).status).toBe(409);
    await sink.received(1);
  });
});

describe('recipients', () => {
  test('are the usual ones unless others are chosen; who is added becomes a participant', async () => {
    const ticket = await newTicket();
    await answer(ticket, { text: 'As usual' });
    await sink.received(1);
    await answer(ticket, {
      text: 'To others',
      to: [{ address: 'Deputy@customer.test', name: 'The\r\nDeputy' }],
      cc: [{ address: ticket.email }, { address: 'deputy@customer.test' }],
    });
    const [usual, chosen] = await sink.received(2);
    expect(usual.to).toEqual([ticket.email]);
    expect(chosen.to).toEqual(['Deputy@customer.test', ticket.email]);
    expect(chosen.parsed.headers.get('to')).toMatchObject({ value: [{ address: 'Deputy@customer.test', name: 'The Deputy' }] });
    expect((await app.api('GET', `/tickets/${ticket.documentId}`)).participants).toEqual(['deputy@customer.test']);
  });

  test('that would be a loop, or are no addresses, are refused beside the field', async () => {
    const ticket = await newTicket();
    const pathsOf = async (body: object) => {
      const refused = await post(ticket, { text: 'No', ...body });
      expect(refused.status).toBe(400);
      return refused.body.error.details.errors.map(({ path }: any) => path.join('.'));
    };
    const to = [{ address: ticket.email }];
    expect(await pathsOf({ to, cc: [{ address: 'DESK@example.com' }, { address: 'support@example.com' }] })).toEqual(['cc.0', 'cc.1']);
    expect(await pathsOf({ to: [{ address: 'nobody' }, { address: 'a@b.test\r\nBcc: c@d.test' }] })).toEqual(['to.0', 'to.1']);
    expect(await pathsOf({ to: [] })).toEqual(['to']);
    expect(await query('comment').count({ where: { ticket: { id: ticket.id } } })).toBe(0);
  });

  test('of an internal note are nobody, whatever is asked for', async () => {
    const ticket = await newTicket();
    await answer(ticket, { text: 'Between us', isPublic: false, to: [{ address: 'victim@customer.test' }], undoable: true });
    await outbox();
    expect(sink.mails).toEqual([]);
    expect((await app.api('GET', `/tickets/${ticket.documentId}`)).participants ?? []).toEqual([]);
  });
});

test('who is answering is told to others, until they stop', async () => {
  const ticket = await newTicket();
  const beat = (answering: boolean, as?: string) => app.request('PUT', `/tickets/${ticket.documentId}/presence`, { answering }, as);
  const names = (people: any[]) => people.map(({ firstname }) => firstname);
  expect((await beat(true)).body.data.answering).toEqual([]);
  await beat(true);
  const seen = (await beat(true, other)).body.data.answering;
  expect(names(seen)).toEqual(['Ada']);
  expect(Object.keys(seen[0]).sort()).toEqual(['email', 'firstname', 'id', 'lastname']);
  expect(names((await app.api('GET', `/tickets/${ticket.documentId}`)).answering)).toEqual(['Other']);
  await beat(false, other);
  expect(names((await app.api('GET', `/tickets/${ticket.documentId}`)).answering)).toEqual([]);
  // Who goes without a word is forgotten.
  await app.strapi.db
    .connection('mail_scanner_leases')
    .where('name', 'like', 'answering:%')
    .update({ until: Date.now() - 1 });
  expect((await beat(true, other)).body.data.answering).toEqual([]);
  expect(await app.strapi.db.connection('mail_scanner_leases').where('name', 'like', 'answering:%')).toHaveLength(1);
});

test('canned replies are filled from the ticket, with its values escaped', async () => {
  const ticket = await newTicket({ title: '<b>$contacts-email$</b>' });
  const body =
    '<p onclick="x()">Dear $contacts-firstName|customer$, about $helpdesk-title$ ($helpdesk-ticket_no$): $helpdesk-comments$</p><p>$agent-name$</p><script>1</script>';
  const { documentId } = await app.api('POST', '/canned-replies', { name: 'Receipt', body });
  await app.api('POST', '/canned-replies', { name: 'Another', body: '<p>Hi</p>' });
  const replies = await app.api('GET', `/tickets/${ticket.documentId}/canned-replies`);
  expect(replies.map(({ name }: any) => name)).toEqual(['Another', 'Receipt']);
  expect(replies[1].html).toBe(`<p>Dear Cus, about &lt;b&gt;$contacts-email$&lt;/b&gt; (${ticket.ticketNumber}): </p><p>Ada Admin</p>`);
  expect(replies[1].unknownTags).toEqual(['$helpdesk-comments$']);
  expect((await app.request('POST', '/canned-replies', { name: '', body: '' })).body.error.details.errors).toHaveLength(2);
  await app.api('PUT', `/canned-replies/${documentId}`, { name: 'Renamed', body: '<p>$agent-firstName$</p>' });
  expect(await app.api('GET', `/canned-replies/${documentId}`)).toEqual({
    documentId,
    name: 'Renamed',
    body: '<p>$agent-firstName$</p>',
    folder: null,
    personal: false,
    files: [],
  });
  const tags = (await app.api('GET', '/canned-replies/tags')).map(({ tag }: any) => tag);
  expect(tags).toEqual(expect.arrayContaining(['$agent-name$', '$helpdesk-ticket_no$', '$contacts-firstName$']));
  expect(tags).not.toContain('$helpdesk-comments$');
  await app.api('DELETE', `/canned-replies/${documentId}`);
  expect((await app.request('PUT', `/canned-replies/${documentId}`, { name: 'Gone', body: '<p>x</p>' })).status).toBe(404);
});

test('a canned reply of one’s own is there for its owner alone, and what everybody has is kept by those who may', async () => {
  const shared = await app.api('POST', '/canned-replies', { name: 'For all', body: '<p>Ours</p>', folder: ' Billing ' });
  expect(shared).toMatchObject({ folder: 'Billing', personal: false });
  const as = (method: string, url: string, body?: object) => app.request(method, url, body, other);
  const mine = (await as('POST', '/canned-replies', { name: 'Mine', body: '<p>My own</p>' })).body.data;
  expect(mine).toMatchObject({ personal: true });
  const names = (replies: any[]) => replies.map(({ name }) => name);
  const ticket = await newTicket();
  expect(names((await as('GET', '/canned-replies')).body.data).sort()).toEqual(['Another', 'For all', 'Mine']);
  expect(names((await as('GET', `/tickets/${ticket.documentId}/canned-replies`)).body.data)).toContain('Mine');
  // Not even a super admin has it.
  expect(names(await app.api('GET', '/canned-replies'))).not.toContain('Mine');
  expect(names(await app.api('GET', `/tickets/${ticket.documentId}/canned-replies`))).not.toContain('Mine');
  expect(names((await app.api('GET', '/rule-schema')).cannedReplies)).toEqual(['Another', 'For all']);
  const input = { name: 'Taken', body: '<p>Taken</p>' };
  expect((await app.request('GET', `/canned-replies/${mine.documentId}`)).status).toBe(404);
  expect((await app.request('PUT', `/canned-replies/${mine.documentId}`, input)).status).toBe(404);
  await app.request('DELETE', `/canned-replies/${mine.documentId}`);
  expect((await as('GET', `/canned-replies/${mine.documentId}`)).status).toBe(200);

  expect((await as('PUT', `/canned-replies/${shared.documentId}`, input)).status).toBe(403);
  expect((await as('PUT', `/canned-replies/${shared.documentId}`, { ...input, personal: true })).status).toBe(403);
  expect((await as('DELETE', `/canned-replies/${shared.documentId}`)).status).toBe(403);
  expect((await as('PUT', `/canned-replies/${mine.documentId}`, { ...input, personal: false })).status).toBe(403);
  expect((await as('POST', '/canned-replies', { ...input, personal: false })).body.error).toMatchObject({
    status: 403,
    message: expect.stringContaining('canned replies of your own'),
    details: { said: { code: 'answer.onlyPersonal' } },
  });
  // What is left out stays.
  await app.api('PUT', `/canned-replies/${shared.documentId}`, { name: 'For all', body: '<p>Ours</p>' });
  expect(await app.api('GET', `/canned-replies/${shared.documentId}`)).toMatchObject({ folder: 'Billing' });
  await app.api('DELETE', `/canned-replies/${shared.documentId}`);
});

test('the files of a canned reply are attached with it each time, and go when it goes', async () => {
  const before = privateFiles().length;
  const file = await uploaded('manual.pdf', Buffer.from('%PDF-1.4 manual'), { mime: 'application/pdf' });
  const { documentId, files } = await app.api('POST', '/canned-replies', { name: 'Manual', body: '<p>See.</p>', files: [file.documentId] });
  expect(files).toEqual([{ id: expect.any(String), name: 'manual.pdf', mime: 'application/pdf', size: 15 }]);
  // It is the reply's now, and no upload that is swept up.
  expect(privateFiles()).toHaveLength(before + 1);
  for (const to of [await newTicket(), await newTicket()]) {
    const [upload] = (await app.request('POST', `/canned-replies/${documentId}/attachments`)).body.data;
    await answer(to, { text: 'See.', attachments: [upload.documentId] });
    const mail = await eventually(() => sink.mails.find((one) => one.to.includes(to.email)));
    expect(mail.parsed.attachments[0]).toMatchObject({ filename: 'manual.pdf', content: Buffer.from('%PDF-1.4 manual') });
  }
  const stolen = await uploaded('secret.txt', Buffer.from('x'), { token: other });
  const refused = await app.request('PUT', `/canned-replies/${documentId}`, {
    name: 'Manual',
    body: '<p>See.</p>',
    files: [stolen.documentId],
  });
  expect(refused.status).toBe(400);
  await app.api('PUT', `/canned-replies/${documentId}`, { name: 'Manual', body: '<p>See.</p>', files: [] });
  // Two answers hold a copy each, and the other's upload waits.
  expect(privateFiles()).toHaveLength(before + 3);
});

describe('links to the site’s content', () => {
  test('have every value encoded, and are none without it', () => {
    const pattern = 'https://example.com/{path}?v={n}';
    expect(addressOf(pattern, { path: 'help/zurück & co', n: 0 })).toBe('https://example.com/help/zur%C3%BCck%20%26%20co?v=0');
    expect(addressOf(pattern, { path: '', n: 1 })).toBeNull();
    expect(addressOf('', {})).toBeNull();
  });

  const entries = async (token?: string, query = '') =>
    (await app.request('GET', `/content-entries?search=${encodeURIComponent('return')}${query}`, undefined, token)).body.data;
  const grant = async (name: string, fields: string[], conditions: string[] = []) => {
    const role = await app.strapi.db.query('admin::role').findOne({ where: { name } });
    const action = (uid: string) => ({ action: `plugin::mail-scanner.${uid}`, subject: null, properties: {}, conditions: [] });
    const read = {
      action: 'plugin::content-manager.explorer.read',
      subject: 'api::article.article',
      properties: { fields, locales: ['en', 'de'] },
      conditions,
    };
    await app.strapi
      .service('admin::role')!
      .assignPermissions(role.id, [...['read-tickets', 'reply-to-tickets'].map(action), ...(fields.length > 0 ? [read] : [])]);
  };
  let article: any;

  beforeAll(async () => {
    await app.strapi.plugin('i18n').service('locales').create({ code: 'de', name: 'German (de)' });
    const articles = app.strapi.documents('api::article.article' as never) as any;
    const answer = [
      {
        type: 'paragraph',
        children: [
          { type: 'text', text: 'Use the ' },
          { type: 'text', text: 'form', bold: true },
        ],
      },
    ];
    article = await articles.create({
      data: { title: 'How to return <goods>', slug: 'how-to-return', text: 'Print the **label**.<script>x()</script>', answer },
      status: 'published',
    });
    await articles.update({
      documentId: article.documentId,
      locale: 'de',
      data: { title: 'Waren zurückgeben (return)', slug: 'zurueck' },
      status: 'published',
    });
    await articles.create({ data: { title: 'Return of the draft', slug: 'draft' } });
  });

  test('are offered to people who see the entries in the Content Manager, published ones, in the language of the customer', async () => {
    expect(await entries()).toEqual([]);
    const links = [{ uid: 'api::article.article', title: 'title', url: 'https://example.com/{locale}/{slug}', text: 'text' }];
    await app.api('PUT', '/content-links', { links });
    const { documentId } = article;
    const english = {
      uid: 'api::article.article',
      type: 'Article',
      documentId,
      locale: 'en',
      title: 'How to return <goods>',
      hasText: true,
    };
    expect(await entries()).toEqual([{ ...english, url: 'https://example.com/en/how-to-return' }]);
    const ticket = await newTicket();
    await query('contact').update({ where: { id: ticket.contact.id }, data: { language: 'de' } });
    expect(await entries(undefined, `&ticket=${ticket.documentId}`)).toMatchObject([
      { locale: 'de', title: 'Waren zurückgeben (return)', url: 'https://example.com/de/zurueck', hasText: false },
    ]);
    expect((await app.request('GET', '/content-entries?search=x&ticket=none')).status).toBe(404);
    const html = (token?: string) => app.request('GET', `/content-entries/api::article.article/${documentId}?locale=en`, undefined, token);
    expect((await html()).body.data.html.trim()).toBe('<p>Print the <strong>label</strong>.</p>');
    await app.api('PUT', '/content-links', { links: [{ ...links[0], text: 'answer' }] });
    expect((await html()).body.data.html).toBe('<p>Use the <strong>form</strong></p>');

    // A role without the content type, one without its title, one without the text and the slug, and one that sees what it made itself.
    expect(await entries(other)).toEqual([]);
    expect((await html(other)).status).toBe(404);
    await grant('Other', ['slug', 'answer']);
    expect(await entries(other)).toEqual([]);
    expect((await html(other)).status).toBe(404);
    await grant('Other', ['title']);
    expect(await entries(other)).toEqual([{ ...english, url: null, hasText: false }]);
    expect((await html(other)).status).toBe(404);
    await grant('Other', ['title', 'slug', 'answer'], ['admin::is-creator']);
    expect(await entries(other)).toEqual([]);
    expect((await html(other)).status).toBe(404);
    await grant('Other', ['title', 'slug', 'answer']);
    expect(await entries(other)).toHaveLength(1);
  });

  test('lead to a server that the setting names, and to attributes that there are', async () => {
    const link = { uid: 'api::article.article', title: 'title', url: '', text: null };
    const said = async (change: object) =>
      (await app.request('PUT', '/content-links', { links: [{ ...link, ...change }] })).body.error?.details.errors.map(
        ({ path, said: { code } }: any) => [path.at(-1), code],
      );
    expect(await said({ url: 'https://{slug}.example.com/' })).toEqual([['url', 'content.url']]);
    expect(await said({ url: 'javascript:alert(1)//{slug}' })).toEqual([['url', 'content.url']]);
    expect(await said({ url: 'https://example.com/{nothing}' })).toEqual([['url', 'content.placeholder']]);
    expect(await said({ title: 'slugs', text: 'nothing' })).toEqual([
      ['title', 'content.noAttribute'],
      ['text', 'content.noAttribute'],
    ]);
    expect(await said({ uid: 'admin::user' })).toEqual([['uid', 'content.noType']]);
    expect(await said({})).toBeUndefined();
  });
});

describe('the first email of a ticket that begins with us', () => {
  const open = (body: object) => app.request('POST', '/tickets', { title: 'A recall', priority: 'Normal', assignee: null, ...body });

  test('has formats, files, people in copy and the address that was chosen, and can be taken back', async () => {
    const sales = await addScanner(app, server, [], { name: 'Sales', fromAddress: 'sales@example.com', fromName: 'Sales' });
    const file = await uploaded('recall.pdf', Buffer.from('%PDF-1.4 not really'), { mime: 'application/pdf' });
    const picture = await uploaded('screen.png', PNG, { mime: 'image/png', inline: true });
    const comment = {
      html: `<p>Look <strong>here</strong>: <img src="cid:${picture.contentId}" alt="screen"></p>`,
      isPublic: true,
      cc: [{ address: 'boss@recall.test', name: 'Boss' }],
      attachments: [file.documentId, picture.documentId],
      undoable: true,
    };
    const opened = await open({ contactEmail: 'nina@recall.test', contactName: 'Nina New', scanner: sales.documentId, comment });
    expect(opened.status, JSON.stringify(opened.body)).toBe(201);
    const ticket = await app.api('GET', `/tickets/${opened.body.data.documentId}`);
    const [first] = ticket.comments;
    expect(ticket).toMatchObject({ scanner: { name: 'Sales' }, participants: ['boss@recall.test'] });
    expect(first.delivery.undoSeconds).toBeGreaterThan(0);

    const { body } = await undo(first);
    expect(body.data).toMatchObject({
      cc: [{ address: 'boss@recall.test' }],
      attachments: [{ name: 'recall.pdf' }, { name: 'screen.png' }],
    });
    await app.strapi.db.query('plugin::mail-scanner.ticket').deleteMany({ where: { documentId: ticket.documentId } });

    const again = await open({ contactEmail: 'nina@recall.test', scanner: sales.documentId, comment: { ...comment, undoable: false } });
    expect(again.status, JSON.stringify(again.body)).toBe(201);
    await outbox();
    const [{ parsed, to }] = await sink.received(1);
    expect(parsed.from?.value).toEqual([{ address: 'sales@example.com', name: 'Sales' }]);
    expect(to).toEqual(['nina@recall.test', 'boss@recall.test']);
    expect(parsed.html).toContain('<strong>here</strong>');
    expect(parsed.attachments.map(({ filename }) => filename).sort()).toEqual(['recall.pdf', 'screen.png']);
  });

  test('opens no ticket without its files, and says so beside them', async () => {
    const comment = { text: 'Look', isPublic: true, attachments: ['gone'] };
    const { status, body } = await open({ title: 'Never', contactEmail: 'nina@recall.test', comment });
    expect(status).toBe(400);
    expect(body.error.details.errors[0].path).toEqual(['comment', 'attachments']);
    expect(await query('ticket').count({ where: { title: 'Never' } })).toBe(0);
  });

  test('is offered addresses, and canned replies as that contact would read them', async () => {
    await query('canned-reply').create({
      data: {
        name: 'Recall',
        body: '<p>Dear $contacts-firstName|Customer$ at $contacts-email$: $helpdesk-title$ $helpdesk-ticket_no$</p>',
      },
    });
    const offers = (asked: object) => app.api('GET', `/tickets/new?${new URLSearchParams(asked as Record<string, string>)}`);
    const htmlOf = async (asked: object) => (await offers(asked)).replies.find(({ name }: any) => name === 'Recall');
    const { senders, uploadLimits } = await offers({});
    expect(senders.map(({ address, scanner }: any) => [address, scanner === null])).toContainEqual(['sales@example.com', false]);
    expect(senders.filter(({ scanner }: any) => scanner === null).length).toBeLessThan(2);
    expect(uploadLimits.files).toBe(20);
    expect(await htmlOf({ contactEmail: 'NINA@recall.test ', title: 'Brakes' })).toMatchObject({
      html: '<p>Dear Nina at nina@recall.test: Brakes </p>',
      unknownTags: ['$helpdesk-ticket_no$'],
    });
    expect((await htmlOf({ contactEmail: 'new@recall.test', contactName: 'Otto Neu' })).html).toContain('Dear Otto at new@recall.test');
    expect((await htmlOf({})).html).toContain('Dear Customer at');
  });
});
