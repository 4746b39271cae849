import { decodeText } from '../mime/charset';
import { readCompressedRtf } from './rtf';
import { emlOf, type EmbeddedMessage } from './tnef-message';

/**
 * winmail.dat, Microsoft's TNEF ([MS-OXTNEF]): what Outlook sends to those who do not use Exchange. Read are the attached
 * files with their long names and the body as text, HTML or RTF.
 */
interface Tnef extends Omit<EmbeddedMessage, 'attachments'> {
  attachments: TnefFile[];
  /** The bytes end or break in the middle: there may have been more. */
  isDamaged: boolean;
}

interface TnefFile {
  name: string;
  mime: string;
  content: Buffer;
  /** By which the HTML shows it; '' for none. */
  contentId: string;
  /** It is a message, in the form of a winmail.dat. */
  message?: Buffer;
}

const signature = 0x223e9f78;
/** IID_IMessage, which stands before a message that is a file. */
const messageId = Buffer.from('0703020000000000c000000000000046', 'hex');
/** Messages in messages in messages. */
const MAX_DEPTH = 4;
/** An attribute belongs to the message or to an attachment; another first byte is no attribute. */
const levels = new Set([1, 2]);

/** Attribute ids of [MS-OXTNEF] §2.1.3.2, without their type. */
const attribute = {
  from: 0x8000,
  subject: 0x8004,
  body: 0x800c,
  messageProperties: 0x9003,
  attachRendering: 0x9002,
  attachTitle: 0x8010,
  attachData: 0x800f,
  attachProperties: 0x9005,
  codepage: 0x9007,
} as const;

/** MAPI property ids of [MS-OXPROPS]. */
const property = {
  body: 0x1000,
  html: 0x1013,
  rtf: 0x1009,
  longFilename: 0x3707,
  filename: 0x3704,
  displayName: 0x3001,
  mime: 0x370e,
  data: 0x3701,
  contentId: 0x3712,
  subject: 0x0037,
  messageId: 0x1035,
  submitted: 0x0039,
  displayTo: 0x0e04,
  senderName: 0x0c1a,
  senderAddress: 0x0c1f,
  senderSmtp: 0x5d01,
} as const;

/** Null when these bytes are no TNEF. A damaged file gives what was read until the damage. */
export function readTnef(bytes: Buffer, depth = 0): Tnef | null {
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== signature) return null;
  const sender = { from: { name: '', address: '' }, to: '', subject: '', date: null, messageId: '' };
  const tnef: Tnef = { ...sender, text: null, html: null, attachments: [], isDamaged: false };
  let charset = 'windows-1252';
  let at = 6;
  while (at + 9 <= bytes.length) {
    const id = bytes.readUInt16LE(at + 1);
    const length = bytes.readUInt32LE(at + 5);
    const value = bytes.subarray(at + 9, at + 9 + length);
    if (value.length < length || !levels.has(bytes[at])) break;
    if (id === attribute.codepage && length >= 4) charset = `windows-${value.readUInt32LE(0)}`;
    else if (id < 0x9000 || id >= 0x9002 || id === attribute.messageProperties) apply(tnef, id, value, charset);
    at += 9 + length + 2; // a checksum of two bytes follows
  }
  if (at === 6 || bytes.subarray(at).some((byte) => byte !== 0)) tnef.isDamaged = true;
  tnef.attachments = tnef.attachments.map((file) => withMessage(file, depth)).filter((file) => file.content.length > 0 || file.name !== '');
  return tnef;
}

/** What Outlook writes as the content of such a file is a sentence that it is not supported. */
function withMessage(file: TnefFile, depth: number): TnefFile {
  const message = file.message === undefined || depth >= MAX_DEPTH ? null : readTnef(file.message, depth + 1);
  if (message === null) return file;
  return { ...file, name: `${message.subject || file.name || 'message'}.eml`, mime: 'message/rfc822', content: emlOf(message, depth) };
}

function readEnvelope(tnef: Tnef, found: Map<number, Value>): void {
  const value = (id: number): string => (found.get(id)?.text ?? '').replace(/\0/g, '').trim();
  const filetime = found.get(property.submitted)?.bytes;
  const sent = filetime?.length === 8 ? Number(filetime.readBigUInt64LE(0) / 10_000n) - 11_644_473_600_000 : NaN;
  const address = [property.senderSmtp, property.senderAddress].map(value).find((found) => found.includes('@'));
  Object.assign(tnef, {
    from: { name: value(property.senderName) || tnef.from.name, address: address ?? tnef.from.address },
    to: value(property.displayTo),
    subject: value(property.subject) || tnef.subject,
    date: sent > 0 && sent < 8e15 ? new Date(sent).toISOString() : null,
    messageId: value(property.messageId),
  });
}

