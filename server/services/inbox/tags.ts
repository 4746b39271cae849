import type { Tag, TagInput } from '../../../shared/api/tags';
import type { Core } from '@strapi/strapi';
import { say } from '../../../shared/sentences/words';
import { refuse } from '../platform/refusal';
import { withoutConflicts } from '../storage/conflicts';
import { changeDocument, createDocument } from '../storage/documents';
import { rowsOf } from '../storage/rows';
import { UID } from '../uids';

/** Tags as people keep them, and what changes of those of a ticket. */

export const TAG_ATTRIBUTES = ['documentId', 'name', 'colour'] as const;

const tagFrom = ({ documentId, name, colour }: Tag): Tag => ({ documentId, name, colour });

/** All of them, by name. */
export async function listTags(strapi: Core.Strapi): Promise<Tag[]> {
  const rows = await rowsOf(strapi, UID.tag).findMany({ select: [...TAG_ATTRIBUTES], orderBy: [{ foldedName: 'asc' }, { id: 'asc' }] });
  return rows.map(tagFrom);
}

/** Throws a 400 for a name that another tag has, one that somebody gives at this moment, too; so does `changeTag`. */
export async function createTag(strapi: Core.Strapi, data: TagInput): Promise<Tag> {
  return tagFrom(await withoutConflicts(() => createDocument(strapi, UID.tag, data)));
}

/** Null when there is no such tag. */
export async function changeTag(strapi: Core.Strapi, documentId: string, data: Partial<TagInput>): Promise<Tag | null> {
  const row = await withoutConflicts(() => changeDocument(strapi, UID.tag, documentId, () => ({ ...data })));
  return row && tagFrom(row);
}

/** No ticket has it any more then. */
export async function deleteTag(strapi: Core.Strapi, documentId: string): Promise<void> {
  await strapi.documents(UID.tag).delete({ documentId });
}

/** Tags by their documentIds. */
export interface TagChange {
  add: string[];
  remove: string[];
}

/** What a ticket is told of its tags; those that somebody else gives or takes meanwhile stay so. Throws a 400 for a tag that is not there. */
export async function tagChanges(strapi: Core.Strapi, { add, remove }: TagChange): Promise<object> {
  if (add.length + remove.length === 0) return {};
  const rows = await rowsOf(strapi, UID.tag).findMany({
    select: ['id', 'documentId'],
    where: { documentId: { $in: [...add, ...remove] } },
  });
  const ids = new Map(rows.map(({ id, documentId }) => [documentId, id]));
  if (add.some((documentId) => !ids.has(documentId))) refuse([{ path: ['addTags'], said: say('tag.gone') }]);
  const known = (documentIds: string[]) => documentIds.flatMap((documentId) => (ids.has(documentId) ? [{ id: ids.get(documentId) }] : []));
  return { helpdeskTags: { connect: known(add), disconnect: known(remove.filter((documentId) => !add.includes(documentId))) } };
}
