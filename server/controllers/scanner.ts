import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { graphHost } from '../services/graph/clouds';
import { MISSING_AUTHORIZATION } from '../services/oauth/authorizations';
import { sanitizeHtml, saysSomething } from '../services/message/html/sanitize';
import { teamName } from '../services/helpdesk/teams';
import { refuse, type FieldError } from '../services/platform/refusal';
import { authservOf } from '../services/scanner/authserv';
import { mayStillTake, unreadToAskAbout } from '../services/scanner/beginning';
import type { PreviewedMessage } from '../../shared/api/scanners';
import { preview } from '../services/scanner/preview';
import { scan } from '../services/scanner/scan';
import { startScan } from '../services/scanner/start-scan';
import {
  addScanner,
  changeScanner,
  deleteScanner,
  findScanner,
  listScanners,
  statesOfScanners,
  type KeptScanner,
} from '../services/scanner/scanners';
import { foldersOfMailbox, testConnection } from '../services/scanner/connection';
import { findWork } from '../services/storage/work';
import { limitCalls } from './limit';
import { workOnMailbox } from './mailbox-work';
import { presentResult, presentWork } from './present-work';
import { orNotFound, parse, pick, presentAuthorization, typedAddress } from './request';
import { may, viewerOf } from './ticket-access';
import { ANSWERS_BY, CUSTOMER_EMAILS, AUTH_TYPES, ENCRYPTIONS, OLDER_UNREAD, PROTOCOLS, SCAN_TYPES } from '../../shared/vocabulary';
import { schemaSays } from '../services/lib/schema-words';
import { say } from '../../shared/sentences/words';

const connection = {
  authType: z.enum(AUTH_TYPES).default('password'),
  protocol: z.enum(PROTOCOLS).default('imap'),
  host: z.string(schemaSays('form.mailServer')).trim().min(1, schemaSays('form.mailServer')).max(255),
  port: z.coerce
    .number(schemaSays('form.port'))
    .int(schemaSays('form.portWhole'))
    .min(1, schemaSays('form.portLow'))
    .max(65535, schemaSays('form.portHigh'))
    .optional(),
  encryption: z.enum(ENCRYPTIONS).default('ssl'),
  validateCertificate: z.boolean().default(true),
  username: z.string().trim().max(255).nullish(),
  password: z.string().max(1000).optional(),
  mailboxName: z.string().trim().max(255).nullish(),
  /** Its documentId. A row that was read has the whole record. */
  authorization: z.preprocess((value) => (value as { documentId?: string } | null)?.documentId ?? value, z.string().nullish()),
};

const sending = {
  fromAddress: z.union([z.literal(''), typedAddress(schemaSays('form.email'))]).nullish(),
  // Scanners that are older than this setting have null.
  answersBy: z
    .enum(ANSWERS_BY)
    .nullish()
    .transform((way) => way ?? 'outgoingMail'),
};

/** Microsoft Graph has no server that anybody enters, and is asked each minute unless somebody wants it otherwise. */
function asEntered(wanted: unknown): Record<string, unknown> {
  const input = (wanted ?? {}) as Record<string, unknown>;
  return input.protocol === 'graph' ? { scanEvery: 1, ...input, ...GRAPH_SERVER } : input;
}

const GRAPH_SERVER = { host: graphHost(), port: 443, encryption: 'ssl', validateCertificate: true };

const scannerShape = z.object({
  ...connection,
  ...sending,
  name: z.string(schemaSays('form.scannerName')).trim().min(1, schemaSays('form.scannerName')).max(255),
  active: z.boolean().default(false),
  scanType: z.enum(SCAN_TYPES).default('unread'),
  scanEvery: z.coerce.number().int().min(1, schemaSays('form.everyLow')).max(1440, schemaSays('form.everyHigh')).default(5),
  listen: z.boolean().default(true),
  scanFrom: z.iso.datetime({ offset: true, message: schemaSays('form.dateTime') }).nullish(),
  fromName: z.string().trim().max(255).nullish(),
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
    .union([z.string().max(50), z.object({ documentId: z.string() }).transform(({ documentId }) => documentId)])
    .nullish()
    .transform((team) => team || null),
});

