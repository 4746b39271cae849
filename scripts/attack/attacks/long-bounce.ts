import { bounceOf, mail } from '../../../tests/support/helpdesk';
import { findingOf, type Attack } from '../types';

const LINES = 400_000;
const RECIPIENTS = 300;
/** Where it costs lines times recipients, it is far more. */
const MOST_MS = 15_000;

export const attack: Attack = {
  title: 'A delivery report of megabytes with hundreds of recipients, which keeps the parser busy',
  async run({ app, arrives }) {
    const recipients = Array.from({ length: RECIPIENTS }, (_, index) => `<person${index}@attack.test>: 550 5.1.1 User unknown\n`);
    const text = `Your message could not be delivered.\n\n${recipients.join('')}${'All of this is said at length.\n'.repeat(LINES)}`;
    const headers = { 'Content-Type': 'text/plain' };
    const started = performance.now();
    await arrives(bounceOf('<nobody-wrote-this@attack.test>', 'person0@attack.test', { text, headers }));
    const ms = Math.round(performance.now() - started);
    await arrives(mail({ from: 'next@attack.test', subject: 'After the long report' }));
    const next = await app.api('GET', '/tickets?search=After%20the%20long%20report');
    const wrong = [...(ms > MOST_MS ? [`it took ${ms} ms`] : []), ...(next.length === 1 ? [] : ['the next email became no ticket'])];
    return findingOf(wrong, `it took ${ms} ms, and the next email is a ticket`);
  },
};
