import type { Core } from '@strapi/strapi';
import type { Attachment } from '../message/types';
import { inPieces } from '../lib/pieces';
import { UID } from '../uids';

/**
 * The logo in a signature comes with every mail. Its bytes tell: a small picture that the same sender, or anybody on the same ticket,
 * has sent before is kept once and shown apart from what is attached. The first time it is a picture like any other, for it may be
 * the screenshot that a customer sends, and that comes back in the quotes.
 */

/** Of one comment. */
interface Sender {
  authorAddress: string;
  /** The ticket's documentId. */
  ticket: string;
}

interface RepeatedPictures {
  /** What to write of an attachment that repeats an earlier one; null for one that does not. */
  find(attachment: Attachment, sender: Sender): { key: string | null } | null;
  /** Notes an attachment that was written just now. */
  add(attachment: Attachment, sender: Sender, key: string): void;
}

interface Seen extends Sender {
  /** Where its bytes lie; null when they are not ours to share. */
  key: string | null;
}

const PICTURES = /^image\/(?:png|jpe?g|gif|webp|bmp)$/;
/** Logos are smaller; a photograph that is sent twice is larger, and wanted twice. */
const LARGEST = 150_000;
const MOST_EARLIER = 2000;

const mayRepeat = ({ mime, size }: Attachment): boolean => PICTURES.test(mime) && size <= LARGEST;

/** Looks up the pictures among these attachments in one query for some hundreds of them. */
export async function repeatedPictures(strapi: Core.Strapi, attachments: Attachment[]): Promise<RepeatedPictures> {
  const seen = await earlierOnes(strapi, [...new Set(attachments.filter(mayRepeat).map(({ hash }) => hash))]);
  return {
    find(attachment, { authorAddress, ticket }) {
      const earlier = mayRepeat(attachment) ? (seen.get(attachment.hash) ?? []) : [];
      const repeats = earlier.some((other) => other.ticket === ticket || (authorAddress !== '' && other.authorAddress === authorAddress));
      return repeats ? { key: earlier.find(({ key }) => key !== null)?.key ?? null } : null;
    },
    add(attachment, sender, key) {
      if (mayRepeat(attachment)) seen.set(attachment.hash, [...(seen.get(attachment.hash) ?? []), { ...sender, key }]);
    },
  };
}

async function earlierOnes(strapi: Core.Strapi, hashes: string[]): Promise<Map<string, Seen[]>> {
  const seen = new Map<string, Seen[]>();
  for (const some of inPieces(hashes)) await addEarlier(strapi, some, seen);
  return seen;
}

async function addEarlier(strapi: Core.Strapi, hashes: string[], seen: Map<string, Seen[]>): Promise<void> {
  const rows = await strapi.db.query(UID.attachment).findMany({
    select: ['hash', 'key', 'storage'],
    // Only the first ones: a logo that came ten thousand times has one row for each sender that is not a repetition.
    where: { hash: { $in: hashes }, comment: { id: { $notNull: true } }, $or: [{ repeated: false }, { repeated: { $null: true } }] },
    populate: { comment: { select: ['authorAddress', 'source'], populate: { ticket: { select: ['documentId'] } } } },
    orderBy: { id: 'desc' },
    limit: MOST_EARLIER,
  });
  for (const { hash, key, storage, comment } of rows) {
    // A file of staff may be taken back; one that came by email stays as long as something names it.
    const isShared = storage === 'private' && comment.source === 'email';
    const entry = { authorAddress: comment.authorAddress ?? '', ticket: comment.ticket?.documentId ?? '', key: isShared ? key : null };
    seen.set(hash, [...(seen.get(hash) ?? []), entry]);
  }
}
