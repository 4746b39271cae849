import { detectExtension } from 'nodemailer/lib/mime-funcs';
import { storableText } from './charset';

/** Extensions that nodemailer's table does not have, or that nobody uses as it has them. */
const extensionOf: Record<string, string> = {
  'text/vcard': 'vcf',
  'message/global': 'eml',
  'message/delivery-status': 'txt',
  'message/disposition-notification': 'txt',
  'message/feedback-report': 'txt',
  'image/jpeg': 'jpg',
  'image/heic': 'heic',
  'application/pkcs7-mime': 'p7m',
  'application/pgp-signature': 'asc',
  'audio/mpeg': 'mp3',
};

/** Names of parts that every mail program leaves unnamed. */
const baseOf: Record<string, string> = {
  'text/calendar': 'invitation',
  'message/rfc822': 'message',
  'message/delivery-status': 'delivery-status',
  'message/disposition-notification': 'receipt',
  'message/feedback-report': 'feedback-report',
  'text/rfc822-headers': 'headers',
  'application/pkcs7-signature': 'smime',
  'application/pgp-signature': 'signature',
};

/**
 * A name that is safe as a file's: no path, no control or direction-changing character, no dots or blanks at the ends, at most
 * 150 characters with the extension kept. Never empty.
 */
export function attachmentName(raw: string | undefined, mime: string): string {
  const lastSegment = storableText(raw ?? '').replace(/^.*[\\/]/s, '');
  const clean = lastSegment
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const extension = (extensionOf[mime] ?? detectExtension(mime)).replace('*', 'bin'); // the table says * for application/octet-stream
  const isExtension = clean.toLowerCase() === extension && lastSegment.trim().startsWith('.');
  if (clean !== '' && !isExtension) return shortened(clean);
  return `${baseOf[mime] ?? mime.split('/')[0].replace(/^application$/, 'attachment')}.${extension}`;
}

function shortened(name: string): string {
  const characters = [...name];
  if (characters.length <= 150) return name;
  const extension = /\.[^. ]{1,12}$/.exec(name)?.[0] ?? '';
  return characters.slice(0, 150 - extension.length).join('') + extension;
}

/** Names as given, a name that was already there with ` (2)`, ` (3)` … before its extension. */
export function uniqueName(name: string, taken: Set<string>): string {
  const dot = name.lastIndexOf('.');
  const [base, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  let unique = name;
  for (let count = 2; taken.has(unique.toLowerCase()); count++) unique = `${base} (${count})${extension}`;
  taken.add(unique.toLowerCase());
  return unique;
}
