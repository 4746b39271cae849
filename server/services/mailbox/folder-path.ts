/** Names of folders as people write them, and as a server wants them (RFC 2342). */

interface Namespace {
  /** Ends with the delimiter; '' where names have no prefix. */
  prefix: string;
  delimiter?: string | null;
}

export interface Namespaces {
  /** One's own folders. */
  personal: readonly Namespace[];
  /** Those of other users, and those that everybody shares. */
  others: readonly Namespace[];
}

const SLASH = '/';

/**
 * The paths that a name may stand for, the likeliest first: as it is written, below the prefix of one's own folders, and with the
 * server's delimiter for slashes.
 */
export function possiblePaths(name: string, namespaces: Namespaces): string[] {
  const { prefix, delimiter } = ownNamespace(namespaces);
  const inbox = withInbox(name, delimiter);
  if (inbox === 'INBOX') return [inbox];
  const spelled = [inbox, ...(delimiter && delimiter !== SLASH ? [inbox.replaceAll(SLASH, delimiter)] : [])];
  return [...new Set(spelled.flatMap((path) => (hasPrefix(path, namespaces) ? [path] : [path, prefix + path])))];
}

/** The path of a folder that is to be made: one's own, unless the name says otherwise. */
export function pathOfNew(name: string, namespaces: Namespaces): string {
  const possible = possiblePaths(name, namespaces);
  const { delimiter } = ownNamespace(namespaces);
  const spelled = possible.filter((path) => !delimiter || delimiter === SLASH || !path.includes(SLASH));
  return (spelled.length > 0 ? spelled : possible).at(-1)!;
}

const ownNamespace = ({ personal: [first] }: Namespaces): Namespace => first ?? { prefix: '' };

const hasPrefix = (path: string, { personal, others }: Namespaces): boolean =>
  [...personal, ...others].some(({ prefix }) => prefix !== '' && path.startsWith(prefix));

/** INBOX knows no case (RFC 3501 section 5.1), as a folder and as the first part of a path. */
function withInbox(name: string, delimiter: string | null | undefined): string {
  const isInbox = /^inbox/i.test(name) && (name.length === 5 || name[5] === delimiter || name[5] === SLASH);
  return isInbox ? `INBOX${name.slice(5)}` : name;
}
