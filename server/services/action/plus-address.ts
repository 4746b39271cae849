import { withoutDetail } from '../lib/address';
import type { ParsedMessage } from '../message/types';
import { defaultTicketNumberPattern, findTicketNumbers } from '../rule/ticket-number';

/** The headers in which servers note the recipient of a message. */
const DELIVERED_TO = ['delivered-to', 'x-original-to', 'envelope-to'];
const MOST_NUMBERS = 10;

/** Numbers behind the plus of our own addresses, `support+TT1001@example.com` (RFC 5233), wherever mail programs and servers name them. */
export function numbersInAddresses(
  { to, cc, headers }: ParsedMessage,
  ticketPrefixes: readonly string[],
  isOwn: (address: string) => boolean = () => true,
): string[] {
  const delivered = DELIVERED_TO.flatMap((name) => (Object.hasOwn(headers, name) ? headers[name] : []));
  const details = [...[...to, ...cc].map(({ address }) => address), ...delivered].flatMap((address) => {
    const { base, detail } = withoutDetail(address);
    return detail !== null && isOwn(base) ? [detail] : [];
  });
  const pattern = defaultTicketNumberPattern(...ticketPrefixes);
  return [...new Set(details.flatMap((detail) => findTicketNumbers(pattern, detail)))].slice(0, MOST_NUMBERS);
}
