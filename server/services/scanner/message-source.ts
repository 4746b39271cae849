import type { Core } from '@strapi/strapi';
import { MailboxError, type FetchedMessage } from '../mailbox/types';
import { SpokenError } from '../lib/spoken-error';
import { readPrivateFile } from '../storage/files';
import { say } from '../../../shared/sentences/words';
import { openMailbox, type ScannerRow } from './access';
import type { MessagePlace } from './ledger';

/** A message of the ledger that cannot be had any more; the sentence says why. */
export class NotThere extends SpokenError {}

export interface KeptMessage extends MessagePlace {
  size: number | null;
  receivedAt: string | null;
  sourceKey: string | null;
}

/** The email of a row of the ledger as it came: as it was kept, or else out of the mailbox. Throws NotThere. */
export async function sourceOfMessage(
  strapi: Core.Strapi,
  scanner: ScannerRow,
  message: KeptMessage,
  { maxMessageMegabytes: limit }: { maxMessageMegabytes: number },
): Promise<Uint8Array> {
  if (message.sourceKey) return readPrivateFile(strapi, message.sourceKey);
  try {
    return await fromMailbox(strapi, scanner, message, limit);
  } catch (error) {
    if (error instanceof MailboxError) throw new NotThere(error.code === 'folderMissing' ? say('log.gone') : error.said);
    throw error;
  }
}

async function fromMailbox(strapi: Core.Strapi, scanner: ScannerRow, message: KeptMessage, limit: number): Promise<Uint8Array> {
  const mailbox = await openMailbox(strapi, scanner);
  try {
    const { uidValidity } = await mailbox.open(message.folder);
    const ref = { uid: message.uid, size: message.size ?? 0, receivedAt: message.receivedAt };
    let found: FetchedMessage | undefined;
    if (uidValidity === message.uidValidity)
      for await (const fetched of mailbox.fetch([ref], { maxBytes: limit * 1024 * 1024 })) found = fetched;
    if (!found || found.refused !== undefined) throw new NotThere(say('log.gone'));
    if (found.truncated) throw new NotThere(say('log.stillTooLarge', { limit }));
    return found.source;
  } finally {
    await mailbox.close();
  }
}
