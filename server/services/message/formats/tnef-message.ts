import { encodeWords } from 'nodemailer/lib/mime-funcs';

/** A message that lies in a winmail.dat as a file, written as one that mail programs open (RFC 5322). */
export interface EmbeddedMessage {
  from: { name: string; address: string };
  to: string;
  subject: string;
  /** ISO 8601; null when it was never sent. */
  date: string | null;
  messageId: string;
  text: string | null;
  html: string | null;
  attachments: { name: string; mime: string; content: Buffer; contentId: string }[];
}

/** `depth` tells boundaries of messages within messages apart. The same message gives the same bytes. */
export function emlOf(message: EmbeddedMessage, depth: number): Buffer {
  const { from, to, subject, date, messageId, text, html, attachments } = message;
  const boundary = `winmail-${depth}-part`;
  const address = from.address.includes('@') ? ` <${clean(from.address)}>` : '';
  const head = [
    from.name !== '' || address !== '' ? `From: ${words(from.name || from.address)}${address}` : '',
    to === '' ? '' : `To: ${words(to)}`,
    `Subject: ${words(subject)}`,
    date === null ? '' : `Date: ${new Date(date).toUTCString().replace('GMT', '+0000')}`,
    messageId === '' ? '' : `Message-ID: ${clean(messageId)}`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
  ];
  const parts = [
    ...(html === null ? [] : [part([`Content-Type: text/html; charset=utf-8`, BASE64], lines(Buffer.from(html)))]),
    ...(html !== null || text === null ? [] : [part([`Content-Type: text/plain; charset=utf-8`, BASE64], lines(Buffer.from(text)))]),
    ...attachments.map(({ name, mime, content, contentId }) => {
      const named = [
        `Content-Type: ${clean(mime) || 'application/octet-stream'}`,
        `Content-Disposition: attachment; filename="${words(name)}"`,
      ];
      if (contentId !== '') named.push(`Content-ID: <${clean(contentId)}>`);
      return mime === 'message/rfc822' ? part(named, content.toString('latin1')) : part([...named, BASE64], lines(content));
    }),
  ];
  const body = [...parts.map((one) => `--${boundary}\r\n${one}`), `--${boundary}--\r\n`];
  return Buffer.from([...head.filter((line) => line !== ''), '', ...body].join('\r\n'), 'latin1');
}

const BASE64 = 'Content-Transfer-Encoding: base64';
const part = (head: string[], body: string): string => `${head.join('\r\n')}\r\n\r\n${body}`;
const lines = (bytes: Buffer): string => bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
const clean = (value: string): string => value.replace(/[^\x21-\x7e]/g, '').slice(0, 300);
const words = (value: string): string =>
  encodeWords(
    value
      .replace(/[\x00-\x1f\x7f"\\]+/g, ' ')
      .trim()
      .slice(0, 500),
    'B',
    52,
  );
