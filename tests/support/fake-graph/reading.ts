import { gzipSync } from 'node:zlib';
import { failure, type Answer, type Call, type Operation } from './index';
import type { Change, Mailbox, StoredFolder, StoredMessage } from './store';

/** Reading a mailbox: folders, lists, what has changed, sources, and what is done to messages. */

/** Of the stand-in. */
interface Reading {
  ways: {
    emptyPages: boolean;
    repeatedLink: boolean;
    missingLink: boolean;
    largestTop: number;
    brokenFailsLists: boolean;
    refusesDeltaFilter: boolean;
    hidesReturned: boolean;
    generation: number;
    forgets(): boolean;
    lostState: { status: number; code: string };
    folderExistsStatus: number;
    gzip: boolean;
  };
  base(): string;
  newId(): string;
  newMutableId(): string;
  visible(mailbox: Mailbox): StoredMessage[];
  find(call: Call, id: string): StoredMessage | undefined;
  selected(message: StoredMessage, call: Call): Record<string, unknown>;
  note(mailbox: Mailbox, message: StoredMessage, kind: Change['kind'], folder?: string): void;
}

/** A German mailbox: what is called how says nothing about what it is. */
export const standardFolders = (newId: () => string): StoredFolder[] =>
  (
    [
      ['inbox', 'Posteingang'],
      ['drafts', 'Entwürfe'],
      ['sentitems', 'Gesendete Elemente'],
      ['deleteditems', 'Gelöschte Elemente'],
      ['junkemail', 'Junk-E-Mail'],
      ['archive', 'Archiv'],
    ] as const
  ).map(([key, displayName]) => ({ key, id: newId(), displayName, parent: '' }));

