import { findAddresses } from './bounces/dsn-address';
import { addressesIn } from '../mime/header';
import type { Address, ListMail, ParsedMessage } from '../types';

/**
 * Mail that a list or group carries. Where the sender's domain forbids others to send in its name (DMARC), the list writes itself
 * into From and keeps the person elsewhere: Google Groups in X-Original-From, X-Original-Sender and Reply-To, Mailman ("munge") in
 * Reply-To or Cc, LISTSERV in Reply-To, Sympa and services that forward mail in X-Original-From; groups.io, the IETF and servers that
 * rewrite senders (SRS) write it into the local part of From.
 */

type Headers = Record<string, string[]>;
type Carried = Pick<ParsedMessage, 'headers' | 'from' | 'sender' | 'replyTo' | 'to' | 'cc'>;

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

/** `Rita Sole via Helpme`, and in any language with the quotes of Google Groups: `'Rita Sole' über Helpme`. */
const viaName = /^(?:(.{1,200}?)\s+via\s+\S.{0,200}|'([^']{1,200})'\s+\p{Ll}\S{0,15}(?:\s\p{Ll}\S{0,15})?\s+\S.{0,200})$/iu;

function nameBeforeVia(name: string): string | null {
  const match = viaName.exec(name);
  return match && (match[1] ?? match[2]).replace(/^['"‘“]+|['"’”]+$/gu, '');
}

/** What a list says of a message; null when none carried it. */
export function listMailOf(message: Carried): ListMail | null {
  const { headers, from } = message;
  const name = nameBeforeVia(from?.name ?? '');
  const rewritten = from !== null && isRewritten(headers, from.address);
  const isList = rewritten || listHeaders.some((header) => first(headers, header) !== '');
  const written = from && addressWrittenInto(from.address, isList);
  if (!isList && name === null && written === null) return null;
  const addresses = new Set([
    ...['list-post', 'mailing-list', 'x-beenthere'].flatMap((header) => findAddresses(first(headers, header)).slice(0, 1)),
    ...listsIn(message),
  ]);
  if (from && (rewritten || name !== null || written !== null)) addresses.add(from.address);
  if (rewritten && message.sender) addresses.add(message.sender.address);
  const author = authorIn(message, name, addresses) ?? (written ? { name: name ?? from?.name ?? '', address: written } : null);
  if (!isList && author === null) return null;
  return { addresses: [...addresses].slice(0, 10), isInFrom: from !== null && addresses.has(from.address), author };
}

/** The list among those who are written to: its identifier names it, or it takes the answers to what came to it. */
function listsIn({ headers, from, replyTo, to, cc }: Carried): string[] {
  const id = /<([^<>]+)>/.exec(first(headers, 'list-id'))?.[1].toLowerCase();
  const answered = replyTo.map(({ address }) => address);
  return [...to, ...cc, ...replyTo]
    .map(({ address }) => address)
    .filter((address) => address.replace('@', '.') === id || (answered.includes(address) && to.some((one) => one.address === address)))
    .filter((address) => address !== '' && address !== from?.address);
}

/** Whether From is not the one that was written: another one is kept, or it is one of those that LISTSERV makes. */
function isRewritten(headers: Headers, from: string): boolean {
  const originals = addressesIn(first(headers, 'x-original-from')).map(({ address }) => address);
  return (originals.some((address) => address.includes('@')) && !originals.includes(from)) || /-dmarc-request@/.test(from);
}

/**
 * The author's address in the local part of another one. A list writes `ann=customer.example@groups.io` or
 * `ann=40customer.example@dmarc.ietf.org`, a forwarding server `SRS0=hash=day=customer.example=ann@forward.example` or
 * `prvs=tag=ann@customer.example`, of which hash, day and tag are others tomorrow.
 */
function addressWrittenInto(address: string, isList: boolean): string | null {
  const domain = '([a-z\\d-]+(?:\\.[a-z\\d-]+)*\\.[a-z]{2,20})';
  const [, srsDomain, srsLocal] = new RegExp(`^srs[01][=+-].{1,200}=${domain}=([^=@]{1,64})@`, 'i').exec(address) ?? [];
  if (srsLocal !== undefined) return `${srsLocal}@${srsDomain}`;
  const [, tagged] = /^prvs=[\da-z]{6,12}=([^=@]{1,64}@.+)$/i.exec(address) ?? [];
  if (tagged !== undefined || !isList) return tagged ?? null;
  const [, local, listed] = new RegExp(`^([^=@]{1,64})=(?:40)?${domain}@`).exec(address) ?? [];
  return local === undefined ? null : `${local}@${listed}`;
}

/** The person that the list keeps in another header. */
function authorIn({ headers, from, replyTo, cc }: Carried, name: string | null, lists: ReadonlySet<string>): Address | null {
  const isListsOwn = ({ address }: Address): boolean => !address.includes('@') || lists.has(address) || address === from?.address;
  const candidates = [
    ...addressesIn(first(headers, 'x-original-from')),
    ...addressesIn(first(headers, 'x-original-sender')),
    ...replyTo,
    // Mailman, where the list takes the answers
    ...cc.filter((person) => name !== null && person.name === name),
  ].filter((candidate) => !isListsOwn(candidate));
  const [author] = candidates;
  if (author === undefined) return null;
  const named = candidates.find((candidate) => candidate.address === author.address && candidate.name !== '')?.name ?? '';
  return { name: (nameBeforeVia(named) ?? named) || (name ?? ''), address: author.address };
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
