import type { Core } from '@strapi/strapi';
import { withoutAddresses } from '../log';
import { counters, type CounterName } from '../counters';
import type { Metric } from './exposition';
import type { HealthReport } from './assess-health';

/**
 * What Prometheus is told. Gauges come from the database, so each instance says the same: take `max` over them. Counters are of
 * the process that is asked: take `sum`.
 */
export function metricsOf(strapi: Core.Strapi, report: HealthReport): Metric[] {
  return [...processCounters(strapi), ...scannerGauges(report), ...outboxGauges(report)];
}

const COUNTERS: { counter: CounterName; name: string; help: string; label: string | null; always: string[] }[] = [
  {
    counter: 'scans',
    name: 'mail_scanner_scans_total',
    help: 'Scans of this process, by how they ended.',
    label: 'result',
    always: ['ok', 'failed'],
  },
  {
    counter: 'messages',
    name: 'mail_scanner_messages_total',
    help: 'Emails that this process scanned, by what became of them.',
    label: 'outcome',
    always: ['processed', 'noMatch', 'duplicate', 'bounce', 'blocked', 'failed', 'quarantined', 'skipped'],
  },
  {
    counter: 'deliveries',
    name: 'mail_scanner_deliveries_total',
    help: 'Attempts of this process to send an email, by how they ended.',
    label: 'result',
    always: ['sent', 'retried', 'failed'],
  },
  {
    counter: 'parserRestarts',
    name: 'mail_scanner_parser_restarts_total',
    help: 'Parser threads that a message took down.',
    label: null,
    always: ['all'],
  },
];

/** A series that begins with its first event hides that event from `rate`, so all begin with 0. */
function processCounters(strapi: Core.Strapi): Metric[] {
  const counts = counters(strapi);
  return COUNTERS.map(({ counter, name, help, label, always }) => ({
    name,
    help,
    type: 'counter',
    samples: always.map((value) => ({ ...(label ? { labels: { [label]: value } } : {}), value: counts[counter].get(value) ?? 0 })),
  }));
}

function scannerGauges({ scanners, checkedAt }: HealthReport): Metric[] {
  const labelled = scanners.map((scanner) => ({
    scanner,
    labels: { scanner_id: scanner.documentId, scanner: withoutAddresses(scanner.name) },
  }));
  const scanned = labelled.flatMap(({ scanner, labels }) =>
    scanner.lastSuccessAt ? [{ labels, value: secondsBetween(scanner.lastSuccessAt, checkedAt) }] : [],
  );
  return [
    gauge(
      'mail_scanner_scanner_up',
      '1 when the last scan of this active scanner worked, else 0.',
      labelled.map(({ scanner, labels }) => ({ labels, value: scanner.state === 'ok' || scanner.state === 'waiting' ? 1 : 0 })),
    ),
    gauge('mail_scanner_last_success_age_seconds', 'Seconds since the last scan without an error of this active scanner.', scanned),
  ];
}

function outboxGauges({ outbox, messages, webhooks, checkedAt }: HealthReport): Metric[] {
  return [
    gauge('mail_scanner_outbox_waiting', 'Emails that wait to be sent.', [{ value: outbox.waiting }]),
    gauge('mail_scanner_outbox_oldest_age_seconds', 'Seconds that the oldest of them has waited.', [
      { value: outbox.oldest ? secondsBetween(outbox.oldest, checkedAt) : 0 },
    ]),
    gauge('mail_scanner_outbox_failed', 'Emails that were given up, bounces included, until somebody retries them.', [
      { value: outbox.failed },
    ]),
    gauge('mail_scanner_webhooks_waiting', 'Calls of webhooks that wait to be made.', [{ value: webhooks.waiting }]),
    gauge('mail_scanner_webhooks_failed', 'Calls of webhooks that were given up, until somebody has them tried again.', [
      { value: webhooks.failed },
    ]),
    gauge('mail_scanner_messages_unhandled', 'Emails in the scan log that could not be handled and wait for a retry.', [
      { labels: { outcome: 'failed' }, value: messages.failed },
      { labels: { outcome: 'quarantined' }, value: messages.quarantined },
    ]),
  ];
}

const gauge = (name: string, help: string, samples: Metric['samples']): Metric => ({ name, help, type: 'gauge', samples });

export const secondsBetween = (from: Date, to: Date): number => Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000));