const NOT_FOUND = () => failure(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');
const MALFORMED = () => failure(400, 'ErrorInvalidIdMalformed', 'Id is malformed.');
const TOO_COMPLEX = () => failure(400, 'InefficientFilter', 'The restriction or sort order is too complex for this operation.');
const BAD_QUERY = (message = 'The query is not supported.') => failure(400, 'ErrorInvalidUrlQuery', message);

const FILTERS: [RegExp, (message: StoredMessage, value: string) => boolean][] = [
  [/^internetMessageId eq '(.*)'$/, (message, value) => message.internetMessageId === value.replaceAll("''", "'")],
  [/^sentDateTime ge (\S+)$/, ({ sentAt }, value) => sentAt.getTime() >= Date.parse(value)],
  [/^receivedDateTime ge (\S+)$/, ({ receivedAt }, value) => receivedAt.getTime() >= Date.parse(value)],
  [/^receivedDateTime gt (\S+)$/, ({ receivedAt }, value) => receivedAt.getTime() > Date.parse(value)],
  [/^isRead eq false$/, ({ isRead }) => !isRead],
];

/** Null for what Graph refuses. */
function filterOf(text: string): ((message: StoredMessage) => boolean) | null {
  const tests = text
    .split(' and ')
    .filter(Boolean)
    .map((condition) => {
      const found = FILTERS.find(([pattern]) => pattern.test(condition));
      return found && ((message: StoredMessage) => found[1](message, found[0].exec(condition)![1] ?? ''));
    });
  return tests.every((each) => each !== undefined) ? (message) => tests.every((fits) => fits!(message)) : null;
}

/** Where a round of the delta stands, as the opaque text in its links. */
interface State {
  folder: string;
  select: string;
  filter: string;
  /** How many changes the round before knew; null in the first round. */
  from: number | null;
  /** How many this round knows. */
  to: number;
  offset: number;
  generation: number;
}

export function readingOperations(reading: Reading): Record<string, Operation> {
  const { ways, base, newId, newMutableId, visible, find, selected, note } = reading;
  const reads = (run: Operation['run']): Operation => ({ wants: 'Mail.ReadWrite', run });

  /** By its id or its well-known name, which knows no case; no other name. */
  const folderIn = ({ mailbox: { folders } }: Call, id: string): StoredFolder | null =>
    folders.find((each) => each.id === id || each.key === id.toLowerCase()) ?? null;
  const noFolder = (id: string): Answer => (id.length > 100 ? NOT_FOUND() : MALFORMED());
  const inFolder = (run: (call: Call, folder: StoredFolder) => Answer) =>
    reads((call) => {
      const folder = folderIn(call, call.path[1]);
      return folder ? run(call, folder) : noFolder(call.path[1]);
    });
  const shownFolder = ({ folders }: Mailbox, folder: StoredFolder) => ({
    ...(folder.isSearch ? { '@odata.type': '#microsoft.graph.mailSearchFolder' } : {}),
    id: folder.id,
    displayName: folder.displayName,
    childFolderCount: folders.filter(({ parent }) => parent === folder.key).length,
    isHidden: folder.isHidden ?? false,
  });
  const linkTo = (call: Call, query: URLSearchParams): string =>
    `${base()}/users/${encodeURIComponent(call.mailbox.address)}/${call.path.map(encodeURIComponent).join('/')}?${query}`;

  /** A page of `$top`, ten where nobody says how many. */
  function paged<T>(call: Call, all: T[], show: (each: T) => unknown): Answer {
    const top = Math.min(1000, Number(call.query.get('$top') ?? 10));
    const skip = Number(call.query.get('$skip') ?? 0);
    const next = new URLSearchParams(call.query);
    // An empty page comes before each that holds something; the numbers mean nothing to who follows them.
    const isEmpty = ways.emptyPages && !call.query.has('$emptied');
    next.set('$skip', String(isEmpty ? skip : skip + top));
    if (isEmpty) next.set('$emptied', '1');
    else next.delete('$emptied');
    const shown = isEmpty ? [] : all.slice(skip, skip + top);
    const isMore = isEmpty ? all.length > 0 : skip + top < all.length;
    if (ways.repeatedLink && skip > 0) next.set('$skip', '0');
    const link = ways.repeatedLink && skip > 0 ? linkTo(call, call.query) : linkTo(call, next);
    const links = isMore && !ways.missingLink ? { '@odata.nextLink': link } : {};
    return { status: 200, body: { value: shown.map(show), ...links } };
  }

  const listFolders = (parentOf: (call: Call) => StoredFolder | '' | null) =>
    reads((call) => {
      const parent = parentOf(call);
      if (parent === null) return noFolder(call.path[1]);
      const withHidden = call.query.get('includeHiddenFolders') === 'true';
      const children = call.mailbox.folders.filter(
        (each) => each.parent === (parent === '' ? '' : parent.key) && (withHidden || !each.isHidden),
      );
      return paged(call, children, (each) => shownFolder(call.mailbox, each));
    });
  const makeFolder = (parentOf: (call: Call) => StoredFolder | '' | null) =>
    reads((call) => {
      const parent = parentOf(call);
      if (parent === null) return noFolder(call.path[1]);
      const { displayName } = JSON.parse(call.body.toString());
      if (!displayName) return failure(400, 'ErrorInvalidParameter', 'The folder name is empty.');
      const key = parent === '' ? '' : parent.key;
      const { folders } = call.mailbox;
      if (folders.some((each) => each.parent === key && each.displayName.toLowerCase() === displayName.toLowerCase()))
        return failure(ways.folderExistsStatus, 'ErrorFolderExists', 'A folder with the specified name already exists.');
      const id = newId();
      folders.push({ key: id, id, displayName, parent: key });
      return { status: 201, body: shownFolder(call.mailbox, folders.at(-1)!) };
    });

  const showMessage = (message: StoredMessage, call: Call) => ({
    ...selected(message, call),
    ...(call.query.get('$expand')?.includes('0x0E08')
      ? { singleValueExtendedProperties: [{ id: 'Long 0xe08', value: String(message.mime.length) }] }
      : {}),
  });

  /** Refuses what Graph refuses: the sorted property has to come first in the filter. */
  const list = (call: Call, messages: StoredMessage[]): Answer => {
    const filter = call.query.get('$filter') ?? '';
    const [orderBy, direction = 'asc'] = call.query.get('$orderby')?.split(' ') ?? [];
    if (orderBy && filter && !filter.startsWith(orderBy)) return TOO_COMPLEX();
    const fits = filterOf(filter);
    if (!fits) return BAD_QUERY();
    if (Number(call.query.get('$top') ?? 10) > ways.largestTop) return failure(504, 'UnknownError');
    const found = messages.filter(fits).sort((one, other) => {
      const at = ({ receivedAt, sentAt }: StoredMessage) => (orderBy === 'receivedDateTime' ? receivedAt : sentAt).getTime();
      return orderBy && direction === 'asc' ? at(one) - at(other) : at(other) - at(one);
    });
    const showsMuch = call.query.has('$expand') || !call.query.has('$select');
    if (ways.brokenFailsLists && showsMuch && found.some(({ isBroken }) => isBroken))
      return failure(500, 'ErrorInternalServerError', 'Error while processing response.');
    return paged(call, found, (message) => showMessage(message, call));
  };

  // ---- What has changed

  const opened = (text: string): State => JSON.parse(Buffer.from(text, 'base64url').toString());
  const closed = (state: State): string => Buffer.from(JSON.stringify(state)).toString('base64url');

  const delta = (call: Call, folder: StoredFolder): Answer => {
    const token = call.query.get('$deltatoken');
    if (token === 'latest') return failure(400, 'ErrorInvalidUrlQuery', 'The delta token is not supported.');
    const { changes } = call.mailbox;
    const skip = call.query.get('$skiptoken');
    const before = token === null ? null : opened(token);
    const state: State = skip
      ? opened(skip)
      : before
        ? { ...before, from: before.to, to: changes.length, offset: 0 }
        : {
            folder: folder.key,
            select: call.query.get('$select') ?? '',
            filter: call.query.get('$filter') ?? '',
            from: null,
            to: changes.length,
            offset: 0,
            generation: ways.generation,
          };
    const isForgotten = (token !== null || skip !== null) && ways.forgets();
    if (isForgotten || state.generation !== ways.generation)
      return failure(ways.lostState.status, ways.lostState.code, 'The sync state generation is not found; generation=149;[highest=157].');
    if (/@removed/.test(state.select)) return BAD_QUERY("Could not find a property named '@removed'.");
    if (call.query.has('$search') || (call.query.get('$orderby') ?? 'receivedDateTime desc') !== 'receivedDateTime desc')
      return BAD_QUERY();
    const fits = /^(receivedDateTime g[et] \S+)?$/.test(state.filter) ? filterOf(state.filter) : null;
    if (!fits || (state.filter && ways.refusesDeltaFilter)) return BAD_QUERY();
    const rows = state.from === null ? firstRound(call, state, fits) : laterRound(call, state);
    const size = Number(/odata\.maxpagesize=(\d+)/.exec(String(call.request.headers.prefer ?? ''))?.[1] ?? 10);
    const page = rows.slice(Math.max(0, state.offset - 1), state.offset + size);
    const isMore = state.offset + size < rows.length;
    const next: Record<string, string> = isMore
      ? { $skiptoken: closed({ ...state, offset: state.offset + size }) }
      : { $deltatoken: closed({ ...state, offset: 0 }) };
    const link = linkTo(call, new URLSearchParams(next));
    return { status: 200, body: { value: page, [isMore ? '@odata.nextLink' : '@odata.deltaLink']: link } };
  };

  const inSelection = (call: Call, { select }: State, message: StoredMessage) =>
    selected(message, { ...call, query: new URLSearchParams(select ? { $select: select } : {}) });

  const firstRound = (call: Call, state: State, fits: (message: StoredMessage) => boolean) =>
    visible(call.mailbox)
      .filter((message) => message.folder === state.folder && fits(message))
      .map((message) => inSelection(call, state, message));

  const laterRound = (call: Call, state: State) => {
    const between = call.mailbox.changes.slice(state.from!, state.to).filter(({ folder }) => folder === state.folder);
    const last = new Map(between.map((change) => [change.message, change]));
    return [...last.values()].map(({ message, kind }) => {
      const { id } = selected(message, call);
      const left = between.some((each) => each.message === message && each.kind === 'removed');
      if (kind === 'removed' || (left && ways.hidesReturned)) return { id, '@removed': { reason: 'deleted' } };
      // An update has at least what changed; that may be all.
      return kind === 'updated' ? { id, isRead: message.isRead } : inSelection(call, state, message);
    });
  };

  return {
    'GET mailFolders': listFolders(() => ''),
    'GET mailFolders/*/childFolders': listFolders((call) => folderIn(call, call.path[1])),
    'POST mailFolders': makeFolder(() => ''),
    'POST mailFolders/*/childFolders': makeFolder((call) => folderIn(call, call.path[1])),
    'GET mailFolders/*': inFolder(({ mailbox }, folder) => ({ status: 200, body: shownFolder(mailbox, folder) })),
    'GET messages': reads((call) => list(call, visible(call.mailbox))),
    'GET mailFolders/*/messages': inFolder((call, { key, isSearch }) =>
      list(
        call,
        visible(call.mailbox).filter(({ folder }) => isSearch || folder === key),
      ),
    ),
    'GET mailFolders/*/messages/delta': inFolder(delta),
    'GET messages/*/$value': reads((call) => {
      const message = find(call, call.path[1]);
      if (!message) return NOT_FOUND();
      if (message.isBroken) return failure(500, 'ErrorContentConversionFailed', 'Content conversion failed.');
      const accepts = /gzip/.test(String(call.request.headers['accept-encoding'] ?? '')) || ways.gzip;
      return {
        status: 200,
        headers: { 'content-type': 'text/plain', ...(accepts ? { 'content-encoding': 'gzip' } : {}) },
        body: accepts ? gzipSync(message.mime) : message.mime,
      };
    }),
    'PATCH messages/*': reads((call) => {
      const message = find(call, call.path[1]);
      if (!message) return NOT_FOUND();
      const { isRead = message.isRead } = JSON.parse(call.body.toString());
      if (isRead !== message.isRead) note(call.mailbox, message, 'updated');
      message.isRead = isRead;
      return { status: 200, body: selected(message, call) };
    }),
    'POST messages/*/move': reads((call) => {
      const message = find(call, call.path[1]);
      const target = folderIn(call, JSON.parse(call.body.toString()).destinationId);
      if (!message || !target) return NOT_FOUND();
      note(call.mailbox, message, 'removed');
      Object.assign(message, { folder: target.key, mutableId: newMutableId() });
      note(call.mailbox, message, 'added');
      return { status: 201, body: selected(message, call) };
    }),
  };
}
