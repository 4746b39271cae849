import type { Core } from '@strapi/strapi';
import type { Channels, Digest, NoticeChoices } from '../../../shared/api/notices';
import { NOTICE_KINDS, type NoticeKind } from '../../../shared/vocabulary';
import { inTransaction, tableIn, TABLES } from '../storage/tables';
import { nextDigest } from './digest-time';

/** What each administrator wants to be told, and how. */

const UNLESS_CHOSEN: Channels = { panel: true, email: false };

export const DEFAULT_CHOICES: NoticeChoices = {
  channels: Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, UNLESS_CHOSEN])) as Record<NoticeKind, Channels>,
  digest: null,
};

/** By the ids of administrators; those who have chosen nothing are not among them. */
export async function choicesOf(strapi: Core.Strapi, users: number[]): Promise<Map<number, NoticeChoices>> {
  const rows: { user_id: number; choices: string }[] = await inTransaction(strapi, (trx) =>
    tableIn(strapi, trx, TABLES.told).whereIn('user_id', users).select('user_id', 'choices'),
  );
  return new Map(rows.map(({ user_id: user, choices }) => [user, choicesFrom(choices)]));
}

/** What an earlier release did not ask for is as if nobody had chosen. */
function choicesFrom(json: string): NoticeChoices {
  const { channels = {}, digest = null } = JSON.parse(json) as Partial<NoticeChoices>;
  return { channels: { ...DEFAULT_CHOICES.channels, ...channels }, digest };
}

export const choicesOfOne = async (strapi: Core.Strapi, user: number): Promise<NoticeChoices> =>
  (await choicesOf(strapi, [user])).get(user) ?? DEFAULT_CHOICES;

const NEW_ROW = { hour_at: 0, hour_mails: 0, next_at: 0, failures: 0 };

/** Keeps the choices. What waits for an email goes by the new ones: at the new hour, at once, or not at all. */
export async function chooseNotices(strapi: Core.Strapi, user: number, { channels, digest }: NoticeChoices): Promise<void> {
  const choices = JSON.stringify({ channels, digest });
  await inTransaction(strapi, async (trx) => {
    await tableIn(strapi, trx, TABLES.told)
      .insert({ user_id: user, choices, ...NEW_ROW })
      .onConflict('user_id')
      .merge(['choices']);
    const waiting = () => tableIn(strapi, trx, TABLES.notices).where({ user_id: user }).whereNotNull('mail_at');
    await waiting().update({ mail_at: mailAt(digest, Date.now()) });
    const unwanted = NOTICE_KINDS.filter((kind) => !channels[kind].email);
    if (unwanted.length > 0)
      await waiting()
        .whereIn('kind', [...unwanted])
        .update({ mail_at: null });
  });
}

/** So long what happens is gathered for one email: 40 tickets that are assigned together are told together. */
const GATHER_MS = 60_000;

/** When what happens now is part of an email. */
export const mailAt = (digest: Digest | null, now: number): number => (digest ? nextDigest(digest, now) : now + GATHER_MS);
