import type { Language } from '../vocabulary';
import type { Contact } from './tickets';

/** Contacts and accounts: see docs/admin-api.md. */

export interface ContactRow extends Contact {
  account: { documentId: string; name: string } | null;
  /** In which they are written to, where the site speaks it; null: nobody knows. */
  language: Language | null;
  createdAt: string;
}

export interface Account {
  documentId: string;
  name: string;
  domain: string | null;
  email: string | null;
  createdAt: string;
}

export interface ContactFilters {
  search?: string;
  account?: string;
  undeliverable?: 'true';
  page?: number;
  pageSize?: number;
}

export type ContactChange = Partial<Pick<ContactRow, 'email' | 'firstName' | 'lastName' | 'phone' | 'language' | 'undeliverable'>> & {
  account?: string | null;
};
export type AccountChange = Partial<Pick<Account, 'name' | 'domain' | 'email'>>;

/** What goes when all data of a contact is deleted, and what stays for others without them. */
export interface ErasurePlan {
  deleted: { tickets: number; comments: number; attachments: number; attachmentBytes: number; emails: number };
  anonymised: { tickets: number; comments: number; attachments: number; attachmentBytes: number };
  scanLog: { messages: number; sources: number };
  /** The first of each. */
  ticketNumbers: { deleted: string[]; anonymised: string[] };
}
