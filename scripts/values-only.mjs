import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * A translation has the keys of the English texts, in their order, so the package holds them once: what the panel loads of a language
 * are its values alone. In the sources each file stays whole.
 */

const TRANSLATION = /[/\\]translations[/\\](server[/\\])?[a-z-]+\.json$/;
const SUFFIX = '.values.js';
const KEYS = '\0keys-of-';

/** A Vite plugin. `server` are the codes of the server's sentences, which are English in the source code and in no such file. */
export const valuesOnly = ({ server }) => ({
  name: 'values-only',
  enforce: 'pre',
  resolveId(source, importer) {
    if (source.startsWith(KEYS)) return source;
    const file = importer && source.endsWith('.json') ? path.resolve(path.dirname(importer), source) : source;
    // Another ending, so that nobody takes the module for JSON.
    return TRANSLATION.test(file) && path.basename(file) !== 'en.json' ? file + SUFFIX : null;
  },
  load(id) {
    if (id === `${KEYS}server`) return `export default ${JSON.stringify(server)};`;
    if (id.startsWith(KEYS))
      return `import en from ${JSON.stringify(id.slice(KEYS.length, -SUFFIX.length))};\nexport default Object.keys(en);`;
    if (!id.endsWith(`.json${SUFFIX}`)) return null;
    const file = id.slice(0, -SUFFIX.length);
    const folder = path.dirname(file);
    if (path.basename(folder) === 'server') return moduleOf(file, server, `${KEYS}server`);
    const en = path.join(folder, 'en.json');
    return moduleOf(file, Object.keys(textsOf(en)), KEYS + en + SUFFIX);
  },
});

const textsOf = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Throws where a text is missing or there is one too many: the values would move to other keys. */
function moduleOf(file, keys, keysModule) {
  const texts = textsOf(file);
  const strange = Object.keys(texts).filter((key) => !keys.includes(key));
  const missing = keys.filter((key) => !(key in texts));
  if (strange.length + missing.length > 0) throw new Error(`${file} has other keys than the English texts: ${[...strange, ...missing]}`);
  return `import keys from ${JSON.stringify(keysModule)};
const values = ${JSON.stringify(keys.map((key) => texts[key]))};
export default Object.fromEntries(keys.map((key, index) => [key, values[index]]));
`;
}
