/** The text of HTML in one line, such as the beginning of a canned reply in a list: what stands on two lines there is two words here. */
export function plainWords(html: string): string {
  const parted = html.replace(/<(?:br|hr|\/?(?:p|div|h[1-6]|ul|ol|li|blockquote|pre|table|caption|tr|td|th))\b[^>]*>/gi, ' $&');
  return (new DOMParser().parseFromString(parted, 'text/html').body.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** Whether a text contains the words of a search, regardless of capitals. The Turkish capital İ is an i. */
export const holds = (text: string, search: string): boolean => lowerCase(text).includes(lowerCase(search.trim()));

const lowerCase = (text: string): string => text.toLowerCase().replaceAll('i\u0307', 'i');
