import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { log } from '../services/log';
import { MailboxError } from '../services/mailbox/types';
import { openMailbox, type ScannerRow } from '../services/scanner/access';
import { authservOf } from '../services/scanner/authserv';
import { asksForOlder, countUnread, keepBeginning, mayStillTake, noteBeginning, type OlderUnread } from '../services/scanner/beginning';
import { preview, type PreviewedMessage } from '../services/scanner/preview';
import { nudge } from '../services/scanner/schedule';
import { scan } from '../services/scanner/scan';
import { busyScanners, takeScanner } from '../services/scanner/turn';
import { deleteSecret, knownSecrets, saveSecret, secretName } from '../services/settings/secrets';
import { plainWords } from '../services/storage/failure';
import { deleteFiles } from '../services/storage/files';
import { inTransaction } from '../services/storage/tables';
import { UID } from '../services/uids';
import { limitCalls } from './limit';
import { workOnMailbox } from './mailbox-work';
import { MISSING_AUTHORIZATION, findOr404, parse, presentAuthorization, refuse, requireAuthorization, type FieldError } from './request';
import { may, viewerOf } from './ticket-access';

const connection = {
  authType: z.enum(['password', 'microsoft', 'google', 'oidc']).default('password'),
  protocol: z.enum(['imap', 'pop3']).default('imap'),
  host: z.string('Enter the name of the mail server.').trim().min(1, 'Enter the name of the mail server.').max(255),
  port: z.coerce
    .number('Enter the port.')
    .int('The port is a whole number.')
    .min(1, 'Ports begin with 1.')
    .max(65535, 'Ports end with 65535.')
    .optional(),
  encryption: z.enum(['ssl', 'starttls', 'none']).default('ssl'),
  validateCertificate: z.boolean().default(true),
  username: z.string().trim().max(255).nullish(),
  password: z.string().max(1000).optional(),
  mailboxName: z.string().trim().max(255).nullish(),
  /** Its documentId. A row that was read has the whole record. */
  authorization: z.preprocess((value) => (value as { documentId?: string } | null)?.documentId ?? value, z.string().nullish()),
};

const scannerShape = z.object({
  ...connection,
  name: z.string('Give the scanner a name.').trim().min(1, 'Give the scanner a name.').max(255),
  active: z.boolean().default(false),
  scanType: z.enum(['unread', 'sinceLastScan']).default('unread'),
  scanEvery: z.coerce.number().int().min(1, 'At least every minute.').max(1440, 'At most 1440 minutes, which is a day.').default(5),
  listen: z.boolean().default(true),
  scanFrom: z.iso.datetime({ offset: true, message: 'Enter a date and time.' }).nullish(),
  fromAddress: z.union([z.literal(''), z.email('Enter an email address.')]).nullish(),
  fromName: z.string().trim().max(255).nullish(),
  // Scanners that are older than this setting have null.
  useReplyTo: z.boolean().nullish().transform(Boolean),
  authservId: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9.-]{0,255}$/, 'Enter the name as it stands first in Authentication-Results, such as mx.example.com.')
    .nullish()
    .transform((id) => id || null),
});

/** What goes with an activation, or with a run before the first one: whether the unread emails that lie there are taken. */
const beginningShape = z.object({ unread: z.enum(['take', 'leave']).nullish() });

const BEGAN_ALREADY =
  'Leave out "unread": it is for a scanner that looks for unread emails without a date to start from, and that was never activated.';

type ScannerInput = z.infer<typeof scannerShape>;

/** Ports by protocol and encryption, for those who leave the port open (RFC 8314). */
const PORTS: Record<string, number> = {
  'imap ssl': 993,
  'imap starttls': 143,
  'imap none': 143,
  'pop3 ssl': 995,
  'pop3 starttls': 110,
  'pop3 none': 110,
};

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
  'useReplyTo',
  'authservId',
  'lastScanAt',
  'lastError',
  'failingSince',
  'messagesScanned',
  'messagesFailed',
  'createdAt',
  'updatedAt',
];

