import { Readable } from 'node:stream';
import { encode as toBase64, wrap as wrapBase64 } from 'nodemailer/lib/base64';
import type MimeNode from 'nodemailer/lib/mime-node';
import { encode as toQuotedPrintable, wrap as wrapQuotedPrintable } from 'nodemailer/lib/qp';

/**
 * Nodemailer writes each part of a mail by some streams of its own, which costs more than the writing of a few kilobytes. A mail of short texts
 * is written at once instead: the same bytes, by the same headers and encoders.
 */

/** Nodemailer encodes more than this in slices. */
const MOST_BYTES = 64 * 1024;

/** From now on, this mail is read in one piece. One with files, or with long texts, is left as it is. */
export function writeAtOnce(message: MimeNode): void {
  if (!isShort(message)) return;
  const whole = Buffer.from(endingLine(written(message)));
  // Read once more where the server closes the connection first.
  message.createReadStream = () => onePiece(whole) as ReturnType<MimeNode['createReadStream']>;
}

const isShort = (node: MimeNode): boolean =>
  node.content === undefined
    ? node.childNodes.every(isShort)
    : typeof node.content === 'string' &&
      Buffer.byteLength(node.content) <= MOST_BYTES &&
      isText(node) &&
      !ENDS_WITH_BLANK.test(node.content);

/** Its encoder of streams keeps that back, and breaks the last line otherwise. */
const ENDS_WITH_BLANK = /[ \t]$/;

/** In other parts, a lone line feed is no line end. */
const isText = (node: MimeNode): boolean => /^text\//i.test(String(node.getHeader('Content-Type')));

function written(node: MimeNode): string {
  const encoding = node.getTransferEncoding();
  const head = `${node.buildHeaders()}\r\n\r\n`;
  if (!node.multipart) return head + encoded(node.content as string, encoding);
  const parts = node.childNodes.map((part) => `--${node.boundary}\r\n${written(part)}`);
  return `${head}${parts.join('\r\n')}\r\n--${node.boundary}--\r\n`;
}

function encoded(text: string, encoding: string | false): string {
  if (encoding === 'quoted-printable') return wrapQuotedPrintable(toQuotedPrintable(text));
  return encoding === 'base64' ? wrapBase64(toBase64(text)) : text;
}

const endingLine = (text: string): string => (text.endsWith('\n') ? text : `${text}\r\n`);

const onePiece = (bytes: Buffer): Readable =>
  new Readable({
    read() {
      this.push(bytes);
      this.push(null);
    },
  });
