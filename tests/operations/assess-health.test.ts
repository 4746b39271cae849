import { describe, expect, test } from 'vitest';
import { assessHealth, type DeliveriesNow, type MessagesNow, type ScannerNow } from '../../server/services/operations/assess-health';

const NOW = new Date('2026-11-24T12:00:00Z');
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

const scanner = (changes: Partial<ScannerNow> = {}): ScannerNow => ({
  documentId: 's1',
  name: 'Support',
  scanEvery: 5,
  running: false,
  activatedAt: ago(1000),
  lastScanAt: ago(2),
  lastSuccessAt: ago(2),
  lastError: null,
  failingSince: null,
  ...changes,
});

const quiet: DeliveriesNow = { isSetUp: true, waiting: 0, oldest: null, lastSent: null, failed: 0, failedLastDay: 0 };

const none: MessagesNow = { failed: 0, quarantined: 0, failedLastDay: 0 };

const judged = (scanners: ScannerNow[], deliveries: Partial<DeliveriesNow> = {}, messages: Partial<MessagesNow> = {}, failedCalls = 0) =>
  assessHealth({
    now: NOW,
    patienceMs: 30 * 60_000,
    scanners,
    deliveries: { ...quiet, ...deliveries },
    messages: { ...none, ...messages },
    webhooks: { waiting: 0, failed: 0, failedLastDay: failedCalls },
  });

test('all is well when each active scanner has scanned and nothing waits', () => {
  expect(judged([scanner()])).toMatchObject({ status: 'ok', problems: [], scanners: [{ state: 'ok' }] });
  expect(judged([])).toMatchObject({ status: 'ok' });
});

describe('a scanner', () => {
  test.each<[string, Partial<ScannerNow>, string, string[]]>([
    ['that fails for a moment is failing, which is no problem yet', { failingSince: ago(29) }, 'failing', []],
    ['that has failed for a while is a problem', { failingSince: ago(30) }, 'failing', ['scannerFailing']],
    ['that nobody scans though it is time is overdue', { lastScanAt: ago(36) }, 'overdue', ['scannerOverdue']],
    ['that scans rarely is not overdue before its time', { scanEvery: 60, lastScanAt: ago(80) }, 'ok', []],
    ['whose long scan is under way is not overdue', { lastScanAt: ago(600), running: true }, 'ok', []],
    [
      'that was activated a moment ago waits for its first scan',
      { activatedAt: ago(1), lastScanAt: null, lastSuccessAt: null },
      'waiting',
      [],
    ],
    ['that was activated long ago and never scanned is overdue', { lastScanAt: null, lastSuccessAt: null }, 'overdue', ['scannerOverdue']],
    ['that rested for months and was just activated again is not overdue', { activatedAt: ago(1), lastScanAt: ago(100_000) }, 'ok', []],
    ['that failed and is not scanned any more is overdue', { failingSince: ago(600), lastScanAt: ago(500) }, 'overdue', ['scannerOverdue']],
  ])('%s', (_, changes, state, problems) => {
    const report = judged([scanner(changes)]);
    expect(report.scanners[0].state).toBe(state);
    expect(report.problems.map(({ kind }) => kind)).toEqual(problems);
    expect(report.status).toBe(problems.length > 0 ? 'failing' : 'ok');
  });

  test('has one outage under one key, whether it fails or is overdue', () => {
    const keyOf = (changes: Partial<ScannerNow>) => judged([scanner(changes)]).problems[0].key;
    expect(keyOf({ failingSince: ago(40) })).toBe(keyOf({ failingSince: ago(40), lastScanAt: ago(39) }));
  });

  test('of a database without successes noted has succeeded when it last did not fail', () => {
    expect(judged([scanner({ lastSuccessAt: null })]).scanners[0].lastSuccessAt).toEqual(ago(2));
    expect(judged([scanner({ lastSuccessAt: null, failingSince: ago(3) })]).scanners[0].lastSuccessAt).toBeNull();
  });
});

test('an email that has waited for long is a problem; one given up deserves a look', () => {
  expect(judged([], { waiting: 2, oldest: ago(29) })).toMatchObject({ status: 'ok' });
  expect(judged([], { waiting: 2, oldest: ago(30) })).toMatchObject({ status: 'failing', problems: [{ kind: 'outboxWaiting', count: 2 }] });
  expect(judged([], { failed: 5, failedLastDay: 1 })).toMatchObject({
    status: 'warning',
    problems: [{ kind: 'deliveriesFailed', count: 1 }],
  });
  expect(judged([], { failed: 5, failedLastDay: 0 })).toMatchObject({ status: 'ok' });
});

test('an email that failed to come in deserves a look for a day', () => {
  expect(judged([], {}, { failed: 1, quarantined: 1, failedLastDay: 2 })).toMatchObject({
    status: 'warning',
    problems: [{ kind: 'messagesFailed', count: 2 }],
  });
  expect(judged([], {}, { failed: 1, quarantined: 1, failedLastDay: 0 })).toMatchObject({ status: 'ok' });
});

test('a call of a webhook that was given up deserves a look for a day', () => {
  expect(judged([], {}, {}, 3)).toMatchObject({ status: 'warning', problems: [{ kind: 'webhooksFailed', count: 3 }] });
});
