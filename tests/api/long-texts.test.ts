import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runHousekeeping } from '../../server/services/operations/housekeeping';
import { startDesk, type Desk } from '../support/desk';
import { eventually, mail } from '../support/helpdesk';

/** Strangers decide how long an email is and how many they send. What is stored, listed and shown is bounded, and nothing is lost. */

let desk: Desk;

const query = (type: string) => desk.app.strapi.db.query(`plugin::mail-scanner.${type}` as never) as any;
const documents = (type: string) => desk.app.strapi.documents(`plugin::mail-scanner.${type}` as never) as any;
const LINE = 'A line of a log that somebody pasted, naïve “quotes” included.\n';
const LONG = LINE.repeat(12_000);

beforeAll(async () => {
  desk = await startDesk();
});

afterAll(() => desk?.stop());

async function ticketOf(subject: string): Promise<any> {
  const [{ documentId }] = await desk.app.api('GET', `/tickets?search=${encodeURIComponent(subject)}`);
  return desk.app.api('GET', `/tickets/${documentId}`);
}

const bytesOf = async ({ documentId }: { documentId: string }): Promise<string> =>
  (await desk.app.request('GET', `/attachments/${documentId}`)).body;

describe('an email of very many words', () => {
  test('is cut where it is stored, and is whole as a file of the message', async () => {
    await desk.arrives(mail({ subject: 'Endless log', text: LONG }));
    const { description, comments } = await ticketOf('Endless log');
    expect(Buffer.byteLength(description)).toBeLessThanOrEqual(200_000);
    expect(LONG.startsWith(description.slice(0, 190_000))).toBe(true);
    for (const name of ['text', 'visibleText']) {
      expect(Buffer.byteLength(comments[0][name])).toBeLessThanOrEqual(200_000);
      expect(comments[0][name].length).toBeGreaterThan(150_000);
      expect(comments[0][name]).not.toContain('\uFFFD');
    }
    expect(comments[0].attachments).toMatchObject([{ name: 'message.txt', mime: 'text/plain', wholeOf: 'text' }]);
    expect((await bytesOf(comments[0].attachments[0])).trim()).toBe(LONG.trim());
  });

  test('keeps its HTML well-formed where it is cut', async () => {
    const html = `<div><table><tr><td>${'<p>A <b>bold</b> paragraph &amp; more.</p>'.repeat(9_000)}</td></tr></table></div>`;
    await desk.arrives(mail({ subject: 'Endless letter', text: html, headers: { 'Content-Type': 'text/html; charset=utf-8' } }));
    const { comments } = await ticketOf('Endless letter');
    const cut: string = comments[0].html;
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(200_000);
    expect(cut).toMatch(/<\/td><\/tr>(<\/tbody>)?<\/table><\/div>$/);
    for (const tag of ['div', 'table', 'td', 'p', 'b']) expect(cut.split(`<${tag}>`).length).toBe(cut.split(`</${tag}>`).length);
    const whole = comments[0].attachments.find(({ wholeOf }: any) => wholeOf === 'html');
    expect((await bytesOf(whole)).split('paragraph').length).toBe(9_001);
  });

  test('is in no list, but for its first words', async () => {
    const list = await desk.app.request('GET', '/tickets');
    for (const ticket of list.body.data) {
      expect(ticket.conversation.lastMessage.excerpt.length).toBeLessThanOrEqual(141);
      expect(JSON.stringify(ticket).split('somebody pasted').length).toBeLessThan(10);
      expect(ticket).not.toHaveProperty('description');
    }
  });

  test('counts once, also when it was cut', async () => {
    const same = mail({ subject: 'Twice', text: LONG, messageId: '<twice@customer.test>' });
    expect(await desk.arrives(same)).toEqual({ processed: 1 });
    await desk.server.append('Copies', same).catch(() => {});
    expect((await ticketOf('Twice')).comments.length).toBe(1);
  });
});

