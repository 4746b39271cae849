import { mail } from '../../../tests/support/helpdesk';
import { findingOf, type Attack } from '../types';

const MAILS = 60;

export const attack: Attack = {
  title: 'One sender opens a ticket with each of very many emails',
  async run({ app, arrives }) {
    const from = 'endless@attack.test';
    await arrives(...Array.from({ length: MAILS }, (_, index) => mail({ from, subject: `Endless ticket ${index}` })));
    const { maxNewTicketsPerHour } = await app.api('GET', '/settings');
    const query = (type: string) => app.strapi.db.query(`plugin::mail-scanner.${type}` as never) as any;
    const tickets = await query('ticket').count({ where: { contact: { email: from } } });
    const comments = await query('comment').count({ where: { authorAddress: from } });
    const wrong = [
      ...(tickets > maxNewTicketsPerHour + 1 ? [`${tickets} tickets were opened`] : []),
      ...(comments < MAILS ? [`${MAILS - comments} emails are lost`] : []),
    ];
    return findingOf(wrong, `${tickets} tickets hold all ${comments} emails`);
  },
};
