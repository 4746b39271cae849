import type { Core } from '@strapi/strapi';
import { randomBytes } from 'node:crypto';
import { FORWARD_TEMPLATE } from '../../../shared/vocabulary';
import { say, type Words } from '../../../shared/sentences/words';
import { emailsOfForward } from '../helpdesk/forwards';
import { COMMENT_TEXTS } from '../helpdesk/long-texts';
import { newThreadToken } from '../helpdesk/thread-token';
import { SpokenError } from '../lib/spoken-error';
import { htmlToText } from '../message/html/text';
import type { Address } from '../message/types';
import { makeForward, type ForwardInput } from '../outgoing/forward';
import type { ForwardedMessage } from '../outgoing/forwarded-messages';
import { enqueueMade } from '../outgoing/outbox';
import { READ_OF_COMMENTS, readComments, type ReadComment } from '../outgoing/ticket-reading';
import { pointsAt } from '../platform/links';
import type { FieldError } from '../platform/refusal';
import { bytesOf, fittingBytes } from '../storage/long-columns';
import { inTransaction, tableIn } from '../storage/tables';
import { rowsOf, type Row } from '../storage/rows';
import { UID } from '../uids';
import { commentOf, type ConversationComment } from './conversation';
import { addressesOfCustomer } from './forward-recipients';
import { writeStaffComment } from './staff-comment';
import { untilSent } from './undo';
import { AnswerTooLarge, attachUploads, findUploads, UPLOAD_LIMITS, type Upload } from './uploads';
import type { Viewer } from './viewer';

/**
 * Forwarding messages of a ticket to people outside of its conversation: an internal comment, and an email of its own beside the customer's
 * thread. What comes back is internal, too (scanner/steps/forward-answer.ts).
 */

interface Forward {
  to: Address[];
  cc: Address[];
  /** documentIds of messages. */
  comments: string[];
  /** documentIds of files of the ticket, and of uploads of the author's. */
  attachments: string[];
  text?: string;
  html?: string;
  subject?: string;
  /** documentId of a message of such a conversation, which goes on by this. */
  answers?: string;
  /** The email waits for a moment in which it can be taken back. */
  undoable?: boolean;
}

/** What cannot be forwarded, and beside which field that is said. */
export class NotForwardable extends SpokenError {
  constructor(
    readonly field: string,
    said: Words,
  ) {
    super(said);
    this.name = 'NotForwardable';
  }
}

/** More than anybody forwards by one email. */
export const MOST_FORWARDED = 50;

/** What is wrong with the recipients of a forward, beside what is wrong with any recipient: the customer gets answers. */
export async function problemsOfOutsiders(
  strapi: Core.Strapi,
  ticket: number,
  people: { to: Address[]; cc: Address[] },
): Promise<FieldError[]> {
  const customer = await addressesOfCustomer(strapi, ticket);
  return Object.entries(people).flatMap(([field, some]) =>
    some.flatMap(({ address }, index) =>
      customer.has(address.toLowerCase()) ? [{ path: [field, index], said: say('forward.customer', { address }) }] : [],
    ),
  );
}

/**
 * Forwards the messages and returns the internal comment about it as a page of the conversation has it. Throws NotForwardable, AnswerTooLarge
 * and UploadGone; nothing is written then.
 */
