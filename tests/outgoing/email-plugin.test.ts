import { createTransport } from 'nodemailer';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { emailPluginTransport } from '../../server/services/outgoing/email-plugin';
import type { OutgoingMail } from '../../server/services/outgoing/transport';
import { addScanner, mail, setUpOutgoing } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { TestMailServer } from '../support/mail-server';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** Emails that leave by the Email plugin of the site, whatever provider that has. */

type Send = (options: any) => unknown;

const DELIVERY = 'plugin::mail-scanner.delivery';

let app: TestStrapi;
let sink: SmtpSink;
let server: TestMailServer;
let usual: { provider: Send; config: unknown };
const plugin = () => app.strapi.plugin('email') as unknown as { provider: { send: Send } };

beforeAll(async () => {
  app = await startStrapi();
  sink = await startSmtpSink();
  server = await startHoodiecrow();
  usual = { provider: plugin().provider.send, config: app.strapi.config.get('plugin::email') };
});
afterAll(async () => {
  await app?.stop();
  await sink?.stop();
  await server?.stop();
  if (app) removeFolder(app.folder);
});
afterEach(async () => {
  plugin().provider.send = usual.provider;
  app.strapi.config.set('plugin::email', usual.config);
  await app.strapi.db.query(DELIVERY).deleteMany({});
  sink.mails.length = 0;
});

/** The site sets up a provider, and the desk sends by it. */
async function provide(provider: string, send: Send, providerOptions: object = {}): Promise<void> {
  app.strapi.config.set('plugin::email', { ...(usual.config as object), provider, providerOptions });
  plugin().provider.send = send;
  await setUpOutgoing(app, sink, { transport: 'emailPlugin', host: '' });
}

/** What Strapi's provider for nodemailer does with its options. */
function byNodemailer(change: (options: any) => any = (options) => options): Send {
  const transporter = createTransport({ host: sink.host, port: sink.port, secure: false, ignoreTLS: true });
  return ({ from, to, cc, bcc, replyTo, subject, text, html, ...rest }) =>
    transporter.sendMail(change({ from, to, cc, bcc, replyTo, subject, text, html, ...rest }));
}

let number = 0;
async function answer(): Promise<{ ticket: any; contactEmail: string }> {
  number += 1;
  const contactEmail = `customer${number}@shop.test`;
  const ticket = await app.api('POST', '/tickets', { title: `Question ${number}`, contactEmail });
  await app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'An answer.', isPublic: true });
  return { ticket, contactEmail };
}
const deliver = () => app.strapi.plugin('mail-scanner').service('outbox').deliver();
const only = (): Promise<any> => app.strapi.db.query(DELIVERY).findOne({ where: {} });

test('it is offered where the site has a provider, and refused where it has none', async () => {
  expect(await app.api('GET', '/outgoing-mail')).toMatchObject({ emailProvider: null });
  await expect(setUpOutgoing(app, sink, { transport: 'emailPlugin' })).rejects.toThrow(/has no provider/);
  await provide('nodemailer', byNodemailer());
  expect(await app.api('GET', '/outgoing-mail')).toMatchObject({ emailProvider: 'nodemailer', transport: 'emailPlugin' });
});

test('the test email and answers go that way, with their own Message-ID, headers and sender', async () => {
  await provide('nodemailer', byNodemailer());
  expect(await app.api('POST', '/outgoing-mail/test', { to: 'boss@shop.test' })).toMatchObject({
    ok: true,
    message: expect.stringContaining('nodemailer'),
  });
  const { contactEmail } = await answer();
  await deliver();
  const { parsed, to } = (await sink.received(2))[1];
  const { state, messageId, sentMessageId } = await only();
  expect({ state, sentMessageId }).toEqual({ state: 'sent', sentMessageId: null });
  expect(parsed.messageId).toBe(`<${messageId}>`);
  expect(parsed.from?.text).toContain('support@example.com');
  expect(to).toEqual([contactEmail]);
});

test('files are handed on, pictures of the text with the name that the text calls them by', async () => {
  const { writeFile } = await import('node:fs/promises');
  const path = `${app.folder}/list.csv`;
  await writeFile(path, '1,2,3');
  await provide('nodemailer', byNodemailer());
  await emailPluginTransport(app.strapi).send(
    mailWith({
      attachments: [
        { name: 'list.csv', mime: 'text/csv', path, contentId: null },
        { name: 'logo.png', mime: 'image/png', path, contentId: 'logo@desk' },
      ],
    }),
    ATTEMPT,
  );
  const [{ parsed }] = await sink.received(1);
  expect(
    parsed.attachments.toReversed().map(({ filename, contentType, content, cid }) => [filename, contentType, content.toString(), cid]),
  ).toEqual([
    ['list.csv', 'text/csv', '1,2,3', undefined],
    ['logo.png', 'image/png', '1,2,3', 'logo@desk'],
  ]);
});

const ATTEMPT = { delivery: null, draft: null, isRepeated: false, keep: async () => {}, assertHeld: () => {} };
const mailWith = (more: Partial<OutgoingMail> = {}): OutgoingMail => ({
  from: { address: 'support@example.com', name: 'Support "Desk"' },
  to: [
    { address: 'one@shop.test', name: '' },
    { address: 'two@shop.test', name: '' },
  ],
  cc: [],
  subject: 'Hello',
  html: '<p>Hello <img src="cid:logo@desk"></p>',
  text: 'Hello',
  headers: {},
  messageId: 'own@example.com',
  ...more,
});

test('who has it already does not get it again', async () => {
  await provide('nodemailer', byNodemailer());
  await emailPluginTransport(app.strapi).send(mailWith({ onlyTo: ['two@shop.test'] }), ATTEMPT);
  const [received] = await sink.received(1);
  expect(JSON.stringify(received)).not.toContain('one@shop.test');
});

