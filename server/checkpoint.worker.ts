import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * The thread of SQLite's checkpoints (services/storage/sqlite/checkpoints.ts). Its driver is the very copy that the site has: of two in a process,
 * each would undo the other's locks.
 */

type Driver = new (file: string, options: object) => { pragma(text: string): unknown };

const { driver, options, file } = workerData as { driver: string; options: object; file: string };
const Database = createRequire(__filename)(driver) as Driver;
const database = new Database(file, options);

parentPort!.on('message', () => {
  let failure: string | null = null;
  try {
    // Takes what it can have, and waits for nobody.
    database.pragma('wal_checkpoint(PASSIVE)');
  } catch (error) {
    failure = (error as { code?: string }).code ?? 'unknown';
  }
  parentPort!.postMessage(failure);
});
