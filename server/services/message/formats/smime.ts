import { defaultLimits } from '../limits';
import { parseEntity, type Part } from '../mime/mime';

/**
 * The message inside an opaque-signed S/MIME part (RFC 8551 §3.5.2, CMS SignedData of RFC 5652): the signature is not checked,
 * the content is only made readable. Null when the part is encrypted or damaged.
 */
export function signedContent(bytes: Buffer): Part | null {
  const contentInfo = readElement(bytes, 0);
  if (contentInfo === null) return null;
  const [oid, explicit] = elementsOf(bytes, contentInfo);
  if (oid === undefined || explicit === undefined || !bytes.subarray(oid.start, oid.end).equals(signedData)) return null;
  const content = elementsOf(bytes, elementsOf(bytes, explicit)[0]).find((element) => element.tag === 0x30);
  const data = content === undefined ? undefined : elementsOf(bytes, content)[1];
  const octets = data === undefined ? Buffer.alloc(0) : octetString(bytes, elementsOf(bytes, data)[0], 0);
  return octets.length === 0 ? null : parseEntity(octets, defaultLimits, []);
}

/** Whether these bytes are an encrypted CMS message (RFC 5652 §6.1, RFC 5083 §2.1), whatever their label says. */
export function isEncrypted(bytes: Buffer): boolean {
  const contentInfo = readElement(bytes, 0);
  const [oid] = contentInfo === null ? [] : elementsOf(bytes, contentInfo);
  return oid !== undefined && encryptedData.some((known) => bytes.subarray(oid.start, oid.end).equals(known));
}

/** OID 1.2.840.113549.1.7.2 */
const signedData = Buffer.from('2a864886f70d010702', 'hex');
/** OID 1.2.840.113549.1.7.3 and 1.2.840.113549.1.9.16.1.23 */
const encryptedData = ['2a864886f70d010703', '2a864886f70d0109100117'].map((hex) => Buffer.from(hex, 'hex'));

interface Element {
  tag: number;
  start: number;
  /** Where the content ends. */
  end: number;
  /** Where the next element starts: two bytes further for an indefinite length. */
  next: number;
}

function readElement(bytes: Buffer, at: number, limit = bytes.length): Element | null {
  if (at + 2 > limit) return null;
  const first = bytes[at + 1];
  const lengthBytes = first & 0x7f;
  if (first < 0x80) return bounded(bytes[at], at + 2, first, limit);
  if (first === 0x80) return indefinite(bytes, at, limit);
  if (lengthBytes > 4 || at + 2 + lengthBytes > limit) return null;
  return bounded(bytes[at], at + 2 + lengthBytes, bytes.readUIntBE(at + 2, lengthBytes), limit);
}

function bounded(tag: number, start: number, length: number, limit: number): Element {
  const end = Math.min(start + length, limit);
  return { tag, start, end, next: end };
}

/** BER's indefinite length: the end-of-contents octets of the outermost element are near the end of all. */
function indefinite(bytes: Buffer, at: number, limit: number): Element {
  let next = at + 2;
  for (let count = 0; next + 2 <= limit && count < 100_000; count++) {
    if (bytes[next] === 0 && bytes[next + 1] === 0) return { tag: bytes[at], start: at + 2, end: next, next: next + 2 };
    const inner = bytes[next + 1] === 0x80 ? null : readElement(bytes, next, limit);
    if (inner === null) break; // nested indefinite lengths: take all that is left, the reader below stops at the marks
    next = inner.next;
  }
  return { tag: bytes[at], start: at + 2, end: limit, next: limit };
}

function elementsOf(bytes: Buffer, parent: Element | undefined): Element[] {
  const elements: Element[] = [];
  if (parent === undefined) return elements;
  for (let at = parent.start; at < parent.end && elements.length < 10_000;) {
    const element = readElement(bytes, at, parent.end);
    if (element === null || element.next <= at || (element.tag === 0 && element.start === element.end)) break;
    elements.push(element);
    at = element.next;
  }
  return elements;
}

/** An octet string, primitive or constructed of several. */
function octetString(bytes: Buffer, element: Element | undefined, depth: number): Buffer {
  if (element === undefined || depth > 4) return Buffer.alloc(0);
  if (element.tag === 0x04) return bytes.subarray(element.start, element.end);
  if (element.tag !== 0x24) return Buffer.alloc(0);
  return Buffer.concat(elementsOf(bytes, element).map((inner) => octetString(bytes, inner, depth + 1)));
}
