/** Pictures that a comment's HTML points to. Sanitised HTML holds them as `data-remote-src` (message/html/sanitize.ts), with these four signs escaped. */

const REMOTE = /<img\b[^>]*\sdata-remote-src="([^"]*)"/g;
const ESCAPED: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };

/** The URLs in the order of the HTML. */
export function remotePictures(html: string | null): string[] {
  return [...(html ?? '').matchAll(REMOTE)].map(([, url]) => url.replace(/&(?:amp|lt|gt|quot);/g, (sign) => ESCAPED[sign]));
}