const scanner = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    const rows = await strapi.db.query(UID.scanner).findMany({ orderBy: { id: 'asc' }, populate: { authorization: true } });
    ctx.body = { data: await present(strapi, rows) };
  },

  async findOne(ctx: Context) {
    await answer(strapi, ctx, await findOr404(strapi, UID.scanner, ctx, { populate: { authorization: true } }));
  },

  async create(ctx: Context) {
    const input = parse(scannerShape, ctx.request.body, missingLogin(ctx.request.body, false));
    const login = await loginColumns(strapi, input);
    const row = await inTransaction(strapi, async () => {
      const created = await strapi.db
        .query(UID.scanner)
        .create({ data: { ...columnsOf(input, null), ...login } as never, populate: { authorization: true } });
      if (input.password) await saveSecret(strapi, secretName.scannerPassword(created.documentId), input.password);
      return created;
    });
    ctx.status = 201;
    await answer(strapi, ctx, row);
  },

  async update(ctx: Context) {
    const row = await findOr404(strapi, UID.scanner, ctx, { populate: { authorization: true } });
    const changed = { ...row, ...(ctx.request.body as object) };
    const secret = secretName.scannerPassword(row.documentId);
    // A saved password goes to the server that it was entered for, and to no other.
    const hasPassword = row.host === String(changed.host).trim() && (await knownSecrets(strapi, [secret])).has(secret);
    const input = parse(scannerShape, changed, missingLogin(changed, hasPassword));
    const login = await loginColumns(strapi, input);
    const { unread = null } = parse(beginningShape, ctx.request.body);
    const activates = input.active && !row.active;
    const save = (data: object) =>
      strapi.db.query(UID.scanner).update({ where: { id: row.id }, data: data as never, populate: { authorization: true } });
    let updated = await inTransaction(strapi, async () => {
      if (input.password) await saveSecret(strapi, secret, input.password);
      return save({ ...columnsOf({ ...input, active: input.active && row.active }, row), ...login });
    });
    await keepBeginning(strapi, row, updated);
    if (activates) {
      // Before it is active: what comes from this moment on is behind the position.
      await workOnMailbox(ctx, () => noteStart(strapi, updated, unread));
      updated = await save({ active: true, activatedAt: new Date() });
    }
    nudge(strapi);
    await answer(strapi, ctx, updated);
  },

  async delete(ctx: Context) {
    const row = await findOr404(strapi, UID.scanner, ctx);
    const lease = await workOnMailbox(ctx, () => takeScanner(strapi, row));
    try {
      await deleteScanner(strapi, row);
    } finally {
      await lease.release();
    }
    nudge(strapi);
    ctx.body = { data: { documentId: row.documentId } };
  },

  async test(ctx: Context) {
    limitCalls(ctx, 'connection test', 60);
    const saved = ctx.params.id ? await findOr404(strapi, UID.scanner, ctx, { populate: { authorization: true } }) : null;
    const input = parse(z.object(connection), { ...saved, ...(ctx.request.body as object) });
    const authorization = input.authType === 'password' ? null : await requireAuthorization(strapi, input.authorization, input.authType);
    if (input.authType === 'password' && !input.password && saved && saved.host !== input.host) {
      refuse([{ path: ['password'], message: 'Enter the password. The saved one is for another server.' }]);
    }
    const row = {
      ...saved,
      ...input,
      authorization,
      documentId: saved?.documentId ?? '',
      port: input.port ?? PORTS[`${input.protocol} ${input.encryption}`],
    };
    const result = await testConnection(strapi, row as unknown as ScannerRow, input.password || undefined);
    // What is in a mailbox that somebody else has set up is for who may see scanners.
    ctx.body = { data: saved && result.ok && !may(ctx, 'read-scanners') ? { ok: true } : result };
  },

  async folders(ctx: Context) {
    const row = await findOr404(strapi, UID.scanner, ctx);
    ctx.body = { data: await workOnMailbox(ctx, () => foldersOf(strapi, row)) };
  },

  /** What the panel asks before it activates a scanner or runs it for the first time: null where nobody has to be asked. */
  async unread(ctx: Context) {
    const row = await findOr404(strapi, UID.scanner, ctx);
    ctx.body = { data: { count: asksForOlder(row) ? await workOnMailbox(ctx, () => countUnread(strapi, row)) : null } };
  },

  async run(ctx: Context) {
    const row = await findOr404(strapi, UID.scanner, ctx);
    const { unread = null } = parse(beginningShape, ctx.request.body ?? {});
    if (unread && !mayStillTake(row)) refuse([{ path: ['unread'], message: BEGAN_ALREADY }]);
    const result = await workOnMailbox(ctx, () => scan(strapi, row, unread));
    const failed = may(ctx, 'read-scan-log') ? result.failed : result.failed.map(({ reason }) => ({ subject: '', from: '', reason }));
    ctx.body = { data: { ...result, failed } };
  },

  async preview(ctx: Context) {
    const row = await findOr404(strapi, UID.scanner, ctx);
    const shape = z.object({ limit: z.coerce.number().int().min(1).max(50).default(10), source: z.string().max(50_000_000).optional() });
    const options = parse(shape, ctx.request.body);
    const messages = await workOnMailbox(ctx, () => preview(strapi, row, options));
    ctx.body = { data: messages.map((message) => previewFor(ctx, message, options.source !== undefined)) };
  },
});

export default scanner;

// ---- Reading

/** Answers with a scanner: whole for who may see scanners; who may only set them up is told that it was done. */
async function answer(strapi: Core.Strapi, ctx: Context, row: any): Promise<void> {
  if (!may(ctx, 'read-scanners')) {
    ctx.body = { data: { documentId: row.documentId } };
    return;
  }
  [ctx.body] = (await present(strapi, [row])).map((data) => ({ data }));
}

