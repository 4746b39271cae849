import { closeSync, openSync, writeSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { makePrivateFolder, privateFolder } from '../storage/private-folder';
import { newDocumentId } from '../storage/randomness';

/**
 * What has left and is not noted in the database yet: emails that leave within a moment are noted by one commit, and a process may be killed
 * between the server's OK and that commit. So each is written down at once, a line in a file of the process; who works the outbox off next on
 * this machine, or with this folder, notes it and does not send it again. Not written through to the disk: this is for the process that
 * dies, not for the machine.
 */

const FOLDER = 'sent';

/** An email that has left, and what its row is to say. */
export interface Left {
  id: number;
  messageId: string;
  attempts: number;
  data: Record<string, unknown>;
  told: { kind: 'mailSent'; detail: { to: string[] } };
}

export interface Journal {
  add(left: Left): void;
  /** All that stands there is noted. */
  end(): Promise<void>;
}

/** A file of its own, made with its first line. Where it cannot be written, the commit alone notes what has left. */
export async function openJournal(strapi: Core.Strapi): Promise<Journal> {
  const folder = await makePrivateFolder(strapi, FOLDER).catch(() => null);
  const file = path.join(folder ?? '', `${newDocumentId()}.jsonl`);
  let handle: number | null = null;
  return {
    add(left) {
      if (folder === null) return;
      try {
        handle ??= openSync(file, 'a', 0o600);
        writeSync(handle, `${JSON.stringify(left)}\n`);
      } catch {
        // A full disk: the database has it in a moment.
      }
    },
    async end() {
      if (handle === null) return;
      closeSync(handle);
      handle = null;
      await rm(file, { force: true });
    },
  };
}

/** What processes that are gone have left there. `drop` is to be called once that is noted. */
export async function readJournals(strapi: Core.Strapi): Promise<{ left: Left[]; drop(): Promise<void> }> {
  const folder = path.join(privateFolder(strapi), FOLDER);
  const files = (await readdir(folder).catch(() => [])).map((name) => path.join(folder, name));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
  return {
    left: texts.flatMap((text) => text.split('\n').flatMap(parse)),
    drop: async () => void (await Promise.all(files.map((file) => rm(file, { force: true })))),
  };
}

/** The last line may be half written. */
function parse(line: string): Left[] {
  try {
    return [JSON.parse(line) as Left];
  } catch {
    return [];
  }
}
