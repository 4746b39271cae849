import { compilePattern } from '../../server/services/rule/pattern';
import { evaluate, type Evaluation } from '../../server/services/rule/evaluate';
import type { ConditionGroup, RuleSubject } from '../../server/services/rule/types';

/** A message as conditions see it; what a test does not name is ordinary. */
export function subjectOf(parts: Partial<RuleSubject> = {}): RuleSubject {
  return {
    from: { name: 'Erika Mustermann', address: 'erika@acme.example' },
    to: [{ name: '', address: 'support@demo.example' }],
    cc: [],
    bcc: [],
    replyTo: [],
    subject: 'Invoice 4711 is missing',
    text: 'Hello,\r\nwhere is the\r\ninvoice for October?',
    source: () => 'Subject: Invoice 4711 is missing\r\n\r\nHello',
    headers: { 'x-spam-flag': ['NO'], received: ['from a', 'from b'] },
    attachmentNames: [],
    size: 2048,
    date: '2026-11-24T09:30:00.000Z',
    folder: 'INBOX',
    isAutomatic: false,
    verified: true,
    ...parts,
  };
}

const ticketNumberPattern = compilePattern('\\bTT\\d+\\b');

export function evaluateOn(conditions: ConditionGroup, subject: RuleSubject = subjectOf()): Evaluation {
  return evaluate(conditions, subject, { ticketNumberPattern });
}

/** Whether one condition holds. */
export function holds(field: string, operator: string, value: unknown, parts: Partial<RuleSubject> = {}): boolean {
  return evaluateOn({ combinator: 'and', rules: [{ field, operator, value }] }, subjectOf(parts)).matched;
}
