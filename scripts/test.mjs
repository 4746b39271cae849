#!/usr/bin/env node
/**
 * `npm test`: all tests from a bare clone, installing and building first; ends with `N passed, N failed, N skipped`.
 * `npm test -- --database=postgres` (or mariadb): those that boot a Strapi, on that database; with names of files, those.
 * `npm test -- --database=postgres --schema=desk`: the same in another schema of PostgreSQL than `public`.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { install, root, run } from './prepare.mjs';

await install();
const folder = mkdtempSync(path.join(tmpdir(), 'mail-scanner-tests-'));
const report = path.join(folder, 'report.json');
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
const option = (name) => process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(`--${name}=`.length);
const [database, schema] = [option('database'), option('schema')];
const wanted = process.argv.slice(2).filter((argument) => !/^--(database|schema)=/.test(argument));
if (database && wanted.length === 0) wanted.push(...filesThatBootStrapi());
const env = { ...process.env, ...(database ? { TEST_DATABASE: database } : {}), ...(schema ? { TEST_DATABASE_SCHEMA: schema } : {}) };
const code = await run(
  process.execPath,
  [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...wanted],
  { env },
);
let totals = { passed: 0, failed: 1, skipped: 0 };
try {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  // A file that failed before its first test counts as a failure, too.
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  totals = { passed: numPassedTests, failed: numFailedTests + brokenFiles, skipped: numPendingTests + numTodoTests };
} catch (error) {
  console.error(`The tests left no report: ${error.message}`);
}
rmSync(folder, { recursive: true, force: true });
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(code === 0 && totals.failed === 0 ? 0 : 1);

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
    return /(start|load)Strapi|startDesk|setUpOAuth/.test(text) && !/from '\.\.\/support\/(postgres|mariadb)'/.test(text);
  };
  // Those of the upgrade begin with a database of SQLite.
  const others = /^tests\/(e2e|upgrade)\//;
  return files.filter((file) => file.endsWith('.test.ts') && !others.test(file) && boots(file));
}
