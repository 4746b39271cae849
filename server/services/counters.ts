import type { Core } from '@strapi/strapi';

/**
 * What this process has done since it started, for Prometheus: it adds the instances up and notices a restart by itself. What the
 * database knows is no counter here; see metrics.ts.
 */

/** Each counter, with the values of its one label. */
interface CounterLabels {
  scans: 'ok' | 'failed';
  messages: 'processed' | 'noMatch' | 'duplicate' | 'bounce' | 'blocked' | 'failed' | 'quarantined' | 'skipped';
  deliveries: 'sent' | 'retried' | 'failed';
  parserRestarts: 'all';
}

export type CounterName = keyof CounterLabels;

type Counts = { [Name in CounterName]: Map<string, number> };

const countsOf = new WeakMap<Core.Strapi, Counts>();

/** The counts of this process by counter and label. */
export function counters(strapi: Core.Strapi): Counts {
  let counts = countsOf.get(strapi);
  if (!counts) countsOf.set(strapi, (counts = { scans: new Map(), messages: new Map(), deliveries: new Map(), parserRestarts: new Map() }));
  return counts;
}

export function count<Name extends CounterName>(strapi: Core.Strapi, name: Name, label: CounterLabels[Name], by = 1): void {
  const counts = counters(strapi)[name];
  counts.set(label, (counts.get(label) ?? 0) + by);
}
