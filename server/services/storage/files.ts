import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { privateFolder } from '../settings/config';
import { StorageError } from './failure';

/**
 * Private files: attachments and kept sources, in a folder that no web server serves, under names that cannot be
 * guessed (192 bits).
 */

/** Writes a file through to the disk and returns its key. Throws a StorageError. */
export async function saveFile(strapi: Core.Strapi, content: Uint8Array): Promise<string> {
  const key = randomBytes(24).toString('hex');
  try {
    await writeThrough(pathOf(strapi, key), content);
  } catch (error) {
    throw new StorageError(error as NodeJS.ErrnoException);
  }
  return key;
}

async function writeThrough(file: string, content: Uint8Array): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    // The row that names the file is durable once committed; so must the file be.
    await handle.sync();
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
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
