import { hash } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { cutHtml, cutText } from '../message/cut';
import { beginningsOf } from '../storage/long-columns';
import { saveFile } from '../storage/files';
import { UID } from '../uids';

/**
 * A stranger may send a text of any length. As much of it as people read is kept in the row; of what is longer the whole is kept as a file
 * of the message, so that nothing is lost and no list, page or search grows with it.
 */

/** As many bytes (UTF-8) as a description, and each text of a comment, has in its row. */
export const MAX_STORED_BYTES = 200_000;

/** The attributes of a comment that hold what was written. */
export const COMMENT_TEXTS = ['text', 'html', 'visibleText'] as const;

type Texts = Record<(typeof COMMENT_TEXTS)[number], string | null>;

/** A text as it was written, to be kept as a file of its comment. */
export interface WholeText {
  wholeOf: 'text' | 'html';
  name: string;
  mime: string;
  /** Bytes. */
  size: number;
  /** SHA-256, hex. */
  hash: string;
  contentId: null;
  inline: false;
  content: Buffer;
}

/** What is kept of the visible text stands in the whole text, too, so that it needs no file. */
export const WHOLE_FILES = {
  text: { name: 'message.txt', mime: 'text/plain' },
  html: { name: 'message.html', mime: 'text/html' },
} as const;

/** Cuts the texts of a comment in place and returns those that are longer than what is left of them. */
export function cutTexts(data: Record<string, unknown>): WholeText[] {
  const wholes: WholeText[] = [];
  for (const name of COMMENT_TEXTS) {
    const text = data[name];
    if (typeof text !== 'string') continue;
    const kept = name === 'html' ? cutHtml(text, MAX_STORED_BYTES) : cutText(text, MAX_STORED_BYTES);
    if (kept === text) continue;
    data[name] = kept;
    if (name !== 'visibleText') wholes.push(wholeOf(name, text));
  }
  return wholes;
}

function wholeOf(name: 'text' | 'html', text: string): WholeText {
  const content = Buffer.from(text);
  return {
    wholeOf: name,
    ...WHOLE_FILES[name],
    size: content.byteLength,
    hash: hash('sha256', content),
    contentId: null,
    inline: false,
    content,
  };
}

/** The hash of the file in which a text is kept as a whole; null for one that its row holds. */
export const wholeHashOf = (text: string): string | null =>
  Buffer.byteLength(text) > MAX_STORED_BYTES ? hash('sha256', Buffer.from(text)) : null;

/** Keeps whole texts as files of a comment, in the calling code's transaction. What was kept of the same text before gives way. */
export async function keepWholes(strapi: Core.Strapi, comment: number, wholes: WholeText[]): Promise<void> {
  for (const { content, ...columns } of wholes) {
    const query = strapi.db.query(UID.attachment);
    // The sweep of orphans deletes its file.
    await query.deleteMany({ where: { comment: { id: comment }, wholeOf: columns.wholeOf } });
    await query.create({ data: { ...columns, key: await saveFile(strapi, content), storage: 'private', comment } });
  }
}

/** The texts of comments by their ids, as rows of today hold them. One character more says that there is more. */
export async function textsOfComments(strapi: Core.Strapi, ids: readonly number[]): Promise<Map<number, Texts>> {
  const texts = await beginningsOf(strapi, UID.comment, ids, COMMENT_TEXTS, MAX_STORED_BYTES + 1);
  for (const row of texts.values()) cutTexts(row);
  return texts;
}

/** The same of the descriptions of tickets. */
export async function descriptionsOf(strapi: Core.Strapi, tickets: readonly number[]): Promise<Map<number, string>> {
  const rows = await beginningsOf(strapi, UID.ticket, tickets, ['description'], MAX_STORED_BYTES + 1);
  const descriptions = new Map<number, string>();
  for (const [id, { description }] of rows) if (description !== null) descriptions.set(id, cutText(description, MAX_STORED_BYTES));
  return descriptions;
}

/** The same of one. */
export const descriptionOf = async (strapi: Core.Strapi, ticket: number): Promise<string | null> =>
  (await descriptionsOf(strapi, [ticket])).get(ticket) ?? null;
