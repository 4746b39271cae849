/**
 * Which addresses of a stranger may be followed. What a browser would complete from the page it stands on is none: it reads `/admin`,
 * but also `http:/admin`, `https:admin` and `https:\admin`, as a path of that page's own site (WHATWG URL, "special scheme").
 */

/** An absolute address of the web: `http://` or `https://` and a host. */
export function isWebAddress(address: string): boolean {
  return /^\s*https?:\/\/[^\s/\\?#]/i.test(address) && URL.canParse(address);
}

/** An absolute address of the web, a mail address or a telephone number (RFC 6068, RFC 3966). */
export function isSafeLink(address: string): boolean {
  return isWebAddress(address) || /^\s*(?:mailto|tel):/i.test(address);
}
