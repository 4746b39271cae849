import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** A certificate for a test server, made on the spot: nothing to commit, nothing that runs out one day. */
export interface Certificate {
  cert: string;
  key: string;
}

interface CertificateOptions {
  /** Host names and IPv4 addresses that the certificate is made out to. */
  names?: string[];
  notBefore?: Date;
  notAfter?: Date;
  /** Who signs it; without one it is self-signed. */
  issuer?: Certificate;
  /** True for a certificate that may sign others. */
  authority?: boolean;
}

const dayMs = 24 * 60 * 60 * 1000;

/** Issues an X.509 certificate (RFC 5280) with an ECDSA P-256 key. */
export function issueCertificate(options: CertificateOptions = {}): Certificate {
  const { names = ['localhost', '127.0.0.1'], issuer, authority = issuer === undefined } = options;
  const notBefore = options.notBefore ?? new Date(Date.now() - dayMs);
  const notAfter = options.notAfter ?? new Date(Date.now() + 30 * dayMs);
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subject = distinguishedName(names[0] ?? 'nobody');
  const toBeSigned = sequence(
    tagged(0, integer(Buffer.from([2]))), // version 3
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ecdsaWithSha256,
    issuer ? subjectOf(issuer) : subject,
    sequence(time(notBefore), time(notAfter)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(3, sequence(basicConstraints(authority), subjectAltName(names))),
  );
  const certificate = sequence(toBeSigned, ecdsaWithSha256, bitString(sign('sha256', toBeSigned, issuer?.key ?? privateKey)));
  return { cert: pem('CERTIFICATE', certificate), key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string };
}

// --- DER, as much of it as a certificate needs ---

function der(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const length =
    content.length < 0x80
      ? [content.length]
      : content.length < 0x100
        ? [0x81, content.length]
        : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}
const sequence = (...items: Buffer[]): Buffer => der(0x30, ...items);
const tagged = (number: number, ...items: Buffer[]): Buffer => der(0xa0 + number, ...items);
const integer = (value: Buffer): Buffer => der(0x02, value);
const bitString = (value: Buffer): Buffer => der(0x03, Buffer.from([0]), value);
const octetString = (value: Buffer): Buffer => der(0x04, value);
const objectId = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const boolean = (value: boolean): Buffer => der(0x01, Buffer.from([value ? 0xff : 0]));
/** UTCTime: years 1950 to 2049. */
const time = (date: Date): Buffer => der(0x17, Buffer.from(`${date.toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`));

const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'));
const distinguishedName = (commonName: string): Buffer =>
  sequence(der(0x31, sequence(objectId('550403'), der(0x0c, Buffer.from(commonName)))));
const basicConstraints = (authority: boolean): Buffer =>
  sequence(objectId('551d13'), boolean(true), octetString(authority ? sequence(boolean(true)) : sequence()));
const subjectAltName = (names: string[]): Buffer => sequence(objectId('551d11'), octetString(sequence(...names.map(generalName))));
const generalName = (name: string): Buffer =>
  isIPv4(name) ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name));

/** The subject of a certificate of ours: the sixth item of its first item. */
function subjectOf({ cert }: Certificate): Buffer {
  const bytes = Buffer.from(cert.replace(/-----.*?-----|\s/g, ''), 'base64');
  const [toBeSigned] = items(bytes);
  return items(toBeSigned!)[5]!;
}

function items(constructed: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = headerLength(constructed); at < constructed.length;) {
    const item = constructed.subarray(at, at + totalLength(constructed.subarray(at)));
    found.push(item);
    at += item.length;
  }
  return found;
}
const headerLength = (item: Buffer): number => (item[1]! < 0x80 ? 2 : 2 + (item[1]! & 0x7f));
const totalLength = (item: Buffer): number => headerLength(item) + (item[1]! < 0x80 ? item[1]! : item.readUIntBE(2, item[1]! & 0x7f));

const pem = (label: string, bytes: Buffer): string =>
  `-----BEGIN ${label}-----\n${bytes.toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END ${label}-----\n`;
