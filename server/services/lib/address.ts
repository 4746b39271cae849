import { domainToASCII, domainToUnicode } from 'node:url';

/**
 * The domain of an address, as it is written; the text itself when it has no `@`. The last `@` counts: one before it belongs to a quoted
 * local part (RFC 5321 §4.1.2).
 */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/** An address without what stands behind a plus in its local part (RFC 5233), in lower case, and that: `support+TT1001@example.com`. */
export function withoutDetail(address: string): { base: string; detail: string | null } {
  const [, local, detail, domain] = /^([^+@]+)\+([^@]*)(@.*)$/.exec(address.trim()) ?? [];
  return local === undefined ? { base: address, detail: null } : { base: `${local}${domain}`.toLowerCase(), detail };
}

/**
 * A domain, or an address with it, as some programs write it and others do not (RFC 5891 §4): `jane@bücher.example` and
 * `jane@xn--bcher-kva.example` are one. Null where there is one spelling.
 */
export function otherSpelling(address: string): string | null {
  const domain = domainOf(address);
  const isAscii = /^[\x00-\x7f]*$/.test(domain);
  if (isAscii && !/(?:^|\.)xn--/i.test(domain)) return null;
  const other = isAscii ? domainToUnicode(domain) : domainToASCII(domain);
  return other === '' || other === domain ? null : address.slice(0, address.length - domain.length) + other;
}
