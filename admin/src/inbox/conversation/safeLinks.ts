/** The same as the server demands (message/html/links.ts): a browser completes `http:/admin` to a path of the page that it stands on. */
const SAFE = /^\s*(?:https?:\/\/[^\s/\\?#]|mailto:|tel:)/i;

/** Leaves the words of links that are no absolute address. HTML that was stored by an earlier version may hold such. */
export function dropUnsafeLinks(body: ParentNode): void {
  for (const link of body.querySelectorAll('[href]')) if (!SAFE.test(link.getAttribute('href')!)) link.removeAttribute('href');
}
