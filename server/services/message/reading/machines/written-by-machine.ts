import type { ParsedMessage } from '../../types';

/**
 * What follows from `automatic`. Only evidence that a machine *wrote* a message withholds anything. How it came (a list, a group,
 * bulk headers, an empty sender) says nothing about that: customers write to groups.
 */

const answering: ReadonlySet<string> = new Set(['auto-reply', 'bounce', 'delivered', 'receipt']);
const writing: ReadonlySet<string> = new Set([...answering, 'feedback', 'own']);
/** Of bulk mail: monitoring, shops, notices of a mail system or of a list's program. */
const writingReasons: ReadonlySet<string> = new Set(['auto-generated', 'mail-system', 'list-program']);

/**
 * Machines that answer mail or report on it: they are no customers, and what they write opens no ticket. Monitoring may well open
 * one, and so may another site's helpdesk: our own mails are recognised by their Message-IDs before any rule is asked.
 */
export const isAnsweringMachine = ({ automatic }: Pick<ParsedMessage, 'automatic'>): boolean =>
  automatic !== null && answering.has(automatic.kind);

/** A machine wrote it: it is marked as automatic, and neither reopens a ticket nor makes anybody a participant. */
export const isWrittenByMachine = ({ automatic }: Pick<ParsedMessage, 'automatic'>): boolean =>
  automatic !== null && (writing.has(automatic.kind) || automatic.reasons.some((reason) => writingReasons.has(reason)));
