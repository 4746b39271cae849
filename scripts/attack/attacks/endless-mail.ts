import { mail } from '../../../tests/support/helpdesk';
import { findingOf, type Attack } from '../types';

/** Harmless on any machine, and far above what a row holds. */
const BYTES = 3_000_000;
const MAILS = 3;
const MOST_BYTES = 2_500_000;

export const attack: Attack = {
  title: 'A few huge emails, by which the inbox is to become too large to open',
  async run({ app, arrives }) {
    const text = 'All work and no play makes a long email.\n'.repeat(BYTES / 41);
    await arrives(
      ...Array.from({ length: MAILS }, (_, index) => mail({ from: `huge${index}@attack.test`, subject: `Huge email ${index}`, text })),
    );
    const list = JSON.stringify((await app.request('GET', '/tickets?search=Huge%20email')).body);
    const [{ documentId }] = JSON.parse(list).data;
    const page = JSON.stringify((await app.request('GET', `/tickets/${documentId}`)).body);
    const [whole] = JSON.parse(page).data.comments[0].attachments;
    const wrong = [
      ...(list.length > 20_000 ? [`the list has ${list.length} bytes`] : []),
      ...(page.length > MOST_BYTES ? [`a conversation has ${page.length} bytes`] : []),
      ...(whole?.size > BYTES * 0.9 ? [] : ['the whole text is no file of the message']),
    ];
    return findingOf(wrong, `the list has ${list.length} bytes and the conversation ${page.length}; the whole text is a file`);
  },
};
