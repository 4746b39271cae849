import type { MailboxEffect } from '../../mailbox/types';
import { applyRules } from '../rules';
import { subjectOf } from './context';
import { capturesOf, fillIn, type Captures } from '../../rule/captures';
import type { RuleSubject } from '../../rule/types';
import type { ScanContext } from '../context';
import type { ScannerRule } from '../rules';
import type { Step } from './types';
import { say } from '../../../../shared/sentences/words';

/** The rules of the scanner decide about all that is left: the actions of those that match run in their order. */
export const rules: Step = {
  name: 'rules',
  async decide(context) {
    const { scan, item, message } = context;
    const subject = subjectOf({ ...item, parsed: message });
    const { matching, trace } = applyRules(scan.rules, subject, scan.ticketNumberPattern);
    if (matching.length === 0) return { outcome: 'noMatch', reason: say('log.noMatch'), trace };
    const effects: MailboxEffect[] = [{ type: 'seen' }];
    for (const rule of matching) {
      context.rule = rule.name;
      context.ruleId = rule.documentId;
      context.fill = fillerOf(rule, subject, scan);
      for (const { action, config } of rule.actions) {
        effects.push(...(await action.run(context, config)));
        if (action.ends === 'message') break;
      }
    }
    return { outcome: 'processed', reason: '', effects, rule: matching[0], trace };
  },
};

/** The patterns are asked again only where an action wants to know what they caught. */
function fillerOf({ conditions }: ScannerRule, subject: RuleSubject, scan: ScanContext): (text: string) => string {
  let captures: Captures | undefined;
  return (text) => fillIn(text, (captures ??= capturesOf(conditions, subject, scan)));
}
