import type { Core } from '@strapi/strapi';

/**
 * How many connections may listen. Servers allow few for a user and an address (Dovecot 10, Courier 4 for an address whatever the
 * user), and each scan, test and preview needs one, too: who listens to everything locks the scans out.
 */

const MOST_A_SCANNER = 2;
/** All scanners of one mailbox together. */
const MOST_A_MAILBOX = 4;
/** How long a server that refused a connection is listened to over fewer. */
const CAUTIOUS_MS = 6 * 60 * 60_000;
/** Connections refused in one moment count once. */
const ONE_MOMENT_MS = 10_000;

interface Wish {
  id: number;
  host: string;
  /** The name of the mailbox on that host. */
  mailbox: string;
  folders: number;
}

interface Budget {
  /** What each host was given last. */
  given: Map<string, number>;
  limits: Map<string, { most: number; since: number }>;
}

const budgets = new WeakMap<Core.Strapi, Budget>();

function budgetOf(strapi: Core.Strapi): Budget {
  const budget = budgets.get(strapi) ?? { given: new Map(), limits: new Map() };
  budgets.set(strapi, budget);
  return budget;
}

/**
 * A host refused a connection: scans come first, so with the next beat of the schedule it is listened to over half as many as now. Where
 * nobody listens, listening is not the reason.
 * @param least this many go on listening where the refusal may have another reason
 */
export function listenLess(strapi: Core.Strapi, host: string, least = 0): void {
  const { given, limits } = budgetOf(strapi);
  const known = limits.get(host);
  if (known && Date.now() - known.since < ONE_MOMENT_MS) return;
  const now = given.get(host) ?? 0;
  if (now > 0) limits.set(host, { most: Math.max(least, Math.floor(now / 2)), since: Date.now() });
  else if (known) known.since = Date.now();
}

/** How many connections each of these scanners may listen with, by their ids: each one before any gets a second. */
export function divideConnections(strapi: Core.Strapi, wishes: readonly Wish[]): Map<number, number> {
  const budget = budgetOf(strapi);
  const given = new Map(wishes.map(({ id }) => [id, 0]));
  const used = new Map<string, number>();
  const take = ({ id, host, mailbox }: Wish): void => {
    const limit = budget.limits.get(host);
    const mostOfHost = limit && Date.now() - limit.since < CAUTIOUS_MS ? limit.most : Infinity;
    const keys = [host, `${host}\n${mailbox}`];
    const [ofHost, ofMailbox] = keys.map((key) => used.get(key) ?? 0);
    if (ofHost! >= mostOfHost || ofMailbox! >= MOST_A_MAILBOX) return;
    for (const key of keys) used.set(key, (used.get(key) ?? 0) + 1);
    given.set(id, given.get(id)! + 1);
  };
  for (let round = 1; round <= MOST_A_SCANNER; round += 1) {
    for (const wish of wishes) if (wish.folders >= round) take(wish);
  }
  budget.given = new Map(wishes.map(({ host }) => [host, used.get(host) ?? 0]));
  return given;
}
