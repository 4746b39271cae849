import { say } from '../../../shared/sentences/words';
import { quoted, type GraphClient } from './client';
import { GraphError } from './errors';

/**
 * Sending by Microsoft Graph, as a draft that is made and then sent. Graph has no way to send once only, but the draft has an id that stays
 * the same when it becomes the copy in Sent Items: so whether it has left is asked for by that id, and not searched for.
 * There is no envelope: To, Cc and Bcc of the message say who gets it.
 */

/** A draft as Graph shows it. */
interface Draft {
  id: string;
  /** With angle brackets; Exchange may have put its own in place of ours. */
  internetMessageId: string;
  /** By Microsoft's clock, ISO 8601. */
  createdDateTime: string;
}

/** A message whose attachments do not fit into one request. */
export interface LargeMessage {
  /** A `message` of Graph, without its attachments. */
  message: object;
  attached: readonly LargeFile[];
}

export interface LargeFile {
  name: string;
  contentType: string;
  contentId: string | null;
  size: number;
  /** The bytes from `start` on, `length` of them. */
  read(start: number, length: number): Promise<Buffer>;
}

/** A message of more bytes is no request that Graph takes: 4 MB, as base64. */
export const MAX_MIME_BYTES = 2_900_000;
/** Above it an attachment is uploaded in pieces; those are multiples of 320 KiB below 4 MB. */
const MAX_PLAIN_ATTACHMENT_BYTES = 2_900_000;
const PIECE_BYTES = 10 * 320 * 1024;

const TEXT = 'text/plain';
const JSON_TYPE = 'application/json';

/** Makes a draft of a message in MIME, with Bcc among its headers. */
export const draftOfMime = (client: GraphClient, mime: Buffer): Promise<Draft> =>
  client.json<Draft>({ method: 'POST', path: 'messages', body: mime.toString('base64'), contentType: TEXT });

/**
 * Makes a draft without attachments. It is no MIME: what a draft made of MIME does with attachments that are added later is documented
 * nowhere, and it cannot be edited.
 */
export const draftOf = (client: GraphClient, { message }: LargeMessage): Promise<Draft> =>
  client.json<Draft>({ method: 'POST', path: 'messages', body: JSON.stringify(message), contentType: JSON_TYPE });

export async function attachTo(client: GraphClient, id: string, files: readonly LargeFile[]): Promise<void> {
  for (const file of files)
    await (file.size > MAX_PLAIN_ATTACHMENT_BYTES ? upload : attach)(client, `messages/${encodeURIComponent(id)}`, file);
}

/** Sends a draft. Throws a GraphError; one that is `maybeDone` leaves open whether it has left. */
export async function sendDraft(client: GraphClient, id: string): Promise<void> {
  const { status } = await client.request({ method: 'POST', path: `messages/${encodeURIComponent(id)}/send`, body: '' });
  // 202 is the only yes. A 200 without a word has been seen, and says nothing.
  if (status === 202) return;
  const words = say('graph.noYes', { mailbox: client.mailbox, status });
  throw new GraphError('away', words, status, '', true);
}

async function attach(client: GraphClient, draft: string, file: LargeFile): Promise<void> {
  const body = JSON.stringify({
    '@odata.type': '#microsoft.graph.fileAttachment',
    name: file.name,
    contentType: file.contentType,
    contentBytes: (await file.read(0, file.size)).toString('base64'),
    ...inlineOf(file),
  });
  // A yes without a word is none: the email would leave without its file.
  await client.json({ method: 'POST', path: `${draft}/attachments`, body, contentType: JSON_TYPE });
}

async function upload(client: GraphClient, draft: string, file: LargeFile): Promise<void> {
  const { name, contentType, size } = file;
  const AttachmentItem = { attachmentType: 'file', name, contentType, size, ...inlineOf(file) };
  const { uploadUrl } = await client.json<{ uploadUrl: string }>({
    method: 'POST',
    path: `${draft}/attachments/createUploadSession`,
    body: JSON.stringify({ AttachmentItem }),
    contentType: JSON_TYPE,
  });
  for (let start = 0; start < size; start += PIECE_BYTES) {
    const piece = await file.read(start, Math.min(PIECE_BYTES, size - start));
    const end = start + piece.length;
    const { status } = await client.put(uploadUrl, piece, `bytes ${start}-${end - 1}/${size}`);
    // Only then is it attached.
    if (end === size && status !== 201)
      throw new GraphError('away', say('graph.noYes', { mailbox: client.mailbox, status }), status, '', true);
  }
}

