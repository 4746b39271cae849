import { recordBounce } from '../../helpdesk/bounces';
import { numbersInReport } from '../report-numbers';
import type { Step, StepContext, Verdict } from './types';

/** A report that an email of ours did not arrive is recorded with that email, and no rule sees it. A forged one is for the rules. */
export const bounce: Step = {
  name: 'bounce',
  decide(context) {
    const { message } = context;
    return message.bounce && message.identity !== 'doubtful' ? record(context) : null;
  },
};

async function record(context: StepContext): Promise<Verdict | null> {
  const { strapi, desk, message, ticketPrefixes } = context;
  const recorded = await recordBounce(strapi, desk, message, numbersInReport(message, ticketPrefixes));
  if (!recorded) return null;
  context.ticket = recorded.ticket;
  context.comment = recorded.comment;
  return { outcome: 'bounce', reason: recorded.reason };
}
