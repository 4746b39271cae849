import { randomUUID } from 'node:crypto';
import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { prepareTicketNumbers } from '../services/helpdesk/ticket-numbers';
import { send } from '../services/outgoing/send';
import { isTimeZone, WORDS } from '../services/outgoing/speech';
import { LANGUAGES } from '../services/settings/speech';
import { SendError } from '../services/outgoing/transport';
import { kick } from '../services/outgoing/outbox';
import { knownSecrets, saveSecret, secretName, deleteSecret } from '../services/settings/secrets';
import {
  getOutgoingMail,
  getSettings,
  outgoingAccount,
  saveOutgoingMail,
  saveSettings,
  speechOf,
  type OutgoingMailSettings,
} from '../services/settings/settings';
import { UID } from '../services/uids';
import { limitCalls } from './limit';
import { MISSING_AUTHORIZATION, parse, presentAuthorization, refuse, requireAuthorization, type FieldError } from './request';

const outgoingShape = z.object({
  host: z.string().trim().min(1, 'Enter the name of the outgoing mail server.').max(255),
  port: z.coerce.number('Enter the port.').int().min(1, 'Ports begin with 1.').max(65535, 'Ports end with 65535.'),
  encryption: z.enum(['ssl', 'starttls', 'none']),
  validateCertificate: z.boolean(),
  username: z.string().trim().max(255),
  authorization: z.string().nullable(),
  fromAddress: z.email('Enter the sender’s email address.').transform((address) => address.toLowerCase()),
  fromName: z.string().trim().max(255),
  maxPerMinute: z
    .preprocess(
      (value) => (value === '' ? null : value),
      z.coerce
        .number()
        .int('Enter a whole number.')
        .min(1, 'At least 1, or nothing for no limit.')
        .max(10_000, 'At most 10000.')
        .nullable(),
    )
    .default(null),
});

const keepDays = z.coerce
  .number('Enter the days, or 0 for ever.')
  .int('Enter a whole number.')
  .min(0, 'Enter the days, or 0 for ever.')
  .max(36_500, 'At most 36500 days, which is a century.');

const settingsShape = z.object({
  ticketPrefix: z
    .string()
    .trim()
    .max(20, 'At most 20 characters.')
    .regex(/^[^\s\d][^\s]*$/u, 'A prefix begins with a letter or a sign and holds no blanks.')
    .regex(/\D$/u, 'A prefix must not end with a digit.'),
  ticketStart: z.coerce.number().int('Enter a whole number.').min(1).max(1_000_000_000),
  maxMessageMegabytes: z.coerce.number().int('Enter a whole number.').min(1, 'At least 1 MB.').max(200, 'At most 200 MB.'),
  maxNewTicketsPerHour: z.coerce
    .number()
    .int('Enter a whole number.')
    .min(0, 'Enter a number, or 0 for no limit.')
    .max(10_000, 'At most 10000.'),
  keepSources: z.enum(['failed', 'all']),
  emailLanguage: z.enum(LANGUAGES),
  emailTimeZone: z.string().trim().refine(isTimeZone, 'Enter the name of a time zone, such as Europe/Helsinki.'),
  staffDomains: z.array(z.string().trim().toLowerCase().max(255)).max(100),
  keepLogDays: keepDays,
  keepSourceDays: keepDays,
  keepDeliveryDays: keepDays,
});

