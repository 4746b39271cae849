/** Address headers as programs write them that put no name in quotes, so that a reader that keeps to RFC 5322 §3.4 finds one person in each. */
export function repairedAddresses(header: string): string {
  return addressesInBrackets(withBareOnesApart(withColonsQuoted(withCommasQuoted(withoutLoneQuote(header)))));
}

/** An unquoted `Doe, Jane <a@b>` is one person, since encoded words hold no comma that separates. */
function withCommasQuoted(header: string): string {
  return header.replace(
    /(^|,)(\s*)([^"<>@,;:()=]{1,60}), ?([^"<>@,;:()=]{1,60}) (<[^<>\s]{1,250}>)/g,
    (_, before: string, gap: string, last: string, first: string, address: string) =>
      `${before}${gap}"${last.trim()}, ${first.trim()}" ${address}`,
  );
}

/** `Invoices: Jane Doe <a@b>` is a name: a group ends with a semicolon. */
function withColonsQuoted(header: string): string {
  if (!header.includes(':') || header.includes(';')) return header;
  return header.replace(
    /(^|,)([^"<>@,():]{0,100}:[^"<>@,()]{0,200})(<[^<>\s]{1,250}>)/g,
    (_, before: string, name: string, address: string) =>
      `${before} "${name.replace(/\\/g, '').replace(/^[\s:]+|[\s:]+$/g, '')}" ${address}`,
  );
}

const bare = '[^\\s"<>@,;:()]{1,64}@[^\\s"<>@,;:()]{1,255}';
const bareOnes = new RegExp(`(?<=^|[,;:])\\s*${bare}(?:\\s+${bare})+(?=\\s*(?:[,;]|$))`, 'g');

/** `a@b c@d` are two people, not one of the name c@d: NeoMutt writes so what it was given with a semicolon. */
function withBareOnesApart(header: string): string {
  return header.replace(bareOnes, (ones) => ` ${[...new Set(ones.trim().split(/\s+/))].join(', ')}`);
}

/**
 * A quotation mark without its second swallows the address behind it. With an odd number of them, each that would swallow one, or that
 * nothing closes, is left out.
 */
function withoutLoneQuote(header: string): string {
  const pieces = header.split('"');
  if (pieces.length % 2 === 1 || header.includes('\\"')) return header;
  let out = pieces[0];
  let isOpen = false;
  pieces.slice(1).forEach((piece, i) => {
    const isLone = !isOpen && (i === pieces.length - 2 || /<[^<>\s@]{1,64}@[^<>\s@]{1,255}>/.test(piece));
    if (!isLone) isOpen = !isOpen;
    out += isLone ? piece : `"${piece}`;
  });
  return out;
}

/** `Jane Doe (a@b)`, `Jane Doe [mailto:a@b]`: where nothing else is an address, what stands in other brackets is one. */
function addressesInBrackets(header: string): string {
  if (!/[([{]/.test(header) || /<|"[^"]*[([{@][^"]*"/.test(header)) return header;
  const found = header.replace(/[([{]\s*(?:mailto:)?([^\s()[\]{}<>@,;:"]{1,64}@[^\s()[\]{}<>@,;:"]{1,255})\s*[)\]}]/gi, '<$1>');
  return found.replace(/<[^<>]*>/g, '').includes('@') ? header : found;
}
