import { expect, test } from 'vitest';
import { exposition } from '../../server/services/operations/exposition';

test('metrics are written in the text format of Prometheus', () => {
  const text = exposition([
    {
      name: 'mail_scanner_scans_total',
      help: 'Scans.',
      type: 'counter',
      samples: [
        { labels: { result: 'ok' }, value: 3 },
        { labels: { result: 'failed' }, value: 0 },
      ],
    },
    { name: 'mail_scanner_outbox_waiting', help: 'Waiting.', type: 'gauge', samples: [{ value: 1.5 }] },
  ]);
  expect(text).toBe(
    [
      '# HELP mail_scanner_scans_total Scans.',
      '# TYPE mail_scanner_scans_total counter',
      'mail_scanner_scans_total{result="ok"} 3',
      'mail_scanner_scans_total{result="failed"} 0',
      '# HELP mail_scanner_outbox_waiting Waiting.',
      '# TYPE mail_scanner_outbox_waiting gauge',
      'mail_scanner_outbox_waiting 1.5',
      '',
    ].join('\n'),
  );
});

test('a name that somebody chose cannot break out of its label', () => {
  const text = exposition([
    { name: 'up', help: 'A \\ and\na break', type: 'gauge', samples: [{ labels: { scanner: 'Say "hi"\\\nup 0' }, value: 1 }] },
  ]);
  expect(text.split('\n')).toEqual(['# HELP up A \\\\ and\\na break', '# TYPE up gauge', 'up{scanner="Say \\"hi\\"\\\\\\nup 0"} 1', '']);
});

test.each([
  [Infinity, '+Inf'],
  [-Infinity, '-Inf'],
  [NaN, 'NaN'],
])('%s is written as the format has it', (value, words) => {
  expect(exposition([{ name: 'x', help: '', type: 'gauge', samples: [{ value }] }])).toContain(`x ${words}\n`);
});

test('a metric without samples is left out', () => {
  expect(exposition([{ name: 'x', help: '', type: 'gauge', samples: [] }])).toBe('');
});
