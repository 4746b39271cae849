import { expect, test } from 'vitest';
import { splitName } from '../../server/services/helpdesk/person-name';

test.each([
  ['Ada Lovelace', 'Ada', 'Lovelace'],
  ['"Lovelace, Ada"', 'Ada', 'Lovelace'],
  ['Ada King Lovelace', 'Ada', 'King Lovelace'],
  ['Dr. Ada Lovelace', 'Ada', 'Lovelace'],
  ['Ada Lovelace (Support)', 'Ada', 'Lovelace'],
  ['Acme, Inc.', '', 'Acme, Inc.'],
  ['Ada', '', 'Ada'],
  ['佐藤 花子', '花子', '佐藤'],
  ['ada@example.com', '', 'ada'],
  ['', '', 'ada'],
])('the name "%s" is "%s" and "%s"', (name, firstName, lastName) => {
  expect(splitName({ name, address: 'ada@example.com' })).toEqual({ firstName, lastName });
});
