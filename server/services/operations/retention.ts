import { setTimeout as sleep } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import { log } from '../log';
import { isFailure, OUTCOMES } from '../../../shared/vocabulary';
import { getSettings, type Settings } from '../settings/settings';
import { deleteFiles } from '../storage/files';
import type { Lease } from '../storage/lease';
import { inTransaction } from '../storage/tables';
import { UID } from '../uids';

/**
 * What is not kept for ever, by the settings. Rows stay: a message's row is what makes it count once, however often a mailbox hands
 * it out again, and a delivery's row is what keeps a comment from being sent again and lets answers find their ticket. What goes is
 * what they tell about people.
 */

interface RetentionRule {
  what: string;
  setting: 'keepLogDays' | 'keepSourceDays' | 'keepDeliveryDays';
  /** Works on some rows of that time; resolves with how many, 0 when none is left. */
  batch(strapi: Core.Strapi, lease: Lease, time: Time): Promise<number>;
  /** Rows stay of which nothing is left to go, and no index tells them from the others. */
  along?: Along;
}

/** A moment of the rows, and where an index has them by it. */
interface Along {
  uid: (typeof UID)['message' | 'delivery'];
  moment: 'createdAt' | 'sentAt';
  where: object;
}

interface Time {
  $gte?: Date;
  $lt: Date;
}

const RULES: RetentionRule[] = [
  { what: 'scan log', setting: 'keepLogDays', batch: forgetMessages },
  {
    what: 'raw sources',
    setting: 'keepSourceDays',
    batch: dropSources,
    along: { uid: UID.message, moment: 'createdAt', where: { forgottenAt: null } },
  },
  {
    what: 'copies of sent emails',
    setting: 'keepDeliveryDays',
    batch: dropCopies,
    along: { uid: UID.delivery, moment: 'sentAt', where: { state: 'sent' } },
  },
];

const DAY_MS = 24 * 3_600_000;
/** Small, so that SQLite keeps nobody waiting. */
const ROWS_A_BATCH = 200;
const PAUSE_MS = 20;

/** Works off what is due, until nothing is left or that moment is reached. */
export async function applyRetention(strapi: Core.Strapi, lease: Lease, until: number): Promise<void> {
  const settings = await getSettings(strapi);
  for (const rule of RULES) await applyRule(strapi, lease, rule, settings, until);
}

async function applyRule(strapi: Core.Strapi, lease: Lease, rule: RetentionRule, settings: Settings, until: number): Promise<void> {
  const days = settings[rule.setting];
  if (days === 0) return;
  const before = new Date(Date.now() - days * DAY_MS);
  let total = 0;
  for await (const time of rule.along ? slices(strapi, rule.along, before, until) : [{ $lt: before }])
    for (let count = 1; count > 0 && Date.now() < until; await sleep(PAUSE_MS)) {
      lease.signal.throwIfAborted();
      count = await rule.batch(strapi, lease, time);
      total += count;
    }
  if (total > 0) log(strapi, 'info', 'What was kept long enough was removed', { task: rule.what, count: total });
}

/** As many rows are looked through at once. */
const ROWS_A_SLICE = 500;

/** Up to which moment nothing is left, and when that was begun, of each type. */
const passed = new WeakMap<Core.Strapi, Map<string, { began: number; end?: Date }>>();

/**
 * The time up to that moment, a few rows at a time. What is through is asked again after a day, because somebody may have settled what failed, and
 * after a start; until then only what has become old meanwhile.
 */
async function* slices(strapi: Core.Strapi, { uid, moment, where }: Along, before: Date, until: number): AsyncGenerator<Time> {
  const all = passed.get(strapi) ?? new Map<string, { began: number; end?: Date }>();
  passed.set(strapi, all);
  const known = all.get(uid);
  // A clock that went back does not put it off.
  const walk = known && Math.abs(Date.now() - known.began) < DAY_MS ? known : { began: Date.now(), end: undefined };
  all.set(uid, walk);
  while (!walk.end || walk.end < before) {
    const from = walk.end;
    const [last] = await strapi.db.query(uid).findMany({
      select: [moment],
      where: { ...where, [moment]: { ...(from && { $gte: from }), $lt: before } },
      orderBy: { [moment]: 'asc' },
      offset: ROWS_A_SLICE,
      limit: 1,
    });
    // More rows than that may have one and the same moment.
    const end = last ? new Date(Math.max(new Date(last[moment]).getTime(), (from?.getTime() ?? 0) + 1)) : before;
    yield { ...(from && { $gte: from }), $lt: end };
    // What there was no time for is for the next run.
    if (Date.now() >= until) return;
    walk.end = end;
  }
}

