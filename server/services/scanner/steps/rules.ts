import type { MailboxEffect } from '../../mailbox/types';
import { applyRules } from '../rules';
import { subjectOf } from './context';
import type { Step } from './types';
import { say } from '../../../../shared/sentences/words';

/** The rules of the scanner decide about all that is left: the actions of those that match run in their order. */
export const rules: Step = {
  name: 'rules',
  async decide(context) {
    const { scan, item, message } = context;
    const { matching, trace } = applyRules(scan.rules, subjectOf({ ...item, parsed: message }), scan.ticketNumberPattern);
    if (matching.length === 0) return { outcome: 'noMatch', reason: say('log.noMatch'), trace };
    const effects: MailboxEffect[] = [{ type: 'seen' }];
    for (const rule of matching) {
      context.rule = rule.name;
      for (const { action, config } of rule.actions) effects.push(...(await action.run(context, config)));
    }
    return { outcome: 'processed', reason: '', effects, rule: matching[0], trace };
  },
};
