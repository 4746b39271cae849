import { Worker } from 'node:worker_threads';
import { startStrapi, type TestStrapi } from '../../tests/support/strapi';
import { POISON } from './world';

/**
 * One Strapi of a soak run, in a process of its own that is killed without warning. Says on which address it listens. Its clock
 * runs faster: intervals of minutes have passed after a second, so that a short life does its share of the work.
 */

const BEAT_MS = 1000;

/** A message with these words takes the process down when it gets to the parser. */
function makeVulnerable(): void {
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (holdsPoison(message)) process.kill(process.pid, 'SIGKILL');
    return postMessage.call(this, message, ...(rest as []));
  };
}

function holdsPoison(value: unknown): boolean {
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, Math.min(value.byteLength, 2000)).includes(POISON);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsPoison);
}

function speedUp({ strapi }: TestStrapi): void {
  const beat = async () => {
    await strapi.db.query('plugin::mail-scanner.scanner').updateMany({ data: { lastScanAt: null } as never });
    const { jobs } = strapi.cron as unknown as { jobs: { name: string; job: { trigger(): Promise<void> } }[] };
    for (const { name, job } of jobs) if (name.startsWith('mail-scanner:')) void job.trigger();
  };
  setInterval(() => void beat().catch(() => {}), BEAT_MS);
}

// What an outage breaks, the next beat mends; the process itself lives on, as one under a process manager would.
process.on('unhandledRejection', (error) => console.error('unhandled', error));

makeVulnerable();
/** The database that the fleet was given; without it, every instance would have an SQLite of its own. */
const database = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('DATABASE_'))) as Record<string, string>;

startStrapi({ folder: process.env.SOAK_FOLDER, env: { ...database, MAIL_SCANNER_SCHEDULE: 'true', MAIL_SCANNER_LEASE_SECONDS: '3' } }).then(
  (app) => {
    if (process.env.SOAK_FAST !== 'false') speedUp(app);
    console.log(`ready ${app.base}`);
  },
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
