import type { Core } from '@strapi/strapi';
import type { WebhookTarget } from '../../../shared/api/webhooks';
import { inEnglish, say, type Words } from '../../../shared/sentences/words';
import { saidBy, SpokenError } from '../lib/spoken-error';
import { inPieces } from '../lib/pieces';
import { soon, type Soon } from '../lib/soon';
import { log } from '../log';
import { post } from '../network/post-json';
import { pluginConfig } from '../settings/config';
import { plainWords } from '../storage/failure';
import { inTransaction, readTable, tableIn, TABLES } from '../storage/tables';
import { webhookHeaders } from './webhook-headers';
import { targetOf } from './webhook-records';

/**
 * Makes the calls that wait, each webhook's in their order and some webhooks at a time. A call is claimed by one conditional change before it
 * leaves, so that of several instances one makes it; a process that dies meanwhile leaves it to the next attempt, which has the same
 * `webhook-id`. So each call arrives at least once. While a webhook cannot be reached, one call at a time finds out whether it can be again.
 */

/** After each attempt that failed; behind the last one, a day later, it is given up. */
const RETRY_SECONDS = [10, 60, 300, 1_800, 7_200, 18_000, 28_800, 28_800];
/** Longer than any attempt takes. */
const CLAIM_MS = 120_000;
const PAUSE_MS = 60_000;
const DAY_MS = 24 * 3_600_000;
const AT_A_TIME = 4;
const A_PIECE = 50;
/** Somebody who calls for less is to be called again (RFC 9110 §15.5.9, RFC 8470, RFC 6585). */
const FOR_LATER = [408, 425, 429];

interface Call {
  id: number;
  call_id: string;
  body: string;
  attempts: number;
  next_at: number | string;
}

/** `busy`: no other call of this webhook is tried for a while. `waitMs`: the webhook asks for that long. */
type CallResult = 'taken' | { how: 'refused' | 'failed' | 'busy'; why: Words; waitMs?: number };

export async function sendWebhooks(strapi: Core.Strapi, signal: AbortSignal = new AbortController().signal): Promise<void> {
  for (let more = true; more && !signal.aborted;) {
    more = false;
    const due: { webhook: string }[] = await readTable(strapi, TABLES.webhookCalls, (table) =>
      table.where('next_at', '<=', Date.now()).distinct('webhook'),
    );
    for (const some of inPieces(due, AT_A_TIME)) {
      const ends = await Promise.all(some.map(({ webhook }) => sendCallsOf(strapi, webhook, signal)));
      more ||= ends.includes('more');
    }
  }
}

async function sendCallsOf(strapi: Core.Strapi, webhook: string, signal: AbortSignal): Promise<'more' | 'done'> {
  const calls: Call[] = await readTable(strapi, TABLES.webhookCalls, (table) =>
    table
      .where({ webhook })
      .where('next_at', '<=', Date.now())
      .orderBy('id')
      .limit(A_PIECE)
      .select('id', 'call_id', 'body', 'attempts', 'next_at'),
  );
  const target = await targetOf(strapi, webhook).catch((error: Error) => error);
  for (const call of calls) {
    if (signal.aborted) return 'done';
    if (!(await claim(strapi, call))) continue;
    const result = await attempt(strapi, target, call, signal);
    // A process that ends has not heard the answer: another one asks again.
    if (signal.aborted && result !== 'taken') return 'done';
    await change(strapi, [call.id], result === 'taken' ? taken() : afterFailure(call, result));
    if (result === 'taken') continue;
    log(strapi, 'warn', 'A webhook did not take what it was told', {
      webhook,
      attempts: call.attempts + 1,
      reason: inEnglish(result.why),
    });
    if (result.how !== 'busy') continue;
    await pause(strapi, webhook, result.waitMs ?? PAUSE_MS, result.why);
    return 'done';
  }
  return calls.length === A_PIECE ? 'more' : 'done';
}

async function claim(strapi: Core.Strapi, { id, next_at: nextAt, attempts }: Call): Promise<boolean> {
  const claimed: number = await inTransaction(strapi, (trx) =>
    tableIn(strapi, trx, TABLES.webhookCalls)
      .where({ id, next_at: Number(nextAt) })
      .update({ next_at: Date.now() + CLAIM_MS, attempts: attempts + 1 }),
  );
  return claimed === 1;
}

