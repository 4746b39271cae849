import type { Core } from '@strapi/strapi';
import { log } from '../log';
import { teamChange, WITH_TEAM } from '../helpdesk/teams';
import { requireAuthorization } from '../oauth/authorizations';
import { refuse } from '../platform/refusal';
import { deleteSecret, knownSecrets, saveSecret, secretName } from '../settings/secrets';
import { findDocument, holdDocument } from '../storage/documents';
import { plainWords } from '../storage/failure';
import { deleteFiles } from '../storage/files';
import { inTransaction } from '../storage/tables';
import { rowsOf, type Found } from '../storage/rows';
import { UID } from '../uids';
import { type ScannerRow } from './access';
import { portOf, type ConnectionInput, type SendingInput } from './connection';
import { copyRules } from './rule-records';
import { keepBeginning, noteBeginning, type OlderUnread } from './beginning';
import { scheduleNow } from './schedule';
import { busyScanners, takeScanner } from './turn';
import { say } from '../../../shared/sentences/words';

/** Scanners as people keep them. */

interface ScannerInput extends ConnectionInput, SendingInput {
  name: string;
  active: boolean;
  scanType: 'unread' | 'sinceLastScan';
  scanEvery: number;
  listen: boolean;
  scanFrom?: string | null;
  fromName?: string | null;
  /** Sanitised HTML. */
  signature?: string | null;
  /** Which emails customers of this mailbox get, where it differs from the templates. */
  customerEmails?: Record<string, boolean | null | undefined> | null;
  useReplyTo: boolean;
  authservId: string | null;
  /** The documentId of the team that its tickets begin with. */
  helpdeskTeam: string | null;
}

const WITH_RELATIONS = { populate: { authorization: true, ...WITH_TEAM } } as const;

export type KeptScanner = Found<typeof UID.scanner, typeof WITH_RELATIONS>;

// ---- Reading

/** All scanners with their authorizations and teams, the oldest first. */
export const listScanners = (strapi: Core.Strapi): Promise<KeptScanner[]> =>
  rowsOf(strapi, UID.scanner).findMany({ orderBy: { id: 'asc' }, ...WITH_RELATIONS });

export const scannerNames = (strapi: Core.Strapi): Promise<{ documentId: string; name: string }[]> =>
  rowsOf(strapi, UID.scanner).findMany({ select: ['documentId', 'name'] });

/** With its authorization and its team; null when there is none. */
export const findScanner = (strapi: Core.Strapi, documentId: string): Promise<KeptScanner | null> =>
  findDocument(strapi, UID.scanner, documentId, WITH_RELATIONS);

/** What is known of a scanner beside its record. */
interface ScannerState {
  hasPassword: boolean;
  running: boolean;
  ruleCount: number;
}

/** The state of each of these scanners, by its id. */
export async function statesOfScanners(
  strapi: Core.Strapi,
  scanners: { id: number; documentId: string }[],
): Promise<Map<number, ScannerState>> {
  const secretOf = (documentId: string) => secretName.scannerPassword(documentId);
  const secrets = await knownSecrets(
    strapi,
    scanners.map(({ documentId }) => secretOf(documentId)),
  );
  const running = await busyScanners(strapi, scanners);
  const where = { scanner: { id: { $in: scanners.map(({ id }) => id) } } };
  const rules = await rowsOf(strapi, UID.rule).findMany({ select: ['id'], where, populate: { scanner: { select: ['id'] } } });
  const stateOf = ({ id, documentId }: { id: number; documentId: string }): ScannerState => ({
    hasPassword: secrets.has(secretOf(documentId)),
    running: running.has(documentId),
    ruleCount: rules.filter((rule) => rule.scanner?.id === id).length,
  });
  return new Map(scanners.map((scanner) => [scanner.id, stateOf(scanner)]));
}

// ---- Writing

/**
 * `rulesFrom`: the documentId of a scanner whose rules it gets, as they are; no password comes along. Throws a 400 beside the field for an
 * authorization that does not fit, and for rules of a scanner that is not there.
 */
export function addScanner(strapi: Core.Strapi, input: ScannerInput, rulesFrom: string | null): Promise<KeptScanner> {
  return inTransaction(strapi, async () => {
    const model = rulesFrom === null ? null : await findScanner(strapi, rulesFrom);
    if (rulesFrom !== null && !model) refuse([{ path: ['rulesFrom'], said: say('storage.noRecord') }]);
    const data = { ...columnsOf(input, null), ...(await loginColumns(strapi, input)), ...(await teamChange(strapi, input.helpdeskTeam)) };
    const created = await strapi.db.query(UID.scanner).create({ data, ...WITH_RELATIONS });
    if (input.password) await saveSecret(strapi, secretName.scannerPassword(created.documentId), input.password);
    if (model) await copyRules(strapi, model, created);
    return created;
  });
}