describe('by other doors', () => {
  test('a long comment is cut and whole as a file, and its email brings the file along', async () => {
    const contact = await documents('contact').create({ data: { email: 'rest@customer.test' } });
    const ticket = await documents('ticket').create({ data: { title: 'By code', contact: contact.id } });
    const before = desk.sink.mails.length;
    await documents('comment').create({ data: { ticket: ticket.id, text: LONG, isPublic: true, source: 'api' } });
    const { comments } = await desk.app.api('GET', `/tickets/${ticket.documentId}`);
    expect(Buffer.byteLength(comments[0].text)).toBeLessThanOrEqual(200_000);
    expect(await bytesOf(comments[0].attachments[0])).toBe(LONG);
    const sent = await eventually(() => desk.sink.mails[before]);
    expect(sent.raw.length).toBeGreaterThan(LONG.length);
  });

  test('a comment that grows and grows again keeps the last whole alone', async () => {
    const ticket = await documents('ticket').create({ data: { title: 'Edited' } });
    const { documentId } = await documents('comment').create({ data: { ticket: ticket.id, text: 'Short.', isPublic: false } });
    for (const times of [1, 2]) await documents('comment').update({ documentId, data: { text: LONG.repeat(times) } });
    const { comments } = await desk.app.api('GET', `/tickets/${ticket.documentId}`);
    expect(comments[0].attachments.length).toBe(1);
    expect(
      createHash('sha256')
        .update(await bytesOf(comments[0].attachments[0]))
        .digest('hex'),
    ).toBe(createHash('sha256').update(LONG.repeat(2)).digest('hex'));
  });

  test('what fits into no row is refused with a sentence that names it', async () => {
    for (const [data, words] of [
      [{ title: 'Long', description: LONG }, /A description has at most 200 kB/],
      [{ title: 'Whoever', participants: 'everybody' }, /email addresses/],
      [{ title: 'Whoever', participants: [{ html: '<b>' }] }, /email addresses/],
      [{ title: 'Whoever', participants: ['jane@customer.test', 'not an address'] }, /email addresses/],
      [{ title: 'Whoever', participants: Array.from({ length: 51 }, (_, n) => `p${n}@customer.test`) }, /up to 50/],
    ] as const) {
      const answer = await desk.app.request('POST', '/tickets', data);
      expect([answer.status, answer.body.error.message]).toEqual([400, expect.stringMatching(words)]);
      await expect(documents('ticket').create({ data })).rejects.toThrow(words);
    }
    const ticket = await documents('ticket').create({ data: { title: 'Fine', participants: ['jane@customer.test'] } });
    expect((await desk.app.request('PUT', `/tickets/${ticket.documentId}`, { participants: { a: 1 } })).status).toBe(400);
    expect((await desk.app.request('PUT', `/tickets/${ticket.documentId}`, { participants: ['tom@customer.test'] })).status).toBe(200);
  });

  test('an answer that was cut is whole again when it is taken back', async () => {
    const contact = await documents('contact').create({ data: { email: 'undo@customer.test' } });
    const ticket = await documents('ticket').create({ data: { title: 'Undo', contact: contact.id } });
    const text = LINE.repeat(5_000);
    const comment = await desk.app.api('POST', `/tickets/${ticket.documentId}/comments`, { text, isPublic: true, undoable: true });
    expect(comment.text.length).toBeLessThan(text.length);
    const taken = await desk.app.api('POST', `/comments/${comment.documentId}/undo`);
    expect([taken.text, taken.attachments]).toEqual([text, []]);
  });
});

