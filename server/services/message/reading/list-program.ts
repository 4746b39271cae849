import { findAddresses } from './bounces/dsn-address';

type Headers = Record<string, string[]>;

/**
 * Did the program of a mailing list write this in its own name? mlmmj marks what it writes by nothing but its addresses: it comes from
 * `desk+help@` or `desk+owner@`, and bounces go to `desk+bounces-…@` or answers to `desk+confsub-…@`. Who answers has joined the list.
 */
export function isFromListProgram(headers: Headers): boolean {
  const [, list, domain] = /^(.+[-+])(?:help|owner)(@.+)$/.exec(findAddresses(headers.from?.[0] ?? '')[0] ?? '') ?? [];
  if (list === undefined) return false;
  return ['return-path', 'reply-to'].some((name) => {
    // Not findAddresses: the address of a reader stands in it, with a sign of equality.
    const address = (headers[name]?.[0] ?? '')
      .replace(/^.*<|>.*$/g, '')
      .trim()
      .toLowerCase();
    return address.startsWith(list) && address.endsWith(domain) && commands.test(address.slice(list.length));
  });
}

/** What its addresses are for, before a token or alone. */
const commands = /^(?:bounces|confsub|confunsub|permit|release)[-@]/;

/** What mlmmj says of a post that it returns to its author, in its languages; one that waits for a moderator is returned as well. */
const deniedWords = /\bdenied\b|denegáu|není možné|abgewiesen|hylättiin|refusé|απορρίφθηκε|\bnegato\b|\brecusada\b|^odmietnutie|被拒绝/iu;

/** Did the program of a list refuse a mail of the person that it writes to? `returned`: the mail that it holds, as text. */
export function isDeniedPost(headers: Headers, returned: string): boolean {
  if (!isFromListProgram(headers) || !deniedWords.test(headers.subject?.[0] ?? '')) return false;
  const authors = findAddresses(/^from:[ \t]*([^\n]*(?:\n[ \t][^\n]*){0,5})/im.exec(returned.slice(0, 20_000))?.[1] ?? '');
  return (headers.to ?? []).flatMap(findAddresses).some((address) => authors.includes(address));
}
