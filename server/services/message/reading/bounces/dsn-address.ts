/** The addresses in a piece of text, lower case, each once. */
export function findAddresses(text: string): string[] {
  const found = text.match(/[^\s<>()[\]"',;:|=：，；、。（）＜＞【】「」“”]{1,64}@[\p{L}0-9][\p{L}\p{M}0-9.-]{0,254}/giu) ?? [];
  return [...new Set(found.map((address) => address.toLowerCase().replace(/[.-]+$/, '')))];
}

/**
 * The address of `rfc822; user@example.com` or `utf-8; nobody-\x{F6}@example.com` (RFC 3464 §2.3, RFC 6533 §3) and of their unruly
 * relatives, lower case; '' when there is none.
 */
export function reportedAddress(value: string): string {
  const typed = decodeEscapes(value.replace(/^[a-z0-9 -]{1,20};\s*/i, ''));
  const found = findAddresses(typed)[0];
  if (found !== undefined) return found;
  const word = typed.replace(/[<>"]/g, '').trim().toLowerCase();
  return /^\S{1,320}$/.test(word) ? word : '';
}

/** `\x{F6}` of RFC 6533, and the octal bytes of UTF-8 (`\303\266`) that some systems write. */
function decodeEscapes(text: string): string {
  return text
    .replace(/\\x\{([0-9a-f]{1,6})\}/gi, (whole, hex: string) => characterOf(parseInt(hex, 16)) ?? whole)
    .replace(/(?:\\[2-3][0-7]{2}){2,}/g, (bytes) => {
      const octets = bytes.split('\\').slice(1);
      return new TextDecoder().decode(Uint8Array.from(octets, (octet) => parseInt(octet, 8)));
    });
}

/** Not for control characters and half surrogates: nobody has them in an address. */
const characterOf = (code: number): string | null =>
  code > 0x20 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : null;

/** The other spelling of an address in a field that RFC 3461 §4 encodes as xtext (`a+2Bb@example.com` is `a+b@example.com`). */
export const decodeXtext = (address: string): string =>
  address.replace(/\+([2-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))).toLowerCase();
