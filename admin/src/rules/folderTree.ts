import type { Folder } from '../api/scanners';

export interface FolderNode {
  path: string;
  name: string;
  depth: number;
  selectable: boolean;
}

/**
 * Folders as a tree, flattened for a list: each below its parent, INBOX first. Paths of a rule that the mailbox does not have
 * come last, so that they can be seen and taken away.
 */
export function folderTree(folders: Folder[], chosen: string[]): FolderNode[] {
  const sorted = [...folders].sort(
    (one, other) => Number(isInbox(other)) - Number(isInbox(one)) || one.path.localeCompare(other.path, undefined, { numeric: true }),
  );
  const known = sorted.map(({ path, name, delimiter, selectable }) => ({
    path,
    name: name || path,
    depth: depthOf(path, delimiter),
    selectable,
  }));
  const missing = chosen.filter((path) => !folders.some((folder) => folder.path === path));
  return [...known, ...missing.map((path) => ({ path, name: path, depth: 0, selectable: true }))];
}

/** RFC 9051 §5.1: INBOX is the same in any case. */
const isInbox = ({ path, delimiter }: Folder): boolean => path.split(delimiter || '/')[0].toUpperCase() === 'INBOX';

const depthOf = (path: string, delimiter: string): number => (delimiter ? path.split(delimiter).length - 1 : 0);
