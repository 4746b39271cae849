import { absenceSubjectOf } from './absence-subject';
import { findAddresses } from '../bounces/dsn-address';
import { amazonJson, hasNullSender, isMailSystemAddress, type BounceReport } from '../bounces/bounce';
import { isForwardSubject } from '../forwards/separator';
import { isFromListProgram } from '../list-program';
import { allParts, type Part } from '../../mime/mime';
import { outlookKindOf, type OutlookKind } from './outlook-class';
import { isReceiptSubject, isReceiptText } from './receipt-text';
import type { Automatic } from '../../types';

/** Was this written by a machine, and how do we know (RFC 3834, RFC 3464, RFC 5965, RFC 8098, RFC 2369 and vendors' headers)? */

type Headers = Record<string, string[]>;

interface AutomaticSource {
  root: Part;
  headers: Headers;
  subject: string;
  text: string;
  report: BounceReport | null;
}

interface Evidence {
  /** The reason code that is shown and can be searched for. */
  code: string;
  kind: Automatic['kind'];
  found: (source: AutomaticSource & { outlook: OutlookKind | null }) => boolean;
}

const value = (headers: Headers, name: string): string => (headers[name] ?? []).join('\n').trim();
const has = (headers: Headers, name: string): boolean => value(headers, name) !== '';

/**
 * A program answers or marks this mail: what tells an absence note from a person who writes about absence. An answered message
 * (In-Reply-To) is none of it, since people answer, too; nor is what a distribution group, a list or the rule of another mailbox adds.
 */
function hasMachineMark({ headers }: AutomaticSource): boolean {
  const silence = value(headers, 'x-auto-response-suppress');
  const isByGroup = silence !== '' && !asksForAllSilence(headers);
  return (
    asksForAllSilence(headers) ||
    (hasNullSender(headers) && !isByGroup) ||
    hasRuleMark(headers) ||
    (/\b(?:bulk|junk)\b/i.test(value(headers, 'precedence')) && !isCarriedByList(headers)) ||
    /auto[_-]?reply/i.test(value(headers, 'precedence'))
  );
}

/** Exchange writes this word into absence notes. A distribution group has an empty sender, too, but names what it suppresses one by one. */
const asksForAllSilence = (headers: Headers): boolean => /\ball\b/i.test(value(headers, 'x-auto-response-suppress'));

/** Of a program or a rule in the author's own mailbox: a rule of another one only carries the mail on. */
function hasRuleMark(headers: Headers): boolean {
  if (isCarriedByOtherRule(headers)) return false;
  return (
    ['x-ms-exchange-inbox-rules-loop', 'x-ms-exchange-generated-message-source'].some((name) => has(headers, name)) ||
    /^auto-/i.test(value(headers, 'auto-submitted'))
  );
}

/** Exchange names the mailboxes whose rules a mail has passed: for an absence note, the one of its author. */
function isCarriedByOtherRule(headers: Headers): boolean {
  const mailboxes = findAddresses(value(headers, 'x-ms-exchange-inbox-rules-loop'));
  const authors = findAddresses(value(headers, 'from'));
  return mailboxes.length > 0 && authors.length > 0 && !authors.some((author) => mailboxes.includes(author));
}

const isCarriedByList = (headers: Headers): boolean => ['list-id', 'list-post', 'mailing-list'].some((name) => has(headers, name));

const answers = (headers: Headers): boolean => has(headers, 'in-reply-to') || has(headers, 'references');

/**
 * Who carried a mail on says nothing about who wrote it: a rule of a mailbox that redirects or forwards leaves its own marks
 * (`Auto-Submitted: auto-generated` among them) on a person's mail. Exchange writes the same into absence notes, whose subject tells.
 */
function isCarriedOn({ headers, subject }: AutomaticSource): boolean {
  const says = absenceSubjectOf(subject);
  if (says === 'prefix' || says === 'reply') return false;
  if (isCarriedByOtherRule(headers) && !asksForAllSilence(headers)) return true;
  if (says !== null) return false;
  if (['resent-from', 'resent-to', 'resent-message-id'].some((name) => has(headers, name))) return true;
  return has(headers, 'x-ms-exchange-generated-message-source') && isForwardSubject(subject);
}

