/** A tree of conditions, whatever else its parts carry. */
interface Branch {
  rules: unknown[];
}

const isBranch = (part: unknown): part is Branch => typeof part === 'object' && part !== null && 'rules' in part;

/**
 * The tree with one part moved: taken from its place and put into the group at `group`, at that index, both as they are counted before.
 * Null where that is its place already, or within itself.
 */
export function moveCondition<T extends Branch>(tree: T, from: number[], group: number[], index: number): T | null {
  const parent = from.slice(0, -1);
  const own = from.at(-1)!;
  if (from.every((step, depth) => group[depth] === step)) return null;
  const isSameGroup = parent.length === group.length && parent.every((step, depth) => group[depth] === step);
  if (isSameGroup && (index === own || index === own + 1)) return null;
  const part = partAt(tree, from);
  // Put in before it is taken out, so that all places are still as they were counted.
  const taken = {};
  const without = replaceIn(tree, parent, (rules) => rules.map((rule, place) => (place === own ? taken : rule)));
  const put = replaceIn(without, group, (rules) => [...rules.slice(0, index), part, ...rules.slice(index)]);
  return cleared(put, taken) as T;
}

const partAt = (tree: Branch, path: number[]): unknown =>
  path.reduce<unknown>((part, step) => (isBranch(part) ? part.rules[step] : undefined), tree);

function replaceIn(tree: Branch, [step, ...path]: number[], change: (rules: unknown[]) => unknown[]): Branch {
  if (step === undefined) return { ...tree, rules: change(tree.rules) };
  return { ...tree, rules: tree.rules.map((rule, place) => (place === step && isBranch(rule) ? replaceIn(rule, path, change) : rule)) };
}

const cleared = (tree: Branch, taken: object): Branch => ({
  ...tree,
  rules: tree.rules.filter((rule) => rule !== taken).map((rule) => (isBranch(rule) ? cleared(rule, taken) : rule)),
});
