import { errors } from '@strapi/utils';
import type { Context } from 'koa';
import { refusal } from '../services/platform/refusal';
import { say } from '../../shared/sentences/words';

const MINUTE_MS = 60_000;

/** Calls in the present minute, by kind and caller. A map a minute: nothing has to be cleared away. */
let calls = new Map<string, number>();
let minute = 0;

/**
 * Lets one administrator, or one address where nobody is signed in, do something this many times a minute on this instance. For what
 * reaches out to others: guessing passwords at a mail server or mailing strangers is not to be had through us. Throws a
 * RateLimitError (429).
 */
export function limitCalls(ctx: Context, kind: string, perMinute: number): void {
  const now = Math.floor(Date.now() / MINUTE_MS);
  if (now !== minute) [minute, calls] = [now, new Map()];
  const key = `${kind} ${ctx.state.user?.id ?? ctx.ip}`;
  const count = (calls.get(key) ?? 0) + 1;
  calls.set(key, count);
  if (count > perMinute) throw refusal(errors.RateLimitError, say('form.tooOften', { count: perMinute }));
}
