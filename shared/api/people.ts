import type { Language } from '../vocabulary';
import type { Contact } from './tickets';

/** Contacts and accounts: see docs/admin-api.md. */

export interface ContactRow extends Contact {
  account: { documentId: string; name: string } | null;
  /** In which they are written to, where the site speaks it; null: nobody knows. */
  language: Language | null;
  /** From which they write, too: mail from there is theirs. */
  furtherAddresses: { email: string; undeliverable: boolean }[];
  createdAt: string;
}

/** What the page of a contact shows. */
export interface WholeContact extends ContactRow {
  /** For the team alone. */
  notes: string | null;
  /** Who wrote them last, by their name at that time, and when (ISO 8601). */
  notesBy: string | null;
  notesAt: string | null;
}

export interface Account {
  documentId: string;
  name: string;
  domain: string | null;
  /** Of accounts that were merged into it; new contacts with an address there are its own, too. Left out in lists. */
  furtherDomains?: string[];
  email: string | null;
  createdAt: string;
}

/** What the lists say besides, of the tickets that the user sees. */
interface TicketNumbers {
  openTickets: number;
  /** When somebody last wrote to one of them (ISO 8601). */
  lastMessageAt: string | null;
}
export interface ListedContact extends ContactRow, TicketNumbers {}
export interface ListedAccount extends Account, TicketNumbers {}

export interface ContactFilters {
  search?: string;
  account?: string;
  undeliverable?: 'true';
  /** By name where it is left out; `lastMessage`: the last at the top. */
  sort?: 'name' | 'lastMessage';
  page?: number;
  pageSize?: number;
}

export type ContactChange = Partial<
  Pick<WholeContact, 'email' | 'firstName' | 'lastName' | 'phone' | 'language' | 'undeliverable' | 'notes'>
> & { account?: string | null; addAddresses?: string[]; removeAddresses?: string[] };
export type AccountChange = Partial<Pick<Account, 'name' | 'domain' | 'email'>>;

/** Who may be the same person as another contact. */
export type ContactAlike = Pick<Contact, 'documentId' | 'email' | 'firstName' | 'lastName'>;

/** What moves when a contact is merged into another one. */
export interface ContactMergePlan {
  tickets: number;
  comments: number;
  addresses: string[];
}

/** What moves when an account is merged into another one. */
export interface AccountMergePlan {
  tickets: number;
  contacts: number;
  domains: string[];
}

/** What goes when all data of a contact is deleted, and what stays for others without them. */
export interface ErasurePlan {
  deleted: { tickets: number; comments: number; attachments: number; attachmentBytes: number; emails: number };
  anonymised: { tickets: number; comments: number; attachments: number; attachmentBytes: number };
  scanLog: { messages: number; sources: number };
  /** Addresses of theirs on the block list, which leave it unless they are to stay there. */
  blocked: string[];
  /** The first of each. */
  ticketNumbers: { deleted: string[]; anonymised: string[] };
}
