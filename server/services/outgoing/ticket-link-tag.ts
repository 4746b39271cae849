import { escapeHtml } from '../lib/html';
import type { Language } from '../../../shared/vocabulary';
import { PAGE_WORDS } from './customer-page-words';
import { tagsOf } from './template';

/** `$helpdesk-ticket_link$` in the text of a template. */

const isTag = ({ entity, attribute }: { entity: string; attribute: string }): boolean =>
  entity === 'helpdesk' && attribute.replaceAll('_', '').toLowerCase() === 'ticketlink';

/** A line or an item of a list; they hold no other ones. */
const LINES = /<(p|li)\b[^>]*>[\s\S]*?<\/\1>/gi;
/** What may hold the tag already as the address of a link, and a tag beside it. */
const LINKS_AND_TAGS = /<a\b[\s\S]*?<\/a>|<[^>]*>|\$helpdesk-[a-z_]+\$/gi;

/**
 * Makes a link of each tag that stands by itself. Where the email has no such link, the lines go that would lead nowhere; one whose tag has a
 * text for that case (`$helpdesk-ticket_link|…$`) stays.
 */
export function placeTicketLink(body: string, { isThere, language }: { isThere: boolean; language: Language }): string {
  if (!tagsOf(body).some(isTag)) return body;
  if (!isThere) return body.replace(LINES, (line) => (tagsOf(line).some((tag) => isTag(tag) && tag.fallback === '') ? '' : line));
  return body.replace(LINKS_AND_TAGS, (found) => {
    const [tag] = found.startsWith('$') ? tagsOf(found) : [];
    return tag && isTag(tag) ? `<a href="${found}">${escapeHtml(PAGE_WORDS[language].link)}</a>` : found;
  });
}