/** What somebody wants of a scanner. */
interface ScannerChange {
  input: ScannerInput;
  /** For a scanner that becomes active: what is to become of the unread emails that lie in its mailbox. */
  unread: OlderUnread | null;
}

/**
 * Changes a scanner in one transaction with reading it, and then activates it where it was not active. `change` makes the new values from
 * the record as it is; `hasPasswordFor` says whether the saved password is for that server. Resolves with the scanner as it is
 * then; with null when there is none. Throws a 400 as `addScanner` does, and a MailboxError when the unread emails cannot be looked at.
 */
export async function changeScanner(
  strapi: Core.Strapi,
  documentId: string,
  change: (row: KeptScanner, hasPasswordFor: (host: string) => boolean) => ScannerChange,
): Promise<KeptScanner | null> {
  const saved = await inTransaction(strapi, async () => {
    await holdDocument(strapi, UID.scanner, documentId);
    const row = await findScanner(strapi, documentId);
    if (!row) return null;
    const secret = secretName.scannerPassword(documentId);
    const isKnown = (await knownSecrets(strapi, [secret])).has(secret);
    // A saved password goes to the server that it was entered for, and to no other.
    const { input, unread } = change(row, (host) => isKnown && host === row.host);
    const login = { ...(await loginColumns(strapi, input)), ...(await teamChange(strapi, input.helpdeskTeam)) };
    if (input.password) await saveSecret(strapi, secret, input.password);
    const now = await save(strapi, row.id, { ...columnsOf({ ...input, active: input.active && row.active }, row), ...login });
    await keepBeginning(strapi, row, now);
    return { now, activates: input.active && !row.active, unread };
  });
  if (!saved) return null;
  const now = saved.activates ? await activate(strapi, saved.now, saved.unread) : saved.now;
  scheduleNow(strapi);
  return now;
}

const save = (strapi: Core.Strapi, id: number, data: object): Promise<KeptScanner> =>
  strapi.db.query(UID.scanner).update({ where: { id }, data, ...WITH_RELATIONS });

/** Asks the mailbox before the scanner is active: what comes from this moment on is behind the position. */
async function activate(strapi: Core.Strapi, row: KeptScanner, unread: OlderUnread | null): Promise<KeptScanner> {
  await noteStart(strapi, row, unread);
  return save(strapi, row.id, { active: true, activatedAt: new Date() });
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

function columnsOf(
  { password: _password, authorization: _authorization, helpdeskTeam: _team, active, scanFrom, ...input }: ScannerInput,
  before: ScannerRow | null,
) {
  const activated = active && !before?.active;
  return {
    ...input,
    active,
    port: portOf(input),
    scanFrom: scanFrom ? new Date(scanFrom) : null,
    ...(activated ? { activatedAt: new Date() } : {}),
    // Another server has another name.
    ...(before && before.host !== input.host ? { authservSeen: null } : {}),
    ...(before ? {} : { messagesScanned: 0, messagesFailed: 0 }),
  };
}

/** The columns of the login: an account's name stands in for the user name. */
async function loginColumns(strapi: Core.Strapi, { authType, authorization }: ScannerInput) {
  if (authType === 'password') return { authorization: null };
  const row = await requireAuthorization(strapi, authorization, authType);
  return { authorization: row.id, username: row.username };
}

/**
 * Deletes a scanner with its rules, positions, scan log, kept sources and password. The tickets that came of it stay. Throws ScannerBusy.
 */
export async function deleteScanner(strapi: Core.Strapi, row: ScannerRow): Promise<void> {
  const lease = await takeScanner(strapi, row);
  try {
    await deleteRecords(strapi, row);
  } finally {
    await lease.release();
  }
  scheduleNow(strapi);
}

async function deleteRecords(strapi: Core.Strapi, { id, documentId }: ScannerRow): Promise<void> {
  const scanner = { id };
  const kept = await rowsOf(strapi, UID.message).findMany({ select: ['sourceKey'], where: { scanner, sourceKey: { $notNull: true } } });
  await inTransaction(strapi, async () => {
    for (const uid of [UID.rule, UID.folderState, UID.message]) await strapi.db.query(uid).deleteMany({ where: { scanner } });
    await deleteSecret(strapi, secretName.scannerPassword(documentId));
    await strapi.db.query(UID.scanner).delete({ where: { id } });
  });
  await deleteFiles(
    strapi,
    kept.flatMap(({ sourceKey }) => sourceKey ?? []),
  );
}
