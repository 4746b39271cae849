import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import type { Order } from './crash-child';

/** A process that may die at any moment; see crash-child.ts. */
export interface Victim {
  /** Gives an order and resolves when the process has answered or died. `died` is false when it lived through it. */
  obey(order: Order): Promise<{ died: boolean; result?: any; error?: string }>;
  /** SIGKILL from outside. */
  kill(): Promise<void>;
}

export interface Victims {
  start(): Promise<Victim>;
  stop(): Promise<void>;
}

/** Processes on the database in `folder`. */
export async function createVictims(folder: string): Promise<Victims> {
  const root = process.cwd();
  // Beside node_modules, so that what it imports is found.
  const bundles = mkdtempSync(path.join(root, 'node_modules', '.crash-'));
  const script = path.join(bundles, 'child.cjs');
  await build({
    entryPoints: ['tests/support/crash-child.ts'],
    absWorkingDir: root,
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
    logLevel: 'warning',
  });
  const running = new Set<ChildProcess>();
  return {
    async start() {
      const child = fork(script, {
        cwd: root,
        env: { ...process.env, CRASH_FOLDER: folder },
        execArgv: [],
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      running.add(child);
      child.once('exit', () => running.delete(child));
      await answerOf(child);
      return {
        obey: async (order) => {
          const answer = answerOf(child);
          child.send(order);
          return answer;
        },
        kill: () => kill(child),
      };
    },
    async stop() {
      await Promise.all([...running].map(kill));
      rmSync(bundles, { recursive: true, force: true });
    },
  };
}

function answerOf(child: ChildProcess): Promise<{ died: boolean; result?: any; error?: string }> {
  return new Promise((resolve) => {
    const answered = (message: unknown) => end({ died: false, ...(message as object) });
    const exited = () => end({ died: true });
    const end = (answer: { died: boolean }) => {
      child.removeListener('message', answered).removeListener('exit', exited);
      resolve(answer);
    };
    child.once('message', answered).once('exit', exited);
  });
}

function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
