import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Debian packages, fetched by apt-get and unpacked into a folder that serves as the root (chroot) of one server. Nothing is installed:
 * no script of a package runs, and the system stays as it is.
 */

const cache = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'mail-scanner-servers');

/** What a server says when it cannot run here; told in a line, and no fault of ours. */
export class NotHere extends Error {}

export interface Unpacked {
  root: string;
  /** Of the first package. */
  version: string;
  remove(): void;
}

/** Unpacks these packages, and the libraries that they need. */
export function unpack(packages: readonly string[]): Unpacked {
  if (process.getuid?.() !== 0) throw new NotHere('it needs a root folder of its own, and only root can give it one');
  const files = fetched(withLibraries(packages));
  const root = mkdtempSync(path.join(tmpdir(), 'mail-server-'));
  for (const file of files.values()) execFileSync('dpkg-deb', ['-x', file, root]);
  for (const folder of ['dev', 'tmp', 'run', 'var/tmp', 'var/run', 'etc']) mkdirSync(path.join(root, folder), { recursive: true });
  for (const folder of ['tmp', 'var/tmp']) chmodSync(path.join(root, folder), 0o1777);
  for (const [name, minor] of Object.entries({ null: '3', zero: '5', urandom: '9', random: '8' }))
    execFileSync('mknod', ['-m', '666', path.join(root, 'dev', name), 'c', '1', minor]);
  chmodSync(root, 0o755);
  const version = execFileSync('dpkg-deb', ['-f', files.get(packages[0]!)!, 'Version'], { encoding: 'utf8' }).trim();
  return { root, version, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** The packages and what of their dependencies are libraries; programs that their scripts would need are left out. */
function withLibraries(packages: readonly string[]): string[] {
  const only = ['recommends', 'suggests', 'conflicts', 'breaks', 'replaces', 'enhances'].map((kind) => `--no-${kind}`);
  const shown = apt('apt-cache', ['depends', '--recurse', ...only, ...packages], packages.join(' '));
  const dependencies = new Map<string, string[]>();
  let last: string[] = [];
  for (const line of shown.split('\n')) {
    const needed = /^ [ |](?:Pre)?Depends: ([^<]\S*)/.exec(line)?.[1];
    if (needed) last.push(needed);
    else if (/^\S/.test(line) && !line.startsWith('<')) dependencies.set(line, (last = []));
  }
  const wanted = new Set<string>();
  const queue = [...packages];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (wanted.has(name)) continue;
    wanted.add(name);
    const libraries = (dependencies.get(name) ?? []).filter(
      (each) => /^(lib|gcc-|zlib)|-libs$/.test(each) && !/-(dev|perl|bin)$/.test(each),
    );
    queue.push(...libraries);
  }
  return [...wanted];
}

/** Path of each package, by its name. What the cache has is not fetched again. */
function fetched(names: string[]): Map<string, string> {
  mkdirSync(cache, { recursive: true });
  const missing = names.filter((name) => !fileOf(name));
  if (missing.length > 0) apt('apt-get', ['download', '-qq', ...missing], missing.join(' '));
  return new Map(names.map((name) => [name, path.join(cache, fileOf(name)!)]));
}

const fileOf = (name: string): string | undefined => readdirSync(cache).find((file) => file.startsWith(`${name}_`));

function apt(program: string, args: string[], wanted: string): string {
  if (!existsSync('/usr/bin/apt-get')) throw new NotHere('its packages are Debian’s, and here is no apt-get');
  try {
    return execFileSync(program, args, { cwd: cache, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 });
  } catch (error) {
    throw new NotHere(
      `apt has no package ${wanted} here (${
        String((error as { stderr?: string }).stderr)
          .trim()
          .split('\n')[0]
      })`,
    );
  }
}
