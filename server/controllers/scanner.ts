import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { teamName } from '../services/helpdesk/teams';
import { refuse } from '../services/platform/refusal';
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
import { orNotFound, parse, pick, presentAuthorization, wholeNumber } from './request';
import { may, viewerOf } from './ticket-access';
import {
  asEntered,
  beginningShape,
  connection,
  missing,
  missingForGraph,
  missingForSending,
  modelShape,
  runShape,
  scannerShape,
  sending,
} from './scanner-shapes';

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
    // What is in a mailbox that somebody else has set up is only for those who may see scanners.
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
    const shape = z.object({ limit: wholeNumber(1, 50).default(10), source: z.string().max(50_000_000).optional() });
    const options = parse(shape, ctx.request.body);
    const messages = await workOnMailbox(ctx, () => preview(strapi, row, options));
    ctx.body = { data: messages.map((message) => previewFor(ctx, message, options.source !== undefined)) };
  },
});

export default scanner;

const scannerOr404 = (strapi: Core.Strapi, ctx: Context) => orNotFound(findScanner(strapi, ctx.params.id));

/** Answers with a scanner: whole for those who may see scanners; those who may only set them up are told that it was done. */
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

/** What the mailbox holds is only for those who may see the scan log, and the ticket of a message only for those who may see all tickets. */
export function previewFor(ctx: Context, message: PreviewedMessage, isOwnSource: boolean): PreviewedMessage {
  const readsLog = may(ctx, 'read-scan-log');
  const { reads, seesAll } = viewerOf(ctx);
  const words = readsLog || isOwnSource ? {} : { from: '', subject: '', visibleText: '', trace: [], warnings: [], warningsSaid: [] };
  const isTold = readsLog || (reads && seesAll);
  const ticket = message.ticket && { ...message.ticket, ticketNumber: null, title: '' };
  return { ...message, ...words, ...(isTold ? {} : { reason: '', reasonSaid: '', ticket }) };
}
