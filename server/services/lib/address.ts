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