test('who is in blind copy gets it unseen, and where they alone lack it, each by themselves', async () => {
  const unseen = ['three@shop.test', 'four@shop.test'];
  const bcc = unseen.map((address) => ({ address, name: '' }));
  await provide('nodemailer', byNodemailer());
  await emailPluginTransport(app.strapi).send(mailWith({ bcc }), ATTEMPT);
  const [all] = await sink.received(1);
  expect(all.to).toEqual(['one@shop.test', 'two@shop.test', ...unseen]);
  expect(all.raw).not.toMatch(/three|four|^bcc/im);
  sink.mails.length = 0;
  await emailPluginTransport(app.strapi).send(mailWith({ bcc, onlyTo: unseen }), ATTEMPT);
  const each = await sink.received(2);
  expect(each.map(({ to }) => to)).toEqual([['three@shop.test'], ['four@shop.test']]);
  expect(each.map(({ raw }) => unseen.filter((address) => raw.includes(address)))).toEqual([['three@shop.test'], ['four@shop.test']]);
});

test('each provider gets people, headers and files as it reads them, and files that one would drop are refused', async () => {
  const { writeFile } = await import('node:fs/promises');
  const path = `${app.folder}/terms.txt`;
  await writeFile(path, 'Terms');
  const seen: any[] = [];
  const attachments = [{ name: 'terms.txt', mime: 'text/plain', path, contentId: null }];
  const headers = { 'In-Reply-To': '<first@shop.test>' };
  await provide('mailgun', (options) => void seen.push(options));
  await emailPluginTransport(app.strapi).send(
    mailWith({ attachments, headers, from: { address: 'support@example.com', name: 'Été' } }),
    ATTEMPT,
  );
  expect(seen[0]).toMatchObject({
    from: 'Été <support@example.com>',
    to: ['one@shop.test', 'two@shop.test'],
    'h:In-Reply-To': '<first@shop.test>',
    'h:Message-ID': '<own@example.com>',
    attachment: [{ filename: 'terms.txt', data: Buffer.from('Terms') }],
  });
  await provide('amazon-ses', (options) => void seen.push(options));
  await expect(emailPluginTransport(app.strapi).send(mailWith({ attachments }), ATTEMPT)).rejects.toThrow(/sends no files/);
  await emailPluginTransport(app.strapi).send(mailWith(), ATTEMPT);
  expect(seen).toHaveLength(2);
});

test.each([
  ['in its answer', { messageId: '<theirs-1@provider.test>' }, 'theirs-1@provider.test'],
  ['in the first of its answers', [{ id: '<theirs-2@provider.test>' }, {}], 'theirs-2@provider.test'],
  ['as an id that is no Message-ID', { id: 'c7f2' }, null],
  ['in no answer', undefined, null],
])('another Message-ID is noted where the provider tells it %s', async (_, told, sentMessageId) => {
  await provide('rewriting', () => told);
  await answer();
  await deliver();
  expect(await only()).toMatchObject({ state: 'sent', sentMessageId });
});

test('an answer of the customer joins its ticket though the provider drops headers and gives the email another Message-ID', async () => {
  await provide(
    'rewriting',
    byNodemailer(({ messageId: _, headers: __, ...options }) => ({ ...options, messageId: '<theirs@provider.test>' })),
  );
  const { ticket, contactEmail } = await answer();
  await deliver();
  const [{ parsed }] = await sink.received(1);
  const scanner = await addScanner(app, server);
  await server.append(
    'INBOX',
    mail({ from: contactEmail, subject: `Re: ${parsed.subject}`, text: 'Thanks!', headers: { 'In-Reply-To': '<theirs@provider.test>' } }),
  );
  expect(await app.api('POST', `/scanners/${scanner.documentId}/run`)).toMatchObject({ byOutcome: { processed: 1 } });
  const comments = await app.strapi.db
    .query('plugin::mail-scanner.comment')
    .findMany({ where: { ticket: { documentId: ticket.documentId } } });
  expect(comments).toHaveLength(2);
});

test.each([
  ['what it refuses for good is given up', { statusCode: 422, message: 'The address is invalid.' }, 'failed'],
  ['what an SMTP server refuses for good is given up', { responseCode: 550, command: 'RCPT TO', message: 'No such user' }, 'failed'],
  ['what may pass is tried again', { code: 503, message: 'Busy' }, 'queued'],
  ['a key that is refused is mended by people', { code: 401, message: 'Bad key SG.key-of-the-site-1234' }, 'queued'],
])('%s', async (_, failure, state) => {
  await provide('api', () => Promise.reject(Object.assign(new Error(failure.message), failure)), { apiKey: 'SG.key-of-the-site-1234' });
  await answer();
  await deliver();
  const { lastError, ...row } = await only();
  expect(row).toMatchObject({ state });
  expect(lastError).toMatch(/Email plugin of this site \(api\)/);
  expect(lastError).not.toContain('key-of-the-site');
});

test('a late answer counts; after none at all the email is not sent again by itself', async () => {
  await provide('slow', () => new Promise((resolve) => setTimeout(resolve, 100, { messageId: '<late@provider.test>' })));
  expect(await emailPluginTransport(app.strapi).send(mailWith(), ATTEMPT)).toMatchObject({ sentMessageId: 'late@provider.test' });
  await provide('silent', () => new Promise(() => {}));
  await expect(emailPluginTransport(app.strapi, 50).send(mailWith(), ATTEMPT)).rejects.toMatchObject({
    permanent: true,
    message: expect.stringContaining('Perhaps this email was sent'),
  });
});
