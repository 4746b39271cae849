import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { storageConfig } from './config';

/** The private folder among the site's own files: neither git nor `strapi develop` takes notice of what is written there. */

/** The private folder as an absolute path; a relative one is taken from the app's root. */
export function privateFolder(strapi: Core.Strapi): string {
  return path.resolve(strapi.dirs.app.root, storageConfig(strapi).privateFolder);
}

/** Makes the private folder, or a folder in it, where it is not there, and resolves with its path. */
export async function makePrivateFolder(strapi: Core.Strapi, name = ''): Promise<string> {
  const folder = path.join(privateFolder(strapi), name);
  const made = await mkdir(folder, { recursive: true });
  if (made && isWithin(made, privateFolder(strapi))) await keepOutOfGit(strapi);
  return folder;
}

/** Customers' attachments do not belong into a repository. A `.gitignore` that is there already stays as it is. */
export async function keepOutOfGit(strapi: Core.Strapi): Promise<void> {
  try {
    await writeFile(path.join(privateFolder(strapi), '.gitignore'), '*\n', { flag: 'wx' });
  } catch {
    // It is there, the folder is not there yet, or nobody may write: nothing depends on it.
  }
}

/**
 * `strapi develop` restarts Strapi when a file of the site changes, and an email with an attachment adds one. Its watcher asks
 * for this list once Strapi has loaded.
 */
export function keepOutOfWatch(strapi: Core.Strapi): void {
  const folder = privateFolder(strapi);
  // A function: in a text, characters of the path might be taken for a pattern.
  const isPrivate = (file: string) => isWithin(folder, path.resolve(file));
  strapi.config.set('admin.watchIgnoreFiles', [...strapi.config.get<unknown[]>('admin.watchIgnoreFiles', []), isPrivate]);
}

const isWithin = (folder: string, file: string): boolean => file === folder || file.startsWith(folder + path.sep);