/** Scanners as the panel sees them: whether a password is saved, never the password. */
async function present(strapi: Core.Strapi, rows: any[]) {
  const secrets = await knownSecrets(
    strapi,
    rows.map(({ documentId }) => secretName.scannerPassword(documentId)),
  );
  const running = await busyScanners(strapi, rows);
  const rules = await strapi.db
    .query(UID.rule)
    .findMany({ select: ['id'], where: { scanner: { id: { $in: rows.map(({ id }) => id) } } }, populate: { scanner: { select: ['id'] } } });
  return rows.map((row) => ({
    ...Object.fromEntries(READ_ATTRIBUTES.map((name) => [name, row[name]])),
    authorization: row.authorization ? presentAuthorization(row.authorization) : null,
    authserv: authservOf(row),
    hasPassword: secrets.has(secretName.scannerPassword(row.documentId)),
    running: running.has(row.documentId),
    ruleCount: rules.filter((rule) => rule.scanner?.id === row.id).length,
  }));
}

/** What the mailbox holds is for who may see the scan log, and whose ticket a message belongs to for who may see all tickets. */
function previewFor(ctx: Context, message: PreviewedMessage, isOwnSource: boolean): PreviewedMessage {
  const readsLog = may(ctx, 'read-scan-log');
  const { reads, seesAll } = viewerOf(ctx);
  const words = readsLog || isOwnSource ? {} : { from: '', subject: '', visibleText: '', trace: [], warnings: [] };
  const isTold = readsLog || (reads && seesAll);
  const ticket = message.ticket && { ...message.ticket, ticketNumber: null, title: '' };
  return { ...message, ...words, ...(isTold ? {} : { reason: '', ticket }) };
}

// ---- Writing

function columnsOf(
  { password: _password, authorization: _authorization, port, active, scanFrom, ...input }: ScannerInput,
  before: ScannerRow | null,
) {
  const activated = active && !before?.active;
  return {
    ...input,
    active,
    port: port ?? PORTS[`${input.protocol} ${input.encryption}`],
    scanFrom: scanFrom ? new Date(scanFrom) : null,
    ...(activated ? { activatedAt: new Date() } : {}),
    // Another server has another name.
    ...(before && before.host !== input.host ? { authservSeen: null } : {}),
    ...(before ? {} : { messagesScanned: 0, messagesFailed: 0 }),
  };
}

/** With its rules, positions, scan log, kept sources and password. The tickets that came of it stay. */
async function deleteScanner(strapi: Core.Strapi, { id, documentId }: ScannerRow): Promise<void> {
  const scanner = { id };
  const kept = await strapi.db.query(UID.message).findMany({ select: ['sourceKey'], where: { scanner, sourceKey: { $notNull: true } } });
  await inTransaction(strapi, async () => {
    for (const uid of [UID.rule, UID.folderState, UID.message]) await strapi.db.query(uid).deleteMany({ where: { scanner } });
    await deleteSecret(strapi, secretName.scannerPassword(documentId));
    await strapi.db.query(UID.scanner).delete({ where: { id } });
  });
  await deleteFiles(
    strapi,
    kept.map(({ sourceKey }) => sourceKey),
  );
}

/** What a scanner lacks to sign in. */
function missingLogin(input: unknown, hasPassword: boolean): FieldError[] {
  const { authType = 'password', authorization, username, password } = (input ?? {}) as Record<string, unknown>;
  if (authType !== 'password') return authorization ? [] : [MISSING_AUTHORIZATION];
  const missing: FieldError[] = [];
  if (!String(username ?? '').trim())
    missing.push({ path: ['username'], message: 'Enter the user name of the mailbox, often its address.' });
  if (!password && !hasPassword)
    missing.push({ path: ['password'], message: 'Enter the password of the mailbox. For another server it has to be entered again.' });
  return missing;
}

/** The columns of the login: an account's name stands in for the user name. */
async function loginColumns(strapi: Core.Strapi, { authType, authorization }: ScannerInput) {
  if (authType === 'password') return { authorization: null };
  const row = await requireAuthorization(strapi, authorization, authType);
  return { authorization: row.id, username: row.username };
}

/**
 * Where its folders end now is where a scanner starts. A mailbox that cannot be reached now is asked by date later, unless somebody has
 * said what is to become of its unread emails: that cannot be kept then.
 */
async function noteStart(strapi: Core.Strapi, row: ScannerRow, unread: OlderUnread | null): Promise<void> {
  try {
    await noteBeginning(strapi, row, unread);
  } catch (error) {
    if (unread) throw error;
    log(strapi, 'warn', 'A scanner was activated, but its mailbox could not be read yet', { scanner: row, reason: plainWords(error) });
  }
}

// ---- The mailbox

async function testConnection(strapi: Core.Strapi, row: ScannerRow, password?: string) {
  try {
    const mailbox = await openMailbox(strapi, row, password);
    try {
      return {
        ok: true,
        folders: await mailbox.folders(),
        capabilities: mailbox.capabilities,
        serverCapabilities: mailbox.serverCapabilities,
      };
    } finally {
      await mailbox.close();
    }
  } catch (error) {
    if (!(error instanceof MailboxError)) throw error;
    return { ok: false, code: error.code, message: error.message };
  }
}

async function foldersOf(strapi: Core.Strapi, row: ScannerRow) {
  const mailbox = await openMailbox(strapi, row);
  return mailbox.folders().finally(() => mailbox.close());
}
