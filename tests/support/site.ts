import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { appDir } from './strapi';

/**
 * The playground's compiled app with extensions of a site's: what lies in `src/extensions/mail-scanner`, by its path there. For `distDir`
 * of startStrapi; it lies beside node_modules, so that what it imports is found.
 */
export function siteWith(extensions: Record<string, string | object>): { distDir: string; remove(): void } {
  const distDir = mkdtempSync(path.join(process.cwd(), 'node_modules', '.site-'));
  cpSync(path.join(appDir, 'dist'), distDir, { recursive: true });
  for (const [name, content] of Object.entries(extensions)) {
    const file = path.join(distDir, 'src/extensions/mail-scanner', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return { distDir, remove: () => rmSync(distDir, { recursive: true, force: true }) };
}