export async function forwardMessages(
  strapi: Core.Strapi,
  ticket: { id: number },
  viewer: Viewer,
  given: Forward,
): Promise<ConversationComment> {
  const id = await inTransaction(strapi, async (trx) => {
    // As an answer: nobody merges the ticket meanwhile.
    await tableIn(strapi, trx, strapi.db.metadata.get(UID.ticket).tableName).where({ id: ticket.id }).forUpdate().select('id');
    const { to, cc, undoable, ...note } = given;
    const { messages, files, uploads } = await findChosen(strapi, ticket.id, viewer.id, given);
    const thread = await threadOf(strapi, ticket.id, given.answers);
    const { text, html, subject = thread.subject } = given;
    const contentIds = uploads.flatMap(({ contentId }) => contentId ?? []);
    const words = { text, html, contentIds };
    const made = await makeForward(strapi, ticket.id, { user: viewer.id, to, cc, subject, words, messages, thread });
    if (made === 'off') throw new NotForwardable('comments', say('forward.off'));
    if (made === 'noSender') throw new NotForwardable('to', say('forward.noSender'));

    const said = { html: made.html, visibleText: (text ?? (html ? htmlToText(html) : '')).trim(), isPublic: false };
    const kept = { ...said, ticket: ticket.id, recipients: { to, cc }, forwardToken: thread.token };
    const { id: comment } = await writeStaffComment(strapi, trx, { ...kept, user: viewer.id, uploads: [] });
    // By the whole text: a row holds the first part of a long one.
    await attachUploads(strapi, trx, uploads, { id: comment, html: made.html });
    for (const file of files) await strapi.db.query(UID.attachment).create({ data: { ...placed(file, made.html), comment } });
    await enqueueMade(strapi, made.mail, {
      ticket: ticket.id,
      comment,
      template: FORWARD_TEMPLATE,
      ...untilSent(undoable, { ticket: ticket.id, ticketStatus: null, joined: [], forward: note }),
    });
    return comment;
  });
  return commentOf(strapi, viewer, id);
}

interface Chosen {
  messages: ForwardedMessage[];
  /** Columns of the files that go along, as further rows of the same bytes. */
  files: CopiedFile[];
  uploads: Upload[];
}

interface CopiedFile {
  name: string;
  mime: string;
  size: number;
  hash: string;
  storage: string;
  key: string;
  inline: boolean;
  contentId: string | null;
  /** A logo that was here before: it goes along only where it is chosen or shown. */
  repeated: boolean;
}

/** What is forwarded, and which files go along: those chosen, and the pictures of the messages. */
async function findChosen(strapi: Core.Strapi, ticket: number, user: number, { comments, attachments }: Forward): Promise<Chosen> {
  const rows: { id: number }[] = await rowsOf(strapi, UID.comment).findMany({
    select: ['id'],
    where: { $and: [{ documentId: { $in: comments } }, pointsAt(strapi, UID.comment, 'ticket', ticket)] },
    orderBy: { id: 'asc' },
  });
  if (rows.length < new Set(comments).size) throw new NotForwardable('comments', say('forward.noMessage'));
  const ids = rows.map(({ id }) => id);
  if (fittingBytes(ids, await bytesOf(strapi, UID.comment, ids, COMMENT_TEXTS), READ_OF_COMMENTS).length < ids.length)
    throw new NotForwardable('comments', say('forward.tooMuch'));

  const ofTicket = await filesOfTicket(strapi, ticket, attachments);
  const uploads = await findUploads(
    strapi,
    user,
    attachments.filter((documentId) => !ofTicket.has(documentId)),
  );
  const pictures = await picturesIn(strapi, ids);
  const read = await readComments(strapi, ids);
  const messages = ids.flatMap((id) => (read.has(id) ? [forwardable(read.get(id)!, pictures.get(id) ?? [])] : []));
  const inText = [...pictures.values()].flat();
  const isShown = ({ contentId }: CopiedFile) => messages.some(({ html }) => html?.includes(`"cid:${contentId}"`));
  const keys = new Set(inText.map(({ key }) => key));
  const files = [
    ...inText.filter((file) => isShown(file) || !file.repeated),
    ...[...ofTicket.values()].filter(({ key }) => !keys.has(key)),
  ];
  const bytes = [...files, ...uploads].reduce((sum, { size }) => sum + size, 0);
  if (bytes > UPLOAD_LIMITS.totalBytes) throw new AnswerTooLarge();
  return { messages, files, uploads };
}

const FILE_COLUMNS = ['documentId', 'name', 'mime', 'size', 'hash', 'storage', 'key', 'inline', 'contentId', 'repeated'] as const;

type FileRow = Pick<Row<'attachment'>, (typeof FILE_COLUMNS)[number]>;

