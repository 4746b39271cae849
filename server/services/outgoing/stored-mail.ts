import type { OutgoingMail } from './transport';

/** How a composed mail is kept with its delivery, so that every attempt sends the same one. */

/** The columns of a delivery that hold its mail; null until it is composed. */
export interface StoredMail {
  messageId: string;
  fromAddress: string | null;
  fromName: string | null;
  to: OutgoingMail['to'] | null;
  cc: OutgoingMail['cc'] | null;
  bcc: OutgoingMail['cc'] | null;
  subject: string | null;
  html: string | null;
  text: string | null;
  headers: Record<string, string> | null;
}

/** What a composed mail is kept as. Its Message-ID stands in the row from the beginning. */
export const columnsOf = ({ from, to, cc, bcc = [], subject, html, text, headers }: OutgoingMail) => ({
  fromAddress: from.address,
  fromName: from.name,
  to,
  cc,
  bcc,
  subject,
  html,
  text,
  headers,
});

export const storedMail = (row: StoredMail): OutgoingMail => ({
  from: { address: row.fromAddress ?? '', name: row.fromName ?? '' },
  to: row.to ?? [],
  cc: row.cc ?? [],
  bcc: row.bcc ?? [],
  subject: row.subject ?? '',
  html: row.html ?? '',
  text: row.text ?? '',
  headers: row.headers ?? {},
  messageId: row.messageId,
});
