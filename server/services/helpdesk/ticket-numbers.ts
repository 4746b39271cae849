import type { Core } from '@strapi/strapi';
import { getSettings } from '../settings/settings';
import { inTransaction, tableIn, TABLES } from '../storage/tables';
import { UID } from '../uids';

const COUNTER = 'ticket';

/** Sees to it that the counter exists and that the first number given out is not below the configured start. */
export async function prepareTicketNumbers(strapi: Core.Strapi): Promise<void> {
  const { ticketStart } = await getSettings(strapi);
  await inTransaction(strapi, async (trx) => {
    const counters = () => tableIn(strapi, trx, TABLES.counters);
    await counters()
      .insert({ name: COUNTER, value: ticketStart - 1 })
      .onConflict('name')
      .ignore();
    await counters()
      .where({ name: COUNTER })
      .where('value', '<', ticketStart - 1)
      .update({ value: ticketStart - 1 });
  });
}

/**
 * Gives out `count` ticket numbers, such as "TT1001", within the calling code's transaction: a rollback gives them back.
 * Numbers that tickets already have (after an import of a site's data, say) are passed over.
 */
export async function takeTicketNumbers(strapi: Core.Strapi, count: number): Promise<string[]> {
  const { ticketPrefix } = await getSettings(strapi);
  const numbers: string[] = [];
  while (numbers.length < count) {
    const last = await advanceCounter(strapi, count - numbers.length);
    const candidates = Array.from({ length: count - numbers.length }, (_, index) => last - index).reverse();
    const names = candidates.map((number) => `${ticketPrefix}${number}`);
    const taken = await strapi.db.query(UID.ticket).findMany({ select: ['ticketNumber'], where: { ticketNumber: { $in: names } } });
    const used = new Set(taken.map(({ ticketNumber }: { ticketNumber: string }) => ticketNumber));
    numbers.push(...names.filter((name) => !used.has(name)));
    if (used.size > 0) await passExistingNumbers(strapi, ticketPrefix);
  }
  return numbers;
}

/** Moves the counter on and returns its new value. The updated row stays locked until the transaction ends. */
function advanceCounter(strapi: Core.Strapi, by: number): Promise<number> {
  return inTransaction(strapi, async (trx) => {
    const counter = () => tableIn(strapi, trx, TABLES.counters).where({ name: COUNTER });
    await counter().increment('value', by);
    return Number((await counter().first('value')).value);
  });
}

async function passExistingNumbers(strapi: Core.Strapi, prefix: string): Promise<void> {
  const rows = await strapi.db.query(UID.ticket).findMany({ select: ['ticketNumber'], where: { ticketNumber: { $startsWith: prefix } } });
  const highest = rows.reduce((most: number, { ticketNumber }: { ticketNumber: string }) => {
    const number = Number(ticketNumber.slice(prefix.length));
    return Number.isSafeInteger(number) && number > most ? number : most;
  }, 0);
  await inTransaction(strapi, (trx) =>
    tableIn(strapi, trx, TABLES.counters).where({ name: COUNTER }).where('value', '<', highest).update({ value: highest }),
  );
}