/** A program that marks its answers with its owner's address, to know them when they come back. */
function loopsToAuthor(headers: Headers): boolean {
  const authors = findAddresses(value(headers, 'from'));
  return findAddresses(value(headers, 'x-loop')).some((address) => authors.includes(address));
}

const saysGenerated = (headers: Headers): boolean =>
  /^auto-generated/i.test(value(headers, 'auto-submitted')) || /^yes/i.test(value(headers, 'x-auto-generated'));

/**
 * In the order of their strength: the first kind that has evidence is the kind, and its evidence comes first. `mailing-list` and
 * `bulk` say how a mail came, not who wrote it, and withhold nothing: see written-by-machine.ts.
 */
const evidence: Evidence[] = [
  { code: 'own-header', kind: 'own', found: ({ headers }) => has(headers, 'x-mail-scanner') },
  { code: 'delivery-report', kind: 'bounce', found: ({ report }) => report?.kind === 'bounce' },
  { code: 'feedback-report', kind: 'feedback', found: isFeedback },
  {
    code: 'disposition-notification',
    kind: 'receipt',
    found: ({ root }) => hasPart(root, 'message/disposition-notification') || reportType(root) === 'disposition-notification',
  },
  {
    code: 'receipt-text',
    kind: 'receipt',
    found: ({ headers, subject, text }) =>
      (answers(headers) && isReceiptText(subject, text)) || (hasNullSender(headers) && isReceiptSubject(subject, text)),
  },
  {
    code: 'outlook-receipt',
    kind: 'receipt',
    found: ({ outlook }) => outlook === 'receipt',
  },
  {
    // A click on an emoji: RFC 9078, and Gmail's own form of it. It says as much as a receipt, and asks for nothing.
    code: 'reaction',
    kind: 'receipt',
    found: ({ root, headers }) => answers(headers) && isReaction(root),
  },
  { code: 'delivery-notice', kind: 'delivered', found: ({ report }) => report?.kind === 'delivered' },
  {
    code: 'auto-submitted',
    kind: 'auto-reply',
    found: ({ headers }) => /^auto-(?:replied|notified)/i.test(value(headers, 'auto-submitted')),
  },
  {
    code: 'auto-generated-answer',
    kind: 'auto-reply',
    found: (source) => /^auto-generated/i.test(value(source.headers, 'auto-submitted')) && answers(source.headers) && !isCarriedOn(source),
  },
  {
    code: 'x-autoreply',
    kind: 'auto-reply',
    found: ({ headers }) =>
      [
        'x-autoreply',
        'x-autorespond',
        'x-autoresponder',
        'x-autoresponse',
        'x-auto-response',
        'x-autoreply-from',
        'x-mail-autoreply',
        'x-auto-reply',
        'x-exchange-oof',
        'x-vacation',
      ].some((name) => has(headers, name) && !/^(?:no|false)$/i.test(value(headers, name))),
  },
  {
    code: 'precedence-auto-reply',
    kind: 'auto-reply',
    found: ({ headers }) => /auto[_-]?reply/i.test(`${value(headers, 'precedence')} ${value(headers, 'x-precedence')}`),
  },
  {
    code: 'x-autogenerated-reply',
    kind: 'auto-reply',
    found: ({ headers }) => /^reply/i.test(value(headers, 'x-autogenerated')),
  },
  {
    code: 'vendor-vacation',
    kind: 'auto-reply',
    found: ({ headers }) =>
      /vacation/i.test(`${value(headers, 'x-apple-action')} ${value(headers, 'x-sieve-action')} ${value(headers, 'x-yahoo-auto')}`) ||
      // vacation(1) of Unix
      has(headers, 'delivered-by-the-graces-of') ||
      /autoresponder/i.test(value(headers, 'delivered-to')) ||
      /oof|autoreply|auto-?response/i.test(value(headers, 'x-mailer')),
  },
  {
    code: 'outlook-rule',
    kind: 'auto-reply',
    found: ({ outlook }) => outlook === 'auto-reply',
  },
  {
    code: 'automatic-subject',
    kind: 'auto-reply',
    found: (source) => {
      const says = absenceSubjectOf(source.subject);
      if (says === 'absence') return hasMachineMark(source);
      return says === 'prefix' || (says === 'reply' && (answers(source.headers) || hasMachineMark(source)));
    },
  },
  {
    // What recipes of procmail answer with. Lists have these headers, too, and some write themselves into From.
    code: 'procmail-answer',
    kind: 'auto-reply',
    found: ({ headers }) =>
      answers(headers) && !isCarriedByList(headers) && (/\bjunk\b/i.test(value(headers, 'precedence')) || loopsToAuthor(headers)),
  },
  {
    // Providers that write neither In-Reply-To nor Auto-Submitted (1&1) call theirs bulk; nobody sends a newsletter without a sender.
    code: 'null-sender',
    kind: 'auto-reply',
    found: ({ headers }) =>
      hasNullSender(headers) &&
      ((answers(headers) && asksForAllSilence(headers)) ||
        (/\b(?:bulk|junk)\b/i.test(value(headers, 'precedence')) &&
          // A fax or a monitor says that it answers nothing.
          !saysGenerated(headers) &&
          !isCarriedByList(headers) &&
          !has(headers, 'list-unsubscribe'))),
  },
  { code: 'list-id', kind: 'mailing-list', found: ({ headers }) => has(headers, 'list-id') || has(headers, 'list-post') },
  {
    code: 'list-software',
    kind: 'mailing-list',
    found: ({ headers }) =>
      ['mailing-list', 'x-mailman-version', 'x-mailing-list', 'x-listname', 'x-ml-name'].some((name) => has(headers, name)),
  },
  { code: 'precedence-list', kind: 'mailing-list', found: ({ headers }) => /\blist\b/i.test(value(headers, 'precedence')) },
  { code: 'auto-generated', kind: 'bulk', found: (source) => saysGenerated(source.headers) && !isCarriedOn(source) },
  { code: 'precedence-bulk', kind: 'bulk', found: ({ headers }) => /\b(?:bulk|junk)\b/i.test(value(headers, 'precedence')) },
  { code: 'list-unsubscribe', kind: 'bulk', found: ({ headers }) => has(headers, 'list-unsubscribe') },
  { code: 'feedback-id', kind: 'bulk', found: ({ headers }) => has(headers, 'feedback-id') },
  { code: 'x-loop', kind: 'bulk', found: ({ headers }) => has(headers, 'x-loop') },
  { code: 'list-program', kind: 'bulk', found: ({ headers }) => isFromListProgram(headers) },
  { code: 'mail-system', kind: 'bulk', found: ({ headers }) => isMailSystemAddress(value(headers, 'from')) },
  { code: 'null-sender', kind: 'bulk', found: ({ headers }) => hasNullSender(headers) },
];

