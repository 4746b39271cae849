/**
 * The domain of an address, as it is written; the text itself when it has no `@`. The last `@` counts: one before it belongs to a quoted
 * local part (RFC 5321 §4.1.2).
 */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);
