import { isAddress, pastedAddress } from '../../../../shared/address';
import type { Address } from '../../api/tickets';

interface Typed {
  people: Address[];
  /** What is no address, as it was typed. */
  rest: string;
}

/** Reads addresses as people write and paste them: with or without a name, between commas, semicolons or line breaks. */
export function readAddresses(text: string): Typed {
  const typed: Typed = { people: [], rest: '' };
  const rest: string[] = [];
  for (const part of text
    .split(/[,;\n]/)
    .map((piece) => piece.trim())
    .filter(Boolean)) {
    const [, name, bracketed] = /^"?([^"<]*?)"?\s*<([^<>]*)>$/.exec(part) ?? [];
    const address = pastedAddress(bracketed ?? part);
    if (isAddress(address)) typed.people.push({ name: (name ?? '').trim(), address });
    else rest.push(part);
  }
  return { ...typed, rest: rest.join(', ') };
}

/** Everybody once, whatever the case of the letters. */
export function withoutRepeats(people: Address[]): Address[] {
  const seen = new Set<string>();
  return people.filter(({ address }) => !seen.has(address.toLowerCase()) && seen.add(address.toLowerCase()));
}

export const describeAddress = ({ name, address }: Address): string => (name ? `${name} <${address}>` : address);
