import { say } from '../../../shared/sentences/words';
import { open, stat } from 'node:fs/promises';
import MailComposer from 'nodemailer/lib/mail-composer';
import { MAX_MIME_BYTES, type LargeFile, type LargeMessage } from '../graph/drafts';
import type { Addressees } from './recipients';
import { SendError, type OutgoingFile, type OutgoingMail } from './transport';

/** A mail as Microsoft Graph takes it: MIME in one request, or, where that is too large, a message whose files come one by one. */

/** Base64 takes a third more than the bytes, and line breaks; headers and boundaries take some. */
const IN_MIME = 1.4;
const HEADERS_BYTES = 100_000;

export async function graphMailOf(mail: OutgoingMail): Promise<Buffer | LargeMessage> {
  const files = await Promise.all((mail.attachments ?? []).map(async (file) => ({ file, size: (await stat(file.path)).size })));
  const inFiles = files.reduce((sum, { size }) => sum + Math.ceil(size * IN_MIME), 0);
  const inTexts = 2 * (Buffer.byteLength(mail.html) + Buffer.byteLength(mail.text));
  if (inFiles + inTexts + HEADERS_BYTES <= MAX_MIME_BYTES) return mimeOf(mail);
  return { message: messageOf(mail), attached: files.map(({ file, size }) => largeFile(file, size)) };
}

/** Graph knows no envelope: of a mail that some have already, the others alone stand in it. */
function recipientsOf({ to, cc, bcc = [], onlyTo }: OutgoingMail): Addressees {
  const getsIt = ({ address }: { address: string }) => !onlyTo || onlyTo.includes(address);
  return { to: to.filter(getsIt), cc: cc.filter(getsIt), bcc: bcc.filter(getsIt) };
}

function mimeOf(mail: OutgoingMail): Promise<Buffer> {
  const { from, subject, html, text, headers, messageId, attachments = [] } = mail;
  const node = new MailComposer({
    from,
    ...recipientsOf(mail),
    subject,
    html,
    text,
    headers,
    messageId: `<${messageId}>`,
    attachments: attachments.map(({ name, mime, path, contentId }) => ({
      filename: name,
      contentType: mime,
      path,
      ...(contentId === null ? { contentDisposition: 'attachment' as const } : { contentDisposition: 'inline' as const, cid: contentId }),
    })),
    // Nothing but the private files of the mail is read.
    disableFileAccess: attachments.length === 0,
    disableUrlAccess: true,
  }).compile();
  // By default it is left out, and those that it names would get nothing.
  (node as { keepBcc?: boolean }).keepBcc = true;
  return node.build();
}

/** MAPI's properties of the headers that Graph takes in no other way ([MS-OXPROPS] 2.711, 2.718). */
const PROPERTIES: Record<string, string> = { 'in-reply-to': 'String 0x1042', references: 'String 0x1039' };
/** Graph takes at most five headers, and only those that begin so. */
const OWN_HEADER = /^x-/i;
const MAX_HEADERS = 5;

function messageOf(mail: OutgoingMail): object {
  const { from, subject, html, headers, messageId } = mail;
  const { to, cc, bcc } = recipientsOf(mail);
  const named = Object.entries(headers);
  return {
    subject,
    body: { contentType: 'HTML', content: html },
    from: recipient(from),
    toRecipients: to.map(recipient),
    ccRecipients: cc.map(recipient),
    bccRecipients: bcc.map(recipient),
    internetMessageId: `<${messageId}>`,
    internetMessageHeaders: named
      .filter(([name]) => OWN_HEADER.test(name))
      .slice(0, MAX_HEADERS)
      .map(([name, value]) => ({ name, value })),
    singleValueExtendedProperties: named.flatMap(([name, value]) => {
      const id = PROPERTIES[name.toLowerCase()];
      return id ? [{ id, value }] : [];
    }),
  };
}

const recipient = ({ address, name }: { address: string; name: string }) => ({ emailAddress: { address, ...(name ? { name } : {}) } });

const largeFile = ({ name, mime, path, contentId }: OutgoingFile, size: number): LargeFile => ({
  name,
  contentType: mime,
  contentId,
  size,
  async read(start, length) {
    const file = await open(path);
    try {
      const piece = Buffer.alloc(length);
      const { bytesRead } = await file.read(piece, 0, length, start);
      if (bytesRead < length) throw new SendError(say('outgoing.fileUnreadable', { name }), true, null);
      return piece;
    } finally {
      await file.close();
    }
  },
});
