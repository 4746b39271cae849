// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { holds, plainWords } from '../../admin/src/shared/utils/plainWords';

test.each([
  ['paragraphs', '<p>Good day,</p><p>we look into it.</p>', 'Good day, we look into it.'],
  ['line breaks', 'Regards<br>The team<br/>of support', 'Regards The team of support'],
  ['lists and headings', '<h2>Steps</h2><ul><li>Open</li><li>Close</li></ul>', 'Steps Open Close'],
  ['rows and cells', '<table><tr><td>Ticket</td><td>Status</td></tr><tr><td>1</td></tr></table>', 'Ticket Status 1'],
  ['marks inside of a word', '<p>un<b>believ</b>able &amp; true</p>', 'unbelievable & true'],
])('a preview does not glue %s', (_, html, words) => {
  expect(plainWords(html)).toBe(words);
});

test('a search ignores case, the Turkish one too', () => {
  expect(holds('İade talebi', ' iade ')).toBe(true);
  expect(holds('iade', 'İADE')).toBe(true);
  expect(holds('Refund', 'iade')).toBe(false);
});
