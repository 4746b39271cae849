import { hasDovecot, startDovecot } from '../tests/support/dovecot';
import { addScanner } from '../tests/support/helpdesk';
import { startHoodiecrow } from '../tests/support/hoodiecrow';
import { removeFolder, startStrapi } from '../tests/support/strapi';
import { costOf } from './measure';
import { newMessage } from './messages';
import { report, runBench } from './report';

/** What an import of 20,000 mails at once does to the process around it, on SQLite: the memory that it adds, and how late others are heard. */

const COUNT = Number(process.env.BENCH_LONG ?? 20_000);
const FOLDER = 'Long';

runBench(async () => {
  const server = hasDovecot() ? await startDovecot() : await startHoodiecrow();
  const app = await startStrapi();
  try {
    await server.createFolder(FOLDER);
    await server.appendAll(FOLDER, mails());
    const scanner = await addScanner(app, server, [{ folders: [FOLDER] }], { name: FOLDER });
    // What is held already is not to be taken for what the import adds.
    global.gc?.();
    const { result, ...cost } = await costOf(() => app.api('POST', `/scanners/${scanner.documentId}/run`, { unread: 'take' }), app.strapi);
    if (result.byOutcome.processed !== COUNT) throw new Error(`Not all were imported: ${JSON.stringify(result)}`);
    const shared = { database: 'SQLite', unit: 'ms' };
    const details = { 'mails/s': COUNT / cost.seconds, 'CPU ms': cost.cpuMs / COUNT, SQL: cost.statements / COUNT };
    report({ ...shared, bench: 'memory', what: `${COUNT} mails`, value: cost.rssMb, unit: 'MB', target: '≤ 120', details });
    report({ ...shared, bench: 'loop', what: 'delay, 99th percentile', value: cost.loopP99Ms, target: '≤ 25' });
    report({ ...shared, bench: 'loop', what: 'delay, most', value: cost.loopMaxMs, target: '≤ 100' });
  } finally {
    await app.stop();
    await server.stop();
    removeFolder(app.folder);
  }
});

function* mails(): Generator<string> {
  for (let index = 0; index < COUNT; index += 1) yield newMessage(9, index, COUNT / 10);
}
