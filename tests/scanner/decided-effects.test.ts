import { expect, test } from 'vitest';
import type { Folder, Mailbox } from '../../server/services/mailbox/types';
import { withJunkFolder, type DecidedEffects } from '../../server/services/scanner/decided-effects';

/** Which folder is the one for junk, by what a mailbox says of its folders. With real servers: tests/inbox/spam.test.ts. */

const folder = (path: string, specialUse: string | null = null, selectable = true): Folder => ({
  path,
  name: path,
  delimiter: '/',
  specialUse,
  selectable,
});

function mailboxWith(folders: Folder[]) {
  let asked = 0;
  const mailbox = { folders: async () => ((asked += 1), folders) } as Partial<Mailbox> as Mailbox;
  return { mailbox, asked: () => asked };
}

const SEEN = { type: 'seen' } as const;
const TO_JUNK: DecidedEffects[] = [
  { uid: '1', effects: [SEEN, { type: 'junk' }] },
  { uid: '2', effects: [SEEN] },
  { uid: '3', effects: [SEEN, { type: 'junk' }] },
];

test.each<[string, Folder[], string | null]>([
  ['the one that the server says is for that', [folder('INBOX'), folder('Junk'), folder('Werbung', '\\Junk')], 'Werbung'],
  ['none by POP3, which has the inbox alone', [folder('INBOX')], null],
  ['none that holds other folders and no message', [folder('Junk', '\\Junk', false)], null],
])('junk goes to %s', async (_, folders, target) => {
  const { mailbox, asked } = mailboxWith(folders);
  const moved = target === null ? [SEEN] : [SEEN, { type: 'move', folder: target }];
  expect(await withJunkFolder(mailbox, TO_JUNK)).toEqual([
    { uid: '1', effects: moved },
    { uid: '2', effects: [SEEN] },
    { uid: '3', effects: moved },
  ]);
  expect(asked()).toBe(1);
});

test('a mailbox whose folders nobody needs to know is not asked for them', async () => {
  const { mailbox, asked } = mailboxWith([]);
  const effects: DecidedEffects[] = [{ uid: '1', effects: [SEEN, { type: 'move', folder: 'Done' }] }];
  expect(await withJunkFolder(mailbox, effects)).toEqual(effects);
  expect(asked()).toBe(0);
});
