import type { Core } from '@strapi/strapi';
import { actionRegistry } from '../action/registry';
import type { Action } from '../action/types';
import { SpokenError } from '../lib/spoken-error';
import type { Mailbox } from '../mailbox/types';
import { evaluate } from '../rule/evaluate';
import type { Pattern } from '../rule/pattern';
import type { RuleTrace } from '../../../shared/api/messages';
import { say } from '../../../shared/sentences/words';
import type { ConditionGroup, RuleSubject } from '../rule/types';
import { UID } from '../uids';
import { resolveFields } from '../action/rule-fields';

/** A rule of a scanner, ready to run. */
export interface ScannerRule {
  id: number;
  documentId: string;
  name: string;
  folders: string[];
  conditions: ConditionGroup;
  actions: { action: Action; config: unknown }[];
  continueAfterMatch: boolean;
}

export type { RuleTrace };

export const NO_CONDITIONS: ConditionGroup = { combinator: 'and', rules: [] };

/** The active rules of a scanner in their order. Throws when one names an action that nobody registered. */
export async function loadRules(strapi: Core.Strapi, scannerId: number): Promise<ScannerRule[]> {
  const rows = await strapi.db.query(UID.rule).findMany({
    where: { scanner: { id: scannerId }, active: true },
    orderBy: [{ order: 'asc' }, { id: 'asc' }],
  });
  return Promise.all(rows.map((row) => readyRule(strapi, row)));
}

/** A rule as people keep it. */
export interface KeptRule {
  id: number;
  documentId: string;
  name: string;
  folders?: unknown;
  conditions?: ConditionGroup | null;
  actions?: StoredAction[] | null;
  continueAfterMatch: boolean;
}

/** Throws when it names an action that nobody registered. */
export async function readyRule(strapi: Core.Strapi, row: KeptRule): Promise<ScannerRule> {
  return {
    id: row.id,
    documentId: row.documentId,
    name: row.name,
    folders: foldersOf(row.folders),
    conditions: row.conditions ?? NO_CONDITIONS,
    actions: await Promise.all((row.actions ?? []).map((step) => prepareAction(strapi, row.name, step))),
    continueAfterMatch: row.continueAfterMatch,
  };
}

export const foldersOf = (folders: unknown): string[] => (Array.isArray(folders) && folders.length > 0 ? folders : ['INBOX']);

interface StoredAction {
  type: string;
  config?: unknown;
}

async function prepareAction(strapi: Core.Strapi, rule: string, { type, config }: StoredAction) {
  const action = actionRegistry(strapi).get(type);
  if (!action) {
    throw new SpokenError(say('rule.actionGone', { rule, action: type }));
  }
  return { action, config: await resolveFields(strapi, action.config.parse(config ?? {})) };
}

/**
 * The rules that apply to a message: the first that matches, and those after a match that say so. The trace holds each rule
 * that was looked at.
 */
export function applyRules(
  rules: ScannerRule[],
  subject: RuleSubject,
  ticketNumberPattern: Pattern,
): { matching: ScannerRule[]; trace: RuleTrace[] } {
  const matching: ScannerRule[] = [];
  const trace: RuleTrace[] = [];
  for (const rule of rules) {
    const name = { documentId: rule.documentId, name: rule.name };
    if (!rule.folders.some((folder) => sameFolder(folder, subject.folder))) {
      trace.push({ rule: name, matched: false, skipped: 'folder', conditions: null });
      continue;
    }
    const { matched, trace: conditions } = evaluate(rule.conditions, subject, { ticketNumberPattern });
    trace.push({ rule: name, matched, skipped: null, conditions });
    if (!matched) continue;
    matching.push(rule);
    if (endsList(rule)) break;
  }
  return { matching, trace };
}

const endsList = ({ continueAfterMatch, actions }: ScannerRule): boolean =>
  !continueAfterMatch || actions.some(({ action }) => action.ends !== undefined);

/** Folder names are compared as written, but INBOX in any case (RFC 3501 §5.1). */
export const sameFolder = (one: string, other: string): boolean =>
  one === other || (one.toUpperCase() === 'INBOX' && other.toUpperCase() === 'INBOX');

/** The same rules with the server's own paths in the place of the names that people gave. Throws a MailboxError. */
export async function withServerPaths(rules: ScannerRule[], mailbox: Pick<Mailbox, 'pathOf'>): Promise<ScannerRule[]> {
  const addressed: ScannerRule[] = [];
  for (const rule of rules) {
    const folders: string[] = [];
    for (const folder of rule.folders) folders.push(await mailbox.pathOf(folder));
    addressed.push({ ...rule, folders });
  }
  return addressed;
}

/** The same where no server can be asked: names that may stand for this path become it. */
export const withNameOf = (rules: ScannerRule[], path: string): ScannerRule[] =>
  rules.map((rule) => ({ ...rule, folders: rule.folders.map((name) => (mayName(name, path) ? path : name)) }));

/** Whether somebody may have meant this folder: the prefix of one's own folders left out, or with slashes for the server's delimiter. */
function mayName(name: string, path: string): boolean {
  const [one, other] = [name, path].map((text) => text.replaceAll('/', '.').replace(/^inbox(?=\.|$)/i, 'INBOX'));
  return one === other || `INBOX.${one}` === other;
}

/** The folders that a scan visits, each once. */
export function foldersToScan(rules: ScannerRule[]): string[] {
  const folders: string[] = [];
  for (const folder of rules.flatMap((rule) => rule.folders)) {
    if (!folders.some((known) => sameFolder(known, folder))) folders.push(folder);
  }
  return folders;
}
