import { findAddresses } from './bounces/dsn-address';
import { addressesIn } from '../mime/header';
import type { Address, ListMail } from '../types';

/**
 * Mail that a list or group carries. Where the sender's domain forbids others to send in its name (DMARC), the list writes itself
 * into From and keeps the person elsewhere: Google Groups in X-Original-From, X-Original-Sender and Reply-To, Mailman ("munge") in
 * Reply-To, Sympa in X-Original-From; groups.io and the IETF write it into the local part of From.
 */

type Headers = Record<string, string[]>;

const first = (headers: Headers, name: string): string => headers[name]?.[0] ?? '';

const listHeaders = [
  'list-id',
  'list-post',
  'mailing-list',
  'x-mailman-version',
  'x-google-group-id',
  'x-beenthere',
  'x-original-from',
  'x-original-sender',
];

/** `'Rita Sole' via Helpme`. */
const viaName = /^(.{1,200}?)\s+via\s+\S.{0,200}$/iu;

/** What a list says of a message; null when none carried it. `from` and `replyTo` are those of the message. */
export function listMailOf(headers: Headers, from: Address | null, replyTo: Address[]): ListMail | null {
  const name = viaName.exec(from?.name ?? '')?.[1].replace(/^['"‘“]+|['"’”]+$/gu, '') ?? null;
  const isList = listHeaders.some((header) => first(headers, header) !== '');
  if (!isList && name === null) return null;
  const addresses = new Set(
    ['list-post', 'mailing-list', 'x-beenthere'].flatMap((header) => findAddresses(first(headers, header)).slice(0, 1)),
  );
  const written = isList && from !== null ? addressWrittenInto(from.address) : null;
  if (from && (name !== null || written !== null)) addresses.add(from.address);
  const isListsOwn = (address: string): boolean => addresses.has(address) || address === from?.address;
  const author =
    authorIn(headers, name, replyTo, isListsOwn) ?? (written === null ? null : { name: name ?? from?.name ?? '', address: written });
  if (!isList && author === null) return null;
  return { addresses: [...addresses].slice(0, 10), isInFrom: from !== null && addresses.has(from.address), author };
}

/** `ann=customer.example@groups.io`, `ann=40customer.example@dmarc.ietf.org`: the author's address, which the list made one of its own. */
function addressWrittenInto(address: string): string | null {
  const [, local, domain] = /^([^=@]{1,64})=(?:40)?([a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,20})@/.exec(address) ?? [];
  return local === undefined ? null : `${local}@${domain}`;
}

/** The person that the list keeps in another header. */
function authorIn(headers: Headers, name: string | null, replyTo: Address[], isListsOwn: (address: string) => boolean): Address | null {
  const candidates = [...addressesIn(first(headers, 'x-original-from')), ...addressesIn(first(headers, 'x-original-sender')), ...replyTo];
  const author = candidates.find(({ address }) => address.includes('@') && !isListsOwn(address));
  return author === undefined ? null : { name: (viaName.exec(author.name)?.[1] ?? author.name) || (name ?? ''), address: author.address };
}

// ---- The footer that a list adds below the text

const MAX_FOOTER_LINES = 15;
const separator = /^\s*(?:[_=*~-]\s?){5,}\s*$/;

/**
 * The text without the list's footer: the last block, below a line of dashes or an empty line, that names an address or a place of
 * the list's own headers. Language does not matter. What would leave nothing leaves all.
 */
export function withoutListFooter(text: string, headers: Headers): string {
  const marks = marksOf(headers);
  const lines = text.split('\n');
  const end = lines.findLastIndex((line) => line.trim() !== '') + 1;
  const from = Math.max(0, end - MAX_FOOTER_LINES);
  const named = lines.slice(from, end).findIndex((line) => marks.some((mark) => line.toLowerCase().includes(mark)));
  if (named < 0) return text;
  let start = from + named;
  while (start > from && lines[start - 1].trim() !== '' && !separator.test(lines[start - 1])) start--;
  if (start > 0 && separator.test(lines[start - 1])) start--;
  const rest = lines.slice(0, start).join('\n').trimEnd();
  // Without a line above it, only what stands by itself at the end is a footer: people mention the list's address, too.
  const isSetApart =
    separator.test(lines[start]) ||
    (start > 0 && /unsubscribe|listinfo|mailing list|groups?[./]/i.test(lines.slice(start, end).join('\n')));
  return rest === '' || !isSetApart ? text : rest;
}

/** What a footer names: where to write to leave, and the places on the web. The list's own address stands in many a text. */
function marksOf(headers: Headers): string[] {
  const values = ['list-unsubscribe', 'list-help', 'list-archive', 'list-subscribe', 'list-owner', 'list-post'].map((name) =>
    first(headers, name),
  );
  const places = values.flatMap((value) => [...value.slice(0, 2000).matchAll(/<(?:mailto:([^>?\s]+)|https?:\/\/([^>?\s]+))/gi)]);
  return places.map((match) => (match[1] ?? match[2]).toLowerCase()).filter((mark) => mark.length > 5);
}