function apply(tnef: Tnef, id: number, value: Buffer, charset: string): void {
  const file = tnef.attachments.at(-1);
  if (id === attribute.attachRendering)
    tnef.attachments.push({ name: '', mime: 'application/octet-stream', content: Buffer.alloc(0), contentId: '' });
  else if (id === attribute.body) tnef.text = text(value, charset);
  else if (id === attribute.subject) tnef.subject = text(value, charset).replace(/\0/g, '').trim();
  else if (id === attribute.from) tnef.from.address = /SMTP:([^\0]{3,320})/i.exec(value.toString('latin1'))?.[1] ?? '';
  else if (id === attribute.messageProperties) {
    const found = readProperties(value, charset, tnef);
    readEnvelope(tnef, found);
    tnef.text = found.get(property.body)?.text ?? tnef.text;
    const html = found.get(property.html);
    if (html !== undefined) tnef.html = html.text ?? text(html.bytes, charset);
    const rtf = found.get(property.rtf);
    if (rtf !== undefined && (tnef.html ?? tnef.text) === null) Object.assign(tnef, readCompressedRtf(rtf.bytes));
  } else if (file !== undefined && id === attribute.attachTitle) file.name ||= text(value, charset);
  else if (file !== undefined && id === attribute.attachData) file.content = value;
  else if (file !== undefined && id === attribute.attachProperties) {
    const found = readProperties(value, charset, tnef);
    file.name =
      found.get(property.longFilename)?.text ||
      file.name ||
      found.get(property.filename)?.text ||
      found.get(property.displayName)?.text ||
      '';
    file.mime = (found.get(property.mime)?.text || file.mime).toLowerCase();
    const data = found.get(property.data)?.bytes;
    file.contentId = (found.get(property.contentId)?.text ?? '').replace(/\0/g, '');
    if (data?.subarray(0, 16).equals(messageId)) file.message = data.subarray(16);
    else if (file.content.length === 0 && data !== undefined) file.content = data;
  }
}

interface Value {
  bytes: Buffer;
  /** For string properties. */
  text: string | null;
}

/** Bytes of a value by MAPI type; 0 for those that carry their length. [MS-OXCDATA] §2.11.1 */
const fixedSize: Record<number, number> = {
  0x02: 4,
  0x03: 4,
  0x04: 4,
  0x05: 8,
  0x06: 8,
  0x07: 8,
  0x0a: 4,
  0x0b: 4,
  0x14: 8,
  0x40: 8,
  0x48: 16,
};
const variable = new Set([0x0d, 0x1e, 0x1f, 0x102]);

/** The properties until the damage, which is noted in `damage`. */
function readProperties(bytes: Buffer, charset: string, damage: Pick<Tnef, 'isDamaged'>): Map<number, Value> {
  const found = new Map<number, Value>();
  const reader = { at: 4 };
  const count = bytes.length >= 4 ? Math.min(bytes.readUInt32LE(0), 5000) : 0;
  damage.isDamaged ||= bytes.length < 4;
  for (let i = 0; i < count; i++) {
    const property = reader.at + 4 <= bytes.length ? readProperty(bytes, reader) : null;
    if (property === null) {
      damage.isDamaged = true;
      break;
    }
    const { id, type, bytes: first } = property;
    found.set(id, { bytes: first, text: (type & 0xfff) === 0x1f ? unicode(first) : (type & 0xfff) === 0x1e ? text(first, charset) : null });
  }
  return found;
}

function readProperty(bytes: Buffer, reader: { at: number }): { id: number; type: number; bytes: Buffer } | null {
  const type = bytes.readUInt16LE(reader.at);
  const id = bytes.readUInt16LE(reader.at + 2);
  reader.at += 4;
  if (id >= 0x8000 && !skipName(bytes, reader)) return null;
  const value = readValues(bytes, reader, type);
  return value === null ? null : { id, type, bytes: value };
}

/** Named properties: a GUID, then a number or a name. */
function skipName(bytes: Buffer, reader: { at: number }): boolean {
  if (reader.at + 24 > bytes.length) return false;
  const isString = bytes.readUInt32LE(reader.at + 16) === 1;
  const length = bytes.readUInt32LE(reader.at + 20);
  reader.at += 24 + (isString ? length + padding(length) : 0);
  return reader.at <= bytes.length;
}

/** The first value; the others of a multi-valued property are passed over. Null at the end of the bytes. */
function readValues(bytes: Buffer, reader: { at: number }, type: number): Buffer | null {
  const single = type & 0xfff;
  const isVariable = variable.has(single);
  let count = 1;
  if (isVariable || (type & 0x1000) !== 0) {
    if (reader.at + 4 > bytes.length) return null;
    count = bytes.readUInt32LE(reader.at);
    reader.at += 4;
  }
  let first: Buffer | null = null;
  for (let i = 0; i < Math.min(count, 10_000); i++) {
    let size = fixedSize[single] ?? -1;
    if (isVariable) {
      if (reader.at + 4 > bytes.length) return first;
      size = bytes.readUInt32LE(reader.at);
      reader.at += 4;
    }
    if (size < 0 || reader.at + size > bytes.length) return null;
    first ??= bytes.subarray(reader.at, reader.at + size);
    reader.at += size + padding(size);
  }
  return first ?? Buffer.alloc(0);
}

function padding(length: number): number {
  return (4 - (length % 4)) % 4;
}

function text(bytes: Buffer, charset: string): string {
  return decodeText(bytes, charset).text.replace(/\r\n?/g, '\n');
}

function unicode(bytes: Buffer): string {
  return decodeText(bytes, 'utf-16le').text.replace(/\r\n?/g, '\n');
}