async function attempt(
  strapi: Core.Strapi,
  target: WebhookTarget | null | Error,
  { call_id: id, body }: Call,
  signal: AbortSignal,
): Promise<CallResult> {
  if (target === null || target instanceof Error) return { how: 'busy', why: target === null ? say('webhook.noTarget') : saidBy(target) };
  const url = new URL(target.url);
  const headers = {
    ...Object.fromEntries(target.headers.map(({ name, value }) => [name, value])),
    ...webhookHeaders(target.secret, id, body),
  };
  try {
    const { status, retryAfter } = await post(url, body, { headers, policy: pluginConfig(strapi), signal });
    if (status >= 200 && status < 300) return 'taken';
    const why = say('alert.status', { host: url.host, status: String(status) });
    const waitMs = waitOf(retryAfter);
    if (FOR_LATER.includes(status) || waitMs !== undefined) return { how: 'busy', why, waitMs };
    return { how: status >= 400 && status < 500 ? 'refused' : 'failed', why };
  } catch (error) {
    if (error instanceof SpokenError) return { how: 'busy', why: error.said };
    // The words of a failed connection never name the path, which is a secret in most webhooks.
    const { code, name } = error as NodeJS.ErrnoException;
    return { how: 'busy', why: say('alert.unreachable', { host: url.host, code: code ?? name }) };
  }
}

/** RFC 9110 §10.2.3: seconds or a date. At most a day: then it is given up anyway. */
function waitOf(retryAfter: string | null): number | undefined {
  if (retryAfter === null) return undefined;
  const ms = /^\s*\d+\s*$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), DAY_MS);
}

/** What it told of a customer goes with it. */
const taken = () => ({ sent_at: Date.now(), next_at: null, body: null, reason: null });

function afterFailure({ attempts }: Call, { how, why, waitMs = 0 }: Exclude<CallResult, 'taken'>) {
  const seconds = RETRY_SECONDS[attempts];
  const reason = JSON.stringify(why);
  if (how === 'refused' || seconds === undefined) return { failed_at: Date.now(), next_at: null, reason };
  return { next_at: Date.now() + Math.max(seconds * 1000, waitMs), reason };
}

/** What else is due waits, too; what has waited for two days is given up. */
async function pause(strapi: Core.Strapi, webhook: string, ms: number, reason: Words): Promise<void> {
  const now = Date.now();
  await inTransaction(strapi, async (trx) => {
    const due = () => tableIn(strapi, trx, TABLES.webhookCalls).where({ webhook }).where('next_at', '<=', now);
    await due()
      .where('at', '<', now - 2 * DAY_MS)
      .update({ failed_at: now, next_at: null, reason: JSON.stringify(reason) });
    await due().update({ next_at: now + ms });
  });
}

async function change(strapi: Core.Strapi, ids: number[], values: object): Promise<void> {
  await inTransaction(strapi, (trx) => tableIn(strapi, trx, TABLES.webhookCalls).whereIn('id', ids).update(values));
}

// ---- When

/** How long what is committed is gathered. */
const GATHER_MS = 200;

const senders = new WeakMap<Core.Strapi, { sender: Soon; ended: AbortController }>();

/** From now on calls leave when they are asked to. */
export function startWebhooks(strapi: Core.Strapi): void {
  const ended = new AbortController();
  const sender = soon(
    () =>
      sendWebhooks(strapi, ended.signal).catch((error) =>
        log(strapi, 'warn', 'Webhooks could not be called yet', { reason: plainWords(error) }),
      ),
    GATHER_MS,
  );
  senders.set(strapi, { sender, ended });
}

/** Has the calls made that wait, where this instance works by itself. */
export const askWebhooks = (strapi: Core.Strapi): void => senders.get(strapi)?.sender.ask();

/** Resolves when no call is being made any more. What has no answer yet is asked again by whoever comes next. */
export async function stopWebhooks(strapi: Core.Strapi): Promise<void> {
  senders.get(strapi)?.ended.abort();
  await senders.get(strapi)?.sender.stop();
}
