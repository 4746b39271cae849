import { crc32 } from 'node:zlib';

/** A zip archive as it is made (APPNOTE.TXT of PKWARE): files one after the other, uncompressed, then the list of them. Pure. */

export interface ZipEntry {
  /** With `/` between folders. */
  name: string;
  content: Uint8Array;
}

/** Without zip64 no archive can be larger or hold more files. */
export const ZIP_LIMITS = { bytes: 4_000_000_000, files: 65_000 } as const;

/** Yields the archive piece by piece; holds one file at a time. Throws a RangeError beyond the limits. */
export async function* zip(entries: AsyncIterable<ZipEntry>, modified: Date): AsyncGenerator<Buffer> {
  const directory: Buffer[] = [];
  let offset = 0;
  for await (const { name, content } of entries) {
    const file = { name: Buffer.from(name), content, crc: crc32(content), time: dosTime(modified), offset };
    const header = localHeader(file);
    if (offset + content.byteLength > ZIP_LIMITS.bytes || directory.length >= ZIP_LIMITS.files) throw new RangeError('This is too much for one archive.');
    yield header;
    yield Buffer.from(content.buffer, content.byteOffset, content.byteLength);
    directory.push(directoryEntry(file));
    offset += header.byteLength + content.byteLength;
  }
  yield Buffer.concat([...directory, endOfDirectory(directory, offset)]);
}

interface File {
  name: Buffer;
  content: Uint8Array;
  crc: number;
  time: { date: number; time: number };
  offset: number;
}

const VERSION = 20;
/** Bit 11: names are UTF-8. */
const UTF8_NAMES = 1 << 11;
const STORED = 0;

const u16 = (value: number): Buffer => Buffer.from([value & 0xff, (value >>> 8) & 0xff]);
const u32 = (value: number): Buffer => Buffer.from([value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, (value >>> 24) & 0xff]);

/** What the header of a file and its entry in the list have in common. */
const common = ({ name, content, crc, time }: File): Buffer[] => [
  u16(VERSION), u16(UTF8_NAMES), u16(STORED), u16(time.time), u16(time.date), u32(crc), u32(content.byteLength), u32(content.byteLength), u16(name.byteLength), u16(0),
];

const localHeader = (file: File): Buffer => Buffer.concat([u32(0x04034b50), ...common(file), file.name]);

const directoryEntry = (file: File): Buffer => Buffer.concat([u32(0x02014b50), u16(VERSION), ...common(file), u16(0), u16(0), u16(0), u32(0), u32(file.offset), file.name]);

function endOfDirectory(directory: Buffer[], offset: number): Buffer {
  const size = directory.reduce((sum, { byteLength }) => sum + byteLength, 0);
  return Buffer.concat([u32(0x06054b50), u16(0), u16(0), u16(directory.length), u16(directory.length), u32(size), u32(offset), u16(0)]);
}

/** In UTC, to two seconds. */
function dosTime(date: Date): File['time'] {
  return {
    date: ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate(),
    time: (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1),
  };
}