const inlineOf = ({ contentId }: LargeFile) => (contentId === null ? {} : { isInline: true, contentId });

// ---- What became of a draft

interface ListedDraft extends Draft {
  isDraft: boolean;
  sentDateTime: string;
}

const SHOWN = 'id,isDraft,internetMessageId,createdDateTime,sentDateTime';

/**
 * What became of a draft, by its id. `gone`: it is nowhere, which it is for some seconds after it was sent, too. `messageId`: the one that
 * it has or has left under, with angle brackets.
 */
export async function draftState(client: GraphClient, id: string): Promise<{ state: 'draft' | 'sent' | 'gone'; messageId: string | null }> {
  try {
    const { isDraft, internetMessageId } = await client.json<ListedDraft>({
      path: `messages/${encodeURIComponent(id)}`,
      query: { $select: SHOWN },
    });
    return { state: isDraft ? 'draft' : 'sent', messageId: internetMessageId ?? null };
  } catch (error) {
    if (error instanceof GraphError && error.trouble === 'gone') return { state: 'gone', messageId: null };
    throw error;
  }
}

/** Microsoft counts whole seconds here, and several of its servers count. */
const TOLERANCE_MS = 60_000;

const withMessageId = async (client: GraphClient, messageId: string): Promise<ListedDraft[]> => {
  const query = { $filter: `internetMessageId eq ${quoted(messageId)}`, $select: SHOWN, $top: '20' };
  return (await client.json<{ value: ListedDraft[] }>({ path: 'messages', query, isList: true })).value;
};

/** Whether a message of that Message-ID has left since then. An older one is another: it came back and was sent once more. */
export async function hasLeftSince(client: GraphClient, messageId: string, since: string): Promise<boolean> {
  const found = await withMessageId(client, messageId);
  return found.some(({ isDraft, sentDateTime }) => !isDraft && isSince(sentDateTime, since));
}

/**
 * Deletes drafts of ours that nobody uses: those with a Message-ID that only we know, made since we began to make one, and whose id nobody
 * has noted. Never sent, they would lie in the mailbox for people to wonder about.
 */
export async function deleteOrphans(client: GraphClient, messageId: string, since: string): Promise<void> {
  const found = await withMessageId(client, messageId);
  for (const { id, isDraft, createdDateTime } of found) if (isDraft && isSince(createdDateTime, since)) await deleteDraft(client, id);
}

/** Done, too, where somebody else did it. */
export async function deleteDraft(client: GraphClient, id: string): Promise<void> {
  await client.request({ method: 'DELETE', path: `messages/${encodeURIComponent(id)}`, repeatable: true }).catch((error) => {
    if (!(error instanceof GraphError && error.trouble === 'gone')) throw error;
  });
}

const isSince = (moment: string, since: string): boolean => Date.parse(moment) >= Date.parse(since) - TOLERANCE_MS;

/** What those that have left since then have left under, by their ids: Exchange gives some another Message-ID on the way. */
export async function messageIdsSince(client: GraphClient, since: string): Promise<Map<string, string>> {
  const from = new Date(Date.parse(since) - TOLERANCE_MS).toISOString().replace(/\.\d+Z$/, 'Z');
  const query = { $filter: `sentDateTime ge ${from}`, $select: SHOWN, $top: '200' };
  const { value } = await client.json<{ value: ListedDraft[] }>({ path: 'mailFolders/sentitems/messages', query, isList: true });
  return new Map(value.map(({ id, internetMessageId }) => [id, internetMessageId]));
}

/** Whether a mailbox can be opened and mail be made in it, as far as that can be known without sending: a draft is made and deleted. */
export async function tryMailbox(client: GraphClient, from: string): Promise<void> {
  await client.request({ path: 'mailFolders/inbox', query: { $select: 'id' } });
  const message = { subject: 'Connection test', body: { contentType: 'Text', content: '' }, from: { emailAddress: { address: from } } };
  const { id } = await draftOf(client, { message, attached: [] });
  await deleteDraft(client, id);
}
