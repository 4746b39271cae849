import type { ReplyFile } from '../../../shared/api/answering';
import type { Json } from '../holds';

/** A file of a canned reply; `key` is its name in the private store. */
export interface KeptFile extends ReplyFile {
  key: string;
}

/** A text for answers that come again and again, with tags that are filled from the ticket. */
export default {
  kind: 'collectionType',
  collectionName: 'mail_scanner_canned_replies',
  info: { singularName: 'canned-reply', pluralName: 'canned-replies', displayName: 'Canned reply' },
  options: { draftAndPublish: false },
  pluginOptions: { 'content-manager': { visible: false }, 'content-type-builder': { visible: false } },
  attributes: {
    name: { type: 'string', required: true },
    /** Sanitised HTML. */
    body: { type: 'text', required: true },
    /** By which they are sorted, where there are many. */
    folder: { type: 'string' },
    /** The id of the administrator whose own it is; null for one that everybody has. No relation: a deleted administrator's would become everybody's. */
    owner: { type: 'integer' },
    /** Files that go with the text: `{ id, name, mime, size, key }`, where `key` is the private file's. */
    files: { type: 'json' } as Json<KeptFile[]>,
  },
} as const;