/** The scanner that a new one is made after. */
const modelShape = z.object({ rulesFrom: z.string().max(50).nullish() });

/** What goes with an activation, or with a run before the first one: whether the unread emails that lie there are taken. */
const beginningShape = z.object({ unread: z.enum(OLDER_UNREAD).nullish() });

/** `wait`: the answer is what became of the messages; without, it is the work that has begun. */
const runShape = beginningShape.extend({ wait: z.boolean().default(true) });

const BEGAN_ALREADY =
  'Leave out "unread": it is for a scanner that looks for unread emails without a date to start from, and that was never activated.';

const READ_ATTRIBUTES = [
  'documentId',
  'name',
  'active',
  'authType',
  'protocol',
  'host',
  'port',
  'encryption',
  'validateCertificate',
  'scanType',
  'username',
  'mailboxName',
  'scanEvery',
  'listen',
  'scanFrom',
  'activatedAt',
  'fromAddress',
  'fromName',
  'signature',
  'answersBy',
  'customerEmails',
  'useReplyTo',
  'authservId',
  'lastScanAt',
  'lastError',
  'lastErrorSaid',
  'failingSince',
  'messagesScanned',
  'messagesFailed',
  'createdAt',
  'updatedAt',
] as const;

const scanner = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    ctx.body = { data: await present(strapi, await listScanners(strapi)) };
  },

  async findOne(ctx: Context) {
    await answer(strapi, ctx, await scannerOr404(strapi, ctx));
  },

  async create(ctx: Context) {
    const wanted = asEntered(ctx.request.body);
    const input = parse(
      scannerShape,
      wanted,
      missing(wanted, () => false),
    );
    const { rulesFrom } = parse(modelShape, wanted);
    const row = await addScanner(strapi, input, rulesFrom ?? null);
    ctx.status = 201;
    await answer(strapi, ctx, row);
  },

  async update(ctx: Context) {
    const body = ctx.request.body as object;
    const row = await workOnMailbox(ctx, () =>
      changeScanner(strapi, ctx.params.id, (before, hasPasswordFor) => {
        const wanted = asEntered({ ...before, ...body });
        const input = parse(scannerShape, wanted, missing(wanted, hasPasswordFor));
        return { input, unread: parse(beginningShape, body).unread ?? null };
      }),
    );
    await answer(strapi, ctx, await orNotFound(Promise.resolve(row)));
  },

  async delete(ctx: Context) {
    const row = await scannerOr404(strapi, ctx);
    await workOnMailbox(ctx, () => deleteScanner(strapi, row));
    ctx.body = { data: { documentId: row.documentId } };
  },

  async test(ctx: Context) {
    limitCalls(ctx, 'connection test', 60);
    const saved = ctx.params.id ? await scannerOr404(strapi, ctx) : null;
    const wanted = asEntered({ ...saved, ...(ctx.request.body as object) });
    const input = parse(z.object({ ...connection, ...sending }), wanted, [...missingForGraph(wanted), ...missingForSending(wanted)]);
    const result = await testConnection(strapi, saved, input);
    // What is in a mailbox that somebody else has set up is for who may see scanners.
    ctx.body = { data: saved && result.ok && !may(ctx, 'read-scanners') ? { ok: true } : result };
  },

  async folders(ctx: Context) {
    const row = await scannerOr404(strapi, ctx);
    ctx.body = { data: await workOnMailbox(ctx, () => foldersOfMailbox(strapi, row)) };
  },

  /** What the panel asks before it activates a scanner or runs it for the first time: null where nobody has to be asked. */
  async unread(ctx: Context) {
    const row = await scannerOr404(strapi, ctx);
    ctx.body = { data: { count: await workOnMailbox(ctx, () => unreadToAskAbout(strapi, row)) } };
  },

  async run(ctx: Context) {
    const row = await scannerOr404(strapi, ctx);
    const { unread = null, wait } = parse(runShape, ctx.request.body ?? {});
    if (unread && !mayStillTake(row)) refuse([{ path: ['unread'], said: BEGAN_ALREADY }]);
    const options = { older: unread, startedBy: ctx.state.user.id };
    if (wait) {
      const result = await workOnMailbox(ctx, () => scan(strapi, row, options));
      ctx.body = { data: presentResult(ctx, result) };
      return;
    }
    const id = await workOnMailbox(ctx, () => startScan(strapi, row, options));
    ctx.status = 202;
    ctx.body = { data: presentWork((await findWork(strapi, id))!) };
  },

  async preview(ctx: Context) {
    const row = await scannerOr404(strapi, ctx);
    const shape = z.object({ limit: z.coerce.number().int().min(1).max(50).default(10), source: z.string().max(50_000_000).optional() });
    const options = parse(shape, ctx.request.body);
    const messages = await workOnMailbox(ctx, () => preview(strapi, row, options));
    ctx.body = { data: messages.map((message) => previewFor(ctx, message, options.source !== undefined)) };
  },
});