describe('a conversation', () => {
  test('comes in pages, newest first, until all of it was there', async () => {
    const ticket = await documents('ticket').create({ data: { title: 'Chatty' } });
    const texts = Array.from({ length: 120 }, (_, index) => `Message ${index}`);
    for (const [index, text] of texts.entries()) {
      await documents('comment').create({ data: { ticket: ticket.id, text, isPublic: false } });
      // A connection that is idle for five seconds is closed by the server.
      if (index % 10 === 0) await desk.app.api('GET', '/settings');
    }
    const page = await desk.app.api('GET', `/tickets/${ticket.documentId}`);
    expect([page.comments.length, page.earlierComments]).toEqual([50, 70]);
    const all = [...page.comments];
    for (let left = page.earlierComments; left > 0;) {
      const { body } = await desk.app.request('GET', `/tickets/${ticket.documentId}/comments?before=${all[0].documentId}`);
      all.unshift(...body.data);
      left = body.meta.earlier;
    }
    expect(all.map(({ text }) => text)).toEqual(texts);
    const other = await documents('ticket').create({ data: { title: 'Another' } });
    expect((await desk.app.request('GET', `/tickets/${other.documentId}/comments?before=${all[0].documentId}`)).status).toBe(404);
  });

  test('of long messages comes in smaller pages', async () => {
    const ticket = await documents('ticket').create({ data: { title: 'Wordy' } });
    for (let index = 0; index < 10; index += 1)
      await documents('comment').create({ data: { ticket: ticket.id, text: LINE.repeat(3_000), isPublic: false } });
    const { text } = await rawTicket(ticket.documentId);
    expect(text.length).toBeLessThan(2_500_000);
    const page = JSON.parse(text).data;
    expect(page.comments.length + page.earlierComments).toBe(10);
    expect(page.comments.length).toBeLessThan(10);
  });
});

async function rawTicket(documentId: string): Promise<{ text: string }> {
  return { text: JSON.stringify((await desk.app.request('GET', `/tickets/${documentId}`)).body) };
}

describe('what an earlier release stored', () => {
  test('is shown as far as it is kept today', async () => {
    const ticket = await documents('ticket').create({ data: { title: 'Old and long' } });
    const comment = await documents('comment').create({ data: { ticket: ticket.id, text: 'x', isPublic: true, source: 'email' } });
    await query('ticket').updateMany({ where: { id: ticket.id }, data: { description: LONG } });
    await query('comment').updateMany({ where: { id: comment.id }, data: { text: LONG, visibleText: LONG } });
    const shown = await desk.app.api('GET', `/tickets/${ticket.documentId}`);
    expect(shown.description.length).toBeLessThanOrEqual(200_000);
    expect(shown.comments[0].text.length).toBeLessThanOrEqual(200_000);
    expect(JSON.stringify((await desk.app.request('PUT', `/tickets/${ticket.documentId}`, { priority: 'High' })).body).length).toBeLessThan(
      300_000,
    );
  });
});

describe('the hourly tidying', () => {
  test('shortens what an earlier release stored, and keeps the whole as a file', async () => {
    const long = LINE.repeat(30_000);
    const contact = await documents('contact').create({ data: { email: 'tidy@customer.test' } });
    const ticket = await documents('ticket').create({ data: { title: 'To be tidied', contact: contact.id } });
    const byHand = await documents('ticket').create({ data: { title: 'Opened by hand' } });
    const comment = await documents('comment').create({ data: { ticket: ticket.id, text: 'x', isPublic: true, source: 'email' } });
    const html = `<div>${'<p>Old <b>words</b></p>'.repeat(20_000)}</div>`;
    await query('comment').updateMany({ where: { id: comment.id }, data: { text: long, visibleText: long, html } });
    for (const { id } of [ticket, byHand]) await query('ticket').updateMany({ where: { id }, data: { description: long } });
    await runHousekeeping(desk.app.strapi);
    const [{ text, visibleText, html: kept }] = await query('comment').findMany({ where: { id: comment.id } });
    for (const column of [text, visibleText, kept]) expect(Buffer.byteLength(column)).toBeLessThanOrEqual(200_000);
    expect(kept.endsWith('</div>')).toBe(true);
    const { comments, description } = await desk.app.api('GET', `/tickets/${ticket.documentId}`);
    expect(description.length).toBeLessThanOrEqual(200_000);
    expect(comments.length).toBe(1);
    expect(comments[0].attachments.map(({ wholeOf }: any) => wholeOf)).toEqual(['text', 'html']);
    expect(await bytesOf(comments[0].attachments[0])).toBe(long);
    const opened = await desk.app.api('GET', `/tickets/${byHand.documentId}`);
    expect(opened.comments.map(({ isPublic }: any) => isPublic)).toEqual([false]);
    expect(await bytesOf(opened.comments[0].attachments[0])).toBe(long);
    await runHousekeeping(desk.app.strapi);
    expect((await desk.app.api('GET', `/tickets/${ticket.documentId}`)).comments[0].attachments.length).toBe(2);
  });
});
