import { mail } from '../../../tests/support/helpdesk';
import { findingOf, type Attack } from '../types';

const FLOOD = 60;

export const attack: Attack = {
  title: 'A flood of emails with results of the sender’s own making, until they are believed',
  async run({ app, arrives }) {
    const forged = (index: number) =>
      mail({
        from: `flood${index}@flood${index % 3}.test`,
        subject: `Flood ${index}`,
        headers: { 'Authentication-Results': `mx.flood.test; dmarc=pass header.from=flood${index % 3}.test` },
      });
    // Of others there is mail as well, and the mailbox's server adds nothing to any.
    const honest = Array.from({ length: 12 }, (_, index) => mail({ from: `somebody@honest${index}.test`, subject: `Honest ${index}` }));
    await arrives(...honest, ...Array.from({ length: FLOOD }, (_, index) => forged(index)));
    await arrives(forged(FLOOD));
    const verified = await app.strapi.db
      .query('plugin::mail-scanner.comment')
      .count({ where: { verified: true, authorAddress: { $startsWith: 'flood' } } });
    return findingOf(verified > 0 ? [`${verified} are marked as verified`] : [], `none of ${FLOOD + 1} emails is marked as verified`);
  },
};
