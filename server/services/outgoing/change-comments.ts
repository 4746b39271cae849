import { escapeHtml, textToHtml } from '../lib/html';
import { sanitizeHtml } from '../message/html/sanitize';
import type { Language } from '../../../shared/vocabulary';
import { withoutTokens } from '../settings/customer-links';
import type { Speech } from '../settings/speech';
import { formatTime, EMAIL_WORDS } from './speech';
import { TrustedHtml } from './template';

/** The email that tells a customer about new comments: template key `change-comments`. */

export const DEFAULT_SUBJECT = 'Re: $helpdesk-title$ [$helpdesk-ticket_no$]';

/** Plain enough to survive an editor; the layout comes from compose.ts and from the comments themselves. */
export function defaultBody(language: Language): string {
  const { greeting, news, answer, number } = EMAIL_WORDS[language].changeComments;
  return `<p>$helpdesk-replyabove$</p>
<p>${greeting}</p>
<p>${news} <strong>$helpdesk-title$</strong>:</p>
<p>$helpdesk-comments$</p>
<p>${answer}</p>
<p>${number}: $helpdesk-ticket_no$</p>
`;
}

export interface OutgoingComment {
  isPublic: boolean;
  /** The actual sender as shown to the customer. */
  authorName: string | null;
  /** ISO 8601. */
  createdAt: string;
  /** When its email was written, where it came by one. */
  writtenAt?: string | null;
  text: string | null;
  html: string | null;
  /** What remains of the text when quotes are folded. */
  visibleText: string | null;
  /** Content-IDs of its pictures that travel with the email. */
  contentIds?: readonly string[];
}

/** Gmail clips an email at 102 kB. */
const MAX_COMMENTS_LENGTH = 80_000;

const MUTED = 'color:#76767f';
const STYLES = {
  newest: 'margin:16px 0;padding:12px 16px;border-left:4px solid #4945ff;background-color:rgba(73,69,255,0.07)',
  earlier: 'margin:16px 0;padding:0 16px;border-left:4px solid #c0c0cf',
  author: 'margin:0 0 8px 0;font-size:13px',
  // Mail programs draw a bare quote as an indentation of 40 px on both sides, and a screenshot wider than the page.
  quote: 'margin:0 0 0 8px;padding:0 0 0 12px;border-left:3px solid #c0c0cf',
  picture: 'max-width:100%;height:auto',
};

/** The line above which the customer answers. */
export function replyAbove({ language }: Speech): TrustedHtml {
  const html = `<span style="${MUTED};font-size:12px">${escapeHtml(EMAIL_WORDS[language].replyMarker)}</span>`;
  return new TrustedHtml(html, '');
}

/**
 * The public comments as HTML, newest first and the newest emphasised. Whoever calls has chosen the public ones already;
 * they are chosen again here, because an internal one must never leave. Very long histories end with a line that says so.
 */
export function commentsHtml(comments: readonly OutgoingComment[], speech: Speech): TrustedHtml {
  const newestFirst = comments
    .filter(({ isPublic }) => isPublic === true)
    .sort((one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt));
  const blocks: string[] = [];
  let length = 0;
  for (const comment of newestFirst) {
    const block = commentHtml(comment, blocks.length === 0, speech);
    length += block.length;
    if (blocks.length > 0 && length > MAX_COMMENTS_LENGTH) {
      blocks.push(`<p style="${MUTED}">${EMAIL_WORDS[speech.language].earlierLeftOut}</p>`);
      break;
    }
    blocks.push(block);
  }
  return new TrustedHtml(blocks.join('\n'), newestFirst.length > 0 ? textOf(newestFirst[0]) : '');
}

function commentHtml(comment: OutgoingComment, newest: boolean, speech: Speech): string {
  const time = new Date(comment.writtenAt ?? comment.createdAt);
  const written = `<time datetime="${time.toISOString()}" style="${MUTED}">${formatTime(time, speech)}</time>`;
  return [
    `<div style="${newest ? STYLES.newest : STYLES.earlier}">`,
    `<p style="${STYLES.author}"><strong>${escapeHtml(comment.authorName?.trim() || EMAIL_WORDS[speech.language].support)}</strong> · ${written}</p>`,
    `<div>${bodyHtml(comment)}</div>`,
    '</div>',
  ].join('\n');
}

type Body = Pick<OutgoingComment, 'text' | 'html' | 'visibleText' | 'contentIds'>;

/** The HTML, unless quotes were folded: it still holds them, and every round would send them all again. Safe to show, with or without its styles. */
export function bodyHtml(comment: Body, { isStyled } = { isStyled: true }): string {
  const folded = comment.visibleText?.trim() && comment.visibleText.trim() !== comment.text?.trim();
  const html = comment.html && !folded ? outgoingHtml(comment.html, comment.contentIds ?? []) : '';
  const shown = isStyled ? html : html.replace(/<[^>]*>/g, (tag) => tag.replace(/ style="[^"]*"/g, ''));
  return withoutTokens(shown) || textToHtml(textOf(comment));
}

/**
 * Sanitised again, whatever door the comment came through. Of pictures only those stay that the HTML holds itself or that travel
 * with this email: parts of another mail (cid:) are not in this one, and remote ones may be somebody's tracker.
 */
function outgoingHtml(html: string, contentIds: readonly string[]): string {
  return sanitizeHtml(html)
    .replace(/<img\b[^>]*>/g, (image) => {
      const source = /\ssrc="([^"]*)"/.exec(image)?.[1] ?? '';
      if (source.startsWith('data:')) return image;
      if (source.startsWith('cid:') && contentIds.includes(source.slice(4))) return image.replace('<img', `<img style="${STYLES.picture}"`);
      const alt = /\salt="([^"]+)"/.exec(image)?.[1];
      return alt ? `[${alt}]` : '';
    })
    .replace(/<blockquote>/g, `<blockquote style="${STYLES.quote}">`);
}

export function textOf({ text, visibleText }: Body): string {
  return withoutTokens((visibleText?.trim() || text || '').trim());
}
