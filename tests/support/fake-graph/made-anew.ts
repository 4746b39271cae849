/**
 * Exchange keeps no MIME: the text of a message is made anew when it is asked for ([MS-OXCMAIL]). Here that is lines that end in CRLF, headers
 * folded anew, other boundaries, and base64 in place of 7bit and 8bit.
 */
export function remade(source: Uint8Array): Buffer {
  const text = Buffer.from(source).toString('latin1').replace(/\r?\n/g, '\r\n');
  return Buffer.from(entity(text), 'latin1');
}

let count = 0;

function entity(text: string): string {
  const end = text.indexOf('\r\n\r\n');
  const [head, body] = end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end + 4)];
  const headers = head.split(/\r\n(?![ \t])/).map((header) => header.replace(/\r\n[ \t]+/g, ' '));
  const valueOf = (name: string) => headers.find((header) => header.toLowerCase().startsWith(`${name}:`))?.replace(/^[^:]*:\s*/, '') ?? '';
  const type = valueOf('content-type');
  const boundary = /^multipart\/.*boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary) {
    const parts = body.split(`--${boundary}`).slice(1, -1);
    const other = `_00${(count += 1)}_${Buffer.from(boundary).toString('hex')}_`;
    const made = parts.map((part) => `--${other}\r\n${entity(part.replace(/^\r\n/, '').replace(/\r\n$/, ''))}\r\n`);
    return `${folded(headers.map((header) => header.replace(/^(content-type:.*boundary="?)[^";]+/i, `$1${other}`)))}\r\n\r\n${made.join('')}--${other}--\r\n`;
  }
  const encoding = valueOf('content-transfer-encoding').toLowerCase();
  if (!['', '7bit', '8bit'].includes(encoding) || /^message\//i.test(type)) return `${folded(headers)}\r\n\r\n${body}`;
  const others = headers.filter((header) => !/^content-transfer-encoding:/i.test(header));
  const base64 = Buffer.from(body, 'latin1').toString('base64').replace(/.{76}/g, '$&\r\n');
  return `${folded([...others, 'Content-Transfer-Encoding: base64'])}\r\n\r\n${base64}\r\n`;
}

/** At a blank behind 70 characters, as far as there is one. */
const folded = (headers: string[]): string => headers.map((header) => header.replace(/(.{70,}?) (?=\S)/g, '$1\r\n ')).join('\r\n');