export default scanner;

const scannerOr404 = (strapi: Core.Strapi, ctx: Context) => orNotFound(findScanner(strapi, ctx.params.id));

/** Answers with a scanner: whole for who may see scanners; who may only set them up is told that it was done. */
async function answer(strapi: Core.Strapi, ctx: Context, row: KeptScanner): Promise<void> {
  if (!may(ctx, 'read-scanners')) {
    ctx.body = { data: { documentId: row.documentId } };
    return;
  }
  [ctx.body] = (await present(strapi, [row])).map((data) => ({ data }));
}

/** Scanners as the panel sees them: whether a password is saved, never the password. */
async function present(strapi: Core.Strapi, rows: KeptScanner[]) {
  const states = await statesOfScanners(strapi, rows);
  return rows.map((row) => ({
    ...pick(row, READ_ATTRIBUTES),
    authorization: row.authorization ? presentAuthorization(row.authorization) : null,
    helpdeskTeam: teamName(row.helpdeskTeam),
    authserv: authservOf(row),
    ...states.get(row.id),
  }));
}

/** What the mailbox holds is for who may see the scan log, and whose ticket a message belongs to for who may see all tickets. */
export function previewFor(ctx: Context, message: PreviewedMessage, isOwnSource: boolean): PreviewedMessage {
  const readsLog = may(ctx, 'read-scan-log');
  const { reads, seesAll } = viewerOf(ctx);
  const words = readsLog || isOwnSource ? {} : { from: '', subject: '', visibleText: '', trace: [], warnings: [], warningsSaid: [] };
  const isTold = readsLog || (reads && seesAll);
  const ticket = message.ticket && { ...message.ticket, ticketNumber: null, title: '' };
  return { ...message, ...words, ...(isTold ? {} : { reason: '', reasonSaid: '', ticket }) };
}

/** What a scanner lacks. */
const missing = (wanted: unknown, hasPasswordFor: (host: string) => boolean): FieldError[] => [
  ...missingLogin(wanted, hasPasswordFor),
  ...missingForGraph(wanted),
  ...missingForSending(wanted),
];

/** Microsoft Graph is read with a Microsoft account alone. */
function missingForGraph(wanted: unknown): FieldError[] {
  const { protocol, authType } = (wanted ?? {}) as Record<string, unknown>;
  return protocol === 'graph' && authType !== 'microsoft' ? [{ path: ['protocol'], said: say('form.answersByGraph') }] : [];
}

/** Microsoft Graph sends with the scanner's account, from the mailbox of the sender's address. */
function missingForSending(wanted: unknown): FieldError[] {
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
