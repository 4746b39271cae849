import { hash } from 'node:crypto';

import { decodeEntities } from './html/html-entities';
import { decodeWords } from './mime/header';
import { rawHeader, type Part } from './mime/mime';

/** Which parts of a message its HTML shows by itself: those are no files to list. */

/** What an `<img>` shows: a PDF in its place, or a picture of a telephone that browsers do not know, is a file to open. */
export function isPicture(mime: string, name = ''): boolean {
  if (mime.startsWith('image/')) return !/^image\/(?:hei[cf]|tiff)/.test(mime);
  return mime === 'application/octet-stream' && !/\.(?!png$|jpe?g$|gif$|webp$|bmp$|svg$|avif$|ico$)[a-z\d]{2,5}$/i.test(name);
}

export function cidsIn(html: string | null): Set<string> {
  const cids = new Set<string>();
  if (html === null || !/cid:/i.test(html)) return cids;
  // What a link leads to is shown by nothing, nor what is left out for the sake of safety.
  const withoutLinks = html.replace(/<(?:a|area|object|embed|iframe|video|audio|source|link)\s[^<>]{0,5000}>/gi, '');
  for (const [, bare] of withoutLinks.matchAll(/\bcid:([^"'\s<>)]{1,500})/gi)) for (const id of spellingsOf(bare)) cids.add(id);
  for (const [, quoted] of withoutLinks.matchAll(/"cid:([^"<>]{1,500})"/gi)) for (const id of spellingsOf(quoted)) cids.add(id);
  return cids;
}

const spellingsOf = (id: string): string[] => [id, percentDecoded(id), decodeEntities(id)];

/**
 * HTML whose pictures name the parts as those are called: programs write a Content-ID in other letters, with blanks around it or without
 * `cid:` before it (RFC 2392).
 */
export function picturesAsCids(html: string, files: { part: Part | null }[]): string {
  const ids = files.flatMap(({ part }) => contentIdOf(part) ?? []);
  if (ids.length === 0) return html;
  const byKey = new Map(ids.toReversed().map((id) => [id.toLowerCase(), id]));
  return html.replace(
    /(<img\s[^<>]{0,2000}?\bsrc\s*=\s*)(?:"([^"]{1,500})"|'([^']{1,500})')/gi,
    (tag: string, before: string, one?: string, other?: string) => {
      const written = decodeEntities(one ?? other ?? '').trim();
      const name = written.replace(/^cid:\s*/i, '');
      if (name === written && /^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(written)) return tag;
      const id = ids.find((known) => known === name) ?? byKey.get(name.toLowerCase()) ?? byKey.get(percentDecoded(name).toLowerCase());
      return id === undefined ? tag : `${before}"cid:${id.replace(/&/g, '&amp;').replace(/"/g, '&quot;')}"`;
    },
  );
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone % is a character of the id
  }
}

export function contentIdOf(part: Part | null): string | null {
  if (part === null) return null;
  const id = rawHeader(part, 'content-id').trim().replace(/^<|>$/g, '').trim();
  return id !== '' ? decodeWords(id) : locationCid(part);
}

/** RFC 2557: a part that is named by its Content-Location gets an id of its own, so that `cid:` serves both forms. */
function locationCid(part: Part): string | null {
  const location = rawHeader(part, 'content-location').trim();
  return location === '' ? null : `${hash('sha256', location).slice(0, 24)}@location`;
}

export function locationsAsCids(html: string, files: { part: Part | null }[]): string {
  let out = html;
  for (const { part } of files.slice(0, 100)) {
    const location = part === null || rawHeader(part, 'content-id') !== '' ? '' : rawHeader(part, 'content-location').trim();
    if (part === null || location.length < 3 || !out.includes(location)) continue;
    for (const quote of ['"', "'"]) out = out.replaceAll(`${quote}${location}${quote}`, `${quote}cid:${locationCid(part)}${quote}`);
  }
  return out;
}
