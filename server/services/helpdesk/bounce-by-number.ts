import type { Core } from '@strapi/strapi';
import { decodeWords } from '../message/mime/header';
import type { ParsedMessage } from '../message/types';
import { rowsOf } from '../storage/rows';
import { UID } from '../uids';
import type { Desk } from './desk';
import type { Delivery, Ticket } from './desk-records';
import { deliveryOf } from './desk-threads';

/** A ticket may have very many emails, and a report is about one of the newest. */
const MOST_EMAILS = 20;

/** Servers give up after some days. */
const LATEST_REPORT_MS = 14 * 24 * 3_600_000;

/**
 * The email of ours that a report is about, where it names no Message-ID of ours (Domino returns none, and some servers give emails another
 * one): by the number in the subject that it repeats, and by whom it did not reach. Both can be guessed, so the rest of the subject has to
 * stand there as well, and this proves less all the same.
 */
export async function reportedByNumber(
  strapi: Core.Strapi,
  desk: Desk,
  message: ParsedMessage,
  ticketNumbers: readonly string[],
): Promise<{ delivery: Delivery; ticket: Ticket } | null> {
  const said = lettersOf(`${message.subject} ${message.text.replace(ENCODED_WORD, decodeWords)}`);
  const since = new Date(Date.now() - LATEST_REPORT_MS);
  const failed = message.bounce!.recipients.flatMap(({ address, finalAddress }) => [address, finalAddress]);
  for (const number of ticketNumbers) {
    const ticket = await desk.ticketOfNumber(number);
    if (ticket?.record.id === undefined) continue;
    const rows = await rowsOf(strapi, UID.delivery).findMany({
      select: ['id', 'subject', 'to', 'cc', 'bcc', 'bounces'],
      where: { ticket: { id: ticket.record.id }, sentAt: { $gt: since } },
      orderBy: { id: 'desc' },
      limit: MOST_EMAILS,
    });
    const delivery = rows
      .filter(({ subject }) => repeats(said, subject ?? ''))
      .map((row) => deliveryOf(row, ticket.record.id!))
      .find(({ to, cc, bcc }) => [...to, ...cc, ...bcc].some((address) => failed.includes(address)));
    if (delivery) return { delivery, ticket };
  }
  return null;
}

/** As some reports quote the header (RFC 2047 §2). */
const ENCODED_WORD = /=\?[^?\s]{1,40}\?[bq]\?[^?\s]{0,200}\?=/gi;
/** As many letters of a subject as each report has that repeats it. */
const LETTERS_REPEATED = 24;

const repeats = (said: string, subject: string): boolean => said.includes(lettersOf(subject).slice(0, LETTERS_REPEATED));

/** What is left of a text however it was folded, quoted or read as another charset. */
const lettersOf = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '');
