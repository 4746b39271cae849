import { expect, test } from 'vitest';
import { previewFor } from '../../server/controllers/scanner';
import { inBoth, say } from '../../shared/sentences/words';
import type { PreviewedMessage } from '../../shared/api/scanners';

const CANARY = 'canary';

const message: PreviewedMessage = {
  from: CANARY,
  subject: CANARY,
  receivedAt: '2026-11-24T09:30:00.000Z',
  folder: 'INBOX',
  outcome: 'processed',
  rule: null,
  ...inBoth('reason', say('log.contactCreated', { address: CANARY })),
  trace: [{ rule: { documentId: 'r', name: 'Everything' }, matched: true, skipped: null, conditions: null }],
  effects: [],
  actions: [],
  ticket: { ticketNumber: CANARY, title: CANARY, isNew: false, matchedBy: 'subject' },
  visibleText: CANARY,
  warnings: [CANARY],
  warningsSaid: [say('mailbox.says', { words: CANARY })],
};

const contextOf = (...permissions: string[]) =>
  ({
    state: {
      user: { id: 1 },
      mailScannerTeams: null,
      userAbility: { can: (action: string) => permissions.includes(action.replace('plugin::mail-scanner.', '')) },
    },
  }) as never;

test('a preview tells nothing of the messages to who may only run scanners, in English or in codes', () => {
  expect(JSON.stringify(previewFor(contextOf('run-scanners'), message, false))).not.toContain(CANARY);
  expect(previewFor(contextOf('run-scanners', 'read-scan-log'), message, false)).toEqual(message);
});
