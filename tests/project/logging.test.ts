import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const server = path.resolve(__dirname, '../../server');

test('whoever logs does it by way of log.ts, which knows what may be told', () => {
  const files = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const loggers = files.filter((name) => /\bconsole\.|\bstrapi\.log\b/.test(readFileSync(path.join(server, name), 'utf8')));
  expect(loggers).toEqual([path.join('services', 'log.ts')]);
});
