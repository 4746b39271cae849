import { recordBounce } from '../../helpdesk/bounces';
import type { Step } from './types';

/** A report that an email of ours did not arrive is recorded with that email, and no rule sees it. A forged one is for the rules. */
export const bounce: Step = {
  name: 'bounce',
  async decide(context) {
    const { strapi, message, desk } = context;
    if (!message.bounce || message.identity === 'doubtful') return null;
    const recorded = await recordBounce(strapi, desk, message);
    if (!recorded) return null;
    context.ticket = recorded.ticket;
    context.comment = recorded.comment;
    return { outcome: 'bounce', reason: recorded.reason };
  },
};
