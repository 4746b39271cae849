#!/usr/bin/env node
/**
 * `npm test`: all tests from a bare clone, installing and building first, two files at a time; ends with `N passed, N failed, N skipped`. Of
 * up to three files that failed, it runs each once more, alone, and says so.
 * `npm test -- --database=postgres` (or mariadb): those that boot a Strapi, on that database; with names of files, those.
 * `npm test -- --database=postgres --schema=desk`: the same in another schema of PostgreSQL than `public`.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildPlayground, buildPlugin, install, root, run } from './prepare.mjs';

await install();
/** How many files are tried once more where they failed. */
const MOST_AGAIN = 3;

const folder = mkdtempSync(path.join(tmpdir(), 'mail-scanner-tests-'));
const report = path.join(folder, 'report.json');
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
const option = (name) => process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(`--${name}=`.length);
const [database, schema] = [option('database'), option('schema')];
const wanted = process.argv.slice(2).filter((argument) => !/^--(database|schema)=/.test(argument));
if (database && wanted.length === 0) wanted.push(...filesThatBootStrapi());
const env = { ...process.env, ...(database ? { TEST_DATABASE: database } : {}), ...(schema ? { TEST_DATABASE_SCHEMA: schema } : {}) };
const everything = wanted.length === 0;
// Two browser tests that begin at once must not both build what they look at.
if (everything) {
  await buildPlugin();
  await buildPlayground();
}
// Most files wait for a browser, a mail server or a disk half of their time.
const totals = await test(wanted, everything ? ['--fileParallelism', '--maxWorkers=2'] : []);
// Another suite beside this one, and a full machine, make some files fail that are right: few of them are tried once more, alone.
const { failedFiles } = totals;
if (failedFiles.length > 0 && failedFiles.length <= MOST_AGAIN && wanted.length !== 1) {
  console.log(`Once more, alone: ${failedFiles.join(' ')}`);
  const again = await test(failedFiles);
  for (const name of ['passed', 'failed', 'skipped']) totals[name] += again[name] - totals.ofFailedFiles[name];
  if (again.failed === 0) console.log(`Failed at first and passed when run again: ${failedFiles.join(' ')}`);
}
rmSync(folder, { recursive: true, force: true });
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(totals.failed === 0 ? 0 : 1);

/** Runs these files, or all; resolves with how many tests passed, failed and were skipped, also of the files that failed alone. */
async function test(files, options = []) {
  const code = await run(
    process.execPath,
    [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...options, ...files],
    // Worth it where many begin with a new database (tests/support/database.ts).
    { env: files.length > 0 && files.length <= MOST_AGAIN ? env : { ...env, TEST_TEMPLATE: 'yes' } },
  );
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
    const failed = testResults.filter(({ status }) => status === 'failed');
    // A file that failed before its first test counts as a failure, too; and so does what failed outside of any test.
    const brokenFiles = failed.filter(({ assertionResults }) => !assertionResults.some((test) => test.status === 'failed')).length;
    const count = (...statuses) => failed.flatMap((file) => file.assertionResults).filter(({ status }) => statuses.includes(status)).length;
    const outside = code !== 0 && numFailedTests + brokenFiles === 0 ? 1 : 0;
    return {
      passed: numPassedTests,
      failed: numFailedTests + brokenFiles + outside,
      skipped: numPendingTests + numTodoTests,
      failedFiles: failed.map(({ name }) => path.relative(root, name)),
      ofFailedFiles: { passed: count('passed'), failed: count('failed') + brokenFiles, skipped: count('pending', 'skipped', 'todo') },
    };
  } catch (error) {
    console.error(`The tests left no report: ${error.message}`);
    return { passed: 0, failed: 1, skipped: 0, failedFiles: [], ofFailedFiles: {} };
  }
}

/**
 * The integration tests: what their database is shows in none of the others. Those of the browser look at screens, and those that start
 * database servers of their own are the same whatever the others run on: both run once, with all tests.
 */
function filesThatBootStrapi() {
  const files = readdirSync(path.join(root, 'tests'), { recursive: true }).map((file) =>
    path.posix.join('tests', file.replaceAll(path.sep, '/')),
  );
  const boots = (file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    return /(start|load)Strapi|support\/desk'|setUpOAuth/.test(text) && !/from '\.\.\/support\/(postgres|mariadb)'/.test(text);
  };
  // Those of the upgrade begin with a database of SQLite; and some are about nothing else.
  const others = /^tests\/(e2e|upgrade|storage\/sqlite)\//;
  return files.filter((file) => file.endsWith('.test.ts') && !others.test(file) && boots(file));
}