const settings = ({ strapi }: { strapi: Core.Strapi }) => ({
  async getOutgoingMail(ctx: Context) {
    ctx.body = { data: await presentOutgoing(strapi, await getOutgoingMail(strapi)) };
  },

  async updateOutgoingMail(ctx: Context) {
    const body = (ctx.request.body ?? {}) as Record<string, unknown>;
    const before = await getOutgoingMail(strapi);
    const { password } = parse(z.object({ password: z.string().max(1000).optional() }), body);
    const saved = parse(outgoingShape, { ...before, ...body }, await missingLogin(strapi, before, { ...before, ...body }));
    if (saved.authorization) await requireAuthorization(strapi, saved.authorization);
    if (password) await saveSecret(strapi, secretName.outgoingPassword, password);
    if (!saved.username || saved.authorization) await deleteSecret(strapi, secretName.outgoingPassword);
    await saveOutgoingMail(strapi, saved);
    kick(strapi);
    ctx.body = { data: await presentOutgoing(strapi, saved) };
  },

  async testOutgoingMail(ctx: Context) {
    limitCalls(ctx, 'test email', 20);
    const { to } = parse(z.object({ to: z.email('Enter the address to send the test email to.') }), ctx.request.body);
    const outgoing = await getOutgoingMail(strapi);
    const server = outgoingAccount(outgoing);
    if (!server) return refuse([{ path: ['host'], message: 'Save the outgoing mail server and the sender’s address first.' }]);
    const { testSubject, testText: text } = WORDS[(await speechOf(strapi)).language];
    try {
      const { response } = await send(strapi, server, {
        from: { address: outgoing.fromAddress, name: outgoing.fromName },
        to: [{ address: to, name: '' }],
        cc: [],
        subject: testSubject,
        html: `<p>${text}</p>`,
        text,
        headers: {},
        messageId: `${randomUUID()}@${outgoing.fromAddress.split('@')[1]}`,
      });
      ctx.body = { data: { ok: true, message: response } };
    } catch (error) {
      if (!(error instanceof SendError)) throw error;
      ctx.body = { data: { ok: false, message: error.message } };
    }
  },

  async get(ctx: Context) {
    ctx.body = { data: await getSettings(strapi) };
  },

  async update(ctx: Context) {
    const saved = parse(settingsShape, { ...(await getSettings(strapi)), ...(ctx.request.body as object) });
    await saveSettings(strapi, saved);
    await prepareTicketNumbers(strapi);
    ctx.body = { data: saved };
  },
});

export default settings;

/** What outgoing mail lacks to log in. `authType` comes along where an account is to be used. */
async function missingLogin(strapi: Core.Strapi, before: OutgoingMailSettings, now: Record<string, unknown>): Promise<FieldError[]> {
  const { authType = 'password', authorization, username, password, host } = now;
  if (authType !== 'password' && !authorization) return [MISSING_AUTHORIZATION];
  if (authorization || !String(username ?? '').trim() || password) return [];
  // A saved password goes to the server that it was entered for, and to no other.
  const isKept = before.host === String(host).trim() && (await knownSecrets(strapi, [secretName.outgoingPassword])).size > 0;
  if (isKept) return [];
  return [{ path: ['password'], message: 'Enter the password for this server, or leave the user name empty if it asks for no login.' }];
}

async function presentOutgoing(strapi: Core.Strapi, outgoing: OutgoingMailSettings) {
  const hasPassword = (await knownSecrets(strapi, [secretName.outgoingPassword])).size > 0;
  const authorization = outgoing.authorization
    ? await strapi.db.query(UID.authorization).findOne({ where: { documentId: outgoing.authorization } })
    : null;
  return {
    ...outgoing,
    authorization: authorization && presentAuthorization(authorization),
    hasPassword,
    warnings: await senderWarnings(strapi, outgoing),
  };
}

/** Customers answer to the sender's address: when no active scanner reads it, their answers reach nobody. */
async function senderWarnings(strapi: Core.Strapi, { fromAddress }: OutgoingMailSettings): Promise<string[]> {
  if (!fromAddress) return [];
  const scanners = await strapi.db
    .query(UID.scanner)
    .findMany({ select: ['username', 'mailboxName', 'fromAddress'], where: { active: true } });
  const read = scanners
    .flatMap(({ username, mailboxName, fromAddress: own }) => [username, mailboxName, own])
    .map((name) => name?.toLowerCase());
  if (read.includes(fromAddress.toLowerCase())) return [];
  return [
    `No active scanner reads ${fromAddress}: answers of customers to this address would not come back as comments. Use the address of a scanned mailbox.`,
  ];
}
