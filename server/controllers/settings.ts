import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { prepareTicketNumbers } from '../services/helpdesk/ticket-numbers';
import { MISSING_AUTHORIZATION } from '../services/oauth/authorizations';
import { emailProviderOf } from '../services/outgoing/email-plugin';
import { sendTestEmail, stateOfOutgoingMail, updateOutgoingMail } from '../services/outgoing/outgoing-mail';
import { isTimeZone } from '../services/outgoing/speech';
import type { FieldError } from '../services/platform/refusal';
import { lookForRoundTrip, startRoundTrip } from '../services/scanner/round-trip';
import { findScanner } from '../services/scanner/scanners';
import { changeSettings, getOutgoingMail, getSettings, type OutgoingMailSettings } from '../services/settings/settings';
import { limitCalls } from './limit';
import { workOnMailbox } from './mailbox-work';
import {
  isHost,
  keptAddress,
  lineShape,
  numberOrNone,
  orNotFound,
  parse,
  presentAuthorization,
  typedAddress,
  wholeNumber,
} from './request';
import { AFTER_ANSWER, AFTERWARDS, ENCRYPTIONS, KEEP_SOURCES, LANGUAGES, REPLY_TO, TRANSPORTS } from '../../shared/vocabulary';
import { schemaSays } from '../services/lib/schema-words';
import { inEnglish, say } from '../../shared/sentences/words';
import { LINE_LENGTH } from '../../shared/lengths';

const outgoingShape = z.object({
  transport: z.enum(TRANSPORTS),
  host: lineShape,
  port: wholeNumber(1, 65_535),
  encryption: z.enum(ENCRYPTIONS),
  validateCertificate: z.boolean(),
  username: lineShape,
  authorization: z.string().nullable(),
  fromAddress: keptAddress(schemaSays('form.sender')),
  fromName: lineShape,
  maxPerMinute: numberOrNone(1, 10_000).default(null),
});

const passwordShape = z.object({ password: z.string().max(1000).optional() });

const keepDays = wholeNumber(0, 36_500);

const publicUrl = z
  .string()
  .trim()
  .max(500)
  .refine((url) => url === '' || isPublicUrl(url), schemaSays('form.publicUrl'));

const settingsShape = z.object({
  ticketPrefix: z
    .string()
    .trim()
    .max(20, schemaSays('form.max20'))
    .regex(/^[^\s\d][^\s]*$/u, schemaSays('form.prefixBegin'))
    .regex(/\D$/u, schemaSays('form.prefixEnd')),
  ticketStart: wholeNumber(1, 1_000_000_000),
  maxMessageMegabytes: wholeNumber(1, 200),
  maxNewTicketsPerHour: wholeNumber(0, 10_000),
  keepSources: z.enum(KEEP_SOURCES),
  blockedToJunk: z.boolean(),
  afterAnswer: z.enum(AFTER_ANSWER),
  replyTo: z.enum(REPLY_TO),
  takeOnAnswer: z.boolean(),
  ticketsByTeam: z.boolean(),
  afterwards: z.enum(AFTERWARDS),
  emailLanguage: z.enum(LANGUAGES),
  emailLanguages: z.array(z.enum(LANGUAGES)).transform((languages) => [...new Set(languages)]),
  emailTimeZone: z.string().trim().refine(isTimeZone, schemaSays('form.timeZone')),
  staffDomains: z.array(z.string().trim().toLowerCase().max(LINE_LENGTH)).max(100),
  publicUrl,
  ticketLinkUrl: publicUrl,
  ticketLinkDays: wholeNumber(0, 10_000),
  satisfactionAfterHours: wholeNumber(0, 720),
  satisfactionEveryDays: wholeNumber(0, 3_650),
  keepLogDays: keepDays,
  keepSourceDays: keepDays,
  keepDeliveryDays: keepDays,
});

/** A whole address without anything behind its path. */
function isPublicUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && ['http:', 'https:'].includes(url.protocol) && !url.username && !url.search && !url.hash;
}

