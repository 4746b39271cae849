import type { FilledReply } from '../../api/answering';
import { plainWords } from '../../shared/utils/plainWords';

/** Longer names are not searched for: then the author writes a sentence. */
const LONGEST = 40;

/**
 * What is searched for behind a "/", and how long that is with the "/"; null where there is none, or it is part of a word, an address, a
 * date or a path. `before` is the text of the paragraph up to the cursor.
 */
export function slashIn(before: string): { search: string; length: number } | null {
  const [, search] = /(?:^|[\s\ufffc(])\/((?:[^\s/][^/\n]*)?)$/.exec(before) ?? [];
  return search === undefined || search.length > LONGEST ? null : { search, length: search.length + 1 };
}

/** A canned reply in a list. */
export const optionOf = (reply: FilledReply) => ({
  key: reply.documentId,
  name: reply.folder ? `${reply.folder} / ${reply.name}` : reply.name,
  detail: plainWords(reply.html).slice(0, 120),
  reply,
});