const copyOf = ({ name, mime, size, hash, storage, key, inline, contentId, repeated }: FileRow): CopiedFile => ({
  ...{ name, mime, size, hash, storage, key, inline, contentId },
  repeated: Boolean(repeated),
});

/** Those of these files that belong to messages of the ticket, by their documentIds; each goes along as a file, whatever it was there. */
async function filesOfTicket(strapi: Core.Strapi, ticket: number, documentIds: string[]): Promise<Map<string, CopiedFile>> {
  const where = { documentId: { $in: documentIds }, comment: pointsAt(strapi, UID.comment, 'ticket', ticket) };
  const rows = await rowsOf(strapi, UID.attachment).findMany({ select: FILE_COLUMNS, where, orderBy: { id: 'asc' } });
  return new Map(rows.map((row) => [row.documentId, { ...copyOf(row), inline: false, contentId: null }]));
}

/** The pictures in these messages, each under a Content-ID of its own: two messages may have given one to different pictures. */
async function picturesIn(strapi: Core.Strapi, comments: number[]): Promise<Map<number, (CopiedFile & { was: string })[]>> {
  const rows = await rowsOf(strapi, UID.attachment).findMany({
    select: FILE_COLUMNS,
    where: { comment: { id: { $in: comments } }, inline: true, contentId: { $notNull: true } },
    orderBy: { id: 'asc' },
    populate: { comment: { select: ['id'] } },
  });
  const pictures = new Map<number, (CopiedFile & { was: string })[]>();
  for (const row of rows) {
    const picture = { ...copyOf(row), was: row.contentId as string, contentId: `${randomBytes(12).toString('hex')}@inline` };
    pictures.set(row.comment!.id, [...(pictures.get(row.comment!.id) ?? []), picture]);
  }
  return pictures;
}

function forwardable(comment: ReadComment, pictures: { was: string; contentId: string | null }[]): ForwardedMessage {
  const html = pictures.reduce(
    (rest: string | null, { was, contentId }) => rest && rest.replaceAll(`"cid:${was}"`, `"cid:${contentId}"`),
    comment.html,
  );
  const isOurs = Boolean(comment.user || comment.isOutgoing);
  return {
    ...comment,
    html,
    contentIds: pictures.flatMap(({ contentId }) => contentId ?? []),
    authorAddress: isOurs ? null : (comment.authorAddress ?? comment.contact?.email ?? null),
  };
}

/** A picture that the text does not show after all, because quotes are folded, is a plain file. */
const placed = ({ was: _was, ...file }: CopiedFile & { was?: string }, html: string) =>
  file.contentId !== null && html.includes(`cid:${file.contentId}`) ? file : { ...file, inline: false, contentId: null };

/** A new conversation, or the one that goes on. */
async function threadOf(strapi: Core.Strapi, ticket: number, answers?: string): Promise<ForwardInput['thread'] & { subject?: string }> {
  if (!answers) return { token: newThreadToken(), messageIds: [], inReplyTo: null };
  const where = { $and: [{ documentId: answers, forwardToken: { $notNull: true } }, pointsAt(strapi, UID.comment, 'ticket', ticket)] };
  const answered = await rowsOf(strapi, UID.comment).findOne({ select: ['id', 'messageId', 'forwardToken'], where });
  if (!answered) throw new NotForwardable('answers', say('forward.noMessage'));
  const token = answered.forwardToken!;
  const messageIds = (await emailsOfForward(strapi, ticket, token)).map(({ messageId }) => messageId);
  const first = await rowsOf(strapi, UID.delivery).findOne({
    select: ['subject'],
    where: { messageId: { $startsWith: token }, template: FORWARD_TEMPLATE },
    orderBy: { id: 'asc' },
  });
  const subject = first?.subject ? `Re: ${first.subject.replace(/^(?:Re|Fwd): /, '')}` : undefined;
  return { token, messageIds, inReplyTo: answered.messageId ?? messageIds.at(-1) ?? null, subject };
}
