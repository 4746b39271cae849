// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { dropUnsafeLinks } from '../../admin/src/inbox/conversation/safeLinks';

test('links that a browser would complete from the panel’s own address lose it', () => {
  const html = [
    'http:/admin',
    'https:admin',
    'https:\\\\evil.test',
    '/admin',
    'javascript:void(0)',
    'https://shop.test/a',
    'mailto:ann@shop.test',
  ];
  const { body } = new DOMParser().parseFromString(html.map((href) => `<a href="${href}">x</a>`).join(''), 'text/html');
  dropUnsafeLinks(body);
  expect([...body.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual([
    null,
    null,
    null,
    null,
    null,
    'https://shop.test/a',
    'mailto:ann@shop.test',
  ]);
});
