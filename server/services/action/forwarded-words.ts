import type { ParsedMessage } from '../message/types';
import type { ActionContext } from './types';

/** Whether a colleague forwarded a customer's email. */
export const isForwarded = ({ customerFrom }: Pick<ActionContext, 'customerFrom'>): boolean => customerFrom === 'forwarded';

/** The customer's words, and below them the note of the colleague who forwarded them. */
export function forwardedFirst({ forwarded, visibleText, from }: Pick<ParsedMessage, 'forwarded' | 'visibleText' | 'from'>): string {
  const words = forwarded?.text?.trim() ?? '';
  if (words === '') return visibleText;
  const hasNote = visibleText.trim() !== '' && !visibleText.includes(words);
  return hasNote ? `${words}\n\n---------- ${from?.name || from?.address} ----------\n${visibleText}` : words;
}
