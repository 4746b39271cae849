import { type GraphClient } from '../graph/client';
import { GraphError } from '../graph/errors';
import { allOf } from './graph-pages';
import type { Folder } from './types';

/**
 * The folders of a mailbox by Microsoft Graph. They have ids and names, and no paths: a path is made of the names, with "/" between them,
 * and "%2F" for a "/" in a name. The inbox is INBOX as by IMAP, whatever it is called in the mailbox's language. What is hidden is not
 * listed by Graph; search folders are views of what lies elsewhere, and left out.
 */

export interface GraphFolder {
  id: string;
  path: string;
  name: string;
}

interface FolderAnswer {
  '@odata.type'?: string;
  id: string;
  displayName: string;
  childFolderCount?: number;
  isHidden?: boolean;
}

/** Names that stand where an id stands, whatever the language, with their attributes (RFC 6154). */
const SPECIAL_USES: Record<string, string> = {
  sentitems: '\\Sent',
  drafts: '\\Drafts',
  deleteditems: '\\Trash',
  junkemail: '\\Junk',
  archive: '\\Archive',
};

const INBOX = 'INBOX';
const SHOWN = 'id,displayName,childFolderCount,isHidden';
const A_PAGE = '200';
/** A mailbox has some dozens; nobody waits for thousands of requests. */
const MOST_FOLDERS = 2000;
const JSON_TYPE = 'application/json';

const encoded = (name: string): string => name.replace(/[%/]/g, (character) => (character === '/' ? '%2F' : '%25'));
const decoded = (segment: string): string => segment.replace(/%(2F|25)/gi, (code) => (code === '%25' ? '%' : '/'));

export class GraphFolders {
  readonly #client: GraphClient;
  #inbox: Promise<GraphFolder> | null = null;
  /** By the id of their parent; '' for the mailbox itself. */
  readonly #children = new Map<string, Promise<FolderAnswer[]>>();

  constructor(client: GraphClient) {
    this.#client = client;
  }

  /** By its well-known name: the list of the mailbox's folders may fail, or come in any language. */
  inbox(): Promise<GraphFolder> {
    return (this.#inbox ??= this.#client
      .json<FolderAnswer>({ path: 'mailFolders/inbox', query: { $select: 'id,displayName' } })
      .then(({ id, displayName }) => ({ id, path: INBOX, name: displayName })));
  }

  /** All of them, parents before their children. */
  async list(): Promise<Folder[]> {
    const inbox = await this.inbox();
    const special = await this.#specialUses();
    const listed: Folder[] = [];
    const add = async (parent: string, prefix: string): Promise<void> => {
      for (const row of await this.#childrenOf(parent)) {
        if (listed.length >= MOST_FOLDERS) return;
        const path = row.id === inbox.id ? INBOX : prefix + encoded(row.displayName);
        listed.push({ path, name: row.displayName, delimiter: '/', specialUse: special.get(row.id) ?? null, selectable: true });
        if (row.childFolderCount) await add(row.id, `${path}/`);
      }
    };
    await add('', '');
    return listed;
  }

  /** The folder of that path; names are those of Graph or, where none is spelled so, in another case. Null when there is none. */
  async find(path: string): Promise<GraphFolder | null> {
    const [first, ...rest] = path.split('/');
    let folder = first.toUpperCase() === INBOX ? await this.inbox() : await this.#childOf(null, first);
    for (const segment of rest) folder = folder && (await this.#childOf(folder, segment));
    return folder;
  }

  /** Makes what is missing of a path. */
  async findOrCreate(path: string): Promise<GraphFolder> {
    let folder: GraphFolder | null = null;
    for (const [index, segment] of path.split('/').entries()) {
      const found: GraphFolder | null = index === 0 ? await this.find(segment) : await this.#childOf(folder, segment);
      folder = found ?? (await this.#create(folder, segment));
    }
    return folder!;
  }

  /** What is known may be old. */
  forget(): void {
    this.#children.clear();
  }

  async #create(parent: GraphFolder | null, segment: string): Promise<GraphFolder> {
    this.forget();
    const path = parent ? `mailFolders/${encodeURIComponent(parent.id)}/childFolders` : 'mailFolders';
    const body = JSON.stringify({ displayName: decoded(segment) });
    try {
      const { id, displayName } = await this.#client.json<FolderAnswer>({ method: 'POST', path, body, contentType: JSON_TYPE });
      return folderOf(parent, { id, displayName });
    } catch (error) {
      // Somebody else has made it, or our own request whose answer was lost.
      const mayBeThere = error instanceof GraphError && (error.trouble === 'exists' || error.maybeDone);
      const found = mayBeThere ? await this.#childOf(parent, segment) : null;
      if (!found) throw error;
      return found;
    }
  }

  async #childOf(parent: GraphFolder | null, segment: string): Promise<GraphFolder | null> {
    const wanted = decoded(segment);
    const rows = await this.#childrenOf(parent?.id ?? '');
    const found =
      rows.find(({ displayName }) => displayName === wanted) ??
      rows.find(({ displayName }) => displayName.toLowerCase() === wanted.toLowerCase());
    if (!found) return null;
    const inbox = parent === null ? await this.inbox() : null;
    return found.id === inbox?.id ? inbox : folderOf(parent, found);
  }

  #childrenOf(parent: string): Promise<FolderAnswer[]> {
    const known = this.#children.get(parent);
    if (known) return known;
    const path = parent === '' ? 'mailFolders' : `mailFolders/${encodeURIComponent(parent)}/childFolders`;
    const asked = allOf<FolderAnswer>(this.#client, { path, query: { $select: SHOWN, $top: A_PAGE } }).then((rows) =>
      rows.filter((row) => !row.isHidden && !/mailSearchFolder/i.test(row['@odata.type'] ?? '')),
    );
    this.#children.set(parent, asked);
    // The next one asks again.
    asked.catch(() => this.#children.delete(parent));
    return asked;
  }

  async #specialUses(): Promise<Map<string, string>> {
    const found = await Promise.all(
      Object.entries(SPECIAL_USES).map(([name, use]) =>
        this.#client.json<FolderAnswer>({ path: `mailFolders/${name}`, query: { $select: 'id' } }).then(
          ({ id }): [string, string][] => [[id, use]],
          // A mailbox that nobody has opened yet does not have them all.
          (error) => {
            if (error instanceof GraphError && !error.passing) return [];
            throw error;
          },
        ),
      ),
    );
    return new Map(found.flat());
  }
}

const folderOf = (parent: GraphFolder | null, { id, displayName }: FolderAnswer): GraphFolder => ({
  id,
  path: (parent ? `${parent.path}/` : '') + encoded(displayName),
  name: displayName,
});
