import { setTimeout as sleep } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { inBoth, say, type Words } from '../../../shared/sentences/words';
import { actionRegistry } from '../action/registry';
import type { TicketContext } from '../action/types';
import { noteActivities } from '../helpdesk/activity';
import { actAs } from '../helpdesk/actor';
import { isAsleep } from '../helpdesk/snooze';
import { SpokenError } from '../lib/spoken-error';
import { log } from '../log';
import { resolveFields } from '../action/rule-fields';
import { getServiceLevels } from '../settings/settings';
import { isStorageFailure, isConflict, plainWords, wordsOf } from '../storage/failure';
import { acquireLease, LeaseLost, type Lease } from '../storage/lease';
import { inTransaction, tableIn, TABLES } from '../storage/tables';
import { waitsOfTicket } from '../times/measure';
import { dueLooks, scheduleLook } from '../times/wait-rows';
import { alarmOf, beginOf, waitStateOf, type TicketWaits, type Wait, type WaitState } from '../times/waits';
import { rowsOf, type Row } from '../storage/rows';
import { UID } from '../uids';
import { openTicketDesk } from './ticket-desk';
import { meets } from './ticket-subject';
import { timingOf } from './trigger-records';

/**
 * Acts on tickets that have been in a state for some time. One instance does so at a time, one ticket a transaction: what is true of the ticket
 * is read there again, its row is held, and that the trigger has acted is written together with what it did. So it acts once for a time or
 * not at all, whatever ends the process, and not on a customer who has answered meanwhile.
 */

const A_PIECE = 50;
/** This many tickets a run at most: what is left is for the next, and nobody's outbox is filled by one mistake. */
const MOST_A_RUN = 200;
const PAUSE_MS = 10;
/** Two triggers may undo what the other does: so often one acts on one ticket within a day. */
const MOST_A_DAY = 5;
const DAY_MS = 24 * 3_600_000;

/** Looks at what is due. Resolves with how often a trigger has acted. */
export async function runTriggers(strapi: Core.Strapi): Promise<number> {
  // To take a lease is to write, and mostly nothing is due.
  if ((await dueLooks(strapi, 1)).length === 0) return 0;
  const lease = await acquireLease(strapi, 'triggers');
  if (!lease) return 0;
  let acted = 0;
  try {
    for (let looked = 0; looked < MOST_A_RUN;) {
      const due = await dueLooks(strapi, A_PIECE);
      if (due.length === 0) break;
      for (const { ticket, state } of due) {
        lease.signal.throwIfAborted();
        acted += await look(strapi, lease, ticket, state);
        looked += 1;
      }
      await sleep(PAUSE_MS);
    }
  } catch (error) {
    if (!(error instanceof LeaseLost)) throw error;
  } finally {
    await lease.release();
  }
  return acted;
}

/** A trigger whose time is up, and since when the ticket is in its state. */
interface Acting {
  trigger: Row<'trigger'>;
  /** The ticket's id. */
  ticket: number;
  since: number;
}

/** Resolves with 1 when a trigger acted. Others of the same ticket come later, when what this one did is known. */
async function look(strapi: Core.Strapi, lease: Lease, ticket: number, state: WaitState): Promise<number> {
  let acting: Acting | null = null;
  try {
    return await inTransaction(strapi, async (trx) => {
      acting = null;
      // Before anything is read: a scan that brings an answer holds the ticket, too.
      await tableIn(strapi, trx, strapi.db.metadata.get(UID.ticket).tableName).where({ id: ticket }).forUpdate().select('id');
      await lease.confirm(trx);
      const now = Date.now();
      const found = await waitsOfTicket(strapi, trx, ticket);
      const wait = found?.waits.find((one) => one.state === state);
      if (!found || !wait) {
        await tableIn(strapi, trx, TABLES.waits).where({ ticket_id: ticket, state }).delete();
        return 0;
      }
      const trigger = isAsleep(found.ticket) ? null : await nextToAct(strapi, trx, found, wait);
      // Another trigger may be up as well.
      await scheduleLook(strapi, trx, { ticket: found.ticket, wait, after: trigger ? 0 : now });
      if (!trigger) return 0;
      acting = { trigger, ticket, since: wait.since };
      await act(strapi, trx, acting);
      return 1;
    });
  } catch (error) {
    if (error instanceof LeaseLost || isStorageFailure(error) || isConflict(error) || acting === null) throw error;
    await noteFailure(strapi, acting as Acting, error as Error);
    return 0;
  }
}

