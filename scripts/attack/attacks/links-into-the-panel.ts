import { mail } from '../../../tests/support/helpdesk';
import { findingOf, type Attack } from '../types';

const LINKS = [
  'http:/admin/steal',
  'https:/admin/steal',
  'http:admin',
  'https:\\admin',
  '/admin',
  '//',
  'javascript:void(0)',
  'ftp://files.test/x',
];

/** Browsers read `http:/admin` on a page of that scheme as a path of the page's own site (WHATWG URL). */
export const attack: Attack = {
  title: 'A stranger’s link that opens on the panel’s own origin',
  async run({ app, arrives }) {
    const html = LINKS.map((href) => `<a href="${href}">offer</a>`).join('');
    await arrives(
      mail({ from: 'links@attack.test', subject: 'Links into the panel', text: html, headers: { 'Content-Type': 'text/html' } }),
    );
    const [{ documentId }] = await app.api('GET', '/tickets?search=Links%20into%20the%20panel');
    const { comments } = await app.api('GET', `/tickets/${documentId}`);
    const left = [...String(comments[0].html).matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
    return findingOf(
      left.map((href) => `${href} is still a link`),
      `none of ${LINKS.length} is a link any more`,
    );
  },
};
