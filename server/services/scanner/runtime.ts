import type { Core } from '@strapi/strapi';
import { log } from '../log';
import { count } from '../counters';
import { pluginConfig } from '../settings/config';
import { createParser, type Parser } from './parser';

/** What runs as long as the plugin does: the parser's threads. */
const parsers = new WeakMap<Core.Strapi, Parser>();

export function parserOf(strapi: Core.Strapi): Parser {
  let parser = parsers.get(strapi);
  if (!parser) parsers.set(strapi, (parser = createParser(pluginConfig(strapi).parsers, { onDeath: (why) => noteDeath(strapi, why) })));
  return parser;
}

function noteDeath(strapi: Core.Strapi, why: string): void {
  count(strapi, 'parserRestarts', 'all');
  log(strapi, 'warn', 'A message took a parser thread down', { reason: why });
}

export async function closeParser(strapi: Core.Strapi): Promise<void> {
  await parsers.get(strapi)?.close();
  parsers.delete(strapi);
}

const turns = new WeakMap<Core.Strapi, Promise<void>>();

/** Waits until no other suspect message is in hand in this process. Call what is returned when yours is through. */
export async function suspectTurn(strapi: Core.Strapi): Promise<() => void> {
  const before = turns.get(strapi) ?? Promise.resolve();
  let end = () => {};
  turns.set(
    strapi,
    before.then(() => new Promise<void>((resolve) => (end = resolve))),
  );
  await before;
  return () => end();
}
