import type { Core, UID as StrapiUID } from '@strapi/strapi';
import { say, type Words } from '../../../shared/sentences/words';
import { MailboxError } from '../mailbox/types';
import { log } from '../log';
import { inTransaction } from '../storage/tables';
import type { RuleAction } from '../../../shared/api/rules';
import type { Row } from '../storage/rows';
import { UID } from '../uids';
import type { ScannerRow } from './access';
import { addRule } from './rule-records';
import { foldersOf, sameFolder } from './rules';
import { foldersOfMailbox } from './connection';

/** A rule that was checked, as readRule of the controller gives it. */
export interface CheckedRule {
  name: string;
  folders: string[];
  actions: RuleAction[];
}

/**
 * Adds rules behind those of a scanner, all of them or none. They are switched off, so that nothing happens to email before somebody has
 * looked at them.
 */
export function importRules(
  strapi: Core.Strapi,
  scanner: { id: number; documentId: string },
  rules: CheckedRule[],
): Promise<Row<'rule'>[]> {
  return inTransaction(strapi, async () => {
    const rows: Row<'rule'>[] = [];
    for (const rule of rules) rows.push(await addRule(strapi, scanner, { ...rule, active: false }));
    return rows;
  });
}

/** What the settings of actions name of the site's own. */
interface NamingConfig {
  tags?: string[];
  people?: number[];
  team?: string | null;
  reply?: string;
  webhook?: string;
  onCreate?: { helpdeskStatus?: string };
  onUpdate?: { helpdeskStatus?: string };
  fields?: { helpdeskStatus?: string };
}

/** What of the rules is not here: folders of the mailbox, and what their actions name. */
export async function missingFor(strapi: Core.Strapi, scanner: ScannerRow, rules: CheckedRule[]): Promise<Words[]> {
  const folders = rules.flatMap((rule) => foldersOf(rule.folders));
  return [
    ...(await missingFolders(strapi, scanner, [...new Set(folders)])),
    ...(await missingForActions(
      strapi,
      rules.flatMap((rule) => rule.actions),
    )),
  ];
}

/** What of these actions is not here: tags, statuses, people, teams, canned replies and webhooks. */
export async function missingForActions(strapi: Core.Strapi, given: readonly { type: string; config: unknown }[]): Promise<Words[]> {
  const actions = given.map(({ type, config }) => ({ type, config: config as NamingConfig }));
  const configsOf = (type: string) => actions.filter((action) => action.type === type).map(({ config }) => config);
  const tags: string[] = configsOf('setTags').flatMap(({ tags = [] }) => tags);
  const statuses = actions.flatMap(({ config }) =>
    [config.onCreate, config.onUpdate, config.fields].flatMap((fields) => fields?.helpdeskStatus ?? []),
  );
  const people: number[] = ['assign', 'notifyPeople'].flatMap(configsOf).flatMap(({ people = [] }) => people);
  const teams: string[] = configsOf('assign').flatMap(({ team }) => team ?? []);
  const replies: string[] = configsOf('answerCustomer').flatMap(({ reply }) => reply ?? []);
  const webhooks: string[] = configsOf('callWebhook').flatMap(({ webhook }) => webhook ?? []);
  return [
    ...((await countOf(strapi, UID.tag, { documentId: { $in: tags } })) < new Set(tags).size ? [say('rule.importTags')] : []),
    ...((await countOf(strapi, UID.ticketStatus, { documentId: { $in: statuses } })) < new Set(statuses).size
      ? [say('rule.importStatuses')]
      : []),
    ...((await countOf(strapi, 'admin::user', { id: { $in: people } })) < new Set(people).size ? [say('rule.importPeople')] : []),
    ...((await countOf(strapi, UID.team, { documentId: { $in: teams } })) < new Set(teams).size ? [say('rule.importTeams')] : []),
    ...((await countOf(strapi, UID.cannedReply, { documentId: { $in: replies }, owner: { $null: true } })) < new Set(replies).size
      ? [say('rule.importReplies')]
      : []),
    ...((await countOf(strapi, UID.webhook, { documentId: { $in: webhooks } })) < new Set(webhooks).size ? [say('webhook.imported')] : []),
  ];
}

const countOf = (strapi: Core.Strapi, uid: StrapiUID.ContentType, where: object): Promise<number> => strapi.db.query(uid).count({ where });

async function missingFolders(strapi: Core.Strapi, scanner: ScannerRow, wanted: string[]): Promise<Words[]> {
  if (wanted.every((folder) => sameFolder(folder, 'INBOX'))) return [];
  try {
    const there = (await foldersOfMailbox(strapi, scanner)).map(({ path }) => path);
    const missing = wanted.filter((folder) => !sameFolder(folder, 'INBOX') && !there.some((path) => sameFolder(path, folder)));
    return missing.length > 0 ? [say('rule.importFolders', { folders: missing.join(', ') })] : [];
  } catch (error) {
    if (!(error instanceof MailboxError)) throw error;
    log(strapi, 'info', 'The folders of imported rules could not be looked up', { scanner, reason: error.message });
    return [say('rule.importUnchecked')];
  }
}
