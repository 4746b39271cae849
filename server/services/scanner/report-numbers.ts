import type { ParsedMessage } from '../message/types';
import { defaultTicketNumberPattern, findTicketNumbers } from '../rule/ticket-number';

/** A report says at its beginning what it is about; below that, the returned email may name other tickets. */
const MOST_WORDS = 5_000;

/** The numbers of tickets that a report of a failed delivery names: those of the subject that it repeats. */
export function numbersInReport({ bounce, subject, text }: ParsedMessage, ticketPrefixes: readonly string[]): string[] {
  if (bounce === null) return [];
  return findTicketNumbers(defaultTicketNumberPattern(...ticketPrefixes), `${subject}\n${text.slice(0, MOST_WORDS)}`);
}
