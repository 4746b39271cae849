import type { ParsedMessage } from '../message/types';

/**
 * Machines that answer mail or report on it: they are no customers, and what they write opens no ticket. Lists, bulk mail and
 * monitoring may well open one, and so may another site's helpdesk: our own mails are recognised by their Message-IDs before
 * any rule is asked.
 */
export function isAnsweringMachine({ automatic }: ParsedMessage): boolean {
  return automatic !== null && ['auto-reply', 'bounce', 'delivered', 'receipt'].includes(automatic.kind);
}
