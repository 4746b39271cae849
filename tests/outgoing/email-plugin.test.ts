import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createTransport } from 'nodemailer';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { emailPluginTransport } from '../../server/services/outgoing/email-plugin';
import { optionsFor, type Parts } from '../../server/services/outgoing/email-shapes';
import { markOf, newMark } from '../../server/services/outgoing/site-mark';
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

describe('the published packages', () => {
  const parts: Parts = {
    from: { address: 'support@example.com', name: 'Été' },
    to: [
      { address: 'one@shop.test', name: 'One' },
      { address: 'two@shop.test', name: '' },
    ],
    cc: [{ address: 'three@shop.test', name: '' }],
    bcc: [{ address: 'four@shop.test', name: '' }],
    replyTo: 'support@example.com',
    subject: 'Hello',
    text: 'Hello',
    html: '<p>Hello</p>',
    messageId: '<own@example.com>',
    headers: { 'In-Reply-To': '<first@shop.test>' },
    files: [
      { name: 'terms.txt', mime: 'text/plain', content: 'VGVybXM=', contentId: null },
      { name: 'logo.png', mime: 'image/png', content: 'VGVybXM=', contentId: 'logo@desk' },
    ],
  };

  test('of Mailgun takes headers as fields, and files as bytes', () => {
    const options = optionsFor('mailgun', parts);
    expect(options).toMatchObject({
      from: 'Été <support@example.com>',
      to: ['One <one@shop.test>', 'two@shop.test'],
      'h:In-Reply-To': '<first@shop.test>',
      'h:Message-ID': '<own@example.com>',
      attachment: [{ filename: 'terms.txt', data: Buffer.from('Terms') }],
      inline: [{ filename: 'logo@desk', contentType: 'image/png' }],
    });
    // It would send them along as JSON.
    for (const name of ['headers', 'attachments', 'messageId']) expect(options).not.toHaveProperty(name);
  });

  test('of Postmark takes addresses in one text, headers as pairs, and keeps the Message-ID where it is asked to', () => {
    expect(optionsFor('strapi-provider-email-postmark', parts)).toMatchObject({
      to: 'One <one@shop.test>, two@shop.test',
      cc: 'three@shop.test',
      bcc: 'four@shop.test',
      Headers: [
        { Name: 'In-Reply-To', Value: '<first@shop.test>' },
        { Name: 'Message-ID', Value: '<own@example.com>' },
        { Name: 'X-PM-KeepID', Value: 'true' },
      ],
      Attachments: [{ Name: 'terms.txt' }, { Name: 'logo.png', ContentID: 'cid:logo@desk' }],
    });
  });

  test('of Brevo takes one bare address in To, the others as objects', () => {
    expect(optionsFor('strapi-provider-email-brevo', parts)).toMatchObject({
      to: 'one@shop.test',
      sender: { email: 'support@example.com', name: 'Été' },
      cc: [{ email: 'two@shop.test' }, { email: 'three@shop.test' }],
      bcc: [{ email: 'four@shop.test' }],
      headers: { 'In-Reply-To': '<first@shop.test>' },
      attachment: [{ name: 'terms.txt', content: 'VGVybXM=' }, { name: 'logo.png' }],
    });
  });

  test('of Mailjet takes addresses as objects, and nothing under a name that it does not know', () => {
    const options = optionsFor('mailjet', parts);
    expect(options).toMatchObject({
      from: 'support@example.com',
      fromName: 'Été',
      to: [{ Email: 'one@shop.test', Name: 'One' }, { Email: 'two@shop.test' }],
      ReplyTo: { Email: 'support@example.com' },
      Headers: { 'In-Reply-To': '<first@shop.test>' },
      attachments: [{ Filename: 'terms.txt', Base64Content: 'VGVybXM=' }],
      InlinedAttachments: [{ Filename: 'logo.png', ContentID: 'logo@desk' }],
    });
    expect(Object.keys(options)).not.toEqual(expect.arrayContaining(['messageId']));
    expect(options).not.toHaveProperty('headers');
  });

  test('of Amazon SES gets names in ASCII alone', () => {
    const name = 'Ärztehaus Große Freiheit 36, Empfang';
    const { from, to } = optionsFor('amazon-ses', { ...parts, from: { address: 'support@example.com', name } });
    expect(to).toEqual(['One <one@shop.test>', 'two@shop.test']);
    const [, words] = /^(.*) <support@example\.com>$/.exec(from as string)!;
    expect(words.split(' ').every((word) => /^=\?UTF-8\?B\?[\w+/=]{1,63}\?=$/.test(word))).toBe(true);
    expect(
      words
        .split(' ')
        .map((word) => Buffer.from(word.slice(10, -2), 'base64').toString())
        .join(''),
    ).toBe(name);
  });

  test.each(['amazon-ses', 'resend'])('of %s drops headers: an email to our own people bears our mark in the name of Reply-To', (name) => {
    const mark = newMark(app.strapi, 'alert');
    const { replyTo, ...rest } = optionsFor(name, { ...parts, headers: { 'X-Mail-Scanner': mark } });
    expect(markOf(app.strapi, { 'reply-to': [replyTo as string] })).toBe('alert');
    expect(markOf(app.strapi, { to: [replyTo as string] })).toBe(null);
    if (name === 'resend') expect(rest.reply_to).toBe(replyTo);
    expect(optionsFor(name, parts).replyTo).toBe('support@example.com');
  });
});

