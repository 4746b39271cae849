import { mail } from '../../../tests/support/helpdesk';
import { findingOf, type Attack } from '../types';

const VICTIM = 'victim@dmarc-victim.test';
const WAYS: [name: string, from: string, results: string][] = [
  ['two addresses', `${VICTIM}, eve@attack.test`, 'dmarc=pass header.from=attack.test'],
  ['two fields', `${VICTIM}\r\nFrom: eve@attack.test`, 'dmarc=pass header.from=dmarc-victim.test'],
  ['another domain', VICTIM, 'dmarc=pass header.from=attack.test'],
  ['an encoded word', '<=?utf-8?q?victim?=@dmarc-victim.test>', 'dmarc=pass header.from=dmarc-victim.test'],
  ['full-width letters', '<ｖictim@dmarc-victim.test>', 'dmarc=pass header.from=dmarc-victim.test'],
  ['permerror', VICTIM, 'dmarc=permerror header.from=dmarc-victim.test'],
  ['none, with SPF of another', VICTIM, 'dmarc=none header.from=dmarc-victim.test; spf=pass smtp.mailfrom=attack.test'],
];

export const attack: Attack = {
  title: 'A DMARC result of one’s own domain under somebody else’s name',
  async run({ app, scanner, arrives }) {
    await app.api('PUT', `/scanners/${scanner.documentId}`, { authservId: 'mx.example.com' });
    await arrives(mail({ from: VICTIM, subject: 'Confidential matter of the victim' }));
    const [{ documentId, ticketNumber }] = await app.api('GET', '/tickets?search=Confidential%20matter');
    const forged = WAYS.map(([name, from, results]) =>
      mail({ from, subject: `Join ${ticketNumber} by ${name}`, headers: { 'Authentication-Results': `mx.example.com; ${results}` } }),
    );
    await arrives(...forged);
    await app.api('PUT', `/scanners/${scanner.documentId}`, { authservId: null });
    const { comments } = await app.api('GET', `/tickets/${documentId}`);
    const rows = await app.strapi.db.query('plugin::mail-scanner.comment').findMany({ where: { verified: true, authorAddress: VICTIM } });
    const wrong = [
      ...(comments.length > 1 ? [`${comments.length - 1} forged emails joined the ticket`] : []),
      ...(rows.length > 0 ? [`${rows.length} are marked as verified`] : []),
    ];
    return findingOf(wrong, `none of ${WAYS.length} forged emails joined or is verified`);
  },
};
