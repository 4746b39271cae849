import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

/** The processes of a soak run. */

interface Instance {
  pid: number;
  /** Where its admin API is; rejects when it ends before it is ready. */
  base: Promise<string>;
  /** Resolves when the process is gone, whoever ended it. */
  gone: Promise<void>;
  /** SIGKILL: no handler runs, no file is flushed. False when it was gone already. */
  kill(): Promise<boolean>;
}

export interface Fleet {
  start(): Instance;
  end(): Promise<void>;
}

const root = process.cwd();

/** Instances on one database, told by `env`. */
export async function createFleet(env: Record<string, string>): Promise<Fleet> {
  const bundles = mkdtempSync(path.join(root, 'node_modules', '.soak-'));
  const script = path.join(bundles, 'instance.cjs');
  await build({
    entryPoints: ['scripts/soak/instance.ts'],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
    logLevel: 'warning',
  });
  const running = new Set<Instance>();
  return {
    start() {
      const child = spawn(process.execPath, [script], {
        cwd: root,
        env: { ...process.env, ...env, NODE_ENV: 'test', LOG_LEVEL: 'error' },
        // What it says of outages that were meant would only hide what matters.
        stdio: ['ignore', 'pipe', process.env.SOAK_VERBOSE ? 'inherit' : 'ignore'],
      });
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      const instance: Instance = { pid: child.pid!, base: readiness(child), gone, kill: () => kill(child, gone) };
      instance.base.catch(() => {});
      running.add(instance);
      void gone.then(() => running.delete(instance));
      return instance;
    },
    async end() {
      await Promise.all([...running].map((instance) => instance.kill()));
      rmSync(bundles, { recursive: true, force: true });
    },
  };
}

function readiness(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout!.on('data', (data) => {
      if (process.env.SOAK_VERBOSE) process.stdout.write(data);
      output += String(data);
      const ready = /^ready (\S+)$/m.exec(output);
      if (ready) resolve(ready[1]);
    });
    child.once('exit', (code, signal) => reject(new Error(`An instance ended before it was ready (${signal ?? code}).`)));
  });
}

async function kill(child: ChildProcess, gone: Promise<void>): Promise<boolean> {
  if (child.exitCode !== null || child.signalCode !== null) return false;
  child.kill('SIGKILL');
  await gone;
  return true;
}
