import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { peerDependencies } from '../../../package.json';

/** Versions that were tried with this plugin: a caret range. With earlier ones, a failed scan counts as done, or nothing starts. */
const RANGE = peerDependencies['pg-boss'];

/**
 * The site's pg-boss, as found from a file. Throws a sentence that says what to install where it is missing or of a version that
 * does not work.
 */
export async function loadPgBoss(from: string): Promise<typeof import('pg-boss')> {
  const require = createRequire(from);
  const refuse = (found: string): never => {
    throw new Error(
      `config/plugins, mail-scanner: the engine "pg-boss" needs pg-boss ${RANGE}, and ${found}: npm install pg-boss@${RANGE}`,
    );
  };
  let version: string;
  try {
    ({ version } = require('pg-boss/package.json'));
  } catch {
    return refuse('it is not installed');
  }
  if (!isInRange(version)) return refuse(`${version} is installed`);
  try {
    // It is an ES module.
    return await import(pathToFileURL(require.resolve('pg-boss')).href);
  } catch (error) {
    throw new Error(
      `config/plugins, mail-scanner: pg-boss ${version} cannot be loaded with Node ${process.versions.node}: ${(error as Error).message}`,
    );
  }
}

function isInRange(version: string): boolean {
  const [[major, minor, patch], [leastMajor, leastMinor, leastPatch]] = [version, RANGE.slice(1)].map((text) =>
    text.split('.').map(Number),
  );
  return major === leastMajor && (minor > leastMinor || (minor === leastMinor && patch >= leastPatch));
}
