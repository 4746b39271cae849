import { execFileSync } from 'node:child_process';
import path from 'node:path';

/**
 * Before the tests: the server half and the playground's configuration, as Strapi loads them. A second or two. Runs that go on at the same
 * time must not write what another one loads: they have TESTS_BUILT set, after `npm run build:tests`.
 */
export default function build(): void {
  if (process.env.TESTS_BUILT) return;
  execFileSync('npm', ['run', 'build:tests', '--silent'], { cwd: path.resolve(__dirname, '../..'), stdio: 'inherit' });
}