/** What kind of machine wrote the message, with every piece of evidence; null when a person did. */
export function automaticOf(source: AutomaticSource): Automatic | null {
  const outlook = outlookKindOf(source.root, value(source.headers, 'content-class'));
  const known = { ...source, outlook };
  const found = evidence.filter((item) => item.found(known));
  if (found.length === 0) return null;
  const reasons = [...found.map((item) => item.code), ...(source.report?.reasons ?? [])];
  return { kind: found[0].kind, reasons: [...new Set(reasons)] };
}

function hasPart(root: Part, type: string): boolean {
  for (const part of allParts(root)) if (part.type === type) return true;
  return false;
}

function isReaction(root: Part): boolean {
  for (const { type, disposition } of allParts(root))
    if (type === 'text/vnd.google.email-reaction+json' || disposition === 'reaction') return true;
  return false;
}

function reportType(root: Part): string {
  return root.type === 'multipart/report' ? (root.params['report-type'] ?? '').toLowerCase() : '';
}

/** RFC 5965, also without its MIME structure, and the two large senders of complaints that do not follow it. */
function isFeedback({ root, headers, text }: AutomaticSource): boolean {
  if (reportType(root) === 'feedback-report' || hasPart(root, 'message/feedback-report')) return true;
  if (/^feedback-type:[ \t]*\w/im.test(text) && /^(?:user-agent|version):/im.test(text)) return true;
  if (/^\s*this is an? (?:e-?mail )?abuse report for an? (?:e-?mail )?message/i.test(text)) return true;
  const notice = amazonJson(text);
  if ((notice?.notificationType ?? notice?.eventType) === 'Complaint') return true;
  return (
    /^staff@hotmail\.com$/i.test(
      value(headers, 'from')
        .replace(/^.*<|>.*$/g, '')
        .trim(),
    ) && /^\s*complaint about message from/i.test(value(headers, 'subject'))
  );
}
