import type { Core } from '@strapi/strapi';
import type { Channels, Digest, NoticeChoices } from '../../../shared/api/notices';
import { NOTICE_KINDS, type NoticeKind } from '../../../shared/vocabulary';
import { inTransaction, readTable, tableIn, TABLES } from '../storage/tables';

/** What each administrator wants to be told. */

/** Nobody gets emails that they did not ask for: neither who uses the panel all day, nor whoever upgrades. */
const UNLESS_CHOSEN: Channels = { panel: true, email: false };

export const DEFAULT_CHOICES: NoticeChoices = {
  channels: Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, UNLESS_CHOSEN])) as Record<NoticeKind, Channels>,
  // Mailboxes of colleagues are no place of ours: what is erased here stays there.
  withExcerpt: false,
  digest: null,
};

/** By the ids of administrators; those who have chosen nothing are not among them. */
export async function choicesOf(strapi: Core.Strapi, users: number[]): Promise<Map<number, NoticeChoices>> {
  if (users.length === 0) return new Map();
  const rows: { user_id: number; choices: string }[] = await readTable(strapi, TABLES.told, (table) =>
    table.whereIn('user_id', users).select('user_id', 'choices'),
  );
  return new Map(rows.map(({ user_id: user, choices }) => [user, choicesFrom(choices)]));
}

/** What an earlier release did not ask for is as if nobody had chosen. */
function choicesFrom(json: string): NoticeChoices {
  const { channels: chosen, ...others } = JSON.parse(json) as Partial<NoticeChoices>;
  const channels = Object.fromEntries(
    NOTICE_KINDS.map((kind) => [kind, { ...UNLESS_CHOSEN, ...chosen?.[kind] }]),
  ) as NoticeChoices['channels'];
  return { ...DEFAULT_CHOICES, ...others, channels };
}

export const choicesOfOne = async (strapi: Core.Strapi, user: number): Promise<NoticeChoices> =>
  (await choicesOf(strapi, [user])).get(user) ?? DEFAULT_CHOICES;

/** Keeps the choices, for what happens from now on. */
export async function chooseNotices(strapi: Core.Strapi, user: number, { channels, withExcerpt, digest }: NoticeChoices): Promise<void> {
  const row = { user_id: user, choices: JSON.stringify({ channels, withExcerpt, digest }) };
  await inTransaction(strapi, (trx) => tableIn(strapi, trx, TABLES.told).insert(row).onConflict('user_id').merge(['choices']));
}

/** Those who want a digest, and when. */
export async function digestsWanted(strapi: Core.Strapi): Promise<{ user: number; digest: Digest }[]> {
  const rows: { user_id: number; choices: string }[] = await readTable(strapi, TABLES.told, (table) => table.select('user_id', 'choices'));
  return rows.flatMap(({ user_id: user, choices }) => {
    const { digest } = choicesFrom(choices);
    return digest ? [{ user, digest }] : [];
  });
}
