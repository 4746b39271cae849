import type { EmailTemplateInput } from '../../api/emailTemplates';
import type { TextKey } from '../../shared/hooks/useText';

const NUMBER = /\$helpdesk-ticket_?(no|number)\b/i;
const COMMENTS = /\$helpdesk-comments\b/i;
const REPLY_ABOVE = /\$helpdesk-reply_?above\b/i;
const FORWARDED = /\$helpdesk-forwarded\b/i;
const RATING = /\$helpdesk-rating\b/i;
const FIRST_LINE = /^\s*(?:<[^>]*>\s*)*\$helpdesk-reply_?above\b/i;

/** The same of the one by which messages are forwarded: it is no part of the customer's conversation. */
export const missingInForward = ({ body }: Pick<EmailTemplateInput, 'body'>): TextKey[] =>
  FORWARDED.test(body) ? [] : ['template.missingForwarded'];

/**
 * What a conversation would break on: without the number an answer may not find its ticket, without the comments the customer
 * sees nothing, without the links of the one that asks they have nothing to click on, and without the reply line on top answers bring the whole history along.
 */
export function missingTags(
  { subject, body }: Pick<EmailTemplateInput, 'subject' | 'body'>,
  tellsComments = true,
  asks = false,
): TextKey[] {
  const problems: TextKey[] = [];
  if (!NUMBER.test(subject)) problems.push('template.missingNumber');
  if (tellsComments && !COMMENTS.test(body)) problems.push('template.missingComments');
  if (asks && !RATING.test(body)) problems.push('template.missingRating');
  if (!REPLY_ABOVE.test(body)) problems.push('template.missingReplyAbove');
  else if (!FIRST_LINE.test(body)) problems.push('template.replyAboveNotFirst');
  return problems;
}
