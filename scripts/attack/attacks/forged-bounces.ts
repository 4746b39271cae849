import { bounceOf, mail } from '../../../tests/support/helpdesk';
import { findingOf, type Attack } from '../types';

export const attack: Attack = {
  title: 'Somebody in copy reports a fellow recipient’s address as dead, or a report comes again and again',
  async run({ app, sink, arrives }) {
    await arrives(mail({ from: 'frank@bounce-victim.test', subject: 'An email with a copy' }));
    const [{ documentId }] = await app.api('GET', '/tickets?search=email%20with%20a%20copy');
    const recipients = { to: [{ address: 'frank@bounce-victim.test' }], cc: [{ address: 'eve@attack.test' }] };
    await app.api('POST', `/tickets/${documentId}/comments`, { text: 'We look into it.', isPublic: true, ...recipients });
    await app.strapi.plugin('mail-scanner').service('outbox').deliver();
    const id = sink.mails.at(-1)!.parsed.messageId!;
    const ticket = () => app.api('GET', `/tickets/${documentId}`);
    await arrives(bounceOf(id, 'frank@bounce-victim.test', { from: 'Mail Delivery System <eve@attack.test>' }));
    const forged = (await ticket()).contact.undeliverable;
    await arrives(...Array.from({ length: 5 }, () => bounceOf(id, 'frank@bounce-victim.test')));
    const bounces = (await ticket()).comments.filter(({ matchedBy }: any) => matchedBy === 'bounce').length;
    const wrong = [
      ...(forged ? ['the address of a fellow recipient is marked as dead'] : []),
      ...(bounces === 1 ? [] : [`${bounces} of five equal reports stand in the ticket`]),
    ];
    return findingOf(wrong, 'nobody is marked by a recipient, and of five equal reports one counts');
  },
};
