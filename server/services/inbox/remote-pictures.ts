import { decodeXML } from 'entities';

/** Pictures that a comment's HTML points to. Sanitised HTML holds them as `data-remote-src` (message/html/sanitize.ts), with `&`, `<`, `>` and `"` escaped. */

const REMOTE = /<img\b[^>]*\sdata-remote-src="([^"]*)"/g;

/** The URLs in the order of the HTML. */
export const remotePictures = (html: string | null): string[] => [...(html ?? '').matchAll(REMOTE)].map(([, url]) => decodeXML(url));