/** What nobody may have tried again any more. */
const SETTLED_OUTCOMES = OUTCOMES.filter((outcome) => !isFailure(outcome));

/** Nor does the mailbox have to be told. */
const SETTLED = { outcome: { $in: SETTLED_OUTCOMES }, effectsOpen: false };

/** What a row tells about its message. Place and fingerprint stay. */
export const FORGOTTEN = {
  messageId: null,
  fromAddress: null,
  fromName: null,
  subject: null,
  receivedAt: null,
  reason: null,
  reasonSaid: null,
  trace: null,
  sourceKey: null,
  rule: null,
  ticket: null,
  comment: null,
};

/** One outcome after the other: that is how an index has them in the order of their moments. */
async function forgetMessages(strapi: Core.Strapi, lease: Lease, createdAt: Time): Promise<number> {
  for (const outcome of SETTLED_OUTCOMES) {
    const where = { forgottenAt: null, outcome, createdAt };
    const count = await changeMessages(strapi, lease, where, { ...FORGOTTEN, forgottenAt: new Date() });
    if (count > 0) return count;
  }
  return 0;
}

function dropSources(strapi: Core.Strapi, lease: Lease, createdAt: Time): Promise<number> {
  return changeMessages(strapi, lease, { sourceKey: { $notNull: true }, forgottenAt: null, createdAt }, { sourceKey: null });
}

/** Changes settled rows and deletes their sources once that is committed. A crash in between leaves files to the sweep of orphans. */
async function changeMessages(strapi: Core.Strapi, lease: Lease, where: object, data: object): Promise<number> {
  const rows: { id: number; sourceKey: string | null }[] = await strapi.db
    .query(UID.message)
    .findMany({ select: ['id', 'sourceKey'], where: { ...SETTLED, ...where }, orderBy: { createdAt: 'asc' }, limit: ROWS_A_BATCH });
  if (rows.length === 0) return 0;
  const ids = rows.map(({ id }) => id);
  const kept = await inTransaction(strapi, async (trx) => {
    await lease.confirm(trx);
    // Asked again in the statement itself: somebody may just have had one of them tried again.
    await strapi.db.query(UID.message).updateMany({ where: { id: { $in: ids }, ...SETTLED }, data });
    return strapi.db.query(UID.message).findMany({ select: ['sourceKey'], where: { id: { $in: ids }, sourceKey: { $notNull: true } } });
  });
  const keys = new Set(kept.map(({ sourceKey }) => sourceKey));
  await deleteFiles(
    strapi,
    rows.flatMap(({ sourceKey }) => (sourceKey && !keys.has(sourceKey) ? [sourceKey] : [])),
  );
  return rows.length;
}

/** An email as it left. Whoever has it sent once more (it came back, say) has it composed again, as the ticket is then. */
export const WITHOUT_COPY = { subject: null, html: null, text: null, headers: null };

async function dropCopies(strapi: Core.Strapi, lease: Lease, sentAt: Time): Promise<number> {
  const where = { state: 'sent', sentAt, subject: { $notNull: true } };
  const rows: { id: number }[] = await strapi.db
    .query(UID.delivery)
    .findMany({ select: ['id'], where, orderBy: { sentAt: 'asc' }, limit: ROWS_A_BATCH });
  if (rows.length === 0) return 0;
  await inTransaction(strapi, async (trx) => {
    await lease.confirm(trx);
    await strapi.db.query(UID.delivery).updateMany({ where: { id: { $in: rows.map(({ id }) => id) }, state: 'sent' }, data: WITHOUT_COPY });
  });
  return rows.length;
}
