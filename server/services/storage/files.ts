import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, open, readFile, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { StorageError } from './failure';
import { makePrivateFolder, privateFolder } from './private-folder';

/**
 * Private files: attachments and kept sources, in a folder that no web server serves, under names that cannot be
 * guessed (192 bits).
 */

/** Writes a file through to the disk and returns its key. Throws a StorageError. */
export function saveFile(strapi: Core.Strapi, content: Uint8Array): Promise<string> {
  return writeThrough(strapi, (handle) => handle.writeFile(content));
}

export interface CopiedFile {
  key: string;
  /** Bytes. */
  size: number;
  /** SHA-256, hex. */
  hash: string;
}

/** Copies a file from elsewhere on this machine, in pieces, through to the disk. Throws a StorageError. */
export async function copyToPrivate(strapi: Core.Strapi, source: string): Promise<CopiedFile> {
  const hash = createHash('sha256');
  let size = 0;
  const key = await writeThrough(strapi, async (handle) => {
    for await (const piece of createReadStream(source) as AsyncIterable<Buffer>) {
      hash.update(piece);
      size += piece.byteLength;
      await handle.writeFile(piece);
    }
  });
  return { key, size, hash: hash.digest('hex') };
}

/** Keeps a text that comes in pieces. Throws a StorageError. */
export async function saveText(strapi: Core.Strapi, pieces: AsyncIterable<string> | Iterable<string>): Promise<CopiedFile> {
  const hash = createHash('sha256');
  let size = 0;
  const key = await writeThrough(strapi, async (handle) => {
    for await (const piece of pieces) {
      const bytes = Buffer.from(piece);
      hash.update(bytes);
      size += bytes.byteLength;
      await handle.writeFile(bytes);
    }
  });
  return { key, size, hash: hash.digest('hex') };
}

/**
 * A copy of a text file in which every match is replaced, read and written in pieces; `longest` is how long a match can be. Null, and no
 * copy, when nothing matches or the file is gone.
 */
export async function rewriteFile(
  strapi: Core.Strapi,
  key: string,
  { search, replacement, longest }: { search: RegExp; replacement: string; longest: number },
): Promise<CopiedFile | null> {
  const path = await privateFilePath(strapi, key);
  if (path === null) return null;
  let matches = 0;
  async function* replaced(): AsyncGenerator<string> {
    let rest = '';
    for await (const piece of createReadStream(path!, 'utf8') as AsyncIterable<string>) {
      const text = (rest + piece).replace(search, () => ((matches += 1), replacement));
      // A match may begin in this piece and end in the next one.
      const end = Math.max(0, text.length - longest + 1);
      rest = text.slice(end);
      yield text.slice(0, end);
    }
    yield rest;
  }
  const copy = await saveText(strapi, replaced());
  if (matches > 0) return copy;
  await deleteFiles(strapi, [copy.key]);
  return null;
}

async function writeThrough(strapi: Core.Strapi, write: (handle: FileHandle) => Promise<void>): Promise<string> {
  const key = randomBytes(24).toString('hex');
  const file = pathOf(strapi, key);
  try {
    await makePrivateFolder(strapi, key.slice(0, 2));
    const handle = await open(file, 'wx', 0o600);
    try {
      await write(handle);
      // The row that names the file is durable once committed; so must the file be.
      await handle.sync();
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new StorageError(error as NodeJS.ErrnoException);
  }
  return key;
}

/** Where a private file lies, for code that reads it in pieces; null when it is not there any more. */
export async function privateFilePath(strapi: Core.Strapi, key: string): Promise<string | null> {
  const file = pathOf(strapi, key);
  return access(file).then(
    () => file,
    () => null,
  );
}

export async function readPrivateFile(strapi: Core.Strapi, key: string): Promise<Buffer> {
  return readFile(pathOf(strapi, key));
}

/** Deletes files; one that is gone already is fine. */
export async function deleteFiles(strapi: Core.Strapi, keys: string[]): Promise<void> {
  await Promise.all(keys.map((key) => rm(pathOf(strapi, key), { force: true })));
}

function pathOf(strapi: Core.Strapi, key: string): string {
  if (!/^[0-9a-f]{48}$/.test(key)) throw new Error('Not the key of a private file.');
  return path.join(privateFolder(strapi), key.slice(0, 2), key);
}
