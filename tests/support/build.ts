import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** Before the tests: the server half and the playground's configuration, as Strapi loads them. A second or two. */
export default function build(): void {
  const root = path.resolve(__dirname, '../..');
  execFileSync(process.execPath, ['scripts/build-server.mjs', '--source-maps'], { cwd: root, stdio: 'inherit' });
  execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'playground'], { cwd: root, stdio: 'inherit' });
}