/** The first active trigger whose time is up, that has not acted for this time, and whose conditions hold. */
async function nextToAct(strapi: Core.Strapi, trx: Knex.Transaction, { ticket }: TicketWaits, { state, since }: Wait) {
  const now = Date.now();
  const levels = await getServiceLevels(strapi);
  const rows = await rowsOf(strapi, UID.trigger).findMany({ where: { active: true }, orderBy: [{ minutes: 'asc' }, { id: 'asc' }] });
  for (const row of rows) {
    const timing = timingOf(row);
    if (waitStateOf(timing.state) !== state || beginOf(timing, since) <= timing.startsAt) continue;
    // A target that was missed does not come near any more.
    if (timing.state === 'dueSoon' && since <= now) continue;
    const alarm = alarmOf(timing, since, levels);
    if (alarm === null || alarm > now || !(await mayAct(strapi, trx, { trigger: row, ticket: ticket.id, since }))) continue;
    if ((await meets(strapi, row.conditions ?? { combinator: 'and', rules: [] }, [ticket.id])).size > 0) return row;
  }
  return null;
}

/** Once for a time that a ticket is in a state, and not for ever by what other triggers and rules do. */
async function mayAct(strapi: Core.Strapi, trx: Knex.Transaction, { trigger, ticket, since }: Acting): Promise<boolean> {
  const rows: { since: number | string; at: number | string }[] = await tableIn(strapi, trx, TABLES.fired)
    .where({ trigger_id: trigger.id, ticket_id: ticket })
    .select('since', 'at');
  return !rows.some((row) => Number(row.since) === since) && rows.filter(({ at }) => Number(at) > Date.now() - DAY_MS).length < MOST_A_DAY;
}

async function act(strapi: Core.Strapi, trx: Knex.Transaction, acting: Acting): Promise<void> {
  const { trigger, ticket: ticketId } = acting;
  await noteFired(strapi, trx, acting);
  const ticket = await rowsOf(strapi, UID.ticket).findOne({ select: ['documentId'], where: { id: ticketId } });
  const opened = ticket && (await openTicketDesk(strapi, ticket.documentId));
  if (!opened) return;
  await actAs({ kind: 'trigger', name: trigger.name }, async () => {
    const notes: (Words | (() => Words))[] = [];
    const context: TicketContext = {
      strapi,
      rule: trigger.name,
      ruleId: trigger.documentId,
      fill: (text) => text,
      ticket: opened.ticket,
      desk: opened.desk,
      note: (words) => void notes.push(words),
      isNews: true,
      isTimed: true,
      mayAnswer: () => true,
    };
    for (const { type, config } of trigger.actions ?? []) {
      const action = actionRegistry(strapi).get(type);
      if (!action?.onTicket) throw new SpokenError(say('rule.actionGone', { rule: trigger.name, action: type }));
      await action.onTicket(context, await resolveFields(strapi, action.config.parse(config ?? {})));
    }
    await opened.write();
    const said = notes.map((note) => (typeof note === 'function' ? note() : note)).filter(Boolean);
    await noteActivities(strapi, [{ ticket: ticketId, kind: 'triggered', detail: said.length > 0 ? inBoth('reason', said as Words) : {} }]);
  });
}

const noteFired = (strapi: Core.Strapi, trx: Knex.Transaction, { trigger, ticket, since }: Acting) =>
  tableIn(strapi, trx, TABLES.fired).insert({ trigger_id: trigger.id, ticket_id: ticket, since, at: Date.now() });

/** It is not tried again: somebody has to look. */
async function noteFailure(strapi: Core.Strapi, acting: Acting, error: Error): Promise<void> {
  const { trigger, ticket } = acting;
  const why = wordsOf(error);
  log(strapi, 'warn', 'A time trigger could not act', { trigger: trigger.name, reason: plainWords(error) });
  await inTransaction(strapi, async (trx) => {
    await noteFired(strapi, trx, acting).onConflict(['trigger_id', 'ticket_id', 'since']).ignore();
    await noteActivities(strapi, [{ ticket, kind: 'triggerFailed', detail: inBoth('reason', why) }], {
      kind: 'trigger',
      name: trigger.name,
    });
  });
}
