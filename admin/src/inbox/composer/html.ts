/** What the composer asks of its HTML. */

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Plain text as paragraphs. */
export const textToHtml = (text: string): string =>
  text
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph.replace(/[&<>]/g, (sign) => ESCAPES[sign]).replaceAll('\n', '<br>')}</p>`)
    .join('');

/** An empty editor still holds a paragraph. A picture alone is something to say. */
export const isEmptyHtml = (html: string): boolean => !/<img\b/i.test(html) && html.replace(/<[^>]*>|&nbsp;|\s/g, '') === '';

/** Whether the text shows the picture of that Content-ID. */
export const showsPicture = (html: string, contentId: string): boolean => html.includes(`src="cid:${contentId}"`);

/** The text of HTML that has no formatting but paragraphs and line breaks, null of any other: what is plain stays plain on its whole way. */
export function plainTextOf(html: string): string | null {
  if (!/^(?:<p>(?:[^<]|<br\s*\/?>)*<\/p>)+$/.test(html)) return null;
  const lines = html.replace(/<br\s*\/?>/g, '\n').replace(/<\/p>/g, '\n\n');
  const text = new DOMParser().parseFromString(`<pre>\n${lines.replace(/<p>/g, '')}</pre>`, 'text/html').body.textContent ?? '';
  return text.replace(/\n{3,}/g, '\n\n').trim();
}
