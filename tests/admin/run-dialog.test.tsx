import { refusal, show } from './support/panel';
import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Work } from '../../shared/api/work';
import type { Scanner } from '../../admin/src/api/scanners';
import { RunDialog } from '../../admin/src/scanners/RunDialog';
import { ScannerList } from '../../admin/src/scanners/ScannerList';

/** A run as its dialog and the list of scanners show it. */

const scanner = { documentId: 's1', name: 'Sales', protocol: 'imap', activatedAt: '2026-01-02T10:00:00Z', lastScanAt: null } as Scanner;

const work = (changes: Partial<Work> = {}): Work => ({
  id: 'w1',
  kind: 'scan',
  state: 'running',
  scanner: { documentId: 's1', name: 'Sales' },
  startedBy: 1,
  startedAt: '2026-01-02T10:00:00Z',
  endedAt: null,
  done: 1_200,
  total: 5_000,
  byOutcome: { processed: 1_180, failed: 20 },
  folder: null,
  tickets: null,
  error: null,
  errorSaid: null,
  spam: null,
  ...changes,
});

const permissions = ['read-scanners', 'run-scanners', 'read-scan-log'];
const result = {
  scanned: 1_350,
  byOutcome: { processed: 1_350 },
  failed: [],
  openEffects: 0,
  leftAlone: null,
  durationMs: 9_000,
  error: null,
};

test('a run shows how far it is by outcome, and is stopped', async () => {
  let now: object = work();
  const { user, sent } = show(<RunDialog scanner={scanner} onClose={() => {}} />, {
    permissions,
    answers: {
      'POST /scanners/s1/run': work({ done: 0, total: null, byOutcome: {} }),
      'GET /work/w1': () => now,
      'POST /work/w1/stop': () => (now = work({ state: 'stopped', done: 1_350, endedAt: '2026-01-02T10:00:09Z', ...{ result } })),
    },
  });
  expect(await screen.findByText('1,200 of 5,000')).toBeTruthy();
  expect(sent('POST', '/scanners/s1/run')[0].body).toEqual({ wait: false });
  expect(screen.getByText('3,800 left')).toBeTruthy();
  expect(screen.getByRole('progressbar', { name: 'Scan of Sales' }).getAttribute('aria-valuenow')).toBe('24');
  expect(screen.getByText('1180')).toBeTruthy();
  await user.click(await screen.findByRole('button', { name: 'Stop the scan of Sales' }));
  expect(await screen.findByText('The scan was stopped')).toBeTruthy();
  expect(screen.getByText('3,650 emails are left. The next scan goes on from here.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Stop the scan of Sales' })).toBeNull();
});

test('where somebody else’s scan is under way, the dialog shows that one', async () => {
  const { sent } = show(<RunDialog scanner={scanner} onClose={() => {}} />, {
    permissions,
    answers: {
      'POST /scanners/s1/run': () => refusal(409, 'The scanner "Sales" is being scanned just now. Wait for it to finish.'),
      'GET /work': [work({ id: 'w0', state: 'done' }), work({ folder: { number: 2, of: 3 } })],
      'GET /work/w1': work({ folder: { number: 2, of: 3 } }),
    },
  });
  expect(await screen.findByText('1,200 of 5,000 · folder 2 of 3')).toBeTruthy();
  expect(sent('GET', '/work/w1')).not.toEqual([]);
});

test('a scan whose server is gone is told as interrupted', async () => {
  const gone = { ...work({ state: 'interrupted', endedAt: '2026-01-02T10:00:09Z' }), result: null };
  show(<RunDialog scanner={scanner} scan={work()} onClose={() => {}} />, { permissions, answers: { 'GET /work/w1': gone } });
  expect(await screen.findByText('The scan was interrupted')).toBeTruthy();
  expect(screen.getByText('1,200 of 5,000')).toBeTruthy();
});

test('the list of scanners shows a scan that began by itself, and a click on it begins no other one', async () => {
  const { user, sent } = show(<ScannerList />, {
    permissions,
    answers: { 'GET /scanners': [{ ...scanner, running: true }], 'GET /work': [work({ startedBy: null })], 'GET /work/w1': work() },
  });
  expect(await screen.findByText('1,200 of 5,000')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Stop the scan of Sales' })).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Show the scan of Sales' }));
  await waitFor(() => expect(sent('GET', '/work/w1')).not.toEqual([]));
  expect(sent('POST', '/scanners/s1/run')).toEqual([]);
});

test('who may only look at scanners has nothing to stop them with', async () => {
  show(<ScannerList />, {
    permissions: ['read-scanners'],
    answers: { 'GET /scanners': [{ ...scanner, running: true }], 'GET /work': [work()] },
  });
  expect(await screen.findByText('1,200 of 5,000')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Stop the scan of Sales' })).toBeNull();
});
