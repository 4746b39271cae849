import { escapeHtml } from '../lib/html';
import type { Speech } from '../settings/speech';
import { bodyHtml, type OutgoingComment } from './change-comments';
import { formatTime, EMAIL_WORDS } from './speech';
import { TrustedHtml, toOneLine } from './template';

/** Messages as mail programs forward them: each with who wrote it and when, and clean as in any email of ours. */

export interface ForwardedMessage extends Omit<OutgoingComment, 'isPublic'> {
  /** Null where an address says nothing: of somebody in this helpdesk. */
  authorAddress: string | null;
}

const STYLES = {
  message: 'margin:16px 0;padding:0 16px;border-left:4px solid #c0c0cf',
  fields: 'margin:0 0 12px 0;font-size:13px;color:#76767f',
};

/** In the order given. */
export const forwardedHtml = (messages: readonly ForwardedMessage[], title: string, speech: Speech): TrustedHtml =>
  new TrustedHtml(messages.map((message) => messageHtml(message, title, speech)).join('\n'), '');

function messageHtml(message: ForwardedMessage, title: string, speech: Speech): string {
  const words = EMAIL_WORDS[speech.language];
  const name = message.authorName?.trim() || words.support;
  const author = message.authorAddress && message.authorAddress !== name ? `${name} <${message.authorAddress}>` : name;
  const fields = [
    [words.forwarded.from, author],
    [words.forwarded.date, formatTime(new Date(message.writtenAt ?? message.createdAt), speech)],
    [words.forwarded.subject, toOneLine(title)],
  ];
  const lines = fields.map(([field, value]) => `<strong>${field}:</strong> ${escapeHtml(value)}`);
  return [
    `<div style="${STYLES.message}">`,
    `<p style="${STYLES.fields}">---------- ${words.forwarded.title} ----------<br>\n${lines.join('<br>\n')}</p>`,
    `<div>${bodyHtml(message)}</div>`,
    '</div>',
  ].join('\n');
}
