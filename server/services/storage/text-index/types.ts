import type { Core } from '@strapi/strapi';
import { UID } from '../../uids';

export interface TextIndex {
  name: string;
  uid: (typeof UID)['comment' | 'ticket' | 'message' | 'contact' | 'account' | 'attachment'];
  /** Attributes and their columns. */
  texts: Record<string, string>;
}

export const TEXT_INDEXES = {
  comment: {
    name: 'mail_scanner_search_comments',
    uid: UID.comment,
    texts: { visibleText: 'visible_text', authorName: 'author_name', authorAddress: 'author_address' },
  },
  ticket: {
    name: 'mail_scanner_search_tickets',
    uid: UID.ticket,
    texts: { ticketNumber: 'ticket_number', title: 'title', description: 'description' },
  },
  message: {
    name: 'mail_scanner_search_messages',
    uid: UID.message,
    texts: { subject: 'subject', fromName: 'from_name', fromAddress: 'from_address', reason: 'reason' },
  },
  // Addresses are not in it: on MySQL they compare by their bytes, and one such index holds columns that compare in one way.
  contact: { name: 'mail_scanner_search_contacts', uid: UID.contact, texts: { firstName: 'first_name', lastName: 'last_name' } },
  account: { name: 'mail_scanner_search_accounts', uid: UID.account, texts: { name: 'name' } },
  attachment: { name: 'mail_scanner_search_attachments', uid: UID.attachment, texts: { name: 'name' } },
} as const satisfies Record<string, TextIndex>;

/** How one kind of database keeps and asks such an index. */
export interface Engine {
  /** Whether it is there, be it filled or not. */
  exists(strapi: Core.Strapi, index: TextIndex): Promise<boolean>;
  create(strapi: Core.Strapi, index: TextIndex): Promise<void>;
  /** The ids of the newest records that hold each of the words in one of its spellings, newest first; null when these words cannot be looked up. */
  find(strapi: Core.Strapi, index: TextIndex, words: string[][], most: number): Promise<number[] | null>;
  /** For an engine that makes an empty index: fills it a piece at a time, until it is filled or that signal aborts. */
  filling?: {
    isThrough(strapi: Core.Strapi, index: TextIndex): Promise<boolean>;
    fill(strapi: Core.Strapi, index: TextIndex, ending: AbortSignal): Promise<void>;
  };
}

export const tableOf = (strapi: Core.Strapi, { uid }: TextIndex): string => strapi.db.metadata.get(uid).tableName;

export async function idsBy(strapi: Core.Strapi, sql: string, bindings: unknown[]): Promise<number[]> {
  return rowsOfAnswer(await strapi.db.connection.raw(sql, bindings)).map(({ id }) => Number(id));
}

/** Knex hands on what each driver answers. */
export function rowsOfAnswer(answer: unknown): Record<string, unknown>[] {
  if (Array.isArray(answer)) return Array.isArray(answer[0]) ? answer[0] : answer;
  return (answer as { rows: Record<string, unknown>[] }).rows;
}