const settings = ({ strapi }: { strapi: Core.Strapi }) => ({
  async getOutgoingMail(ctx: Context) {
    ctx.body = { data: await presentOutgoing(strapi, await getOutgoingMail(strapi)) };
  },

  async updateOutgoingMail(ctx: Context) {
    const body = (ctx.request.body ?? {}) as Record<string, unknown>;
    const { password } = parse(passwordShape, body);
    const saved = await updateOutgoingMail(strapi, (before, hasPasswordFor) => {
      const wanted = { ...before, ...body };
      const missing = [...missingLogin(wanted, hasPasswordFor), ...missingProvider(strapi, wanted)];
      return { settings: parse(outgoingShape, wanted, missing), password };
    });
    ctx.body = { data: await presentOutgoing(strapi, saved) };
  },

  async testOutgoingMail(ctx: Context) {
    limitCalls(ctx, 'test email', 20);
    const { to } = parse(z.object({ to: typedAddress(schemaSays('form.testTo')) }), ctx.request.body);
    ctx.body = { data: await sendTestEmail(strapi, to) };
  },

  /** Sends a test email to the address that customers answer to. */
  async startRoundTrip(ctx: Context) {
    limitCalls(ctx, 'test email', 20);
    const { scanner } = parse(z.object({ scanner: z.string(schemaSays('form.scanner')).max(50) }), ctx.request.body);
    ctx.body = { data: await startRoundTrip(strapi, await orNotFound(findScanner(strapi, scanner))) };
  },

  /** Looks whether it has come into the scanner's mailbox. */
  async lookForRoundTrip(ctx: Context) {
    limitCalls(ctx, 'look for a test email', 60);
    ctx.body = { data: await workOnMailbox(ctx, () => lookForRoundTrip(strapi)) };
  },

  async get(ctx: Context) {
    ctx.body = { data: await getSettings(strapi) };
  },

  async update(ctx: Context) {
    const saved = await changeSettings(strapi, (before) => parse(settingsShape, { ...before, ...(ctx.request.body as object) }));
    await prepareTicketNumbers(strapi);
    ctx.body = { data: saved };
  },
});

export default settings;

/** What outgoing mail lacks to log in. `authType` comes along where an account is to be used. */
function missingLogin(wanted: Record<string, unknown>, hasPasswordFor: (host: string) => boolean): FieldError[] {
  if (wanted.transport === 'emailPlugin') return [];
  if (wanted.transport === 'graph') return wanted.authorization ? [] : [MISSING_AUTHORIZATION];
  return [...missingHost(wanted), ...missingSmtpLogin(wanted, hasPasswordFor)];
}

/** The Email plugin of a site that has set up nothing for it delivers nothing. */
const missingProvider = (strapi: Core.Strapi, { transport }: Record<string, unknown>): FieldError[] =>
  transport === 'emailPlugin' && emailProviderOf(strapi) === null ? [{ path: ['transport'], said: say('outgoing.noEmailPlugin') }] : [];

function missingHost(wanted: Record<string, unknown>): FieldError[] {
  const host = String(wanted.host ?? '').trim();
  if (host && isHost(host)) return [];
  return [{ path: ['host'], said: say(host ? 'form.hostAlone' : 'form.outgoingServer') }];
}

function missingSmtpLogin(wanted: Record<string, unknown>, hasPasswordFor: (host: string) => boolean): FieldError[] {
  const { authType = 'password', authorization, username, password, host } = wanted;
  if (authType !== 'password' && !authorization) return [MISSING_AUTHORIZATION];
  if (authorization || !String(username ?? '').trim() || password || hasPasswordFor(String(host).trim())) return [];
  return [{ path: ['password'], said: say('form.outgoingPassword') }];
}

async function presentOutgoing(strapi: Core.Strapi, outgoing: OutgoingMailSettings) {
  const { authorization, hasPassword, warnings } = await stateOfOutgoingMail(strapi, outgoing);
  return {
    ...outgoing,
    authorization: authorization && presentAuthorization(authorization),
    hasPassword,
    emailProvider: emailProviderOf(strapi),
    warnings: warnings.map(inEnglish),
    warningsSaid: warnings,
  };
}
