import { type Said, say } from '../../../../shared/sentences/words';

/** What PGP leaves in a text (RFC 9580 §6 and §7) that a person should not have to read. */

export const encryptedNote = say('message.encrypted');

const signed = /^-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\n(?:[A-Za-z-]{1,40}: [^\n]{0,200}\n){0,10}[ \t]*\n/m;
const signature = /^-----BEGIN PGP SIGNATURE-----[ \t]*$/m;
const signatureEnd = /^-----END PGP SIGNATURE-----[ \t]*\n?/m;

/**
 * A clear-signed text without its armour: the words stay, the signature block goes (it is no proof to a reader), dashes are
 * unescaped. An encrypted text stays as it is, with a warning that says so.
 */
export function withoutArmor(text: string, warnings: Said[]): string {
  if (!text.includes('-----BEGIN PGP ')) return text;
  if (/^-----BEGIN PGP MESSAGE-----/m.test(text)) warnings.push(encryptedNote);
  const opening = signed.exec(text);
  if (opening === null) return text;
  const before = text.slice(0, opening.index);
  const rest = text.slice(opening.index + opening[0].length);
  const start = signature.exec(rest);
  if (start === null) return before + unescaped(rest);
  const tail = rest.slice(start.index);
  const end = signatureEnd.exec(tail);
  return before + unescaped(rest.slice(0, start.index)) + (end === null ? '' : tail.slice(end.index + end[0].length));
}

/** RFC 9580 §7.2: lines that begin with a dash are written `- -`. */
function unescaped(text: string): string {
  return text.replace(/^- (?=-|From )/gm, '');
}
