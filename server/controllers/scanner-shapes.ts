import { z } from '@strapi/utils';
import { graphHost } from '../services/graph/clouds';
import { MISSING_AUTHORIZATION } from '../services/oauth/authorizations';
import { sanitizeHtml, saysSomething } from '../services/message/html/sanitize';
import type { FieldError } from '../services/platform/refusal';
import { idShape, isHost, lineShape, requiredLine, typedAddress, wholeNumber } from './request';
import { ANSWERS_BY, CUSTOMER_EMAILS, AUTH_TYPES, ENCRYPTIONS, OLDER_UNREAD, PROTOCOLS, SCAN_TYPES } from '../../shared/vocabulary';
import { schemaSays } from '../services/lib/schema-words';
import { say } from '../../shared/sentences/words';

/** What is sent to set up a scanner and to run it, and what it must not lack. */

export const connection = {
  authType: z.enum(AUTH_TYPES).default('password'),
  protocol: z.enum(PROTOCOLS).default('imap'),
  host: requiredLine(schemaSays('form.mailServer')).refine((host) => host === '' || isHost(host), schemaSays('form.hostAlone')),
  port: wholeNumber(1, 65_535).optional(),
  encryption: z.enum(ENCRYPTIONS).default('ssl'),
  validateCertificate: z.boolean().default(true),
  username: lineShape.nullish(),
  password: z.string().max(1000).optional(),
  mailboxName: lineShape.nullish(),
  /** Its documentId. A row that was read has the whole record. */
  authorization: z.preprocess((value) => (value as { documentId?: string } | null)?.documentId ?? value, z.string().nullish()),
};

export const sending = {
  fromAddress: z.union([z.literal(''), typedAddress(schemaSays('form.email'))]).nullish(),
  // Scanners that are older than this setting have null.
  answersBy: z
    .enum(ANSWERS_BY)
    .nullish()
    .transform((way) => way ?? 'outgoingMail'),
};

/** Microsoft Graph has no server that anybody enters, and is asked each minute unless somebody wants it otherwise. */
export function asEntered(wanted: unknown): Record<string, unknown> {
  const input = (wanted ?? {}) as Record<string, unknown>;
  return input.protocol === 'graph' ? { scanEvery: 1, ...input, ...GRAPH_SERVER } : input;
}

const GRAPH_SERVER = { host: graphHost(), port: 443, encryption: 'ssl', validateCertificate: true };

export const scannerShape = z.object({
  ...connection,
  ...sending,
  name: requiredLine(schemaSays('form.scannerName')),
  active: z.boolean().default(false),
  scanType: z.enum(SCAN_TYPES).default('unread'),
  scanEvery: wholeNumber(1, 1440).default(5),
  listen: z.boolean().default(true),
  scanFrom: z.iso.datetime({ offset: true, message: schemaSays('form.dateTime') }).nullish(),
  fromName: lineShape.nullish(),
  signature: z
    .string()
    .max(20_000)
    .nullish()
    .transform((html) => (html && saysSomething(html) ? sanitizeHtml(html) : null)),
  // Null, or a key left out: as the template says.
  customerEmails: z
    .object(Object.fromEntries(CUSTOMER_EMAILS.map((key) => [key, z.boolean().nullish()])))
    .strict()
    .nullish(),
  // Scanners that are older than this setting have null.
  useReplyTo: z.boolean().nullish().transform(Boolean),
  authservId: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9.-]{0,255}$/, schemaSays('form.authservId'))
    .nullish()
    .transform((id) => id || null),
  // A scanner that is changed comes with the record of its team.
  helpdeskTeam: z
    .union([idShape, z.object({ documentId: z.string() }).transform(({ documentId }) => documentId)])
    .nullish()
    .transform((team) => team || null),
});

/** The scanner that a new one is made after. */
export const modelShape = z.object({ rulesFrom: idShape.nullish() });

/** What goes with an activation, or with a run before the first one: whether the unread emails that lie there are taken. */
export const beginningShape = z.object({ unread: z.enum(OLDER_UNREAD).nullish() });

/** `wait`: the answer is what became of the messages; without, it is the work that has begun. */
export const runShape = beginningShape.extend({ wait: z.boolean().default(true) });

/** What a scanner lacks. */
export const missing = (wanted: unknown, hasPasswordFor: (host: string) => boolean): FieldError[] => [
  ...missingLogin(wanted, hasPasswordFor),
  ...missingForGraph(wanted),
  ...missingForSending(wanted),
];

/** Microsoft Graph is read with a Microsoft account alone. */
export function missingForGraph(wanted: unknown): FieldError[] {
  const { protocol, authType } = (wanted ?? {}) as Record<string, unknown>;
  return protocol === 'graph' && authType !== 'microsoft' ? [{ path: ['protocol'], said: say('form.answersByGraph') }] : [];
}

/** Microsoft Graph sends with the scanner's account, from the mailbox of the sender's address. */
export function missingForSending(wanted: unknown): FieldError[] {
  const { answersBy, authType, fromAddress } = (wanted ?? {}) as Record<string, unknown>;
  if (answersBy !== 'graph') return [];
  if (authType !== 'microsoft') return [{ path: ['answersBy'], said: say('form.answersByGraph') }];
  return String(fromAddress ?? '').trim() ? [] : [{ path: ['fromAddress'], said: say('form.sender') }];
}

/** What a scanner lacks to sign in. */
function missingLogin(wanted: unknown, hasPasswordFor: (host: string) => boolean): FieldError[] {
  const { authType = 'password', authorization, username, password, host } = (wanted ?? {}) as Record<string, unknown>;
  if (authType !== 'password') return authorization ? [] : [MISSING_AUTHORIZATION];
  const missing: FieldError[] = [];
  if (!String(username ?? '').trim()) missing.push({ path: ['username'], said: say('form.user') });
  if (!password && !hasPasswordFor(String(host).trim())) missing.push({ path: ['password'], said: say('form.password') });
  return missing;
}