test('who stands in To and in Cc is named once: SendGrid refuses an email otherwise', async () => {
  const seen: any[] = [];
  await provide('sendgrid', (options) => void seen.push(options));
  const cc = ['ONE@shop.test', 'three@shop.test'].map((address) => ({ address, name: '' }));
  await emailPluginTransport(app.strapi).send(mailWith({ cc }), ATTEMPT);
  expect(seen[0]).toMatchObject({ to: ['one@shop.test', 'two@shop.test'], cc: 'three@shop.test' });
});

test.each([
  ['SendGrid', { code: 400, message: 'Bad Request', response: { body: { errors: [{ message: 'The from address is not verified.' }] } } }],
  ['Mailgun', { status: 400, message: 'Bad Request', details: 'The from address is not verified.' }],
])('the reason that %s gives beside its error is told', async (_, failure) => {
  await provide('mailgun', () => Promise.reject(failure));
  await expect(emailPluginTransport(app.strapi).send(mailWith(), ATTEMPT)).rejects.toThrow(/Bad Request: The from address is not verified/);
});

test('files that a provider would drop are refused', async () => {
  const { writeFile } = await import('node:fs/promises');
  const path = `${app.folder}/terms.txt`;
  await writeFile(path, 'Terms');
  const seen: any[] = [];
  const attachments = [{ name: 'terms.txt', mime: 'text/plain', path, contentId: null }];
  await provide('amazon-ses', (options) => void seen.push(options));
  await expect(emailPluginTransport(app.strapi).send(mailWith({ attachments }), ATTEMPT)).rejects.toThrow(/sends no files/);
  await emailPluginTransport(app.strapi).send(mailWith(), ATTEMPT);
  expect(seen).toHaveLength(1);
});

test.each([
  ['false', false],
  ['an error in place of its data', { data: null, error: { statusCode: 500, message: 'Busy' } }],
])('a package that keeps its failure to itself has sent nothing: it answers %s', async (_, told) => {
  await provide('strapi-provider-email-brevo', () => told);
  await answer();
  await deliver();
  expect(await only()).toMatchObject({ state: 'queued', lastError: expect.stringContaining('Email plugin of this site') });
});

const REAL = '@strapi/provider-email-nodemailer';
const isInstalled = existsSync(`node_modules/${REAL}`);
if (!isInstalled) console.log(`${REAL} is not installed (npm ci): its test is skipped.`);

test.skipIf(!isInstalled)("Strapi's own provider for nodemailer keeps the thread, files, blind copies and the Message-ID", async () => {
  const { init } = createRequire(import.meta.url)(REAL);
  const options = { host: sink.host, port: sink.port, secure: false, ignoreTLS: true };
  await provide(REAL, init(options, { defaultFrom: 'site@example.com' }).send);
  const { writeFile } = await import('node:fs/promises');
  const path = `${app.folder}/real.csv`;
  await writeFile(path, '1,2,3');
  const headers = {
    'In-Reply-To': '<first@shop.test>',
    References: '<zero@shop.test> <first@shop.test>',
    'Auto-Submitted': 'auto-replied',
  };
  const attachments = [
    { name: 'list.csv', mime: 'text/csv', path, contentId: null },
    { name: 'logo.png', mime: 'image/png', path, contentId: 'logo@desk' },
  ];
  const bcc = [{ address: 'unseen@shop.test', name: '' }];
  const sent = await emailPluginTransport(app.strapi).send(mailWith({ headers, attachments, bcc }), ATTEMPT);
  expect(sent).toMatchObject({ rejected: [] });
  expect(sent.sentMessageId).toBeUndefined();
  const [{ parsed, raw, to }] = await sink.received(1);
  expect(to).toEqual(['one@shop.test', 'two@shop.test', 'unseen@shop.test']);
  expect(raw).not.toContain('unseen@shop.test');
  expect({ id: parsed.messageId, inReplyTo: parsed.inReplyTo, references: parsed.references }).toEqual({
    id: '<own@example.com>',
    inReplyTo: '<first@shop.test>',
    references: ['<zero@shop.test>', '<first@shop.test>'],
  });
  expect(parsed.headers.get('auto-submitted')).toBe('auto-replied');
  expect(parsed.from?.value).toEqual([{ address: 'support@example.com', name: 'Support "Desk"' }]);
  expect(parsed.replyTo?.text).toBe('support@example.com');
  expect(parsed.attachments.map(({ filename, content }) => [filename, content.toString()]).sort()).toEqual([
    ['list.csv', '1,2,3'],
    ['logo.png', '1,2,3'],
  ]);
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
