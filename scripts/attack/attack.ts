import { readdirSync } from 'node:fs';
import path from 'node:path';
import startServer from '../../tests/support/database';
import { startDesk } from '../../tests/support/desk';
import { hasDovecot, startDovecot } from '../../tests/support/dovecot';
import type { Attack, Finding } from './types';

/**
 * `npm run attack`: what strangers, customers, editors and other servers could try on a desk, tried on a real one: a Strapi, a mail
 * server and a database (`--database=sqlite`, postgres or mariadb) on this machine alone. One line an attack, then how many held; the
 * exit code says whether all did. Names of files in attacks/ restrict it to those.
 */

const TIMEOUT_MS = 180_000;

async function main(): Promise<number> {
  const database = process.argv.find((argument) => argument.startsWith('--database='))?.slice('--database='.length) ?? 'sqlite';
  process.env.TEST_DATABASE = database;
  const stopDatabase = await startServer();
  const desk = await startDesk(hasDovecot() ? startDovecot : undefined);
  try {
    const names = wantedAttacks();
    let held = 0;
    for (const name of names) held += (await tryOne(name, desk)) ? 1 : 0;
    console.log(`${held} of ${names.length} attacks held (${database}).`);
    return held === names.length ? 0 : 1;
  } finally {
    await desk.stop();
    await stopDatabase?.();
  }
}

function wantedAttacks(): string[] {
  const all = readdirSync(path.join(process.cwd(), 'scripts/attack/attacks')).map((file) => path.basename(file, '.ts'));
  const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  const unknown = wanted.find((name) => !all.includes(name));
  if (unknown) throw new Error(`There is no attack "${unknown}": ${all.join(', ')} are there.`);
  return wanted.length > 0 ? wanted : all.sort();
}

async function tryOne(name: string, desk: Parameters<Attack['run']>[0]): Promise<boolean> {
  const { attack } = (await import(`./attacks/${name}.ts`)) as { attack: Attack };
  const { held, seen } = await inTime(attack.run(desk)).catch((error: Error): Finding => ({
    held: false,
    seen: `it broke off: ${error.message}`,
  }));
  console.log(`${held ? 'held        ' : 'did not hold'}  ${attack.title}: ${seen}`);
  return held;
}

function inTime(work: Promise<Finding>): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => resolve({ held: false, seen: `it took longer than ${TIMEOUT_MS / 1000} s` }), TIMEOUT_MS);
  });
  return Promise.race([work, tooLong]).finally(() => clearTimeout(timer));
}

void main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
